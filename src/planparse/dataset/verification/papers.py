"""Documents and findings: what they say of the text, derived from it again."""

from __future__ import annotations

from planparse.data import vocabulary
from planparse.dataset.verification.context import SHOWN, Checked, Row, dates_in
from planparse.dataset.verification.faults import Failed, Failures
from planparse.dataset.verification.rows import year
from planparse.dataset.verification.wording import characters, stands_in
from planparse.extract.document_regions import level_unnamed
from planparse.extract.documents import (
    BASE,
    PERIOD_STATED,
    base_year_of,
    domain_of_title,
    is_work_report,
    kind_of,
    period_stated,
)
from planparse.language.regions import lookup
from planparse.language.script import traditional_share
from planparse.model.findings import SEVERITY, Code, Note
from planparse.model.records import RegionLevel, Script, Trust

_SHARES = {Script.HANS: (0.0, 0.1), Script.MIXED: (0.001, 0.2), Script.HANT: (0.01, 1.0)}
"""The shares of traditional characters that a script may have, loosely: they are counted in the cleaned text."""


def documents(row: Row, doc: Checked) -> Failures:
    """Title, number and bodies stand in the text or its page; kind, field, period and place follow from them."""
    for column in ("title", "doc_number", "index_number", "issuer"):
        wording = row[column]
        if wording and not doc.states(row, wording):
            yield Failed(column, wording)
    title, text = row["title"] or "", doc.source.plain(0, doc.source.length)
    yield from _told(row, "plan_kind", kind_of(title, row["period_start"], row["period_end"]))
    if field := domain_of_title(title):
        yield from _told(row, "domain", field)
    elif row["domain"] not in {None, *(entry["domain"] for entry in vocabulary("domains"))}:
        yield Failed("domain", row["domain"])
    yield from _period(row, doc, title, text)
    yield from year(row, "base_year", {base_year_of(match[0]) for read in (text, doc.source.whole) for match in BASE.finditer(read)})
    yield from _region(row, doc)
    share = traditional_share(doc.source.text)
    least, most = _SHARES.get(row["script"], (0.0, 1.0))
    if not least <= share <= most:
        yield Failed("script", row["script"], f"{share:.1%}")
    for word in row["keywords"]:
        if characters(word) not in doc.source.whole:
            yield Failed("keywords", word)
    days = dates_in(text) | dates_in(doc.source.whole) | dates_in(doc.source.text)
    for column in ("issued_date", "published_date"):
        if row[column] is not None and row[column] not in days:
            yield Failed(column, row[column], days)


def _told(row: Row, column: str, said: str | None) -> Failures:
    if row[column] != said:
        yield Failed(column, row[column], said)


def _period(row: Row, doc: Checked, title: str, text: str) -> Failures:
    """The period is that of the title, or one that the text states; a report's is the year of its sitting."""
    told = (row["period_start"], row["period_end"])
    stated = {period_stated(title, match[0]) for read in (text, doc.source.whole) for match in PERIOD_STATED.finditer(read)}
    stated |= {period_stated(title, "")}
    if told == (None, None):
        if (None, None) not in stated and row["trust"] != Trust.NOT_A_PLAN:
            yield Failed("period_start", None, sorted(stated))
    elif told not in stated and not (is_work_report(title) and told[0] == told[1] and told[0] in doc.years(0, doc.source.length)):
        yield Failed("period_start", told, sorted(map(str, stated)))


def _region(row: Row, doc: Checked) -> Failures:
    """The region stands in the text; level and code are those of its name."""
    name, level, code = row["region"], row["region_level"], row["region_code"]
    known = lookup(name) if name else None
    if known is not None and known.level:
        yield from (*_told(row, "region_level", known.level), *_told(row, "region_code", known.code))
    elif code is not None or (name is None and level not in (None, RegionLevel.NATIONAL, level_unnamed(row["issuer"], row["title"]))):
        yield Failed("region_code", code, None)
    found = characters(name or "")
    stands = found in doc.source.whole or stands_in(found, doc.source.raw.text)
    if found and not (stands and ((known is not None and known.level) or found[-1] in "省市县区州旗盟乡镇")):
        yield Failed("region", name)


def findings(row: Row, doc: Checked) -> Failures:
    """The excerpt is the source's own at the span; severity and message are those of the code with these arguments."""
    start, end, excerpt = row["source_start"], row["source_end"], row["excerpt_raw"]
    if row["code"] not in set(Code):
        return
    code, arguments = Code(row["code"]), tuple(row["arguments"])
    notes = [Note(code, wording, arguments=arguments) for wording in vocabulary("findings")["wordings"].get(code, ())]
    said = (row["message"], row["message_zh"])
    if row["severity"] != SEVERITY[code]:
        yield Failed("severity", row["severity"], SEVERITY[code])
    if said[0] != said[1] and not any(_says(note) == said for note in notes):
        yield Failed("message", row["message"], {one for note in notes if (one := (_says(note) or ("",))[0])})
    if start is None or (excerpt is None and start == end):
        return
    longest = max(len(other["excerpt_raw"] or "") for other in doc.rows["findings"])
    if doc.source.text[start:end][:longest] != (excerpt or ""):
        yield Failed("excerpt_raw", excerpt, doc.source.text[start:end][:SHOWN])


def _says(note: Note) -> tuple[str, str] | None:
    """The message in both languages; None where arguments are missing for it."""
    try:
        return note.said("en"), note.said("zh")
    except KeyError:
        return None
