"""Word documents as a reader sees them."""

import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from shown import levels, read_bytes, tables, texts

from plan_monitor.grid.sheet import Unreadable
from plan_monitor.reading.source import read

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OTHERS = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def word(folder, body, name="made.docx", **parts):
    """A document of a body and other parts (numbering, styles, footnotes), all as XML inside their root."""
    roots = {"numbering": "numbering", "styles": "styles", "footnotes": "footnotes"}
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("word/document.xml", f"<w:document {W} {OTHERS}><w:body>{body}</w:body></w:document>")
        relations = ""
        for part, content in parts.items():
            packed.writestr(f"word/{part}.xml", f"<w:{roots[part]} {W}>{content}</w:{roots[part]}>")
            relations += f'<Relationship Id="{part}" Type="{RELATED}/{part}" Target="{part}.xml"/>'
        relations += f'<Relationship Id="x" Type="{RELATED}/styles" Target="http://127.0.0.1:9/x" TargetMode="External"/>'
        packed.writestr("word/_rels/document.xml.rels", f"<Relationships>{relations}</Relationships>")
    return read(path)


def p(text, properties=""):
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def numbered(text, key, depth=0):
    return p(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{key}"/></w:numPr>')


def level(depth, form, text, start=1, more=""):
    return f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>{more}</w:lvl>'


CHINESE = (
    '<w:abstractNum w:abstractNumId="0">'
    + level(0, "chineseCountingThousand", "%1、")
    + level(1, "chineseCountingThousand", "（%2）")
    + level(2, "decimal", "%3.")
    + level(3, "decimal", "%1.%4", more="<w:isLgl/>")
    + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
)


def test_numbers_that_are_no_text_are_read_as_they_are_seen(tmp_path):
    body = (
        numbered("总体要求", 1)
        + numbered("指导思想", 1, 1)
        + numbered("基本原则", 1, 1)
        + numbered("新建幼儿园126所", 1, 2)
        + numbered("发展目标", 1)
        + numbered("主要指标", 1, 1)
        + numbered("分年任务", 1, 3)
        + numbered("另一张单", 2)
        + p("没有编号", '<w:numPr><w:numId w:val="0"/></w:numPr>')
    )
    source = word(tmp_path, body, numbering=CHINESE)
    assert texts(source) == [
        "一、总体要求",
        "（一）指导思想",
        "（二）基本原则",
        "1.新建幼儿园126所",
        "二、发展目标",
        "（一）主要指标",
        "2.1分年任务",
        "一、另一张单",
        "没有编号",
    ]
    assert levels(source)[0][0] == 3  # as where the number is typed
    assert source.text.startswith("一、总体要求\n")


def test_many_items_count_on(tmp_path):
    source = word(tmp_path, "".join(numbered("项", 1) for _ in range(21)), numbering=CHINESE)
    assert [text[:-2] for text in texts(source)][9:] == [
        "十",
        "十一",
        "十二",
        "十三",
        "十四",
        "十五",
        "十六",
        "十七",
        "十八",
        "十九",
        "二十",
        "二十一",
    ]


@pytest.mark.parametrize(
    ("form", "seen"),
    [
        ("decimalEnclosedCircle", "②"),
        ("upperRoman", "II"),
        ("lowerLetter", "b"),
        ("ideographDigital", "二"),
        ("bullet", ""),
    ],
)
def test_formats_of_numbers(tmp_path, form, seen):
    numbering = f'<w:abstractNum w:abstractNumId="0">{level(0, form, "%1")}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    assert texts(word(tmp_path, numbered("甲", 1) + numbered("乙", 1), numbering=numbering))[1] == f"{seen}乙"


def test_a_style_can_number(tmp_path):
    styles = '<w:style w:type="paragraph" w:styleId="a"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    source = word(tmp_path, p("总则", '<w:pStyle w:val="a"/>') * 2, numbering=CHINESE, styles=styles)
    assert levels(source) == [(1, "一、总则"), (1, "二、总则")]


@pytest.mark.parametrize("name", ["heading 2", "标题 2", "标题2", "Heading 2"])
def test_headings_by_the_name_of_their_style(tmp_path, name):
    styles = f'<w:style w:type="paragraph" w:styleId="2"><w:name w:val="{name}"/></w:style><w:style w:type="paragraph" w:styleId="b"><w:name w:val="我的"/><w:basedOn w:val="2"/></w:style>'
    source = word(
        tmp_path, p("发展目标", '<w:pStyle w:val="2"/>') + p("环境", '<w:pStyle w:val="b"/>'), styles=styles
    )
    assert levels(source) == [(2, "发展目标"), (2, "环境")]


def test_headings_by_outline_level_and_by_their_number(tmp_path):
    source = word(
        tmp_path,
        p("规划", '<w:outlineLvl w:val="0"/>')
        + p("总则", '<w:outlineLvl w:val="1"/>')
        + p("（一）原则", "")
        + p("正文在这里。", '<w:outlineLvl w:val="9"/>'),
    )
    assert levels(source) == [(0, "规划"), (2, "总则"), (4, "（一）原则"), (0, "正文在这里。")]
    assert source.parts[-1].path == ("总则", "（一）原则")


def test_a_long_paragraph_in_the_style_of_a_heading_is_text(tmp_path):
    text = "一、加快建设。" + "到2025年，建成幼儿园126所，" * 8
    assert levels(word(tmp_path, p(text, '<w:outlineLvl w:val="1"/>')))[0][0] == 0


def test_what_was_deleted_is_not_read_and_what_was_inserted_is(tmp_path):
    body = (
        "<w:p><w:r><w:t>新建</w:t></w:r><w:del><w:r><w:delText>12</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>15</w:t></w:r></w:ins><w:r><w:t>所</w:t></w:r></w:p>"
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>前半句，</w:t></w:r></w:p><w:p><w:r><w:t>后半句。</w:t></w:r></w:p>"
        "<w:p><w:moveFrom><w:r><w:t>旧处99</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>新处3</w:t></w:r></w:moveTo></w:p>"
    )
    assert texts(word(tmp_path, body)) == ["新建15所", "前半句，后半句。", "新处3"]


def test_a_deleted_row_is_not_read(tmp_path):
    row = "<w:tr>{}<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc></w:tr>"
    body = (
        "<w:tbl>"
        + row.format("", "甲", "1")
        + row.format("<w:trPr><w:del/></w:trPr>", "乙", "2")
        + row.format("", "丙", "3")
        + "</w:tbl>"
    )
    assert tables(word(tmp_path, body)) == [[["甲", "1"], ["丙", "3"]]]


def test_hidden_text_is_not_read(tmp_path):
    styles = (
        '<w:style w:type="character" w:styleId="h"><w:name w:val="h"/><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    body = (
        "<w:p><w:r><w:t>见</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>99</w:t></w:r>"
        '<w:r><w:rPr><w:rStyle w:val="h"/></w:rPr><w:t>88</w:t></w:r>'
        '<w:r><w:rPr><w:rStyle w:val="h"/><w:vanish w:val="0"/></w:rPr><w:t>7</w:t></w:r></w:p>'
    )
    assert texts(word(tmp_path, body, styles=styles)) == ["见7"]


def test_of_a_field_its_result_is_read(tmp_path):
    def sign(kind):
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    body = (
        f"<w:p>{sign('begin')}<w:r><w:instrText> REF 12 </w:instrText></w:r>{sign('separate')}<w:r><w:t>3.5</w:t></w:r>{sign('end')}<w:r><w:t>亿元</w:t></w:r></w:p>"
        '<w:p><w:fldSimple w:instr="DATE"><w:r><w:t>2021年</w:t></w:r></w:fldSimple></w:p>'
        f"<w:p>{sign('begin')}<w:r><w:instrText>TOC \\o</w:instrText></w:r>{sign('separate')}<w:r><w:t>第一章 总则</w:t><w:tab/><w:t>3</w:t></w:r></w:p>"
        f"<w:p><w:r><w:t>第二章 目标</w:t><w:tab/><w:t>12</w:t></w:r></w:p><w:p>{sign('end')}</w:p>"
        "<w:p><w:r><w:t>正文</w:t></w:r></w:p>"
    )
    assert texts(word(tmp_path, body)) == ["3.5亿元", "2021年", "正文"]


def test_boxes_and_notes_stand_behind_their_paragraph(tmp_path):
    inner = "<w:txbxContent><w:p><w:r><w:t>框内{}所</w:t></w:r></w:p></w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>正文</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires='wps'><wps:txbx>"
        + inner.format(5)
        + "</wps:txbx></mc:Choice><mc:Fallback><w:pict><v:textbox>"
        + inner.format(5)
        + "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t>之后</w:t></w:r></w:p><w:p><w:r><w:t>下段</w:t></w:r></w:p>'
    )
    footnotes = (
        f'<w:footnote w:id="0">{p("分隔")}</w:footnote><w:footnote w:id="2">{p("为快报数")}</w:footnote>'
    )
    assert texts(word(tmp_path, body, footnotes=footnotes)) == ["正文之后", "框内5所", "为快报数", "下段"]


