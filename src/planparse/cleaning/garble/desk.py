"""The weighing of damaged runs: each is read in every way, the readings are weighed, and one is accepted only with proof and by far."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from heapq import nlargest
from operator import itemgetter

from planparse.cleaning.garble.codepage import EURO, characters, code_of
from planparse.cleaning.garble.fitness import Fitness
from planparse.cleaning.garble.forward import fold, shown_as
from planparse.cleaning.garble.joints import Stretch
from planparse.cleaning.garble.lexicon import WINDOW, Lexicon
from planparse.cleaning.garble.pairs import WEIGHED, Pairs
from planparse.cleaning.garble.runs import RUN_START, Path, lines_of, paths
from planparse.cleaning.garble.swallowed import Page, swallowed
from planparse.cleaning.garble.witness import Witness
from planparse.language.script import to_simplified
from planparse.model.options import USUAL, Thresholds

MIN_GAIN = 8.0
"""By how much a reading must be likelier than what is shown for the run to count as damaged."""
CLEAR = 12.0
"""A second reading that the best one leads by so much is not asked for."""
FAR = 40.0
"""A reading so much unlikelier than the best of its kind is none."""
_ORDINARY = 3.5
"""What a character of ordinary text costs (a little more than it does): charged for another run in the context of this one."""

MAX_RUNS = 1_000
"""Runs weighed in one document, at some 2 ms each; a text with more is no plan. The rest is one finding."""
MAX_SOUND = 50
"""After this many marks behind a question mark that are no damage, the document is taken to write so."""
_TELLING = 6
"""Characters by which sound text is told from damaged text at once."""
_RARE = -16.0

# A run with the words that it cuts: a few characters before it, and what follows up to the next mark.
_BEFORE = 6
_CLAUSE = 30
_CLAUSE_END = re.compile("[，。；：、\n]")
_CUT = re.compile("[?\ufffd][。；，、！？,;!?]")
_DAMAGED = re.compile("[^\n]{0,6}[?\ufffd][。；，、！？,;!?][^\x00-\x7f]*.?[^，。；、,;\n]*")
_UNFOLD = str.maketrans(",;!?", "，；！？")
_MARK = re.compile(r"(?<=[^\x00-\x7f])[,;!?]|[,;!?](?=[^\x00-\x7f])")
_WIDE = "，；：（"
_NARROW = re.compile(r"(?<=[\u4e00-\u9fff])[,;:(]")


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a run: its wording, how likely it is, and whether what was swallowed is certain."""

    end: int
    wording: str
    score: float
    sure: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one run, ``line[start:end]``: the readings, best first, that the forward model proves."""

    start: int
    end: int
    readings: tuple[Reading, ...]
    gain: float
    least: float = USUAL.garble_margin

    @property
    def margin(self) -> float:
        """By how much the best reading leads the second."""
        return self.readings[0].score - self.readings[1].score if len(self.readings) > 1 else 99.0

    @property
    def damaged(self) -> bool:
        """Whether a reading is so much likelier than what is shown."""
        return self.gain >= MIN_GAIN

    @property
    def accepted(self) -> bool:
        return bool(self.readings) and self.readings[0].sure and self.margin >= self.least and self.damaged


def _sound_parts(text: str) -> Iterator[str]:
    """The text, with a line break in place of each damaged stretch."""
    end = 0
    while lost := _CUT.search(text, end):
        begin = max(end, lost.start() - _BEFORE, text.rfind("\n", end, lost.start()) + 1)
        damaged = _DAMAGED.match(text, begin)
        assert damaged is not None
        whole = _CLAUSE_END.search(text[max(end, begin - _CLAUSE) : begin][::-1])
        yield from (text[end : begin - whole.start() if whole else begin], "\n")
        end = damaged.end()
    yield text[end:]


class Desk:
    """One document at work: its lines as repaired so far, and the language model, which is built at the first run that needs it."""

    def __init__(self, text: str, thresholds: Thresholds = USUAL) -> None:
        lines = [line for _, line in lines_of(text)]
        sound = "".join(_sound_parts(text))
        wide = sum(map(sound.count, _WIDE))
        folded = sum(map(sound.count, ",;:(")) > wide and len(_NARROW.findall(sound)) > wide
        self.page = Page(lines, sound, folded)
        self.thresholds = thresholds
        self.weighed = self.damaged = 0

    @property
    def is_done(self) -> bool:
        """There is no use in going on: too many runs, or many and none of them damaged."""
        return self.weighed >= MAX_RUNS or (self.weighed >= MAX_SOUND and not self.damaged)

    @cached_property
    def lexicon(self) -> Lexicon:
        return Lexicon(self.page.sound)

    @cached_property
    def witness(self) -> Witness:
        """The document's own sound text."""
        return Witness(self.page.sound, self.page.folded, self.lexicon.characters)

    def line(self, number: int, line: str) -> list[Verdict]:
        """What was made of the runs of one line; afterwards the page has it as repaired."""
        self.page.at = number
        verdicts: list[Verdict] = []
        left, position = "", 0
        while (match := RUN_START.search(line, position)) and not self.is_done:
            left += line[position : match.start()]
            verdict = self.judge(line, match.start(), left, position)
            verdicts.append(verdict)
            self.weighed += 1
            self.damaged += verdict.damaged
            left += verdict.readings[0].wording if verdict.accepted else line[match.start() : verdict.end]
            position = verdict.end
        self.page.lines[number] = left + line[position:]
        return verdicts

    def judge(self, line: str, start: int, left: str, after: int) -> Verdict:
        """Weigh every reading of the run at ``start``; ``left`` is the line before it as repaired, sound from ``after`` on."""
        ways = [way for way in paths(line, start, self.page.folded) if self._is_likelier(way, line)]
        if not ways:
            return Verdict(start, start + 2, (), 0.0)
        until = min(len(line), max(way.end for way in ways) + WINDOW)
        before = left[-WINDOW:].lstrip()
        raw = self.lexicon.best(to_simplified(before) + to_simplified(line[start:until]))
        readings = nlargest(
            WEIGHED, [r for way in ways for r in self._readings(way, line, left, until)], key=itemgetter(0)
        )
        proven: list[Reading] = []
        for score, end, wording, sure in readings:
            reading = Reading(end, wording, score, sure)
            if proven and proven[0].score - score > CLEAR:
                break
            if (not proven or proven[0].wording != wording) and self._proves(reading, line, start, after):
                proven.append(reading)
                if len(proven) == 2:
                    break
        if not proven:
            return Verdict(start, start + 2, (), 0.0)
        told = self.thresholds
        least = told.garble_margin_traditional if self.lexicon.characters.traditional else told.garble_margin
        return Verdict(start, proven[0].end, tuple(proven), proven[0].score - raw, least)

    def _is_likelier(self, way: Path, line: str) -> bool:
        """The characters that the bytes give in step are commoner than those that are shown, as far as that can be told."""
        known = way.known[:_TELLING]
        if len(known) < _TELLING:
            return True
        characters = self.lexicon.characters
        rarity, simple = characters.rarity, characters.simple
        shown = line[way.start + 2 : way.start + 2 + _TELLING]
        weights = [sum(rarity.get(simple(c), _RARE) for c in text) for text in (known, shown)]
        return weights[0] >= weights[1]

    def _readings(self, way: Path, line: str, left: str, until: int) -> list[tuple[float, int, str, bool]]:
        """The likeliest readings of one path: score with the context up to ``until``, and what a ``Reading`` has beside it."""
        lost = swallowed(left + way.known, line[way.end :], self.page, way.lasts) if way.lasts else None
        tail, sure = (lost.text, lost.sure) if lost else ("", True)
        beyond = RUN_START.search(line, way.end, until)
        sound_until = beyond.start() if beyond else until
        before, behind = to_simplified(left[-WINDOW:].lstrip()), to_simplified(tail + line[way.end : sound_until])
        fitness = Fitness(left, way.known, tail + line[way.end :].split("?", 1)[0], self.witness.blank_within)
        fixed = self.lexicon.characters.cost(way.known) + _ORDINARY * (until - sound_until)
        weighed = Pairs(self.lexicon, Stretch(self.lexicon, before, to_simplified(way.known), behind), fitness)
        told = self.witness.weigh(
            weighed.best(way.firsts, way.lasts), left, way.known, tail + line[way.end : sound_until], sure
        )
        pairs = nlargest(WEIGHED, told, key=itemgetter(0))
        least = pairs[0][0] - FAR
        return [
            (score - fixed, way.end, first + way.known + last + tail, sure)
            for score, first, last in pairs
            if score >= least
        ]

    def _proves(self, reading: Reading, line: str, start: int, after: int) -> bool:
        """The forward model gives back exactly what was found, between the runs before and after this one."""
        following = RUN_START.search(line, reading.end)
        stop = min(following.start() if following else len(line), reading.end + 40)
        begin = max(after, start - 40)
        sound = line[begin:start] + reading.wording + line[reading.end : stop]
        found = line[begin:stop]
        if not self.page.folded:
            return shown_as(sound) == _canonical(found)
        sound = _MARK.sub(lambda m: m[0].translate(_UNFOLD), sound)
        return fold(shown_as(sound)) == fold(_canonical(found))


class _ShownAs(dict[int, str]):
    """By code point, the character that Windows shows for the same bytes."""

    def __missing__(self, point: int) -> str:
        char = chr(point)
        self[point] = char if char <= "\x7f" or char == EURO else characters().get(code_of(char) or 0, char)
        return self[point]


_SHOWN_AS = _ShownAs()


def _canonical(shown: str) -> str:
    """The characters that Windows shows, where another table (gb18030's) or another sign for a lost byte was used."""
    shown = shown.replace("\ufffd", "?")
    try:
        shown.encode("gbk")
        return shown
    except UnicodeEncodeError:
        pass
    return shown.translate(_SHOWN_AS)


def judge_runs(text: str) -> Iterator[tuple[int, Verdict]]:
    """Where each possible run begins, and what was made of it; to measure the repair by."""
    desk = Desk(text)
    for number, (offset, line) in enumerate(lines_of(text)):
        yield from ((offset + verdict.start, verdict) for verdict in desk.line(number, line))
