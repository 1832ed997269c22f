"""What a cell shows is what is read: the same in CSV, xlsx and ods, or refused."""

import io
import zipfile
from datetime import date
from decimal import Decimal
from xml.sax.saxutils import escape

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from examples import up_to
from office import SOFFICE, converted
from plan_monitor.grid import content, sheets, shown
from plan_monitor.settle.quantity import Refused, quantity
from plan_monitor.settle.spans import period

ACCOUNTS = '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ '

# what a workbook holds, its number format, what the page shows, the figure read (or a word of the message)
FIGURES = [
    (95, "General", "95", (None, "95", "")),
    (2025.0, "General", "2025", (None, "2025", "")),
    (0.1 + 0.2, "General", "0.3", (None, "0.3", "")),
    (1e-7, "General", "0.0000001", (None, "0.0000001", "")),
    (95, "0.0", "95.0", (None, "95.0", "")),
    (89.55, "0.0", "89.6", (None, "89.6", "")),
    (2.0949999999999998, "0.00", "2.10", (None, "2.10", "")),
    (-2.5, "0", "-3", (None, "-3", "")),
    (1234567.891, "#,##0", "1,234,568", (None, "1234568", "")),
    (-1234.5, "#,##0.00", "-1,234.50", (None, "-1234.50", "")),
    (7, "000", "007", "decimal point"),
    (0.5, "#.##", ".5", (None, "0.5", "")),
    (12, "@", "12", (None, "12", "")),
    # per cent: the sign is on the page
    (0.95, "0%", "95%", (None, "95", "%")),
    (0.9497, "0%", "95%", (None, "95", "%")),
    (0.955, "0.0%", "95.5%", (None, "95.5", "%")),
    (1, "0%", "100%", (None, "100", "%")),
    (-0.032, "0.0%", "-3.2%", (None, "-3.2", "%")),
    (95, '0"%"', "95%", (None, "95", "%")),
    (95, r"0\%", "95%", (None, "95", "%")),
    (9.3, '0.0"‰"', "9.3‰", (None, "9.3", "‰")),
    # scaled, and the page says so
    (12345, '0!.0,"万"', "1.2万", (None, "1.2", "万")),
    (12345, r'0\.0,"万人"', "1.2万人", (None, "1.2", "万人")),
    (12345678, '0.0,,"百万"', "12.3百万", (None, "12.3", "百万")),
    (123456, r'0\.0000"亿元"', "12.3456亿元", (None, "12.3456", "亿元")),
    (3.5, '0.0"万"', "3.5万", (None, "3.5", "万")),
    (12345, '[>=10000]0!.0,"万";0', "1.2万", (None, "1.2", "万")),
    (950, '[>=10000]0!.0,"万";0', "950", (None, "950", "")),
    # scaled, and the page does not say so
    (12345, "0.0,", "12.3", "holds 12345"),
    (12345678, "0.0,,", "12.3", "holds 12345678"),
    (12345, "0!.0,", "1.2", "holds 12345"),
    (12345, r"0\.0,", "1.2", "holds 12345"),
    (12345, '0.0,"万"', "12.3万", "holds 12345"),
    (12345, '0.0,"元"', "12.3元", "holds 12345"),
    (95, '0"00"', "9500", "holds 95"),
    (13800138000, "000-0000-0000", "138-0013-8000", "holds 13800138000"),
    # signs
    (-12, "0;-0;0", "-12", (None, "-12", "")),
    (-12, "0;(0)", "(12)", (None, "-12", "")),
    (-1234.5, "#,##0.0_);(#,##0.0)", "(1,234.5)", (None, "-1234.5", "")),
    (-12, '"▲"0;"△"0', "△12", "holds -12"),
    (-12, "0;[Red]0", "12", "holds -12"),
    (0, ACCOUNTS, "-", (None, "0", "")),
    (1234, ACCOUNTS, "1,234.00", (None, "1234.00", "")),
    (-1234, ACCOUNTS, "-1,234.00", (None, "-1234.00", "")),
    (12.5, "[$¥-804]#,##0.00", "¥12.50", (None, "12.50", "元")),
    (-12.5, '"¥"#,##0.00;"¥"-#,##0.00', "¥-12.50", (None, "-12.50", "元")),
    # hidden
    (12, ";;;", "", "hides 12"),
    (0, "0;-0;", "", "hides 0"),
    (12, '""', "", "hides 12"),
    # words in the format
    (95, '0"%以上"', "95%以上", (">=", "95", "%")),
    (95, '"≥"0', "≥95", (">=", "95", "")),
    (14, '0"/10万"', "14/10万", (None, "14", "/10万")),
    (5, '0"个百分点"', "5个百分点", (None, "5", "个百分点")),
    (5, '"≥ "0" 户（2025）"', "≥ 5 户（2025）", "several"),
    (1, '[=1]"是";"否"', "是", "not only that"),
    # other spellings of a number
    (12345, "0.00E+00", "1.23E+04", (None, "12300", "")),
    # a date where a figure is meant: 1-2 or 3/4 as typed
    (45293, 'm"月"d"日"', "1月2日", "several"),
    (45293, "yyyy/m/d", "2024-01-02", "range"),
    (1.25, "[h]:mm", "30:00", "ratio"),
]

