"""What of a page goes on paper: the same text, tables, charts and notes, in the HTML that pandoc reads.

Word and PDF are made from it. Whatever only a screen can do is put into words or left out: code is dropped,
a figure's link to its note becomes the note's number, and headings without numbers get those of official
documents.
"""

import base64
import re
from pathlib import Path

from lxml.etree import XPath
from lxml.html import Element, HtmlElement, tostring

from reportkit.formats.notes import Note
from reportkit.formats.page import Page, grid, kept_together
from reportkit.words import wide

# GB/T 9704-2012: A4, 37 mm above and 28 mm left of an area of 156 × 225 mm; body 3号, tables down to 5号
AREA_MM = (156, 225)
BODY, SMALL = 16, 10.5  # points
SIZES = (SMALL, 9, 7.5)  # of letters in tables: the largest in which nothing is torn apart
_LATIN_MM = 0.3528 / 2  # width of a Latin character or digit, a point of size
_PADDING_MM = 3  # of a column, both sides
_PIXEL_MM = 25.4 / 96
_TALLEST_MM = 200  # of a chart, with a line or two of text on the same page
_NUMERALS = "〇一二三四五六七八九"
# statuses by colour and, for who prints in black, by sign, which our fonts have; as on the page
STATUS = {
    **dict.fromkeys(("achieved", "kept"), ("✓", "#14622f")),
    "on_track": ("●", "#1d5a8c"),
    "slow": ("◐", "#825700"),
    "lagging": ("○", "#a8440a"),
    **dict.fromkeys(("moving_away", "lost"), ("×", "#a3191f")),
}


_LEVELS = {"h1": 1, "h2": 1, "h3": 2, "h4": 3, "h5": 4, "h6": 5}  # the first h1, the title, is not among them
_OWN_NUMBER = re.compile(
    r"[一二三四五六七八九十]+、|[（(]([一二三四五六七八九十]+|\d{1,2})[）)]"
    r"|\d{1,2}(\.\d{1,2})*[.、．](?!\d)|\d{1,2}(\.\d{1,2})+\s(?=\w)"
)


def paper(page: Page, folder: Path) -> str:
    """A page as HTML for pandoc, its headings from level 1 on; title, cover and notes are left to the caller.

    Parameters
    ----------
    page : Page
        Its body is taken apart: whatever else is made of it comes first.
    folder : Path
        Where the charts are written to, as files that the HTML names.
    """
    zh = page.about["lang"] == "zh"
    body = page.body
    for gone in [*body.iterfind(".//details[@class='code']"), *body.iter("svg")]:
        gone.drop_tree()
    for picture in list(body.iter("img")):
        _picture(picture, folder)
    figures = [figure for figure in body.iter("figure") if "table" in figure.classes]
    for figure in figures:
        if any("sources" in part.classes for part in figure.iterancestors("div")):
            _spare(figure, page.notes, zh)
        _once(figure)
    for link in body.find_class("source"):
        _numbered(link)
    for figure in figures:
        if figure.tag == "figure":
            _table(figure)
    if page.notes:
        body.extend(_last_chapter(zh))
    _number_headings(body, zh)
    for part in list(body.iter("div")):
        if not any(name.startswith("data-") for name in part.attrib):
            part.drop_tag()  # pandoc and what reads its text are the faster for each that is not there
    body.tag = "body"
    return kept_together(tostring(body, encoding="unicode"))


def cover(page: Page) -> list[str]:
    """The lines below the title: the question, where, which document, up to when."""
    about, zh = page.about, page.about["lang"] == "zh"
    edition = ("数据版本 " if zh else "data edition ") + about["edition"] if about["edition"] else ""
    where = " · ".join(filter(None, [about["region"], about["document"]]))
    age = " · ".join(filter(None, [about["until"], edition]))
    warning = (
        "含合成数据，不反映任何真实地区的情况"
        if zh
        else "Contains synthetic data, which describe no real place"
    )
    lines = [about["question"], where, age, warning * page.about["synthetic"]]
    return [line for line in lines if line]


