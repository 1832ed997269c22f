"""The tables within a sheet: what stands above each, its heading, its rows, and the notes below."""

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from plan_monitor.grid.sheets import Sheet
from plan_monitor.intake.take import labels

_MISSING = {"", *"-–—－―/\\…", "——", "--", "……", "...", "..", "N/A", "NA", "无", "暂无"}
_YEAR = re.compile(r"(?:19|20)\d\d年?(?:[底末初度])?")
_FIGURE = re.compile(r"[≥≤<>=≈~约±]*[\[(〔【]?\s*[-+−]?\d[\d,. ]*.{0,8}")
_FORMS = "填报|编制|制表|填表|审核|联系|批准|有效期|表号|制定机关|备案|发布|报送|统计负责人|单位负责人"
_META = {
    "unit": re.compile(r"[（(\[【]?\s*(?:计量)?单位\s*[:：]\s*(.+?)\s*[）)\]】]?"),
    "note": re.compile(r"(?:(?:附?注|备注|说明|注释|Notes?)\s*\d*\s*[:：.].*|[①-⑳*＊†].+|\[注?\d\].+)", re.S),
    "source": re.compile(r"(?:(?:资料|数据|信息)?来源|Source)\s*[:：]\s*(.+)", re.S),
    "indicator": re.compile(r"指标\s*[:：]\s*(.+)"),
    "time": re.compile(r"(?:时间|时期|年份|报告期|统计时间)\s*[:：]\s*(.+)"),
    "database": re.compile(r"数据库\s*[:：]\s*(.+)"),
    "region": re.compile(r"(?:地区|行政区划|区域)\s*[:：]\s*(.+)"),
    "form": re.compile(rf"(?:{_FORMS})[^:：]{{0,6}}[:：].*"),
}
_UNIT_WITHIN = re.compile(r"[（(【]\s*(?:计量)?单位\s*[:：]\s*([^）)】]+)[）)】]")
_ITEM = re.compile(r"\s*(?:\d+[.．、)]|[（(]\d+[）)])\s*\D")
_KEY = re.compile(
    r"(?:主要|具体|监测|考核|核心)?指标(?:名称)?|项目|地区(?:名称)?|年份|年度|时间|序号|州市|县市区?|市州|区县"
    r"|[县市区州]\([县市区州、]+\)|类别|名称|Item|Year|Region|Indicator|Period",
    re.IGNORECASE,
)


class Block(NamedTuple):
    """One table of a sheet; rows are counted from 1, as a spreadsheet does, columns from 0."""

    sheet: Sheet
    preamble: dict[str, list[str]]  # lines above the table: "title" lines, and lines such as 单位：… by kind
    header: list[int]
    headings: list[list[str]]  # for each column the texts of its heading, top down
    body: list[int]
    notes: list[str]
    sources: list[str]

    @property
    def title(self) -> str:
        """The last line above the table that is a title."""
        return self.preamble["title"][-1] if self.preamble["title"] else ""


class _Line(NamedTuple):
    row: int
    kind: str  # "title" or a key of _META
    text: str


def missing(text: str) -> bool:
    """Whether a cell is empty or holds a sign for "none", such as a dash."""
    return not text[:1].isdecimal() and labels.plain(text) in _MISSING


def figure_like(text: str) -> bool:
    """Whether a cell of a table looks like a figure or like a sign for "none", not like a heading.

    >>> [figure_like(text) for text in ("98.5%", "≥98", "[5.2]", "—", "2020", "2025年目标", "指标")]
    [True, True, True, True, False, False, False]
    """
    folded = unicodedata.normalize("NFKC", text).strip()
    if _YEAR.match(folded) and not re.fullmatch(r"(?:19|20)\d\d[\d.,]+.*", folded):
        return False
    return bool(_FIGURE.fullmatch(folded)) or (bool(folded) and missing(text))


