"""Settings: what a file may say, what is wrong with it and where, and that it is in force in every process."""

from __future__ import annotations

import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import planparse
from planparse.cli import app
from planparse.configuration import configured, find
from planparse.configuration.places import places
from planparse.configuration.runaway import runs_away
from planparse.configuration.settings import Settings
from planparse.corpus import batches as batches_module
from planparse.corpus import ingest
from planparse.data import use, vocabulary
from planparse.model.findings import UsageError
from planparse.model.options import Limits, Options, Scoring, Thresholds
from planparse.model.records import SectionKind
from planparse.outline.kinds.by_title import kind_of_title

PLAN = """禾阳县水务工作方案

欢迎光临禾阳水务之窗
一、攻坚抓手集
（一）建设供水站。建成供水站3座。（水管专办：县水务专班组）
二、保障措施
（一）加强领导。落实责任。
"""
OWN = """
copy_share = 0.7

[limits]
max_pages = 9
timeout = 5

[vocabulary]
heading_words = ["专办"]

[[vocabulary.section_kinds]]
kind = "safeguards"
titles = ["攻坚抓手集"]

[[vocabulary.furniture]]
pattern = "欢迎光临.{2,10}之窗"

[[vocabulary.domains]]
domain = "水务专域"
words = ["水务"]

[vocabulary.offices]
endings = ["专班组"]
lead = ["水管专办"]

[vocabulary.metadata]
issuer = ["主发处室"]

[vocabulary.columns]
lead = ["抓落实方"]

[vocabulary.units]
count = ["泵位"]

[[vocabulary.comparators]]
comparator = "ge"
before = ["不弱过"]

[[vocabulary.concepts]]
concept = "pumping_stations"
names = ["泵站泵位总数"]
unit = "个"
"""


@pytest.fixture(autouse=True)
def nothing_stays_in_force() -> Any:
    yield
    use("")


def write(folder: Path, text: str, name: str = "planparse.toml") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def parsed(options: Options) -> Any:
    return planparse.parse(PLAN.encode(), options)


def test_settings_change_what_is_read(tmp_path: Path) -> None:
    told = configured(write(tmp_path, OWN)).options
    assert (told.copy_share, told.limits) == (0.7, Limits(max_pages=9, timeout=5))
    before, after, again = parsed(Options()), parsed(told), parsed(Options())
    assert before.sections[0].kind == SectionKind.TASKS
    assert after.sections[0].kind == SectionKind.SAFEGUARDS
    assert (before.documents[0].domain, after.documents[0].domain) == ("水利", "水务专域")
    assert again == before, "what one document was told is not told the next"


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("section_kinds", "攻坚抓手集"),
        ("furniture", "欢迎光临"),
        ("domains", "水务专域"),
        ("offices", "专班组"),
        ("metadata", "主发处室"),
        ("columns", "抓落实方"),
        ("units", "泵位"),
        ("comparators", "不弱过"),
        ("heading_words", "专办"),
        ("concepts", "泵站泵位总数"),
    ],
)
def test_own_entries_stand_beside_the_vocabularys(tmp_path: Path, name: str, word: str) -> None:
    size = len(json.dumps(vocabulary(name), ensure_ascii=False))
    assert word not in json.dumps(vocabulary(name), ensure_ascii=False)
    use(configured(write(tmp_path, OWN)).options.vocabulary)
    joined = json.dumps(vocabulary(name), ensure_ascii=False)
    assert word in joined
    assert len(joined) > size
    use("")
    assert len(json.dumps(vocabulary(name), ensure_ascii=False)) == size


def test_own_words_reach_the_grammar(tmp_path: Path) -> None:
    from planparse.cleaning.furniture import drop_furniture
    from planparse.language.columns import Role, role_of
    from planparse.language.offices import is_office
    from planparse.model.text import MappedText

    def found() -> tuple[Any, ...]:
        line = MappedText.identity("欢迎光临禾阳水务之窗\n一、总体要求")
        return role_of("抓落实方"), is_office("县水务专班组"), drop_furniture(line)[0].text.strip()

    assert found() == (None, False, "欢迎光临禾阳水务之窗\n一、总体要求")
    use(configured(write(tmp_path, OWN)).options.vocabulary)
    assert found() == (Role.LEAD, True, "一、总体要求")


