"""What changed between two reports in sentences, in the language that is set."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from reportkit.compare.changes import (
    CORRECTED,
    DATE,
    GONE,
    METHOD,
    NEW,
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
    DATE: ("截止时间推移", "later cut-off date"),
    METHOD: ("方法或程序有改动", "method or program changed"),
}
_KIND = {
    "answer": ("结论", "the answer"),
    "sentence": ("文字", "text"),
    "chart": ("图", "chart"),
}
_NAMED = 8  # of rows, clauses and stored figures that a sentence names


class Passage(NamedTuple):
    """What changed below one heading."""

    heading: str
    sentences: list[str]


def report(before: Told | None, after: Told | None) -> list[str]:
    """Lines on what changed in one report, below its title; none where nothing did."""
    only = after or before
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
        yield tr("程序有改动", "the program changed")
    yield from (tr(f"更正：{old} → {new}", f"corrected: {old} → {new}") for old, new in changes.corrected)
    listed = (
        (changes.added, ("新用到的数字", "figures new to the report")),
        (changes.withdrawn, ("不再使用的数字", "figures no longer used")),
    )
    for quotes, name in listed:
        if quotes:
            count, colon = len(quotes), tr("：", ": ")
            yield tr(f"{chosen(name)} {count} 个", f"{count} {chosen(name)}") + colon + _some(quotes)


def _of_text(change: TextChange) -> str:
    kind = chosen(_KIND[change.shown.kind])
    if change.before is None:
        return tr(f"新增（{kind}）：{change.after.text}", f"new ({kind}): {change.after.text}")
    if change.after is None:
        return tr(f"不再有（{kind}）：{change.before.text}", f"gone ({kind}): {change.before.text}")
    if change.shown.kind == "chart":
        kind += tr(f"“{_name(change.after.text)}”", f" “{_name(change.after.text)}”")
    return kind + tr("：", ": ") + _moves(clauses(change.before.text, change.after.text))


def _name(text: str) -> str:
    """The title of a chart, which its text begins with."""
    return text.partition("。" if "。" in text else ". ")[0]


def _of_table(change: TableChange) -> Iterator[str]:
    name, colon = tr(f"表“{change.shown.title}”", f"table “{change.shown.title}”"), tr("：", ": ")
    if not (change.before and change.after):
        yield tr("新增", "new: ") + name if change.after else tr("不再有", "gone: ") + name
        return
    heads = ((change.before.title, change.after.title), (change.before.same, change.after.same))
    for old, new in heads:
        if old != new:
            yield name + colon + _moves(clauses(old, new))
    for headings, word in (
        (change.added, ("新增列", "new columns")),
        (change.dropped, ("不再有的列", "columns gone")),
    ):
        if headings:
            yield f"{name}{colon}{chosen(word)}{colon}{_some(headings)}"
    yield from (
        f"{name}{tr('，', ', ')}{row.name}{colon}{_of_cells(row)}" for row in change.rows if row.cells
    )
    new = [row for row in change.rows if row.before is None]
    gone = [row for row in change.rows if row.after is None]
    for rows, word in ((new, ("新增行", "new rows")), (gone, ("不再有的行", "rows gone"))):
        if rows:
            yield f"{name}{colon}{chosen(word)}{colon}{_some([row.name for row in rows])}{_because(rows)}"


def _of_cells(row: RowChange) -> str:
    """The cells of a row; why they changed stands once, where it is the same of all."""
    reasons = {cell.why for cell in row.cells}
    shown = []
    for cell in row.cells:
        why = "" if len(reasons) == 1 else _reasons(cell.why)
        shown.append(f"{cell.heading} {_move(cell.before, cell.after)}{why}")
    return tr("；", "; ").join(shown) + (_reasons(row.cells[0].why) if len(reasons) == 1 else "")


def _because(rows: Iterable[RowChange]) -> str:
    return _reasons(dict.fromkeys(reason for row in rows for reason in row.why))


def _reasons(why: Iterable[str]) -> str:
    words = [chosen(_WHY[reason]) for reason in why]
    return aside(tr("；", "; ").join(words)) if words else ""


def _moves(pairs: list[tuple[str, str]]) -> str:
    return _some([_move(*pair) for pair in pairs], tr("；", "; "))


def _move(before: str, after: str) -> str:
    return f"{before or NOTHING} → {after or NOTHING}"


def _some(items: list[str], comma: str = "") -> str:
    """The first of some items, and how many there are in all."""
    first = items[:_NAMED]
    if len(items) == len(first):
        return comma.join(first) if comma else joined(first)
    more = tr(f"……共 {len(items)} 处", f"… {len(items)} in all")
    return (comma or tr("、", ", ")).join(first) + (comma or tr("", " ")) + more
