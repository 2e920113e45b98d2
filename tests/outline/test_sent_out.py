"""What a notice sends out by name: only a title that says something can be it."""

import pytest
from plans import outlined

from planparse.cleaning import clean
from planparse.loaders import load
from planparse.model.options import Options
from planparse.outline import read_evidence_of

NOTICE = "关于印发《霁湾县节水行动方案》的通知\n各乡镇人民政府：\n现将《霁湾县节水行动方案》印发给你们。\n霁湾县人民政府\n2023年4月2日\n"
BODY = "一、总体目标\n用水总量下降2%。\n二、主要任务\n改造灌区3处。\n三、保障措施\n加强领导。\n"
TABLE = "序号 项目名称 建设内容 责任单位\n1 河湾灌区改造工程 改造渠道12公里 县水利局\n2 城区管网更新工程 更新管网40公里 县住房城乡建设局\n"


@pytest.mark.parametrize(
    ("annex", "expected"),
    [
        (f"附表\n霁湾县节水重点项目表\n{TABLE}", False),
        (f"附件：重点项目表\n{TABLE}", False),
        (f"附件：霁湾县节水行动方案\n{BODY}", True),
    ],
)
def test_annexes(annex: str, expected: bool) -> None:
    text = f"{NOTICE}{BODY}{annex}"
    places = read_evidence_of(clean(load(text.encode(), "plan.txt", Options()))).places
    last = [place for place in places if place.form == "annex"][-1]
    assert ("sent_out" in last.features) is expected


@pytest.mark.parametrize(("orders", "length", "documents"), [(3, 0, 1), (3, 2_100, 1), (3, 2_600, 2), (6, 0, 1), (7, 0, 2)])
def test_a_notice_of_many_orders_or_much_text_is_a_document_of_its_own(orders: int, length: int, documents: int) -> None:
    filler = "渔民在海上忙碌。" * (length // 8)
    told = "".join(f"{sign}、落实第{sign}项要求\n各乡镇要认真落实。{filler if sign == '一' else ''}\n" for sign in "一二三四五六七"[:orders])
    notice = f"关于印发《禾阳县渔港方案》的通知\n各乡镇人民政府：\n现将《禾阳县渔港方案》印发给你们，并提出以下要求。\n{told}禾阳县人民政府\n2023年4月2日\n"
    found = outlined(f"{notice}禾阳县渔港方案\n{BODY}")
    assert [len(one.chapters) for one in found] == [orders, 3][2 - documents :]
