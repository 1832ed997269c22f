"""CSV files whose separator has to be found out, and what a spreadsheet wrote into them in place of figures."""

import pytest

from plan_monitor.grid import sheets


def read(folder, text):
    path = folder / "t.csv"
    path.write_text(text, encoding="utf-8", newline="")
    return sheets.read(path)[0]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        # quoted cells may hold any other separator
        ('指标,说明\n"率","甲;乙"\n', [["指标", "说明"], ["率", "甲;乙"]]),
        ('"指标";"值"\n"率";"1,5"\n', [["指标", "值"], ["率", "1,5"]]),
        ('"a\tb","c"\n"d","e"\n', [["a\tb", "c"], ["d", "e"]]),
        ('"a;b,c"\n"d"\n', [["a;b,c"], ["d"]]),
        # the one that most rows have in the same number, be it of half of them
        (
            "甲,1\n乙,2\n丙,3\n见a;b\n见c;d\n",
            [["甲", "1"], ["乙", "2"], ["丙", "3"], ["见a;b", ""], ["见c;d", ""]],
        ),
        ("甲,1\n乙,2\n注\n见a;b\n", [["甲", "1"], ["乙", "2"], ["注", ""], ["见a;b", ""]]),
        # the only one there is, however few rows have it
        ("表\n一\n二\n甲,1\n", [["表", ""], ["一", ""], ["二", ""], ["甲", "1"]]),
    ],
)
def test_cells_are_told_apart_by_the_separator_that_rows_agree_on(tmp_path, text, rows):
    assert read(tmp_path, text).rows == rows


def test_where_quotes_leave_one_reading_whose_rows_differ_the_quotes_are_at_fault(tmp_path):
    with pytest.raises(sheets.Unreadable, match="quotes in pairs from row 2"):
        read(tmp_path, 'a,b\n1,"2 ;\n3,4\n')


@pytest.mark.parametrize("error", ["#REF!", "Err:502"])
def test_an_error_of_a_formula_is_a_fault_of_its_cell(tmp_path, error):
    sheet = read(tmp_path, f"a,b\n1,{error}\n#1,2\n")
    assert sheet.rows == [["a", "b"], ["1", ""], ["#1", "2"]]
    assert list(sheet.faults) == [(2, 1)]
    assert error in sheet.faults[2, 1]["zh"] and error in sheet.faults[2, 1]["en"]


def test_errors_of_two_programs_are_both_faults(tmp_path):
    assert list(read(tmp_path, "#REF!,1\n2,Err:502\n").faults) == [(1, 0), (2, 1)]


def test_it_is_told_how_many_cells_each_row_has(tmp_path):
    assert read(tmp_path, "a,b,c\n1\n1,2\n,,\n").counts == (3, 1, 2)