# text in a cell, the figure read (or a word of the message)
TEXTS = [
    ("95%", (None, "95", "%")),
    ("９５．５％", (None, "95.5", "%")),
    ("≥95%", (">=", "95", "%")),
    ("95%以上", (">=", "95", "%")),
    ("不低于95", (">=", "95", "")),
    ("−5", (None, "-5", "")),
    ("1,234", (None, "1234", "")),
    ("1\u00a0234", (None, "1234", "")),
    ("\u3000\u300095", (None, "95", "")),
    ("95\u00a0", (None, "95", "")),
    ("'95", (None, "95", "")),
    ("95,5", "95.5 or 955"),
    ("90-95", "range"),
    ("(12)", "-12"),
    ("—", "0 for none"),
    ("无", "0 for none"),
    ("95①", "note mark"),
    ("95（预计）", (None, "95", "预计")),
    ("全覆盖", "not only that"),
    ("#DIV/0!", "the error #DIV/0!"),
    ("####", "the error ####"),
    ("=1+1", "several"),
]

# a date in a workbook, its format, the text and the period read (or a word of the message)
DATES = [
    (45078, "yyyy/m/d", "2023-06-01", "2023-05"),
    (45107, "yyyy/m/d", "2023-06-30", "2023-06"),
    (45107, 'yyyy"年"m"月"d"日"', "2023-06-30", "2023-06"),
    (45078, 'yyyy"年"m"月"', "2023-06", "2023-06"),
    (45078, '[DBNum1][$-804]yyyy"年"m"月"', "2023-06", "2023-06"),
    (45078, "mmm-yy", "2023-06", "2023-06"),
    (45078, 'yyyy"年"', "2023", "2023"),
    (45078, "yyyy", "2023", "2023"),
    (45107, "[$-F800]dddd, mmmm dd, yyyy", "2023-06-30", "2023-06"),
    (45107.6, "yyyy-mm-dd hh:mm", "2023-06-30 14:24:00", "such as"),
    (45107, 'm"月"d"日"', "6月30日", "with its year"),
    (0.6, "h:mm AM/PM", "2:24 PM", "such as"),
    (2025, "0", "2025", "2025"),
    (2025, "yyyy/m/d", "1905-07-17", "1905-07 or 1905-06"),  # a year typed into a cell of dates
]


def read(text, reader):
    """What a reader makes of a text, or its message."""
    try:
        return reader(text)
    except Refused as refused:
        return refused.expected["en"]


def meets(found, expected):
    """Whether a reading is the expected one, or the message names what is expected."""
    return (
        expected in found if isinstance(expected, str) and not isinstance(found, tuple) else found == expected
    )


def column(sheet, reader):
    """The first column of a sheet as read, or the message."""
    return [
        sheet.faults[row, 0]["en"] if (row, 0) in sheet.faults else read(cells[0], reader)
        for row, cells in enumerate(sheet.rows, start=1)
    ]


