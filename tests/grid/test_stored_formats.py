"""Number formats of which a workbook stores the number only: the standard's own, and those of Chinese Excel."""

import zipfile

import openpyxl
import pytest

from plan_monitor.grid import sheets

# what a cell with 45078.625 shows, and the formats that the file has the numbers of and no text for
NUMBERED = {
    "45078.625": (0, 23, 26, 49, 59),
    **{"45079": (1,), "45078.63": (2,), "45,079": (3, 37, 38, 41), "45,078.63": (4, 39, 40, 43)},
    **{"¥45,079": (5, 6), "¥45,078.63": (7, 8), "¥ 45,079": (42,), "¥ 45,078.63": (44,)},
    **{"4507863%": (9,), "4507862.50%": (10,), "4.51E+04": (11,), "45.1E+3": (48,)},
    **{"2023-06-01": (14, 15, 30, 31), "2023-06-01 15:00:00": (22,), "1-Jun": (16,)},
    "2023-06": (17, 27, 36, 50, 52, 57),  # from 27 on those of Chinese Excel
    "6月1日": (28, 29, 51, 53, 54, 58),
    **{"3:00 PM": (18,), "3:00:00 PM": (19,), "15:00": (20,), "15:00:00": (21,)},
    **{"15时00分": (32,), "15时00分00秒": (33,), "下午3时00分": (34, 55), "下午3时00分00秒": (35, 56)},
    **{"00:00": (45, 47), "1081887:00:00": (46,), "a fraction": (12, 13)},
}


def styled(path, style):
    """A workbook with 45078.625 in a cell whose style is written so."""
    book = openpyxl.Workbook()
    book.active["A1"] = 45078.625
    book.save(path)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    usual = b'<xf numFmtId="0" fontId="0"'
    assert usual in parts["xl/styles.xml"]
    parts["xl/styles.xml"] = parts["xl/styles.xml"].replace(usual, style.encode())
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return sheets.read(path)[0]


@pytest.mark.parametrize("expected", NUMBERED)
def test_a_format_that_is_stored_by_number(tmp_path, expected):
    for number in NUMBERED[expected]:
        sheet = styled(tmp_path / "t.xlsx", f'<xf numFmtId="{number}" fontId="0"')
        if expected == "a fraction":
            assert "expected decimals" in sheet.faults[1, 0]["en"]
        else:
            assert (sheet.rows, sheet.faults) == ([[expected]], {}), number


def test_a_style_without_a_format_is_general(tmp_path):
    assert styled(tmp_path / "t.xlsx", '<xf fontId="0"').rows == [["45078.625"]]
