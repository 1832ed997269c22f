"""The paper version of a page: its text, tables, charts and notes, as HTML for pandoc.

Features of the screen are put into words or left out: code is dropped, a figure's link to its note becomes
the note's number in brackets, and headings without numbers are numbered like those of official documents.
"""

import base64
import re
from copy import deepcopy
from pathlib import Path

from lxml.html import HtmlElement, tostring
from lxml.html.builder import E

from reportkit.formats.annex import HEADING
from reportkit.formats.bars import png
from reportkit.formats.charts import Drawing, body_of
from reportkit.formats.columns import AREA_MM, SMALL, parts, widths
from reportkit.formats.first import section
from reportkit.formats.jinja import STATUS
from reportkit.formats.marks import SIZE, align, in_note, mark, marks, once
from reportkit.formats.page import Page, kept_together
from reportkit.formats.tables import grid
from reportkit.language import tr

BODY = 16  # points: 3号
_PIXEL_MM, _POINT_MM = 25.4 / 96, 25.4 / 72
_FILL, _QUIET = "data-typst:text:fill", 'rgb("#59616b")'
SHORT = 6  # headings; a report with no more of them has no table of contents
_TALLEST_MM = 200  # of a chart, with a line or two of text on the same page
_NUMERALS = "〇一二三四五六七八九"
_LEVELS = {"h1": 1, "h2": 1, "h3": 2, "h4": 3, "h5": 4, "h6": 5}  # the first h1, the title, is not among them
_OWN_NUMBER = re.compile(
    r"[一二三四五六七八九十]+、|[（(]([一二三四五六七八九十]+|\d{1,2})[）)]"
    r"|\d{1,2}(\.\d{1,2})*[.、．](?!\d)|\d{1,2}(\.\d{1,2})+\s(?=\w)"
)
_SYNTHETIC = ("含合成数据，不反映任何真实地区的情况", "Contains synthetic data, which describe no real place")


def paper(page: Page, folder: Path) -> str:
    """A page as HTML for pandoc, its headings from level 1 on; title, cover and notes are left to the caller.

    The body is consumed, so other formats have to be made before. The charts are written to the folder.
    """
    body = page.body
    if (first_page := section(body)) is not None:  # laid out for itself: ``brief``
        first_page.drop_tree()
    for figure in body.xpath(".//figure[@data-report-chart]"):
        _chart(figure, page.charts[int(figure.get("data-report-chart"))], folder)
    for fold in body.findall(".//details[@class='code']"):
        fold.drop_tree()
    for caption in body.findall(".//figure/figcaption"):
        _caption(caption)
    for picture in list(body.iter("img")):
        _picture(picture, folder)
    for drawing in list(body.iter("svg")):
        if "way" in drawing.classes:
            _bar(drawing, folder)
        else:
            drawing.drop_tree()
    figures = [figure for figure in body.iter("figure") if "table" in figure.classes]
    for figure in figures:
        rows = figure.findall("div/table/tbody/tr")
        sources = any("sources" in part.classes for part in figure.iterancestors("div"))
        if sources and rows and all(in_note(row, page.notes) for row in rows):
            _replace(figure, "p", tr("见“数字出处”各条。", "See the source notes."))
        once(figure)
    mark(body)
    for figure in figures:
        if figure.tag == "figure":
            _table(figure)
    _number_headings(body)
    if page.notes:
        body.append(E.h1(tr(*HEADING)))
    for part in list(body.iter("div")):
        if not any(name.startswith("data-") for name in part.attrib):
            part.drop_tag()  # else pandoc makes a block of each, which takes time to write and to lay out
    body.tag = "body"
    return kept_together(tostring(body, encoding="unicode"))


def cover(page: Page) -> list[str]:
    """The lines below the title and the document: the question, where, up to when."""
    about = page.about
    edition = tr("数据版本 ", "data edition ") + about["edition"] if about["edition"] else ""
    age = " · ".join(filter(None, [about["region"], about["until"], edition]))
    lines = [about["question"], age, tr(*_SYNTHETIC) if about["synthetic"] else ""]
    return [line for line in lines if line]


def has_contents(page: Page) -> bool:
    """Whether a page, not yet consumed by ``paper``, has enough headings for a table of contents."""
    return len([*page.body.iter("h1", "h2", "h3")]) + bool(page.notes) > SHORT


def numeral(number: int) -> str:
    """A number from 1 to 99 in Chinese."""
    tens, ones = divmod(number, 10)
    head = (_NUMERALS[tens] if tens > 1 else "") + "十" if tens else ""
    return head + (_NUMERALS[ones] if ones else "")


