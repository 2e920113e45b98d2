"""What speaks for or against a reading beyond its words: indents, full stops in the wrong place, brackets without their partners."""

from __future__ import annotations

import re

_INDENT = 6.0
"""How much likelier (all weights are natural logarithms) an ideographic blank is at the head of a line than elsewhere."""
_LED = 6.0
"""How much likelier dots that lead to a page number are to go on than to end."""
_LEADERS = "…—·"
_NO_STOP = 6.0
"""How much unlikelier a full stop is after a mark or a conjunction, at the head of a line, or two characters before another mark."""
_NO_CLOSE = 4.0
"""How much unlikelier a word that leans on what follows is before a mark."""
_UNPAIRED = 7.0
"""How much unlikelier a bracket without its partner is."""

_UNFINISHED = "，、；：。！？,;:!?（(《“和及与與或对對在将將以把从從向于於"
_MARKS = "，。、；：！？,;:!?）)》”"
_LEANING = re.compile(
    f"[是还還也都并並不和与與及或把被将將从從向对對于於为爲為以在使让讓就又再更最很其该該各每此本而至由因若则虽][{_MARKS}]|[的地得][、；]"
)
_EARLY = re.compile(f"。[^{_MARKS}\\u3000]{{1,2}}[{_MARKS}]")
_PAIRS = {"）": "（(", ")": "（(", "》": "《", "”": "“", "〕": "〔", "】": "【", "〉": "〈"}
_LETTER = re.compile("[\u4e00-\u9fff]")
_CLAUSE = re.compile("[，。；：！？,;:!?]")
_NAME = 10
"""Characters of a quotation that may be a name."""
_NO_MARK = frozenset("。，、；：,;:")
"""Marks that do not follow a full stop."""
_NEAR = 120
"""Characters on either side in which a bracket's partner is looked for."""
BRACKETS = "（）()《》“”〔〕【】"


class Fitness:
    """Weighs the wordings ``first + known + last`` of one run between ``left``, its line so far, and ``rest``, its line up to the
    next damage. A wording's weight is that of its first character, of its last one, and of the two together."""

    def __init__(self, left: str, known: str, rest: str, blank_within: float) -> None:
        self._head = not left.strip()
        self._blank = blank_within if left and (_LETTER.match(left[-1]) or left[-1] in "”》）") else 0.0
        self._stop_here = not self._head and left[-1] not in _UNFINISHED
        self._left, self._known, self._rest = left[-_NEAR:], known, rest[:_NEAR]
        self._unpaired: dict[tuple[str, str], float] = {}

    def of_first(self, first: str) -> float:
        """What the first character weighs, whatever the last."""
        if first == "\u3000":
            return _INDENT if self._head else self._blank
        if first != "。":
            return 0.0
        return 0.0 if self._stop_here else -_NO_STOP

    def _is_odd(self, behind: str) -> bool:
        """A full stop as the first character is odd before ``behind``: another mark, or the end of a quotation too short for a
        sentence."""
        if behind[:1] in _NO_MARK:
            return True
        opened = self._left.rfind("“")
        return behind[:1] == "”" and 0 < len(self._left) - opened <= _NAME and not _CLAUSE.search(self._left, opened)

    def of_last(self, last: str) -> float:
        """What the last character weighs, whatever the first; "" where the wording ends with what is known."""
        weight = _LED if last and last in _LEADERS and self._known.endswith(last) else 0.0
        if last and last in "。、" and self._rest[:1] in _NO_MARK:
            weight -= _NO_STOP
        return weight - _NO_CLOSE if _LEANING.match((last or self._known[-1:]) + self._rest[:3]) else weight

    def of_both(self, first: str, last: str) -> float:
        """What the two characters weigh together."""
        key = (first if first in BRACKETS else "", last if last in BRACKETS else "")
        if key not in self._unpaired:
            self._unpaired[key] = -_UNPAIRED * unpaired(self._left + key[0] + self._known + key[1] + self._rest)
        if first != "。":
            return self._unpaired[key]
        behind = self._known[:3] + last + self._rest[:3]
        return self._unpaired[key] - _NO_STOP * (self._is_odd(behind) or bool(_EARLY.match(first + behind)))

    @staticmethod
    def is_plain(char: str) -> bool:
        """Whether a character weighs the same with every other."""
        return char != "。" and char not in BRACKETS


def unpaired(text: str) -> int:
    """How many brackets stand without their partner."""
    open_: list[str] = []
    lonely = 0
    for char in text:
        if char in _PAIRS:
            if open_ and open_[-1] in _PAIRS[char]:
                open_.pop()
            else:
                lonely += 1
        elif char in "（(《“〔【〈":
            open_.append(char)
    return lonely + len(open_)
