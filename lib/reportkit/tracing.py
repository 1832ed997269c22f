"""The trace of a table: for each of its figures, which stored rows it was made of.

A table of a report carries it beside what it shows. Pages turn it into source notes, and ``plan-monitor
trace`` looks figures up in it.
"""

import re

TRACE = "application/vnd.plan-monitor.trace+json"
_FIGURE = re.compile(r"(P |ρ )?[<>≥≤≈=≠+\-]?\s?\d")
_SENTENCE = re.compile(r"[，。；]|[,;] ")  # a remark that begins with a number


def is_figure(cell: str) -> bool:
    """Whether a table's cell is a figure that must lead back to its source.

    >>> is_figure("≥ 95 %"), is_figure("+0.8"), is_figure("–"), is_figure("3 counties, which nobody names")
    (True, True, False, False)
    """
    return bool(_FIGURE.match(cell)) and not _SENTENCE.search(cell)


def pack(title: str, rows: list[dict[str, tuple[str, list[str]]]]) -> dict:
    """A trace as a table carries it; sets of stored rows that many figures share are written once.

    Parameters
    ----------
    title : str
        The table's.
    rows : list of dict
        For each row of the table, heading → the figure as printed and the ids of its stored rows.

    Examples
    --------
    >>> pack("Targets", [{"Target": ("95 %", ["t-1"])}, {"Target": ("98 %", ["t-1"])}])
    {'title': 'Targets', 'sets': [['t-1']], 'rows': [{'Target': ['95 %', 0]}, {'Target': ['98 %', 0]}]}
    """
    numbers: dict[tuple[str, ...], int] = {}
    packed = [
        {
            heading: [text, numbers.setdefault(tuple(ids), len(numbers))]
            for heading, (text, ids) in row.items()
        }
        for row in rows
    ]
    return {"title": title, "sets": [list(ids) for ids in numbers], "rows": packed}


def unpack(trace: dict) -> list[dict[str, tuple[str, list[str]]]]:
    """The rows that ``pack`` was given."""
    return [
        {heading: (text, trace["sets"][number]) for heading, (text, number) in row.items()}
        for row in trace["rows"]
    ]
