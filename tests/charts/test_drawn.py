"""Charts as they were looked at: what stands where, in which colour, line and size of letters.

`drawn/` has each as SVG. Where a chart is to look otherwise, look at the file that the message names, and put it there.
"""

import re
from pathlib import Path

import matplotlib
import numpy as np
import pandas as pd
import pytest
from lxml import etree

from reportkit.charts import plain
from reportkit.charts.heatmap import heat_map
from reportkit.charts.lines import lines
from reportkit.charts.marks import timeline
from reportkit.charts.small import Level, small_bars, small_dates, small_lines, small_states
from reportkit.language import using

# others measure letters otherwise, by up to a point, and labels stand elsewhere then
pytestmark = pytest.mark.skipif(
    matplotlib.__version_info__[:2] != (3, 11), reason="the drawings are of matplotlib 3.11"
)
DRAWN = Path(__file__).with_name("drawn")
NEAR, EXACT = 0.6, 0.02  # points: of places, and of what no width of letters moves: marks, widths of lines
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
TITLE, SUBTITLE = ("标题", "Title"), ("单位：%", "In %")
STATES = {
    "met": ("达到", "met", "#cfe3d4"),
    "slow": ("偏慢", "slow", "#e0ab2f"),
    "short": ("不足", "short", "#a3191f"),
}


def rows(columns, *cells):
    return pd.DataFrame(cells, columns=columns.split())


PACES = [
    ("入园率", "甲州", 81.5, 2.25, range(2016, 2021)),
    ("入园率", "乙省", 84.0, 1.5, range(2016, 2021)),
    ("巩固率", "甲州", 95.0, 0.4, (2019, 2020)),
    ("巩固率", "乙省", 96.5, 0.1, range(2017, 2021)),
    ("升学率", "甲州", 12.0, 9.0, range(2018, 2021)),
]
YEARS = rows(
    "panel series year value unit",
    *[
        (panel, name, year, start + pace * (year - 2019), "%")
        for panel, name, start, pace, years in PACES
        for year in years
    ],
)
AIMS = rows(
    "panel series year value kind",
    ("入园率", "甲州", 2022.0, 88.0, "level"),
    ("入园率", "甲州", 2025.0, 95.0, "level"),
    ("巩固率", "乙省", 2022.0, 95.0, "floor"),
    ("巩固率", "乙省", 2025.0, 95.0, "floor"),
)
CROSSES = rows("panel series year value", ("入园率", "甲州", 2018, 70.5))
FAN = rows(
    "panel year median lower_80 upper_80 lower_95 upper_95",
    ("入园率", 2020, 83.75, 83.75, 83.75, 83.75, 83.75),
    ("入园率", 2022, 88.0, 86.0, 90.0, 84.5, 91.5),
    ("入园率", 2025, 92.5, 87.5, 97.5, 84.0, 99.5),
)
BARS = rows(
    "category series value doubtful",
    ("幼儿园", "2020", 64.0, True),
    ("幼儿园", "2025", 120.5, False),
    ("高中", "2020", 81.0, False),
    ("高中", "2025", 90.25, False),
    ("特殊教育和专门教育学校的在校学生和教职工", "2025", 7.5, False),
)
PARTS = rows(
    "category series value",
    *[("甲", "完成", 50.0), ("甲", "未完成", 30.0), ("甲", "未知", 2.0)],
    *[("乙", "完成", 20.0), ("乙", "未完成", 0.0), ("乙", "未知", 10.0)],
)
LIMITS = rows(
    "panel category value limit",
    ("小学", "用房", 0.514, 0.5),
    ("小学", "设备", 0.2, 0.5),
    ("初中", "用房", 0.45, 0.45),
    ("初中", "设备", np.nan, 0.45),
    ("高中", "用房", 0.6, 0.455),
)
CELLS = rows(
    "panel row column text state",
    ("小学", "城关小学", "教学用房", "120", "met"),
    ("小学", "城关小学", "每百名学生拥有骨干教师", "84", "short"),
    ("小学", "名字很长的某某乡镇中心小学第一分校", "教学用房", "99", "slow"),
    ("初中", "城关中学", "每百名学生拥有骨干教师", "101", "met"),
)
MARKS = rows(
    "row series year timing state",
    ("某县", "规划", 2030, "by", "slow"),
    ("某县", "方案", 2028, "in", "met"),
    ("某某省某某自治州农村义务教育学校", "方案", 2031.5, "in", "short"),
    ("另一县", "规划", 2026, "by", "met"),
)
SMALL = rows(
    "category value state target",
    ("甲", 40.0, "met", np.nan),
    ("某省某地区农村居民人均可支配收入", 60.0, "short", 80.0),
    ("丙", 71.5, None, 65.0),
)
DATES = rows(
    "category event year text",
    ("甲", "到期", 2026.0, "2025-12"),
    ("甲", "中期", 2024.25, "2024-03"),
    ("甲", "印发", 2022.5, "2022-06-08"),
    ("乙", "到期", 2024.0, "2023-12"),
)
SIX = rows(
    "panel series year value unit",
    *[
        ("收入", f"地区{n}", year, 8200.5 + 700 * n + 90 * (year - 2018), "元")
        for n in range(6)
        for year in range(2018, 2021)
    ],
)
CHARTS = {
    "lines": lambda: lines(
        YEARS, title=TITLE, subtitle=SUBTITLE, targets=AIMS, doubtful=CROSSES
    ),
    "lines-shared": lambda: lines(YEARS, title=TITLE, shared=True),
    "lines-forecast": lambda: lines(
        YEARS[:5], title=TITLE, subtitle=SUBTITLE, fan=FAN, targets=AIMS[1:2]
    ),
    "lines-scaled": lambda: lines(YEARS[-3:].assign(unit="亿元"), title=TITLE),
    "lines-legend": lambda: lines(SIX, title=TITLE),
    "bars": lambda: plain.bars(BARS, title=TITLE, subtitle=SUBTITLE, unit="万人"),
    "bars-scaled": lambda: plain.bars(BARS[BARS["series"] == "2025"].drop(columns="doubtful")[:2], title=TITLE, unit="万人", places=1),
    "stacked": lambda: plain.stacked(PARTS, title=TITLE, unit="项"),
    "stacked-colours": lambda: plain.stacked(PARTS.assign(value=20 * PARTS["value"]), title=TITLE, unit="百万元", colours={"完成": "#12512f"}),
    "dots": lambda: plain.dots(BARS, title=TITLE, unit="万人"),
    "dots-scaled": lambda: plain.dots(BARS[:4].assign(value=[64.0, 5.0, 81.0, 190.25]), title=TITLE, unit="万人"),
    "limits": lambda: plain.limit_bars(LIMITS, title=TITLE, unit="", over=("超过", "over")),
    "limits-one": lambda: plain.limit_bars(LIMITS[:2], title=TITLE, unit="㎡", over=("超过", "over")),
    "heat": lambda: heat_map(CELLS, title=TITLE, subtitle=SUBTITLE, states=STATES),
    "timeline": lambda: timeline(MARKS, title=TITLE, states=STATES, now=2025.5),
    "timeline-one": lambda: timeline(MARKS[1:3], title=TITLE, states=STATES, now=2020.0),
    "small-lines": lambda: small_lines(YEARS, title=TITLE, subtitle=SUBTITLE, targets=AIMS[1:]),
    "small-bars": lambda: small_bars(
        SMALL, title=TITLE, unit="%", states=STATES, levels=[Level(20.0, "最低线 20"), Level(90.0, "上限 90")]
    ),
    "small-bars-scaled": lambda: small_bars(SMALL[["category"]].assign(value=[0.5, 60.0, 71.5]), title=TITLE, unit="亿元"),
    "small-states": lambda: small_states({"short": 25, "met": 70, "slow": 5}, states=STATES, title=TITLE),
    "small-dates": lambda: small_dates(DATES, title=TITLE, now=(2024.1, "截至 2024-01")),
}  # fmt: skip
ENGLISH = {"lines-scaled", "bars-scaled", "stacked-colours", "dots-scaled", "limits-one", "small-bars-scaled"}


