"""What is wrong with a data folder, said once, in the reader's language."""

import csv
import gc
import locale
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from reportkit.language import Text, chosen, tr, using

HEADINGS = (("文件", "file"), ("行", "row"), ("列", "column"), ("值", "value"), ("应为", "expected"))
LISTED = 50  # kinds of fault; who has more of them had better open a file of all
_FIRST = 3  # places of a fault that many rows share
_LONGEST = 60  # characters of a value
# what a sentence says of one row only: which other row has the same key, what its cell says
_ROW, _QUOTED, _NUMBER = re.compile(r"\brow \d+"), re.compile(r'"[^"]*"'), re.compile(r"\d+(?:\.\d+)?")
_FORMULA = re.compile(r"[=+@]|-(?![\d.])")


class Finding(NamedTuple):
    """One fault of a data folder: where it stands, what is there, and what was expected.

    ``row`` counts as a spreadsheet does (the header is row 1); row, column and value are None
    where the fault is of the whole file.
    ``title`` is what the descriptor calls the column in Chinese, where it knows the column.
    """

    file: str
    row: int | None
    column: str | None
    value: str | None
    expected: Text
    title: str | None = None

    def text(self) -> str:
        """The finding as one line.

        >>> expected = {"zh": "应为数字", "en": "expected a number"}
        >>> finding = Finding("targets.csv", 3, "value", "many", expected, "目标值")
        >>> finding.text()
        'targets.csv，第 3 行，value（目标值）列：“many” ——应为数字'
        >>> with using("en"):
        ...     finding.text()
        'targets.csv, row 3, column value: "many" – expected a number'
        """
        place = self.file
        if self.row is not None:
            place += tr(f"，第 {self.row} 行", f", row {self.row}")
        if self.column is not None:
            chinese = self.named() if self.title else f"{self.column} "
            place += tr(f"，{chinese}列", f", column {self.column}")
        shown = "" if self.value is None else tr(f"“{self.value}” ", f'"{self.value}" ')
        return place + tr("：", ": ") + shown + tr("——", "– ") + chosen(self.expected)

    def named(self) -> str:
        """The column as its reader knows it; empty where the fault is of no column."""
        column = self.column or ""
        return tr(f"{column}（{self.title}）", column) if self.title else column


def distinct(findings: Iterable[Finding]) -> list[Finding]:
    """Findings without those that say the same of the same place."""
    return [*{(*finding[:4], finding.expected["en"]): finding for finding in findings}.values()]


class Fault(NamedTuple):
    """The same fault in ``count`` cells of one column; ``first`` holds those that stand first."""

    first: list[Finding]
    count: int

    def cells(self) -> tuple[str, ...]:
        """What a table shows of it, below ``HEADINGS``: rows and values are the first ones.

        >>> expected = {"zh": "应为数字", "en": "expected a number"}
        >>> many = [Finding("targets.csv", row, "value", "many", expected) for row in range(2, 900)]
        >>> with using("en"):
        ...     alike(many)[0].cells()
        ('targets.csv', '2, 3, 4 … (898 rows)', 'value', 'many', 'expected a number')
        """
        first, comma = self.first[0], tr("、", ", ")
        rows = comma.join(str(finding.row) for finding in self.first if finding.row is not None)
        if self.count > len(self.first):
            rows += tr(f" 等 {self.count} 行", f" … ({self.count} rows)")
        values = dict.fromkeys(_short(one.value) for one in self.first if one.value is not None)
        return first.file, rows, first.named(), comma.join(values), chosen(first.expected)


def _short(value: str) -> str:
    return value if len(value) <= _LONGEST else f"{value[:_LONGEST]}…"


@contextmanager
def by_the_million() -> Iterator[None]:
    """Make findings without a search for garbage among them: there is none, and it takes half the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def alike(findings: Iterable[Finding]) -> list[Fault]:
    """Findings that say the same of a column's cells, put together, in order of the first."""
    faults: dict[tuple, list] = {}
    shared: dict[int, str] = {}  # by the id of a sentence, which many findings have
    kept = []
    general: dict[str, str] = {}  # by a sentence without the value that it quotes
    for finding in findings:
        file, _, column, value, expected, _ = finding
        sentence = shared.get(id(expected))
        if sentence is None:
            kept.append(expected)  # else another could come to have its id
            quoted = f'"{value}"'
            if quoted in expected["en"] and '"' not in value:
                left = expected["en"].replace(quoted, '""')
                sentence = general.get(left)
                if sentence is None:
                    sentence = general[left] = _general(left, value)
            else:
                sentence = _general(expected["en"], value)
            shared[id(expected)] = sentence
        key = (file, column, sentence)
        fault = faults.get(key)
        if fault is None:
            faults[key] = [1, finding]
            continue
        fault[0] += 1
        if fault[0] <= _FIRST:
            fault.append(finding)
    return [Fault(first, count) for count, *first in faults.values()]


def _general(sentence: str, value: str | None) -> str:
    """A sentence without what it says of one cell or row only."""
    if _QUOTED.search(sentence):  # how a cell may be read, then: in other numbers than it has
        return _NUMBER.sub("", _QUOTED.sub("", sentence))
    own = set(_NUMBER.findall(value or ""))
    return _NUMBER.sub(lambda match: "" if match[0] in own else match[0], _ROW.sub("", sentence))


def summary(findings: Iterable[Finding]) -> list[str]:
    """Findings as lines: the first of those that are alike, and of how many rows it holds.

    >>> expected = {"zh": "应为数字", "en": "expected a number"}
    >>> with using("en"):
    ...     summary([Finding("targets.csv", row, "value", "many", expected) for row in range(2, 900)])
    ['targets.csv, row 2, column value: "many" – expected a number (898 rows)']
    """
    faults = alike(findings)
    many, more = tr("（共 {} 行）", " ({} rows)"), tr("另有 {} 种问题", "{} more kinds of fault")
    lines = [
        fault.first[0].text() + (many.format(fault.count) if fault.count > 1 else "")
        for fault in faults[:LISTED]
    ]
    return lines + ([more.format(len(faults) - LISTED)] if len(faults) > LISTED else [])


def write(findings: Iterable[Finding], path: Path) -> None:
    """Write every finding to a CSV file that spreadsheets open, one a row.

    A value that a spreadsheet would run as a formula has an apostrophe before it.

    Raises
    ------
    OSError
        If the file cannot be written.
    """
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(map(chosen, HEADINGS))
        for finding in findings:
            place = finding.file, finding.row, finding.named()
            rows.writerow((*place, _harmless(finding.value), chosen(finding.expected)))


def _harmless(value: str | None) -> str | None:
    return f"'{value}" if value is not None and _FORMULA.match(value) else value


def reader_language() -> str:
    """ "zh" where the user's locale is Chinese, else "en"."""
    names = [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    chosen = next((name for name in names if name), locale.getlocale()[0] or "")
    return "zh" if chosen.lower().startswith(("zh", "chinese")) else "en"


class DataError(ValueError):
    """A data folder that cannot be used; ``findings`` lists every fault, the text the first of them."""

    def __init__(self, findings: list[Finding]):
        self.findings = findings
        with using(reader_language()):
            super().__init__("\n".join(summary(findings)))
