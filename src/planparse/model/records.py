"""The records: the one definition of the dataset's columns. Arrow schemas, JSON Schemas and the data dictionary come from here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from enum import StrEnum
from operator import attrgetter
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from planparse.model.findings import Code, Severity

SCHEMA_VERSION = "1.2"

Int32 = Annotated[int, Field(ge=-(2**31), lt=2**31)]
Int64 = Annotated[int, Field(ge=0, lt=2**63, json_schema_extra={"arrow": "int64"})]
Year = Annotated[int, Field(ge=1900, le=2200, json_schema_extra={"unit": "year"})]
Value = Annotated[Decimal, Field(max_digits=38, decimal_places=6)]
Text = Annotated[str, Field(min_length=1)]
Share = Annotated[float, Field(ge=0, le=1)]
SHOWN = 60
"""Characters of a text that ``repr`` shows: in a notebook, a whole section would hide the rest."""
SHARE_PLACES = 4
"""Places that shares and trusts are rounded to: more would say nothing, and might differ from machine to machine."""


class Word(StrEnum):
    """A word of a closed list. Records hold its text, which is asked for so often that it must be had fast."""

    if not TYPE_CHECKING:
        value = property(attrgetter("_value_"))


class Script(Word):
    HANS = "hans"
    HANT = "hant"
    MIXED = "mixed"


class Trust(Word):
    SOUND = "sound"
    DOUBTFUL = "doubtful"
    POOR = "poor"
    NOT_A_PLAN = "not_a_plan"


class RegionLevel(Word):
    NATIONAL = "national"
    PROVINCE = "province"
    PREFECTURE = "prefecture"
    COUNTY = "county"
    TOWNSHIP = "township"


class PlanKind(Word):
    FIVE_YEAR_PLAN = "five_year_plan"
    ANNUAL_WORK_POINTS = "annual_work_points"
    ACTION_PLAN = "action_plan"
    IMPLEMENTATION_PLAN = "implementation_plan"
    NOTICE = "notice"
    OTHER = "other"


class SectionKind(Word):
    BACKGROUND = "background"
    GUIDING_IDEOLOGY = "guiding_ideology"
    PRINCIPLES = "principles"
    GOALS = "goals"
    TASKS = "tasks"
    PROJECTS = "projects"
    SAFEGUARDS = "safeguards"
    ANNEX = "annex"
    OTHER = "other"


class GoalKind(Word):
    OVERALL = "overall"
    SPECIFIC = "specific"


class TaskLevel(Word):
    GROUP = "group"
    TASK = "task"
    MEASURE = "measure"


class ProjectLevel(Word):
    PROGRAMME = "programme"
    PROJECT = "project"


class Origin(Word):
    PROSE = "prose"
    TABLE = "table"
    BOX = "box"


class Comparator(Word):
    EQ = "eq"
    GE = "ge"
    LE = "le"
    GT = "gt"
    LT = "lt"
    RANGE = "range"
    INCREASE = "increase"
    DECREASE = "decrease"


class Property(Word):
    BINDING = "binding"
    EXPECTED = "expected"


class Basis(Word):
    END_OF_PERIOD = "end_of_period"
    PERIOD_AVERAGE = "period_average"
    PERIOD_TOTAL = "period_total"


class Context(Word):
    GOAL = "goal"
    TASK = "task"
    PROJECT = "project"
    SAFEGUARD = "safeguard"
    OTHER = "other"


class Commitment(Word):
    MUST = "must"
    STRIVE = "strive"
    PLAIN = "plain"


class Record(BaseModel):
    """One row of a table. Class docstrings are the tables' descriptions, field descriptions the columns'."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_enum_values=True, validate_default=False)
    table: ClassVar[str] = ""

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        """What ``repr`` shows: columns that have a value, long texts cut."""
        for name, value in super().__repr_args__():
            if value not in (None, [], {}):
                cut = isinstance(value, str) and len(value) > SHOWN
                yield name, value[:SHOWN] + "…" if cut else value

    doc_id: Text = Field(description="The document: 16 hex digits of its bytes' SHA-256; -2, -3 for further documents in one file.")


class SourcedRecord(Record):
    """A row that can be shown in its source wording."""

    source_start: Int64 = Field(description="Start of the record in the source text (code points).")
    source_end: Int64 = Field(description="End of the record in the source text (code points, exclusive).")
    page: Int32 | None = Field(None, description="Page on which the record begins, from 1 (PDF only).")