def test_breaks_tabs_and_raised_figures(tmp_path):
    body = (
        "<w:p><w:r><w:t>各县市要把规划实施纳入年度考核，每年安排专项</w:t><w:br/><w:t>资金1.2亿元。</w:t><w:br/><w:t>州级通报。</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>签发人：</w:t><w:tab/><w:t>某某</w:t></w:r></w:p>"
        '<w:p><w:r><w:t>达95%</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>1</w:t></w:r><w:r><w:t>和5</w:t><w:noBreakHyphen/><w:t>6</w:t><w:sym w:font="Symbol" w:char="F0B3"/><w:t>3</w:t></w:r></w:p>'
    )
    source = word(tmp_path, body)
    assert texts(source) == [
        "各县市要把规划实施纳入年度考核，每年安排专项资金1.2亿元。",
        "州级通报。",
        "签发人：某某",
        "达95%¹和5-6≥3",
    ]
    assert "\t" not in source.text


def test_paragraphs_that_tabs_divide_are_a_table(tmp_path):
    row = "<w:p><w:r><w:t>{}</w:t><w:tab/><w:t>{}</w:t></w:r></w:p>"
    source = word(tmp_path, row.format("县市", "人口") + row.format("白水县", "23.5") + p("完"))
    assert tables(source) == [[["县市", "人口"], ["白水县", "23.5"]]]


