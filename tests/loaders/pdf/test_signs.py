"""Signs of typesetting systems: exchanged where the text around proves them, and left where it does not."""

from __future__ import annotations

import pytest

from planparse.loaders.pdf.signs import whole_characters, with_known_signs

YI = {"，": "\ua3ac", "．": "\ua3ae", "；": "\ua3bb", "、": "\ua1a2", "。": "\ua1a3"}


@pytest.mark.parametrize(
    ("shown", "meant"),
    [
        ("覆盖率达到87\U001001b06%。", "覆盖率达到87.6%。"),
        ("投资１２\U001001b0６亿元", "投资１２.６亿元"),
        ("第一章\U001001ba\U001001ba\U001001ba\U001001ba\U001001ba3", "第一章…………………3".replace("…………………", "…" * 5)),
        (f"加强组织领导{YI['，']}落实分工责任{YI['．']}", "加强组织领导，落实分工责任。"),
        (f"全县安排资金3{YI['．']}5亿元{YI['；']}加强监管", "全县安排资金3.5亿元；加强监管"),
        # not proved: no figures around, a single sign, a page in Yi script
        ("覆盖\U001001b0率", "覆盖\U001001b0率"),
        ("达到8\U001001c56%", "达到8\U001001c56%"),
        ("\ua3ac\ua3ad\ua3ae县", "\ua3ac\ua3ad\ua3ae县"),
        ("率先达到90.5%，完成12项。", "率先达到90.5%，完成12项。"),
    ],
)
def test_signs(shown: str, meant: str) -> None:
    assert with_known_signs(shown) == meant
    assert len(shown) == len(meant)


def test_a_character_beyond_the_shared_plane_is_one() -> None:
    assert whole_characters([0x34, 0xDBC0, 0xDDB0, 0x36]) == ("4\U001001b06", [0, 1, 3])
    assert whole_characters([0xDBC0, 0x36, 0xDDB0]) == ("\ufffd6\ufffd", [0, 1, 2])
