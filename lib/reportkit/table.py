"""A table of a report: what it shows, and what its figures are and which stored rows they come from.

A cell's output holds it three times: as HTML for the page, as Markdown for text, and as data (``TABLE``), in
which each figure is a number with its format and its stored rows. Notes, Excel and ``trace`` read the data.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import jinja2
import pandas as pd
from IPython.display import display

from reportkit import words
from reportkit.figure import Figure
from reportkit.language import Text, chosen, tr

TABLE = "application/vnd.reportkit.table+json"
_HTML = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(
    """\
<table class="report-table">
<caption>{{ caption }}{% if same %}<span class="same">{{ same }}</span>{% endif %}</caption>
<thead><tr>{% for heading in headings %}<th scope="col">{{ heading }}</th>{% endfor %}</tr></thead>
<tbody>
{% for row in rows %}
<tr>{% for cell, name in row %}<td{% if name %} class="{{ name }}"{% endif %}>{{ cell }}</td>{% endfor %}</tr>
{% endfor %}
</tbody>
</table>
"""
)
_MANY = 3  # rows from which on it is worth a word that all are alike
_EMPTY = ("", words.NOTHING)
_HIDDEN = "＊"  # a figure that is not told
_SHORT = 16  # characters that should not be broken over two lines


class Column(NamedTuple):
    """A column of a table.

    Attributes
    ----------
    heading : Text
    cells : sequence of str
        A ``Figure`` stays a number; other text is text.
    ids : sequence of iterable of str, optional
        For each row, ids of the stored rows that its figure comes from.
    marks : sequence of str, optional
        For each row, what the cell is: ``status-slow``, ``grade-c``, ``no-data``, or nothing.
    figures : bool
        Whether text of this column is figures as well: ``3/7``, ``12–14``, a year.
    optional : bool
        Whether the column is left out where no row has anything in it.
    """

    heading: Text
    cells: Sequence[str]
    ids: Sequence[Iterable[str]] | None = None
    marks: Sequence[str] | None = None
    figures: bool = False
    optional: bool = False


class Cell(NamedTuple):
    """One cell as other programs read it: value and shape of a number, else None; ids of a figure's rows."""

    text: str
    value: float | None
    shape: str | None
    ids: list[str]


def table(caption: Text, columns: Iterable[Column], basis: Iterable[str] = ()) -> None:
    """Show a table; where it has no rows, a sentence says so.

    What all rows of three or more have alike, and no figure, stands once behind the caption in place of a
    column.

    Parameters
    ----------
    caption : Text
        Title above the table.
    columns : iterable of Column
        From left to right; the first names the rows. All are of one length.
    basis : iterable of str
        Ids of stored rows that all figures are computed from, but for those whose column names its own.
        Where they are too many to name, such as the households of a county, the ids of their documents.
    """
    columns = [
        column._replace(cells=[str(c) if not isinstance(c, Figure) else c for c in column.cells])
        for column in columns
    ]
    columns = [c for c in columns if not (c.optional and all(cell in _EMPTY for cell in c.cells))]
    if not columns[0].cells:
        return words.nothing(caption)
    ids = _ids(columns, list(dict.fromkeys(basis)))
    alike = [n for n, column in enumerate(columns) if n and _alike(column, ids[n])]
    same = _same([columns[n] for n in alike])
    kept = [n for n in range(len(columns)) if n not in alike]
    title, headings = chosen(caption), [chosen(columns[n].heading) for n in kept]
    marks = [_marks(columns[n], first=n == 0) for n in kept]
    cells = [columns[n].cells for n in kept]
    html = _HTML.render(
        caption=title,
        same=same,
        headings=headings,
        rows=[
            list(zip(*row, strict=True))
            for row in zip(zip(*cells, strict=True), zip(*marks, strict=True), strict=True)
        ],
    )
    frame = pd.DataFrame({n: [cell.replace("|", r"\|") for cell in column] for n, column in enumerate(cells)})
    markdown = (
        f"**{title}**{same}\n\n{frame.to_markdown(index=False, headers=headings, disable_numparse=True)}"
    )
    data = _packed(title, headings, cells, [ids[n] for n in kept])
    display({"text/html": html, "text/markdown": markdown, "text/plain": markdown, TABLE: data}, raw=True)


