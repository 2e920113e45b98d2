"""The repair: what may be a damaged run is weighed (``desk``), and what cannot be read with certainty is a finding."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planparse.cleaning.garble.runs import RUN_START, lines_of
from planparse.model.findings import Code, Note
from planparse.model.options import USUAL, Thresholds
from planparse.model.text import Edit, MappedText

_SHOWN = 200
"""Characters of a damaged stretch that a finding repeats."""

_ANY_PRIVATE = re.compile("[\ue000-\ue864]")
_PRIVATE = re.compile(r"(?<=[\u4e00-\u9fff])[\ue000-\ue864]+")


def repair_garble(text: MappedText, thresholds: Thresholds = USUAL) -> tuple[MappedText, tuple[Note, ...]]:
    """Undo the damage that cutting GBK bytes at punctuation did. Afterwards every run that can be read with certainty is as it was
    written; every other run stands as found and has a finding."""
    edits: list[Edit] = []
    notes: list[Note] = []
    for start, end, wording in find_repairs(text.text, thresholds):
        span = text.span(start, end)
        shown = text.text[start:end]
        if wording is None:
            notes.append(Note.of(Code.GARBLED_TEXT, "damaged", *span, text=shown[:_SHOWN]))
        else:
            edits.append((start, end, wording))
            notes.append(Note.of(Code.REPAIRED_TEXT, "restored", *span, text=shown, restored=wording))
    return text.edit(edits), tuple(notes)


def find_repairs(text: str, thresholds: Thresholds = USUAL) -> Iterator[tuple[int, int, str | None]]:
    """Spans of damaged runs with their true wording, or None where it is not certain; in order, not overlapping."""
    if not ("?" in text or "\ufffd" in text) or not RUN_START.search(text):
        if _ANY_PRIVATE.search(text):
            for offset, line in lines_of(text):
                yield from _private_stretch(line, 0, len(line), offset)
        return
    from planparse.cleaning.garble.desk import Desk  # with all that it weighs by; few texts need it

    desk = Desk(text, thresholds)
    for number, (offset, line) in enumerate(lines_of(text)):
        if desk.is_done:
            if desk.damaged:
                yield offset, len(text), None
            return
        if not RUN_START.search(line):
            yield from _private_stretch(line, 0, len(line), offset)
            continue
        position = 0
        for verdict in desk.line(number, line):
            yield from _private_stretch(line, position, verdict.start, offset)
            position = verdict.end
            if verdict.accepted:
                yield offset + verdict.start, offset + position, verdict.readings[0].wording
            elif verdict.damaged or _PRIVATE.search(line, verdict.start + 1, position):
                yield offset + verdict.start, offset + position, None
        yield from _private_stretch(line, position, len(line), offset)


def _private_stretch(line: str, start: int, end: int, offset: int) -> Iterator[tuple[int, int, None]]:
    """The stretch that holds private-use characters after Chinese ones, where it is not part of a run."""
    found = list(_PRIVATE.finditer(line, start, end))
    if found:
        yield offset + found[0].start(), offset + found[-1].end(), None
