"""The page of all plans: a tile each, links to their reports, states drawn, the endangered in a table."""

import json
from dataclasses import replace

import pandas as pd
import pytest

from plan_monitor.methods import danger, promises
from plan_monitor.report import overview
from reportkit.cited import cited
from reportkit.language import use, using
from reportkit.table import TABLE, unpack
from reportkit.words import SENTENCE
from small_project import project
from traces import sources

REPORTS = """  - notebook: schools/plan.ipynb
    name: 'plan-{region}-{lang}'
    matrix: {region: ["532399"], lang: [zh, en]}
"""
NO_REPORTS = pd.DataFrame(columns=["document", "region", "link"])


@pytest.fixture
def judged(package):
    return promises.judge(package, "2025-12")


def cells(bundle):
    return [[cell.text for cell in row] for row in unpack(bundle[TABLE])]


def test_reports_of_the_language_are_linked_and_of_no_recipes_there_are_none(tmp_path, package):
    recipes = project(tmp_path, REPORTS)
    rows = overview.links(str(recipes), package)
    assert rows["link"].tolist() == ["plan-532399-zh.html"] and rows["region"].tolist() == ["532399"]
    assert rows["document"].isna().all() and rows["scheme"].isna().all()
    with using("en"):
        assert overview.links(str(recipes), package)["link"].tolist() == ["plan-532399-en.html"]
    assert overview.links(str(tmp_path / "none.yml"), package).empty


def notebook(folder, *cells):
    path = folder / "other.ipynb"
    made = [{"source": source, "metadata": {"tags": [tag]} if tag else {}} for tag, source in cells]
    path.write_text(json.dumps({"cells": made}), encoding="utf-8")
    return path


def test_a_report_has_a_tile_of_its_title_region_fund_and_question(tmp_path, package):
    path = notebook(
        tmp_path,
        ("lang-zh", "text before"),
        ("", "# no heading of a language"),
        ("lang-zh", ["# 基金\n", "\n", "撑得住吗？\n", "又一行"]),
        ("lang-en", "# The fund\n\nWill it last?"),
        ("lang-zh", "# 后一个标题"),
    )
    reports = pd.DataFrame(
        [
            (path, "532399", "residents", "a.html"),
            (path, "", None, "b.html"),
            (path, None, None, "c.html"),
            (path, "000000", None, "d.html"),
        ],
        columns=["notebook", "region", "scheme", "link"],
    )
    tiles = overview.others(reports, package)
    assert tiles.values.tolist() == [
        ["基金", ["某县", "居民医保", "撑得住吗？"], "a.html"],
        ["基金", ["撑得住吗？"], "b.html"],
        ["基金", ["撑得住吗？"], "c.html"],
        ["基金", ["000000", "撑得住吗？"], "d.html"],
    ]
    use("fr")  # not given: the heading is the English one
    assert overview.others(reports[:1], package)["title"].tolist() == ["The fund"]


@pytest.mark.parametrize(
    ("heading", "title", "lines"),
    [
        ("# 题\n\n没有问号的一行", "题", []),
        ("# 题\n问？", "题", ["问？"]),
        ("# 题\n问?\n再问?", "题", ["问?"]),
        ("# 题", "题", []),
        ("## 小题", "other", []),
    ],
)
def test_a_heading_has_a_question_only_right_below_it(tmp_path, package, heading, title, lines):
    reports = pd.DataFrame(
        [(notebook(tmp_path, ("lang-zh", heading)), None, None, "a")],
        columns=["notebook", "region", "scheme", "link"],
    )
    assert overview.others(reports, package).values.tolist() == [[title, lines, "a"]]


def test_a_tile_shows_its_lines_and_leads_to_report_and_rows(shown):
    rows = pd.DataFrame(
        [("甲 & 乙", ["一", cited("2 项", ["t-1"])], "a.html"), ("丙", [], None)],
        columns=["title", "lines", "link"],
    )
    overview.tiles(rows)
    (bundle,) = shown
    assert bundle["text/plain"] == "- [甲 & 乙](a.html)：一；2 项\n- 丙"
    html = bundle["text/html"]
    assert '<a href="a.html">甲 &amp; 乙</a>' in html and html.count('<li class="tile">') == 2
    assert '<span class="apart">：</span><span>一</span>' in html
    assert '<span class="apart">；</span><span>2 项</span>' in html and "<strong>丙</strong>" in html
    assert bundle[SENTENCE]["sets"] == [["t-1"]] and "data-cite" in bundle[SENTENCE]["text"]
    use("en")
    overview.tiles(rows[1:])
    overview.tiles(rows[:1].assign(lines=[["a", "b"]]))
    assert shown[1]["text/plain"] == "- 丙" and SENTENCE not in shown[1]
    assert shown[2]["text/plain"] == "- [甲 & 乙](a.html): a; b"


