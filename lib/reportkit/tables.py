"""A report table: HTML for the page, Markdown for Word and PDF, and the stored rows behind each figure."""

import re
from collections.abc import Iterable

import jinja2
import pandas as pd
from IPython.display import display

from reportkit import tracing, words
from reportkit.language import current, tr

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
_MANY = 3  # rows from which on it is worth a word that all say the same
_NOTHING = ("", "–")
_SHORT = 16  # characters that should not be broken over two lines
# longer but for its year, it is a title that begins with one; ＊ is a figure that is hidden
_NUMERIC = re.compile(r"[<>≥≤≈+\-]?\s?\d.{0,23}( \(\d{4}\))?|[–＊]")


def table(
    frame: pd.DataFrame,
    *,
    caption: tuple[str, str],
    headings: dict[str, tuple[str, str]],
    classes: pd.DataFrame | None = None,
    trace: list[dict[str, list[str]]] | None = None,
    basis: Iterable[str] = (),
) -> None:
    """Show a table of finished text; where it has no rows, a sentence says so.

    What all rows of three or more say alike, and no figure, stands once behind the caption in place of a
    column.

    Parameters
    ----------
    frame : DataFrame
        What to print: text cells, one column for each key of ``headings`` (others are left out).
    caption : (str, str)
        Title above the table, in Chinese and English.
    headings : dict of str to (str, str)
        Column → its heading in Chinese and English, in the order of printing.
    classes : DataFrame, optional
        CSS classes of cells (``status-slow``, ``grade-c``, ``no-data``), same rows and columns.
    trace : list of dict, optional
        For each row, column → ids of the stored rows its figure comes from. Other figures of the row are
        computed from all of these and those of `basis`.
    basis : iterable of str
        Ids of stored rows that the figures of all rows are computed from, but for those that `trace` names.
        Where they are too many to name, such as the households of a county, the ids of their documents.
    """
    if frame.empty:
        return words.nothing(caption)
    which = 0 if current() == "zh" else 1
    traced = _traced(frame, headings, trace or [{}] * len(frame), list(dict.fromkeys(basis)))
    alike = _alike(frame[list(headings)].astype("str"), traced)
    titles = {column: pair[which] for column, pair in headings.items()}
    same = _said_once({titles[column]: text for column, text in alike.items()})
    shown = frame[[column for column in headings if column not in alike]].reset_index(drop=True).astype("str")
    marks = pd.DataFrame("", index=shown.index, columns=shown.columns)
    if classes is not None:
        marks = classes.reset_index(drop=True).reindex(columns=shown.columns).fillna("").astype("str")
    for column in shown.columns[1:]:
        if shown[column].str.fullmatch(_NUMERIC).all():
            marks[column] += " number"
        if shown[column].str.len().max() <= _SHORT:
            marks[column] += " short"
    shown, marks = shown.rename(columns=titles), marks.map(str.strip)
    html = _HTML.render(
        caption=caption[which],
        same=same,
        headings=shown.columns,
        rows=[
            list(zip(cells, names, strict=True))
            for cells, names in zip(shown.values, marks.values, strict=True)
        ],
    )
    escaped = shown.map(lambda cell: cell.replace("|", r"\|"))
    markdown = f"**{caption[which]}**{same}\n\n{escaped.to_markdown(index=False, disable_numparse=True)}"
    bundle = {"text/html": html, "text/markdown": markdown, "text/plain": markdown}
    named = [{titles[c]: figure for c, figure in row.items() if c not in alike} for row in traced]
    bundle[tracing.TRACE] = tracing.pack(caption[which], named)
    display(bundle, raw=True)


def _alike(texts: pd.DataFrame, traced: list[dict]) -> dict[str, str]:
    """Column → text, where all rows say the same; not the first column, nor one with a figure."""
    if len(texts) < _MANY:
        return {}
    figures = {column for row in traced for column, (text, _) in row.items() if text not in _NOTHING}
    alike = {column: texts[column].iloc[0] for column in texts.columns[1:] if texts[column].nunique() == 1}
    return {
        column: text
        for column, text in alike.items()
        if column not in figures and not tracing.is_figure(text)
    }


def _said_once(alike: dict[str, str]) -> str:
    """What stands behind the caption in place of columns, by their headings."""
    space = tr(" ", ": ")
    same = [f"{heading}{space}{text}" for heading, text in alike.items() if text not in _NOTHING]
    empty = [heading for heading, text in alike.items() if text in _NOTHING]
    if current() == "zh":
        said = [("各行相同：", "；".join(same)), ("各行均空：", "、".join(empty))]
        return f"（{'；'.join(head + rest for head, rest in said if rest)}）" if alike else ""
    said = [("same in all rows – ", "; ".join(same)), ("empty in all rows – ", ", ".join(empty))]
    return f" ({'; '.join(head + rest for head, rest in said if rest)})" if alike else ""


def _traced(
    frame: pd.DataFrame, headings: Iterable[str], trace: list[dict[str, list[str]]], basis: list[str]
) -> list[dict[str, tuple[str, list[str]]]]:
    """For each row, column → figure and the stored rows it comes from; the first column names the row."""
    columns, rows = list(headings), []
    for cells, known in zip(frame[columns].astype("str").to_dict("records"), trace, strict=True):
        everything = list(dict.fromkeys([*(row for ids in known.values() for row in ids), *basis]))
        figures = {column: everything for column in columns[1:] if tracing.is_figure(cells[column])}
        named = {column: ids for column, ids in known.items() if column in columns}
        rows.append({c: (cells[c], ids) for c, ids in {**figures, **named}.items() if ids})
    return rows
