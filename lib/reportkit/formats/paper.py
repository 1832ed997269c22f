"""What of a page goes on paper: its text, tables, charts and notes, in the HTML that pandoc reads.

Whatever only a screen can do is put into words or left out: code is dropped, a figure's link to its note
becomes the note's number in brackets behind it, and headings without numbers get those of official documents.
"""

import base64
import re
from pathlib import Path

from lxml.html import HtmlElement, tostring
from lxml.html.builder import E

from reportkit.formats.annex import HEADING
from reportkit.formats.charts import Drawing, body_of
from reportkit.formats.jinja import STATUS
from reportkit.formats.marks import SIZE, align, in_note, mark, marks, once
from reportkit.formats.page import Page, grid, kept_together
from reportkit.language import tr
from reportkit.words import wide

# GB/T 9704-2012: A4, 37 mm above and 28 mm left of an area of 156 × 225 mm; body 3号, tables down to 5号
AREA_MM = (156, 225)
BODY, SMALL = 16, 10.5  # points
SIZES = (SMALL, 9, 7.5)  # of letters in tables: the largest in which nothing is torn apart
_LATIN_MM = 0.3528 / 2  # width of a Latin character or digit, a point of size
_PADDING_MM = 3  # of a column, both sides
# no line is broken between % and a bracket: a share and its month stay together
_PIECE = re.compile(
    r"[\d.,]+\s?%（[^）]*）|[\u2e80-\u9fff\uff00-\uffef][，。、；：）》”]*|[^\s\u2e80-\u9fff\uff00-\uffef]+"
)
_SHORT, _SHORT_FIGURE = 12, 16  # wide: a name, and a figure with its sign and unit, that stay on one line
_PIXEL_MM, _POINT_MM = 25.4 / 96, 25.4 / 72
_FILL, _QUIET = "data-typst:text:fill", 'rgb("#59616b")'
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

    Its body is taken apart: whatever else is made of it comes first. The charts are written to the folder.
    """
    body = page.body
    for figure in body.xpath(".//figure[@data-report-chart]"):
        _chart(figure, page.charts[int(figure.get("data-report-chart"))], folder)
    for gone in [*body.iterfind(".//details[@class='code']"), *body.iter("svg")]:
        gone.drop_tree()
    for picture in list(body.iter("img")):
        _picture(picture, folder)
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
            part.drop_tag()  # pandoc would make a block of each, which takes time to write and to lay out
    body.tag = "body"
    return kept_together(tostring(body, encoding="unicode"))


def cover(page: Page) -> list[str]:
    """The lines below the title: the question, where, which document, up to when."""
    about = page.about
    edition = tr("数据版本 ", "data edition ") + about["edition"] if about["edition"] else ""
    where = " · ".join(filter(None, [about["region"], about["document"]]))
    age = " · ".join(filter(None, [about["until"], edition]))
    lines = [about["question"], where, age, tr(*_SYNTHETIC) if about["synthetic"] else ""]
    return [line for line in lines if line]


def numeral(number: int) -> str:
    """A number from 1 to 99 in Chinese."""
    tens, ones = divmod(number, 10)
    head = (_NUMERALS[tens] if tens > 1 else "") + "十" if tens else ""
    return head + (_NUMERALS[ones] if ones else "")


def _number_headings(body: HtmlElement) -> None:
    """Number headings 一、（一）1.（1）, in English 1.1.1.1, unless a notebook, whose text may name them,
    does so."""
    headings = [(heading, heading.text_content().strip()) for heading in body.iter(*_LEVELS)]
    own = any(_OWN_NUMBER.match(text) for _, text in headings)
    counts = [0] * len(set(_LEVELS.values()))
    for heading, text in headings:
        level = _LEVELS[heading.tag]
        counts[level - 1] += 1
        counts[level:] = [0] * (len(counts) - level)
        _replace(heading, f"h{level}", text if own else _heading_number(counts[:level]) + text)


def _heading_number(counts: list[int]) -> str:
    count, level = counts[-1], len(counts)
    chinese = (f"{numeral(count)}、", f"（{numeral(count)}）", f"{count}. ", f"（{count}）", "")[level - 1]
    english = ".".join(str(count) for count in counts if count) + " "  # a level may have been left out
    return tr(chinese, english if level < 5 else "")  # the fifth level has none


def _chart(figure: HtmlElement, drawn: Drawing, folder: Path) -> None:
    """A chart with its title above it, drawn for Typst and, under the same name, as pixels for Word."""
    vector, pixels, (width, height) = body_of(drawn)
    name = f"drawn-{figure.get('data-report-chart')}"
    (folder / f"{name}.svg").write_bytes(vector)
    (folder / f"{name}.png").write_bytes(pixels)
    scale = min(1, AREA_MM[0] / (width * _POINT_MM), _TALLEST_MM / (height * _POINT_MM))
    sides = {"width": f"{width * _POINT_MM * scale:.1f}mm", "height": f"{height * _POINT_MM * scale:.1f}mm"}
    sources = figure.find_class("chart-sources")
    looks = {
        "data-custom-style": "Chart Title",
        "data-typst:text:size": f"{SMALL}pt",
        "data-typst:text:font": "sans",
    }
    quiet = {"data-custom-style": "Chart", "data-typst:text:size": f"{SMALL - 1.5}pt", _FILL: _QUIET}
    parts = [E.div(looks, E.p(drawn.data["title"]))]
    if drawn.data["subtitle"]:
        parts.append(E.div(quiet | {"data-custom-style": "Chart Subtitle"}, E.p(drawn.data["subtitle"])))
    picture = E.img(src=f"{name}.png", alt=drawn.text, **sides)
    parts.append(E.div({"data-custom-style": "Chart", "class": "picture"}, E.p(picture)))
    parts += [E.div(quiet, line) for line in sources]
    tail = figure.tail
    figure.clear()
    figure.tag, figure.tail = "div", tail
    figure.attrib.update({"class": "chart", "data-chart": name})
    figure.extend(parts)


def _picture(picture: HtmlElement, folder: Path) -> None:
    """A chart as a file, at its printed size, or smaller where the page is; what is not here, in words."""
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
    around = picture.getparent()
    if around.tag == "figure":
        around.tag = "div"
        around.attrib.clear()
        around.attrib.update({"data-custom-style": "Chart", "class": "chart"})
        paragraph = E.p()
        picture.addprevious(paragraph)
        paragraph.append(picture)


def _replace(element: HtmlElement, tag: str, text: str) -> None:
    """A text in place of all that an element has."""
    element.clear(keep_tail=True)
    element.tag, element.text = tag, text


def _table(figure: HtmlElement) -> None:
    """A table as wide as the page, each column by what it holds."""
    frame = figure.find("div")
    table, caption = frame.find("table"), figure.find("figcaption")
    table.attrib.clear()
    rows = grid(table)
    numbers = [[cell is not None and "number" in cell.classes for cell in row] for row in rows]
    first = min(len(table.findall("thead/tr")), len(rows) - 1)
    for cell in table.iter("td", "th"):
        _cell(cell)
    for column, kinds in zip(zip(*rows, strict=True), zip(*numbers, strict=True), strict=True):
        align([cell for cell, is_number in zip(column, kinds, strict=True) if is_number])
    for number, row in enumerate(rows):
        # pandoc takes a column's side from the first row of its body; a cell that names its own is more text
        if number == first or numbers[number] != numbers[first]:
            for cell, is_number in zip(row, numbers[number], strict=True):
                if cell is not None:
                    cell.set("style", f"text-align:{'right' if is_number else 'left'}")
    shares, size = widths([[_plain(cell) for cell in row] for row in rows])
    table.insert(0, E.colgroup(*(E.col(style=f"width:{share:.1f}%") for share in shares)))
    if caption is not None:
        caption.tag = "caption"
        caption.attrib.clear()
        table.insert(0, caption)
    table.set("data-custom-style", table_style(size))
    figure.tag = "div"
    figure.attrib.clear()
    figure.set("data-typst:text:size", f"{size}pt")
    frame.drop_tag()


def table_style(size: float) -> str:
    """Name of the style in which Word prints a table with letters of a size."""
    return f"Table{size:g}"


def _plain(cell: HtmlElement | None) -> str:
    """What a cell holds, for its column alone; of its note's number, which is smaller, fewer characters."""
    if cell is None or "colspan" in cell.attrib:
        return ""
    small, text = sum(len(shown.text) for shown in marks(cell)), cell.text_content()
    return text[: len(text) - round(small * (1 - SIZE))]


