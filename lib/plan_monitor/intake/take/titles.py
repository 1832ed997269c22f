"""What the title of a table tells: place, years, what it is about, and the document it belongs to."""

import re
import unicodedata
from collections.abc import Callable

from plan_monitor.settle import spans
from plan_monitor.settle.quantity import Refused

_REVIEW = re.compile(r"(?:完成|实现|执行|落实)情况|评估|回顾|统计公报|年鉴")
_FIVE = r"[“\"]?(?:十[一二三四五六]?|[六七八九])五[”\"]?(?=时期|期间|规划|[^年\d]|$)"
_SPAN = re.compile(
    rf"{_FIVE}"
    r"|(?:19|20)\d\d年?\s*[-—–~～至到]+\s*(?:19|20)\d\d年?"
)
_NUMBERED = re.compile(r"第(十[一二三四五六]?)个五年(?:规划|计划)?")
_POINT = re.compile(
    r"(?:19|20)\d\d年(?:(?:第?[一二三四1-4]季度|前[一二三]季度|上半年"
    r"|\d{1,2}\s*[-—–~～至]\s*\d{1,2}月|\d{1,2}月)[底末]?|[度底末])?"
)
_DATE = re.compile(  # not 2023年1-9月, which is a span of months
    r"((?:19|20)\d\d)(?:年(\d{1,2})月(\d{1,2})日|([-./])(\d{1,2})\4(\d{1,2})(?![\d月]))"
)
_NUMBER = re.compile(r"[一-鿿]{2,10}[〔\[［(（](?:19|20)\d\d[〕\]］)）]\s*\d+\s*号")
_CAPTION = re.compile(
    r"^(?:(?:[续附]?表|专栏|附件|图|Table)\s*[\d一二三四五六七八九十]*(?:[-—–.·]\d+)*|\d+(?:[-—–]\d+)+)"
    r"\s*[:：、.．]?\s*"
)
_ORGAN = re.compile(
    r"(?:局|厅|委|委员会|部|署|办|办公室|政府|中心|院|司|处|银行|银保监会|统计系统|组织|会|调查队)$"
)
_OF_PLAN = re.compile(  # 规划, its table, and what is said of both in brackets
    r"(.*(?:规划|计划|纲要|方案)[》”\"]?)((?:的|确定的|发展|[主重]要|核心|预期|量化|具体|监测|考核|评价)*"
    r"(?:目标指标|指标|目标)(?:体系|任务|值)*(?:分解|一览|汇总)?表?)((?:[（(][^（）()]*[）)])*)"
)
_FILLER = (
    r"及?(?:历年|各地区?|各省区?市?|各市州?|各县市区?|各区县?|各州市|分(?:地区|省|市|县市?区?)"
    r"|主要年份|年度)+的?"
)


def is_review(title: str) -> bool:
    """Whether a title announces results, so that a year in it may be of a target or of an actual."""
    return bool(_REVIEW.search(title))


def numbered(title: str) -> bool:
    """Whether a title names a five-year plan by its number, so that its years may be targets or actuals.

    >>> numbered("镇江市“十四五”主要指标"), numbered("镇江市2021—2025年主要指标")
    (True, False)
    """
    return bool(re.search(_FIVE, _NUMBERED.sub(r"“\1五”规划", title)))


def span(title: str) -> str:
    """The years that a title names from first to last, as a period; empty where none or several."""
    result = set()
    for match in _SPAN.finditer(_NUMBERED.sub(r"“\1五”规划", title)):
        try:
            result.add(spans.period(match[0]))
        except Refused:
            continue
    result = {years for years in result if "/" in years}
    return result.pop() if len(result) == 1 else ""


def point(text: str) -> str:
    """The one year, quarter or month that a title names; empty where none or several.

    >>> point("2023年各县（市、区）主要经济指标"), point("2020—2023年人口"), point("2023年1—6月固定资产投资")
    ('2023', '', '2023-01/2023-06')
    """
    if _SPAN.search(text):
        return ""
    result = set()
    for match in _POINT.finditer(_DATE.sub("", text)):
        try:
            result.add(spans.period(re.sub(r"\s", "", match[0])))
        except Refused:
            return ""
    return result.pop() if len(result) == 1 else ""


