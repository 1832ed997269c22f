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


@pytest.mark.slow
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
            {"review": "unclear", "reason_zh": "因为", "reason_en": "because"},
            "gap", None, "has been reviewed", id="review without the difference seen",
        ),
        pytest.param(
            {"review": "unclear", "gap": "1", "reason_en": "because"},
            "reason_zh", None, "has been reviewed", id="review without a reason",
        ),
        pytest.param({"review": "sure", "gap": "1", "reason_zh": "因为", "reason_en": "because"}, "review", "sure", "one of: proven, changed, unclear, scope", id="another class"),
        pytest.param({"review": "real", "gap": "1", "reason_zh": "因为", "reason_en": "because"}, "review", "real", "one of: proven, changed, unclear, scope", id="the class of an older package"),
    ],
)  # fmt: skip
def test_one_bad_cell_gives_one_clear_message(folder, change, column, value, expected):
    write(folder, GOOD | change)
    finding, *others = check(folder)
    assert others == []
    assert (finding.file, finding.row, finding.column, finding.value) == ("checks.csv", 2, column, value)
    assert expected in finding.expected["en"]
    assert finding.expected["zh"] != finding.expected["en"]


REVIEWED = {"gap": "1", "reason_zh": "因为", "reason_en": "because"}
MORE = (
    "o-5,plan-1,preschool-rate,532399,2020,=,92,%,A,printed,,第二章,,\n"
    "o-6,plan-1,preschool-rate,532399,2020,=,93,%,A,derived,,第二章,,\n"
    "o-7,bulletin-1,preschool-rate,532399,2020,=,94,%,A,printed,,表1,,\n"
)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param({"stated": "[o-3]"}, None, id="arithmetic within a document"),
        pytest.param({"kind": "agreement", "expression": "[o-1]", "stated": "[o-5]"}, None, id="one thing printed twice"),
        pytest.param({"stated": "[o-2]"}, "a later may have changed", id="arithmetic over two dates"),
        pytest.param({"kind": "agreement", "expression": "[o-1]", "stated": "[o-7]"}, "a later may have changed", id="two dates"),
        pytest.param({"kind": "order", "stated": "[o-3]"}, "kind arithmetic or agreement", id="an order"),
        pytest.param({"relation": ">=", "stated": "[o-3]"}, "with the relation =", id="a bound"),
        pytest.param({"stated": "[t-1]"}, "without “at least”", id="a floor"),
        pytest.param({"stated": "[o-6]"}, "figures as printed", id="derived, not printed"),
        pytest.param({"kind": "agreement", "expression": "[o-1]", "stated": "[o-3]"}, "same indicator", id="two things"),
        pytest.param({"kind": "agreement", "expression": "[o-1] + 1", "stated": "[o-5]"}, "same indicator", id="not the figures alone"),
        pytest.param({"review": "changed", "stated": "[o-3]"}, "an earlier and a later", id="a change within a document"),
        pytest.param({"review": "changed", "stated": "[o-2]"}, None, id="a change between two dates"),
        pytest.param({"review": "unclear", "stated": "[o-2]"}, None, id="what only the issuer can tell"),
        pytest.param({"expression": "[o-5] / 3", "stated": "30"}, "expected rounding", id="cut off is not proven wrong"),
        pytest.param({"expression": "[o-5] / 3", "stated": "30.9"}, None, id="neither is proven wrong"),
        pytest.param({"review": "rounding", "expression": "71.56", "stated": "71"}, None, id="cut off"),
        pytest.param({"review": "rounding", "expression": "159.48", "stated": "159.6"}, "cut off", id="neither rounded nor cut off"),
        pytest.param({"review": "rounding", "expression": "71.56", "stated": "72"}, "cut off", id="rounded up is no case of it"),
    ],
)  # fmt: skip
def test_a_class_needs_its_evidence_in_the_figures(folder, change, expected):
    with (folder / "observations.csv").open("a", encoding="utf-8") as file:
        file.write(MORE)
    write(folder, GOOD | REVIEWED | {"review": "proven"} | change)
    found = check(folder)
    if expected is None:
        assert found == []
    else:
        assert [(finding.row, finding.column) for finding in found] == [(2, "review")]
        assert expected in found[0].expected["en"]


def test_a_document_without_a_date_proves_nothing_against_another(folder):
    path = folder / "documents.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("2024-03", ""), encoding="utf-8")
    write(folder, GOOD | REVIEWED | {"review": "proven"})
    assert "different or unknown dates" in check(folder)[0].expected["en"]
    write(folder, GOOD | REVIEWED | {"review": "changed"})
    assert "both with their dates" in check(folder)[0].expected["en"]


def test_a_check_without_an_expression_says_why(folder):
    bare = GOOD | {"expression": "", "relation": "", "stated": ""}
    write(folder, bare)
    assert {finding.column for finding in check(folder)} == {"reason_zh", "reason_en"}
    write(folder, bare | {"reason_zh": "没有数字", "reason_en": "no figure"})
    assert check(folder) == []
    write(folder, bare | REVIEWED | {"review": "proven"})  # of nothing there is nothing to prove
    assert check(folder) == []


def test_a_good_table_from_a_chinese_spreadsheet(folder):
    write(folder, GOOD, GOOD | {"id": "c-2", "same_as": "c-1", "decimals": "2"}, encoding="gb18030")
    assert check(folder) == []


def test_rows_of_a_table_that_cannot_be_read_are_not_called_unknown(folder):
    write(folder, GOOD)
    (folder / "observations.csv").write_text("nonsense\n1\n", encoding="utf-8")
    assert {finding.file for finding in check(folder)} == {"observations.csv"}
