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

from reportkit.formats.grid import grid
from reportkit.formats.notes import Note
from reportkit.formats.page import Page, kept_together
from reportkit.formats.statuses import STATUS
from reportkit.formats.widths import AREA_MM, widths
from reportkit.language import tr

_PIXEL_MM = 25.4 / 96
_TALLEST_MM = 200  # of a chart, with a line or two of text on the same page
_NUMERALS = "〇一二三四五六七八九"
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
    body = page.body
    for gone in [*body.iterfind(".//details[@class='code']"), *body.iter("svg")]:
        gone.drop_tree()
    for picture in list(body.iter("img")):
        _picture(picture, folder)
    figures = [figure for figure in body.iter("figure") if "table" in figure.classes]
    for figure in figures:
        if any("sources" in part.classes for part in figure.iterancestors("div")):
            _spare(figure, page.notes)
        _once(figure)
    for link in body.find_class("source"):
        _numbered(link)
    for figure in figures:
        if figure.tag == "figure":
            _table(figure)
    if page.notes:
        body.extend(_last_chapter())
    _number_headings(body)
    for part in list(body.iter("div")):
        if not any(name.startswith("data-") for name in part.attrib):
            part.drop_tag()  # pandoc and what reads its text are the faster for each that is not there
    body.tag = "body"
    return kept_together(tostring(body, encoding="unicode"))


def cover(page: Page) -> list[str]:
    """The lines below the title: the question, where, which document, up to when."""
    about = page.about
    edition = tr("数据版本 ", "data edition ") + about["edition"] if about["edition"] else ""
    where = " · ".join(filter(None, [about["region"], about["document"]]))
    age = " · ".join(filter(None, [about["until"], edition]))
    warning = tr(
        "含合成数据，不反映任何真实地区的情况", "Contains synthetic data, which describe no real place"
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


def _number_headings(body: HtmlElement) -> None:
    """Headings of levels 1 to 5, all but the last with numbers: 一、（一）1.（1）, in English 1.1.1.1.

    Those of a notebook that numbers its headings itself stay as they are: its text may name them.
    """
    headings = [(heading, heading.text_content().strip()) for heading in body.iter(*_LEVELS)]
    own = any(_OWN_NUMBER.match(text) for _, text in headings)
    counts = [0] * len(set(_LEVELS.values()))
    for heading, text in headings:
        level = _LEVELS[heading.tag]
        counts[level - 1] += 1
        counts[level:] = [0] * (len(counts) - level)
        heading.clear(keep_tail=True)
        heading.tag = f"h{level}"
        heading.text = text if own else _heading_number(counts[:level]) + text


def _heading_number(counts: list[int]) -> str:
    count, level = counts[-1], len(counts)
    chinese = (f"{numeral(count)}、", f"（{numeral(count)}）", f"{count}. ", f"（{count}）", "")[level - 1]
    english = ".".join(str(count) for count in counts if count) + " "  # a level may have been left out
    return tr(chinese, english if level < 5 else "")


def _picture(picture: HtmlElement, folder: Path) -> None:
    """A chart as a file, at its printed size, or smaller where the page is; what is not here, in words."""
    head, _, content = picture.get("src", "").partition(",")
    ending = re.match(r"data:image/(\w+)", head)
    if not ending:
        text = picture.get("alt", "")
        picture.clear(keep_tail=True)
        picture.tag, picture.text = "span", text
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


def _spare(figure: HtmlElement, notes: list[Note]) -> None:
    """Leave a table of a cell tagged "sources" to the notes, where they say all that it says anyway."""
    rows = figure.findall("div/table/tbody/tr")
    if rows and all(_in_note(row, notes) for row in rows):
        figure.clear(keep_tail=True)
        figure.tag = "p"
        figure.text = tr("见“数字出处”各条。", "See the source notes.")


def _in_note(row: HtmlElement, notes: list[Note]) -> bool:
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
        shown = Element("span", {"data-custom-style": f"Status {status}"})
        shown.set("data-typst:text:fill", f'rgb("{colour}")')
        shown.text, cell.text = f"{sign} {cell.text or ''}", None
        shown.extend(list(cell))
        cell.append(shown)


def _last_chapter() -> list[HtmlElement]:
    """What stands above the source notes."""
    heading, text = Element("h2"), Element("p")
    heading.text = tr("数字出处", "Source notes")
    text.text = tr(
        "表中数字右上角的号码指向下列各条，注明出自哪份文件、哪一处、什么等级；由计算得出的，列出所用的数。"
        "全表出处相同的，号码在表题之后。",
        "The small number behind a figure is that of its note: document, place and grade; for a computed "
        "figure, the notes of those it was made of. Where all figures of a table have the same note, its "
        "number is behind the caption.",
    )
    return [heading, text]