class Document(Record):
    """One row per document."""

    table = "documents"

    source_path: Text = Field(description="Path relative to the corpus root, POSIX separators.")
    source_sha256: Text = Field(description="SHA-256 of the document's bytes, hexadecimal.")
    source_bytes: Int64 = Field(description="Size of the document.", json_schema_extra={"unit": "bytes"})
    media_type: Text = Field(description="Media type, such as text/plain.")
    encoding: str | None = Field(None, description="Encoding the bytes were decoded with.")
    script: Script = Field(description="Script of the source: hans, hant (over 5% traditional-only characters) or mixed (1-5%).")
    title: str | None = Field(None, description="The plan's own title, without 关于印发…的通知.")
    doc_number: str | None = Field(None, description="文号, such as 国发〔2021〕29号.")
    index_number: str | None = Field(None, description="索引号 of the page.")
    issuer: str | None = Field(None, description="Issuing body (发文机关).")
    region: str | None = Field(None, description="Region the plan is for, as worded; null for the national level.")
    region_level: RegionLevel | None = Field(None, description="Level of the region.")
    region_code: str | None = Field(None, description="Six-digit GB/T 2260 code of the region.")
    domain: str | None = Field(None, description="Policy field, such as 应急管理.")
    plan_kind: PlanKind = Field(description="Kind of plan.")
    period_start: Year | None = Field(None, description="First year of the plan period.")
    period_end: Year | None = Field(None, description="Last year of the plan period.")
    base_year: Year | None = Field(None, description="Base year (基期), where the plan states one.")
    issued_date: date | None = Field(None, description="成文日期 or 印发日期.")
    published_date: date | None = Field(None, description="发布日期 of the page.")
    keywords: list[str] = Field(default_factory=list, description="The ten most telling terms.")
    char_count: Int64 = Field(description="Length of the normalised body.", json_schema_extra={"unit": "characters"})
    outline_trust: Share = Field(description="Probability that the section table is right (F1 of 0.9 or more), from 0 to 1.")
    trust: Trust = Field(description="Trust in all tables; of what is not_a_plan no goals, tasks, projects or targets are read.")
    coverage: Share | None = Field(None, description="Share of the prose's numbers that a record claims or a rule explains; null without numbers.")
    duplicate_of: str | None = Field(
        None, description="The fullest document of which this one is a near-duplicate (a mirror, a repost); null for the fullest itself."
    )
    body_sketch: str | None = Field(None, description="MinHash of the body's clauses (base64), which tells near-duplicates; null for very short texts.")


class Source(Record):
    """The source text of each document, into which all spans point."""

    table = "sources"

    text: str = Field(description="The decoded file; for DOCX and PDF the text layer.")


class SectionRecord(SourcedRecord):
    """The heading tree of the body."""

    table = "sections"

    section_id: Text = Field(description="Identifier of the section.")
    parent_id: str | None = Field(None, description="The section above.")
    seq: Int32 = Field(description="Order in the document, from 1.")
    level: Int32 = Field(description="Depth in the heading tree, from 1.")
    number_raw: str | None = Field(None, description="The marker as found, such as （一）.")
    ordinal: Int32 | None = Field(None, description="The number that the marker states.")
    title: Text = Field(description="Heading without its marker; of a run-in heading, up to the first 。.")
    kind: SectionKind = Field(description="What the section is; inherited from the chapter unless its title says otherwise.")
    path: Text = Field(description="Markers from the chapter down, such as 三/（一）/1.")
    text: str | None = Field(None, description="Own text, without that of sub-sections.")
    trust: Share = Field(description="How clearly the section was the best reading of its place, from 0 to 1.")


class Goal(SourcedRecord):
    """Goals: overall ones by horizon, specific ones by label."""

    table = "goals"

    goal_id: Text = Field(description="Identifier of the goal.")
    section_id: str | None = Field(None, description="Section it stands in.")
    seq: Int32 = Field(description="Order in the document, from 1.")
    kind: GoalKind = Field(description="overall or specific.")
    label: str | None = Field(None, description="Lead phrase of a specific goal.")
    text: Text = Field(description="Wording of the goal.")
    horizon_year: Year | None = Field(None, description="Year by which it is to be reached.")


