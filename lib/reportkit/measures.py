"""Units in English: what a published unit is called, how many of it, and 万 and 亿 multiplied out."""

import re

import pandas as pd

from reportkit.decimals import carried, fixed
from reportkit.language import current

# one of each published unit, without its sign of scale; a unit that is not listed is printed as stored
_ENGLISH = {
    "百分点": "point",
    "年": "year",
    "年内": "year at most",
    "个月": "month",
    "月": "month",
    "日": "day",
    "个工作日": "working day",
    "小时": "hour",
    "学时": "hour",
    "分钟": "minute",
    "课时/周": "lesson a week",
    "元": "yuan",
    "元/人": "yuan a person",
    "元/平方米": "yuan a m²",
    "元/元": "yuan a yuan",
    "元/间": "yuan a room",
    "元/生": "yuan per pupil",
    "平方米": "m²",
    "平方米/生": "m² per pupil",
    "人": "person",
    "名": "person",
    "人次": "person-time",
    "人/户": "person a household",
    "人/年": "person a year",
    "人次/年": "person-time a year",
    "人/百名学生": "per 100 pupils",
    "户": "household",
    "户/年": "household a year",
    "户/年/部门": "enterprise a year and department",
    "所": "school",
    "所/县市": "school a county",
    "所/乡": "school a township",
    "所/村": "school a village",
    "个县市": "county",
    "个县": "county",
    "间": "room",
    "间/百名学生": "per 100 pupils",
    "间/12个班级": "for 12 classes",
    "套(间)": "flat",
    "台(套)": "set",
    "站": "station",
    "皮长公里": "km of cable",
    "亩/年": "mu a year",
    "次/年": "time a year",
    "位": "rank",
    "M": "Mbit/s",
    "G": "Gbit/s",
    "件次": "item",
    # counters, whose noun the indicator has
    **dict.fromkeys(
        (
            "个",
            "倍",
            "级",
            "类",
            "种",
            "座",
            "枚",
            "件",
            "条",
            "张",
            "项",
            "家",
            "比率",
            "系数",
            "比例",
            "是否",
        ),
        "",
    ),
}
_SCALE = {"亿": 8, "百万": 6, "万": 4, "千": 3}  # powers of ten
_TENS = {0: "", 3: "1,000", 4: "10,000", 6: "million", 8: "100 million"}
_ROUND = ((9, "billion"), (6, "million"))
_UNCOUNTED = {"yuan", "mu", "km", "per", "for", "Mbit/s", "Gbit/s", "GWh"}


def counted(count: float, one: str, many: str = "") -> str:
    """A number of things in English; `many` where more of them are not called as usual.

    >>> counted(1, "promise"), counted(12, "county"), counted(1, "date is", "dates are")
    ('1 promise', '12 counties', '1 date is')
    """
    shown = f"{fixed(count, carried([count])):,f}"
    return f"{shown} {one if shown == '1' else many or several(one)}"


def several(one: str) -> str:
    """The plural of an English unit or noun; what it is counted for stays as it is.

    >>> several("school a county"), several("county"), several("yuan a person"), several("m²")
    ('schools a county', 'counties', 'yuan a person', 'm²')
    """
    head, *rest = re.split(r"(?= (?:a|at|of|per|and) )", one, maxsplit=1)
    plural = head.endswith("s") and not head.endswith("ss")
    if plural or not head[-1:].islower() or not head.isascii() or _UNCOUNTED & set(head.split(" ")):
        return one
    if head.endswith(("ss", "x", "ch", "sh")):
        head += "es"
    elif head.endswith("y") and head[-2] not in "aeiou":
        head = head[:-1] + "ies"
    else:
        head += "s"
    return "".join([head, *rest])


def units(indicators: pd.DataFrame) -> pd.Series:
    """Unit of each indicator as ``figure`` takes it, by its id.

    English has several words for one unit, enterprises and households for 户: an indicator may name its own.
    """
    pairs = zip(indicators["unit"], indicators["unit_en"], strict=True)
    return pd.Series([named(unit, own) for unit, own in pairs], indicators["id"], dtype=object)


def named(unit: str, own: str) -> str:
    """A published unit as ``figure`` takes it; in English with the noun an indicator has of its `own`.

    >>> named("万个", "place", "en"), named("万个", "place", "zh"), named("所", pd.NA, "en")
    ('万 place', '万个', '所')
    """
    if current() == "zh" or pd.isna(own):
        return unit
    sign = next((sign for sign in _SCALE if unit.startswith(sign)), "")
    return f"{sign} {own}".strip()


def split(unit: str) -> tuple[int, str]:
    """The power of ten of a unit and its English, one of it.

    >>> split("万人"), split("万 place"), split("所")
    ((4, 'person'), (4, 'place'), (0, 'school'))
    """
    power = next((power for sign, power in _SCALE.items() if unit.startswith(sign)), 0)
    rest = unit.lstrip("".join(_SCALE)).strip() if power else unit
    return power, _ENGLISH.get(rest, rest)


def scaled(largest: float, unit: str) -> tuple[int, str]:
    """How figures of one unit are shown beside each other: a power of ten to multiply them by, and a word.

    Chinese counts in 万 and 亿 as published; English in ones, millions or billions, by the largest figure.

    >>> scaled(7.63, "万人", "en"), scaled(64.0, "亿元", "en"), scaled(7.63, "万人", "zh")
    ((4, 'persons'), (-1, 'billion yuan'), (0, '万人'))
    """
    if current() == "zh":
        return 0, unit
    power, one = split(unit)
    for size, name in _ROUND:
        if power and abs(largest) * 10.0**power >= 10.0**size:
            return power - size, f"{name} {several(one)}".strip()
    return power, several(one)


def unit_word(unit: str) -> str:
    """A published unit in the report's language, over figures that stay as they are.

    >>> unit_word("所", "en"), unit_word("万人", "en"), unit_word("万人", "zh")
    ('schools', '10,000 persons', '万人')
    """
    if current() == "zh":
        return unit
    power, one = split(unit)
    return f"{_TENS[power]} {several(one)}".strip()
