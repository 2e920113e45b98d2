from datetime import date

import pytest

from planparse.language.time import find_times, parse_date, parse_year, parse_years, period_of
from planparse.model.drafts import Clock

PLAN = Clock(2021, 2025, None, 2022)
ANNUAL = Clock(2022, 2022, 2022, 2022)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022年1月12日", date(2022, 1, 12)),
        ("印发日期：2022-01-12", date(2022, 1, 12)),
        ("2022/3/5", date(2022, 3, 5)),
        ("2022.03.05", date(2022, 3, 5)),
        ("二〇二二年一月十二日", date(2022, 1, 12)),
        ("二○二一年十二月三十一日", date(2021, 12, 31)),
        ("二〇二二年十月二十日", date(2022, 10, 20)),
        ("2022 年 7 月 11 日", date(2022, 7, 11)),
        ("2022年2月30日", None),
        ("2022年13月1日", None),
        ("2022年1月", None),
        ("没有日期", None),
    ],
)
def test_date(text: str, expected: date | None) -> None:
    assert parse_date(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021-2025", (2021, 2025)),
        ("2021—2025年", (2021, 2025)),
        ("2021年至2025年", (2021, 2025)),
        ("2021年、至2025年", (2021, 2025)),
        ("2021年3月—2023年12月", (2021, 2023)),
        ("2021.3-2023.12", (2021, 2023)),
        ("2023", (2023, None)),
        ("2023年", (2023, None)),
        ("2022年底前", (None, 2022)),
        ("2022年12月底前完成", (None, 2022)),
        ("到2022年", (None, 2022)),
        ("“十四五”期间", (2021, 2025)),
        ("长期坚持", (None, None)),
        ("", (None, None)),
        ("20220", (None, None)),
    ],
)
def test_years(text: str, expected: tuple[int | None, int | None]) -> None:
    assert parse_years(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("青禾市“十四五”水利发展规划", (2021, 2025)),
        ("青禾市十四五水利发展规划", (2021, 2025)),
        ("青禾市“十一五”环境保护规划", (2006, 2010)),
        ("“十五”计划", (2001, 2005)),
        ("“十六五”时期", (2031, 2035)),
        ("水网建设规划（2021－2035年）", (2021, 2035)),
        ("青禾市水网建设三年行动计划（2023年—2025年）", (2023, 2025)),
        ("2022年工作要点", None),
        ("二十五个村", None),
        ("十五个村", None),
    ],
)
def test_period(text: str, expected: tuple[int, int] | None) -> None:
    assert period_of(text) == expected


@pytest.mark.parametrize(
    ("text", "clock", "expected"),
    [
        ("到2025年，建成一批", PLAN, [("到2025年", 2025, False)]),
        ("2022年底前完成", PLAN, [("2022年底前", 2022, False)]),
        ("2023年6月底前完成", PLAN, [("2023年6月底前", 2023, False)]),
        ("较2020年下降3%", PLAN, [("2020年", 2020, True)]),
        ("在2020年基础上翻一番", PLAN, [("在2020年", 2020, True)]),
        ("“十三五”以来", PLAN, [("“十三五”以来", 2020, True)]),
        ("“十四五”期末达到", PLAN, [("“十四五”期末", 2025, False)]),
        ("“十四五”期间，新建", PLAN, [("“十四五”期间", 2025, False)]),
        ("规划期末建成", PLAN, [("规划期末", 2025, False)]),
        ("三年内完成", Clock(2023, 2025, None, 2023), [("三年内", 2025, False)]),
        ("三年内完成", Clock(issued_year=2023), [("三年内", 2026, False)]),
        ("到本世纪中叶", PLAN, [("到本世纪中叶", 2050, False)]),
        ("2023—2025年每年新建", PLAN, [("2023—2025年", 2025, False)]),
        ("年底前完成", ANNUAL, [("年底前", 2022, False)]),
        ("全年完成", ANNUAL, [("全年", 2022, False)]),
        ("力争今年突破", ANNUAL, [("今年", 2022, False)]),
        ("年底前完成", PLAN, []),
        ("二〇二五年前", PLAN, [("二〇二五年前", 2025, False)]),
        ("每年年底前报送", PLAN, []),
        ("占地2025平方米", PLAN, []),
    ],
)
def test_times(text: str, clock: Clock, expected: list[tuple[str, int, bool]]) -> None:
    assert [(t.raw, t.year, t.base) for t in find_times(text, clock)] == expected


def test_year() -> None:
    assert parse_year("二〇二五年") == 2025
    assert parse_year("无") is None
