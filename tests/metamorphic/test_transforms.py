"""The transformations do what they say: on one small plan, each changes what it should and nothing else."""

from __future__ import annotations

import re

import pytest
from metamorphic import transforms
from metamorphic.samples import Sample, read

TEXT = """临江县消防救援工作方案

发布日期：2023-05-04

为提高全县消防救援能力，结合实际，制定本方案。

一、工作目标

到2025年，全县建成消防救援站12座，乡镇专职消防队实现全覆盖，火灾隐患按期整改率达到98%以上，救援队伍到场时间缩短到8分钟。

二、重点任务

（一）建设队伍

1.充实人员。招录专职消防员30名，落实工资和保险待遇，建立与职业特点相适应的管理制度，
持续改善营房和训练条件，提高队伍的凝聚力和战斗力。

2.配齐装备。为每支队伍配备水罐消防车2辆，更新老旧防护服400套，储备无人机和大功率水泵，每年开展一次装备普查。

（二）发展产业

1.扶持企业。支持消防产品生产企业扩大规模，创新工艺，建设实验室3个，推动规模以上企业产值年均增长9%，发展检测服务。

三、组织保障

县财政每年安排专项资金500万元，用于队伍和装备建设。
"""


@pytest.fixture(scope="module")
def sample() -> Sample:
    return Sample("small.txt", TEXT, read(TEXT.encode(), "small.txt"))


def words(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_join_lines(sample: Sample) -> None:
    text = transforms.join_lines(sample) or ""
    assert "管理制度，持续改善营房" in text
    assert text.count("\n") == TEXT.count("\n") - 1


def test_hard_wrap(sample: Sample) -> None:
    text = transforms.hard_wrap(sample) or ""
    assert max(map(len, text.split("\n"))) == transforms.WRAP
    assert words(text) == words(TEXT)


def test_blank_lines(sample: Sample) -> None:
    assert "\n\n" not in (transforms.remove_blank_lines(sample) or "\n\n")
    doubled = transforms.double_blank_lines(sample) or ""
    assert doubled.count("\n") == TEXT.count("\n") + TEXT.count("\n\n")


def test_widths(sample: Sample) -> None:
    assert "到２０２５年，" in transforms.full_width(sample)
    half = transforms.half_width(sample)
    assert "(一)建设队伍" in half
    assert "。" in half
    assert not re.search("[，；：（）０-９]", half)


def test_script(sample: Sample) -> None:
    assert "二、重點任務" in (transforms.traditional(sample) or "")
    assert transforms.simplified(sample) is None


def test_pinyin(sample: Sample) -> None:
    text = transforms.pinyin(sample)
    assert len(re.findall(r"\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]+\)", text)) >= 3
    assert re.sub(r"\([^()（）\d一-龥]+\)", "", text) == TEXT


@pytest.mark.parametrize("kind", transforms.FURNITURE)
def test_furniture(sample: Sample, kind: str) -> None:
    text, piece = transforms.with_furniture(kind)(sample), transforms.FURNITURE[kind]
    assert text.startswith(f"{piece}\n")
    assert text.endswith(f"{piece}\n")
    assert text.count(piece) > 2
    assert words(text.replace(piece, "")) == words(TEXT)


def test_contents(sample: Sample) -> None:
    text = transforms.add_contents(sample) or ""
    assert re.search(r"目  录\n一、工作目标…+2\n二、重点任务…+3\n（一）建设队伍…+4\n", text)
    assert text.index("目  录") < text.index("为提高全县")
    longer = Sample("small.txt", text, sample.records)
    assert words(transforms.remove_contents(longer) or "") == words(TEXT)
    assert transforms.remove_contents(sample) is None


def test_garble(sample: Sample) -> None:
    text = transforms.garble(sample) or ""
    assert "（一）建设队伍" not in text
    assert "?。" in text
    assert "1.充实人员。" in text


def test_exchange_numbering(sample: Sample) -> None:
    text = TEXT.replace("。招录", "\n招录").replace("。为每支", "\n为每支").replace("。支持", "\n支持")
    plain = Sample("small.txt", text, read(text.encode(), "small.txt"))
    changed = transforms.exchange_numbering(plain) or ""
    for heading in ("第一章 工作目标", "第二章 重点任务", "第一节 建设队伍", "二、配齐装备", "第二节 发展产业"):
        assert heading in changed
    back = transforms.exchange_numbering(Sample("back.txt", changed, read(changed.encode(), "back.txt")))
    assert back == text


def test_in_notice(sample: Sample) -> None:
    text = transforms.in_notice(sample) or ""
    assert text.startswith("关于印发《临江县消防救援工作方案》的通知\n")
    assert text.endswith(TEXT)


@pytest.mark.parametrize("encoding", transforms.ENCODINGS)
def test_encodings(sample: Sample, encoding: str) -> None:
    data = transforms.encoded(sample, encoding)
    assert data is not None
    assert data != TEXT.encode()
    assert transforms.encoded(Sample("odd.txt", "𠮷€", ()), "gbk") is None
