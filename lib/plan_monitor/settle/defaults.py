"""Gaps in rows filled by rule: whatever follows from the rest of a row, or from other tables."""

import hashlib
import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import pandas as pd

from plan_monitor.settle import labels
from plan_monitor.settle.parts import Part, joined
from reportkit import periods

UNTRANSLATED = " (Chinese only)"
_ALWAYS = ("id", "reading", "quality", "locator")
OF_A_FIGURE = ("comparator", "kind", "unit")
_ABOUT = (
    *("document", "scheme", "indicator", "region", "period", "kind", "label_zh"),
    *("promise", "unit_zh"),
)
_CATALOGUE = {
    "documents": ("domain",),  # a title does not always tell the type
    "regions": ("code", "name_zh", "level"),
    "indicators": ("domain",),
}
CATALOGUES = tuple(_CATALOGUE)  # tables that the rows of others name
# a document's title says what it is about, and of which kind it is
_DOMAINS = {
    "education": ("教育", "学前", "义务", "入学", "入园", "在校生", "学校", "学生", "教师"),
    "medical-insurance": ("医保", "医疗保障", "医疗保险", "参保", "住院", "基金支出"),
    "rural-revitalization": ("乡村振兴", "脱贫", "农村", "农业", "农民", "扶贫", "粮食"),
    "housing": ("住房", "租赁", "棚户区"),
    "tcm": ("中医", "彝医", "中药"),
    "drug-regulation": ("药品", "药监", "医疗器械"),
    "e-government": ("政务", "一网通办", "电子政府"),
    "science-literacy": ("科学素质", "科普"),
    "enterprise-listing": ("上市", "新三板", "股改"),
}
_TYPES = {
    "statistics": ("公报", "年鉴", "统计", "数据库", "月报"),
    "plan": ("规划", "计划", "方案", "纲要", "行动", "目标", "任务"),
}
_ABOUT_ALL = ("统计公报", "统计年鉴", "年度数据", "人口普查", "国家统计局", "世界银行", "World Bank")
_MADE_UP = ("虚构", "合成数据", "示例", "synthetic")


class Derived(NamedTuple):
    """A column that was filled in for rows that leave it empty, and by which rule."""

    file: str
    column: str
    rows: int
    rule: dict[str, str]


def optional_columns(table: str, schema: dict) -> frozenset[str]:
    """Columns that a file of this table may lack: those not required, and those derived here."""
    fields = schema["fields"]
    optional = {field["name"] for field in fields if not field.get("constraints", {}).get("required")}
    derived = {
        *_ALWAYS,
        *_CATALOGUE.get(table, ()),
        *(name for name in _columns(fields) if name.endswith("_en")),
    }
    if "indicator" in _columns(fields):
        derived |= set(OF_A_FIGURE)
    return frozenset(optional | (derived & _columns(fields)))


def _columns(fields: list[dict]) -> set[str]:
    return {field["name"] for field in fields}


def domain(text: str) -> str:
    """The subject that a title or a name speaks of; ``other`` where it speaks of none, or of two.

    >>> domain("某市“十四五”教育发展规划"), domain("某市国民经济和社会发展纲要"), domain("某市2023年统计公报")
    ('education', 'other', 'context')
    """
    subjects = [name for name, words in _DOMAINS.items() if any(word in text for word in words)]
    if not subjects and any(word in text for word in _ABOUT_ALL):
        return "context"
    return subjects[0] if len(subjects) == 1 else "other"


def kind_of_document(title: str) -> str | None:
    """A document's type by its title: plan, statistics, or synthetic (made-up figures); None where unclear.

    >>> [kind_of_document(title) for title in ("教育规划", "统计年鉴", "教育规划（虚构）", "附件1")]
    ['plan', 'statistics', 'synthetic', None]
    """
    if any(word in title.casefold() for word in _MADE_UP):
        return "synthetic"
    kinds = [name for name, words in _TYPES.items() if any(word in title for word in words)]
    return kinds[0] if len(kinds) == 1 else None