def shapes(svg):
    """What a chart shows, in its order: of each element its look without numbers, its text, its numbers, each
    with how near it must be."""
    root = etree.fromstring(svg)
    names = {}  # of what is drawn several times: as matplotlib calls it is not seen
    for element in root.iter():
        if element.get("id", "").startswith(("m", "p", "h")) and not element.get("id").startswith("part"):
            names[element.get("id")] = f"{len(names)}"
    told, places = [], []
    for element in root.iter():
        looks = " ".join(f"{name}={value}" for name, value in sorted(element.attrib.items()))
        for name, short in names.items():
            looks = looks.replace(name, short)
        told.append((etree.QName(element).localname, NUMBER.sub("·", looks), element.text or ""))
        of_mark = (
            EXACT if element.getparent() is not None and element.getparent().tag.endswith("}defs") else NEAR
        )
        places.append(
            [
                (float(number), EXACT if name == "style" else of_mark)
                for name, value in sorted(element.attrib.items())
                for number in NUMBER.findall(value)
                if name not in ("id", "href", "clip-path")
            ]
        )
    return told, places


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_looks_as_it_did(shown, tmp_path, name):
    matplotlib.rcdefaults()  # no chart leaves its looks to the one before
    with using("en" if name in ENGLISH else "zh"):
        CHARTS[name]()
    now = tmp_path / f"{name}.svg"
    now.write_text(shown[0]["image/svg+xml"], encoding="utf-8")
    (told, places), (expected, known) = (
        shapes((folder / now.name).read_bytes()) for folder in (tmp_path, DRAWN)
    )
    assert told == expected, now
    for one, place, before in zip(told, places, known, strict=True):
        for (number, near), (old, _) in zip(place, before, strict=True):
            assert number == pytest.approx(old, abs=near), (now, one)