def test_merged_headings_stand_once_and_labels_hold_for_their_rows(tmp_path):
    document = docx.Document()
    table = document.add_table(5, 4)
    texts_ = ["领域 指标 目标 .", ". . 2020年 2025年", "教育 入园率 88 95", ". 巩固率 94 96", "合计 9 9 ."]
    for row, line in zip(table.rows, texts_, strict=True):
        for cell, text in zip(row.cells, line.split(), strict=True):
            cell.text = text.replace(".", "") if text == "." else text
    cells = [row.cells for row in table.rows]
    for first, last in (
        ((0, 0), (1, 0)),
        ((0, 1), (1, 1)),
        ((0, 2), (0, 3)),
        ((2, 0), (3, 0)),
        ((4, 2), (4, 3)),
    ):
        merged = cells[first[0]][first[1]].merge(cells[last[0]][last[1]])
        merged.text = merged.text.strip()
    path = tmp_path / "merged.docx"
    document.save(path)
    source = read(path)
    assert tables(source) == [
        [
            ["领域", "指标", "目标", ""],
            ["", "", "2020年", "2025年"],
            ["教育", "入园率", "88", "95"],
            ["教育", "巩固率", "94", "96"],
            ["合计", "9", "9", ""],
        ]
    ]
    rows = source.parts[0].rows
    assert rows[3][0] == rows[2][0]  # the label's one place in the text
    assert source.text.splitlines()[3] == "\t巩固率\t94\t96"


def test_a_figure_over_rows_is_read_once(tmp_path):
    def cell(text, merge=""):
        return f"<w:tc><w:tcPr>{merge}</w:tcPr>{p(text)}</w:tc>"

    first = '<w:vMerge w:val="restart"/>'
    body = (
        f"<w:tbl><w:tr>{cell('甲')}{cell('12')}{cell('30', first)}</w:tr>"
        f"<w:tr>{cell('乙')}{cell('18')}{cell('', '<w:vMerge/>')}</w:tr></w:tbl>"
    )
    assert tables(word(tmp_path, body)) == [[["甲", "12", "30"], ["乙", "18", ""]]]