def issued(text: str) -> str:
    """A full date in a line, as ISO text; empty where none.

    >>> issued("（2021年5月12日印发）"), issued("2021-5-12"), issued("2023年1-9月")
    ('2021-05-12', '2021-05-12', '')
    """
    match = _DATE.search(text)
    if not match:
        return ""
    return f"{match[1]}-{int(match[2] or match[5]):02}-{int(match[3] or match[6]):02}"


def number(text: str) -> str:
    """A document number in a line: 镇政发〔2021〕15号; empty where none."""
    match = _NUMBER.search(text)
    return re.sub(r"\s", "", match[0]) if match else ""


def caption(title: str) -> str:
    """A title without the number of its table.

    >>> caption("附表1：镇江市主要指标"), caption("表1-2 人口")
    ('镇江市主要指标', '人口')
    """
    return _CAPTION.sub("", title).strip()


def is_caption(title: str) -> bool:
    """Whether a line is the caption of one table, not the title of a document."""
    return bool(_CAPTION.match(title)) and not title.startswith("附件")


def organ(source: str) -> str:
    """The office that a source names; empty where it is the title of a publication.

    >>> organ("镇江市教育局（虚构）"), organ("《镇江统计年鉴2024》"), organ("镇江统计年鉴2024")
    ('镇江市教育局', '', '')
    """
    office = re.sub(r"(?:提供|整理)?(?:[（(][^（）()]*[）)])*[。.\s]*$", "", source)
    return office if _ORGAN.search(office) and "《" not in source else ""


def plan_title(title: str) -> tuple[str, str]:
    """The title of the plan that a table of indicators belongs to, and the table's own part of the title.

    >>> plan_title("镇江市“十四五”教育发展规划主要指标（虚构）")
    ('镇江市“十四五”教育发展规划（虚构）', '主要指标')
    >>> plan_title("镇江市教育发展主要指标")
    ('镇江市教育发展主要指标', '')
    """
    match = _OF_PLAN.fullmatch(title)
    return (match[1] + match[3], match[2]) if match else (title, "")


def region(title: str, is_region: Callable[[str], bool]) -> str:
    """The full name of the place that a title begins with, after years and a table's number; or empty."""
    text = re.sub(r"\s+", "", caption(unicodedata.normalize("NFKC", title)))
    prefix = rf"^(?:中共|关于印发|印发|{_POINT.pattern}|{_SPAN.pattern}|[《\"“”:的]|(?:19|20)\d\d)+"
    text = re.sub(prefix, "", text)
    ends = [match.end() for match in re.finditer(r"[省市州县区旗盟]|自治区|地区|兵团|^[全中]国", text[:24])]
    return next((text[:end] for end in reversed(ends) if is_region(text[:end])), "")


def indicator(title: str, place: str) -> str:
    """What a table is about, from its title, without place, years and the word for table.

    >>> indicator("表3 镇江市各县（市、区）常住人口（2020—2023年）", "镇江市")
    '常住人口'
    >>> indicator("镇江市基本情况", "镇江市")
    ''
    """
    text = caption(unicodedata.normalize("NFKC", title))
    text = text.replace(place, "", 1) if place else text
    text = re.sub(r"[县市区州]\((?:[县市区州]、?)+\)", "县市区", text)
    for pattern in (_SPAN.pattern, _POINT.pattern):
        text = re.sub(rf"[(]\s*(?:{pattern})\s*[)]|{pattern}", "", text)
    text = re.sub(_FILLER, "", text)
    text = re.sub(r"[“”\"]|(?:统计|一览|情况|明细|汇总)*表$|(?:基本|完成|有关)?情况$", "", text)
    text = re.sub(r"^[的、()\s]+|[的、\s]+$|\(\s*\)", "", text)
    return "" if re.fullmatch(r"(?:[主重]要|基本|核心)?.{0,4}(?:指标|统计资料|数据)", text) else text
