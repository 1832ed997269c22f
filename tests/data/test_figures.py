"""Rows that a report can quote, and the figures that their cells print."""

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