def workbook(path, cells):
    """A workbook with values and their number formats in the first column."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("表")
        for row, (value, code) in enumerate(cells):
            sheet.write(row, 0, value, book.add_format({"num_format": code}))
    return path


def opendocument(path, body, styles=""):
    """The least that is an OpenDocument spreadsheet."""
    names = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in {
            "office": "office", "table": "table", "text": "text", "style": "style", "number": "datastyle",
            "fo": "xsl-fo-compatible",
        }.items()
    )  # fmt: skip
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f"<office:document-content{names}><office:automatic-styles>{styles}</office:automatic-styles>"
            f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>",
        )
    return path


def ods_table(rows, name="表"):
    return f'<table:table table:name="{name}">{"".join(f"<table:table-row>{row}</table:table-row>" for row in rows)}</table:table>'


def ods_text(text):
    return f'<table:table-cell office:value-type="string"><text:p>{escape(text)}</text:p></table:table-cell>'


def ods_number(value, page):
    kind = "percentage" if page.endswith("%") else "float"
    return f'<table:table-cell office:value-type="{kind}" office:value="{value}"><text:p>{page}</text:p></table:table-cell>'


def csv_file(path, texts):
    path.write_text("".join('"' + text.replace('"', '""') + '"\n' for text in texts), "utf-8")
    return path


def compare(found, expected):
    """Rows of which something else was read."""
    return [(want, got) for want, got in zip(expected, found, strict=True) if not meets(got, want[-1])]


def test_a_workbook_is_read_as_its_cells_show(tmp_path):
    cells = [(value, code) for value, code, _, _ in FIGURES]
    sheet = sheets.read(workbook(tmp_path / "t.xlsx", cells))[0]
    assert compare(column(sheet, quantity), FIGURES) == []


@pytest.mark.parametrize(
    ("code", "message"), [("# ?/?", "fraction"), ("[DBNum1]0.0", "digits"), ("[DBNum2]General", "digits")]
)
def test_a_figure_in_other_signs_is_refused(code, message, tmp_path):
    assert message in sheets.read(workbook(tmp_path / "t.xlsx", [(9.5, code)]))[0].faults[1, 0]["en"]


def test_an_opendocument_sheet_is_read_as_its_cells_show(tmp_path):
    figures = [
        figure for figure in FIGURES if "月" not in figure[2] and figure[1] not in ("yyyy/m/d", "[h]:mm")
    ]
    body = ods_table(ods_number(value, page) for value, _, page, _ in figures)
    sheet = sheets.read(opendocument(tmp_path / "t.ods", body))[0]
    assert compare(column(sheet, quantity), figures) == []


def test_a_csv_file_is_read_as_it_stands(tmp_path):
    """What a spreadsheet wrote into it as shown; what the cell held is gone."""
    figures = [
        figure
        for figure in FIGURES
        if figure[2] and (not isinstance(figure[3], str) or "holds" not in figure[3])
    ]
    figures = [figure for figure in figures if not figure[2].startswith("(") and figure[2] != "-"]
    sheet = sheets.read(csv_file(tmp_path / "t.csv", [page for _, _, page, _ in figures]))[0]
    assert compare(column(sheet, quantity), figures) == []


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods"])
def test_text_is_read_alike_in_every_kind_of_file(kind, tmp_path):
    texts = [text for text, _ in TEXTS]
    path = tmp_path / f"t.{kind}"
    if kind == "csv":
        csv_file(path, texts)
    elif kind == "ods":
        opendocument(path, ods_table(ods_text(text) for text in texts))
    else:
        with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False}) as book:
            book.add_worksheet().write_column(0, 0, texts)
    sheet = sheets.read(path)[0]
    assert [row[0] for row in sheet.rows] == ["" if text.startswith("#") else text for text in texts]
    assert compare(column(sheet, quantity), TEXTS) == []


def test_dates_of_a_workbook_are_periods(tmp_path):
    sheet = sheets.read(workbook(tmp_path / "t.xlsx", [date[:2] for date in DATES]))[0]
    assert [row[0] for row in sheet.rows] == [text for _, _, text, _ in DATES]
    assert compare(column(sheet, period), DATES) == []


def test_day_60_of_a_workbook_never_was(tmp_path):
    """Excel counts a 29 February 1900 (ECMA-376, part 1, 18.17.4.1); LibreOffice does not."""
    sheet = sheets.read(workbook(tmp_path / "t.xlsx", [(59, "yyyy/m/d"), (61, "yyyy/m/d")]))[0]
    assert [row[0] for row in sheet.rows] == ["1900-02-28", "1900-03-01"]


def test_dates_of_an_opendocument_sheet_are_periods(tmp_path):
    styles = (
        '<number:date-style style:name="N1"><number:year/><number:text>年</number:text><number:month/></number:date-style>'
        '<number:date-style style:name="N2"><number:month/><number:day/></number:date-style>'
        '<style:style style:name="ce1" style:family="table-cell" style:data-style-name="N1"/>'
        '<style:style style:name="ce2" style:family="table-cell" style:data-style-name="N2"/>'
    )
    cell = (
        '<table:table-cell table:style-name="{}" office:value-type="date" office:date-value="{}">'
        "<text:p>{}</text:p></table:table-cell>"
    )
    cells = [
        ("ce1", "2023-06-01", "2023年6月"),
        ("ce2", "2023-06-30", "06/30"),
        ("", "2023-06-30", "30.06.23"),
    ]
    body = ods_table(cell.format(*each) for each in cells)
    sheet = sheets.read(opendocument(tmp_path / "t.ods", body, styles))[0]
    assert [row[0] for row in sheet.rows] == ["2023-06", "06/30", "2023-06-30"]


def test_a_moment_of_an_opendocument_sheet_has_its_time_where_the_cell_shows_one_that_is_not_midnight(
    tmp_path,
):
    day = "<number:year/><number:month/><number:day/>"
    styles = (
        f'<number:date-style style:name="N1">{day}<number:hours/><number:minutes/></number:date-style>'
        f'<number:date-style style:name="N2">{day}</number:date-style>'
        '<style:style style:name="ce1" style:family="table-cell" style:data-style-name="N1"/>'
        '<style:style style:name="ce2" style:family="table-cell" style:data-style-name="N2"/>'
    )
    cell = (
        '<table:table-cell table:style-name="{}" office:value-type="date" office:date-value="{}">'
        "<text:p>as shown</text:p></table:table-cell>"
    )
    moments = ("2023-06-30T00:00:00", "2023-06-30T08:00:00", "2023-06-30T00:05:00", "2023-06-30T00:00:07")
    cells = [(style, moment) for style in ("ce1", "ce2") for moment in moments]
    body = ods_table(cell.format(*each) for each in cells)
    told = [row[0] for row in sheets.read(opendocument(tmp_path / "t.ods", body, styles))[0].rows]
    assert told[:4] == [
        "2023-06-30",
        *(f"2023-06-30 {time}" for time in ("08:00:00", "00:05:00", "00:00:07")),
    ]
    assert told[4:] == ["2023-06-30"] * 4


def test_months_that_chinese_excel_stores_by_number_are_months(tmp_path):
    """Format 57 is yyyy年m月 and has no text in the file."""
    path = tmp_path / "t.xlsx"
    book = openpyxl.Workbook()
    book.active["A1"] = 45078
    book.save(path)
    sheet = sheets.read(
        rewritten(path, "xl/styles.xml", 'numFmtId="0" fontId="0"', 'numFmtId="57" fontId="0"')
    )[0]
    assert sheet.rows == [["2023-06"]]


@pytest.mark.parametrize(
    ("number", "told"),
    [
        *((number, "2023-06") for number in (27, 36, 50, 52, 57)),
        *((number, "6月1日") for number in (28, 29, 51, 53, 54, 58)),
        *((number, "2023-06-01") for number in (14, 22, 31)),
    ],
)
def test_formats_that_a_file_names_by_number_alone(tmp_path, number, told):
    path, book = tmp_path / "t.xlsx", openpyxl.Workbook()
    book.active["A1"] = 45078
    book.save(path)
    changed = 'numFmtId="0" fontId="0"', f'numFmtId="{number}" fontId="0"'
    assert sheets.read(rewritten(path, "xl/styles.xml", *changed))[0].rows == [[told]]


def rewritten(path, part, old, new):
    """The file with one of its parts changed, as another program would write it."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old.encode() in parts[part]
    parts[part] = parts[part].replace(old.encode(), new.encode())
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def test_days_counted_from_1904(tmp_path):
    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet().write(0, 0, 45078 - 1462, book.add_format({"num_format": "yyyy-mm-dd"}))
    rewritten(path, "xl/workbook.xml", "<workbookPr ", '<workbookPr date1904="1" ')
    assert sheets.read(path)[0].rows == [["2023-06-01"]]


