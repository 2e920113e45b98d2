"""What the two lost characters at the ends of a run join: the best division of ``before + first + known + last + behind`` into words.

Only the words that hold a lost character depend on what it is. All else is divided once for every run: a candidate is told by the
places within the known characters at which words that hold it end or begin, and by what the division costs up to there.
"""

from __future__ import annotations

from collections.abc import Collection

from planparse.cleaning.garble.candidates import Candidates
from planparse.cleaning.garble.frequencies import LONGEST, NEVER
from planparse.cleaning.garble.lexicon import Lexicon

NEAR = 8
"""Known characters with which one end of a run is chosen by itself."""
Joint = dict[int, float]
"""Places within the known characters, and the best score of the text up to there (or from there on)."""


class Stretch:
    """The text of one run around its lost characters (all of it simplified)."""

    def __init__(self, lexicon: Lexicon, before: str, known: str, behind: str) -> None:
        self._lexicon = lexicon
        self.known, self._behind = known, behind
        self._ahead, self._after = lexicon.forward(before), lexicon.backward(behind)
        self._opened = [(self._ahead[at], before[at:]) for at in range(len(before)) if self._may_open(before[at:])]
        """What stands before the first character and may begin a word that holds it, and what the division costs up to there."""
        size = len(known)
        self._closing = [at for at in range(max(0, size - LONGEST + 1), size) if self._may_open(known[at:])]
        self._reach: dict[int, list[float]] = {}
        self._open: dict[str, list[tuple[float, str]]] = {}
        self._firsts: dict[str, Joint] = {}
        self._lasts: dict[str, Joint] = {}

    def _may_open(self, piece: str) -> bool:
        return len(piece) < LONGEST and (len(piece) == 1 or self._lexicon.entries[piece][1])

    # ---- one end -----------------------------------------------------------------------------------------------------

    def near_firsts(self, candidates: Candidates) -> list[float]:
        """The scores of first characters with the known ones that stand next to them."""
        return self._before_known(candidates, self._lexicon.backward(self.known[:NEAR]))

    def of_firsts(self, candidates: Candidates) -> list[float]:
        """The scores of first characters where nothing else is lost, with all that stands around them."""
        return self._before_known(candidates, self._lexicon.backward(self.known + self._behind))

    def _before_known(self, candidates: Candidates, following: list[float]) -> list[float]:
        joined = {*self._lexicon.leaders(candidates, self.known[0])}
        joined.update(*(self._lexicon.followers(head[-1], candidates) for _, head in self._opened))
        plain = self._ahead[-1] + following[0]
        return [
            max([score + following[place] for place, score in self.first(c.simple).items()])
            if c.simple in joined
            else plain + c.weight
            for c in candidates.each
        ]

    def near_lasts(self, candidates: Candidates) -> list[float]:
        """The scores of last characters with the known ones that stand next to them."""
        joined = {*self._lexicon.followers(self.known[-1], candidates)}
        joined.update(self._lexicon.leaders(candidates, self._behind[0]) if self._behind else ())
        before = self._lexicon.forward(self.known[-NEAR:])
        plain = before[-1] + self._after[0]
        shift = max(0, len(self.known) - NEAR)
        return [
            max([score + before[place - shift] for place, score in self.last(c.simple).items()])
            if c.simple in joined
            else plain + c.weight
            for c in candidates.each
        ]

    def first(self, char: str) -> Joint:
        """The places where words that hold the first character (simplified) end."""
        joint = self._firsts.get(char)
        if joint is None:
            base, entries = self._ahead[-1], self._lexicon.entries
            joint = self._firsts[char] = {0: base + self._lexicon.characters.single(char)}
            going_on: list[tuple[float, str]] = []
            self._spread(base, char, joint, going_on)
            for base, head in self._opened:
                weight, begins = entries[head + char]
                if base + weight > joint[0]:
                    joint[0] = base + weight
                if begins:
                    self._spread(base, head + char, joint, going_on)
            self._open[char] = going_on
        return joint

    def _spread(self, base: float, piece: str, joint: Joint, going_on: list[tuple[float, str]]) -> None:
        """Add the places where words that begin with ``piece`` end; what may go on beyond the known characters is kept."""
        entries = self._lexicon.entries
        for place, following in enumerate(self.known[: LONGEST - len(piece)], 1):
            piece += following
            weight, begins = entries[piece]
            if base + weight > joint.get(place, NEVER):
                joint[place] = base + weight
            if not begins:
                return
        if len(piece) < LONGEST:
            going_on.append((base, piece))

    def last(self, char: str) -> Joint:
        """The places where words that hold the last character (simplified) begin; "" where the run ends with what is known."""
        joint = self._lasts.get(char)
        if joint is None:
            size = len(self.known)
            joint = self._lasts[char] = {} if char else {size: self._after[0]}
            for start in (*self._closing, size) if char else self._closing:
                score = self._go_on(self.known[start:] + char)
                if score > NEVER:
                    joint[start] = score
        return joint

    def _go_on(self, piece: str) -> float:
        """The best score of what begins with ``piece``, as a word or the beginning of one, and goes on behind the run."""
        entries, after = self._lexicon.entries, self._after
        weight, begins = entries[piece] if len(piece) > 1 else (self._lexicon.characters.single(piece), True)
        best = weight + after[0]
        for place, following in enumerate(self._behind[: LONGEST - len(piece)], 1):
            if not begins:
                break
            piece += following
            weight, begins = entries[piece]
            if weight + after[place] > best:
                best = weight + after[place]
        return best

    # ---- both ends ---------------------------------------------------------------------------------------------------

    def across(self, first: Joint) -> list[float]:
        """The best score up to each place of the known characters, for a first character."""
        best = [NEVER] * (len(self.known) + 1)
        for start, base in first.items():
            for place, score in enumerate(self._from(start), start):
                if base + score > best[place]:
                    best[place] = base + score
        return best

    def _from(self, start: int) -> list[float]:
        """The score of the best division from a place of the known characters to each later one."""
        found = self._reach.get(start)
        if found is None:
            found = self._reach[start] = self._lexicon.forward(self.known[start:])
        return found

    def through(self, first: str, last: str) -> float:
        """The best score where one word holds both lost characters (simplified); NEVER where none does."""
        return max([base + self._go_on(piece + last) for base, piece in self._open[first]], default=NEVER)

    def partners(self, first: str, lasts: Candidates) -> Collection[str]:
        """The last characters (simplified) that may stand in one word with this first one."""
        opened = self._open[first]
        if len(opened) == 1 and len(opened[0][1]) == 1:
            return self._lexicon.followers(first, lasts)
        return lasts.simples if opened else ()
