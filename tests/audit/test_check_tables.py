"""The table of checks that a user may write: one clear message for everything that cannot be computed."""

import csv

from plan_monitor import check

GOOD = {
    "id": "c-1", "kind": "arithmetic", "subject_zh": "某事", "subject_en": "something",
    "expression": "[o-1] + 2", "relation": "=", "stated": "[o-2]",
}  # fmt: skip


REVIEWED = {"gap": "1", "reason_zh": "因为", "reason_en": "because"}
PROVEN = REVIEWED | {"review": "proven"}


def write(folder, *rows, encoding="utf-8"):
    path = folder / "checks.csv"
    header = path.read_text(encoding="utf-8").splitlines()[0].split(",")
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, header, restval="")
        writer.writeheader()
        writer.writerows(rows)


BAD = [  # a change of a good row, the column and cell of the finding, and what it says
    ({"expression": "[o-9] + 2"}, "expression", "o-9", "id of a stored row"),
    ({"expression": "[o-9] + 2", "stated": "[o-2]"} | PROVEN, "expression", "o-9", "id of a stored row"),
    ({"stated": "[t-9]"}, "stated", "t-9", "id of a stored row"),
    ({"expression": "[o-1] +"}, "expression", "[o-1] +", "expected arithmetic"),
    ({"expression": "open([o-1])"}, "expression", "open([o-1])", "unknown function open"),
    ({"relation": ""}, "relation", None, "as there is an expression"),
    ({"stated": ""}, "stated", None, "as there is an expression"),
    ({"relation": "=="}, "relation", "==", "one of: =, !="),
    ({"kind": "guess"}, "kind", "guess", "one of: arithmetic"),
    ({"same_as": "c-99"}, "same_as", "c-99", "listed in checks.csv"),
    ({"decimals": "many"}, "decimals", "many", "a number"),
    ({"review": "unclear", "reason_zh": "因为", "reason_en": "because"}, "gap", None, "has been reviewed"),
    ({"review": "unclear", "gap": "1", "reason_en": "because"}, "reason_zh", None, "has been reviewed"),
    (REVIEWED | {"review": "sure"}, "review", "sure", "one of: proven, changed, unclear, scope"),
    # the class of an older package
    (REVIEWED | {"review": "real"}, "review", "real", "one of: proven, changed, unclear, scope"),
]


def test_each_bad_cell_gives_one_clear_message(folder):
    write(folder, *(GOOD | {"id": f"c-{n}"} | change for n, (change, *_) in enumerate(BAD)))
    found = sorted(check(folder), key=lambda finding: finding.row)
    assert {finding.file for finding in found} == {"checks.csv"}
    told = [(finding.row, finding.column, finding.value) for finding in found]
    assert told == [(n, column, cell) for n, (_, column, cell, _) in enumerate(BAD, 2)]
    for finding, (*_, expected) in zip(found, BAD, strict=True):
        assert expected in finding.expected["en"]
        assert finding.expected["zh"] != finding.expected["en"]


MORE = (
    "o-5,plan-1,preschool-rate,532399,2020,=,92,%,A,printed,,第二章,,\n"
    "o-6,plan-1,preschool-rate,532399,2020,=,93,%,A,derived,,第二章,,\n"
    "o-7,bulletin-1,preschool-rate,532399,2020,=,94,%,A,printed,,表1,,\n"
    "o-8,plan-2,preschool-rate,532399,2020,=,94,%,A,printed,,第一章,,\n"
    "o-9,plan-1,preschool-rate,532399,2020,=,94,%,A,printed,九成四,第一章,,\n"
    "o-10,plan-1,preschool-rate,530000,2020,=,92,%,A,printed,,第一章,,\n"
    "o-11,plan-1,preschool-rate,532399,2021,=,92,%,A,printed,,第一章,,\n"
    "o-12,plan-3,preschool-rate,532399,2020,=,94,%,A,printed,,第一章,,\n"
)
DOCUMENTS = (
    "plan-2,plan,某县规划乙,Another plan,,,2021-05-12,2021/2025,education,,,\n"
    "plan-3,plan,某县规划丙,A third plan,,,,2021/2025,education,,,\n"
)
AGREEMENT = {"kind": "agreement", "expression": "[o-1]"}
LATER = "a later may have changed"
CLASSES = [  # a change of a row whose class is proven, and what is wrong with the class
    ({"stated": "[o-3]"}, None),  # arithmetic within a document
    (AGREEMENT | {"stated": "[o-5]"}, None),  # one thing printed twice
    (AGREEMENT | {"stated": "[o-8]"}, None),  # in two documents of one date
    ({"stated": "[o-2]"}, LATER),
    (AGREEMENT | {"stated": "[o-7]"}, LATER),
    (AGREEMENT | {"stated": "[o-12]"}, LATER),  # one of both has no date
    ({"kind": "order", "stated": "[o-3]"}, "kind arithmetic or agreement"),
    ({"relation": ">=", "stated": "[o-3]"}, "with the relation ="),
    ({"stated": "[t-1]"}, "without “at least”"),
    ({"stated": "[o-6]"}, "figures as printed"),
    ({"stated": "[o-9]"}, "figures as printed"),  # printed in words
    (AGREEMENT | {"stated": "[o-3]"}, "same indicator"),
    (AGREEMENT | {"stated": "[o-10]"}, "region and period"),
    (AGREEMENT | {"stated": "[o-11]"}, "region and period"),
    (AGREEMENT | {"expression": "[o-1] + 1", "stated": "[o-5]"}, "same indicator"),  # not the figures alone
    ({"review": "changed", "stated": "[o-3]"}, "an earlier and a later"),
    ({"review": "changed", "stated": "[o-2]"}, None),
    ({"review": "changed", "expression": "end([plan-1])", "stated": "end([bulletin-1])"}, None),
    ({"review": "unclear", "stated": "[o-2]"}, None),
    ({"expression": "[o-5] / 3", "stated": "30"}, "expected rounding"),  # 30.666…
    ({"expression": "[o-5] / 3", "stated": "30.6"}, "expected rounding"),
    ({"expression": "0 - [o-5] / 3", "stated": "-30.6"}, "expected rounding"),
    ({"expression": "[o-5] / 3", "stated": "30.9"}, None),
    ({"expression": "[o-5] / 3", "stated": "30.5"}, None),
    ({"expression": "[o-5] / 3", "stated": "30.7"}, None),
    ({"expression": "[o-5] / 4", "stated": "23"}, None),  # as computed: nothing is cut off
    ({"expression": "printed([o-5]) / 3", "stated": "30"}, None),
    ({"review": "rounding", "expression": "71.56", "stated": "71"}, None),
    ({"review": "rounding", "expression": "71", "stated": "71"}, "cut off"),
    ({"review": "rounding", "expression": "159.48", "stated": "159.6"}, "cut off"),
    ({"review": "rounding", "expression": "71.56", "stated": "72"}, "cut off"),
]


def test_a_class_needs_its_evidence_in_the_figures(folder):
    for name, lines in (("observations", MORE), ("documents", DOCUMENTS)):
        with (folder / f"{name}.csv").open("a", encoding="utf-8") as file:
            file.write(lines)
    write(folder, *(GOOD | PROVEN | {"id": f"c-{n}"} | change for n, (change, _) in enumerate(CLASSES)))
    found = {finding.row: finding for finding in check(folder)}
    assert {finding.column for finding in found.values()} == {"review"}
    assert sorted(found) == [n for n, (_, expected) in enumerate(CLASSES, 2) if expected]
    for n, (_, expected) in enumerate(CLASSES, 2):
        assert expected is None or expected in found[n].expected["en"]


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
