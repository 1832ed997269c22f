"""What checks found, in tables: each side with its places, its unit and its sign, counted by kind and class."""

import shutil
from dataclasses import replace

import pandas as pd
import pytest

from plan_monitor import load
from plan_monitor.audit import checks as audit
from plan_monitor.audit import consequence, report, requests
from plan_monitor.data.figures import stored
from reportkit.cited import spans, unmarked
from reportkit.language import use, using
from reportkit.table import TABLE, unpack
from traces import columns_of_figures, sources

MORE = (
    "o-5,plan-1,preschool-rate,532399,2020,>=,92.5,%,A,printed,,第二章,,\n"
    "o-6,plan-1,preschool-rate,532399,2021,=,92,%,A,printed,,,,\n"
    "county-end-1,bulletin-1,preschool-rate,532399,2022,=,88,%,A,printed,,表3,,\n"
    "o-7,bulletin-1,rural-income,532399,2020,=,12900,元,A,printed,,表2,,\n"
)
ROWS = {  # kind, expression, relation, stated
    "year": ("agreement", "end([t-1])", "=", "2024"),
    "later": ("agreement", "2026", "=", "end([t-1]) + 1"),
    "a-year": ("arithmetic", "([t-1] - [o-1]) / (end([t-1]) - end([o-1]))", "=", "2.5"),
    "apart": ("arithmetic", "end([t-1]) - end([o-2])", "=", "3"),
    "named": ("agreement", "[county-end-1]", "=", "[o-2]"),
    "sum": ("arithmetic", "[o-1] + [o-2] + [o-3] + [t-1] + [t-2]", "=", "470"),
    "pair": ("agreement", "[o-1]", "=", "[o-2]"),
    "order": ("order", "[o-1] * 1", ">=", "[o-2]"),
    "points": ("arithmetic", "[t-1] - [o-1]", "=", "3"),
    "growth": ("arithmetic", "(([t-3] / [o-4]) ** (1 / (end([t-3]) - end([o-4]))) - 1) * 100", "=", "19.2"),
    "places": ("arithmetic", "[o-3] + [t-2] + [o-6]", "=", "7"),
    "income": ("agreement", "[o-4]", "=", "[o-7]"),
    "same": ("distinct", "[o-1]", "!=", "[o-1]"),
    "holds": ("arithmetic", "[o-1] + 2", "=", "[o-2]"),
    "missing": ("arithmetic", "[o-1] / 0", "=", "5"),
}


@pytest.fixture(scope="module")
def folder(small_package, tmp_path_factory):
    return shutil.copytree(small_package, tmp_path_factory.mktemp("checked") / "data")