def test_caption_unit_and_notes_in_a_table_stand_beside_it(tmp_path):
    def row(*cells):
        return (
            "<w:tr>"
            + "".join(
                f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr>{p(text)}</w:tc>' for text, span in cells
            )
            + "</w:tr>"
        )

    body = (
        "<w:tbl>"
        + row(("表1 主要指标", 2))
        + row(("单位：万人", 2))
        + row(("县市", 1), ("人口", 1))
        + row(("白水县", 1), ("23.5", 1))
        + row(("注：年末数。", 2))
        + "</w:tbl>"
    )
    source = word(tmp_path, body)
    assert source.parts[2].above == ("表1主要指标", "单位：万人")
    assert tables(source) == [[["县市", "人口"], ["白水县", "23.5"]]]
    assert texts(source)[-1] == "注：年末数。"


def test_a_box_of_one_column_is_text_and_inner_tables_stand_behind(tmp_path):
    inner = f"<w:tbl><w:tr><w:tc>{p('甲')}</w:tc><w:tc>{p('1')}</w:tc></w:tr></w:tbl>"
    box = f"<w:tbl><w:tr><w:tc>{p('专栏1 工程')}</w:tc></w:tr><w:tr><w:tc>{p('新建5所。')}{p('改建6所。')}</w:tc></w:tr></w:tbl>"
    outer = f"<w:tbl><w:tr><w:tc>{p('外')}{inner}</w:tc><w:tc>{p('2')}</w:tc></w:tr></w:tbl>"
    source = word(tmp_path, box + outer)
    assert texts(source) == ["专栏1工程", "新建5所。", "改建6所。"]
    assert tables(source) == [[["外", "2"]], [["甲", "1"]]]


def test_the_stricter_namespace_is_read_too(tmp_path):
    source = word(tmp_path, p("总则", '<w:outlineLvl w:val="2"/>'))
    path = tmp_path / "strict.docx"
    with zipfile.ZipFile(tmp_path / "made.docx") as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            content = old.read(name).replace(
                b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                b"http://purl.oclc.org/ooxml/wordprocessingml/main",
            )
            new.writestr(name, content)
    assert read(path).parts == source.parts


def test_entities_are_neither_read_nor_fetched(tmp_path):
    (tmp_path / "secret").write_text("秘密", encoding="utf-8")
    made = tmp_path / "made.docx"
    word(tmp_path, p("字"))
    path = tmp_path / "entity.docx"
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                kind = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{(tmp_path / "secret").as_uri()}">]>'.encode()
                content = kind + content.replace("字".encode(), b"&e;")
            new.writestr(name, content)
    with pytest.raises(Unreadable, match="damaged"):
        read(path)


def test_headings_of_python_docx(tmp_path):
    document = docx.Document()
    document.add_heading("规划", 0)
    document.add_heading("总则", 1)
    document.add_heading("目标", 1)
    document.element.body.insert(0, parse_xml(f"<w:p {W}/>"))
    path = tmp_path / "made.docx"
    document.save(path)
    assert levels(read_bytes(tmp_path, path.read_bytes())) == [(0, "规划"), (1, "总则"), (1, "目标")]


def row(*cells, before=0):
    """A row of cells, each its text and properties."""
    properties = f'<w:trPr><w:gridBefore w:val="{before}"/></w:trPr>' if before else ""
    made = "".join(f"<w:tc><w:tcPr>{more}</w:tcPr>{p(text)}</w:tc>" for text, more in cells)
    return f"<w:tr>{properties}{made}</w:tr>"


def test_a_row_may_begin_behind_free_columns(tmp_path):
    rows = row(("县市", ""), ("人口", ""), ("面积", "")) + row(("1", ""), ("2", ""), before=1)
    assert tables(word(tmp_path, f"<w:tbl>{rows}</w:tbl>")) == [[["县市", "人口", "面积"], ["", "1", "2"]]]


def test_cells_merged_sideways_as_old_programs_did(tmp_path):
    first, more = '<w:hMerge w:val="restart"/>', "<w:hMerge/>"
    heading = row(("县市", ""), ("人口", first), ("藏", more), ("面积", ""))
    rows = (
        heading
        + row(("甲", ""), ("1", ""), ("2", ""), ("3", ""))
        + row(("乙", first), ("丙", first), ("4", ""), ("5", ""))
    )
    assert tables(word(tmp_path, f"<w:tbl>{rows}</w:tbl>")) == [
        [["县市", "人口", "", "面积"], ["甲", "1", "2", "3"], ["乙", "丙", "4", "5"]]
    ]


