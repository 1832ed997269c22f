"""What is wrong with a data folder, reported once, in the reader's language."""

import csv
import gc
import locale
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple, Protocol, runtime_checkable

from reportkit.language import chosen, tr, using

HEADINGS = (("文件", "file"), ("行", "row"), ("列", "column"), ("值", "value"), ("应为", "expected"))
LISTED = 50  # kinds of fault in a summary; for more, a file with all findings is better
VALUE = "\0"  # in a text of what was expected, between quotation marks: stands for the text of the cell
_FIRST = 3  # places of a fault that many rows share
_LONGEST = 60  # characters of a value
# parts of a sentence about one row only: which other row has the same key, what its cell holds
_ROW, _QUOTED, _NUMBER = re.compile(r"\brow \d+"), re.compile(r'"[^"]*"'), re.compile(r"\d+(?:\.\d+)?")
_FORMULA = re.compile(r"[=+@]|-(?![\d.])")


class Finding(NamedTuple):
    """One fault of a data folder; row, column and value are None if it concerns the whole file."""

    file: str
    row: int | None  # as a spreadsheet counts: the header is row 1
    column: str | None
    value: str | None
    expected: Mapping[str, str]  # in each language
    title: str | None = None  # what the descriptor calls the column in Chinese, where it knows the column

    def text(self) -> str:
        """The finding as one line: ``targets.csv, row 3, column value: "many" – expected a number``."""
        place = self.file
        if self.row is not None:
            place += tr(f"，第 {self.row} 行", f", row {self.row}")
        if self.column is not None:
            chinese = self.column_name() if self.title else f"{self.column} "
            place += tr(f"，{chinese}列", f", column {self.column}")
        quoted = "" if self.value is None else tr(f"“{self.value}” ", f'"{self.value}" ')
        return place + tr("：", ": ") + quoted + tr("——", "– ") + chosen(self.expected)

    def column_name(self) -> str:
        """Name of the column for readers; empty if the fault concerns no column."""
        column = self.column or ""
        return tr(f"{column}（{self.title}）", column) if self.title else column


def distinct(findings: Iterable[Finding]) -> list[Finding]:
    """Findings without duplicates: those with the same place and the same text."""
    return [*{(*finding[:4], finding.expected["en"]): finding for finding in findings}.values()]


class Fault(NamedTuple):
    """The same fault in ``count`` cells of one column; ``first`` holds the first few findings."""

    first: list[Finding]
    count: int

    def cells(self) -> tuple[str, ...]:
        """Its row of a table with ``HEADINGS``; rows and values are those of the first cells."""
        first, comma = self.first[0], tr("、", ", ")
        rows = comma.join(str(finding.row) for finding in self.first if finding.row is not None)
        if self.count > len(self.first):
            rows += tr(f" 等 {self.count} 行", f" … ({self.count} rows)")
        values = dict.fromkeys(_short(finding.value) for finding in self.first if finding.value is not None)
        return first.file, rows, first.column_name(), comma.join(values), chosen(first.expected)


def _short(value: str) -> str:
    return value if len(value) <= _LONGEST else f"{value[:_LONGEST]}…"


@contextmanager
def by_the_million() -> Iterator[None]:
    """Switch garbage collection off while many findings are made: it finds nothing, in half of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


@runtime_checkable
class _ByColumn(Protocol):
    """Findings that are kept by column (``wrong_cells``)."""

    def groups(self) -> Iterator[tuple[Mapping[str, str], int, list[tuple[Any, Finding]]]]: ...


def alike(findings: Iterable[Finding]) -> list[Fault]:
    """Findings with the same text about cells of one column, grouped, in order of the first of each group."""
    # findings kept by column are grouped by text already
    groups = findings.groups() if isinstance(findings, _ByColumn) else _one_by_one(findings)
    faults: dict[tuple, list] = {}
    # by the id of a shared text; the text is kept here too, so that its id stays valid
    sentences: dict[int, tuple[Mapping[str, str], str]] = {}
    for expected, count, first in groups:
        file, _, column, value, *_ = first[0][1]
        if id(expected) not in sentences:
            sentence, quoted = expected["en"], f'"{value}"'
            if VALUE in sentence:
                sentence, value = sentence.replace(VALUE, ""), None
            elif value is not None and quoted in sentence and '"' not in value:
                # without it, many sentences are one
                sentence, value = sentence.replace(quoted, '""'), None
            sentences[id(expected)] = expected, _general(sentence, value)
        fault = faults.setdefault((file, column, sentences[id(expected)][1]), [0, []])
        fault[0] += count
        if len(fault[1]) < _FIRST or first[0][0] < fault[1][-1][0]:
            fault[1] = sorted([*fault[1], *first], key=itemgetter(0))[:_FIRST]
    return [Fault([finding for _, finding in first], count) for count, first in faults.values()]


def _one_by_one(
    findings: Iterable[Finding],
) -> Iterator[tuple[Mapping[str, str], int, list[tuple[int, Finding]]]]:
    for place, finding in enumerate(findings):
        yield finding.expected, 1, [(place, finding)]


@lru_cache
def _general(sentence: str, value: str | None) -> str:
    """A sentence without its parts that are about one cell or row only."""
    if _QUOTED.search(sentence):  # how a cell may be read, then: in other numbers than it has
        return _NUMBER.sub("", _QUOTED.sub("", sentence))
    numbers = set(_NUMBER.findall(value or ""))
    return _NUMBER.sub(lambda match: "" if match[0] in numbers else match[0], _ROW.sub("", sentence))


def summary(findings: Iterable[Finding]) -> list[str]:
    """Findings as lines: the first of each group that is alike, with the number of rows."""
    faults = alike(findings)
    count_text, rest = tr("（共 {} 行）", " ({} rows)"), len(faults) - LISTED
    listed = [(fault.first[0].text(), fault.count) for fault in faults[:LISTED]]
    lines = [text + (count_text.format(count) if count > 1 else "") for text, count in listed]
    return lines + ([tr(f"另有 {rest} 种问题", f"{rest} more kinds of fault")] if rest > 0 else [])


def write(findings: Iterable[Finding], path: Path) -> None:
    """Write every finding to a CSV file that spreadsheets open, one a row; OSError where that fails.

    A value that a spreadsheet would run as a formula has an apostrophe before it.
    """
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(map(chosen, HEADINGS))
        for finding in findings:
            value = finding.value
            if value is not None and _FORMULA.match(value):
                value = f"'{value}"
            rows.writerow((finding.file, finding.row, finding.column_name(), value, chosen(finding.expected)))


def reader_language() -> str:
    """ "zh" where the user's locale is Chinese, else "en"."""
    names = [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    locale_name = next((name for name in names if name), locale.getlocale()[0] or "")
    return "zh" if locale_name.lower().startswith(("zh", "chinese")) else "en"


class DataError(ValueError):
    """A data folder that cannot be used; ``findings`` has every fault, the message the first of them."""

    def __init__(self, findings: Sequence[Finding]):
        self.findings = findings
        with using(reader_language()):
            super().__init__("\n".join(summary(findings)))