def unpack(data: dict[str, Any]) -> Iterator[list[Cell]]:
    """The rows of a table as a cell's output holds it (``TABLE``).

    Parameters
    ----------
    data : dict
        Keys title, headings, sets (of ids) and rows; a row's cell is a text, or a list of text, value, shape
        and the number of its set, each None where there is none.
    """
    for row in data["rows"]:
        yield [
            Cell(cell, None, None, [])
            if isinstance(cell, str)
            else Cell(*cell[:3], [] if cell[3] is None else data["sets"][cell[3]])
            for cell in row
        ]


def _is_figure(column: Column, cell: str) -> bool:
    return isinstance(cell, Figure) or (column.figures and cell not in (*_EMPTY, _HIDDEN))


def _ids(columns: list[Column], basis: list[str]) -> list[list[list[str]]]:
    """For each column, for each row, the stored rows that its figure comes from.

    A figure whose column names none comes from all that the row names, and from the basis.
    """
    own = [
        [list(ids) for ids in column.ids] if column.ids else [[]] * len(column.cells) for column in columns
    ]
    rows = [
        list(dict.fromkeys([row for ids in of_row for row in ids] + basis))
        for of_row in zip(*own, strict=True)
    ]
    return [
        [
            named or (everything if n and _is_figure(column, cell) else [])
            for cell, named, everything in zip(column.cells, own[n], rows, strict=True)
        ]
        for n, column in enumerate(columns)
    ]


def _alike(column: Column, ids: list[list[str]]) -> bool:
    """Whether all rows have the same text, and it is no figure."""
    cells = column.cells
    if len(cells) < _MANY or len(set(cells)) > 1:
        return False
    return cells[0] in _EMPTY or not (any(ids) or _is_figure(column, cells[0]))


def _same(columns: list[Column]) -> str:
    """What stands behind the caption in place of columns."""
    full = [
        tr("{} {}", "{}: {}").format(chosen(c.heading), c.cells[0])
        for c in columns
        if c.cells[0] not in _EMPTY
    ]
    empty = [chosen(column.heading) for column in columns if column.cells[0] in _EMPTY]
    parts = []
    if full:
        parts.append(tr("各行相同：", "same in all rows – ") + tr("；", "; ").join(full))
    if empty:
        parts.append(tr("各行均空：", "empty in all rows – ") + tr("、", ", ").join(empty))
    return words.aside(tr("；", "; ").join(parts)) if parts else ""


def _marks(column: Column, *, first: bool) -> list[str]:
    """CSS classes of a column's cells."""
    shared = ""
    if not first:
        if all(_is_figure(column, cell) or cell in (words.NOTHING, _HIDDEN) for cell in column.cells):
            shared += " number"
        if max(map(len, column.cells)) <= _SHORT:
            shared += " short"
    return [f"{mark}{shared}".strip() for mark in column.marks or [""] * len(column.cells)]


def _packed(title: str, headings: list[str], cells: list[Sequence[str]], ids: list[list[list[str]]]) -> dict:
    """The table as data; sets of stored rows that many figures share are written once."""
    sets: dict[tuple[str, ...], int] = {}

    def packed(cell: str, rows: list[str]) -> str | list:
        number = sets.setdefault(tuple(rows), len(sets)) if rows else None
        if isinstance(cell, Figure):
            return [cell, cell.value, cell.shape, number]
        return cell if number is None else [cell, None, None, number]

    rows = [
        [packed(cell, rows) for cell, rows in zip(row, of_row, strict=True)]
        for row, of_row in zip(zip(*cells, strict=True), zip(*ids, strict=True), strict=True)
    ]
    return {"title": title, "headings": headings, "sets": [list(rows) for rows in sets], "rows": rows}
