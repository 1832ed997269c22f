"""A table of a report: what it shows, its figures as numbers, and the stored rows that they come from.

A cell's output holds it three times: as HTML for the page, as Markdown for text, and as data (``TABLE``), in
which each figure is a number with its format and its stored rows. Notes, Excel and ``trace`` read the data.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, NamedTuple

import jinja2
from IPython.display import display
from tabulate import tabulate

from reportkit import words
from reportkit.cited import unique_ids
from reportkit.decimals import rounded
from reportkit.figure import Figure
from reportkit.language import Text, chosen, tr
from reportkit.way import Way, legend, svg

TABLE = "application/vnd.reportkit.table+json"
CHART = "application/vnd.reportkit.chart+json"  # what a chart shows, in the same form
_HTML = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(
    """\
<table class="report-table">
<caption>{{ caption }}{% if same %}<span class="same">{{ same }}</span>{% endif %}
{%- if legend %}<span class="legend">{{ legend }}</span>{% endif %}</caption>
<thead><tr>{% for heading in headings %}<th scope="col">{{ heading }}</th>{% endfor %}</tr></thead>
<tbody>
{% for row in rows %}
<tr{% if total and loop.last %} class="total"{% endif %}>
{%- for cell, name, way in row %}
<td{% if name %} class="{{ name }}"{% endif %}
{%- if cell.full %} title="{{ cell.full }}"{% endif %}>{{ cell }}{% if way %}{{ svg(way) }}{% endif %}</td>
{%- endfor %}
</tr>
{% endfor %}
</tbody>
</table>
"""
)
_MANY = 3  # rows from which on it is worth a word that all are alike
_EMPTY = ("", words.NOTHING)
_HIDDEN = "＊"  # a figure that is not disclosed
_LOST = 0.01  # share of a figure that rounding to its column may change: beside 12, a 0.4 is not 0
_SHARED = ("number", "short")  # classes of all cells of a column
_SHORT = 16  # characters that should not be broken over two lines


class Column(NamedTuple):
    """A column of a table; a cell that is a ``Figure`` stays a number, other text is text."""

    heading: Text
    cells: Sequence[str]
    ids: Sequence[Iterable[str]] = ()  # for each row, of the stored rows that its figure comes from; or none
    marks: Sequence[str] = ()  # what each cell is: status-slow, grade-c, no-data, or nothing
    figures: bool = False  # whether its text is figures as well: 3/7, 12–14, a year
    optional: bool = False  # whether it is left out where no row has anything in it
    mixed: bool = False  # whether the unit of a bare figure stands in its row, not in the heading
    ways: Sequence[Way | None] = ()  # for each row, a small bar below its cell: base, latest, target
    total: bool = False  # whether its bare figures add up: then a last row of the table has their sum


class Cell(NamedTuple):
    """One cell as other programs read it: value and shape of a number, else None; ids of a figure's rows."""

    text: str
    value: float | None
    shape: str | None
    ids: list[str]


def table(caption: Text, columns: Iterable[Column], basis: Iterable[str] = ()) -> None:
    """Show a table; if it has no rows, a sentence says so.

    The first column names the rows. A text, not a figure, that is the same in all of three or more rows is
    put once behind the caption in place of its column. `basis`: ids of the stored rows that the figures are
    computed from, except in columns with ids of their own; if they are too many to list, such as the
    households of a county, the ids of their documents.

    Bare figures, whose unit is in the heading, are there to be compared: all get the decimals of the one with
    fewest. All digits stay in the data, in Excel and in the cell's title. If one would change by more than a
    hundredth of itself, all stay as they are; so does a quoted figure, with its unit or time in the cell.
    """
    columns = [column._replace(cells=[_text(cell) for cell in column.cells]) for column in columns]
    columns = [column if column.mixed else column._replace(cells=_even(column.cells)) for column in columns]
    columns = [column for column in columns if not (column.optional and set(column.cells) <= set(_EMPTY))]
    if not columns[0].cells:
        return words.nothing(caption)
    names, *others = _with_ids(columns, list(dict.fromkeys(basis)))
    same = _same([column for column in others if _alike(column)])
    columns = [names, *(column for column in others if not _alike(column))]
    title, headings = chosen(caption), [chosen(column.heading) for column in columns]
    columns = [names._replace(marks=names.marks or [""] * len(names.cells)), *map(_marked, columns[1:])]
    if has_total := len(names.cells) > 1 and any(column.total for column in columns):
        columns = _totalled(columns)
    triples = (zip(c.cells, c.marks, c.ways or [None] * len(c.cells), strict=True) for c in columns)
    context = {"caption": title, "same": same, "headings": headings, "rows": zip(*triples, strict=True)}
    context["legend"] = legend(way for column in columns for way in column.ways)
    html = _HTML.render(**context, total=has_total, svg=svg)
    rows = zip(*([cell.replace("|", r"\|") for cell in column.cells] for column in columns), strict=True)
    grid = tabulate(rows, headings, tablefmt="pipe", disable_numparse=True)
    markdown = f"**{title}**{same}\n\n{grid}"
    mixed = [place for place, column in enumerate(columns) if column.mixed]
    data = {"title": title, "headings": headings, **packed(columns)} | ({"mixed": mixed} if mixed else {})
    display({"text/html": html, "text/markdown": markdown, "text/plain": markdown, TABLE: data}, raw=True)


