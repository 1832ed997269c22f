"""A document's text as passages and tables, each character with its place in the text."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from plan_monitor.reading import columns
from plan_monitor.reading.numbers import FOLD


class Cell(NamedTuple):
    """A cell of a table: its text and the place of its first character."""

    text: str
    start: int


class Passage(NamedTuple):
    """A paragraph, or a heading of some level (1 is the highest; 0 is no heading).

    ``text`` has neither line breaks nor blanks between Chinese characters, and full-width digits folded;
    ``places`` has the place in the document of each of its characters.
    """

    text: str
    places: list[int]
    level: int
    path: tuple[str, ...]  # the headings above


class Table(NamedTuple):
    """Rows of cells, with the lines that stand above them."""

    rows: list[list[Cell]]
    above: tuple[str, ...]
    path: tuple[str, ...]


_NUMERALS = "一二三四五六七八九十百〇零"
# the usual order of headings in official documents (GB/T 9704)
_LEVELS = [
    re.compile(rf"第[{_NUMERALS}\d]+[编篇部]"),
    re.compile(rf"第[{_NUMERALS}\d]+章"),
    re.compile(rf"第[{_NUMERALS}\d]+节|[{_NUMERALS}]+\s*[、.．]|专栏\s*\d+"),
    re.compile(rf"[（(][{_NUMERALS}]+[）)]"),
    re.compile(r"\d{1,2}\s*[.．、]\s*(?!\d)"),
    re.compile(r"[（(]\d{1,2}[）)]|[①-⑳]"),
]
_LONGEST_HEADING = 40
_END = re.compile(r"[。；;：:！!？?]\s*$")
_STARTS = re.compile(
    rf"\s*(?:第[{_NUMERALS}\d]+[编篇部章节条]|[{_NUMERALS}]+\s*[、.．]|[（(][{_NUMERALS}\d]+[）)]|\d{{1,2}}\s*[.．、)）]\s*(?!\d)|[①-⑳●■◆▪·•-]\s*|专栏|附件|表\s*\d|单位[:：]|注[:：])"
)
_LATEX = {
    "\\geqslant": "≥",
    "\\geq": "≥",
    "\\ge": "≥",
    "\\leqslant": "≤",
    "\\leq": "≤",
    "\\le": "≤",
    "\\%": "%",
    "\\sim": "—",
}


def read(text: str) -> list[Passage | Table]:
    """The passages and tables of a text, in its order."""
    parts: list[Passage | Table] = []
    path: list[tuple[int, str]] = []
    recent: list[str] = []
    for kind, lines in _groups(text):
        names = tuple(name for _, name in path)
        if kind == "table":
            parts.append(Table([_cells(line, start) for start, line in lines], tuple(recent[-3:]), names))
            recent = []
            continue
        if kind == "column":
            parts.append(
                Table(
                    [
                        [Cell(line.strip(), start + len(line) - len(line.lstrip())) for start, line in row]
                        for row in lines
                    ],
                    tuple(recent[-3:]),
                    names,
                )
            )
            recent = []
            continue
        passage = _passage(lines)
        if not passage[0]:
            continue
        level = _level(passage[0])
        if level:
            path = [(above, name) for above, name in path if above < level] + [(level, passage[0])]
        parts.append(Passage(*passage, level, names))
        recent.append(passage[0])
    return parts


def _groups(text: str) -> Iterator[tuple[str, list]]:
    """Lines that belong together: a table's rows, or the lines of a paragraph."""
    lines = []
    for match in re.finditer(r"[^\n]*\n?", text):
        if match[0]:
            lines.append(columns.Line(match.start(), match[0].rstrip("\r\n")))
    at = 0
    while at < len(lines):
        start, line = lines[at]
        if column := columns.find(lines, at):
            rows, at = column
            yield "column", rows
            continue
        if _tabbed(line):
            rows = []
            while at < len(lines) and (_tabbed(lines[at][1]) or _within(lines, at)):
                rows.append(lines[at])
                at += 1
            yield "table", rows
            continue
        group = [(start, line)]
        at += 1
        while at < len(lines) and _continues(group, lines[at][1]):
            group.append(lines[at])
            at += 1
        yield "text", group


def _tabbed(line: str) -> bool:
    return "\t" in line.strip("\r\n ") and len([cell for cell in line.split("\t") if cell.strip()]) > 1


def _within(lines: list, at: int) -> bool:
    """Whether a line with one cell stands between rows of a table, as a heading of some of them."""
    line = lines[at][1]
    return bool(
        at + 1 < len(lines)
        and line.strip()
        and len(line.strip()) <= 16
        and not re.search(r"[。；：，]", line)
        and _tabbed(lines[at + 1][1])
    )


def _cells(line: str, start: int) -> list[Cell]:
    cells = []
    for match in re.finditer(r"[^\t]*", line):
        text = match[0]
        if match.start() and not text and line[match.start() - 1 : match.start()] != "\t":
            continue
        cells.append(Cell(text.strip(), start + match.start() + len(text) - len(text.lstrip())))
    return cells


def _continues(group: list, line: str) -> bool:
    """Whether a line goes on with the paragraph before it, which was broken where a page or column ended."""
    last = group[-1][1].rstrip()
    if not last or not line.strip() or _tabbed(line) or _STARTS.match(line):
        return False
    if _END.search(last) or (re.search(r"[）)》”]$", last) and len(last) < 30):
        return False
    whole = "".join(one for _, one in group).strip()
    if _level(whole):
        return False
    if re.search(r"[，,、（(—-]$", last):
        return True
    return len(last) >= 22 and bool(re.search(r"[，,、。；;：:]", whole + line))


def _passage(lines: list) -> tuple[str, list[int]]:
    characters, places = [], []
    for start, line in lines:
        for offset, character in enumerate(line):
            characters.append(character)
            places.append(start + offset)
    text = "".join(characters).translate(FOLD)
    kept, where = [], []
    at = 0
    while at < len(text):
        if text[at] == "\\" and (sign := next((s for s in _LATEX if text.startswith(s, at)), None)):
            kept.append(_LATEX[sign])
            where.append(places[at])
            at += len(sign)
            continue
        character = text[at]
        if character.isspace() or character in "\u200b\ufeff":
            before, after = kept[-1] if kept else "", text[at + 1 : at + 2]
            if before.isascii() and before.isalnum() and after.isascii() and after.isalnum():
                kept.append(" ")
                where.append(places[at])
            at += 1
            continue
        kept.append(character)
        where.append(places[at])
        at += 1
    return "".join(kept), where


def _level(text: str) -> int:
    """The level of a heading by its number; 0 where a text is none."""
    if len(text) > _LONGEST_HEADING or re.search(r"[。；;]|[，,、]$", text[:-1] + text[-1:].strip("。")):
        return 0
    level = next((level for level, pattern in enumerate(_LEVELS, 1) if pattern.match(text)), 0)
    if re.search(r"\d(?:%|[万亿个人元所])", text) or (level > 3 and re.search("[，,]", text)):
        return 0
    return level
