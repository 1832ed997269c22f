"""Rows that a report can quote, and the figures that their cells print."""

from dataclasses import replace

import pandas as pd
import pytest

from plan_monitor.data.figures import as_printed, stored


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        (None, 95.0),  # as it is stored
        ("94.5%", 94.5),
        ("≥94", 94.0),
        ("≈ 1.25", 1.25),
        ("-3", -3.0),
        (">=94", 94.0),
        ("—", 0.0),  # an empty cell
        ("约 7 所", 7.0),
    ],
)
def test_a_figure_as_its_cell_prints_it(printed, expected):
    rows = pd.DataFrame({"value": [95.0], "as_printed": pd.Series([printed], dtype="str")})
    assert as_printed(rows).tolist() == [expected]


def test_every_row_with_an_id_and_its_document_can_be_quoted(package):
    rows = stored(package)
    assert set(rows.index) == {"t-1", "t-2", "t-3", "o-1", "o-2", "o-3", "o-4", "plan-1", "bulletin-1"}
    cells = ["table", "document", "indicator", "name_en", "period", "comparator", "value", "unit", "quality"]
    assert rows.loc["o-2", cells].tolist() == [
        *("observations", "bulletin-1", "preschool-rate", "Preschool enrolment", "2023", "=", 93.0, "%", "A"),
    ]
    assert rows.loc["t-1", ["table", "value", "locator"]].tolist() == ["targets", 95.0, "第二章"]
    document = rows.loc["plan-1"]
    assert (document["table"], document["document"], document["name_en"]) == (
        *("documents", "plan-1", "Education plan of a county"),
    )
    assert pd.isna(document["value"]) and document["period"] == "2021/2025"


def test_a_figure_has_the_noun_of_its_indicator_only_where_it_has_its_unit(package):
    """A place costs yuan, and is no pupil."""
    indicators = package.indicators.assign(unit_en="pupils")
    costs = pd.DataFrame(
        {
            "id": ["u-1"],
            "document": ["plan-1"],
            "indicator": ["preschool-rate"],
            "unit": ["元"],
            "unit_cost": [9.5],
        }
    )
    rows = stored(replace(package, indicators=indicators, unit_costs=costs))
    assert rows.loc["o-2", "unit_en"] == "pupils" and pd.isna(rows.loc["u-1", "unit_en"])
    assert rows.loc["u-1", ["table", "value", "name_en"]].tolist() == [
        "unit_costs",
        9.5,
        "Preschool enrolment",
    ]


def test_rows_without_an_indicator_are_called_by_their_label_or_by_what_their_table_holds(package):
    one = {"id": ["w-1"], "document": ["plan-1"]}
    weights = pd.DataFrame({**one, "level": ["primary"], "weight": [2.5], "name_zh": ["甲"]})
    steps = pd.DataFrame({"id": ["m-1"], "document": ["plan-1"], "label_zh": ["开工"], "label_en": ["Begin"]})
    units = pd.DataFrame({"id": ["r-1"], "document": ["plan-1"], "unit_zh": ["局"], "unit_en": ["Bureau"]})
    rows = stored(replace(package, level_weights=weights, milestones=steps, responsibilities=units))
    named = rows[["name_zh", "name_en", "level"]]
    assert named.loc["w-1"].tolist() == ["学段权重", "weight of a level", "primary"]
    assert named.loc["m-1"].tolist()[:2] == ["开工", "Begin"] and pd.isna(rows.loc["m-1", "value"])
    assert named.loc["r-1"].tolist()[:2] == ["局", "Bureau"]
    assert rows.loc["w-1", "value"] == 2.5


def test_rows_without_an_id_or_a_document_are_no_figures_that_a_report_can_quote(package):
    checks = pd.DataFrame({"id": ["c-1"], "stated": [1.0]})
    status = pd.DataFrame({"document": ["plan-1"], "milestone": ["m-1"]})
    rows = stored(replace(package, checks=checks, milestone_status=status))
    assert rows.index.equals(stored(package).index)