def _cell(cell: HtmlElement) -> None:
    """A cell without what is only for the screen; a status by sign and colour."""
    status = next((name.removeprefix("status-") for name in cell.classes if name.startswith("status-")), None)
    for name in set(cell.attrib) - {"colspan", "rowspan"}:
        del cell.attrib[name]
    if status in STATUS:
        sign, colour = STATUS[status]
        # the first for Word, the second for Typst: pandoc hands each to its own
        looks = {"data-custom-style": f"Status {status}", "data-typst:text:fill": f'rgb("{colour}")'}
        shown = E.span(looks, f"{sign} {cell.text or ''}", *cell)
        cell.text = None
        cell.append(shown)


def widths(rows: list[list[str]]) -> tuple[list[float], float]:
    """How wide columns of cells are, in percent, and the size of the largest letters that tear nothing
    apart."""
    columns = list(zip(*rows, strict=True))
    needed = [max(map(_unbroken, column)) + 1 for column in columns]
    wished = [max(map(wide, column)) + 1 for column in columns]
    for size in SIZES:
        room = (AREA_MM[0] - _PADDING_MM * len(columns)) / (_LATIN_MM * size)
        if sum(needed) <= room:
            break
    spare = max(room - sum(needed), 0)
    more = [min(wish, room) - min(need, room) for wish, need in zip(wished, needed, strict=True)]
    scale = spare / sum(more) if sum(more) > 0 else 0
    # what is left over when all have what they wish for is everybody's
    letters = [need + extra * scale for need, extra in zip(needed, more, strict=True)]
    padding = _PADDING_MM / (_LATIN_MM * size)
    total = sum(letters) + padding * len(letters)
    return [100 * (width + padding) / total for width in letters], size


def _unbroken(text: str) -> int:
    """How wide the widest piece of a text is that no line break may tear."""
    short = _SHORT_FIGURE if any(character.isdigit() for character in text) else _SHORT
    if wide(text) <= short:
        return wide(text)
    return max((wide(piece) for piece in _PIECE.findall(text)), default=0)
