"""Characters as fragments of lines, and fragments as rows."""

import re
from collections.abc import Iterator

from plan_monitor.reading.source.pdf.geometry import Char, Fragment, fragment, overlap

_WIDE = 0.75  # of the size: a gap that divides fragments
_BRIDGED = 2.2  # the same where blanks stand in it
_HALF = 0.45  # of the size, that a sign at the end or beginning of a clause leaves free there
_BACK = 0.5  # of the size, by which a character may stand before the end of the last
_CLOSE = "，。、；：）》”】"
_LEVEL = 0.3  # of the size, by which the middles of runs on one line differ at most
_BESIDE = 0.5  # share of its height that what is on a line has beside it
_ASCII_ENDS = re.compile(r"[A-Za-z0-9,.;:)\]%]$")
_ASCII_STARTS = re.compile(r"^[A-Za-z0-9(\[]")


def fragments(chars: list[Char]) -> list[Fragment]:
    """The fragments of a line from characters in the order of the file."""
    runs: list[list[Char]] = []
    blank = False
    for char in chars:
        if not char.text.strip():
            blank = True
            continue
        if runs and _follows(runs[-1][-1], char, blank):
            if blank:
                runs[-1].append(Char(" ", runs[-1][-1].x1, char.x0, char.top, char.bottom))
            runs[-1].append(char)
        else:
            runs.append([char])
        blank = False
    return [fragment(run) for run in _merge_runs(runs)]


def _follows(previous: Char, char: Char, blank: bool) -> bool:
    size = max(previous.bottom - previous.top, char.bottom - char.top)
    if char.x0 - previous.x1 <= -_BACK * size or overlap(previous, char) < _BESIDE:
        return False
    free_halves = (previous.text in _CLOSE and char.text not in _CLOSE) + (char.text in "（《“【")
    return char.x0 - previous.x1 + _HALF * size * free_halves < (_BRIDGED if blank else _WIDE) * size


def _merge_runs(runs: list[list[Char]]) -> list[list[Char]]:
    """Runs of characters that lie close together on a line, in whatever order the file has them."""
    lines: list[list[list[Char]]] = []
    for run in sorted(runs, key=_middle):
        if lines and _middle(run) - _middle(lines[-1][0]) <= _LEVEL * min(_size(run), _size(lines[-1][0])):
            lines[-1].append(run)
        else:
            lines.append([run])
    return [run for line in lines for run in _by_gaps(line)]


def _by_gaps(line: list[list[Char]]) -> Iterator[list[Char]]:
    """The runs of a line, separated by gaps between its characters."""
    run: list[Char] = []
    blank = False
    for char in sorted((char for run in line for char in run), key=lambda char: char.x0):
        if not char.text.strip():
            blank = True
            continue
        if run and not _follows(run[-1], char, blank):
            yield run
            run = []
        elif run and blank:
            run.append(Char(" ", run[-1].x1, char.x0, char.top, char.bottom))
        run.append(char)
        blank = False
    if run:
        yield run


def _middle(run: list[Char]) -> float:
    return (run[0].top + run[0].bottom) / 2


def _size(run: list[Char]) -> float:
    return run[0].bottom - run[0].top


def rows_of(parts: list[Fragment]) -> list[list[Fragment]]:
    """Rows of fragments that lie beside each other, from the top down, each from left to right."""
    rows: list[list[Fragment]] = []
    for part in sorted(parts, key=lambda part: part.middle):
        if rows and any(overlap(part, other) >= _BESIDE and _apart(part, other) for other in rows[-1]):
            rows[-1].append(part)
        else:
            rows.append([part])
    return [sorted(row, key=lambda part: part.x0) for row in rows]


def _apart(part: Fragment, other: Fragment) -> bool:
    return part.x0 >= other.x1 - part.size or part.x1 <= other.x0 + part.size


def join_lines(lines: list[str]) -> str:
    """Lines of a text as one line, with a blank between words but not between Chinese characters."""
    text = ""
    for line in lines:
        words = _ASCII_ENDS.search(text) and _ASCII_STARTS.match(line)
        text += f" {line}" if words and not _continues_number(text, line) else line
    return text


def _continues_number(text: str, line: str) -> bool:
    """Whether a number was broken by the end of a line."""
    return bool(re.search(r"\d[.,]?$", text) and re.match(r"[\d.,%]", line)) and bool(
        re.search(r"[一-鿿]", text)
    )