@pytest.fixture(scope="module")
def package(folder):
    header = (folder / "checks.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
    names = ("kind", "expression", "relation", "stated")
    lines = [",".join(header)]
    for row_id, cells in ROWS.items():
        row = dict(zip(names, cells, strict=True)) | {
            "id": row_id,
            "subject_zh": f"甲{row_id}",
            "subject_en": f"about {row_id}",
        }
        lines.append(",".join(row.get(name, "") for name in header))
    (folder / "checks.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    with (folder / "observations.csv").open("a", encoding="utf-8") as file:
        file.write(MORE)
    return load(folder)


@pytest.fixture
def checked(package):
    return audit.run(package)


def cells(bundle):
    return [[cell.text for cell in row] for row in unpack(bundle[TABLE])]


def sides(checked, package, shown, *ids):
    report.findings_table(checked[checked["id"].isin(ids)], package, ("不符", "what disagrees"))
    return {row[0]: row[1:] for row in cells(shown[-1])}


@pytest.mark.parametrize(
    ("check", "one", "other"),
    [
        ("year", "2025 – 某县教育规划：第二章", "2024"),
        ("later", "2026", "算得 2026 – 某县教育规划：第二章"),
        ("a-year", "算得 0.8 – 某县教育规划：第二章；第一章", "2.5"),
        ("apart", "算得 2 – 某县教育规划：第二章；某县统计公报：表1", "3"),
        ("named", "88 % – 某县统计公报：表3", "93 % – 某县统计公报：表1"),
        ("sum", "算得 475.88 % – 某县教育规划：第一章；第二章；某县统计公报：表1；等 5 处", "470 %"),
        ("pair", "91 % – 某县教育规划：第一章", "93 % – 某县统计公报：表1"),
        ("order", "算得 91 % – 某县教育规划：第一章", "≥ 93 % – 某县统计公报：表1"),
        ("points", "算得 4 百分点 – 某县教育规划：第二章；第一章", "3 百分点"),
        ("growth", "算得 15.63 – 某县教育规划：第三章", "19.2"),
        (
            "places",
            "算得 288.88 % – 某县教育规划：第一章；第二章；录入表 observations.csv 第 7 行（未写原文位置）",
            "7 %",
        ),
        ("same", "91 % – 某县教育规划：第一章", "≠ 91 % – 某县教育规划：第一章"),
    ],
)
def test_each_side_is_told_with_its_unit_sign_and_places(checked, package, shown, check, one, other):
    assert sides(checked, package, shown, check)[f"甲{check}"][:2] == [one, other]


def test_in_english_too(checked, package, shown):
    use("en")
    told = sides(checked, package, shown, "sum", "points", "order")
    assert told["about sum"][0] == (
        "computed 475.88 % – Education plan of a county: 第一章; 第二章; Statistical bulletin of a county: 表1; 5 in all"
    )
    assert told["about points"][:2] == [
        "computed 4 points – Education plan of a county: 第二章; 第一章",
        "3 points",
    ]
    assert told["about order"][1] == "≥ 93 % – Statistical bulletin of a county: 表1"
    assert shown[-1][TABLE]["title"].startswith("What disagrees")


def test_four_places_are_named_and_of_five_that_there_are_more(checked, package, shown):
    four = checked[checked["id"].eq("sum")].assign(rows=[("o-1", "o-2", "o-3", "t-1")])
    assert "等" not in sides(four, package, shown, "sum")["甲sum"][0]


def test_a_bare_number_leads_to_the_rows_of_the_other_side(checked, package, shown):
    sides(checked, package, shown, "points")
    (row,) = sources(shown[-1])
    assert row["一处"] == row["另一处"] == ["t-1", "o-1"]
    sides(checked, package, shown, "pair")
    (row,) = sources(shown[-1])
    assert (row["一处"], row["另一处"]) == (["o-1"], ["o-2"])


def test_what_a_finding_concerns_stands_beside_it(checked, package, shown):
    ranked = consequence.rank(checked, package)
    told = sides(ranked, package, shown, "income", "sum", "pair")
    assert (told["甲income"][2], told["甲sum"][2], told["甲pair"][2]) == ("金额", "约束性指标", "–")
    assert "均不涉及" not in str(shown[-1][TABLE]["title"])
    sides(ranked, package, shown, "pair", "order")
    assert "均不涉及金额、约束性指标和人数" in str(shown[-1][TABLE]["title"])
    sides(checked, package, shown, "pair")  # not ranked: nobody asked what it concerns
    assert "均不涉及" not in str(shown[-1][TABLE]["title"])


def test_classes_stand_in_a_column_where_there_are_several(checked, package, shown):
    some = checked[checked["id"].isin(["pair", "order", "sum"])]
    some = some.assign(finding=["proven", "proven", "unclear"])
    report.findings_table(some, package, "t", classed=True)
    told = {row[0]: row[3] for row in cells(shown[-1])}
    assert told == {
        "甲sum": "经核算证实的错误",
        "甲pair": "经对照证实的矛盾",
        "甲order": "待发文机关澄清",
    }
    report.findings_table(some, package, "t")
    assert len(cells(shown[-1])[0]) == 3  # neither the class nor what it concerns
    holding = next(checked[checked["id"].eq("holds")].itertuples())
    assert report.finding(holding) == "相符"


def test_statements_are_counted_by_kind_and_verdict(checked, shown):
    report.summary_table(checked, "t")
    text = cells(shown[-1])
    heads = shown[-1][TABLE]["headings"]
    assert heads == ["核对方式", "相符", "不符", "无法核对", "合计"]
    assert [row[1:] for row in text[:4]] == [
        ["1", "6", "1", "8"],  # arithmetic
        ["1", "4", "0", "5"],  # agreement
        ["0", "1", "0", "1"],  # order
        ["0", "1", "0", "1"],  # distinct
    ]
    first = sources(shown[-1])[0]
    assert first["相符"] == ["o-1", "o-2"]


def test_what_is_held_is_counted_by_class_and_what_nobody_reviewed_where_there_is_some(checked):
    some = checked[:5].assign(finding=["proven", "changed", "unclear", "unclear", "scope"])
    assert (
        report.held(some)
        == "经核算或对照证实的错误或矛盾 1 处；后出文件改变而未说明 1 处；待发文机关澄清 2 处"
    )
    open_ones = report.held(some.assign(finding=["unreviewed", *["unclear"] * 4]))
    assert open_ones.endswith("尚未评审 1 处") and "4 处" in open_ones
    use("en")
    assert report.held(some).count(": 1") == 2 and report.held(some).count(": 2") == 1


def test_readings_that_reconcile_stand_beside_what_they_compute(checked, package, shown):
    rows = checked[checked["id"].isin(["order", "holds", "growth"])]
    readings = rows.assign(of_zh=[f"不符{n}" for n in range(3)], of_en=[f"wrong {n}" for n in range(3)])
    report.readings_table(readings, package, "t")
    told = {row[1]: row[2:] for row in cells(shown[-1])}
    assert told == {
        "甲order": ["91 %", "≥ 93 %"],
        "甲growth": ["15.63", "= 19.2"],
        "甲holds": ["93 %", "= 93 %"],
    }
    assert [row[0] for row in cells(shown[-1])] == ["不符0", "不符1", "不符2"]
    assert columns_of_figures(shown[-1]) == ["按此读法", "所写"]
    by_row = sources(shown[-1])
    assert by_row[-1]["所写"] == ["o-2"] and by_row[-1]["按此读法"] == ["o-1"]
    assert by_row[1]["所写"] == ["t-3", "o-4"]


def test_pairs_that_no_check_compares_are_shown_with_their_places(package, shown):
    pairs = audit.overlooked(package, audit.run(package)[:0])
    assert pairs.values.tolist() == [["o-1", "o-5", 91.0, 92.5], ["o-4", "o-7", 12861.0, 12900.0]]
    report.overlooked_table(pairs, package, "t")
    assert cells(shown[-1]) == [
        ["学前毛入园率 · 某县 · 2020", "91 % – 某县教育规划 · 第一章", "≥ 92.5 % – 某县教育规划 · 第二章"],
        ["农民收入 · 某县 · 2020", "12,861 元 – 某县教育规划 · 第三章", "12,900 元 – 某县统计公报 · 表2"],
    ]
    assert sources(shown[-1])[0]["另一处"] == ["o-5"]


def test_a_pair_that_one_check_compares_is_not_overlooked(package, checked):
    assert audit.overlooked(package, checked)["one"].tolist() == ["o-1"]  # the incomes are compared


@pytest.mark.parametrize("column", ["indicator", "region", "period", None])
def test_a_check_of_something_else_with_the_same_values_compares_nothing_here(package, checked, column):
    others = {"indicator": "retention-rate", "region": "530000", "period": "2022", None: None}
    pair = package.observations[package.observations["id"].isin(["o-1", "o-5"])]
    alike = pair.assign(id=["x-1", "x-2"], comparator=["=", ">="])
    if column:
        alike[column] = others[column]
    both = replace(package, observations=pd.concat([pair, alike], ignore_index=True))
    asked = checked[:1].assign(rows=[("x-1",)], told_rows=[("x-2",)])
    expected = [] if column is None else ["o-1"]
    assert audit.overlooked(both, asked)["one"].tolist() == expected


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        *((93.0, 93.5, False), (93.5, 93.0, False), (93.0, 92.5, False), (92.5, 93.0, False)),
        *((93.0, 93.51, True), (92.49, 93.0, True), (0.3, 0.35, False), (0.7, 0.75, False)),
        *((1.1, 1.05, False), (1.1, 1.04, True), (2.3, 2.35, False), (2.36, 2.3, True)),
    ],
)
def test_two_figures_differ_where_neither_rounds_to_the_other(package, checked, one, other, differ):
    pair = package.observations[package.observations["id"].isin(["o-1", "o-5"])]
    rows = replace(package, observations=pair.assign(value=[one, other], comparator="="))
    assert bool(len(audit.overlooked(rows, checked[:0]))) == differ


