"""What travels between cleaning and the records: the clean document, and its outline. All offsets here are in the clean text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from planparse.model.findings import Note
from planparse.model.source import LineHint, SourceDocument
from planparse.model.text import MappedText


@dataclass(frozen=True, slots=True)
class CleanDocument:
    """Normalised text, one paragraph per line (tables are one line each, see ``model.source``)."""

    source: SourceDocument
    text: MappedText
    metadata: Mapping[str, str] = field(default_factory=dict)
    """Fields of the page's metadata block, by the field names of ``documents``; wording as found, normalised."""
    hints: Mapping[int, LineHint] = field(default_factory=dict)
    steps: tuple[str, ...] = ()
    """Names of the cleaning steps that changed something."""
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """One position of a grid. A cell that spans stands at every position that it covers; ``propagated`` marks the copies."""

    text: str
    start: int
    end: int
    rowspan: int = 1
    colspan: int = 1
    propagated: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as a rectangle of cells; ``rows[:header_rows]`` name the columns."""

    rows: tuple[tuple[Cell, ...], ...]
    header_rows: int
    start: int
    end: int
    """Clean span of the whole table, caption and notes included."""
    caption: str | None = None
    """Caption without its 表N / 专栏N marker."""
    number_raw: str | None = None
    """The marker, such as 表1 or 专栏2, as found."""
    notes: tuple[str, ...] = ()
    """Lines under the table that explain it (注：…)."""
    unit: str | None = None
    """A unit stated for the whole table (单位：万元)."""

    @property
    def header(self) -> tuple[str, ...]:
        """One name a column: the distinct wordings of its header cells from top to bottom, joined by a blank."""
        if not self.header_rows:
            return ()
        columns = zip(*self.rows[: self.header_rows], strict=True)
        return tuple(" ".join(dict.fromkeys(c.text for c in column if c.text)) for column in columns)

    @property
    def body(self) -> tuple[tuple[Cell, ...], ...]:
        return self.rows[self.header_rows :]


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Box:
    """A 专栏: its caption without the marker, and what stands in it."""

    number_raw: str | None
    caption: str
    start: int
    end: int
    items: tuple[Paragraph | Grid, ...] = ()


Item = Paragraph | Grid | Box


@dataclass(slots=True)
class Section:
    """A heading and what stands under it, before its first sub-section."""

    level: int
    number_raw: str | None
    ordinal: int | None
    title: str
    start: int
    """Where the heading begins (its number included)."""
    end: int
    """Where the section's own text ends."""
    title_end: int
    parent: Section | None = None
    kind: str = "other"
    run_in: bool = False
    """The heading runs on into its paragraph."""
    rank: int = 0
    """The kind of numbering that the marker belongs to (see language.headings)."""
    items: list[Item] = field(default_factory=list)
    children: list[Section] = field(default_factory=list)
    trust: float = 1.0
    """How clearly this was the best reading of its place: its margin, from 0 to 1."""

    def walk(self) -> Iterator[Section]:
        """This section and all below it, in the order of the text."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def paragraphs(self) -> list[Paragraph]:
        return [item for item in self.items if isinstance(item, Paragraph)]

    @property
    def chapter(self) -> Section:
        """The level-1 section above (or this one)."""
        return self if self.parent is None else self.parent.chapter


@dataclass(frozen=True, slots=True)
class Outline:
    """The heading tree of one document. ``preamble`` is what stands between the title and the first heading."""

    clean: CleanDocument
    title: str | None
    title_span: tuple[int, int] | None
    front: tuple[Paragraph, ...]
    """Lines before the plan's own text: the notice that sends it out, its 文号, addressees, signature and date."""
    preamble: tuple[Item, ...]
    chapters: tuple[Section, ...]
    back: tuple[Paragraph, ...] = ()
    """Signature and date after the text, 抄送 lines."""
    start: int = 0
    end: int = 0
    prose: int = 0
    """Characters outside its tables."""
    part: int = 1
    """Which document of the file this is, from 1."""
    notes: tuple[Note, ...] = ()
    trust: float = 1.0
    """Probability that the sections are right, from 0 to 1."""
    plan: bool = True
    """Whether goals, tasks, projects and targets are to be read from it."""

    def sections(self) -> Iterator[Section]:
        for chapter in self.chapters:
            yield from chapter.walk()
