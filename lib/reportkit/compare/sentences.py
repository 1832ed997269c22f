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
from reportkit.compare.told import Told
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
_MANY = 3  # rows that changed alike are one sentence
_LONGEST = 120  # characters of what stands in a sentence, but for a sentence of the answer
_NAMED = 8  # of rows, clauses and stored figures that a sentence names


class Passage(NamedTuple):
    """What changed below one heading."""

    heading: str
    sentences: list[str]


def report(before: Told | None, after: Told | None) -> list[str]:
    """Lines on what changed in one report, below its title; none where nothing did."""
    only = after or before
    assert only, "one of the two is there"
    title = only.title + aside(only.name)
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
    """Everything that changed: first what the report was made of, then section by section."""
    made_of = [*_made_of(changes)]
    below: dict[str, list[str]] = {section: [] for section in changes.after.sections}
    for text in changes.texts:
        below.setdefault(text.shown.section, []).append(_of_text(text))
    for table in changes.tables:
        below.setdefault(table.shown.section, []).extend(_of_table(table))
    first = [Passage(tr("依据", "What it is made of"), made_of)] if made_of else []
    return first + [Passage(section, said) for section, said in below.items() if said]


def _made_of(changes: Changes) -> Iterator[str]:
    before, after = changes.before, changes.after
    named = (
        (("数据版本", "data edition"), before.edition, after.edition),
        (("截止时间", "cut-off date"), before.as_of, after.as_of),
    )
    for name, old, new in named:
        if old and new and old != new:
            yield tr(f"{chosen(name)}：{old} → {new}", f"{chosen(name)}: {old} → {new}")
    if before.library and after.library and before.library != after.library:
        yield tr("计算程序（可能包括方法）有改动", "the program changed, perhaps its methods too")
    corrected = dict.fromkeys(changes.corrected)  # documents may state one figure several times
    yield from (tr(f"更正：{old} → {new}", f"corrected: {old} → {new}") for old, new in corrected)
    listed = (
        (changes.added, ("新用到的数字", "figures new to the report")),
        (changes.withdrawn, ("不再使用的数字", "figures no longer used")),
    )
    for quotes, name in listed:
        if quotes:
            count = tr(f"{chosen(name)} {len(quotes)} 个：", f"{len(quotes)} {chosen(name)}: ")
            yield count + _some(quotes, tr("；", "; "))


def _of_text(change: TextChange) -> str:
    kind, whole = chosen(_KIND[change.shown.kind]), change.shown.text
    if change.shown.kind == "chart":
        kind, whole = kind + tr("", " ") + f"“{_name(whole)}”", ""
    elif change.shown.kind == "sentence":
        whole = _short(whole)
    said = kind + (tr("：", ": ") + whole if whole else "")
    if change.before is None:
        return tr("新增", "new ") + said
    if change.after is None:
        return tr("不再有", "dropped ") + said
    moves = _moves(clauses(change.before.text, change.after.text))
    return moves if change.shown.kind == "answer" else kind + tr("：", ": ") + moves


def _name(text: str) -> str:
    """The title of a chart, which its text begins with."""
    return text.partition("。" if "。" in text else ". ")[0]


def _of_table(change: TableChange) -> Iterator[str]:
    name, colon = tr(f"表“{change.shown.title}”", f"table “{change.shown.title}”"), tr("：", ": ")
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
    alike = defaultdict(list)
    for row in change.rows:
        if row.cells:
            alike[tuple(row.cells)].append(row.name)
    for cells, rows in alike.items():
        if len(rows) < _MANY:
            yield from (f"{name}{tr('，', ', ')}{row}{colon}{_of_cells(cells)}" for row in rows)
        else:
            count = tr(f"{len(rows)} 行", f"{len(rows)} rows")
            yield f"{name}{tr('，', ', ')}{count}{colon}{_of_cells(cells)}{colon}{_some(rows)}"
    new = [row for row in change.rows if row.before is None]
    gone = [row for row in change.rows if row.after is None]
    for rows, word in ((new, ("新增行", "new rows")), (gone, ("不再有的行", "rows dropped"))):
        if rows:
            yield f"{name}{colon}{chosen(word)}{colon}{_some([row.name for row in rows])}{_because(rows)}"


def _of_cells(cells: Sequence[CellChange]) -> str:
    """The cells of a row; why they changed stands once, where it is the same of all."""
    reasons = {cell.why for cell in cells}
    shown = []
    for cell in cells:
        why = "" if len(reasons) == 1 else _reasons(cell.why)
        shown.append(f"{cell.heading} {_moves(clauses(cell.before, cell.after), tr('，', ', '))}{why}")
    return tr("；", "; ").join(shown) + (_reasons(cells[0].why) if len(reasons) == 1 else "")


def _because(rows: Iterable[RowChange]) -> str:
    return _reasons(dict.fromkeys(reason for row in rows for reason in row.why))


def _reasons(why: Iterable[str]) -> str:
    words = [chosen(_WHY[reason]) for reason in why]
    # changed rows of the data all tell; beside the date or the program it may be any
    between = tr("或", " or ") if {DATE, METHOD} & {*why} else tr("；", "; ")
    return aside(between.join(words)) if words else ""


def _moves(pairs: list[tuple[str, str]], comma: str = "") -> str:
    moves = [f"{_short(before) or NOTHING} → {_short(after) or NOTHING}" for before, after in pairs]
    return _some(moves, comma or tr("；", "; "))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + tr("……", "…")


def _some(items: list[str], comma: str = "") -> str:
    """The first of some items, and how many there are in all."""
    first = items[:_NAMED]
    if len(items) == len(first):
        return comma.join(first) if comma else joined(first)
    more = tr(f"……共 {len(items)} 处", f"… {len(items)} in all")
    return (comma or tr("、", ", ")).join(first) + (comma or tr("", " ")) + more