@pytest.mark.parametrize(
    ("signs", "differ"),
    [(("<", ">="), False), ((">", "<="), False), ((">=", ">"), True), (("=", ">="), True)],
)
def test_two_ends_of_a_range_do_not_differ(package, checked, signs, differ):
    pair = package.observations[package.observations["id"].isin(["o-1", "o-5"])]
    rows = replace(package, observations=pair.assign(comparator=signs))
    assert bool(len(audit.overlooked(rows, checked[:0]))) == differ


def test_made_up_and_doubtful_figures_are_compared_with_none(package, checked):
    doubtful = package.observations.copy()
    doubtful.loc[doubtful["id"].isin(["o-5", "o-7"]), "quality"] = ["C", "B"]
    assert audit.overlooked(replace(package, observations=doubtful), checked[:0])["one"].tolist() == ["o-4"]
    made_up = package.documents.assign(type=["plan", "synthetic"])
    assert audit.overlooked(replace(package, documents=made_up), checked[:0])["one"].tolist() == ["o-1"]


def test_what_cannot_be_checked_has_its_reason(checked, shown):
    some = checked[checked["id"].isin(["missing", "pair"])].assign(reason_zh=["没有表", None])
    report.unknown_table(some, "t")
    assert [row[1] for row in cells(shown[-1])] == ["没有表", "有数字缺失"]


def sums_of(*differences, panels=None):
    n = len(differences)
    return pd.DataFrame(
        {
            "indicator": ["preschool-rate"] * n,
            "period": [f"202{i}" for i in range(n)],
            "difference": differences,
            "rows": [["o-1"]] * n,
            "told_rows": [["o-2"]] * n,
            "panel": panels or ["甲"] * n,
        }
    )