def test_rows_and_cells_in_controls_and_marks_of_changes_are_read(tmp_path):
    cell = f"<w:sdt><w:sdtContent><w:tc>{p('1')}</w:tc></w:sdtContent></w:sdt>"
    rows = row(("县市", ""), ("人口", "")) + f"<w:ins><w:tr><w:tc>{p('甲')}</w:tc>{cell}</w:tr></w:ins>"
    assert tables(word(tmp_path, f"<w:tbl>{rows}</w:tbl>")) == [[["县市", "人口"], ["甲", "1"]]]


def test_a_merged_cell_ends_where_the_columns_do_not_fit(tmp_path):
    """What continues nothing is a cell of its own."""
    first, more = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    wide = '<w:gridSpan w:val="2"/>'
    rows = (
        row(("县", more), ("1", ""), ("2", ""))
        + row(("甲", first), ("3", ""), ("4", ""))
        + row(("乙", more), ("5", ""), ("6", ""))
    )
    rows += row(("丙", wide + more), ("7", ""))
    assert tables(word(tmp_path, f"<w:tbl>{rows}</w:tbl>")) == [
        [["县", "1", "2"], ["甲", "3", "4"], ["甲", "5", "6"], ["丙", "", "7"]]
    ]


def test_signs_reading_aids_and_formulas(tmp_path):
    def run(inside):
        return f"<w:r>{inside}</w:r>"

    symbols = "".join(
        run(f'<w:sym w:font="{font}" w:char="{char}"/>')
        for font, char in (("Symbol", "F0B3"), ("symbol", "f0a3"), ("Wingdings", "F0B3"), ("Symbol", "F020"))
    )
    aid = "<w:ruby><w:rt><w:r><w:t>chu</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>楚</w:t></w:r></w:rubyBase></w:ruby>"
    formula = '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>x</m:t></m:r><m:t>=5</m:t></m:oMath>'
    body = f"<w:p>{symbols}{run('<w:t>5</w:t>')}</w:p><w:p>{run(aid)}{run('<w:ruby/>')}{run('<w:t>雄</w:t>')}</w:p><w:p>{formula}</w:p>"
    assert texts(word(tmp_path, body)) == ["≥≤5", "楚雄", "x=5"]


def test_the_table_of_contents_is_not_read(tmp_path):
    style = '<w:style w:type="paragraph" w:styleId="{0}"><w:name w:val="{1}"/></w:style>'
    styles = style.format("t", "toc 1") + style.format("s", "Subtitle") + style.format("n", "Title")
    gallery = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="{}"/></w:docPartObj></w:sdtPr>'
    control = "<w:sdt>" + gallery + "<w:sdtContent>{}</w:sdtContent></w:sdt>"
    body = control.format("Table of Contents", p("第一章")) + control.format("Cover Pages", p("封面"))
    body += (
        p("第二章", '<w:pStyle w:val="t"/>')
        + p("规划", '<w:pStyle w:val="n"/>')
        + p("一、概述", '<w:pStyle w:val="s"/>')
    )
    body += (
        "<mc:AlternateContent><mc:Choice>"
        + p("正文甲")
        + "</mc:Choice><mc:Fallback>"
        + p("正文乙")
        + "</mc:Fallback></mc:AlternateContent>"
    )
    assert levels(word(tmp_path, body, styles=styles)) == [
        (0, "封面"),
        (0, "规划"),
        (0, "一、概述"),
        (0, "正文甲"),
    ]


def test_a_style_hides_its_paragraphs_unless_a_run_says_otherwise(tmp_path):
    styles = (
        '<w:style w:type="paragraph" w:styleId="h"><w:name w:val="h"/><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="b"><w:name w:val="b"/><w:basedOn w:val="h"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="s"><w:name w:val="s"/><w:basedOn w:val="h"/><w:rPr><w:vanish w:val="0"/></w:rPr></w:style>'
    )
    shown = '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>见</w:t></w:r>'
    body = "".join(
        p(name, f'<w:pStyle w:val="{name}"/>').replace("</w:p>", f"{shown}</w:p>") for name in "hbs"
    )
    assert texts(word(tmp_path, body, styles=styles)) == ["见", "见", "s见"]


LISTS = "<w:abstractNum w:abstractNumId='0'>{}</w:abstractNum>{}"
NUM = "<w:num w:numId='{}'><w:abstractNumId w:val='{}'/>{}</w:num>"