def test_formulas(tmp_path):
    """A result that is stored is read; one that no program has computed is not, whatever stands in for it."""
    path = tmp_path / "t.xlsx"
    book = openpyxl.Workbook()
    book.active.append([1, 2, "=A1+B1"])
    book.save(path)
    assert "calculated formula" in sheets.read(path)[0].faults[1, 2]["en"]

    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet().write_formula(0, 0, "=1+1")  # stores 0, for whoever opens it to compute
    assert sheets.read(path)[0].faults[1, 0]["zh"].startswith("公式还没有算过")

    rewritten(path, "xl/workbook.xml", ' fullCalcOnLoad="1"', "")  # as a spreadsheet program saves it
    rewritten(path, "xl/worksheets/sheet1.xml", "<v>0</v>", "<v>2</v>")
    sheet = sheets.read(path)[0]
    assert (sheet.rows, sheet.faults) == ([["2"]], {})


@pytest.mark.parametrize("error", ["#DIV/0!", "#N/A", "#REF!", "#VALUE!", "#NAME?"])
def test_a_formula_in_error_is_named(error, tmp_path):
    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet().write_formula(0, 0, "=1/0", None, error)
    rewritten(path, "xl/workbook.xml", ' fullCalcOnLoad="1"', "")
    assert error in sheets.read(path)[0].faults[1, 0]["en"]


def test_formulas_of_an_opendocument_sheet(tmp_path):
    cells = [
        '<table:table-cell table:formula="of:=1/0" office:value-type="string"><text:p>#DIV/0!</text:p></table:table-cell>',
        '<table:table-cell table:formula="of:=X" office:value-type="float" office:value="0"><text:p>Err:508</text:p></table:table-cell>',
        '<table:table-cell table:formula="of:=1+1"/>',
        '<table:table-cell table:formula="of:=1+1" office:value-type="float" office:value="2"><text:p>2</text:p></table:table-cell>',
    ]
    sheet = sheets.read(opendocument(tmp_path / "t.ods", ods_table(cells)))[0]
    assert [row for row, _ in sheet.faults] == [1, 2, 3]
    assert "#DIV/0!" in sheet.faults[1, 0]["en"]
    assert "Err:508" in sheet.faults[2, 0]["en"]
    assert "calculated" in sheet.faults[3, 0]["en"]
    assert sheet.rows[3] == ["2"]


def test_the_layout_of_a_workbook(tmp_path):
    """Merged areas, what they cover, hidden rows, columns and sheets, indentation, rich and phonetic text."""
    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("指标")
        sheet.merge_range("A1:C1", "主要指标")
        sheet.write_row("A2", ["合计", 1, True])
        sheet.write("A3", "其中：城镇", book.add_format({"indent": 2}))
        sheet.write_rich_string("A4", "毛入", book.add_format({"bold": True}), "园率")
        sheet.write("A6", "  前有空格")
        sheet.write("A7", "换\n行")
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_column("B:B", None, None, {"hidden": True})
        hidden = book.add_worksheet("名单")
        hidden.write("B2", "x")
        hidden.hide()
    first, second = sheets.read(path)
    assert (first.file, first.name, first.visible) == ("t.xlsx", "指标", True)
    assert first.rows == [
        ["主要指标", "", ""],
        ["合计", "1", "TRUE"],
        ["　　其中：城镇", "", ""],
        ["毛入园率", "", ""],
        ["", "", ""],
        ["  前有空格", "", ""],
        ["换\n行", "", ""],
    ]
    assert first.merged == [(1, 0, 1, 2)]
    assert (first.hidden, first.hidden_columns) == ({3}, {1})
    assert (second.name, second.visible, second.rows) == ("名单", False, [["", ""], ["", "x"]])


def test_a_sheet_that_hides_its_zeros(tmp_path):
    """None or not known? Nobody sees it."""
    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, [0, 5])
        sheet.hide_zero()
    sheet = sheets.read(path)[0]
    assert "hide zeros" in sheet.faults[1, 0]["en"]
    assert sheet.rows == [["", "5"]]


def test_what_a_merged_area_covers_is_not_read(tmp_path):
    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.merge_range("A1:A3", "县")
        sheet.write("A2", "看不见")
        sheet.write("B3", 5)
    sheet = sheets.read(path)[0]
    assert sheet.rows == [["县", ""], ["", ""], ["", "5"]]
    assert sheet.merged == [(1, 0, 3, 0)]