def test_a_plan_has_a_tile_and_one_for_each_region_of_which_none_is_part_of_another(package, judged):
    reports = pd.DataFrame(
        [
            ("plan-1", "530000", "province.html"),
            ("other", "532399", "other.html"),
            ("plan-1", "532399", "plan.html"),
            ("plan-1", "532399", "again.html"),
        ],
        columns=["document", "region", "link"],
    )
    (tile,) = overview.plan_tiles(judged, reports, package).values.tolist()
    assert (tile[0], tile[2]) == ("某县教育规划", "plan.html")
    assert len(tile[1]) == 1 and tile[1][0].startswith("数字承诺 ")
    within = judged.assign(region=["530000", "532399", "532399"])
    (tile,) = overview.plan_tiles(within, reports, package).values.tolist()
    assert tile[2] == "province.html" and "3" in tile[1][0]
    beside = package.regions.assign(parent=None)
    apart = overview.plan_tiles(within, NO_REPORTS, replace(package, regions=beside))
    assert [lines[0] for lines in apart["lines"]] == ["某省", "某县"] and apart["link"].isna().all()
    two = judged.assign(document=["plan-1", "bulletin-1", "plan-1"])
    titles = overview.plan_tiles(two, reports, package)["title"].tolist()
    assert titles == ["某县教育规划", "某县统计公报"]  # as the documents stand
    texts = judged.assign(role=["text", "promise", "promise"])
    (tile,) = overview.plan_tiles(texts, NO_REPORTS, package).values.tolist()
    assert "2" in tile[1][0]
    assert overview.plan_tiles(judged.assign(role="text"), NO_REPORTS, package).empty


def test_states_are_counted_for_each_document(package, judged, shown):
    more = judged.assign(document=["plan-1", "bulletin-1", "bulletin-1"], status=[None, None, "slow"])
    more = more.assign(state=["awaited", "awaited", "slow"])
    stage = judged[:1].assign(role="by_year", status="slow", state="slow")
    overview.states_chart(pd.concat([more, stage]), package)
    overview.states_chart(more.assign(status="slow", state="slow"), package)
    first, second = (bundle["text/plain"] for bundle in shown)
    assert first.startswith("2 份文件，1 份有可以判断的承诺")
    assert first.endswith(
        "进度偏慢（项）：某县统计公报 1；到期待公布（项）：某县教育规划 1，某县统计公报 1。"
    )
    assert second.startswith("2 份文件，2 份有可以判断的承诺") and "到期待公布" not in second
    use("en")
    overview.states_chart(more, package)
    assert shown[2]["text/plain"].startswith("2 documents; 1 with promises that can be judged")


def test_the_endangered_have_their_evidence_beside_base_and_target(package, judged, shown):
    ranked = danger.rank(judged, pd.DataFrame({"id": ["t-3"], "probability": [0.34]}))
    overview.endangered_table(ranked, package, ("有风险的", "At risk"))
    rows = cells(shown[0])
    slow, unlikely = rows
    assert slow[:4] == ["学前毛入园率", "某县", "91 %（2020）", "≥ 95 %（2025）"]
    assert slow[4].startswith("进度偏慢") and slow[4].endswith(", ρ 0.83")
    assert unlikely == [
        "农民收入",
        "某县",
        "12,861 元（2020）",
        "26,581 元（2025）",
        "预测达成的可能性三成多",
    ]
    assert sources(shown[0])[0] == {"基期": ["o-1"], "目标": ["t-1"]}
    assert shown[1]["text/plain"].startswith("同样的说法在回测中：说“三成多”的实现了 ")
    assert shown[1][SENTENCE]["sets"] == [["t-3"]]
    overview.endangered_table(ranked[:1], package, "t")
    assert len(shown) == 3  # nothing was foretold
    overview.endangered_table(ranked[:0], package, "t")
    assert shown[3]["text/plain"] == "可判断或可预测的承诺中，没有一项显示落后。"
    use("en")
    overview.endangered_table(ranked[1:], package, "t")
    assert cells(shown[4])[0][4] == "odds of three to four in ten by forecast"


@pytest.mark.parametrize(("bases", "ways"), [([91.2, 50.5], ["9.5", "0.8"]), ([91.0, 50.0], ["10", "1"])])
def test_the_longest_ways_have_no_more_digits_than_their_bases(package, judged, shown, bases, ways):
    """3.8 and 47.5 points in five years; from whole numbers, either may be a tenth more or less a year."""
    rows = judged[:2].assign(kind="level", baseline=bases, value=[95.0, 98.0])
    overview.ways_table(danger.longest_ways(rows), package, ("变动最大", "Longest ways"))
    second, first = (f"{base:g} %（2020）" for base in bases)
    assert cells(shown[0]) == [
        ["巩固率", "某县", first, "98 %（2025）", ways[0]],
        ["学前毛入园率", "某县", second, "≥ 95 %（2025）", ways[1]],
    ]
    assert shown[0][TABLE]["title"] == "变动最大"


@pytest.mark.parametrize(
    ("rho", "told"),
    [
        (0.944, "0.94"),
        (0.946, "0.946"),
        (0.95, "0.95"),
        (0.954, "0.95"),
        (0.604, "0.60"),
        (0.596, "0.596"),
        (-0.004, "-0.004"),
        (0.0, "0.00"),
        (0.83, "0.83"),
    ],
)
def test_a_ratio_of_progress_is_not_printed_as_the_bound_that_it_falls_short_of(
    package, judged, shown, rho, told
):
    ranked = danger.rank(judged, pd.DataFrame({"id": [], "probability": []})).assign(rho=rho)
    for lang in ("zh", "en"):
        use(lang)
        overview.endangered_table(ranked.head(1), package, ("有风险的", "At risk"))
        assert cells(shown[-1])[0][4].endswith(f", ρ {told}")
