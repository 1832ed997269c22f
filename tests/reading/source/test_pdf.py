"""PDF pages: paragraphs, columns, tables, and what only tells where in the document one is."""

import pytest
from made_documents import FOOTER, HEAD, Rows, _typst_table, escaped, plain, typeset
from shown import levels, tables, texts

from plan_monitor.reading.source import read

PROSE = "各县市要把规划实施纳入年度考核，每年安排专项资金不少于1.2亿元，到2025年建成县域医疗中心9个、乡镇卫生院103个，实现行政村卫生室全覆盖。"
COUNTIES = ["全州", "青禾市", "白水县", "石桥县", "云岭县", "大河自治县", "东山县"]
WIDE = Rows(
    [
        [("指标", 2, 1), ("2022年", 1, 2), ("2023年", 1, 2)],
        plain("绝对值", "增速", "绝对值", "增速"),
        *[
            plain(name, f"{100 + at}.{at}", f"{at}.3", f"{200 + at}.{at}", "—")
            for at, name in enumerate(COUNTIES)
        ],
    ],
    2,
)
SHOWN = [
    ["指标", "2022年", "", "2023年", ""],
    ["", "绝对值", "增速", "绝对值", "增速"],
    *[[name, f"{100 + at}.{at}", f"{at}.3", f"{200 + at}.{at}", "—"] for at, name in enumerate(COUNTIES)],
]


def pdf(folder, body, size=14, stroke="0.5pt", page=""):
    return read(typeset(folder / "made.pdf", HEAD.format(page=page, size=size, stroke=stroke) + body))


@pytest.mark.parametrize(
    "stroke",
    [
        "0.5pt",
        "none",
        "(x: none, y: 0.4pt)",
        "(x: 0.4pt, y: none)",
        "(x, y) => (top: if y <= 1 {0.8pt}, bottom: if y == 8 {0.8pt})",
    ],
)
def test_tables_with_all_some_and_no_lines(tmp_path, stroke):
    source = pdf(
        tmp_path,
        f"{escaped(PROSE)}\n\n单位：亿元\n\n{_typst_table(WIDE)}\n\n州级部门每半年通报一次进展。",
        stroke=stroke,
    )
    assert tables(source) == [SHOWN]
    assert texts(source) == [PROSE, "单位：亿元", "州级部门每半年通报一次进展。"]


@pytest.mark.parametrize("stroke", ["0.5pt", "(x: none, y: 0.4pt)"])
def test_a_cell_of_several_lines_is_one(tmp_path, stroke):
    table = _typst_table(WIDE).replace("columns: 5", "columns: (3em, 1fr, 1fr, 1fr, 1fr)")
    assert tables(pdf(tmp_path, table, stroke=stroke)) == [SHOWN]


def test_a_row_that_a_page_divides_is_one(tmp_path):
    long = "学前教育" + "提升" * 60 + "工程"
    cells = f"[1], [{long}], [甲地]," * 9
    source = pdf(tmp_path, f"#table(columns: (2em, 1fr, 4em), table.header([序号], [内容], [地点]), {cells})")
    assert tables(source) == [[["序号", "内容", "地点"], *[["1", long, "甲地"]] * 9]]


def test_a_table_in_one_of_two_columns(tmp_path):
    rows = Rows([plain("县市", "产值"), *[plain(name, f"{at}.5") for at, name in enumerate(COUNTIES)]])
    body = f"#columns(2)[{(escaped(PROSE) + chr(10) * 2) * 2}{_typst_table(rows)}\n\n{(escaped(PROSE) + chr(10) * 2) * 9}]"
    source = pdf(tmp_path, body, size=12)
    assert texts(source) == [PROSE] * 11
    assert tables(source) == [[["县市", "产值"], *[[name, f"{at}.5"] for at, name in enumerate(COUNTIES)]]]


@pytest.mark.parametrize("angle", ["90deg", "-90deg"])
def test_a_table_turned_on_its_page(tmp_path, angle):
    table = _typst_table(WIDE)
    source = pdf(tmp_path, f"{escaped(PROSE)}\n\n#rotate({angle}, reflow: true)[{table}]")
    assert tables(source) == [SHOWN]


def test_headers_footers_and_numbers_of_pages_are_left_out(tmp_path):
    source = pdf(tmp_path, (escaped(PROSE) + "\n\n") * 30, page=FOOTER)
    assert texts(source) == [PROSE] * 30


def test_a_single_page_keeps_its_first_line_and_loses_its_number(tmp_path):
    assert texts(pdf(tmp_path, escaped(PROSE), page=FOOTER)) == ["青禾州人民政府文件", PROSE]


def test_notes_at_the_end_of_a_page_stand_behind_the_paragraph(tmp_path):
    body = "\n\n".join(
        escaped(PROSE) + ("#footnote[该数为快报数，核定为23.5亿元。]" if at == 4 else "") for at in range(22)
    )
    read_as = texts(pdf(tmp_path, body))
    assert read_as[4] == PROSE + "¹"
    assert [text for text in read_as if text != PROSE] == [PROSE + "¹", "¹该数为快报数，核定为23.5亿元。"]
    assert len(read_as) == 23