def blocks(sheet: Sheet) -> tuple[list[Block], list[int]]:
    """The tables of a sheet, top down, and the numbers of rows that have no heading above them."""
    tables: list[Block] = []
    lines: list[_Line] = []
    headless: list[int] = []
    covered, in_notes = _covered(sheet), False
    row, last_row = 1, len(sheet.rows)
    while row <= last_row:
        cells = [(column, text) for column, text in enumerate(sheet.rows[row - 1]) if text.strip()]
        if not cells:
            row += 1
            continue
        notes: list[_Line] = []
        if not (tables and not lines and _is_numbered(cells)):
            notes, cells = _meta(row, cells)
        in_notes = any(line.kind in ("note", "source") for line in notes) or (in_notes and len(cells) == 1)
        alone = "".join(text for _, text in cells) if len(cells) == 1 and not notes else ""
        if tables and not lines and in_notes and _ITEM.match(alone):
            notes, cells, alone = [_Line(row, "note", alone)], [], ""
        is_heading = _begins_heading(sheet, row, cells, bool(tables) and not lines)
        if is_heading:
            end = _header_end(sheet, row, covered)
            tables.append(_start(sheet, lines, range(row, end), covered))
            lines, row = [], end
            continue
        if alone and (not tables or lines or in_notes or _before_header(sheet, row)):
            lines.append(_Line(row, "title", alone.strip()))
        elif notes:
            if tables and not lines and all(line.kind in ("note", "source", "form") for line in notes):
                for line in notes:
                    target = {"note": tables[-1].notes, "source": tables[-1].sources}.get(line.kind)
                    if target is not None:
                        target.append(line.text)
            else:
                lines += notes
            if cells:
                lines.append(_Line(row, "title", " ".join(text.strip() for _, text in cells)))
        elif tables and not lines:
            tables[-1].body.append(row)
        else:
            headless.append(row)
        row += 1
    if tables:  # what stands below the last table and is no note may tell who issued it
        tables[-1].notes.extend(line.text for line in lines if line.kind in ("note", "title"))
        tables[-1].sources.extend(line.text for line in lines if line.kind == "source")
    return tables, headless


def _is_numbered(cells: list[tuple[int, str]]) -> bool:
    """Whether a row begins with a number in a circle, as a note does, and yet has figures."""
    return "①" <= cells[0][1].strip()[0] <= "⑳" and any(figure_like(text) for _, text in cells[1:])


def _kind(text: str) -> str:
    stripped = text.strip()
    if stripped[:1].isdecimal():  # most cells: none of the lines begins so
        return ""
    return next((kind for kind, pattern in _META.items() if pattern.fullmatch(stripped)), "")


def _meta(row: int, cells: list[tuple[int, str]]) -> tuple[list[_Line], list[tuple[int, str]]]:
    """The lines of a row that say something about the table, and the other cells; a note takes the whole."""
    if _kind(cells[0][1]) in ("note", "source") or re.fullmatch(r"\s*附?注\s*[:：]\s*", cells[0][1]):
        kind = _kind(cells[0][1]) or "note"
        text = " ".join(text.strip() for _, text in cells)
        pattern = _META["source"].fullmatch(text) if kind == "source" else None
        return [_Line(row, kind, pattern[1] if pattern else text)], []
    result, others = [], []
    for cell in cells:
        if kind := _kind(text := cell[1]):
            match = _META[kind].fullmatch(text.strip())
            assert match, "its kind follows from this match"
            result.append(_Line(row, kind, match[match.lastindex or 0].strip()))
        else:
            others.append(cell)
    return result, others


def _begins_heading(sheet: Sheet, row: int, cells: list[tuple[int, str]], in_table: bool) -> bool:
    """Whether a row begins a heading; within a table only where its cells are those of one."""
    if in_table:
        return _begins_within(cells)
    texts = [text for _, text in cells]
    if not texts or any(map(figure_like, texts)):
        return False
    has_year = any(_YEAR.search(labels.plain(text)) and column > 0 for column, text in cells)
    return has_year or (len(texts) > 1 and (_has_key_word(texts) or _figures_below(sheet, row)))


def _begins_within(cells: list[tuple[int, str]]) -> bool:
    """Whether a row within a table begins the heading of another one."""
    texts = [text for _, text in cells]
    if len(texts) < 2 or any(map(figure_like, texts)):
        return False
    # a bare 1998 within a table may be a count
    has_named_year = any(_YEAR.search(text) and not text.isdigit() for text in map(labels.plain, texts[1:]))
    return _has_key_word(texts) or (has_named_year and _YEAR.match(labels.plain(texts[0])) is None)


def _has_key_word(texts: list[str]) -> bool:
    return any(_KEY.fullmatch(labels.plain(text)) for text in texts[:3])


def _figures_below(sheet: Sheet, row: int) -> bool:
    return any(figure_like(text) for line in sheet.rows[row : row + 6] for text in line)


