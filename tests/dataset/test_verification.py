"""A dataset that was read holds; one that was altered in any column does not, and the altered row is named."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from planparse.cli import app
from planparse.dataset.reader import read
from planparse.dataset.verification import Fault, verify
from planparse.dataset.verification.wording import SourceWording, characters, stands_in
from planparse.model.records import IDENTIFIERS, Records
from planparse.pipeline import process
from tests import datasets as made

ROOT = Path(__file__).parents[2]
PLAN = """禾阳县“十四五”水利发展规划

二〇二一年十二月

一、发展基础
2020年全县供水能力达到8600万立方米。
二、发展目标
（一）总体目标
到2025年，全县水旱灾害防御能力明显提升，农村自来水普及率达到95%以上，新增供水能力1200万立方米。
表1 主要指标
序号 | 指标名称 | 单位 | 2020年 | 2025年 | 属性
1 | 农村自来水普及率 | % | 88.5 | ≥95 | 预期性
2 | 用水总量 | 亿立方米 | 2.31 | ≤2.6 | 约束性
3 | 灌溉水有效利用系数 | | 0.52 | 0.56 | 预期性
三、主要任务
（一）完善防洪体系。力争到2024年底前加固堤防36公里，每年整治小型水库4座，单座投资不超过800万元。责任单位：县水利局。
（二）健全供水网络。铺设管网210公里，供水水质合格率由90%提高到98%。责任单位：县住房城乡建设局，配合单位：县财政局。
四、重点项目
表2 重点项目
序号 | 项目名称 | 建设内容 | 总投资（亿元） | 建设年限 | 责任单位
1 | 龙潭水库工程 | 新建中型水库1座，总库容2600万立方米 | 3.2 | 2021-2024年 | 县水利局
2 | 城区排涝工程 | 新建泵站6座 | 0.85 | 2022-2025年 | 县城市管理局
五、保障措施
加强组织领导。每年开展督查2次。
"""


def of_plan() -> Records:
    (records,) = process(PLAN.encode(), "heyang.txt")
    return records


RECORDS = of_plan()


def faults(folder: Path, *found: Records) -> list[Fault]:
    return list(verify(read(made.write(folder, *found))).faults)


def test_the_plan_has_rows_in_every_table() -> None:
    assert {name: len(getattr(RECORDS, name)) > 1 for name in ("sections", "tasks", "projects", "indicators", "targets")} == dict.fromkeys(
        ("sections", "tasks", "projects", "indicators", "targets"), True
    )
    assert RECORDS.goals


def test_what_was_read_holds(tmp_path: Path) -> None:
    assert faults(tmp_path / "o", RECORDS) == []


LIST = """<p>禾阳县2022年渔港科技项目清单</p>
<table><tr><th>序号</th><th>项目编号</th><th>项目名称</th><th>承担单位</th><th>支持经费 2022年</th></tr>
<tr><td>1</td><td>HY2022001</td><td>渔船节能改造示范</td><td>县渔业局</td><td>200</td></tr>
<tr><td>2</td><td>HY2022002</td><td>渔港智能监测示范</td><td>县水利局</td><td>150</td></tr></table>"""
BOX = """<p>禾阳县渔港发展规划</p><p>一、主要任务</p><p>（一）建设渔港。扩建泊位12个，疏浚航道3公里。</p>
<table><tr><td colspan="2">专栏1 渔港建设工程</td></tr><tr><td>东湾渔港</td><td>扩建泊位12个，疏浚航道3公里。</td></tr>
<tr><td>西湾市场</td><td>新建交易大厅2座，配套检测中心。</td></tr></table><p>二、保障措施</p><p>加强领导。</p>"""


@pytest.mark.parametrize(
    ("page", "targets"),
    [pytest.param(LIST, 0, id="contents under headers, in a document without sections"), pytest.param(BOX, 5, id="a table in a box")],
)
def test_tables_of_odd_places_hold(page: str, targets: int, tmp_path: Path) -> None:
    (records,) = process(f"<html><body>{page}</body></html>".encode(), "plan.html")
    assert records.projects
    assert len(records.targets) == targets
    assert faults(tmp_path / "o", records) == []
    altered = [one.model_copy(update={"content": (one.content or "") + "尚未开工"}) for one in records.projects]
    assert {fault.column for fault in faults(tmp_path / "altered", records.model_copy(update={"projects": altered}))} >= {"content"}


Change = Callable[[Any], Any]


def digit(value: str) -> str:
    """One digit of a wording is another one."""
    place = next(n for n, char in enumerate(value) if char.isdecimal())
    return value[:place] + str((int(value[place]) + 1) % 10) + value[place + 1 :]


def letter(value: str) -> str:
    """One character of a wording is another one."""
    middle = len(value) // 2
    return value[:middle] + ("丙" if value[middle] != "丙" else "丁") + value[middle + 1 :]


def halved(value: str) -> str:
    """A wording without its second half."""
    return value[: len(value) // 2]


def later(value: int) -> int:
    return value + 1


FORGED: list[tuple[str, str, Change]] = [
    ("documents", "title", letter),
    ("documents", "region", letter),
    ("documents", "base_year", lambda _: 2017),
    ("documents", "doc_id", letter),
    ("sections", "title", letter),
    ("sections", "number_raw", letter),
    ("sections", "ordinal", later),
    ("sections", "level", later),
    ("sections", "path", letter),
    ("sections", "text", digit),
    ("sections", "section_id", digit),
    ("sections", "source_start", later),
    ("goals", "text", digit),
    ("goals", "horizon_year", lambda _: 2029),
    ("goals", "goal_id", letter),
    ("tasks", "title", letter),
    ("tasks", "text", digit),
    ("tasks", "lead_units", lambda units: [letter(units[0])]),
    ("sections", "parent_id", lambda key: "0" * 16 + key[16:]),
    ("tasks", "source_end", lambda end: end + 10**6),
    ("tasks", "seq", later),
    ("projects", "name", letter),
    ("projects", "content", digit),
    ("projects", "investment_raw", digit),
    ("projects", "investment_wan", lambda value: value + 1),
    ("projects", "end_year", lambda _: 2028),
    ("projects", "number_raw", lambda _: "7"),
    ("indicators", "name", letter),
    ("indicators", "unit", lambda _: "万吨"),
    ("indicators", "baseline_raw", digit),
    ("indicators", "baseline_value", lambda value: value + Decimal("0.1")),
    ("indicators", "target_raw", digit),
    ("indicators", "target_value", lambda value: value * 10),
    ("indicators", "target_year", later),
    ("indicators", "baseline_year", later),
    ("indicators", "comparator", lambda _: "lt"),
    ("indicators", "source_start", lambda start: start + 6),
    ("targets", "quantity_raw", digit),
    ("targets", "value", lambda value: value + 1),
    ("targets", "unit", lambda _: "万吨"),
    ("targets", "comparator", lambda _: "lt"),
    ("targets", "deadline_year", lambda _: 2034),
    ("targets", "deadline_raw", digit),
    ("targets", "per_year", lambda _: False),
    ("targets", "approximate", lambda _: True),
    ("targets", "subject", letter),
    ("targets", "sentence", letter),
    ("targets", "context", lambda _: "goal"),
    ("targets", "source_start", later),
    ("targets", "source_end", lambda end: end - 2),
    ("targets", "section_id", lambda key: key[:-1] + "9"),
    ("targets", "owner_id", letter),
    ("targets", "target_id", digit),
    ("documents", "title", halved),
    ("documents", "region", halved),
    ("documents", "plan_kind", lambda _: "action_plan"),
    ("documents", "domain", lambda _: "教育"),
    ("documents", "period_end", later),
    ("documents", "script", lambda _: "hant"),
    ("documents", "source_sha256", lambda value: value[:-1]),
    ("sections", "title", halved),
    ("sections", "text", halved),
    ("goals", "section_id", lambda _: None),
    ("goals", "text", halved),
    ("tasks", "title", halved),
    ("tasks", "number_raw", lambda _: None),
    ("tasks", "lead_units", lambda units: [units[0][:-1]]),
    ("tasks", "source_start", lambda start: start - 1),
    ("projects", "name", halved),
    ("projects", "section_id", lambda _: None),
    ("indicators", "name", halved),
    ("indicators", "number_raw", lambda _: "1"),
    ("indicators", "caption", lambda _: "主要指"),
    ("indicators", "table_id", letter),
    ("indicators", "target_raw", lambda raw: raw[:-1]),
    ("indicators", "baseline_year", lambda _: None),
    ("indicators", "basis", lambda _: None),
    ("indicators", "concept", letter),
    ("indicators", "target_norm", lambda value: value * 10),
    ("targets", "concept", letter),
    ("targets", "value_norm", lambda value: value * 10),
    ("targets", "subject", halved),
    ("targets", "deadline_raw", lambda _: None),
    ("targets", "commitment", lambda _: "must"),
    ("targets", "owner_id", lambda _: None),
    ("documents", "script", letter),  # a word of no closed list is a fault, and stops nothing
    ("tasks", "level", letter),
    ("projects", "level", letter),
    ("indicators", "basis", letter),
    ("targets", "context", letter),
    ("tasks", "task_id", lambda _: ""),
    ("indicators", "unit", lambda _: ""),
]


def altered(table: str, column: str, change: Change) -> Records:
    """The records with one cell altered: of the last row that has a value there."""
    rows = list(getattr(RECORDS, table))
    place = max(n for n, row in enumerate(rows) if getattr(row, column) not in (None, []))
    old = getattr(rows[place], column)
    new = change(old)
    assert new != old
    rows[place] = rows[place].model_copy(update={column: new})
    return RECORDS.model_copy(update={table: rows})


PLACED = {column for _, column, _ in FORGED if column in IDENTIFIERS.values()}


@pytest.mark.parametrize(("table", "column", "change"), FORGED, ids=[f"{table}.{column}" for table, column, _ in FORGED])
def test_a_forged_cell_is_found(tmp_path: Path, table: str, column: str, change: Change) -> None:
    if table == "documents" and column == "base_year":
        records = RECORDS.model_copy(update={"documents": [RECORDS.documents[0].model_copy(update={"base_year": change(None)})]})
    else:
        records = altered(table, column, change)
    found = faults(tmp_path / "o", records)
    assert found
    if column not in PLACED and column not in ("doc_id", "seq"):
        assert {fault.table for fault in found} >= {table}
        key = IDENTIFIERS[table]
        wrong = {getattr(new, key) for old, new in zip(getattr(RECORDS, table), getattr(records, table), strict=True) if old != new}
        assert {fault.record_id for fault in found} >= wrong


def exchanged(table: str, *columns: str) -> Records:
    """The records with what the last two rows of a table say in these columns exchanged."""
    *rows, one, other = getattr(RECORDS, table)
    first, second = ({column: getattr(row, column) for column in columns} for row in (one, other))
    return RECORDS.model_copy(update={table: [*rows, one.model_copy(update=second), other.model_copy(update=first)]})


@pytest.mark.parametrize(
    "records",
    [
        exchanged("indicators", "target_raw", "target_value", "target_norm", "comparator"),
        exchanged("indicators", "baseline_raw", "baseline_value", "baseline_norm"),
        exchanged("projects", "investment_raw", "investment_wan"),
        exchanged("sections", "source_start", "source_end"),
        exchanged("tasks", "title", "text"),
    ],
    ids=["targets", "baselines", "investments", "spans", "titles"],
)
def test_rows_that_are_exchanged_are_found(tmp_path: Path, records: Records) -> None:
    assert faults(tmp_path / "o", records)


def test_a_row_under_another_severity_or_message_is_found(tmp_path: Path) -> None:
    (records,) = process(f"{PLAN}四、其他工作\n按规定做好（XX）工作。".encode(), "heyang.txt")
    assert records.findings
    assert faults(tmp_path / "o", records) == []
    for change in ({"severity": "error"}, {"message": "All is well."}, {"code": "mojibake"}, {"code": "none"}, {"arguments": {"found": "9"}}):
        forged = [records.findings[0].model_copy(update=change), *records.findings[1:]]
        assert faults(tmp_path / next(iter(change)), records.model_copy(update={"findings": forged})), change


def test_a_key_that_is_double_is_found(tmp_path: Path) -> None:
    rows = [*RECORDS.targets[:-1], RECORDS.targets[-1].model_copy(update={"target_id": RECORDS.targets[0].target_id})]
    with pytest.raises(Exception, match="identifier"):  # no dataset is written with one
        faults(tmp_path / "o", RECORDS.model_copy(update={"targets": rows}))


# ---- wordings --------------------------------------------------------------------------------------------------------

WORDINGS = [
    ("新建泵站6座", "（1）新建 泵站\n６座。", True),
    ("新建泵站16座", "新建泵站6座", False),
    ("新建泵站9座", "新建泵站6座，改造泵站9台", False),
    ("“十四五”规划", "十四五规划", True),
    ("城区配电网智能化改造工程", "城区配电网智能化改│建设台区│4.2│造工程", True),
    ("城区配电网智能化改造工程", "城区配电网智能化改│建设台区│4.2│造项目", False),
    ("水利局", "水务局", False),
    ("", "水务局", True),
]


@pytest.mark.parametrize(("wording", "text", "stands"), WORDINGS)
def test_a_wording_stands_in_a_text_with_its_own_characters(wording: str, text: str, stands: bool) -> None:
    assert stands_in(characters(wording), characters(text)) is stands


SOURCES = [
    ("<p>新建<b>泵站</b>6&nbsp;座</p><!-- 9座 -->", "text/html", "hans", "新建泵站6座"),
    ("<p>一、<ruby>发<rt>fā</rt></ruby>展</p>", "text/html", "hans", "一、发展"),
    ("新建泵站6座，應急響應", "text/plain", "hant", "新建泵站6座,应急响应"),
    ("**新建**泵站<br>6座", "text/markdown", "hans", "新建泵站6座"),
]


@pytest.mark.parametrize(("text", "media_type", "script", "told"), SOURCES)
def test_a_source_is_compared_without_what_carries_nothing(text: str, media_type: str, script: str, told: str) -> None:
    assert SourceWording(text, media_type, script).whole == told


def test_a_repair_stands_in_the_source_by_its_finding() -> None:
    text = "加强??储备能力"
    finding = {"code": "repaired_text", "source_start": 2, "source_end": 4, "message": "Damaged text was restored: ?? → 物资"}
    assert SourceWording(text, "text/plain", "hans", [finding]).whole == "加强物资储备能力"


# ---- the command and the corpus --------------------------------------------------------------------------------------


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["verify", *arguments])
    return done.exit_code, done.output


def test_the_command_says_that_all_hold(tmp_path: Path) -> None:
    code, out = run(str(made.write(tmp_path / "o", RECORDS)))
    assert code == 0
    assert out.endswith("records of 1 documents: all hold.\n")


def test_the_command_lists_what_does_not(tmp_path: Path) -> None:
    outputs = str(made.write(tmp_path / "o", altered("targets", "value", lambda value: value + 1)))
    code, out = run(outputs)
    assert code == 1
    assert RECORDS.targets[-1].target_id in out
    assert "targets.value" in out
    code, out = run(outputs, "--json")
    assert code == 1
    (fault,) = json.loads(out)["faults"]
    assert (fault["table"], fault["column"], fault["source"]) == ("targets", "value", "2")


def test_a_limit_says_how_many_are_left(tmp_path: Path) -> None:
    rows = [row.model_copy(update={"approximate": not row.approximate}) for row in RECORDS.targets]
    _, out = run(str(made.write(tmp_path / "o", RECORDS.model_copy(update={"targets": rows}))), "--limit", "1")
    assert f"and {len(rows) - 1} more; --limit 0 shows all" in out


def test_no_dataset_is_one_sentence(tmp_path: Path) -> None:
    code, out = run(str(tmp_path))
    assert code == 2
    assert "There is no dataset" in out


@pytest.mark.parametrize("folder", ["corpus", "corpus/formats", "corpus/awkward"])
def test_the_sample_documents_hold(tmp_path: Path, folder: str) -> None:
    files = sorted(path for path in (ROOT / folder).iterdir() if path.is_file())
    read_in = [records for path in files for records in process(path.read_bytes(), path.name) if records.documents]
    once = {records.documents[0].doc_id: records for records in read_in}
    assert faults(tmp_path / "o", *once.values()) == []


NESTED = """禾阳县“十四五”水利发展规划