class Task(SourcedRecord):
    """Tasks: groups, tasks, measures; from prose, tables and boxes."""

    table = "tasks"

    task_id: Text = Field(description="Identifier of the task.")
    section_id: str | None = Field(None, description="Section it stands in.")
    parent_id: str | None = Field(None, description="The group or task above.")
    seq: Int32 = Field(description="Order in the document, from 1.")
    level: TaskLevel = Field(description="group, task or measure.")
    number_raw: str | None = Field(None, description="The marker as found.")
    title: Text = Field(description="Heading, lead sentence or table cell that names it.")
    text: str | None = Field(None, description="What follows the title.")
    source: Origin = Field(description="prose, table or box.")
    lead_units: list[str] = Field(default_factory=list, description="牵头单位, 责任单位, as worded.")
    support_units: list[str] = Field(default_factory=list, description="配合单位, as worded.")
    start_year: Year | None = Field(None, description="First year, where stated for this task.")
    end_year: Year | None = Field(None, description="Last year, where stated for this task.")


class Project(SourcedRecord):
    """Projects and the programmes that hold them."""

    table = "projects"

    project_id: Text = Field(description="Identifier of the project.")
    section_id: str | None = Field(None, description="Section it stands in.")
    parent_id: str | None = Field(None, description="The programme above.")
    seq: Int32 = Field(description="Order in the document, from 1.")
    level: ProjectLevel = Field(description="programme or project.")
    number_raw: str | None = Field(None, description="The marker as found.")
    name: Text = Field(description="Name of the project.")
    content: str | None = Field(None, description="建设内容, or the text under the heading.")
    source: Origin = Field(description="prose, table or box.")
    category: str | None = Field(None, description="Category row or column of the table.")
    start_year: Year | None = Field(None, description="First year of 建设年限.")
    end_year: Year | None = Field(None, description="Last year of 建设年限.")
    investment_wan: Value | None = Field(None, description="Investment.", json_schema_extra={"unit": "万元"})
    investment_raw: str | None = Field(None, description="Investment as worded.")
    lead_units: list[str] = Field(default_factory=list, description="牵头单位, 责任单位, as worded.")
    support_units: list[str] = Field(default_factory=list, description="配合单位, as worded.")


class Indicator(SourcedRecord):
    """One row per indicator of an indicator table."""

    table = "indicators"

    indicator_id: Text = Field(description="Identifier of the indicator.")
    section_id: str | None = Field(None, description="Section the table stands in.")
    table_id: Text = Field(description="Identifier of the table.")
    caption: str | None = Field(None, description="Caption of the table.")
    seq: Int32 = Field(description="Order in the document, from 1.")
    number_raw: str | None = Field(None, description="序号 as found.")
    category: str | None = Field(None, description="类别 of the indicator.")
    name: Text = Field(description="Name of the indicator, line breaks closed up.")
    unit: str | None = Field(None, description="Unit that the values are in; null if none is stated.")
    baseline_year: Year | None = Field(None, description="Year of the latest actual value.")
    baseline_value: Value | None = Field(None, description="Latest actual value in the table, in `unit`.")
    baseline_raw: str | None = Field(None, description="Its wording.")
    target_year: Year | None = Field(None, description="Year of this plan's own target.")
    target_value: Value | None = Field(None, description="This plan's own target, in `unit` (of a change: in percent or as worded).")
    target_raw: str | None = Field(None, description="Its wording.")
    comparator: Comparator | None = Field(None, description="How the value binds: eq ge le gt lt range increase decrease.")
    property: Property | None = Field(None, description="binding (约束性) or expected (预期性).")
    basis: Basis | None = Field(None, description="Whether the value is of the period's end, its average or its total.")
    other_cells: dict[str, str] = Field(default_factory=dict, description="Header → cell, for every column not used above.")
    concept: str | None = Field(None, description="Identifier in the catalogue of indicators; null where none fits.")
    scope: str | None = Field(None, description="The part of the area or of the things counted that it is about (农村, 规模以上); null for the whole.")
    unit_norm: str | None = Field(None, description="Unit of the concept, in which places can be compared.")
    target_norm: Value | None = Field(None, description="`target_value` in `unit_norm`; null for a change or a range, and where the unit is not known.")
    baseline_norm: Value | None = Field(None, description="`baseline_value` in `unit_norm`.")


