"""Marks on paper: the number of its note in brackets after each figure, separated from it.

A copied figure is followed by the brackets; a raised number would be copied as further digits.
"""

from lxml.html import HtmlElement
from lxml.html.builder import E

from reportkit.formats.notes import Note

SIZE = 0.75  # of a mark's letters, of those beside it
STYLE = "Source Mark"  # of Word
_LOOKS = {"data-custom-style": STYLE, "data-typst:text:size": f"{SIZE}em"}


def in_note(row: HtmlElement, notes: list[Note]) -> bool:
    """Whether every word of a row is in the note that it links to."""
    links = row.find_class("source")
    if not links:
        return False
    note, text = notes[int(_number(links[0])) - 1].text, " ".join(cell.text_content() for cell in row)
    return all(word in note for word in text.split() if word not in ("–", f"[{_number(links[0])}]"))


def once(figure: HtmlElement) -> None:
    """If all figures of a table have the same note, put its number behind the caption instead."""
    links, caption = figure.find_class("source"), figure.find("figcaption")
    if caption is None or len({link.get("href") for link in links}) != 1:
        return
    cells = [cell for cell in figure.find_class("number") if cell.tag == "td"]
    figures = [cell for cell in cells if cell.text_content().strip() not in ("", "–")]
    if not all(part.find_class("source") for part in [*figure.iterfind("div/table/tbody/tr"), *figures]):
        return
    number = E.a({"class": "source", "href": links[0].get("href")}, f"[{_number(links[0])}]")
    for link in links:
        _unlink(link)
    caption.append(number)


def mark(body: HtmlElement) -> None:
    """Put the number of its note after each figure; the first mark with a number can be linked back to."""
    numbers = set()
    for link in body.find_class("source"):
        number = _number(link)
        label = E.span(_LOOKS, f"[{number}]", **({} if number in numbers else {"id": f"m{number}"}))
        numbers.add(number)
        anchor = E.a(label, href=link.get("href"))
        link.tail, anchor.tail = "\u00a0", link.tail  # what follows the figure follows its mark
        link.addnext(anchor)
        _unlink(link)


def marks(cell: HtmlElement) -> list[HtmlElement]:
    """The marks of a cell."""
    return [span for span in cell.iter("span") if span.get("data-custom-style") == STYLE]


def align(figures: list[HtmlElement]) -> None:
    """Pad the marks of a column of figures to the widest, so that the figures are aligned."""
    column_marks = [label for cell in figures for label in marks(cell)]
    widest = max((len(label.text) for label in column_marks), default=0)
    for label in column_marks:
        label.text = label.text.rjust(widest, "\u2007")


def _number(link: HtmlElement) -> str:
    """Number of the note that a link refers to."""
    return link.get("href").removeprefix("#n")


def _unlink(link: HtmlElement) -> None:
    """Remove a link but keep its figure; remove it completely if it holds only the number of the note."""
    if link.text_content() == f"[{_number(link)}]":
        link.drop_tree()
    else:
        link.drop_tag()
