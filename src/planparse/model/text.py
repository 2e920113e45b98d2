"""Text that knows where each of its characters came from."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

Edit = tuple[int, int, str]
"""Replace text[start:end] by a string."""


@dataclass(frozen=True, slots=True)
class MappedText:
    """A text and, in runs, the source offset of each of its characters.

    Run ``i`` covers ``text[starts[i]:starts[i + 1]]`` and stands, character by character, at ``sources[i]`` onward in the
    source text (code points). ``starts[0]`` is 0; runs are in order of ``starts``; sources never decrease in documents
    that loaders read from front to back.
    """

    text: str
    starts: tuple[int, ...] = (0,)
    sources: tuple[int, ...] = (0,)

    @classmethod
    def identity(cls, text: str, source: int = 0) -> MappedText:
        """The text stands in the source as it is, from offset ``source`` on."""
        return cls(text, (0,), (source,))

    @classmethod
    def of(cls, pieces: Iterable[tuple[str, int]]) -> MappedText:
        """Strings that each stand, character by character, in the source from an offset on."""
        found = [(text, source) for text, source in pieces if text] or [("", 0)]
        starts = accumulate((len(text) for text, _ in found[:-1]), initial=0)
        return cls("".join(text for text, _ in found), tuple(starts), tuple(source for _, source in found))

    @classmethod
    def join(cls, parts: Iterable[MappedText], separator: str = "") -> MappedText:
        """Join parts; a separator is mapped to where the part before it ended."""
        texts: list[str] = []
        starts: list[int] = []
        sources: list[int] = []
        length = 0
        for part in parts:
            if texts and separator:
                starts.append(length)
                sources.append(sources[-1] + (length - starts[-2] if len(starts) > 1 else length))
                texts.append(separator)
                length += len(separator)
            starts.extend(length + start for start in part.starts)
            sources.extend(part.sources)
            texts.append(part.text)
            length += len(part.text)
        return cls("".join(texts), tuple(starts) or (0,), tuple(sources) or (0,))

    def __len__(self) -> int:
        return len(self.text)

    def source_of(self, offset: int) -> int:
        """The source offset of the character at ``offset``."""
        run = bisect_right(self.starts, offset) - 1
        return self.sources[run] + offset - self.starts[run]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The half-open source span of ``text[start:end]``; an empty stretch gives an empty span."""
        starts, sources = self.starts, self.sources
        run = bisect_right(starts, start) - 1
        first = sources[run] + start - starts[run]
        if end <= start:
            return first, first
        run = bisect_right(starts, end - 1, max(run, 0)) - 1
        return first, max(first, sources[run] + end - starts[run])

    def extent(self, start: int, end: int) -> tuple[int, int]:
        """As ``span``, but holding every character of the stretch: of a row that goes on on the next page, both parts."""
        if end <= start:
            return self.span(start, end)
        first, last = bisect_right(self.starts, start) - 1, bisect_right(self.starts, end - 1) - 1
        bounds = [start, *self.starts[first + 1 : last + 1], end]
        spans = [self.span(a, b) for a, b in pairwise(bounds)]
        return min(a for a, _ in spans), max(b for _, b in spans)

    def slice(self, start: int, end: int) -> MappedText:
        """``text[start:end]`` with its offsets."""
        first = bisect_right(self.starts, start) - 1
        last = bisect_right(self.starts, max(start, end - 1))
        starts = tuple(max(0, s - start) for s in self.starts[first:last])
        shift = start - self.starts[first]
        sources = (self.sources[first] + shift, *self.sources[first + 1 : last])
        return MappedText(self.text[start:end], starts, sources)

    def translate(self, table: dict[int, int] | dict[int, str]) -> MappedText:
        """Exchange characters one for one: the table must keep the length."""
        return MappedText(self.text.translate(table), self.starts, self.sources)

    def with_text(self, text: str) -> MappedText:
        """Another text of the same length in the same place."""
        if len(text) != len(self.text):
            raise ValueError("with_text keeps the length; use edit")
        return MappedText(text, self.starts, self.sources)

    def edit(self, edits: Sequence[Edit]) -> MappedText:
        """Carry out edits (in order, not overlapping). A replacement is mapped from where its original began."""
        if not edits:
            return self
        pieces: list[str] = []
        starts: list[int] = []
        sources: list[int] = []
        length = position = run = 0
        size, begins, origins = len(self.text), self.starts, self.sources
        for start, end, replacement in (*edits, (size, size, "")):
            if start > position:
                run = bisect_right(begins, position, run) - 1
                last = bisect_left(begins, start, run + 1)
                starts.append(length)
                sources.append(origins[run] + position - begins[run])
                if last > run + 1:
                    starts += [length - position + begin for begin in begins[run + 1 : last]]
                    sources += origins[run + 1 : last]
                pieces.append(self.text[position:start])
                length += start - position
            if replacement:
                starts.append(length)
                sources.append(self.source_of(min(start, max(0, size - 1))) if size else self.sources[0])
                pieces.append(replacement)
                length += len(replacement)
            position = end
        return MappedText("".join(pieces), tuple(starts) or (0,), tuple(sources) or (self.sources[0],))

    def sub(self, pattern: re.Pattern[str], replacement: str | Callable[..., str]) -> MappedText:
        """As ``pattern.sub(replacement, text)``; a string replacement is taken literally."""
        make = replacement if callable(replacement) else None
        edits: list[Edit] = []
        for match in pattern.finditer(self.text):
            new = make(match) if make else replacement
            if new != match[0]:
                edits.append((match.start(), match.end(), new))  # type: ignore[arg-type]
        return self.edit(edits)

    def lines(self) -> list[tuple[int, int]]:
        """Spans of the lines, without their line ends."""
        begins = [0, *accumulate(len(line) + 1 for line in self.text.split("\n"))]
        return [(start, following - 1) for start, following in pairwise(begins)]