def test_the_reading_aid_above_words_is_left_out(tmp_path):
    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet().write(0, 0, "楚雄")
    aid = '楚雄</t><rPh sb="0" eb="2"><t>chuxiong</t></rPh><phoneticPr fontId="1"/>'
    rewritten(path, "xl/sharedStrings.xml", "楚雄</t>", aid)
    assert sheets.read(path)[0].rows == [["楚雄"]]


def test_the_layout_of_an_opendocument_sheet(tmp_path):
    """The same, with a million empty rows that the file merely counts."""
    styles = (
        '<style:style style:name="in" style:family="table-cell"><style:paragraph-properties fo:margin-left="0.706cm"/></style:style>'
        '<style:style style:name="off" style:family="table"><style:table-properties table:display="false"/></style:style>'
    )
    body = (
        '<table:table table:name="指标"><table:table-column table:number-columns-repeated="1"/>'
        '<table:table-column table:visibility="collapse"/>'
        '<table:table-header-rows><table:table-row><table:table-cell table:number-columns-spanned="3">'
        "<text:p>主要<text:span>指标</text:span></text:p></table:table-cell>"
        '<table:covered-table-cell table:number-columns-repeated="2"><text:p>看不见</text:p></table:covered-table-cell>'
        "</table:table-row></table:table-header-rows>"
        '<table:table-row table:visibility="filter"><table:table-cell table:style-name="in"><text:p>其中<text:s text:c="2"/>城镇'
        "</text:p><office:annotation><text:p>批注</text:p></office:annotation></table:table-cell></table:table-row>"
        '<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="2"'
        ' office:value-type="float" office:value="7"><text:p>7</text:p></table:table-cell></table:table-row>'
        '<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
        "</table:table>"
        '<table:table table:name="名单" table:style-name="off"><table:table-row><table:table-cell><text:p>x</text:p>'
        "</table:table-cell></table:table-row></table:table>"
    )
    first, second = sheets.read(opendocument(tmp_path / "t.ods", body, styles))
    assert first.rows == [["主要指标", ""], ["　　其中  城镇", ""], ["7", "7"], ["7", "7"]]
    assert first.merged == [(1, 0, 1, 1)]
    assert (first.hidden, first.hidden_columns, first.visible) == ({2}, {1}, True)
    assert (second.name, second.visible) == ("名单", False)


@pytest.mark.parametrize(
    ("margin", "levels"),
    [
        *(("0.706cm", 2), ("3.53mm", 1), ("10.59mm", 3), ("0.278in", 2), ("20pt", 2), ("30pt", 3)),
        *(("0cm", 0), ("", 0), ("5%", 0)),
    ],
)
def test_an_opendocument_sheet_measures_indentation_in_any_unit(tmp_path, margin, levels):
    """A level is ten points; what does not begin at the left has none."""
    aligned = ["", *(f' fo:text-align="{side}"' for side in ("start", "left", "end", "center"))]
    styles = "".join(
        f'<style:style style:name="c{place}" style:family="table-cell">'
        f'<style:paragraph-properties fo:margin-left="{margin}"{side}/></style:style>'
        for place, side in enumerate(aligned)
    )
    cells = [
        f'<table:table-cell table:style-name="c{place}"><text:p>县</text:p></table:table-cell>'
        for place in range(len(aligned))
    ]
    rows = sheets.read(opendocument(tmp_path / "t.ods", ods_table(cells), styles))[0].rows
    assert [row[0] for row in rows] == ["　" * levels + "县"] * 3 + ["县"] * 2


def test_a_date_of_an_opendocument_sheet_is_laid_out_as_the_style_above_its_own_says(tmp_path):
    styles = (
        '<number:date-style style:name="N1"><number:year/></number:date-style>'
        '<style:style style:name="above" style:family="table-cell" style:data-style-name="N1"/>'
        '<style:style style:name="own" style:family="table-cell" style:parent-style-name="above"/>'
    )
    path = opendocument(
        tmp_path / "t.ods",
        ods_table(
            f'<table:table-cell table:style-name="{style}" office:value-type="date"'
            ' office:date-value="2023-06-30"><text:p>as shown</text:p></table:table-cell>'
            for style in ("own", "far", "nowhere")
        ),
        styles,
    )
    far = (
        '<s:styles xmlns:s="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
        ' xmlns:n="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0">'
        '<n:date-style s:name="N2"><n:year/><n:month/></n:date-style>'
        '<s:style s:name="far" s:family="table-cell" s:data-style-name="N2"/></s:styles>'
    )
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("styles.xml", far)
    assert [row[0] for row in sheets.read(path)[0].rows] == ["2023", "2023-06", "2023-06-30"]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("<text:p>a<text:s/>b<text:s text:c='3'/>c</text:p>", "a b   c"),
        ("<text:p>a<text:tab/>b</text:p>", "a\tb"),
        ("<text:p>a<text:line-break/>b</text:p><text:p>c</text:p>", "a\nb\nc"),
        (
            "<text:p>楚<text:ruby><text:ruby-base>雄</text:ruby-base><text:ruby-text>xióng</text:ruby-text></text:ruby>州</text:p>",
            "楚雄州",
        ),
    ],
)
def test_the_text_of_an_opendocument_cell_has_the_signs_that_the_page_shows(tmp_path, written, shown):
    cell = f"<table:table-cell>{written}</table:table-cell>"
    assert sheets.read(opendocument(tmp_path / "t.ods", ods_table([cell])))[0].rows == [[shown]]