def test_an_own_heading_word_may_hold_a_blank(tmp_path: Path) -> None:
    from planparse.extract.keywords import terms_of

    use(configured(write(tmp_path, "[vocabulary]\nheading_words = ['AI 赋能']")).options.vocabulary)
    assert terms_of("AI 赋能海洋渔业 远洋捕捞") == ["海洋渔业", "远洋捕捞"]


def test_own_concepts_are_linked(tmp_path: Path) -> None:
    from planparse.concepts import link

    more = OWN + """
[[vocabulary.concepts]]
concept = "forest_coverage"
names = ["林木绿化率", "绿被覆盖度"]
"""
    assert link("泵站泵位总数", "个") is None
    use(configured(write(tmp_path, more)).options.vocabulary)
    found = {name: link(name, unit) for name, unit in [("全市泵站泵位总数", "个"), ("绿被覆盖度", "%"), ("林木绿化率", "%"), ("森林覆盖率", "%")]}
    assert [one and one.concept.name for one in found.values()] == ["pumping_stations", *["forest_coverage"] * 3]


def test_own_names_of_a_concept_change_nothing_else_of_it(tmp_path: Path) -> None:
    from planparse.concepts import concepts, link

    more = OWN + """
[[vocabulary.concepts]]
concept = "gdp"
names = ["本地总产出"]
unit = "亿元"

[[vocabulary.concepts]]
concept = "technology_contracts_growth"
names = ["科技合同成交额"]
"""
    before = concepts()["gdp"]
    use(configured(write(tmp_path, more)).options.vocabulary)
    after = concepts()["gdp"]
    assert (after.kind, after.direction, after.category, after.change) == (before.kind, before.direction, before.category, before.change)
    found = [link(name, "%", "increase") for name in ("本地总产出", "科技合同成交额", "技术合同成交额")]
    assert [one and one.concept.name for one in found] == ["gdp_growth", *["technology_contracts_growth"] * 2]


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ('concept = "novelty"\nnames = ["新指标"]', "give the unit"),
        ('concept = "novelty"\nnames = ["新指标"]\nunit = "泵位"', "not known"),
        ('concept = "Novelty"\nnames = ["新指标"]\nunit = "个"', "pattern"),
        ('concept = "novelty"\nnames = []\nunit = "个"', "at least 1"),
    ],
)
def test_concepts_that_cannot_be_used_are_refused(tmp_path: Path, entry: str, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        configured(write(tmp_path, f"[[vocabulary.concepts]]\n{entry}\n"))


def test_threads_with_other_entries_do_not_mix(tmp_path: Path) -> None:
    own, plain = configured(write(tmp_path, OWN)).options, Options()
    alone = {options: parsed(options).targets + parsed(options).tasks for options in (own, plain)}
    assert alone[own] != alone[plain]
    work = [own, plain] * 8
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda options: (one := parsed(options)).targets + one.tasks, work))
    assert found == [alone[options] for options in work]


@pytest.mark.parametrize("inline", [True, False])
@pytest.mark.waits
def test_settings_are_in_force_in_every_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, inline: bool) -> None:
    root = tmp_path / "corpus"
    root.mkdir()
    for number in range(3):
        write(root, PLAN + f"第{number}份。\n", f"{number}.txt")
    if not inline:
        monkeypatch.setattr(batches_module, "INLINE_FILES", 0)
    told = configured(write(tmp_path, OWN)).options
    assert ingest([root], tmp_path / "out", jobs=2, options=told).read == 3
    documents = planparse.read(tmp_path / "out").table("documents").to_pylist()
    assert {row["domain"] for row in documents} == {"水务专域"}
    assert ingest([root], tmp_path / "out", jobs=2, options=told).read == 0
    assert ingest([root], tmp_path / "out", jobs=2).read == 3, "other settings are another run"
    documents = planparse.read(tmp_path / "out").table("documents").to_pylist()
    assert {row["domain"] for row in documents} == {"水利"}