def may_promise(title: str) -> bool:
    """Whether a title has a word of plans and is none of a yearbook: figures below it may be targets.

    >>> [may_promise(title) for title in ("教育规划（虚构）", "规划目标统计表", "规划统计年鉴", "人口")]
    [True, True, False, False]
    """
    return any(word in title for word in _TYPES["plan"]) and not re.search("统计公报|年鉴", title)


def document_id(title: str) -> str:
    """The id of a document that has only a title; brackets 《》 and quotation marks make no difference.

    >>> document_id("《某市“十四五”规划》") == document_id('某市"十四五"规划')
    True
    """
    return f"doc-{key(labels.key(title))}"


def key(*parts: str) -> str:
    """Eight hexadecimal digits that stand for some text, the same on every machine."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:8]


_ID = {"documents": document_id, "indicators": lambda name: f"own-{key(name)}"}


class Filling:
    """The empty cells of one file's table, filled rule by rule; what was filled is remembered."""

    def __init__(self, part: Part):
        self.part, self.frame, self.derived = part, part.frame.copy(deep=False), []
        required = {f["name"] for f in part.schema["fields"] if f.get("constraints", {}).get("required")}
        self._required = required

    def fill(self, column: str, rule: dict[str, str], values: Callable[[pd.DataFrame], pd.Series]) -> None:
        """Fill a required column where it is empty; a row for which `values` is missing stays empty."""
        if column not in self._required:
            return
        empty = self.frame[column].isna()
        if not empty.any():
            return
        texts = values(self.frame[empty]).astype("str")
        self.frame.loc[empty, column] = texts
        if count := int(texts.notna().sum()):
            self.derived.append(Derived(self.part.file, column, count, rule))


def catalogue(part: Part) -> tuple[Part, list[Derived]]:
    """Documents, regions and indicators with their ids and subjects, so that other rows can name them."""
    filling = Filling(part)
    name = "title_zh" if part.table == "documents" else "name_zh"
    if make_id := _ID.get(part.table):
        rule = {"zh": "由名称生成", "en": "made from the name"}
        filling.fill("id", rule, lambda rows: rows[name].map(make_id, "ignore"))
        rule = {"zh": "由名称判断", "en": "judged from the name"}
        filling.fill("domain", rule, lambda rows: rows[name].map(domain, "ignore"))
    if part.table == "documents":
        filling.fill("type", rule, lambda rows: rows[name].map(kind_of_document, "ignore"))
    _english(filling)
    return part._replace(frame=filling.frame), filling.derived


def rows(part: Part, parts: dict[str, Part]) -> tuple[Part, list[Derived]]:
    """Any other table: ids, readings, grades, places; of a figure its unit, comparator and kind."""
    filling = Filling(part)
    rule = {"zh": "由行的内容生成", "en": "made from what the row says"}
    filling.fill("id", rule, lambda rows: _ids(part.table, rows))
    rule = {"zh": "原文所印", "en": "as printed"}
    filling.fill("reading", rule, lambda rows: pd.Series("printed", rows.index))
    rule = {"zh": "未评定，按 B", "en": "B until somebody grades it"}
    filling.fill("quality", rule, lambda rows: pd.Series("B", rows.index))
    rule = {"zh": "录入表中的位置", "en": "the place in the table it was entered in"}
    filling.fill("locator", rule, lambda rows: _places(part.file, rows.index))
    if "indicator" in filling.frame:
        _figures(filling, parts)
    _english(filling)
    return part._replace(frame=filling.frame), filling.derived


def _places(file: str, index: pd.Index) -> pd.Series:
    return pd.Series([f"录入表 {file} 第 {row} 行（未写原文位置）" for row in index], index)


def _english(filling: Filling) -> None:
    rule = {"zh": "照录中文，英文版注明", "en": "the Chinese one, marked as such"}
    for column in [name for name in filling.frame if name.endswith("_en")]:
        chinese = f"{column[:-3]}_zh"
        filling.fill(column, rule, lambda rows, chinese=chinese: rows[chinese] + UNTRANSLATED)


def _ids(table: str, rows: pd.DataFrame) -> pd.Series:
    """An id from what a row is about, so that it stays the same when rows are added before it."""
    about = [name for name in _ABOUT if name in rows]
    text = rows[about].fillna("").agg("\n".join, axis=1)
    repeats = text.groupby(text).cumcount()
    return (f"{table[:1]}-" + text.map(key)).where(
        repeats == 0, f"{table[:1]}-" + text.map(key) + "-" + (repeats + 1).astype(str)
    )


