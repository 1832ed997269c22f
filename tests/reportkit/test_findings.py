"""How findings are told: alike ones once, in the reader's words, all of them in a file."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan_monitor import DataError, Finding, check, load
from reportkit import language
from reportkit.findings import alike, distinct, reader_language, summary, write
from reportkit.language import using

NUMBER = {"zh": "应为数字", "en": "expected a number"}
ENUM = {"zh": "应为以下之一：甲, 乙", "en": "expected one of: a, b"}


def twice(row, earlier):
    said = {
        "zh": f"编号应唯一，与第 {earlier} 行重复",
        "en": f"expected a unique id; row {earlier} has the same",
    }
    return Finding("t.csv", row, "id", f"o-{earlier}", said, "编号")


def test_the_same_fault_of_many_rows_is_one_with_its_first_places_and_values():
    found = [Finding("t.csv", row, "value", f"x{row}", NUMBER, "数值") for row in range(2, 12)]
    (fault,) = alike(found)
    assert (fault.first, fault.count) == (found[:3], 10)
    with using("en"):
        assert fault.cells() == ("t.csv", "2, 3, 4 … (10 rows)", "value", "x2, x3, x4", "expected a number")
    assert fault.cells() == ("t.csv", "2、3、4 等 10 行", "value（数值）", "x2、x3、x4", "应为数字")


def test_few_rows_are_all_named_and_a_value_they_share_is_shown_once():
    language.use("en")
    found = [Finding("t.csv", row, "value", "x", NUMBER) for row in (5, 9)]
    assert alike(found)[0].cells() == ("t.csv", "5, 9", "value", "x", "expected a number")


def test_another_file_column_or_expectation_is_another_fault():
    found = [
        Finding("t.csv", 2, "value", "x", NUMBER),
        Finding("u.csv", 2, "value", "x", NUMBER),
        Finding("t.csv", 2, "share", "x", NUMBER),
        Finding("t.csv", 3, "value", "x", ENUM),
        Finding("t.csv", None, None, None, NUMBER),
    ]
    language.use("en")
    assert [fault.first for fault in alike(found)] == [[finding] for finding in found]
    assert alike(found)[-1].cells() == ("t.csv", "", "", "", "expected a number")


def test_ids_that_are_there_twice_are_alike_whichever_row_has_them_first():
    language.use("en")
    faults = alike([twice(10 + row, row) for row in range(2, 9)])
    assert [fault.count for fault in faults] == [7]
    assert "row 2 has the same" in faults[0].cells()[-1]


@pytest.mark.parametrize(
    "sentence",
    [
        'expected one number; "{0},5" may be {0}.5 or {0}5',
        "expected a figure in 元: is {0} % meant as {0} 元, or to be converted?",
    ],
)
def test_what_each_cell_may_mean_is_one_fault(sentence):
    found = [
        Finding("t.csv", n, "value", f"{n},5", {"zh": "应为一个数", "en": sentence.format(n)})
        for n in range(12, 20)
    ]
    language.use("en")
    (fault,) = alike(found)
    assert fault.count == len(found)
    assert "12" in fault.cells()[-1]


def test_other_bounds_are_another_fault():
    bounds = [{"zh": "", "en": f"expected a value within the bounds: 0 to {high}"} for high in (50, 100)]
    found = [Finding("t.csv", n, "value", "107", bounds[n % 2]) for n in range(8)]
    assert [fault.count for fault in alike(found)] == [4, 4]


@given(st.lists(st.tuples(st.sampled_from("tu"), st.sampled_from("ab"), st.sampled_from([NUMBER, ENUM]))))
def test_no_finding_is_lost_by_putting_them_together(drawn):
    found = [
        Finding(file, row, column, "x", dict(said)) for row, (file, column, said) in enumerate(drawn, start=2)
    ]
    faults = alike(found)
    assert sum(fault.count for fault in faults) == len(found)
    assert len(faults) == len({(f.file, f.column, f.expected["en"]) for f in found})
    assert all(fault.first == [f for f in found if f in fault.first] for fault in faults)


def test_a_summary_has_an_end():
    found = [Finding("t.csv", row, f"c{row}", "x", NUMBER) for row in range(2, 82)]
    assert summary(found)[-1] == "另有 30 种问题"
    with using("en"):
        assert [len(summary(found)), summary(found)[-1]] == [51, "30 more kinds of fault"]
    assert len(str(DataError(found)).splitlines()) == 51


@pytest.mark.parametrize(
    ("lang", "header", "first"),
    [
        ("zh", ["文件", "行", "列", "值", "应为"], ["t.csv", "2", "value（数值）", "x，1", "应为数字"]),
        (
            "en",
            ["file", "row", "column", "value", "expected"],
            ["t.csv", "2", "value", "x，1", "expected a number"],
        ),
    ],
)
def test_every_finding_is_written_for_a_spreadsheet(tmp_path, lang, header, first):
    values = ["x，1", "=1+1", "@cmd", "-a", "-5", None]
    found = [Finding("t.csv", row, "value", v, NUMBER, "数值") for row, v in enumerate(values, start=2)]
    with using(lang):
        write(found, tmp_path / "all.csv")
    assert (tmp_path / "all.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    with (tmp_path / "all.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[:2] == [header, first]
    # what would run as a formula does not; a negative number is one
    assert [row[3] for row in rows[1:]] == ["x，1", "'=1+1", "'@cmd", "'-a", "-5", ""]


def test_a_package_names_columns_and_lists_in_the_readers_words(folder):
    path = folder / "observations.csv"
    text = path.read_text(encoding="utf-8").replace("93,%,A", "many,%,D")
    path.write_text(text, encoding="utf-8")
    value, quality = check(folder)
    assert value.text().startswith("observations.csv，第 3 行，value（数值）列：“many” ——应为")
    with using("en"):
        assert value.text().startswith('observations.csv, row 3, column value: "many" – expected ')
    assert quality.text().startswith("observations.csv，第 3 行，quality（等级）列：“D” ——应为以下之一：A ")
    assert "官方" in quality.expected["zh"] and "one of: A, B, C" in quality.expected["en"]
    with pytest.raises(DataError, match="column quality"):
        load(folder)


def test_a_number_out_of_bounds_is_quoted_whole(folder):
    path = folder / "observations.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("98.88", "1234567.25"), encoding="utf-8")
    (finding,) = check(folder)
    assert finding.value == "1234567.25"


def test_an_empty_cell_is_not_the_word_that_a_sentence_quotes():
    expected = {"zh": "应为“None”或“甲”", "en": 'expected "None" or "a"'}
    (fault,) = alike([Finding("t.csv", row, "value", None, expected) for row in (2, 3)])
    assert fault.count == 2 and fault.cells()[3] == ""


def test_a_long_value_is_cut_after_sixty_characters():
    def shown(length):
        (fault,) = alike([Finding("t.csv", 2, "value", "x" * length, NUMBER)])
        return fault.cells()[3]

    assert shown(60) == "x" * 60 and shown(61) == "x" * 60 + "…"


def test_a_summary_counts_rows_and_kinds():
    many = [Finding("t.csv", row, "value", "x", NUMBER) for row in (2, 3)]
    assert summary(many) == ["t.csv，第 2 行，value 列：“x” ——应为数字（共 2 行）"]
    assert summary(many[:1]) == ["t.csv，第 2 行，value 列：“x” ——应为数字"]
    kinds = [Finding("t.csv", 2, f"c{number}", "x", NUMBER) for number in range(51)]
    assert len(summary(kinds[:50])) == 50 and "c49" in summary(kinds[:50])[-1]
    assert summary(kinds)[50:] == ["另有 1 种问题"]


def test_the_first_places_of_a_fault_are_those_that_come_first():
    (fault,) = alike([Finding("t.csv", row, "value", "x", NUMBER) for row in (9, 5, 7, 2)])
    assert [finding.row for finding in fault.first] == [9, 5, 7]
    assert fault.cells()[1] == "9、5、7 等 4 行"


def test_a_finding_names_the_place_that_it_has():
    with using("en"):
        assert Finding("t.csv", None, None, None, NUMBER).text() == "t.csv: – expected a number"
        assert Finding("t.csv", 1, None, "", NUMBER).text() == 't.csv, row 1: "" – expected a number'
        assert Finding("t.csv", None, "id", None, NUMBER, "编号").column_name() == "id"
    assert Finding("t.csv", None, None, None, NUMBER).column_name() == ""
    assert len(distinct([Finding("t.csv", 2, "a", "x", NUMBER, title) for title in ("甲", "乙")])) == 1
    assert len(distinct([Finding("t.csv", row, "a", "x", NUMBER) for row in (2, 3)])) == 2


@pytest.mark.parametrize(
    ("names", "code"),
    [
        ({"LC_ALL": "zh_CN.UTF-8"}, "zh"),
        ({"LC_ALL": "en_US.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LC_ALL": "", "LC_MESSAGES": "zh_TW", "LANG": "en_US"}, "zh"),
        ({"LANG": "Chinese_China.936"}, "zh"),
        ({"LANG": "C"}, "en"),
    ],
)
def test_the_language_of_a_reader_is_that_of_the_locale(monkeypatch, names, code):
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.setenv(name, names.get(name, ""))
    assert reader_language() == code