def numeral(number: int) -> str:
    """A number from 1 to 99 in Chinese.

    >>> [numeral(n) for n in (1, 10, 12, 20, 31)]
    ['一', '十', '十二', '二十', '三十一']
    """
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else f"{_NUMERALS[tens]}十"
    return head + (_NUMERALS[ones] if ones else "")


def _number_headings(body: HtmlElement, zh: bool) -> None:
    """Headings of levels 1 to 5, all but the last with numbers: 一、（一）1.（1）, in English 1.1.1.1.

    Those of a notebook that numbers its headings itself stay as they are: its text may name them.
    """
    headings = [(heading, heading.text_content().strip()) for heading in body.iter(*_LEVELS)]
    own = any(_OWN_NUMBER.match(said) for _, said in headings)
    counts = [0] * len(set(_LEVELS.values()))
    for heading, said in headings:
        level = _LEVELS[heading.tag]
        counts[level - 1] += 1
        counts[level:] = [0] * (len(counts) - level)
        heading.clear(keep_tail=True)
        heading.tag = f"h{level}"
        heading.text = said if own else _heading_number(counts[:level], zh) + said


def _heading_number(counts: list[int], zh: bool) -> str:
    if len(counts) == 5:
        return ""
    if not zh:
        return ".".join(str(count) for count in counts if count) + " "  # a level may have been left out
    count = counts[-1]
    return (f"{numeral(count)}、", f"（{numeral(count)}）", f"{count}. ", f"（{count}）")[len(counts) - 1]


def _picture(picture: HtmlElement, folder: Path) -> None:
    """A chart as a file, at its printed size, or smaller where the page is; what is not here, in words."""
    head, _, content = picture.get("src", "").partition(",")
    ending = re.match(r"data:image/(\w+)", head)
    if not ending:
        said = picture.get("alt", "")
        picture.clear(keep_tail=True)
        picture.tag, picture.text = "span", said
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
        paragraph = Element("p")
        picture.addprevious(paragraph)
        paragraph.append(picture)


def _spare(figure: HtmlElement, notes: list[Note], zh: bool) -> None:
    """Leave a table of a cell tagged "sources" to the notes, where they say all that it says anyway."""
    rows = figure.findall("div/table/tbody/tr")
    if rows and all(_said(row, notes) for row in rows):
        figure.clear(keep_tail=True)
        figure.tag = "p"
        figure.text = "见“数字出处”各条。" if zh else "See the source notes."


def _said(row: HtmlElement, notes: list[Note]) -> bool:
    """Whether every word of a row is in the note that it leads to."""
    links = row.find_class("source")
    if not links:
        return False
    note, text = notes[int(_number(links[0])) - 1].text, " ".join(cell.text_content() for cell in row)
    return all(word in note for word in text.split() if word not in ("–", f"[{_number(links[0])}]"))


def _once(figure: HtmlElement) -> None:
    """Where all of a table has one and the same note, its number behind the caption is enough."""
    links, caption = figure.find_class("source"), figure.find("figcaption")
    if caption is None or len({link.get("href") for link in links}) != 1:
        return
    cells = [cell for cell in figure.find_class("number") if cell.tag == "td"]
    shown = [cell for cell in cells if cell.text_content().strip() not in ("", "–")]
    if not all(part.find_class("source") for part in [*figure.iterfind("div/table/tbody/tr"), *shown]):
        return
    number = Element("a", {"class": "source", "href": links[0].get("href")})
    number.text = f"[{_number(links[0])}]"
    for link in links:
        _unlink(link)
    caption.append(number)


def _numbered(link: HtmlElement) -> None:
    """A figure, and behind it the number of its note, which leads there."""
    note, number = Element("a", {"href": link.get("href")}), Element("sup")
    number.text = _number(link)
    note.append(number)
    link.addnext(note)
    _unlink(link)


def _number(link: HtmlElement) -> str:
    """Number of the note that a link leads to."""
    return link.get("href").removeprefix("#n")