def _number_headings(body: HtmlElement) -> None:
    """Number headings 一、（一）1.（1）, in English 1.1.1.1, unless the notebook has numbered them, to which
    its text may refer."""
    headings = [(heading, heading.text_content().strip()) for heading in body.iter(*_LEVELS)]
    has_numbers = any(_OWN_NUMBER.match(text) for _, text in headings)
    counts, depth = [0] * len(set(_LEVELS.values())), 0
    for heading, text in headings:
        level = _LEVELS[heading.tag]
        counts[level - 1] += 1
        counts[level:] = [0] * (len(counts) - level)
        depth = min(level, depth + 1)  # no level is skipped, for screen readers and PDF/UA
        _replace(heading, f"h{depth}", text if has_numbers else _heading_number(counts[:level]) + text)


def _heading_number(counts: list[int]) -> str:
    count, level = counts[-1], len(counts)
    chinese = (f"{numeral(count)}、", f"（{numeral(count)}）", f"{count}. ", f"（{count}）", "")[level - 1]
    english = ".".join(str(count) for count in counts if count) + " "  # a level may have been left out
    return tr(chinese, english if level < 5 else "")  # the fifth level has none


def _chart(figure: HtmlElement, chart: Drawing, folder: Path) -> None:
    """A chart with its title above it, drawn for Typst and, under the same name, as pixels for Word."""
    vector, pixels, (width, height) = body_of(chart)
    name = f"drawn-{figure.get('data-report-chart')}"
    (folder / f"{name}.svg").write_bytes(vector)
    (folder / f"{name}.png").write_bytes(pixels)
    scale = min(1, AREA_MM[0] / (width * _POINT_MM), _TALLEST_MM / (height * _POINT_MM))
    sides = {"width": f"{width * _POINT_MM * scale:.1f}mm", "height": f"{height * _POINT_MM * scale:.1f}mm"}
    sources = figure.find_class("chart-sources")
    title_style = {
        "data-custom-style": "Chart Title",
        "data-typst:text:size": f"{SMALL}pt",
        "data-typst:text:font": "sans",
        "data-typst:text:weight": tr('"regular"', '"bold"'),
    }
    small_style = {"data-custom-style": "Chart", "data-typst:text:size": f"{SMALL - 1.5}pt", _FILL: _QUIET}
    number = "".join(part.text for part in figure.find("figcaption").find_class("count"))
    parts = [E.div(title_style, E.p(number + chart.data["title"]))]
    if chart.data["subtitle"]:
        parts.append(
            E.div(small_style | {"data-custom-style": "Chart Subtitle"}, E.p(chart.data["subtitle"]))
        )
    picture = E.img(src=f"{name}.png", alt=chart.text, **sides)
    parts.append(E.div({"data-custom-style": "Chart", "class": "picture"}, E.p(picture)))
    parts += [E.div(small_style, line) for line in sources]
    tail, anchor = figure.tail, {"id": figure.get("id")} if "id" in figure.attrib else {}
    figure.clear()
    figure.tag, figure.tail = "div", tail
    figure.attrib.update({"class": "drawn", "data-chart": name} | anchor)
    figure.extend(parts)


def _picture(picture: HtmlElement, folder: Path) -> None:
    """A chart as a file, at its printed size or as large as the page allows; external pictures as text."""
    if picture.get("src", "").startswith("drawn-"):
        return
    head, _, content = picture.get("src", "").partition(",")
    ending = re.match(r"data:image/(\w+)", head)
    if not ending:
        _replace(picture, "span", picture.get("alt", ""))
        return
    name = f"chart-{len(list(folder.iterdir()))}.{ending[1]}"
    (folder / name).write_bytes(base64.b64decode(content))
    picture.set("src", name)
    picture.attrib.pop("class", None)
    if "width" in picture.attrib:
        sides = [float(picture.attrib.pop(side)) * _PIXEL_MM for side in ("width", "height")]
        scale = min(1, AREA_MM[0] / sides[0], _TALLEST_MM / sides[1])
        for side, length in zip(("width", "height"), sides, strict=True):
            picture.set(side, f"{length * scale:.1f}mm")
    parent = picture.getparent()
    if parent.tag == "figure":
        parent.tag = "div"
        parent.attrib.clear()
        parent.attrib.update({"data-custom-style": "Chart", "class": "chart"})
        paragraph = E.p()
        picture.addprevious(paragraph)
        paragraph.append(picture)


def _caption(caption: HtmlElement) -> None:
    """Put the text below a chart, and the parts of a table's caption, on lines of their own."""
    chart = caption.getparent()
    if "chart" in chart.classes:
        caption.tag = "div"
        caption.attrib.clear()
        anchor = {"id": chart.get("id")} if "id" in chart.attrib else {}
        caption.attrib.update({"class": "chart-caption", "data-custom-style": "Chart", **anchor})
    for legend in caption.find_class("legend"):
        legend.addprevious(E.br())