def counted(folder, places, patterns):
    """The texts of paragraphs called 甲 in lists, by list and level."""
    return texts(word(folder, "".join(numbered("甲", *place) for place in places), numbering=patterns))


def test_deeper_levels_start_again_unless_they_say_otherwise(tmp_path):
    levels_ = (
        level(0, "decimal", "%1.", start=3)
        + level(1, "decimal", "%1.%2.", more='<w:suff w:val="nothing"/>')
        + level(2, "decimal", "%3)", more='<w:lvlRestart w:val="1"/>')
        + level(3, "decimal", "%4)", more='<w:lvlRestart w:val="0"/>')
    )
    places = [(1, 0), (1, 1), (1, 2), (1, 2), (1, 3), (1, 1), (1, 2), (1, 3), (1, 0), (1, 1), (1, 2), (1, 3)]
    assert [
        one.removesuffix("甲").strip()
        for one in counted(tmp_path, places, LISTS.format(levels_, NUM.format(1, 0, "")))
    ] == [
        *("3.", "3.1.", "1)", "2)", "1)", "3.2.", "3)", "2)", "4.", "4.1.", "1)", "3)"),
    ]


def test_a_list_that_begins_at_a_deep_level_has_its_upper_levels_counted(tmp_path):
    levels_ = level(0, "decimal", "%1.", start=2) + level(1, "decimal", "%1.%2.%3.")
    made = counted(tmp_path, [(1, 1), (1, 0), (1, 1), (1, 7)], LISTS.format(levels_, NUM.format(1, 0, "")))
    assert made == ["2.1..甲", "3.甲", "3.1..甲", "甲"]


def test_lists_of_one_pattern_count_on_and_an_override_starts_anew(tmp_path):
    override = "<w:lvlOverride w:ilvl='0'>{}</w:lvlOverride>"
    start, whole = (
        override.format('<w:startOverride w:val="7"/>'),
        override.format(level(0, "decimal", "第%1条", start=5)),
    )
    nums = NUM.format(1, 0, "") + NUM.format(2, 0, "") + NUM.format(3, 0, start) + NUM.format(4, 0, whole)
    places = [(1, 0), (2, 0), (1, 0), (3, 0), (3, 0), (4, 0), (4, 0), (1, 0)]
    made = counted(tmp_path, places, LISTS.format(level(0, "decimal", "%1、"), nums))
    assert made == ["1、甲", "2、甲", "3、甲", "7、甲", "8、甲", "第5条甲", "第6条甲", "7、甲"]


def test_a_pattern_may_be_named_by_a_style(tmp_path):
    linked = "<w:abstractNum w:abstractNumId='1'><w:numStyleLink w:val='{}'/></w:abstractNum>"
    named = (
        "<w:abstractNum w:abstractNumId='0'><w:styleLink w:val='s'/>"
        + level(0, "decimal", "%1、")
        + "</w:abstractNum>"
    )
    assert counted(tmp_path, [(1, 0)], named + linked.format("s") + NUM.format(1, 1, "")) == ["1、甲"]
    assert counted(tmp_path, [(1, 0)], named + linked.format("t") + NUM.format(1, 1, "")) == ["甲"]


def test_words_of_a_level_without_a_number_stand_before_its_text(tmp_path):
    assert (
        counted(tmp_path, [(1, 0)] * 2, LISTS.format(level(0, "none", "附%1："), NUM.format(1, 0, "")))
        == ["附：甲"] * 2
    )


def test_an_outline_has_nine_levels_and_what_is_below_them_is_text(tmp_path):
    style = (
        '<w:style w:type="paragraph" w:styleId="s{0}"><w:name w:val="s{0}"/>'
        '<w:pPr><w:outlineLvl w:val="{0}"/></w:pPr></w:style>'
    )
    body = p("甲", '<w:pStyle w:val="s8"/>') + p("乙", '<w:pStyle w:val="s9"/>')
    body += p("丙", '<w:outlineLvl w:val="8"/>') + p("丁", '<w:outlineLvl w:val="9"/>')
    body += p("戊", '<w:pStyle w:val="s8"/><w:outlineLvl w:val="9"/>')
    source = word(tmp_path, body, styles=style.format(8) + style.format(9))
    assert levels(source) == [(9, "甲"), (0, "乙"), (9, "丙"), (0, "丁"), (0, "戊")]