def _before_header(sheet: Sheet, row: int) -> bool:
    """Whether the next row with more than a first cell is a heading: then a line above it is its title."""
    for line in sheet.rows[row:]:
        cells = [(column, text) for column, text in enumerate(line) if text.strip() and not _kind(text)]
        if any(column > 0 for column, _ in cells):
            return _begins_within(cells)
    return False


def _header_end(sheet: Sheet, first_row: int, covered: dict[tuple[int, int], str]) -> int:
    """The row below a heading: further rows of it have no figures, and no label of their own."""
    row = first_row + 1
    top = [text.strip() for text in sheet.rows[first_row - 1]]
    while row <= len(sheet.rows):
        texts = [text.strip() for text in sheet.rows[row - 1]]
        nonempty = [text for text in texts if text]
        if (
            not nonempty
            or any(figure_like(text) for text in nonempty)
            or any(_kind(text) for text in nonempty)
        ):
            break
        years = [column for column, text in enumerate(texts) if re.fullmatch(r"(?:19|20)\d\d", text)]
        if any(
            _YEAR.search(sheet.rows[above - 1][year_column])
            for above in range(first_row, row)
            for year_column in years
        ):
            break  # below a year a number of four digits is a figure
        latin = not any(re.search(r"[一-鿿\d]", text) for text in nonempty)
        is_covered = any((row, column) in covered for column in range(len(texts)))
        is_single = len(nonempty) == 1 and texts[0]
        if not (texts[0] in ("", top[0]) or latin or (is_covered and not texts[0])) or is_single:
            break
        row += 1
    return row


def _covered(sheet: Sheet) -> dict[tuple[int, int], str]:
    """The text of the merged area, for each cell that such an area covers."""
    return {
        (row, column): sheet.rows[top - 1][left]
        for top, left, bottom, right in sheet.merged
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
        if (row, column) != (top, left)
    }


def _start(sheet: Sheet, lines: list[_Line], header: range, covered: dict[tuple[int, int], str]) -> Block:
    rows = [
        [text or covered.get((row, column), "") for column, text in enumerate(sheet.rows[row - 1])]
        for row in header
    ]
    if not any(row in header for row, _ in covered):
        _fill_right(rows)
    preamble: dict[str, list[str]] = {kind: [] for kind in ("title", *_META)}
    for line in lines:
        text = line.text
        if line.kind == "title" and (unit := _UNIT_WITHIN.search(text)):
            preamble["unit"].append(unit[1])
            text = text.replace(unit[0], "").strip()
        if text:
            preamble[line.kind].append(text)
    headings = [list(texts) for texts in zip(*rows, strict=True)]
    return Block(
        sheet, preamble, list(header), headings, [], list(preamble["note"]), list(preamble["source"])
    )


def _fill_right(rows: list[list[str]]) -> None:
    """A file without merged cells leaves all but the first column of a wide heading empty: fill them."""
    for upper, line in enumerate(rows):
        lower = rows[upper + 1 :]
        for column in range(1, len(line)):
            left = column - 1
            if not line[column].strip() and all(any(one[c].strip() for one in lower) for c in (left, column)):
                line[column] = line[left]


def side_by_side(block: Block) -> list[Block]:
    """The tables that stand beside each other: one heading that begins anew with the same word, as 指标."""
    tops = ["".join(map(labels.plain, texts)) for texts in block.headings]
    first = next((top for top in tops if _KEY.fullmatch(top)), None)
    starts = [column for column, top in enumerate(tops) if first and top == first]
    if len(starts) < 2:
        return [block]
    ends = [*starts[1:], len(tops)]
    starts[0] = 0
    return [_columns(block, first, end) for first, end in zip(starts, ends, strict=True)]


def _columns(block: Block, first: int, end: int) -> Block:
    """A table of some columns of another; the others are empty."""

    def restricted(texts: list, empty: object) -> list:
        return [text if first <= column < end else empty for column, text in enumerate(texts)]

    sheet = block.sheet._replace(
        rows=[
            restricted(line, "") if number in block.body else line
            for number, line in enumerate(block.sheet.rows, start=1)
        ]
    )
    return block._replace(sheet=sheet, headings=restricted(block.headings, [""] * len(block.header)))


def spread(block: Block, columns: Iterable[int]) -> dict[tuple[int, int], str]:
    """The texts of merged areas in the key columns of a table's rows, for each cell that they cover."""
    covered, key_columns = _covered(block.sheet), set(columns)
    return {
        place: text
        for place, text in covered.items()
        if place[1] in key_columns and place[0] > block.header[-1]
    }