def test_figures_of_an_opendocument_sheet_that_show_nothing(tmp_path):
    """None was computed where there is no text, and none is shown where that is empty."""
    figure = '<table:table-cell office:value-type="float" office:value="7">{}</table:table-cell>'
    (sheet,) = sheets.read(
        opendocument(tmp_path / "t.ods", ods_table([figure.format(""), figure.format("<text:p/>")]))
    )
    assert {place: fault["en"].partition(";")[0] for place, fault in sheet.faults.items()} == {
        (1, 0): "expected a calculated formula",
        (2, 0): "expected to see what the cell holds",
    }


def test_an_opendocument_sheet_merges_down_and_across_and_repeats(tmp_path):
    rows = [
        "<table:table-cell table:number-columns-repeated='3'><text:p>a</text:p></table:table-cell>",
        "<table:table-cell/><table:shapes/><table:table-cell table:number-rows-spanned='2'><text:p>b</text:p>"
        "</table:table-cell><table:table-cell><text:p>c</text:p></table:table-cell>",
        "<table:table-cell/><table:covered-table-cell/><table:table-cell><text:p>d</text:p></table:table-cell>",
        "<table:table-cell/><table:table-cell table:number-columns-spanned='2'><text:p>e</text:p></table:table-cell>",
    ]
    body = ods_table(rows).replace(
        "<table:table-row>",
        "<table:table-column table:number-columns-repeated='2'/>"
        "<table:table-column table:number-columns-repeated='2' table:visibility='collapse'/><table:table-row>",
        1,
    )
    end = "<table:table-row table:number-rows-repeated='2'{}>" + rows[0] + "</table:table-row></table:table>"
    body = body.replace("</table:table>", end.format(" table:visibility='collapse'"))
    (sheet,) = sheets.read(opendocument(tmp_path / "t.ods", body))
    aaa = ["a", "a", "a"]
    assert sheet.rows == [aaa, ["", "b", "c"], ["", "", "d"], ["", "e", ""], aaa, aaa]
    assert sheet.merged == [(2, 1, 3, 1), (4, 1, 4, 2)]
    assert (sheet.hidden, sheet.hidden_columns) == ({5, 6}, {2})


def test_an_opendocument_sheet_cannot_draw_in_another_file(tmp_path):
    path = opendocument(tmp_path / "t.ods", ods_table([ods_text("甲")]))
    (tmp_path / "secret.txt").write_text("secret")
    entity = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{(tmp_path / "secret.txt").as_uri()}">]>'
    rewritten(path, "content.xml", "<office:document-content", f"{entity}<office:document-content")
    rewritten(path, "content.xml", "甲", "甲&e;")
    assert "secret" not in sheets.read(path)[0].rows[0][0]


def test_a_text_document_of_that_kind_is_refused(tmp_path):
    path = opendocument(tmp_path / "t.odt", ods_table([ods_text("x")]))
    rewritten(path, "mimetype", "spreadsheet", "text")
    with pytest.raises(sheets.Unreadable, match=r"save as \.xlsx"):
        sheets.read(path)


def test_a_stray_cell_far_below_does_not_fill_the_memory(tmp_path):
    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("表")
        sheet.write(0, 0, 1)
        sheet.write(1_048_575, 16_383, " ")
    with pytest.raises(sheets.Unreadable) as unreadable:
        sheets.read(path)
    assert "row 1048576, column 16384" in unreadable.value.expected["en"]


ROWS = [["指标", "2020年", "说明"], ["毛入园率", "91", "a;b"], ["巩固率", "98.88", "甲,乙\n丙"]]


def delimited_text(separator):
    def cell(text):
        return '"' + text.replace('"', '""') + '"' if set(text) & set(separator + '"\n') else text

    return "".join(separator.join(cell(text) for text in row) + "\r\n" for row in ROWS)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gbk", "gb18030"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_of_every_encoding_and_separator(encoding, separator, tmp_path):
    path = tmp_path / "t.csv"
    path.write_bytes(delimited_text(separator).encode(encoding))
    sheet = sheets.read(path)[0]
    assert sheet.rows == ROWS
    assert (sheet.file, sheet.name, sheet.merged, sheet.hidden) == ("t.csv", None, [], frozenset())


SEPARATED = {
    "one column": ("指标\n毛入园率\n", [["指标"], ["毛入园率"]]),
    "a declared separator": ("sep=;\na;b,c\n", [["a", "b,c"]]),
    "decimal commas between semicolons": (
        "a;b\n1;95,5\n2;96,5\n",
        [["a", "b"], ["1", "95,5"], ["2", "96,5"]],
    ),
    "a title and a note": (
        "表1\na,b\n1,2\n3,4\n注：初步数\n",
        [["表1", ""], ["a", "b"], ["1", "2"], ["3", "4"], ["注：初步数", ""]],
    ),
    "a semicolon in one cell": ("a,b\n1,x;y\n2,z\n", [["a", "b"], ["1", "x;y"], ["2", "z"]]),
    "empty rows": ("a,b\n\n1,2\n,\n\n", [["a", "b"], ["", ""], ["1", "2"]]),
    "text kept as text": ('code,b\n="0123",1\n', [["code", "b"], ["0123", "1"]]),
    "an old Mac's line ends": ("a,b\r1,2\r", [["a", "b"], ["1", "2"]]),
    "an empty file": ("", []),
}


