"""Gaps filled by rule: ids, kinds and base periods; figures in another unit; signs and units in cells."""

import pandas as pd
import pytest

from plan_monitor.settle import defaults, labels
from plan_monitor.settle.measured import measured
from plan_monitor.settle.parts import Part
from plan_monitor.settle.scaled import counted_in

TARGETS = [
    *("id", "document", "indicator", "region", "period", "comparator", "value", "unit", "kind"),
    *("base_period", "reading", "locator"),
]
OBSERVATIONS = [
    *("id", "document", "indicator", "region", "period", "comparator", "value", "unit"),
    *("quality", "reading", "locator"),
]
NUMBERS = {"value", "lower", "upper"}


def part(table, columns, *rows):
    """A table of texts, its first row in line 2 as a spreadsheet counts; all columns are required."""
    frame = pd.DataFrame([*rows], columns=[*columns], dtype="str")
    frame.index = range(2, 2 + len(frame))
    fields = [
        {
            "name": name,
            "type": "number" if name in NUMBERS else "string",
            "constraints": {"required": True},
        }
        for name in columns
    ]
    return Part(table, f"{table}.csv", frame, {"fields": fields}, True)


def packaged(targets=(), observations=(), plan="2021/2025"):
    """Parts of a package with a share wanted up, one wanted down, and a count that is a flow."""
    indicators = [
        {"id": "up", "direction": "up", "nature": "stock", "unit": "%"},
        {"id": "down", "direction": "down", "nature": "stock", "unit": "%"},
        {"id": "flow", "direction": "neutral", "nature": "flow", "unit": "人"},
    ]
    return {
        "indicators": part("indicators", indicators[0], *indicators),
        "documents": part("documents", ["id", "period"], {"id": "plan", "period": plan}),
        "targets": part("targets", TARGETS, *targets),
        "observations": part("observations", OBSERVATIONS, *observations),
    }


def target(**changed):
    return {"document": "plan", "indicator": "up", "region": "1", "period": "2025", "value": "95"} | changed


def observation(**changed):
    return target(period="2020", value="90", quality="A") | changed


def filled(table, parts):
    done, derived = defaults.rows(parts[table], parts)
    return done.frame, {one.column: one.rows for one in derived}


@pytest.mark.parametrize(
    ("given", "base", "kind", "comparator"),
    [
        ({"value": "90.1"}, "90", "level", ">="),
        ({"value": "90"}, "90", "floor", ">="),
        ({"value": "89.9"}, "90", "floor", ">="),
        ({"value": "90", "comparator": "="}, "90", "floor", "="),
        ({"value": "90", "comparator": "<="}, "90", "level", "<="),
        ({"value": "90", "indicator": "down"}, "90", "ceiling", "<="),
        ({"value": "90.1", "indicator": "down"}, "90", "ceiling", "<="),
        ({"value": "89.9", "indicator": "down"}, "90", "level", "<="),
        ({"value": "90", "indicator": "down", "comparator": ">"}, "90", "level", ">"),
        ({"value": "90", "indicator": "flow"}, "90", "level", "="),
        ({"value": "90", "indicator": "flow", "period": "2021/2025"}, "90", "cumulative", "="),
    ],
)
def test_the_kind_of_a_target_follows_from_its_direction_sign_and_base(given, base, kind, comparator):
    row = target(**given)
    parts = packaged([row], [observation(indicator=row["indicator"], value=base)])
    frame, derived = filled("targets", parts)
    assert frame.loc[2, ["kind", "comparator"]].tolist() == [kind, comparator]
    assert derived["kind"] == 1 and derived["base_period"] == 1


def test_a_span_of_years_of_a_stock_stays_without_a_kind():
    frame, derived = filled("targets", packaged([target(period="2021/2025")]))
    assert frame["kind"].isna().all() and "kind" not in derived


@pytest.mark.parametrize(
    ("given", "plan", "base"),
    [
        ([{}], "2021/2025", "2020"),
        ([{"period": "2019"}, {"period": "2020"}, {"period": "2018"}], "2021/2025", "2020"),
        ([{"period": "2021"}], "2021/2025", None),  # of the plan's own time
        ([{"period": "2021"}], None, "2021"),  # of a plan without years: before the target's
        ([{"period": "2025"}], None, None),
        ([{"quality": "C"}], "2021/2025", None),
        ([{"region": "2"}], "2021/2025", None),
        ([{"document": "other"}], "2021/2025", None),
        ([{"period": "unknown"}], "2021/2025", None),
    ],
)
def test_the_base_is_the_newest_trusted_figure_of_the_plan_before_its_time(given, plan, base):
    frame, derived = filled("targets", packaged([target()], [observation(**one) for one in given], plan))
    assert frame["base_period"].fillna("").tolist() == [base or ""]
    assert derived.get("base_period", 0) == (base is not None)


def test_a_target_that_has_its_kind_or_base_keeps_it():
    given = [target(kind="level"), target(base_period="2019", region="2")]
    frame, derived = filled("targets", packaged(given, [observation(), observation(region="2")]))
    assert frame["kind"].tolist() == ["level", "level"] and "base_period" not in derived
    assert frame["base_period"].tolist()[1] == "2019"


def test_a_figure_has_the_unit_of_its_indicator_grade_b_and_its_place_in_the_table():
    frame, derived = filled("observations", packaged((), [observation(quality=None), observation(unit="人")]))
    assert frame["unit"].tolist() == ["%", "人"] and frame["comparator"].tolist() == ["=", "="]
    assert frame["quality"].tolist() == ["B", "A"] and set(frame["reading"]) == {"printed"}
    assert frame["locator"].tolist()[1] == "录入表 observations.csv 第 3 行（未写原文位置）"
    assert (derived["unit"], derived["comparator"], derived["quality"], derived["locator"]) == (1, 2, 1, 2)