def _figures(filling: Filling, parts: dict[str, Part]) -> None:
    definitions = cache(lambda: joined(parts, "indicators").drop_duplicates("id").set_index("id"))
    rule = {"zh": "指标的单位", "en": "the indicator's unit"}
    filling.fill("unit", rule, lambda rows: rows["indicator"].map(definitions()["unit"]))
    if filling.part.table == "observations":
        rule = {"zh": "按数值", "en": "the figure as it is"}
        filling.fill("comparator", rule, lambda rows: pd.Series("=", rows.index))
    if filling.part.table == "targets":
        comparators = {"up": ">=", "down": "<=", "neutral": "="}
        rule = {"zh": "按指标方向", "en": "from the indicator's direction"}
        filling.fill(
            "comparator",
            rule,
            lambda rows: rows["indicator"].map(definitions()["direction"].map(comparators)),
        )
        if filling.frame["kind"].isna().any():
            _base_periods(filling, parts)
            rule = {"zh": "按比较符与基期值", "en": "from the comparator and the baseline"}
            filling.fill("kind", rule, lambda rows: _kinds(rows, parts, definitions()))


def _base_periods(filling: Filling, parts: dict[str, Part]) -> None:
    """The newest figure that the target's own document gives before the time that it plans for."""
    documents = joined(parts, "documents").drop_duplicates("id").set_index("id")["period"].dropna()
    figures = _trusted(parts)
    published = {}
    for row in figures.itertuples():
        if _is_period(row.period):
            published.setdefault((row.document, row.indicator, row.region), []).append(row.period)
    empty = filling.frame["kind"].isna() & filling.frame["base_period"].isna()
    count = 0
    for place, row in filling.frame[empty].iterrows():
        if pd.isna(row["period"]) or not _is_period(row["period"]):
            continue
        span = documents.get(row["document"])
        begins = periods.start(span) if _is_period(span) else periods.start(row["period"])
        earlier_periods = [
            p
            for p in published.get((row["document"], row["indicator"], row["region"]), [])
            if periods.end(p) <= begins
        ]
        if earlier_periods:
            filling.frame.at[place, "base_period"] = max(earlier_periods, key=periods.end)
            count += 1
    if count:
        rule = {"zh": "文件自己写的最近基期", "en": "the newest figure that the document itself starts from"}
        filling.derived.append(Derived(filling.part.file, "base_period", count, rule))


def _trusted(parts: dict[str, Part]) -> pd.DataFrame:
    """Observations that a verdict may rest on: not the doubtful ones."""
    figures = joined(parts, "observations")
    return figures[figures["quality"].ne("C")]


def _is_period(text: object) -> bool:
    try:
        return isinstance(text, str) and bool(periods.end(text))
    except ValueError:
        return False


def _kinds(rows: pd.DataFrame, parts: dict[str, Part], definitions: pd.DataFrame) -> pd.Series:
    """What a target asks for; missing where a span of years leaves two readings."""
    figures = _trusted(parts)
    numbers = pd.to_numeric(figures["value"], errors="coerce")
    places = zip(figures["indicator"], figures["region"], figures["period"], strict=True)
    base = {place: number for place, number in zip(places, numbers, strict=True) if pd.notna(number)}
    kinds = []
    for row in rows.itertuples():
        value = pd.to_numeric(row.value, errors="coerce")
        direction = definitions["direction"].get(row.indicator)
        start = base.get((row.indicator, row.region, row.base_period))
        if "/" in str(row.period):
            kinds.append("cumulative" if definitions["nature"].get(row.indicator) == "flow" else None)
        elif (
            start is not None and direction == "up" and row.comparator in (">=", ">", "=") and start >= value
        ):
            kinds.append("floor")
        elif (
            start is not None
            and direction == "down"
            and row.comparator in ("<=", "<", "=")
            and start <= value
        ):
            kinds.append("ceiling")
        else:
            kinds.append("level")
    return pd.Series(kinds, rows.index, dtype="str")