LONG = PLAN.replace("建设供水站", "按照轻重缓急分批推进城乡一体的供水站及其配套管网的建设").replace("3座", "XX座")


def documents(thresholds: Thresholds, text: str = LONG) -> Any:
    return planparse.parse(text.encode(), Options(thresholds=thresholds))


THRESHOLDS: list[tuple[Thresholds, Any, Any, Any]] = [
    (Thresholds(keywords=1), lambda one: len(one.documents[0].keywords), None, 1),
    (Thresholds(keywords=0), lambda one: one.documents[0].keywords, None, []),
    (Thresholds(excerpt_length=1), lambda one: max(len(row.excerpt_raw or "") for row in one.findings), None, 1),
]


@pytest.mark.parametrize(("thresholds", "look", "before", "after"), THRESHOLDS)
def test_thresholds_change_what_is_read(thresholds: Thresholds, look: Any, before: Any, after: Any) -> None:
    usual = look(documents(Thresholds()))
    assert usual == before if before is not None else usual != after
    assert look(documents(thresholds)) == after


@pytest.mark.parametrize(
    ("thresholds", "script"),
    [
        (Thresholds(), "mixed"),
        (Thresholds(traditional_share=0.015), "hant"),
        (Thresholds(mixed_share=0.03), "hans"),
    ],
)
def test_what_counts_as_traditional_is_an_option(thresholds: Thresholds, script: str) -> None:
    text = "禾阳县水务工作方案\n一、攻坚抓手\n" + "建设供水站并改善水质。" * 9 + "体系體系\n二、保障措施\n落實责任。\n"
    assert documents(thresholds, text).documents[0].script == script


def test_the_head_of_pyproject_is_not_for_a_file_of_its_own(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="leave it out here"):
        configured(write(tmp_path, "[tool.planparse]\nconvert = true\n"))


def test_defaults_are_those_without_a_file() -> None:
    assert Settings().options() == Options()
    assert Settings().evaluation == Scoring()


def test_numbers_of_a_file_reach_the_options(tmp_path: Path) -> None:
    text = "[thresholds]\nkeywords = 3\ngarble_margin = 6\n[evaluation]\nseed = 7\ntitle_alike = 1\n"
    told = configured(write(tmp_path, text))
    assert told.options == Options(thresholds=Thresholds(keywords=3, garble_margin=6.0))
    assert told.settings.evaluation == Scoring(seed=7, title_alike=1.0)
    assert told.origin("thresholds.garble_margin").endswith("planparse.toml:3")


def test_other_thresholds_are_another_run(tmp_path: Path) -> None:
    root = tmp_path / "corpus"
    root.mkdir()
    write(root, PLAN, "a.txt")
    runs = [Thresholds(), Thresholds(), Thresholds(keywords=1), Thresholds(keywords=1), Thresholds()]
    read = [ingest([root], tmp_path / "out", jobs=1, options=Options(thresholds=one)).read for one in runs]
    assert read == [1, 0, 1, 0, 1]