一、总体要求
坚持人民至上。
二、发展目标
（一）防洪保安
1.堤防建设。到2025年，堤防达标率达到85%。
2.水库建设。到2025年，新增库容1200万立方米。
（二）供水保障
到2025年，农村自来水普及率达到95%。
三、主要任务
（一）完善防洪体系。加固堤防36公里。
（二）健全供水网络。铺设管网210公里。
"""


def test_a_goal_reaches_to_the_end_of_what_stands_below_it(tmp_path: Path) -> None:
    (records,) = process(NESTED.encode(), "heyang.txt")
    goal = records.goals[0]
    assert NESTED[goal.source_start : goal.source_end].endswith("新增库容1200万立方米。")
    assert faults(tmp_path / "o", records) == []


UNNAMED = """省人民政府关于加快渔业发展的意见

各市、州、县人民政府，省政府各部门：
为加快我省渔业发展，提出以下意见。
一、发展目标
到2025年，渔业产值达到900亿元。
二、主要任务
（一）建设渔港。新建渔港20座。
省人民政府
2022年3月1日
"""


def test_an_office_without_a_name_tells_its_level(tmp_path: Path) -> None:
    (records,) = process(UNNAMED.encode(), "opinion.txt")
    document = records.documents[0]
    assert (document.region, document.region_level) == (None, "province")
    assert faults(tmp_path / "o", records) == []
    records.documents[0] = document.model_copy(update={"region_level": "county"})
    assert [fault.column for fault in faults(tmp_path / "f", records)] == ["region_code"]
