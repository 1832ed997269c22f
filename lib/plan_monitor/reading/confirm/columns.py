"""The columns of a file of drafted figures: those of a row, and those for decisions and earlier ones."""

from plan_monitor.reading.rows import Row
from plan_monitor.settle import labels
from reportkit.language import chosen, tr

# what is decided of a row, what the package knows of it, and what its document is
ADDED = ("decision", "known", "before", "note", "digest", "type", "number", "issued", "years")
COLUMNS = (*Row._fields, *ADDED)
# what a workbook shows, in its order; all other columns are hidden
SHOWN = {
    "decision": ("决定", "Decision", 9),
    "look": ("要看什么", "Look at", 13),
    "quote": ("原文", "Text", 46),
    "role": ("作用", "Role", 11),
    "indicator": ("指标", "Indicator", 28),
    "indicator_zh": ("文中名称", "Name in the text", 22),
    "region": ("地区", "Region", 12),
    "period": ("时期", "Period", 12),
    "comparator": ("比较", "Sign", 6),
    "value": ("数值", "Value", 11),
    "unit": ("单位", "Unit", 9),
    "kind": ("类型", "Kind", 12),
    "base_period": ("基期", "Base", 8),
    "attribute": ("属性", "Attribute", 9),
    "nearest": ("目录中相近的", "Alike in the catalogue", 30),
    "known": ("以前", "Before", 8),
    "before": ("以前的数", "Figure before", 13),
    "note": ("备注", "Remark", 18),
    "locator": ("位置", "Place", 34),
    "document": ("文件", "Document", 28),
}
CODED = {  # columns of codes, and the codes
    "decision": ("yes", "no", "later"),
    "role": ("target", "observation", "investment", "other"),
    "comparator": ("=", ">=", ">", "<=", "<", "about"),
    "kind": (
        *("level", "growth", "growth_annual", "change", "share"),
        *("contribution", "gap", "index", "ratio", "rank"),
    ),
}
CERTAIN = ("可一并接受", "certain")
KNOWN = {"known": ("已定", "decided"), "changed": ("有变", "changed")}
_LOOK = {
    **{"indicator": ("指标", "indicator"), "region": ("地区", "region"), "period": ("时期", "period")},
    **{"value": ("数值", "value"), "unit": ("单位", "unit"), "role": ("作用", "role")},
    **{"kind": ("类型", "kind"), "comparator": ("比较", "sign")},
}
_MEANINGS = {  # of promises in words
    **{"full cover": "全部覆盖", "to zero": "降到零", "doubled": "翻番"},
    **{"fraction": "几分之几", "unchanged": "不变", "basic": "基本实现"},
}
# a type of a document that does not follow from its title
TYPES = {"plan": "plan", "bulletin": "statistics", "report": "statistics"}


def heading(name: str) -> str:
    """The heading of a column in the language that is set; for a hidden column its name."""
    return chosen(SHOWN[name][:2]) if name in SHOWN else name


def look(cell: str) -> str:
    """The fields that a row's reader should check, in words; or that the row is certain.

    >>> look("indicator period"), look("")
    ('指标、时期', '可一并接受')
    """
    words = [chosen(_LOOK[name]) if name in _LOOK else name for name in cell.split()]
    return chosen(("、", ", ")).join(words) if words else chosen(CERTAIN)


def in_words(name: str, cell: str) -> str:
    """A cell as a workbook shows it.

    >>> in_words("role", "target"), in_words("known", "changed"), in_words("unit", "%")
    ('目标', '有变', '%')
    """
    if name == "look":
        return look(cell)
    if name == "meaning":
        return tr(_MEANINGS.get(cell, cell), cell)
    if name == "nearest":
        return "；".join(entry.split(" ", 1)[-1] for entry in cell.split("；"))  # without ids
    if name == "known":
        return chosen(KNOWN[cell]) if cell else ""
    return labels.shown(name, cell) if name in CODED else cell


def code(name: str, text: str) -> str | None:
    """The code that a cell of a column of codes means; None where it means none."""
    return labels.code(name, text, CODED[name]) if text else ""


def is_certain(text: str) -> bool:
    """Whether a cell of the column ``look`` says that nothing needs a look."""
    return not text or labels.key(text) in {labels.key(word) for word in CERTAIN}