WRONG: list[tuple[str, str]] = [
    ("convert = 1\nconvrt = true", "2: convrt: there is no such setting; did you mean convert?"),
    ("\n[limits]\nmax_pages = -1", "3: limits.max_pages: .*greater than 0 .*-1"),
    ("copy_share = 'viel'", "1: copy_share: .*valid number.*viel"),
    ("copy_share = 1.5", "1: copy_share: .*less than or equal to 1"),
    ("x = [1,\n2", "2: "),
    ("[thresholds]\n\nkeywords = -1", "3: thresholds.keywords: .*greater than or equal to 0 .*-1"),
    ("[thresholds]\nkeywords = 2.5", "2: thresholds.keywords: .*integer.*2.5"),
    ("[thresholds]\ngarble_margin = nan", "2: thresholds.garble_margin: .*finite"),
    ("[thresholds]\nbroken_share = 9", "2: thresholds.broken_share: .*less than or equal to 1"),
    ("[thresholds]\nbroken_shere = 1", "2: thresholds.broken_shere: .*did you mean broken_share"),
    ("[thresholds]\nmixed_share = 0.2", "1: thresholds: mixed_share 0.2 is above traditional_share 0.05"),
    ("[evaluation]\nresamples = 5", "2: evaluation.resamples: .*greater than or equal to 100"),
    ("[evaluation]\ntitle_alike = 0", "2: evaluation.title_alike: .*greater than 0"),
    ("[vocabulary]\nheading_words = [\n  '一',\n  ' 二',\n]", r"4: vocabulary.heading_words\[1\]: a word has no blanks"),
    ("[[vocabulary.section_kinds]]\nkind='tasks'\n\n[[vocabulary.section_kinds]]\nkind='taks'", r"5: vocabulary.section_kinds\[1\].kind: .*'tasks'"),
    ("[[vocabulary.section_kinds]]\nkind='tasks'\npatterns=['(']", r"3: vocabulary.section_kinds\[0\].patterns\[0\]: this is no regular"),
    ("[[vocabulary.section_kinds]]\nkind='tasks'\npatterns=['(a+)+b']", "3: .*can take time without end: a repetition holds"),
    ("[[vocabulary.furniture]]\npattern='.*a.*a.*a.*b'", "2: .*can take time without end: more than 2"),
    ("[[vocabulary.furniture]]\npattern='(a)\\1*b'", "2: .*can take time without end: it refers back"),
    ("\n[limits]\nmax_bytes = 9223372036854775808", "3: limits.max_bytes: .*less than or equal"),
    ("\n[limits]\ntimeout = inf", "3: limits.timeout: .*finite"),
    ("\n[limits]\ntimeout = nan", "3: limits.timeout: .*finite"),
    ("\n[limits]\ntimeout = 1e300", "3: limits.timeout: .*less than or equal"),
    ("\n[limits]\nmemory = -1", "3: limits.memory: .*greater than or equal"),
    ("[evaluation]\nseed = 99999999999999999999", "2: evaluation.seed: .*less than or equal"),
    ("[thresholds]\nkeywords = " + "9" * 5000, "2: this is too long a number"),
    ("[vocabulary]\nunits = " + "[ " * 5000 + "]" * 5000, "2: .*nested too deeply"),
    ("[[vocabulary.section_kinds]]\nkind='tasks'\npatterns=['任?务?']", "3: .*matches nothing at all"),
    ("[[vocabulary.furniture]]\npattern='.+'", "2: .*would drop lines such as 一、总体要求"),
    ("[[vocabulary.furniture]]\nwhere='any'", r"1: vocabulary.furniture\[0\].pattern: Field required"),
    ("vocabulary = { metadata = { isuer = ['甲'] } }", "1: vocabulary.metadata.isuer.*"),
    ("[vocabulary.columns]\nlead = []", "2: vocabulary.columns.lead: .*at least 1"),
    ("[vocabulary]\nofices = {}", "2: vocabulary.ofices: there is no such setting; did you mean offices?"),
    ("[vocabulary.offices]\nendings = '局'", "2: vocabulary.offices.endings: .*valid list"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said"), WRONG)
@pytest.mark.parametrize("shared", [False, True])
def test_what_is_wrong_is_said_with_file_and_line(tmp_path: Path, text: str, said: str, shared: bool) -> None:
    file = write(tmp_path, text)
    if shared:
        if text.startswith(("x =", "vocabulary =")) or "\n\n[[" in text:
            pytest.skip("the case needs a file of its own")
        lines = text.replace("[[", "[[tool.planparse.").replace("\n[limits", "\n[tool.planparse.limits")
        lines = lines.replace("[thresholds", "[tool.planparse.thresholds").replace(
            "[evaluation", "[tool.planparse.evaluation"
        )
        lines = lines.replace("[vocabulary", "[tool.planparse.vocabulary")
        body = lines if lines.lstrip().startswith("[") else f"[tool.planparse]\n{lines}"
        moved = 0 if body is lines else 1
        file = write(tmp_path, f"[project]\nname = 'x'\n{body}", "pyproject.toml")
        number, rest = said.split(":", 1)
        said = f"{int(number) + 2 + moved}:{rest}"
    with pytest.raises(UsageError, match=f"{file.name}:{said}"):
        configured(file)


@pytest.mark.parametrize("pattern", [*[r"(a+)+", r"(a|a)*", r"(.*)*", r"a*a*a*$", r".*.*.*x", r"(\w+\s?)*$", r"(?:a?){30}", r"([a-z]+)*\d", r"(a*b*)*", r"(?:(?:a+)b?)+", r"(a{1,50}){1,50}", r"(?:[一-龥]+、?)+", r"(?:a|b|ab)*c"], "a?" * 20 + "a" * 20])  # fmt: skip
def test_patterns_that_run_away(pattern: str) -> None:
    assert runs_away(pattern)


@pytest.mark.parametrize("pattern", [r"本页访问.*", r"^(?:分享到|打印).*$", r".*阅读次数.*", r"第\d+页.*共\d+页", r"[A-Z]{2,5}[:：].*", r"(?:ab)+", r"(?:a|b)+c", r"(?:\d+、)+", r"(?:\d|\w)+x", r"来源[:：][^：]{1,20}编辑[:：].{1,10}", r"^\d{4}年\d{1,2}月\d{1,2}日$", r"[-=]{3,}", r"字号[:：]?(?:大|中|小)+", r"https?://\S+", r".{0,20}关注.{0,20}"])  # fmt: skip
def test_patterns_that_do_not_run_away(pattern: str) -> None:
    assert runs_away(pattern) is None


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
@pytest.mark.parametrize("kind", ["pipe", "device", "folder"])
def test_what_is_no_file_is_refused_at_once(tmp_path: Path, kind: str) -> None:
    place = tmp_path / kind
    if kind == "pipe":
        os.mkfifo(place)
    elif kind == "folder":
        place.mkdir()
    else:
        place.symlink_to("/dev/zero")
    with pytest.raises(UsageError, match=f"{kind} is no file that settings can be read from"):
        configured(place)


@pytest.mark.parametrize("option", ["--timeout", "--memory"])
@pytest.mark.parametrize("value", ["inf", "nan", "1e300", "-1"])
def test_numbers_of_the_command_line_are_held_to_bounds(tmp_path: Path, option: str, value: str) -> None:
    (tmp_path / "a.txt").write_text("规划", encoding="utf-8")
    done = CliRunner().invoke(
        app, ["ingest", str(tmp_path / "a.txt"), "--out", str(tmp_path / "out"), f"{option}={value}"]
    )
    assert done.exit_code == 2
    assert option in done.output
    assert not (tmp_path / "out").exists()


def test_several_errors_are_all_told(tmp_path: Path) -> None:
    file = write(tmp_path, "\n".join(f"wrong{number} = 1" for number in range(7)))
    with pytest.raises(UsageError) as caught:
        configured(file)
    assert str(caught.value).count("no such setting") == 5
    assert str(caught.value).endswith("and 2 more")


@pytest.mark.parametrize(("content", "words"), [(b"\n\xff\xfe = 1", ":2: this is not UTF-8"), (None, "cannot be read")])
def test_a_file_that_cannot_be_read(tmp_path: Path, content: bytes | None, words: str) -> None:
    file = tmp_path / "planparse.toml"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(UsageError, match=words):
        configured(file)


def test_the_nearest_file_holds(tmp_path: Path) -> None:
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    write(tmp_path, "convert = true")
    assert find(deep) == tmp_path.resolve() / "planparse.toml"
    write(tmp_path / "a", "[project]\nname = 'x'\n", "pyproject.toml")
    assert find(deep) == tmp_path.resolve() / "planparse.toml", "a project without a section says nothing"
    shared = write(tmp_path / "a", "[tool.planparse]\nconvert = false\n", "pyproject.toml")
    assert find(deep) == shared.resolve()
    assert configured(folder=deep).settings.convert is False
    own = write(tmp_path / "a", "convert = true")
    assert find(deep) == own.resolve()


def test_lines_of_every_form_of_toml() -> None:
    text = '''# a comment = 1
a.b = 1
"q.r" = """x
y = 2
""" # behind
t = { u = [1, { v = 2 }], 'w' = "]}" }

[x]
n = [ # why
  "1]", # ]
  '2',

  [3,
   4],
]
d = 1979-05-27 07:32:00
[[y]]
[[y]]
k = 1
[[y.z]]
m = 1
[y.p]
o = 1
'''
    expected = {
        ("a", "b"): 2, ("q.r",): 3, ("t",): 6, ("t", "u", 1, "v"): 6, ("t", "w"): 6, ("x",): 8, ("x", "n"): 9,
        ("x", "n", 0): 10, ("x", "n", 1): 11, ("x", "n", 2): 13, ("x", "n", 2, 1): 14, ("x", "d"): 16,
        ("y", 0): 17, ("y", 1): 18, ("y", 1, "k"): 19, ("y", 1, "z", 0, "m"): 21, ("y", 1, "p", "o"): 23,
    }  # fmt: skip
    found = places(text)
    assert {place: found.get(place) for place in expected} == expected


def test_config_shows_what_is_in_force(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = write(tmp_path, OWN)
    monkeypatch.chdir(tmp_path)
    shown = CliRunner().invoke(app, ["config", "--json"])
    told = json.loads(shown.stdout)
    assert told["file"] == str(file)
    assert told["settings"]["limits.max_pages"] == {"value": 9, "origin": f"{file}:5"}
    assert told["settings"]["limits.max_depth"] == {"value": 256, "origin": None}
    assert told["settings"]["vocabulary.offices"]["value"]["own"] == 2
    lines = CliRunner().invoke(app, ["config"]).stdout.splitlines()
    assert lines[0] == f"file: {file}"
    assert any(line.startswith("copy_share") and "0.7" in line and line.endswith(":2") for line in lines)


def test_commands_obey_and_the_command_line_is_above(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, OWN)
    write(tmp_path, PLAN, "a.txt")
    monkeypatch.chdir(tmp_path)
    shown = CliRunner().invoke(app, ["inspect", "a.txt", "--stage", "records", "--json"])
    assert "水务专域" in shown.stdout
    from planparse.commands.settings import options

    assert options(None).limits.timeout == 5
    assert options(None, timeout=0.5, convert=True) == Options(
        limits=Limits(max_pages=9, timeout=0.5), convert=True, copy_share=0.7, vocabulary=options(None).vocabulary
    )
    write(tmp_path, "nothing = 1", "other.toml")
    failed = CliRunner().invoke(app, ["ingest", "a.txt", "--config", "other.toml", "--out", "o"])
    assert (failed.exit_code, (tmp_path / "o").exists()) == (2, False)
    assert "other.toml:1: nothing" in failed.stderr


def test_hostile_words_are_words(tmp_path: Path) -> None:
    """Words become alternatives of patterns: what means something in a pattern must not."""
    text = "[[vocabulary.section_kinds]]\nkind = 'tasks'\ntitles = ['.*', '(', 'a|b']\n"
    use(configured(write(tmp_path, text)).options.vocabulary)
    assert kind_of_title("保障措施") == SectionKind.SAFEGUARDS
    assert kind_of_title("a|b") == SectionKind.TASKS
    text = "[vocabulary.offices]\nendings = ['(局', '.*']\nwords = ['[甲']\nlead = ['(责']\n[vocabulary.metadata]\nissuer = ['(机构']\n"
    told = configured(write(tmp_path, text)).options
    plain = planparse.parse(PLAN.encode())
    assert planparse.parse(PLAN.encode(), told).tasks == plain.tasks