def _bar(drawing: HtmlElement, folder: Path) -> None:
    """The small bar of a cell as a picture below its figure."""
    name = f"bar-{len(list(folder.iterdir()))}.png"
    (folder / name).write_bytes(png(drawing))
    sides = {side: f"{int(drawing.get(side)) * _PIXEL_MM:.1f}mm" for side in ("width", "height")}
    drawing.addprevious(E.br())
    drawing.addprevious(E.img(src=name, alt=drawing.get("aria-label"), **sides))
    drawing.drop_tree()


def _replace(element: HtmlElement, tag: str, text: str) -> None:
    """Replace the content of an element by a text."""
    element.clear(keep_tail=True)
    element.tag, element.text = tag, text


def _table(figure: HtmlElement) -> None:
    """Set a table to the width of the page, columns by their content; in parts if not all columns fit."""
    table = figure.find("div/table")
    table.attrib.clear()
    rows = grid(table)
    if not any(rows):  # without a cell there is nothing to set
        return _replace(figure, "p", figure.find("figcaption").text_content())
    numbers = [[cell is not None and "number" in cell.classes for cell in row] for row in rows]
    first = min(len(table.findall("thead/tr")), len(rows) - 1)
    for cell in table.iter("td", "th"):
        _cell(cell)
    for column, kinds in zip(zip(*rows, strict=True), zip(*numbers, strict=True), strict=True):
        align([cell for cell, is_number in zip(column, kinds, strict=True) if is_number])
    for number, row in enumerate(rows):
        # pandoc takes a column's alignment from the first row of the body; only other cells need their own
        if number == first or numbers[number] != numbers[first]:
            for cell, is_number in zip(row, numbers[number], strict=True):
                if cell is not None:
                    cell.set("style", f"text-align:{'right' if is_number else 'left'}")
    texts = [[_plain(cell) for cell in row] for row in rows]
    has_spans = any("colspan" in cell.attrib or "rowspan" in cell.attrib for cell in table.iter("td", "th"))
    first, *rest = [[*range(len(rows[0]))]] if has_spans else parts(texts)
    for columns in reversed(rest):
        part = deepcopy(figure)
        figure.addnext(part)
        part.attrib.pop("id", None)
        for row in part.iter("tr"):
            for element in row[0].xpath(".//*[@id]"):
                del element.attrib["id"]
        for caption in part.iterfind("figcaption"):
            caption.append(E.span(tr("（续）", " (continued)")))
        _part(part, columns, texts)
    _part(figure, first, texts)


def _part(figure: HtmlElement, columns: list[int], texts: list[list[str]]) -> None:
    """Keep some columns of a table, together as wide as the page; `texts` are those of all of its cells."""
    frame = figure.find("div")
    table, caption = frame.find("table"), figure.find("figcaption")
    if len(columns) < len(texts[0]):
        for row in table.iter("tr"):
            row[:] = [row[place] for place in columns]
    shares, size = widths([[row[place] for place in columns] for row in texts])
    table.insert(0, E.colgroup(*(E.col(style=f"width:{share:.1f}%") for share in shares)))
    if caption is not None:
        caption.tag = "caption"
        caption.attrib.clear()
        table.insert(0, caption)
    table.set("data-custom-style", table_style(size))
    figure.tag = "div"
    anchor = figure.get("id")
    figure.attrib.clear()
    figure.set("data-typst:text:size", f"{size}pt")
    if anchor:
        figure.set("id", anchor)
    frame.drop_tag()


def table_style(size: float) -> str:
    """Name of the style in which Word prints a table with letters of a size."""
    return f"Table{size:g}"


def _plain(cell: HtmlElement | None) -> str:
    """Text of a cell for measuring its column; a note's number, which is smaller, counts fewer characters."""
    if cell is None or "colspan" in cell.attrib:
        return ""
    mark_length, text = sum(len(label.text) for label in marks(cell)), cell.text_content()
    return text[: len(text) - round(mark_length * (1 - SIZE))]


def _cell(cell: HtmlElement) -> None:
    """Strip a cell of attributes for the screen; a status gets its sign and colour."""
    status = next((name.removeprefix("status-") for name in cell.classes if name.startswith("status-")), None)
    for name in set(cell.attrib) - {"colspan", "rowspan"}:
        del cell.attrib[name]
    if status in STATUS:
        sign, colour = STATUS[status]
        # the first for Word, the second for Typst
        attributes = {"data-custom-style": f"Status {status}", "data-typst:text:fill": f'rgb("{colour}")'}
        span = E.span(attributes, f"{sign} {cell.text or ''}", *cell)
        cell.text = None
        cell.append(span)