def unpack(data: dict[str, Any]) -> Iterator[list[Cell]]:
    """The rows of a table as a cell's output holds it (``TABLE``): title, headings, sets (of ids) and rows,
    and mixed, the numbers of the columns with figures of several units, if any.

    A stored cell is a text, or a list of text, value, shape and the number of its set, each of which may be
    None.
    """
    for row in data["rows"]:
        parts = ((cell, None, None, None) if isinstance(cell, str) else cell for cell in row)
        yield [
            Cell(text, value, shape, [] if ids is None else data["sets"][ids])
            for text, value, shape, ids in parts
        ]


def _text(cell: Any) -> str:
    return cell if isinstance(cell, Figure) else str(cell)


def _even(cells: Sequence[str]) -> Sequence[str]:
    """Cells of a column, its bare figures with equally many decimals unless one would change too much."""
    bare = [cell for cell in cells if isinstance(cell, Figure) and cell.bare]
    fewest = min((cell.places for cell in bare), default=0)
    if any(abs(rounded(cell.value, fewest) - cell.value) > _LOST * abs(cell.value) for cell in bare):
        return cells
    return [cell.at(fewest) if isinstance(cell, Figure) and cell.bare else cell for cell in cells]


def _is_figure(column: Column, cell: str) -> bool:
    return isinstance(cell, Figure) or (column.figures and cell not in (*_EMPTY, _HIDDEN))


def _with_ids(columns: list[Column], basis: list[str]) -> list[Column]:
    """Columns with ids in every row: a figure without its own gets all ids of its row, and the basis."""
    own_ids = [[list(ids) for ids in c.ids] if c.ids else [[]] * len(c.cells) for c in columns]
    rows = [list(dict.fromkeys([*chain(*ids), *basis])) for ids in zip(*own_ids, strict=True)]
    result = [columns[0]._replace(ids=own_ids[0])]
    for column, ids in zip(columns[1:], own_ids[1:], strict=True):
        cells = zip(column.cells, ids, rows, strict=True)
        all_ids = [named_ids or (row if _is_figure(column, cell) else []) for cell, named_ids, row in cells]
        result.append(column._replace(ids=all_ids))
    return result


def _alike(column: Column) -> bool:
    """Whether all rows have the same text, and it is no figure."""
    cells = column.cells
    if len(cells) < _MANY or len(set(cells)) > 1:
        return False
    return cells[0] in _EMPTY or not (any(column.ids) or _is_figure(column, cells[0]))


def _same(columns: list[Column]) -> str:
    """The text behind the caption that replaces columns whose rows are all alike."""
    pairs = [(chosen(column.heading), column.cells[0]) for column in columns]
    full = [tr(f"{heading} {text}", f"{heading}: {text}") for heading, text in pairs if text not in _EMPTY]
    empty = [heading for heading, text in pairs if text in _EMPTY]
    parts = []
    if full:
        parts.append(tr("各行相同：", "same in all rows – ") + tr("；", "; ").join(full))
    if empty:
        parts.append(tr("各行均空：", "empty in all rows – ") + tr("、", ", ").join(empty))
    return words.aside(tr("；", "; ").join(parts)) if parts else ""


def _marked(column: Column) -> Column:
    """A column with all CSS classes of its cells."""
    figures = all(_is_figure(column, cell) or cell in (words.NOTHING, _HIDDEN) for cell in column.cells)
    shared = " number" * figures + " short" * (max(map(len, column.cells)) <= _SHORT)
    marks = column.marks or [""] * len(column.cells)
    return column._replace(marks=[f"{mark}{shared}".strip() for mark in marks])


def _totalled(columns: list[Column]) -> list[Column]:
    """Columns with one more row: the sum of figures that add up, – where one of them is missing."""
    result = []
    for place, column in enumerate(columns):
        text, ids = "" if place else tr("合计", "Total"), []
        if column.total:
            figures = [cell for cell in column.cells if isinstance(cell, Figure)]
            complete = len(figures) == len(column.cells)
            text = Figure.total(figures) if complete else words.NOTHING
            ids = [*dict.fromkeys(chain(*column.ids))] if complete else []
        classes = " ".join(name for name in column.marks[0].split() if name in _SHARED)
        row = {"cells": [*column.cells, text], "ids": [*column.ids, ids], "marks": [*column.marks, classes]}
        result.append(column._replace(**row, ways=[*column.ways, None] if column.ways else ()))
    return result


def packed(columns: list[Column]) -> dict[str, list]:
    """The rows as data (see ``unpack``); a set of ids that many figures share is written once."""
    sets: dict[tuple[str, ...], int] = {}

    def stored(cell: str, ids: list[str]) -> str | list:
        rows = tuple(unique_ids(ids))
        number = sets.setdefault(rows, len(sets)) if rows else None
        if isinstance(cell, Figure):
            return [cell, cell.value, cell.shape, number]
        return cell if number is None else [cell, None, None, number]

    pairs = zip(*(zip(column.cells, column.ids, strict=True) for column in columns), strict=True)
    rows = [[stored(cell, ids) for cell, ids in row] for row in pairs]
    return {"sets": [list(ids) for ids in sets], "rows": rows}