@pytest.mark.parametrize("name", SEPARATED)
def test_csv_of_every_shape(name, tmp_path):
    text, rows = SEPARATED[name]
    path = tmp_path / "t.csv"
    path.write_bytes(text.encode())
    assert sheets.read(path)[0].rows == rows


UNREADABLE = {
    "two separators": (b"a;b,c\n1;2,3\n", "comma, semicolon occur"),
    "an open quote": (b'a,b\n"1,2\n3,4\n', "quotes in pairs from row 2"),
    "a quote that ends too early": (b'a,b\n"1"x,2\n', "quotes in pairs from row 2"),
    "bytes of no encoding": (b"a,b\n\xff\xff\x00\x01,2\n", "UTF-8"),
    "a PDF": (b"%PDF-1.7 ...", "PDF"),
    "a web page called .xls": (b"<html><table><tr><td>1</td></tr></table></html>", "web page"),
    "an old workbook": (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "save as .xlsx"),
    "a protected workbook": (
        bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
        "password",
    ),
    "a damaged workbook": (b"PK\x03\x04" + bytes(100), "damaged"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_is_no_table_says_what_to_do(name, tmp_path):
    content, message = UNREADABLE[name]
    path = tmp_path / "t.xlsx"
    path.write_bytes(content)
    with pytest.raises(sheets.Unreadable) as unreadable:
        sheets.read(path)
    assert message in unreadable.value.expected["en"]
    assert unreadable.value.expected["zh"]


@pytest.mark.parametrize("part", ["word/document.xml", "xl/workbook.bin"])
def test_other_archives_are_refused(part, tmp_path):
    path = tmp_path / "t.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(part, "x")
    with pytest.raises(sheets.Unreadable, match=r"save as \.xlsx"):
        sheets.read(path)


def test_a_protected_opendocument_sheet_is_refused(tmp_path):
    path = opendocument(tmp_path / "t.ods", ods_table([ods_text("x")]))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(
            "META-INF/manifest.xml",
            '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>',
        )
    with pytest.raises(sheets.Unreadable, match="password"):
        sheets.read(path)


def test_half_a_workbook_is_damaged(tmp_path):
    path = workbook(tmp_path / "t.xlsx", [(1, "0")])
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    for broken in (
        {**parts, "xl/worksheets/sheet1.xml": sheet[: len(sheet) // 2]},
        {"xl/workbook.xml": b"<x/>"},
    ):
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w") as archive:
            for name, part in broken.items():
                archive.writestr(name, part)
        path.write_bytes(content.getvalue())
        with pytest.raises(sheets.Unreadable, match="damaged"):
            sheets.read(path)


def test_what_a_file_holds_in_place_of_a_number_is_named(tmp_path):
    path = workbook(tmp_path / "t.xlsx", [(7, "0"), (8, "0")])
    rewritten(path, "xl/worksheets/sheet1.xml", "<v>7</v>", "<v>NaN</v>")
    sheet = sheets.read(path)[0]
    assert "holds NaN" in sheet.faults[1, 0]["en"]
    assert sheet.rows[1] == ["8"]


def test_a_figure_repeated_through_the_whole_sheet_does_not_fill_the_memory(tmp_path):
    cell = ods_number(1, "1").replace(
        "<table:table-cell", '<table:table-cell table:number-columns-repeated="20000"'
    )
    body = f'<table:table table:name="表"><table:table-row table:number-rows-repeated="2000000">{cell}</table:table-row></table:table>'
    with pytest.raises(sheets.Unreadable, match="reaches row 1048576, column 16384: clear stray cells"):
        sheets.read(opendocument(tmp_path / "t.ods", body))


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_file_broken_anywhere_is_read_or_refused(tmp_path, data):
    if data.draw(st.booleans()):
        path = workbook(tmp_path / "t.xlsx", [figure[:2] for figure in FIGURES[:5]])
    else:
        path = opendocument(
            tmp_path / "t.ods", ods_table(ods_number(value, page) for value, _, page, _ in FIGURES[:5])
        )
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = data.draw(st.sampled_from(sorted(parts)))
    at = data.draw(st.integers(0, max(0, len(parts[name]) - 1)))
    instead = data.draw(st.binary(max_size=4))
    parts[name] = parts[name][:at] + instead + parts[name][at + data.draw(st.integers(0, 30)) :]
    with zipfile.ZipFile(path, "w") as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    try:
        read_sheets = sheets.read(path)
    except sheets.Unreadable as unreadable:
        assert unreadable.expected["zh"] and unreadable.expected["en"]
    else:
        assert all(len(row) == len(sheet.rows[0]) for sheet in read_sheets for row in sheet.rows)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text('ab,;\t\n\r"1=# 中', max_size=40), st.sampled_from(["utf-8", "utf-16", "gbk"]))
def test_any_text_file_is_a_table_or_refused(tmp_path, text, encoding):
    path = tmp_path / "t.csv"
    path.write_bytes(text.encode(encoding))
    try:
        sheet = sheets.read(path)[0]
    except sheets.Unreadable as unreadable:
        assert unreadable.expected["zh"] and unreadable.expected["en"]
    else:
        assert all(len(row) == len(sheet.rows[0]) for row in sheet.rows)


PIECES = [
    "0",
    "#",
    "?",
    ".",
    ",",
    "%",
    '"万"',
    '"',
    "!",
    "_",
    "*",
    "[",
    "]",
    "[h]",
    "[>=1]",
    "[$¥-804]",
    "y",
    "m",
    "d",
    "s",
    "E+",
    "e",
]
PIECES += [
    "General",
    "@",
    ";",
    "-",
    "(",
    ")",
    "/",
    "AM/PM",
    "aaa",
    "[DBNum1]",
    " ",
    "年",
    "#,##0",
    "ss.0",
    "上午/下午",
    "[ss]",
]


@example(1_000_000.0, ["0", "E+", "General"])  # a power of ten with a million digits
@given(st.floats(allow_nan=False, allow_infinity=False), st.lists(st.sampled_from(PIECES), max_size=8))
def test_any_format_shows_a_text_or_is_refused(value, pieces):
    try:
        assert shown.number(value, "".join(pieces)).strip()
    except content.Fault as fault:
        assert fault.expected["zh"] and fault.expected["en"]


# what may stand behind a figure, and the powers of ten it may account for
WORDS = {"": {0}, "%": {0, -2}, '"万"': {0, 4}, '"亿元"': {0, 4, 8}, '"元"': {0}, '"‰"': {0, -3}}


@st.composite
def formats(draw):
    """Number formats as people click and type them, sensible or not."""
    whole = draw(st.sampled_from(["0", "#,##0", "#", "0000", "#,###", "0,0"]))
    decimals = draw(st.sampled_from(["", ".0", ".00", ".##", ".0#", "!.0", r"\.0000", '"."0', ".0??"]))
    scale = draw(st.sampled_from(["", "", "", ",", ",,"]))
    word = draw(st.sampled_from(list(WORDS)))
    positive = (
        draw(st.sampled_from(["", '"约"', "[Red]", "¥", "_ * ", "[$¥-804]"]))
        + whole
        + decimals
        + scale
        + word
    )
    negative = draw(
        st.sampled_from([None, f"-{positive}", f"({positive})", positive, f"[Red]{positive}", ""])
    )
    zero = draw(st.sampled_from([None, '"-"', "", "0"])) if negative is not None else None
    return ";".join(part for part in (positive, negative, zero) if part is not None), word


@settings(deadline=None)
@given(st.one_of(st.floats(-1e9, 1e9), st.integers(-(10**6), 10**6)), formats())
def test_the_figure_read_is_the_one_held_as_far_as_it_shows_or_it_is_refused(value, code_and_word):
    code, word = code_and_word
    try:
        read = quantity(shown.number(float(value), code))
    except (content.Fault, Refused):
        return
    room = Decimal("0.5").scaleb(-len(read.number.partition(".")[2])) + abs(
        Decimal(repr(float(value)))
    ) * Decimal("1e-14")
    assert any(
        abs(Decimal(read.number).scaleb(power) - Decimal(repr(float(value)))) <= room.scaleb(max(power, 0))
        for power in WORDS[word]
    )


@settings(deadline=None, max_examples=up_to(20), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.floats(-1e9, 1e9).filter(lambda value: value == 0 or abs(value) > 1e-9), formats()),
        min_size=1,
        max_size=20,
    )
)
def test_a_workbook_shows_what_its_formats_say(tmp_path, cells):
    """The way through a file changes nothing."""
    sheet = sheets.read(workbook(tmp_path / "t.xlsx", [(value, code) for value, (code, _) in cells]))[0]
    for row, (value, (code, _)) in enumerate(cells, start=1):
        try:
            text = shown.number(float(f"{value:.16G}"), code)
        except content.Fault as fault:
            assert sheet.faults[row, 0] == fault.expected
        else:
            assert sheet.rows[row - 1][0] == text


@pytest.mark.slow
def test_libreoffice_shows_the_same(tmp_path):
    """An independent program lays out the same values by the same formats."""
    if SOFFICE is None:
        pytest.skip("LibreOffice is not installed")
    # where LibreOffice differs: ! is no backslash to it, it adds a minus of its own, and keeps 九
    cells = [
        figure[:2]
        for figure in FIGURES
        if "!" not in figure[1] and "DBNum" not in figure[1] and "Red]0" not in figure[1]
    ]
    cells += [date[:2] for date in DATES]
    path = workbook(tmp_path / "t.xlsx", cells)
    converted([path], "ods", tmp_path)
    other = tmp_path / "t.ods"
    if not other.exists():
        pytest.skip("LibreOffice Calc is not installed")
    ours, theirs = sheets.read(path)[0], sheets.read(other)[0]
    assert [row[0] for row in ours.rows] == [row[0] for row in theirs.rows]
    assert ours.faults.keys() == theirs.faults.keys()


@pytest.mark.parametrize("from_1904", [False, True])
def test_a_date_that_a_strict_workbook_writes_out_is_that_date(tmp_path, from_1904):
    """As ISO 8601 in the cell, in place of a number of days."""
    path, book = tmp_path / "t.xlsx", openpyxl.Workbook(iso_dates=True)
    if from_1904:
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active.append([date(2023, 6, 1)])
    book.save(path)
    assert sheets.read(path)[0].rows == [["2023-06-01"]]
