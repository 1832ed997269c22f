"""What a browser shows of a desk: the text around the current figure, its row, and the progress."""

import re
from itertools import pairwise

from plan_monitor.reading.panel.desk import Desk, is_certain
from plan_monitor.reading.panel.fields import EDITABLE

_AROUND = 1200  # characters of the text before and behind a figure
_WIDER = 300  # and how far to go on for the beginning or end of a line
_DIGITS = re.compile(r"\d[\d,，]*(?:[.．]\d+)?|[一二三四五六七八九十百千万亿〇零两]+成?")
_BLANKS = re.compile("[ \u00a0]*")


class View:
    """What is shown of a desk.

    Parameters
    ----------
    desk : Desk
    text : str
        The document's text, to which the places of the rows refer.
    """

    def __init__(self, desk: Desk, text: str):
        self._desk, self._text = desk, text
        self._count = 0

    def now(self) -> dict:
        """The present view, as data that JSON holds; each has a new number."""
        desk = self._desk
        self._count += 1
        entries, visible = list(desk.entries.values()), desk.visible()
        decided = sum(entry.decision in ("yes", "no") for entry in entries)
        view = {
            "number": self._count,
            "progress": [
                *(decided, len(entries), len(desk.certain())),
                sum(entry.decision == "later" for entry in entries),
            ],
            "place": [visible.index(desk.at) + 1 if desk.at in visible else 0, len(visible)],
            "shown": desk.filter._asdict(),
            "undo": len(desk.done),
            "notice": desk.notice._asdict(),
            "at": desk.at,
            "saved": desk.ledger.path.exists(),
        }
        return view if desk.at is None else view | self._figure(desk.at)

    def _figure(self, at: int) -> dict:
        entry, fields = self._desk.entries[at], self._desk.fields
        row = entry.row
        doubtful_fields = row.look.split()
        start, stop = self._window(row.start)
        return {
            "decision": entry.decision,
            "document": row.document,
            "text": self._pieces(start, stop),
            "cut": [start > 0, stop < len(self._text)],
            "fields": {
                field: [fields.value(row, field), getattr(row, f"{field}_from", ""), field in doubtful_fields]
                for field in EDITABLE
            },
            "code": row.indicator,
            "drafted": row.indicator_zh,
            "before": entry.cell("before"),
            "nearest": [pair.partition(" ")[::2] for pair in row.nearest.split("；") if pair],
        }

    def _window(self, start: int) -> tuple[int, int]:
        """Where the text around a figure begins and ends: at ends of lines, unless these are far away."""
        first, last = max(0, start - _AROUND), min(len(self._text), start + _AROUND)
        line = self._text.rfind("\n", max(0, first - _WIDER), first)
        end = self._text.find("\n", last, last + _WIDER)
        return (first if line < 0 else line + 1), (last if end < 0 else end)

    def _pieces(self, first: int, last: int) -> list[list]:
        """The text in pieces: text alone, or text, place and state of a figure."""
        entries = self._desk.entries
        starts = [place for place in entries if first <= place < last]
        pieces: list[list] = [[self._text[first : starts[0]]]]
        for start, following in pairwise([*starts, last]):
            entry = entries[start]
            stop = min(self._stop(start, entry.row.unit), following)
            state = entry.decision or ("certain" if is_certain(entry) else "look")
            pieces += [[self._text[start:stop], start, state], [self._text[stop:following]]]
        return pieces

    def _stop(self, start: int, unit: str) -> int:
        """Where a figure ends, including its unit if that follows."""
        match = _DIGITS.match(self._text, start)
        stop = match.end() if match else start + 1
        behind = _BLANKS.match(self._text, stop).end()
        end = behind + len(unit)
        return end if unit and self._text[behind:end].replace("％", "%") == unit else stop