def test_the_table_of_contents_is_left_out(tmp_path):
    source = pdf(
        tmp_path, f"#outline()\n\n= 第一章 总则\n\n{escaped(PROSE)}\n\n= 第二章 目标\n\n{escaped(PROSE)}"
    )
    assert levels(source) == [(2, "第一章总则"), (0, PROSE), (2, "第二章目标"), (0, PROSE)]


def test_a_box_of_one_column_is_text(tmp_path):
    items = [
        "1.学前教育工程。新建幼儿园126所，新增学位3.2万个，到2025年全州学前教育毛入园率达到95%以上。",
        "2.卫生工程。新建乡镇卫生院12所。",
    ]
    source = pdf(
        tmp_path, f"#table(columns: 1, [专栏1 重点工程], [{'#parbreak()'.join(map(escaped, items))}])"
    )
    assert tables(source) == []
    assert texts(source) == ["专栏1重点工程", *items]


def test_titles_of_two_lines_and_headings_beside_text(tmp_path):
    body = (
        "#align(center, text(22pt)[青禾州“十四五”教育事业高质量发展和人才队伍建设专项规划])\n\n一、目标\n\n"
        + escaped(PROSE)
    )
    assert texts(pdf(tmp_path, body)) == [
        "青禾州“十四五”教育事业高质量发展和人才队伍建设专项规划",
        "一、目标",
        PROSE,
    ]


def test_words_of_english(tmp_path):
    text = "Our plan is to reach 95 percent of all children by 2025 and to train 3,200 teachers in all counties of the region."
    assert texts(pdf(tmp_path, f"{text}\n\n{text}")) == [text, text]


def test_watermarks_are_left_out(tmp_path):
    mark = "background: rotate(40deg, text(60pt, fill: luma(80%))[内部资料 888])"
    assert texts(pdf(tmp_path, escaped(PROSE), page=mark)) == [PROSE]


def test_characters_that_stand_for_others(tmp_path):
    assert texts(pdf(tmp_path, "⽣产总值⼈均12元，完成了⼀半。"))[0] == "生产总值人均12元，完成了一半。"


def test_lines_across_end_rows_whose_cells_have_several_lines(tmp_path):
    rows = [
        ("入园率", "88", "2020年，比上年高"),
        ("医师数", "2.61", "县级以上"),
        ("床位", "–", "含民营机构，不含诊所"),
    ]
    cells = ", ".join(f"[{text}]" for row in [("指标", "数值", "说明"), *rows] for text in row)
    source = pdf(tmp_path, f"#table(columns: (3em, 4em, 5em), {cells})", stroke="(x: none, y: 0.4pt)")
    assert tables(source) == [[["指标", "数值", "说明"], *map(list, rows)]]


def test_two_tables_with_a_line_between_them_are_two(tmp_path):
    first = "#table(columns: 3, [指标], [2020年], [2025年], [入园率], [88], [95], [巩固率], [94], [96])"
    second = "#table(columns: 3, [县市], [人口], [面积], [白水县], [23.5], [120], [石桥县], [18.2], [96])"
    source = pdf(tmp_path, f"{first}\n\n各县市的情况\n\n{second}", stroke="(x: none, y: 0.4pt)")
    assert [len(table) for table in tables(source)] == [3, 3]
    assert texts(source) == ["各县市的情况"]


def test_raised_figures_are_no_part_of_a_number(tmp_path):
    body = "参保率达到95%#super(typographic: false)[1]，面积12m#super(typographic: false)[2]，共207条。"
    assert texts(pdf(tmp_path, body)) == ["参保率达到95%¹，面积12m²，共207条。"]


def test_a_table_that_goes_on_below_a_line_that_says_so(tmp_path):
    def table(names):
        return f"#table(columns: 2, [县市], [人口], {', '.join(f'[{name}], [2{at}.5]' for at, name in enumerate(names))})"

    source = pdf(
        tmp_path, f"表1 人口\n\n{table(COUNTIES)}\n#pagebreak()\n表1 人口（续）\n\n{table(COUNTIES)}"
    )
    (rows,) = tables(source)
    assert [row[0] for row in rows] == ["县市", *COUNTIES, *COUNTIES]
    assert texts(source) == ["表1人口"]


def test_a_minus_sign_or_hyphen_that_ends_a_line_is_kept(tmp_path):
    source = pdf(tmp_path, "某州规划执行年份为(2022- \\ 2025)，利润总额增长- \\ 2.5%。")
    assert "".join(texts(source)) == "某州规划执行年份为(2022-2025)，利润总额增长-2.5%。"


def test_a_line_between_groups_of_rows_ends_a_group_and_not_each_row(tmp_path):
    rows = [
        ("县市", "2022年", "2023年"),
        *[(name, f"{at}.5", f"{at}.75") for at, name in enumerate(COUNTIES)],
    ]
    cells = ", ".join(f"[{text}]" for row in rows for text in row)
    lines = "(x, y) => (top: if y in (0, 1, 4) {0.5pt}, bottom: if y == 7 {0.5pt})"
    source = pdf(tmp_path, f"#table(columns: (1fr, 1fr, 1fr), {cells})", stroke=lines)
    assert tables(source) == [[list(row) for row in rows]]
