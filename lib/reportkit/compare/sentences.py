"""What changed between two reports in sentences, in the language that is set."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from reportkit.compare.changes import (
    CORRECTED,
    DATE,
    GONE,
    METHOD,
    NEW,
    CellChange,
    Changes,
    RowChange,
    TableChange,
    TextChange,
    compare,
)
from reportkit.compare.content import Content
from reportkit.compare.wording import clauses
from reportkit.language import chosen, tr
from reportkit.words import NOTHING, aside, joined

_WHY = {
    CORRECTED: ("更正的数字", "corrected figure"),
    NEW: ("新用到的数字", "figure new to the report"),
    GONE: ("有数字不再使用", "figure no longer used"),
    DATE: ("截止时间变动", "another cut-off date"),
    METHOD: ("计算程序变动", "another program"),
}
_KIND = {
    "answer": ("结论", "answer"),
    "step": ("下一步", "next step"),
    "sentence": ("文字", "text"),
    "chart": ("图", "chart"),
}
_MANY = 3  # from so many rows on, those with the same change share one sentence
_LONGEST = 120  # characters of a text quoted in a sentence
_NAMED = 8  # rows, clauses or stored figures that a sentence lists


class Passage(NamedTuple):
    """What changed below one heading."""

    heading: str
    sentences: list[str]


def report(before: Content | None, after: Content | None) -> list[str]:
    """Lines on what changed in one report, below its title; none if nothing changed."""
    content = after or before
    assert content, "one of the two is there"
    title = content.title + aside(content.name)
    if before is None or after is None:
        return [
            tr("新增报告：", "new report: ") + title
            if after
            else tr("不再有的报告：", "report gone: ") + title
        ]
    changes, lines = compare(before, after), [title]
    for passage in passages(changes):
        lines += [f"  {passage.heading}", *(f"    {sentence}" for sentence in passage.sentences)]
    return lines if changes.any else []


def passages(changes: Changes) -> list[Passage]:
    """All changes: first those of data, date and program, then section by section."""
    basis = [*_basis(changes)]
    below: dict[str, list[str]] = {section: [] for section in changes.after.sections}
    for text in changes.texts:
        below.setdefault(text.latest.section, []).append(_of_text(text))
    for table in changes.tables:
        below.setdefault(table.latest.section, []).extend(_of_table(table))
    first = [Passage(tr("依据", "What it is made of"), basis)] if basis else []
    return first + [Passage(section, sentences) for section, sentences in below.items() if sentences]


def _basis(changes: Changes) -> Iterator[str]:
    before, after = changes.before, changes.after
    settings = (
        (("数据版本", "data edition"), before.edition, after.edition),
        (("截止时间", "cut-off date"), before.as_of, after.as_of),
    )
    for name, old, new in settings:
        if old and new and old != new:
            yield tr(f"{chosen(name)}：{old} → {new}", f"{chosen(name)}: {old} → {new}")
    if before.library and after.library and before.library != after.library:
        yield tr("计算程序（可能包括方法）有改动", "the program changed, perhaps its methods too")
    corrected = dict.fromkeys(changes.corrected)  # documents may state one figure several times
    yield from (tr(f"更正：{old} → {new}", f"corrected: {old} → {new}") for old, new in corrected)
    groups = (
        (changes.added, ("新用到的数字", "figures new to the report")),
        (changes.withdrawn, ("不再使用的数字", "figures no longer used")),
    )
    for quotes, name in groups:
        if quotes:
            count = tr(f"{chosen(name)} {len(quotes)} 个：", f"{len(quotes)} {chosen(name)}: ")
            yield count + _some(quotes, tr("；", "; "))


def _of_text(change: TextChange) -> str:
    kind, text = chosen(_KIND[change.latest.kind]), change.latest.text
    if change.latest.kind == "chart":
        kind, text = kind + tr("", " ") + f"“{_name(text)}”", ""
    elif change.latest.kind == "sentence":
        text = _short(text)
    statement = kind + (tr("：", ": ") + text if text else "")
    if change.before is None:
        return tr("新增", "new ") + statement
    if change.after is None:
        return tr("不再有", "dropped ") + statement
    moves = _moves(clauses(change.before.text, change.after.text))
    return moves if change.latest.kind == "answer" else kind + tr("：", ": ") + moves


def _name(text: str) -> str:
    """The title of a chart, with which its text begins."""
    return text.partition("。" if "。" in text else ". ")[0]


def _of_table(change: TableChange) -> Iterator[str]:
    name, colon = tr(f"表“{change.latest.title}”", f"table “{change.latest.title}”"), tr("：", ": ")
    if not (change.before and change.after):
        yield (tr("新增", "new ") if change.after else tr("不再有", "dropped ")) + name
        return
    heads = ((change.before.title, change.after.title), (change.before.same, change.after.same))
    for old, new in heads:
        if old != new:
            yield name + colon + _moves(clauses(old, new))
    for headings, word in (
        (change.added, ("新增列", "new columns")),
        (change.dropped, ("不再有的列", "columns dropped")),
    ):
        if headings:
            yield f"{name}{colon}{chosen(word)}{colon}{_some(headings)}"
    groups = defaultdict(list)
    for row in change.rows:
        if row.cells:
            groups[tuple(row.cells)].append(row.name)
    for cells, rows in groups.items():
        if len(rows) < _MANY:
            yield from (f"{name}{tr('，', ', ')}{row}{colon}{_of_cells(cells)}" for row in rows)
        else:
            count = tr(f"{len(rows)} 行", f"{len(rows)} rows")
            yield f"{name}{tr('，', ', ')}{count}{colon}{_of_cells(cells)}{colon}{_some(rows)}"
    new = [row for row in change.rows if row.before is None]
    dropped = [row for row in change.rows if row.after is None]
    for rows, word in ((new, ("新增行", "new rows")), (dropped, ("不再有的行", "rows dropped"))):
        if rows:
            yield f"{name}{colon}{chosen(word)}{colon}{_some([row.name for row in rows])}{_because(rows)}"


def _of_cells(cells: Sequence[CellChange]) -> str:
    """The changed cells of a row; a reason that all of them share is given once."""
    reasons = {cell.why for cell in cells}
    phrases = []
    for cell in cells:
        why = "" if len(reasons) == 1 else _reasons(cell.why)
        phrases.append(f"{cell.heading} {_moves(clauses(cell.before, cell.after), tr('，', ', '))}{why}")
    return tr("；", "; ").join(phrases) + (_reasons(cells[0].why) if len(reasons) == 1 else "")


def _because(rows: Iterable[RowChange]) -> str:
    return _reasons(dict.fromkeys(reason for row in rows for reason in row.why))


def _reasons(why: Iterable[str]) -> str:
    words = [chosen(_WHY[reason]) for reason in why]
    # changed rows of the data are all reasons; with date or program among them, each is only possible
    between = tr("或", " or ") if {DATE, METHOD} & {*why} else tr("；", "; ")
    return aside(between.join(words)) if words else ""


def _moves(pairs: list[tuple[str, str]], comma: str = "") -> str:
    moves = [f"{_short(before) or NOTHING} → {_short(after) or NOTHING}" for before, after in pairs]
    return _some(moves, comma or tr("；", "; "))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + tr("……", "…")


def _some(items: list[str], comma: str = "") -> str:
    """The first few of some items, and the number of all."""
    first = items[:_NAMED]
    if len(items) == len(first):
        return comma.join(first) if comma else joined(first)
    rest = tr(f"……共 {len(items)} 处", f"… {len(items)} in all")
    return (comma or tr("、", ", ")).join(first) + (comma or tr("", " ")) + rest