def _unlink(link: HtmlElement) -> None:
    """Leave the figure, without its link; nothing, where there is only the number of the note."""
    if link.text_content() == f"[{_number(link)}]":
        link.drop_tree()
    else:
        link.drop_tag()


def _table(figure: HtmlElement) -> None:
    """A table as wide as the page, each column by what it holds."""
    frame = figure.find("div")
    table, caption = frame.find("table"), figure.find("figcaption")
    table.attrib.clear()
    rows = grid(table)
    sides = [[_side(cell) for cell in row] for row in rows]
    first = min(len(table.findall("thead/tr")), len(rows) - 1)
    for cell in table.iter("td", "th"):
        _cell(cell)
    for number, row in enumerate(rows):
        # pandoc takes a column's side from the first row of the body and is the faster if others say nothing
        if number == first or sides[number] != sides[first]:
            for cell, side in zip(row, sides[number], strict=True):
                if cell is not None:
                    cell.set("style", f"text-align:{side}")
    shares, size = widths([[_plain(cell) for cell in row] for row in rows])
    columns = Element("colgroup")
    for share in shares:
        columns.append(Element("col", {"style": f"width:{share:.1f}%"}))
    table.insert(0, columns)
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


_texts = XPath(".//text()")


def _plain(cell: HtmlElement | None) -> str:
    """What a cell holds, for its column alone; of its note's number, which is small, half the digits."""
    if cell is None or "colspan" in cell.attrib:
        return ""
    texts = ((text, text.is_text and text.getparent().tag == "sup") for text in _texts(cell))
    return "".join(text[len(text) // 2 :] if small else text for text, small in texts)


def _side(cell: HtmlElement | None) -> str:
    return "right" if cell is not None and "number" in cell.classes else "left"


def _cell(cell: HtmlElement) -> None:
    """A cell without what is only for the screen; a status by sign and colour."""
    status = next((name.removeprefix("status-") for name in cell.classes if name.startswith("status-")), None)
    for name in set(cell.attrib) - {"colspan", "rowspan"}:
        del cell.attrib[name]
    if status in STATUS:
        sign, colour = STATUS[status]
        # the first for Word, the second for Typst: pandoc hands each to its own
        said = Element("span", {"data-custom-style": f"Status {status}"})
        said.set("data-typst:text:fill", f'rgb("{colour}")')
        said.text, cell.text = f"{sign} {cell.text or ''}", None
        said.extend(list(cell))
        cell.append(said)


def widths(rows: list[list[str]]) -> tuple[list[float], float]:
    """How wide columns are, in percent, and the size of their letters: the largest that tears nothing apart.

    Parameters
    ----------
    rows : list of list of str
        Cells, the headings first.
    """
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


# no line is broken between % and a bracket: a share and its month stay together
_PIECE = re.compile(
    r"[\d.,]+\s?%（[^）]*）|[\u2e80-\u9fff\uff00-\uffef][，。、；：）》”]*|[^\s\u2e80-\u9fff\uff00-\uffef]+"
)
_SHORT, _SHORT_FIGURE = 12, 16  # wide: a name, and a figure with its sign and unit, that stay on one line


def _unbroken(text: str) -> int:
    """How wide the widest piece of a text is that no line break may tear."""
    if wide(text) <= (_SHORT_FIGURE if any(character.isdigit() for character in text) else _SHORT):
        return wide(text)
    return max((wide(piece) for piece in _PIECE.findall(text)), default=0)


def _last_chapter(zh: bool) -> list[HtmlElement]:
    """What stands above the source notes."""
    heading, told = Element("h2"), Element("p")
    heading.text = "数字出处" if zh else "Source notes"
    told.text = (
        "表中数字右上角的号码指向下列各条，注明出自哪份文件、哪一处、什么等级；由计算得出的，列出所用的数。"
        "全表出处相同的，号码在表题之后。"
        if zh
        else "The small number behind a figure is that of its note: document, place and grade; for a "
        "computed figure, the notes of those it was made of. Where all figures of a table have "
        "the same note, its number is behind the caption."
    )
    return [heading, told]
