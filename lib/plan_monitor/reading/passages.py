"""A document's text as passages and tables, each character with its place in the text."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from plan_monitor.reading import columns
from plan_monitor.reading.columns import Line
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
_LONGEST_GROUP = 16  # a heading of some rows of a table
_HEADING_LINES = 3  # a heading has no more
_FULL = 22  # a line of fewer characters was not broken by the width of its page
_SHORTEST = 30  # a line of fewer that ends with a bracket is a title
_INVISIBLE = "\u200b\ufeff"
END = re.compile(r"[。；;：:！!？?]\s*$")
STARTS = re.compile(  # what begins a paragraph, so that the line before does not go on
    rf"""\s{{0,9}}(?:
    第[{_NUMERALS}\d]+[编篇部章节条] | [{_NUMERALS}]+\s?[、.．] | [（(][{_NUMERALS}\d]+[）)]
    | \d{{1,2}}\s?[.．、)）]\s?(?!\d) | [①-⑳●■◆▪·•-] | 专栏 | 附件 | 表\s?\d | 单位[:：] | 注[:：]
    )""",
    re.VERBOSE,
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
        if kind != "text":
            rows = [_cells(line.text, line.start) for line in lines] if kind == "table" else lines
            parts.append(Table(rows, tuple(recent[-3:]), tuple(name for _, name in path)))
            recent = []
            continue
        words, places = folded(lines)
        if not words:
            continue
        level = level_of(words)
        above = headings_above(path, level)
        parts.append(Passage(words, places, level, tuple(name for _, name in above)))
        path = [*above, (level, words)] if level else path
        recent.append(words)
    return parts


def headings_above(path: list[tuple[int, str]], level: int) -> list[tuple[int, str]]:
    """The headings above a passage, of those before it: a heading stands below higher ones only."""
    return [heading for heading in path if not level or heading[0] < level]


def _groups(text: str) -> Iterator[tuple[str, list]]:
    """Lines of a "table" or a paragraph ("text"), or rows copied with one cell on each line ("column")."""
    lines = [Line(match.start(), match[0].rstrip("\r\n")) for match in re.finditer(r"[^\n]*\n|[^\n]+", text)]
    at = 0
    while at < len(lines):
        if column := columns.find(lines, at):
            rows, at = column
            yield "column", [[_cell(line.text, line.start) for line in row] for row in rows]
            continue
        group, kind = [lines[at]], "table" if _tabbed(lines[at].text) else "text"
        at += 1
        while at < len(lines) and _belongs(kind, group, lines, at):
            group.append(lines[at])
            at += 1
        yield kind, group


def _belongs(kind: str, group: list[Line], lines: list[Line], at: int) -> bool:
    if kind == "table":
        return _tabbed(lines[at].text) or _is_row_heading(lines, at)
    return continues(group, lines[at].text)


def _tabbed(line: str) -> bool:
    return "\t" in line.strip("\r\n ") and len([cell for cell in line.split("\t") if cell.strip()]) > 1


def _is_row_heading(lines: list[Line], at: int) -> bool:
    """Whether a line with one cell stands between rows of a table, as a heading of some of them."""
    text = lines[at].text.strip()
    followed = at + 1 < len(lines) and _tabbed(lines[at + 1].text)
    return followed and 0 < len(text) <= _LONGEST_GROUP and not re.search(r"[。；，]|[：:](?!$)", text)


def _cells(line: str, start: int) -> list[Cell]:
    """The cells of a line, TAB between them."""
    cells = []
    for text in line.split("\t"):
        cells.append(_cell(text, start))
        start += len(text) + 1
    return cells


def _cell(text: str, start: int) -> Cell:
    return Cell(text.strip(), start + len(text) - len(text.lstrip()))


def continues(group: list[Line], line: str) -> bool:
    """Whether a line continues the paragraph before it, which was broken where a page or column ended."""
    last = group[-1][1].rstrip()
    if not last or not line.strip() or _tabbed(line) or STARTS.match(line):
        return False
    if END.search(last) or (re.search(r"[）)》”]$", last) and len(last) < _SHORTEST):
        return False
    beginning = "".join(text for _, text in group[:_HEADING_LINES])
    if level_of(beginning.strip()):
        return False
    if re.search(r"[，,、（(—-]$", last):
        return True
    is_prose = len(group) > _HEADING_LINES or re.search(r"[，,、。；;：:]", beginning + line)
    return len(last) >= _FULL and bool(is_prose)


def folded(lines: list[Line]) -> tuple[str, list[int]]:
    """The text of lines without breaks and needless blanks, and the place of each of its characters."""
    places = [start + offset for start, text in lines for offset in range(len(text))]
    text = "".join(text for _, text in lines).translate(FOLD)
    characters: list[str] = []
    positions: list[int] = []
    at = 0
    while at < len(text):
        character, length = text[at], 1
        if character == "\\" and (sign := next((sign for sign in _LATEX if text.startswith(sign, at)), None)):
            character, length = _LATEX[sign], len(sign)
        elif character.isspace() or character in _INVISIBLE:
            around = [*characters[-1:], *text[at + 1 : at + 2]]
            between_words = len(around) == 2 and all(
                neighbour.isascii() and neighbour.isalnum() for neighbour in around
            )
            character = " " if between_words and character not in _INVISIBLE else ""
        if character:
            characters.append(character)
            positions.append(places[at])
        at += length
    return "".join(characters), positions


def level_of(text: str) -> int:
    """The level of a heading by its number; 0 where a text is none."""
    if len(text) > _LONGEST_HEADING or re.search(r"[。；;]|[，,、]$", text[:-1] + text[-1:].strip("。")):
        return 0
    level = next((level for level, pattern in enumerate(_LEVELS, 1) if pattern.match(text)), 0)
    if re.search(r"\d(?:%|[十百千]?[万亿个人元所])", text) or (level > 3 and re.search("[，,]", text)):
        return 0
    return level