def test_cells_that_do_not_add_up_are_counted_for_each_panel(package, shown):
    for sums in (
        sums_of(1.0, 0.0, -2.0),
        sums_of(0.0, 0.0),
        sums_of(1.0, 0.0, -2.0, 3.0, panels=["甲", "乙", "丙", "丙"]),
    ):
        report.sums_map(sums, package)
    one, none, several = (bundle["text/plain"] for bundle in shown)
    assert one.startswith("2 格的县市合计不等于总数") and "+1（合计不符）" in one and "-2（合计不符）" in one
    assert none.startswith("各格的县市合计都等于总数") and "不符" not in none
    assert several.startswith("合计不符的格：甲 1，乙 0，丙 2")


def asked(checked, package, check, **changes):
    row = next(checked[checked["id"].eq(check)].assign(**changes).itertuples())
    return unmarked(requests.request(row, stored(package), package))


@pytest.mark.parametrize(
    ("check", "changes", "told"),
    [
        (
            "growth",
            {"finding": "proven"},
            "更正“甲growth”（某县教育规划）：写作 19.2，应为 15.63",
        ),
        (
            "a-year",
            {"finding": "proven", "expression": "[t-1] / [o-1] * 100"},
            "更正“甲a-year”（某县教育规划）：写作 2.5，应为 0.8（95÷91）",
        ),
        ("pair", {"finding": "proven"}, "更正“甲pair”：91 %、93 %，何者为准"),
        ("pair", {"finding": "changed"}, "说明“甲pair”：先 91 %、后 93 %，为何"),
        ("pair", {"finding": "unclear"}, "澄清“甲pair”：91 %、93 %，何者为准"),
        ("pair", {"finding": "unclear", "kind": "distinct"}, "澄清“甲pair”：91 %、93 %，是否误用"),
        ("same", {"finding": "unclear"}, "澄清“甲same”（某县教育规划）：都是 91 %，是否误用"),
        ("order", {"finding": "unclear"}, "澄清“甲order”：91 %、93 %，为何"),
        (
            "points",
            {"finding": "unclear"},
            "澄清“甲points”（某县教育规划）：算得 4 百分点，写作 3 百分点，何者为准",
        ),
        (
            "points",
            {"finding": "unclear", "relation": ">="},
            "澄清“甲points”（某县教育规划）：算得 4 百分点，写作 ≥ 3 百分点，何者为准",
        ),
    ],
)
def test_the_issuer_is_asked_by_what_does_not_fit(checked, package, check, changes, told):
    assert asked(checked, package, check, **changes) == f"请发文机关{told}"


def test_the_later_document_tells_what_came_last(checked, package):
    turned = checked.assign(rows=checked["told_rows"], told_rows=checked["rows"])
    turned = turned.assign(computed=checked["told"], told=checked["computed"])
    turned = turned.assign(expression=checked["stated"], stated=checked["expression"])
    assert (
        asked(turned, package, "pair", finding="changed") == "请发文机关说明“甲pair”：先 91 %、后 93 %，为何"
    )
    use("en")
    assert asked(turned, package, "pair", finding="changed").endswith(
        "“about pair”: changed from 91 % to 93 %"
    )


def test_a_question_leads_to_the_rows_of_both_sides(checked, package):
    for check, expected in (("pair", [["o-1"], ["o-2"]]), ("points", [["t-1", "o-1"]])):
        row = next(checked[checked["id"].eq(check)].assign(finding="unclear").itertuples())
        sets = []
        spans(requests.request(row, stored(package), package), sets)
        assert sets == expected
    with using("en"):
        assert "computed 4 points, stated 3 points; which holds?" in asked(
            checked, package, "points", finding="unclear"
        )


@pytest.mark.parametrize(
    ("computed", "told", "sides_told"),
    [
        (92.996, 93.0, ["92.996 %", "93 %"]),
        (92.99, 93.0, ["92.99 %", "93 %"]),
        (92.991, 92.994, ["92.99 %", "92.994 %"]),  # one side with more decimals is enough
        (93.5, 93.0, ["93.5 %", "93 %"]),
    ],
)
def test_sides_that_contradict_each_other_are_not_printed_alike(checked, package, computed, told, sides_told):
    (pair,) = checked[checked["id"].eq("pair")].assign(computed=computed, told=told).itertuples()
    figures = stored(package)
    assert [report.value(pair, side, figures) for side in ("computed", "told")] == sides_told


def test_a_side_that_does_not_contradict_the_other_has_two_decimals_at_most(checked, package):
    (pair,) = checked[checked["id"].eq("pair")].assign(computed=92.996, verdict="rounding").itertuples()
    assert report.value(pair, "computed", stored(package)) == "93.00 %"