class Target(SourcedRecord):
    """One row per quantified commitment in prose, boxes and project tables."""

    table = "targets"

    target_id: Text = Field(description="Identifier of the target.")
    section_id: str | None = Field(None, description="Section it stands in.")
    owner_id: str | None = Field(None, description="The goal, task or project it stands in.")
    context: Context = Field(description="What it stands in.")
    seq: Int32 = Field(description="Order in the document, from 1.")
    subject: Text = Field(description="What the number measures.")
    quantity_raw: Text = Field(description="The number with comparator words and unit, as worded.")
    comparator: Comparator = Field(description="eq ge le gt lt range increase decrease.")
    value: Value | None = Field(None, description="The number, in `unit`; 万 and 亿 are multiplied out.")
    value_max: Value | None = Field(None, description="Upper end of a range.")
    unit: str | None = Field(None, description="Unit of the value.")
    deadline_year: Year | None = Field(None, description="Year by which it is to be reached.")
    deadline_raw: str | None = Field(None, description="Wording of the deadline.")
    approximate: bool = Field(False, description="左右, 约 or 大约 stands with the number.")
    commitment: Commitment = Field(Commitment.PLAIN, description="must (确保, 必须, 不低于), strive (力争, 争取, 努力) or plain.")
    per_year: bool = Field(False, description="The number is a yearly one (每年, 年均).")
    sentence: Text = Field(description="The sentence it stands in.")
    concept: str | None = Field(None, description="Identifier in the catalogue of indicators; null where none fits.")
    scope: str | None = Field(None, description="The part of the area or of the things counted that it is about (农村, 规模以上); null for the whole.")
    unit_norm: str | None = Field(None, description="Unit of the concept, in which places can be compared.")
    value_norm: Value | None = Field(None, description="`value` in `unit_norm`; null for a change or a range, and where the unit is not known.")


class Finding(Record):
    """What could not be settled, and what the document itself gets wrong."""

    table = "findings"

    doc_id: str | None = Field(None, description="The document; null for a file that could not be opened.")  # type: ignore[assignment]
    source_start: Int64 | None = Field(None, description="Start in the source text (code points).")
    source_end: Int64 | None = Field(None, description="End in the source text (code points, exclusive).")
    page: Int32 | None = Field(None, description="Page, from 1 (PDF only).")
    finding_id: Text = Field(description="Identifier of the finding.")
    section_id: str | None = Field(None, description="Section it stands in.")
    source_path: Text = Field(description="Path of the file.")
    severity: Severity = Field(description="info, warning or error.")
    code: Code = Field(description="What was found; a closed list.")
    message: Text = Field(description="What it is and what to do, in one English sentence.")
    message_zh: str | None = Field(None, description="The same in Chinese.")
    arguments: dict[str, str] = Field(default_factory=dict, description="What completes the sentence, by name.")
    excerpt_raw: str | None = Field(None, description="The source text at the span, at most 200 characters.")

    def said(self, language: str) -> str:
        """The message, ``zh`` or ``en``."""
        return self.message_zh if language == "zh" and self.message_zh else self.message


TABLES: tuple[type[Record], ...] = (Document, SectionRecord, Goal, Task, Project, Indicator, Target, Finding, Source)
"""All tables, in the order in which they are written."""

IDENTIFIERS = {model.table: f"{model.table.removesuffix('s')}_id" for model in TABLES} | {"documents": "doc_id", "sources": "doc_id"}
"""The column that names a row of each table."""

OF_PLANS = ("goals", "tasks", "projects", "indicators", "targets")
"""The tables of what plans say they will do."""

DOCUMENT_FIELDS = (
    "title", "doc_number", "index_number", "issuer", "region", "region_level", "plan_kind", "period_start", "period_end", "base_year",
    "issued_date", "published_date", "script",
)  # fmt: skip
"""What a gold file states of a document."""


class Records(BaseModel):
    """All records of one document (a file may hold several: see pipeline)."""

    model_config = ConfigDict(frozen=True)

    documents: list[Document] = []
    sections: list[SectionRecord] = []
    goals: list[Goal] = []
    tasks: list[Task] = []
    projects: list[Project] = []
    indicators: list[Indicator] = []
    targets: list[Target] = []
    findings: list[Finding] = []
    sources: list[Source] = []