def test_rows_about_the_same_have_ids_that_are_counted_from_the_second():
    rows = [target(), target(value="96"), target(region="2"), target()]
    ids = filled("targets", packaged(rows))[0]["id"].tolist()
    assert ids[1] == f"{ids[0]}-2" and ids[3] == f"{ids[0]}-3"
    assert ids[2].split("-")[1] != ids[0].split("-")[1] and all(one.startswith("t-") for one in ids)
    assert len(ids[0]) == len("t-") + 8


def test_documents_without_an_id_are_known_by_their_title():
    columns = ["id", "type", "title_zh", "title_en", "domain"]
    rows = [{"title_zh": "某县教育规划"}, {"id": "own", "title_zh": "某县统计公报", "domain": "education"}]
    done, derived = defaults.catalogue(part("documents", columns, *rows))
    first, second = done.frame.to_dict("records")
    assert first == {
        **{"id": defaults.document_id("某县教育规划"), "type": "plan", "title_zh": "某县教育规划"},
        **{"title_en": f"某县教育规划{defaults.UNTRANSLATED}", "domain": "education"},
    }
    assert (second["id"], second["type"], second["domain"]) == ("own", "statistics", "education")
    assert {one.column: one.rows for one in derived} == {"id": 1, "domain": 1, "type": 2, "title_en": 2}


@pytest.mark.parametrize(
    ("title", "domain", "kind", "promises"),
    [
        ("某县教育规划", "education", "plan", True),
        ("某县教育和住房规划", "other", "plan", True),  # of two subjects
        ("某县统计公报", "context", "statistics", False),
        ("某县教育统计公报", "education", "statistics", False),
        ("某县规划统计年鉴", "context", None, False),
        ("某县教育规划（虚构）", "education", "synthetic", True),
        ("某县概况", "other", None, False),
    ],
)
def test_a_title_tells_subject_and_kind(title, domain, kind, promises):
    found = defaults.domain(title), defaults.kind_of_document(title), defaults.may_promise(title)
    assert found == (domain, kind, promises)


@pytest.mark.parametrize(
    ("number", "unit", "wanted", "counted"),
    [
        ("5.12", "万人", "人", "51200"),
        ("51200", "人", "万人", "5.12"),
        ("1.5", "亿元", "万元", "15000"),
        ("3200", "万元", "亿元", "0.32"),
        ("2", "亿元", "元", "200000000"),
        ("-0.5", "万人", "人", "-5000"),
        ("3", "千万元", "万元", "3000"),
        ("3", "十亿元", "亿元", "30"),
        ("3", "万亿元", "百万元", "3000000"),
        ("3", "百户", "户", "300"),
        ("3", "万千瓦", "千瓦", "30000"),
        ("3", "千瓦", "瓦", None),
        ("3", "百分点", "分点", None),
        ("5", "人", "人", None),
        ("5", "万人", "户", None),
        ("5", "万", "人", None),
    ],
)
def test_a_figure_in_another_unit_is_moved_by_its_zeros(number, unit, wanted, counted):
    assert counted_in(number, unit, wanted) == counted


def test_signs_and_units_in_cells_become_those_of_their_rows():
    given = [target(value=cell) for cell in ("95", "≥95%", "95％以上", "九十五", "1,095")]
    parts = packaged(given)
    done, findings = measured(parts["targets"], parts)
    assert done.frame["value"].fillna("").tolist() == ["95", "95", "95", "", "1095"]
    assert done.frame["comparator"].fillna("").tolist() == ["", ">=", ">=", "", ""]
    assert len(findings) == 1


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"value": "≥95", "comparator": ">="}, None),
        ({"value": "≥95", "comparator": "="}, "expected one comparator: the cell says >="),
        ({"value": "95人"}, "is 95 人 meant as 95 %"),
        ({"value": "95人", "unit": "人"}, None),
        ({"value": "95人", "indicator": "new"}, None),  # of an indicator that is not known yet
    ],
)
def test_a_sign_or_unit_that_is_not_that_of_its_row_is_asked(changed, expected):
    parts = packaged([target(**changed)])
    done, findings = measured(parts["targets"], parts)
    assert len(findings) == (expected is not None)
    assert all(expected in one.expected["en"] for one in findings)
    if changed.get("indicator") == "new":
        assert done.frame["unit"].tolist() == ["人"]


def test_a_bound_has_no_sign_and_no_other_unit():
    columns = ["id", "unit", "lower", "upper"]
    bounds = part("indicators", columns, {"id": "a", "unit": "%", "lower": "0%", "upper": "≤100"})
    done, findings = measured(bounds, {"indicators": bounds})
    assert done.frame["lower"].tolist() == ["0"]
    assert [(one.column, one.expected["en"]) for one in findings] == [
        ("upper", "expected a number without a comparator")
    ]


def test_a_word_of_two_codes_means_none():
    assert labels.code("attribute", "约束性", ["expected"]) is None
    assert labels.key("《某县》 ＡＢ—Ｃ") == "某县ab-c"


def test_ids_that_were_made_stay_the_same_for_good():
    """They stand in files of those who use them."""
    assert defaults.document_id("某市规划") == "doc-7a0fc891"
    assert defaults.key("a", "b") == "7e18f737"
