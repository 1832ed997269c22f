"""What a document as a whole says: its kind, the year it looks back on, the years it plans."""

import re
from collections import Counter
from typing import NamedTuple

from plan_monitor.reading import periods
from plan_monitor.reading.passages import Passage, Table
from plan_monitor.reading.periods import Clock

_PLAN = re.compile(
    r"规划|计划|方案|纲要|意见|措施|目标任务|目标|部署|安排|行动|现代化20\d\d|20条|30条|任务书|责任书|办法|规定"
)
_BULLETIN = re.compile(
    r"公报|统计|运行情况|运行分析|情况分析|总结|年鉴|回顾|监测报告|快报|月报|季报|年报|简报|概况"
)
_REPORT = re.compile(r"工作报告|工作总结.*(?:计划|安排|打算)|执行情况")
_ISSUED = re.compile(
    r"((?:19|20)\d\d)年\d{1,2}月\d{1,2}日|((?:19|20)\d\d)-\d\d-\d\d|[〔\[（(]((?:19|20)\d\d)[〕\]）)]\d*第?\d+号"
)
_LONGEST = 80
_HEAD = 12  # passages at the beginning that can be a title, a number or a date


class Frame(NamedTuple):
    """What is known of a document as a whole.

    kind : "plan", "bulletin" or "report" (which looks back first, then ahead).
    title : its title, as far as one is found.
    clock : the year it looks back on, the part of that year, and the years that it plans.
    """

    kind: str
    title: str
    clock: Clock


def propose(parts: list[Passage | Table], year: int | None = None, until: int | None = None) -> Frame:
    """The frame of a document: from the years given, else from its title, number and date."""
    beginning = head(parts)
    title = _title(beginning)
    short_lines = [text for text in beginning if len(text) <= _LONGEST and not text.endswith("。")]
    plan = next(filter(None, map(_plan_years, [title, *short_lines])), None)
    kind = _kind(title, plan)
    issued = _issue_year(beginning)
    if until:
        first = plan[0] if plan and plan[0] <= until else (year or issued or until - 1) + 1
        plan = (min(first, until), until)
    elif kind != "plan":
        plan = None
    if not year:
        year = _year_before(plan, issued) if kind == "plan" else None
        year = year or _year_of(title) or (issued - 1 if issued else None) or _most_frequent_year(parts)
        if year and until:
            year = min(year, until - 1)  # nobody looks back on a year that is planned
    if plan and plan[0] == plan[1] and year and year < plan[1]:
        plan = (year + 1, plan[1])
    part = periods.part_of_year(title) if kind != "plan" else ""
    return Frame(kind, title, Clock(year, part, plan))


def head(parts: list[Passage | Table]) -> list[str]:
    """The first lines of a document, without those that are headings of its parts."""
    return [part.text for part in parts[:_HEAD] if isinstance(part, Passage) and not part.level]


def _issue_year(lines: list[str]) -> int | None:
    """The year of the first date or number of a document."""
    match = next(filter(None, map(_ISSUED.search, lines)), None)
    return int(next(filter(None, match.groups()))) if match else None


def _year_before(plan: tuple[int, int] | None, issued: int | None) -> int | None:
    """The year before a plan of several years begins, or before it was issued, whichever is earlier."""
    firsts = [plan[0] if plan and plan[0] < plan[1] else None, issued]
    return min((first - 1 for first in firsts if first), default=None)


def _most_frequent_year(parts: list[Passage | Table]) -> int | None:
    """The year that a text names most."""
    text = "".join(part.text for part in parts if isinstance(part, Passage))
    years = Counter(re.findall(r"((?:19|20)\d\d)年", text))
    return int(years.most_common(1)[0][0]) if years else None


def _title(lines: list[str]) -> str:
    """The first line that names a kind of document, else the first."""
    short = [text for text in lines if 4 <= len(text) <= _LONGEST and not re.search(r"[。；]$", text)]
    candidates = [
        text for text in short if _PLAN.search(text) or _BULLETIN.search(text) or _REPORT.search(text)
    ]
    return (candidates or short or [""])[0]


def _kind(title: str, plan: tuple[int, int] | None) -> str:
    if _REPORT.search(title):
        return "report"
    if _BULLETIN.search(title):
        return "bulletin"
    return "plan" if plan or _PLAN.search(title) else "bulletin"


def _plan_years(text: str) -> tuple[int, int] | None:
    """A plan's first and last year: of a named five-year plan, of a span of years, or the one year named."""
    if five := re.search(r"[“\"]?(十[一二三四五六]五)[”\"]?", text):
        first = periods.PLANS[five[1]]
        return first, first + 4
    if years := re.search(r"((?:19|20)\d\d)\s*年?\s*[-—–－~～至到]+\s*((?:19|20)\d\d)\s*年?", text):
        return int(years[1]), int(years[2])
    if year := re.search(r"[一-鿿](20[2-9]\d)(?!\d|\s*年)", text):
        return int(year[1]), int(year[1])
    return None


def _year_of(title: str) -> int | None:
    year = re.search(r"((?:19|20)\d\d)\s*年", title)
    return int(year[1]) if year else None


_NUMBERED = re.compile(r"[一-鿿]{2,10}[〔\[（(﹝](?:19|20)\d\d[〕\]）)﹞]第?\d+号")


def documents(parts: list[Passage | Table]) -> list[list[Passage | Table]]:
    """The documents of a file such as a gazette: each begins with its title, followed by its number."""
    starts = [0]
    for position, part in enumerate(parts):
        if position and isinstance(part, Passage) and _NUMBERED.fullmatch(part.text):
            first = position
            while first > starts[-1] and position - first < 3 and _is_title(parts[first - 1]):
                first -= 1
            if first < position and first > starts[-1]:
                starts.append(first)
    return [parts[first:last] for first, last in zip(starts, [*starts[1:], len(parts)], strict=True)]


def _is_title(part: Passage | Table) -> bool:
    return isinstance(part, Passage) and len(part.text) <= _LONGEST and not re.search("[。；，]$", part.text)
