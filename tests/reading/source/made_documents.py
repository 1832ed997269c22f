"""Made-up documents in several formats, from one description."""

from pathlib import Path
from typing import NamedTuple

import docx
import mplfonts
import typst
from docx.enum.text import WD_ALIGN_PARAGRAPH

FONTS = Path(mplfonts.__file__).parent / "fonts"


class Title(NamedTuple):
    text: str


class Heading(NamedTuple):
    text: str
    level: int


class Text(NamedTuple):
    text: str


class Rows(NamedTuple):
    """A table: (text, rows spanned, columns spanned) of each cell; ``heading`` rows each page repeats."""

    rows: list[list[tuple[str, int, int]]]
    heading: int = 1


def plain(*texts: str) -> list[tuple[str, int, int]]:
    return [(text, 1, 1) for text in texts]


INDICATORS = [
    ("教育", "学前教育毛入园率", "%", "88.2", "95", "预期性"),
    ("教育", "九年义务教育巩固率", "%", "94.6", "96.5", "约束性"),
    ("教育", "高中阶段毛入学率", "%", "90.1", "93", "预期性"),
    ("卫生", "每千人口拥有执业（助理）医师数", "人", "2.61", "3.2", "预期性"),
    ("卫生", "人均预期寿命", "岁", "76.3", "78", "预期性"),
    ("农业", "粮食综合生产能力", "万吨", "118.4", "≥120", "约束性"),
    ("农业", "高标准农田面积", "万亩", "210.5", "286", "约束性"),
    ("农业", "农村居民人均可支配收入", "元", "13024", "〔8.5〕", "预期性"),
]


def _indicators() -> Rows:
    """Fields one below the other, each the label of all its rows; too many for a page."""
    rows = [
        [("领域", 2, 1), ("指标", 2, 1), ("单位", 2, 1), ("年份", 1, 2), ("属性", 2, 1)],
        plain("2020年", "2025年目标"),
    ]
    for part in "甲乙丙丁":
        last = ""
        for field, name, *cells in INDICATORS:
            count = sum(row[0] == field for row in INDICATORS)
            first = [] if field == last else [(f"{part}区{field}", count, 1)]
            rows.append([*first, *plain(name, *cells)])
            last = field
    return Rows(rows, 2)


PLAN = [
    Title("青禾州“十四五”社会发展规划"),
    Heading("一、发展基础", 1),
    Text(
        "“十三五”期间，全州新建幼儿园126所，改扩建义务教育学校84所，累计投入资金23.7亿元。截至2020年末，全州学前教育毛入园率达到88.2%，"
        "比2015年提高21.4个百分点，城乡居民基本医疗保险参保率稳定在97%以上。"
    ),
    Heading("（一）主要成绩", 2),
    Text(
        "全州地区生产总值由2015年的612.5亿元增加到2020年的1038.9亿元，年均增长8.1%；一般公共预算收入达到71.3亿元。"
    ),
    Heading("二、主要目标", 1),
    Text("到2025年，全州经济社会发展主要指标如下表所示，其中约束性指标必须完成，预期性指标力争实现。"),
    Text("表1  青禾州“十四五”主要指标"),
    _indicators(),
    Text("注：〔〕内为五年累计数。"),
    Heading("三、保障措施", 1),
    Text(
        "各县市要把规划实施纳入年度考核，每年安排专项资金不少于1.2亿元，到2025年建成县域医疗中心9个、乡镇卫生院103个，实现行政村卫生室全覆盖。"
    ),
    Text("州级部门每半年通报一次进展，2023年组织中期评估，2025年组织终期评估。"),
]

BULLETIN = [
    Title("青禾州2023年国民经济和社会发展统计公报"),
    Heading("一、综合", 1),
    Text(
        "初步核算，全年全州实现生产总值1412.6亿元，按不变价格计算，比上年增长5.7%。其中，第一产业增加值262.4亿元，增长4.3%；第二产业增加值518.9亿元，增长6.2%；第三产业增加值631.3亿元，增长5.9%。三次产业结构为18.6：36.7：44.7。"
    ),
    Text(
        "全年居民消费价格比上年上涨0.4%，工业生产者出厂价格下降2.3%。年末全州常住人口238.6万人，城镇化率为46.9%。"
    ),
    Heading("二、农业", 1),
    Text(
        "全年粮食种植面积386.2万亩，比上年增加1.5万亩；粮食总产量121.7万吨，增产0.8%。年末生猪存栏213.5万头，出栏318.2万头，分别增长2.1%和3.6%。新增高效节水灌溉面积6.4万亩。"
    ),
    Text("全年水产品产量4.25万吨，增长1.9%。"),
    Heading("三、教育和卫生", 1),
    Text(
        "年末全州有普通高中42所，在校学生5.83万人；初中98所，在校学生9.71万人；小学412所，在校学生17.26万人。学前教育毛入园率94.1%，比上年提高1.2个百分点。"
    ),
    Text("年末共有医疗卫生机构1876个，床位1.92万张，卫生技术人员2.14万人。"),
    *(
        part
        for number, name in enumerate(
            ["工业", "建筑业", "贸易", "投资", "财政", "金融", "交通", "邮电", "旅游", "人口"], 4
        )
        for part in (
            Heading(
                f"{'〇一二三四五六七八九十'[number] if number < 11 else '十' + '〇一二三四五六七八九'[number - 10]}、{name}",
                1,
            ),
            Text(
                f"全年{name}增加值{120 + 7 * number}.{number % 10}亿元，比上年增长{number}.{number % 7}%，其中规模以上企业{30 + number}户，"
                f"实现利润{number}.4{number % 10}亿元；从业人员{number + 2}.8万人，劳动生产率比上年提高{number % 5}.3个百分点。"
            ),
            Text(
                f"年末{name}领域共有重点项目{number * 3}个，完成投资{number * 5}.6亿元，比上年增长{number % 6}.1%。"
            ),
        )
    ),
]


