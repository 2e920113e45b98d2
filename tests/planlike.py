"""Texts like plans, and noise: what the stages must withstand."""

from __future__ import annotations

from hypothesis import strategies as st

NUMERALS = st.sampled_from("一二三四五六七八九十")
MARKERS = st.one_of(
    NUMERALS.map(lambda n: f"{n}、"),
    NUMERALS.map(lambda n: f"（{n}）"),
    NUMERALS.map(lambda n: f"第{n}章 "),
    st.integers(0, 120).map(lambda n: f"{n}."),
    st.integers(0, 40).map(lambda n: f"（{n}）"),
    st.sampled_from(["专栏1 ", "附件：", "表2 ", "①", "# ", "## ", "- ", "第一节", "1.2.3 ", "目录", "（二", "十）"]),
)
WORDS = st.sampled_from(
    [
        *(
            "总体要求",
            "主要目标",
            "重点任务",
            "保障措施",
            "指导思想",
            "到2027年",
            "力争",
            "市农业农村局",
            "牵头单位：",
            "责任单位：",
        ),
        *(
            "建成",
            "不低于",
            "覆盖率达到",
            "以上",
            "左右",
            "2024年底前",
            "“十四五”期末",
            "万元",
            "个",
            "公里",
            "%",
            "‰",
            "亿元",
        ),
        *(
            "指标",
            "单位",
            "2020年",
            "2025年",
            "属性",
            "约束性",
            "预期性",
            "年均",
            "〔85〕",
            "≥",
            "—",
            "全覆盖",
            "一张图",
            "XX",
            "（略）",
        ),
        *(
            "某某市人民政府办公室",
            "关于印发",
            "行动方案的通知",
            "临政发〔2023〕7号",
            "各县人民政府：",
            "2023年5月6日",
            "来源：",
            "字体：大 中 小",
        ),
        *(
            "應急管理體系",
            "发(fa)展",
            "?。ㄒ唬",
            "？。",
            "ÖÐ¹ú",
            "\ue000",
            "\ufffd",
            "\u200b",
            "\u3000\u3000",
            "１２",
            "㎡",
            "①",
            "⼀",
        ),
    ]
)
NUMBERS = st.one_of(
    st.integers(0, 10**12).map(str),
    st.decimals(0, 10**6, places=2).map(str),
    st.sampled_from(
        ["1,200", "3。5", "5-8", "10^8", "1/3", "〇", "二十三", "9" * 60, "0.", ".5", "－3", "2-3个", "1+X"]
    ),
)
MARKS = st.sampled_from(
    ["，", "。", "；", "：", "、", "（", "）", "“", "”", "|", "\t", " ", "【", "】", "<", ">", "?", "\x0b", "\x1f", "┃"]
)
PIECE = st.one_of(WORDS, WORDS, NUMBERS, MARKS, st.text(max_size=3))
LINE = st.builds(
    lambda marker, pieces: marker + "".join(pieces), st.one_of(st.just(""), MARKERS), st.lists(PIECE, max_size=14)
)
ROW = st.lists(st.one_of(WORDS, NUMBERS, st.just("")), min_size=2, max_size=6)
TABLE = st.builds(
    lambda rows, mark: "\n".join(mark.join(row) for row in rows),
    st.lists(ROW, min_size=2, max_size=8),
    st.sampled_from(["|", "\t", "  ", "\n", "┃"]),
)
PLAN = st.lists(st.one_of(LINE, LINE, LINE, TABLE), max_size=40).map("\n".join)
"""Text with the parts of a plan in no good order."""

HEADS = (
    b"",
    b"%PDF-1.4\n",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"\x1f\x8b\x08",
    b"<html>",
    b"{\\rtf1",
    b"\xff\xfe",
    b"# ",
)
NOISE = st.builds(bytes.__add__, st.sampled_from(HEADS), st.binary(max_size=400))


@st.composite
def damaged(draw: st.DrawFn, sound: bytes) -> bytes:
    """Sound bytes with some cut out, doubled, or exchanged."""
    data = bytearray(sound)
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, max(0, len(data) - 1)))
        length = draw(st.integers(0, 40))
        kind = draw(st.sampled_from(["cut", "double", "exchange", "flip"]))
        if kind == "cut":
            del data[at : at + length]
        elif kind == "double":
            data[at:at] = data[at : at + length]
        elif kind == "exchange":
            data[at : at + length] = draw(st.binary(min_size=length, max_size=length))
        elif at < len(data):
            data[at] ^= draw(st.integers(1, 255))
    return bytes(data)
