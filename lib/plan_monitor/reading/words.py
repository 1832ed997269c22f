"""What a document says of its indicators without a number: 全覆盖, 清零, 三分之二, 持平, 基本实现.

翻一番, 近九成 and 百分之八十五 are numbers; ``numbers`` has them.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from plan_monitor.reading import periods
from plan_monitor.reading.frame import Frame
from plan_monitor.reading.passages import Passage, Table
from plan_monitor.reading.phrases import clean, last_clause, noun, open_brackets, phrase
from plan_monitor.reading.places import Places
from plan_monitor.reading.rows import quote
from plan_monitor.reading.rules import Rule, any_of, rule
from plan_monitor.reading.sentences import Paragraph
from plan_monitor.reading.tables import Grid
from plan_monitor.reading.vocabulary import words

_DONE = any_of(words("done to all"))
_TENTH = "[一二两三四五六七八九十]"
RULES = [
    rule("basic", rf"基本{any_of(words('basically'))}", "到2025年⟦基本实现⟧教育现代化"),
    rule("full cover", r"(?:实现|做到)?(?:全覆盖|全面覆盖)", "义务教育⟦全覆盖⟧"),
    rule("full cover", r"应(?P<act>[一-鿿])尽(?P=act)", "困难群众⟦应保尽保⟧"),
    rule("full cover", rf"全部(?={_DONE})", "贫困村⟦全部⟧退出"),
    rule("full cover", rf"所有(?=[^，,。；;、\d]{{2,24}}?{_DONE})", "⟦所有⟧行政村通硬化路"),
    rule("to zero", r"(?:动态|全部)?清零|归零", "超大班额⟦清零⟧"),
    rule("to zero", rf"零(?={any_of(words('none of'))})", "重大事故⟦零⟧发生"),
    rule("to zero", r"(?:全面|彻底)?消除", "⟦全面消除⟧大班额"),
    rule(
        "unchanged", r"零增长|(?:基本)?持平|保持(?:总体)?(?:平稳|稳定|不变)|基本稳定", "招生与上年⟦基本持平⟧"
    ),
    rule("doubled", r"翻番|(?:实现|达到)倍增", "产值⟦翻番⟧"),
    rule("fraction", rf"{_TENTH}{{1,3}}分之{_TENTH}{{1,3}}|一半|半数|(?<!双)过半", "⟦三分之二⟧的学校达标"),
]
_BEHIND = ("所有", "消除", "全面消除", "彻底消除")  # what these are said of stands behind them
_DENIED = re.compile(r"(?:没有?|未能?|尚未|不)[^，。；]{0,4}$")
_TITLE = re.compile(r"《[^《》]*$")
_CLAUSE = re.compile(r"[，,。；;、]")
_ASIDE = re.compile(r"[（(][^（）()]*[）)]?")
_REMARK = re.compile(r"[（(][^（）()]*[\d，,。；;][^（）()]*[）)]")  # more than a part of a name
_YEARS = re.compile(r"\d{4}年")
_THAN = re.compile(r"[与同和比较]?(?:上年|去年|同期|上月|(?:19|20)\d\d年?[末底]?)(?:同期)?")
_SAID = re.compile(r"^了|应([一-鿿])尽\1|^.*(?:所有|全部)")
_IDLE = re.compile(rf"^{any_of(words('idle before a name'))}+")
_DIGIT = re.compile(r"\d")
_AGAINST = re.compile(r"[与同和比较]$")
_LONGEST_CELL = 12
_NEAR = 40  # characters before and behind that are looked at


class WordRow(NamedTuple):
    """The meaning of some words, with the place of their first character in the document's text.

    ``meaning`` is full cover, to zero, doubled, fraction, unchanged or basic; the other columns are those of
    ``rows.Row``.
    """

    start: int
    quote: str
    words: str
    meaning: str
    indicator_zh: str
    region: str
    period: str
    role: str
    locator: str


def read(parts: list[Passage | Table], frame: Frame, places: Places) -> list[WordRow]:
    """What a document says in words, in the order of its text; headings only repeat it and are left out.

    >>> from plan_monitor.reading import frame, passages
    >>> import pandas as pd
    >>> parts = passages.read("某县教育规划（2021—2025年）\\n到2025年，幼儿园乡镇全覆盖。")
    >>> row = read(parts, frame.propose(parts), Places(pd.DataFrame()))[0]
    >>> row.meaning, row.words, row.indicator_zh, row.period, row.role
    ('full cover', '全覆盖', '幼儿园乡镇', '2025', 'target')
    """
    rows: list[WordRow] = []
    for part in parts:
        if isinstance(part, Table):
            rows += _table_rows(part, frame, places)
        elif not part.level:
            rows += _passage_rows(part, frame, places)
    return rows


def _passage_rows(passage: Passage, frame: Frame, places: Places) -> Iterator[WordRow]:
    paragraph = Paragraph(passage, frame, places, periods.heading_period(passage.path, frame.clock))
    for match, meaning in matches(passage.text):
        context = paragraph.context(*match.span())
        yield WordRow(
            start=passage.places[match.start()],
            quote=quote(passage, *match.span()),
            words=match[0],
            meaning=meaning,
            indicator_zh=_name(match, context.before),
            region=context.region or places.document_region,
            period=context.period,
            role="target" if context.role == "target" else "observation",
            locator=" · ".join(passage.path),
        )


def _table_rows(table: Table, frame: Frame, places: Places) -> Iterator[WordRow]:
    grid = Grid(table, frame.clock, periods.heading_period(table.path, frame.clock), places.is_region)
    for cell in grid.words():
        match, entry = _first(cell.text) if len(cell.text) <= _LONGEST_CELL else (None, None)
        if match is None:
            continue
        target = cell.heading.promised if cell.heading.promised is not None else _is_later(cell.period, frame)
        yield WordRow(
            start=cell.start + match.start(),
            quote=f"{cell.label} | {cell.heading.text} | {cell.text}",
            words=match[0],
            meaning=entry.name,
            indicator_zh=cell.heading.name if cell.timed else cell.label,
            region=places.of_label(cell.label) or places.document_region,
            period=cell.period,
            role="target" if target else "observation",
            locator=" · ".join(part for part in (*table.path, cell.label, cell.heading.text) if part),
        )


def _is_later(period: str, frame: Frame) -> bool:
    year = re.search(r"\d{4}$", period)
    return int(year[0]) > frame.clock.year if year and frame.clock.year else frame.kind == "plan"


def matches(text: str) -> list[tuple[re.Match, str]]:
    """The words of a text that have a meaning, and the meaning; at most one in each clause."""
    pairs = [(match, entry.name) for entry in RULES for match in entry.pattern.finditer(text)]
    result: list[tuple[re.Match, str]] = []
    for match, meaning in sorted(pairs, key=lambda pair: pair[0].start()):
        before = text[max(0, match.start() - _NEAR) : match.start()]
        if _DENIED.search(before) or _TITLE.search(before) or _is_counted(match, before):
            continue
        previous = result[-1] if result else None
        if previous is None or _CLAUSE.search(text, previous[0].end(), match.start()):
            result.append((match, meaning))
        elif previous[1] != "basic" and match.start() >= previous[0].end():
            result[-1] = match, meaning
    return result


def _is_counted(match: re.Match, before: str) -> bool:
    """Whether a number says the same: 44个贫困村全部退出, 所有12个乡镇, 基本建成3所, 零跑动率达到90%."""
    behind = _CLAUSE.split(match.string[match.end() : match.end() + _NEAR], maxsplit=1)[0]
    if match[0] == "零":
        return bool(_DIGIT.search(behind))
    clause = last_clause(_ASIDE.sub("", before), "，,。；;、")
    number = _DIGIT.search(_YEARS.sub("", clause))
    return bool(_DIGIT.match(behind) or (number and match[0].startswith(("全部", "基本"))))


def _first(text: str) -> tuple[re.Match, Rule] | tuple[None, None]:
    return next(((match, entry) for entry in RULES if (match := entry.pattern.search(text))), (None, None))


def _name(match: re.Match, before: str) -> str:
    """The name of what words are about: it stands behind some words, before others."""
    after = match.string[match.end() : match.end() + _NEAR]
    *earlier, clause = re.split(r"[，,。；;]", "，".join(open_brackets(_REMARK.sub("", before))))
    subject = _subject(clause)
    behind = _plain(noun(after) if match[0] in _BEHIND else phrase(after))
    above = next(filter(None, map(_subject, reversed(earlier))), "")
    if match[0] in _BEHIND or match[0].startswith("半") or "分之" in match[0]:
        return behind or subject or above
    if match[0] == "全部":  # a verb stands behind it
        return subject or above or behind
    return subject or behind or above


def _subject(clause: str) -> str:
    """The name in a clause, without a base of comparison (招生与上年) and without verbs."""
    clause = _THAN.sub("", _SAID.sub("", clean(clause)))
    previous = None
    while clause != previous:
        previous, clause = clause, _IDLE.sub("", clean(_AGAINST.sub("", clause)))
    return _plain(clause)


def _plain(name: str) -> str:
    name = name.strip("“”、 ")
    return name if len(name) > 1 else ""