def to_docx(path: Path, parts: list) -> Path:
    document = docx.Document()
    for part in parts:
        if isinstance(part, Title):
            paragraph = document.add_paragraph(part.text, style="Title")
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        elif isinstance(part, Heading):
            document.add_heading(part.text, part.level)
        elif isinstance(part, Text):
            document.add_paragraph(part.text)
        else:
            _word_table(document, part)
    document.save(path)
    return path


def _word_table(document, rows: Rows) -> None:
    places = placed(rows)
    width = max(column + across for _, column, _, _, across in places)
    table = document.add_table(len(rows.rows), width)
    table.style = "Table Grid"
    cells = [list(row.cells) for row in table.rows]
    for row, column, text, down, across in places:
        cell = cells[row][column]
        if (down, across) != (1, 1):
            cell = cell.merge(cells[row + down - 1][column + across - 1])
        cell.text = text


def placed(rows: Rows) -> list[tuple[int, int, str, int, int]]:
    """Row, column, text, rows and columns of each cell."""
    taken, cells = set(), []
    for number, row in enumerate(rows.rows):
        column = 0
        for text, down, across in row:
            while (number, column) in taken:
                column += 1
            cells.append((number, column, text, down, across))
            taken |= {(number + below, column + right) for below in range(down) for right in range(across)}
    return cells


def to_html(parts: list) -> str:
    body = []
    for part in parts:
        if isinstance(part, Title):
            body.append(f"<h1>{part.text}</h1>")
        elif isinstance(part, Heading):
            body.append(f"<h{part.level + 1}>{part.text}</h{part.level + 1}>")
        elif isinstance(part, Text):
            body.append(f"<p>　　{part.text}</p>")
        else:
            rows = "".join(
                "<tr>" + "".join(f'<td rowspan="{d}" colspan="{a}">{t}</td>' for t, d, a in row) + "</tr>"
                for row in part.rows
            )
            body.append(f"<table border='1'>{rows}</table>")
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>x</title></head><body>{''.join(body)}</body></html>"


HEAD = """
#set page(paper: "a4", margin: (x: 28mm, y: 34mm), {page})
#set text(font: ("Noto Serif CJK SC",), size: {size}pt, lang: "zh", region: "cn")
#set par(justify: true, first-line-indent: (amount: 2em, all: true), leading: 0.9em, spacing: 0.9em)
#set table(stroke: {stroke})
#show table: set text(size: 10pt)
#show table: set par(first-line-indent: 0em, justify: false, leading: 0.4em)
"""
FOOTER = "footer: context align(center)[— #counter(page).display() —], header: align(center, text(9pt)[青禾州人民政府文件])"


def to_pdf(
    path: Path, parts: list, columns: int = 1, size: int = 14, page: str = FOOTER, stroke: str = "0.5pt"
) -> Path:
    body = [HEAD.format(page=page, size=size, stroke=stroke)]
    for part in parts:
        if isinstance(part, Title):
            body.append(f"#align(center, text({size + 6}pt)[{escaped(part.text)}])")
            body += [f"#columns({columns})["] if columns > 1 else []
        elif isinstance(part, (Heading, Text)):
            body.append(escaped(part.text))
        else:
            body.append(_typst_table(part))
    body += ["]"] if columns > 1 else []
    return typeset(path, "\n\n".join(body))


def typeset(path: Path, source: str) -> Path:
    typst.compile(source.encode(), output=path, font_paths=[FONTS], ignore_system_fonts=True)
    return path


def escaped(text: str) -> str:
    return "".join(f"\\{char}" if char in "#*_`$<>@\\[]~/=-+" else char for char in text)


def _typst_table(rows: Rows) -> str:
    width = sum(across for _, _, across in rows.rows[0])
    cells = [
        [f"table.cell(rowspan: {d}, colspan: {a})[{escaped(t)}]" for t, d, a in row] for row in rows.rows
    ]
    head = ", ".join(cell for row in cells[: rows.heading] for cell in row)
    body = ", ".join(cell for row in cells[rows.heading :] for cell in row)
    return f"#table(columns: {width}, table.header({head}), {body})"
