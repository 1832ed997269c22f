"""The table of checks that a user may write: one clear message for everything that cannot be computed."""

import csv

import pytest

from plan_monitor import check

GOOD = {
    "id": "c-1", "kind": "arithmetic", "subject_zh": "某事", "subject_en": "something",
    "expression": "[o-1] + 2", "relation": "=", "stated": "[o-2]",
}  # fmt: skip


def write(folder, *rows, encoding="utf-8"):
    path = folder / "checks.csv"
    header = path.read_text(encoding="utf-8").splitlines()[0].split(",")
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, header, restval="")
        writer.writeheader()
        writer.writerows(rows)


@pytest.mark.parametrize(
    ("change", "column", "value", "expected"),
    [
        pytest.param({"expression": "[o-9] + 2"}, "expression", "o-9", "id of a stored row", id="unknown row"),
        pytest.param({"stated": "[t-9]"}, "stated", "t-9", "id of a stored row", id="unknown row stated"),
        pytest.param({"expression": "[o-1] +"}, "expression", "[o-1] +", "expected arithmetic", id="unfinished"),
        pytest.param({"expression": "open([o-1])"}, "expression", "open([o-1])", "unknown function open", id="code"),
        pytest.param({"relation": ""}, "relation", None, "as there is an expression", id="no relation"),
        pytest.param({"stated": ""}, "stated", None, "as there is an expression", id="nothing stated"),
        pytest.param({"relation": "=="}, "relation", "==", "one of: =, !=", id="another relation"),
        pytest.param({"kind": "guess"}, "kind", "guess", "one of: arithmetic", id="another kind"),
        pytest.param({"same_as": "c-9"}, "same_as", "c-9", "listed in checks.csv", id="unknown check"),
        pytest.param({"decimals": "many"}, "decimals", "many", "a number", id="decimals"),
        pytest.param(
            {"review": "real", "reason_zh": "因为", "reason_en": "because"},
            "gap", None, "has been reviewed", id="review without the difference seen",
        ),
        pytest.param(
            {"review": "real", "gap": "1", "reason_en": "because"},
            "reason_zh", None, "has been reviewed", id="review without a reason",
        ),
        pytest.param({"review": "sure", "gap": "1", "reason_zh": "因为", "reason_en": "because"}, "review", "sure", "one of: real", id="another class"),
    ],
)  # fmt: skip
def test_one_bad_cell_gives_one_clear_message(folder, change, column, value, expected):
    write(folder, GOOD | change)
    finding, *others = check(folder)
    assert others == []
    assert (finding.file, finding.row, finding.column, finding.value) == ("checks.csv", 2, column, value)
    assert expected in finding.expected["en"]
    assert finding.expected["zh"] != finding.expected["en"]


def test_a_check_without_an_expression_says_why(folder):
    bare = GOOD | {"expression": "", "relation": "", "stated": ""}
    write(folder, bare)
    assert {finding.column for finding in check(folder)} == {"reason_zh", "reason_en"}
    write(folder, bare | {"reason_zh": "没有数字", "reason_en": "no figure"})
    assert check(folder) == []


def test_a_good_table_from_a_chinese_spreadsheet(folder):
    write(folder, GOOD, GOOD | {"id": "c-2", "same_as": "c-1", "decimals": "2"}, encoding="gb18030")
    assert check(folder) == []


def test_rows_of_a_table_that_cannot_be_read_are_not_called_unknown(folder):
    write(folder, GOOD)
    (folder / "observations.csv").write_text("nonsense\n1\n", encoding="utf-8")
    assert {finding.file for finding in check(folder)} == {"observations.csv"}
