from decimal import Decimal

import pytest

from planparse.language.numerals import parse_int, parse_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3", "3"),
        ("１２", "12"),
        ("1,234.5", "1234.5"),
        ("175.5万", "1755000"),
        ("1亿2000万", "120000000"),
        ("1.2万亿", "1200000000000"),
        ("5千万", "50000000"),
        ("十", "10"),
        ("十四", "14"),
        ("二十", "20"),
        ("两", "2"),
        ("一百零八", "108"),
        ("三千二百", "3200"),
        ("三万五千", "35000"),
        ("一亿三千万", "130000000"),
        ("二〇二五", "2025"),
        ("二○二五", "2025"),
        ("三点五", "3.5"),
        ("3个", None),
        ("约3", None),
        ("", None),
        ("三点", None),
        ("三点百", None),
        ("点五", None),
        ("三点百五", None),
        ("三渔", None),
        ("3.5.1", None),
    ],
)
def test_number(text: str, value: str | None) -> None:
    assert parse_number(text) == (None if value is None else Decimal(value))


@pytest.mark.parametrize(("text", "value"), [("十六", 16), ("2025", 2025), ("3.5", None), ("三亿", None)])
def test_int(text: str, value: int | None) -> None:
    assert parse_int(text) == value
