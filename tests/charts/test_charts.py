"""Heat map, limit bars, timeline: the picture, and every plotted figure in its text."""

import io
import re
import warnings
from itertools import pairwise

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from lxml import etree
from matplotlib.colors import to_rgb
from PIL import Image

from reportkit.charts import canvas
from reportkit.charts import plain as charts
from reportkit.charts.heatmap import heat_map
from reportkit.charts.lines import lines
from reportkit.charts.marks import timeline
from reportkit.charts.pixels import png
from reportkit.charts.plain import ink_on
from reportkit.charts.small import Level, small_bars, small_dates, small_lines, small_states
from reportkit.language import using
from reportkit.table import CHART, unpack

STATES = {"met": ("达到", "met", "#cfe3d4"), "short": ("不足", "short", "#a3191f")}
CELLS = pd.DataFrame(
    [
        ("小学", "城关小学", "教学用房", "120", "met"),
        ("小学", "城关小学", "运动场馆", "84", "short"),
        ("小学", "河边完小", "教学用房", "99", "met"),
        ("初中", "城关中学", "运动场馆", "101", "met"),
    ],
    columns=["panel", "row", "column", "text", "state"],
)
BARS = pd.DataFrame(
    [
        ("小学", "用房", 0.514, 0.5),
        ("小学", "设备", 0.2, 0.5),
        ("初中", "用房", 0.45, 0.45),
        ("初中", "设备", None, 0.45),
    ],
    columns=["panel", "category", "value", "limit"],
)
MARKS = pd.DataFrame(
    [
        ("某县", "规划", 2030, "by", "unknown"),
        ("某县", "方案", 2028, "in", "done"),
        ("另一县", "方案", 2031, "in", "unknown"),
    ],
    columns=["row", "series", "year", "timing", "state"],
)
KNOWN = {"done": ("已完成", "done", "#3f7d58"), "unknown": ("未知", "unknown", "#8a8a8a")}
TITLE = ("标题", "Title")


def draw(kind, frame, lang):
    with warnings.catch_warnings(), using(lang):
        warnings.simplefilter("error")  # a missing glyph, a layout that does not fit
        if kind == "heat":
            heat_map(frame, title=TITLE, states=STATES)
        elif kind == "limits":
            charts.limit_bars(frame, title=TITLE, unit="", over=("超过", "over"))
        else:
            timeline(frame, title=TITLE, states=KNOWN, now=2025.0)


@pytest.mark.parametrize(
    ("kind", "frame", "lang", "text"),
    [
        (
            "heat",
            CELLS,
            "zh",
            "标题。小学 – 城关小学：教学用房 120，运动场馆 84（不足） | 河边完小：教学用房 99；初中 – 城关中学：运动场馆 101。",
        ),
        (
            "heat",
            CELLS,
            "en",
            "Title. 小学 – 城关小学: 教学用房 120, 运动场馆 84 (short) | 河边完小: 教学用房 99; 初中 – 城关中学: 运动场馆 101.",
        ),
        (
            "limits",
            BARS,
            "zh",
            "标题。小学（限值 0.50） – 用房 0.514（超过），设备 0.200；初中（限值 0.45） – 用房 0.450，设备 无法计算。",
        ),
        (
            "limits",
            BARS,
            "en",
            "Title. 小学 (limit 0.50) – 用房 0.514 (over), 设备 0.200; 初中 (limit 0.45) – 用房 0.450, 设备 not computable.",
        ),
        (
            "timeline",
            MARKS,
            "zh",
            "标题。某县 – 规划：最迟 2030，未知 | 方案：计划于 2028，已完成；另一县 – 方案：计划于 2031，未知。",
        ),
        (
            "timeline",
            MARKS[MARKS["series"] == "方案"],
            "en",
            "Title. 某县 – planned for 2028, done; 另一县 – planned for 2031, unknown.",
        ),
    ],
)
def test_every_figure_is_in_the_text(shown, kind, frame, lang, text):
    draw(kind, frame, lang)
    assert shown[0]["text/plain"] == text
    assert shown[0]["image/png"].startswith(b"\x89PNG")
    assert len(shown) == 1


@pytest.mark.parametrize(("kind", "frame"), [("heat", CELLS), ("limits", BARS), ("timeline", MARKS)])
def test_nothing_to_draw_is_said(shown, kind, frame):
    draw(kind, frame.iloc[:0], "en")
    assert shown[0]["text/plain"] == "**Title**: no data."


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_large_county_fits(shown, lang):
    rows = [
        (
            "小学",
            f"名字很长的乡镇中心小学第{n}分校",
            f"每百名学生拥有县级以上骨干教师数{k}",
            str(n * k),
            "met",
        )
        for n in range(45)
        for k in range(7)
    ]
    draw("heat", pd.DataFrame(rows, columns=CELLS.columns), lang)
    assert shown[0]["text/plain"].count("骨干教师数") == 45 * 7


@pytest.mark.parametrize(
    ("colour", "ink"),
    [("#ffffff", "black"), ("#f0c36d", "black"), ("#a3191f", "white"), ("#000000", "white")],
)
def test_figures_are_readable_on_their_colour(colour, ink):
    assert ink_on(colour) == ink


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("kind", "frame", "column", "value"),
    [("heat", CELLS, "text", "85"), ("limits", BARS, "value", 0.201), ("timeline", MARKS, "year", 2029)],
)
def test_one_changed_figure_changes_the_text(shown, kind, frame, column, value, lang):
    changed = frame.copy()
    changed.loc[1, column] = value
    draw(kind, frame, lang)
    draw(kind, changed, lang)
    first, second = (bundle["text/plain"] for bundle in shown)
    assert first != second
    assert str(value) in second


def test_a_limit_is_not_rounded(shown):
    draw("limits", BARS.assign(limit=0.455), "en")
    assert "小学 (limit 0.455) – 用房 0.514 (over)" in shown[0]["text/plain"]


def test_a_category_that_a_panel_lacks_is_not_called_incomputable(shown):
    draw("limits", BARS.iloc[:3], "en")
    assert shown[0]["text/plain"].endswith("初中 (limit 0.45) – 用房 0.450.")


def test_words_for_values_that_are_all_missing_lie_on_the_axis(drawn, shown):
    draw("limits", BARS.assign(value=float("nan")), "zh")
    assert shown[0]["text/plain"].count("无法计算") == len(BARS)
    assert all(ax.get_xlim()[0] <= 0 < ax.get_xlim()[1] for ax in drawn[0].axes)


@pytest.mark.parametrize("now", [2021.5, 2040.0])
def test_the_date_of_the_figures_is_on_the_axis(drawn, now):
    timeline(MARKS, title=TITLE, states=KNOWN, now=now)
    first, last = drawn[0].axes[0].get_xlim()
    assert first < now < last


def test_marks_of_one_row_and_year_lie_apart(drawn):
    frame = pd.DataFrame(
        {"row": "某县", "series": list("甲乙丙丁戊己庚"), "year": 2025, "timing": "in", "state": "done"}
    )
    timeline(frame, title=TITLE, states=KNOWN, now=2025.0)
    drawn[0].draw_without_rendering()
    (ax,) = drawn[0].axes
    heights = sorted(ax.transData.transform(mark.get_offsets())[0][1] for mark in ax.collections)
    least = 6 * drawn[0].dpi / 72  # a marker is six points high
    assert all(above - below > least for below, above in pairwise(heights))


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("4. 乡镇寄宿制学校建设", ["4. 乡镇寄宿", "制学校建设"]),
        ("建立预警机制、统筹编制", ["建立预警机", "制、统筹编制"]),
        ("全部都覆盖（含食堂）", ["全部都覆盖", "（含食堂）"]),
        ("每班级接入 2030 年", ["每班级接入", "2030 年"]),
        ("短", ["短"]),
    ],
)
def test_chinese_lines_break_where_print_breaks_them(text, lines):
    assert canvas.wrapped(text, 12).splitlines() == lines


@pytest.mark.slow
def test_the_bar_of_a_doubtful_figure_is_hatched_and_called_so(drawn, shown):
    frame = pd.DataFrame({"category": ["幼儿园", "高中"], "series": "投资", "value": [64.0, 81.0]})
    for lang in ("zh", "en"):
        with using(lang):
            charts.bars(frame.assign(doubtful=[True, False]), title=TITLE, unit="亿元")
    charts.bars(frame, title=TITLE, unit="亿元")
    hatches = [[bar.get_hatch() for bar in chart.axes[0].patches[:2]] for chart in drawn]
    assert hatches == [["////", None], ["////", None], [None, None]]
    assert [bundle["text/plain"] for bundle in shown] == [
        "标题。投资（亿元）：幼儿园 64（数字存疑），高中 81。",
        "Title. 投资 (billion yuan): 幼儿园 6.4 (doubtful figure), 高中 8.1.",
        "标题。投资（亿元）：幼儿园 64，高中 81。",
    ]


def test_the_english_chart_counts_in_ones_and_millions(shown):
    """万 is multiplied out for the whole panel, text and axis alike; computed figures have one number of decimals."""
    frame = pd.DataFrame(
        {"category": ["kindergartens", "schools"], "series": "places", "value": [10.06, 18.9]}
    )
    with using("en"):
        charts.bars(frame, title=("题", "Places"), unit="万 place")
    assert shown[0]["text/plain"] == "Places. places (places): kindergartens 100,600, schools 189,000."
    charts.bars(frame, title=("题", "Places"), unit="万个", places=1)
    assert shown[1]["text/plain"] == "题。places（万个）：kindergartens 10.1，schools 18.9。"
    long = pd.DataFrame(
        {"panel": "insured", "series": "China", "year": [2020.0, 2021.0], "value": [101676.0, 94713.74]}
    )
    with using("en"):
        lines(long.assign(unit="万人"), title=("题", "Insured"))
    assert "insured (billion persons) – China: 2020 1.01676, 2021 0.9471374." in shown[2]["text/plain"]


def test_a_forecast_is_told_with_the_digits_that_its_interval_leaves_it(shown):
    """A reserve of 8183.02 that may be -8062 to 23 615 by the last year; its figures stay as published."""
    frame = pd.DataFrame(
        {"panel": "结余", "series": "账目", "year": [2024.0], "value": [8183.02], "unit": "亿元"}
    )
    columns = ["median", "lower_80", "upper_80", "lower_95", "upper_95"]
    years = [[8655.0, *[float("nan")] * 4], [9539.0, -8062.0, 23615.0, -16000.0, 35000.0]]
    fan = pd.DataFrame(years, columns=columns).assign(panel="结余", year=[2025.0, 2030.0])
    lines(frame, title=TITLE, fan=fan)
    lines(frame, title=TITLE, fan=fan.iloc[:1])  # the median alone
    told = [bundle["text/plain"] for bundle in shown]
    assert "预测中位数：2025 9,000，2030 10,000 (80 % -8,000–24,000) | 账目：2024 8,183.02" in told[0]
    assert "预测中位数：2025 8,655 (80 % –––)" in told[1]


def test_a_target_is_told_no_finer_than_the_figures_beside_it(shown):
    frame = pd.DataFrame(
        {"panel": "x", "series": "甲", "year": [2020.0], "value": [100.0], "unit": "", "places": 0}
    )
    lines(frame, title=TITLE, targets=frame.assign(year=2025.0, value=115.4312, places=4.0))
    assert "甲目标：2025 115。" in shown[0]["text/plain"]


YEARS = pd.DataFrame(
    [
        (panel, series, float(year), 80 + 3 * place + (year - 2020) * 2.5, "%", f"{series}-{year}")
        for panel in ("入园率", "巩固率")
        for place, series in enumerate(("甲州", "乙省", "全国"))
        for year in range(2016, 2021)
    ],
    columns=["panel", "series", "year", "value", "unit", "id"],
)
AIM = pd.DataFrame({"panel": ["入园率"], "series": "甲州", "year": 2025.0, "value": 95.0, "id": "t"})
PARTS = pd.DataFrame(
    [
        ("甲", "完成", 5.0, ["a", "b"]),
        ("甲", "未完成", 3.0, "c"),
        ("乙", "完成", 2.0, None),
        ("乙", "未完成", 0.0, None),
    ],
    columns=["category", "series", "value", "id"],
)


DATES = pd.DataFrame(
    [
        ("甲", "到期", 2026.0, "2025-12", "a"),
        ("甲", "印发", 2022.5, "2022-06-08", "a"),
        ("乙", "到期", 2024.0, "2023-12", None),
    ],
    columns=["category", "event", "year", "text", "id"],
)


def draw_any(kind):
    if kind in ("heat", "limits", "timeline"):
        draw(kind, {"heat": CELLS, "limits": BARS, "timeline": MARKS}[kind], "zh")
    elif kind == "lines":
        lines(YEARS, title=TITLE, subtitle=("单位：%", "%"), targets=AIM)
    elif kind == "small lines":
        small_lines(YEARS, title=TITLE, subtitle=("单位：%", "%"), targets=AIM)
    elif kind == "small bars":
        frame = pd.DataFrame({"category": ["甲", "乙"], "value": [40.0, 60.0], "state": ["met", "short"]})
        frame["target"] = [None, 80.0]
        level = Level(90.0, "最高线 90")
        small_bars(frame, title=TITLE, unit="%", states=STATES, levels=[level])
    elif kind == "small dates":
        small_dates(DATES, title=TITLE, now=(2024.0, "截至 2023-12"))
    elif kind == "small states":
        small_states({"short": 2, "met": 7}, states=STATES, title=TITLE, ids={"met": ["a"]})
    else:
        getattr(charts, kind)(PARTS, title=TITLE, unit="项")


KINDS = [
    "lines",
    "bars",
    "stacked",
    "dots",
    "limits",
    "heat",
    "timeline",
    "small lines",
    "small dates",
    "small bars",
    "small states",
]


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_a_chart_is_drawn_alike_each_time_and_fits_a_page_in_letters_that_can_be_read(shown, kind):
    draw_any(kind)
    draw_any(kind)
    first, second = (bundle["image/svg+xml"] for bundle in shown)
    assert first == second
    root = etree.fromstring(first)
    width = float(root.get("width").removesuffix("pt"))
    assert width <= (255 if kind.startswith("small") else 156 / 25.4 * 72)  # 340 pixels, a page
    letters = [element for element in root.iter("{*}text") if element.text.strip()]
    sizes = [float(element.get("style").partition("font-size:")[2].partition("px")[0]) for element in letters]
    assert min(sizes) >= 8
    places = root.get("data-points").split()
    assert len(places) == 5 * len(shown[0][CHART]["rows"]) > 0
    height = float(root.get("height").removesuffix("pt"))
    for x, y in zip(map(float, places[1::5]), map(float, places[2::5]), strict=True):
        assert 0 <= x <= width and 0 <= y <= height


@pytest.mark.parametrize("kind", KINDS)
def test_all_that_is_written_at_a_panel_has_room_beside_the_others_and_the_legend(drawn, shown, kind):
    draw_any(kind)
    (chart,) = drawn
    boxes = [ax.get_tightbbox() for ax in chart.axes if ax.get_visible()]
    boxes += [legend.get_window_extent() for legend in chart.legends]
    for place, box in enumerate(boxes):
        assert min(box.x0, box.y0) >= 0 and box.x1 <= chart.bbox.width and box.y1 <= chart.bbox.height
        assert not any(box.overlaps(other) for other in boxes[place + 1 :])


def test_a_figure_behind_a_bar_is_cut_off_by_neither_the_edge_nor_the_next_panel(drawn, shown):
    long = {"用房": "Teachers above the required degree per 100 students"}  # the panels become much narrower
    frame = BARS.assign(value=[0.6, 0.6, 0.5, 0.45], category=BARS["category"].replace(long))
    with using("en"):
        charts.limit_bars(frame, title=TITLE, unit="", over=("超过", "over the limit"))
    (chart,) = drawn
    left, right = (ax.get_tightbbox() for ax in chart.axes)
    assert left.x1 <= right.x0 and right.x1 <= chart.bbox.width


@pytest.mark.parametrize("kind", ["bars", "stacked", "dots", "limit_bars", "small_bars"])
def test_long_names_of_rows_that_follow_each_other_lie_apart(drawn, shown, kind):
    names = [
        "Networked multimedia classrooms per 100 students",
        "Teaching and auxiliary floor area per student",
    ]
    frame = pd.DataFrame({"category": names, "series": "2024", "panel": "primary", "value": [0.6, 0.4]})
    draw_it = small_bars if kind == "small_bars" else getattr(charts, kind)
    with using("en"):
        if kind == "limit_bars":
            panels = [frame.assign(panel=panel, limit=0.5) for panel in ("primary", "junior")]
            draw_it(pd.concat(panels), title=TITLE, unit="", over=("超过", "over"))
        else:
            draw_it(frame, title=TITLE, unit="%")
    for ax in drawn[0].axes:
        boxes = {text.get_text(): text.get_window_extent() for text in ax.texts}
        first, second = (box for text, box in boxes.items() if " ".join(text.split()) in names)
        assert first.y0 >= second.y1


def test_a_panel_without_room_is_warned_of(shown):
    chart, ax = plt.subplots(figsize=(1, 1))
    ax.set_ylabel("\n".join("名" * 40))
    with pytest.warns(UserWarning, match="no room"):
        canvas.show(chart, TITLE, [])


@pytest.mark.parametrize("kind", KINDS)
def test_a_text_begins_with_the_title_and_names_each_figure_of_the_data(shown, kind):
    draw_any(kind)
    text, data = shown[0]["text/plain"], shown[0][CHART]
    assert text.startswith("。".join(filter(None, [data["title"], data["subtitle"]])))
    for cells in unpack(data):
        assert len(cells) == len(data["headings"])
        assert cells[-1].text in text


def test_each_figure_has_its_rows_or_else_the_basis(shown):
    charts.bars(PARTS, title=TITLE, unit="项", basis=["z"])
    rows = {tuple(cell.text for cell in cells[:-1]): cells[-1].ids for cells in unpack(shown[0][CHART])}
    assert rows[("甲", "完成")] == ["a", "b"]
    assert rows[("甲", "未完成")] == ["c"]
    assert rows[("乙", "完成")] == ["z"]


def test_two_figures_are_two_dots_and_three_are_a_line(drawn, shown):
    two = YEARS[YEARS["year"].ge(2019)]
    lines(two, title=TITLE)
    lines(YEARS, title=TITLE)
    ways = [
        [way.get_linestyle() for way in chart.axes[0].lines if len(way.get_xdata()) > 1] for chart in drawn
    ]
    assert set(ways[0]) == {"None"} and set(ways[1]) == {"-"}
    remarks = [bundle[CHART]["subtitle"] for bundle in shown]
    assert remarks == ["纵轴不从 0 起；只有两个数的不连线", "纵轴不从 0 起"]


@pytest.mark.parametrize(
    ("aims", "dotted", "level"),
    [
        ([(2025.0, 95.0, "level")], 0, 0),
        ([(2022.0, 92.0, "level"), (2025.0, 95.0, "level")], 1, 0),
        ([(2025.0, 80.0, "floor")], 0, 1),
        ([(2025.0, 80.0, "floor"), (2035.0, 80.0, "floor")], 0, 2),
    ],
)
def test_only_steps_are_a_way_and_a_floor_is_a_line_at_its_height(drawn, shown, aims, dotted, level):
    targets = pd.DataFrame(aims, columns=["year", "value", "kind"]).assign(panel="入园率", series="甲州")
    lines(YEARS, title=TITLE, targets=targets)
    ax = drawn[0].axes[0]
    assert sum(way.get_linestyle() == ":" for way in ax.lines) == dotted
    floors = [part for bar in ax.collections for part in bar.get_paths() if len(part.vertices) == 2]
    assert len(floors) == level
    assert all(part.vertices[0][1] == part.vertices[1][1] == 80 for part in floors)
    assert ("底线" in shown[0]["text/plain"]) == bool(level)


def test_names_and_figures_of_lines_that_end_together_lie_apart(drawn, shown):
    close = YEARS.assign(value=YEARS["value"] / 10 + 80)
    lines(close, title=TITLE, targets=AIM.assign(value=89.5))
    for ax in drawn[0].axes:
        boxes = [text.get_window_extent() for text in ax.texts if text.get_text()]
        assert len(boxes) >= 3
        for place, box in enumerate(boxes):
            assert not any(box.overlaps(other) for other in boxes[place + 1 :])


def test_panels_of_one_unit_share_their_axis_where_they_are_compared(drawn, shown):
    lower = YEARS.assign(value=YEARS["value"].where(YEARS["panel"] == "入园率", YEARS["value"] - 20))
    lines(lower, title=TITLE, shared=True)
    lines(lower, title=TITLE)
    assert len({ax.get_ylim() for ax in drawn[0].axes}) == 1
    assert len({ax.get_ylim() for ax in drawn[1].axes}) == 2


def test_more_than_four_lines_have_a_legend(drawn, shown):
    many = pd.concat([YEARS.assign(series=YEARS["series"] + end) for end in ("", "二")])
    lines(many, title=TITLE)
    lines(YEARS, title=TITLE)
    assert [len(chart.legends) for chart in drawn] == [1, 0]
    assert len(drawn[0].legends[0].get_texts()) == 6


# of linear RGB, at full severity: Machado, Oliveira & Fernandes (2009), IEEE TVCG 15 (6), table 1
SEEN = {
    "all colours": np.eye(3),
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}


@pytest.mark.parametrize("eyes", SEEN)
def test_colours_of_lines_differ_in_lightness_to_all_eyes(eyes):
    """L* of CIE 1976; markers tell them apart as well."""
    lightness = []
    for colour in canvas.PALETTE[:4]:
        linear = np.array(
            [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
        )
        seen = np.clip(np.array(SEEN[eyes]) @ linear, 0, 1)
        lightness.append(116 * np.cbrt(np.dot((0.2126, 0.7152, 0.0722), seen)) - 16)
    assert min(abs(a - b) for a, b in pairwise(sorted(lightness))) > 5, lightness
    assert len(set(canvas.MARKERS)) == len(canvas.MARKERS) >= len(canvas.PALETTE)


def test_a_row_of_small_bars_is_as_high_as_the_lines_of_its_longest_name(shown):
    for names in (["甲", "乙"], ["甲", "某某省某某地区农村居民人均可支配收入 2012–2020"]):
        small_bars(pd.DataFrame({"category": names, "value": [40.0, 60.0]}), title=TITLE, unit="%")
    low, high = (
        float(etree.fromstring(bundle["image/svg+xml"]).get("height").removesuffix("pt")) for bundle in shown
    )
    assert high > low + 2 * 8  # points: both rows have room for at least a line more


def test_dates_are_told_in_their_order_with_what_is_now(shown):
    """A date that has come is a full dot, one that has not is hollow; of four things three are drawn."""
    small_dates(DATES, title=TITLE, now=(2024.0, "截至 2023-12"))
    bundle = shown[0]
    assert bundle["text/plain"] == "标题。甲：印发 2022-06-08，到期 2025-12；乙：到期 2023-12；截至 2023-12。"
    rows = [[cell.text for cell in cells] for cells in unpack(bundle[CHART])]
    assert rows == [["甲", "印发", "2022-06-08"], ["甲", "到期", "2025-12"], ["乙", "到期", "2023-12"]]
    many = pd.concat([DATES.assign(category=name) for name in "甲乙丙丁"])
    small_dates(many, title=TITLE, now=(2024.0, "截至 2023-12"))
    assert "丙：" in shown[1]["text/plain"] and "丁：" not in shown[1]["text/plain"]
    small_dates(DATES[:0], title=TITLE, now=(2024.0, "截至 2023-12"))
    assert "无数据" in shown[2]["text/plain"]


def test_a_target_of_another_series_names_it_and_a_panel_that_its_title_names_has_no_heading(shown):
    frame = YEARS.assign(panel="入园率", unit="%")
    small_lines(frame, title=("入园率偏低", "x"), subtitle=("%", "%"), targets=AIM.assign(series="乙州"))
    small_lines(frame, title=TITLE, subtitle=("%", "%"), targets=AIM)
    first, second = ("".join(etree.fromstring(one["image/svg+xml"]).itertext()) for one in shown)
    assert "乙州目标" in first and first.count("入园率") == 1
    assert "入园率" in second and "甲州目标" not in second


def test_a_level_of_small_bars_is_said_leads_to_its_row_and_has_room(shown):
    frame = pd.DataFrame({"category": ["甲"], "value": [4.0], "id": ["row"]})
    small_bars(
        frame, title=TITLE, unit="月", levels=[Level(3.0, "最低线 3", ["low"]), Level(15.0, "上限 15")]
    )
    assert shown[0]["text/plain"].endswith("甲：4；最低线 3；上限 15。")
    rows = [(*(cell.text for cell in cells), cells[-1].ids) for cells in unpack(shown[0][CHART])]
    assert rows == [
        ("甲", "数值", "4", ["row"]),
        ("最低线 3", "数值", "3", ["low"]),
        ("上限 15", "数值", "15", []),
    ]


def test_of_many_colours_a_single_mark_keeps_its_own_and_white_is_white():
    """A thousand greens and blues on white, and one small red square among them."""
    drawn = np.full((60, 60, 4), 255, np.uint8)
    drawn[10:42, :32, 0], drawn[10:42, :32, 1:3] = 0, np.mgrid[0:256:8, 0:256:8].transpose(1, 2, 0)
    drawn[50:54, 50:54, :3] = red = (163, 39, 31)
    with Image.open(io.BytesIO(png(memoryview(drawn), 200))) as stored:
        seen = np.asarray(stored.convert("RGB")).astype(int)
        assert stored.mode == "P"
    assert abs(seen - drawn[..., :3]).max() <= 32
    assert abs(seen[51, 51] - red).max() <= 8
    assert tuple(seen[0, 0]) == (255, 255, 255)


def test_256_colours_are_kept_exactly():
    drawn = np.full((16, 16, 4), 255, np.uint8)
    drawn[..., 0] = np.arange(256).reshape(16, 16)
    with Image.open(io.BytesIO(png(memoryview(drawn), 200))) as stored:
        assert np.array_equal(np.asarray(stored.convert("RGB")), drawn[..., :3])


def written(bundle):
    """The texts that a chart shows."""
    return re.findall(r"<text[^>]*>([^<]+)</text>", bundle["image/svg+xml"])


def test_a_bar_of_states_has_each_count_in_its_part_and_beside_its_name(shown):
    """Of 30, a part of two is too narrow for its figure."""
    small_states({"short": 2, "met": 28}, states=STATES, title=TITLE)
    assert {"28", "达到 28", "不足 2"} <= {*written(shown[0])} and "2" not in written(shown[0])


def test_bars_of_several_series_are_named_once_at_the_first_category(shown):
    frame = pd.DataFrame({"category": ["甲", "甲", "乙", "乙"], "series": ["一", "二"] * 2})
    charts.bars(frame.assign(value=[10.0, 20.0, 35.0, 45.0]), title=TITLE, unit="%")
    assert {"10 一", "20 二", "35", "45"} <= {*written(shown[0])}


def test_a_date_near_an_end_is_written_inwards(shown):
    """From 2020 to 2024 dates of the first and the last quarter have their texts on the inner side."""
    years = [2020.0, 2020.9, 2021.1, 2022.9, 2023.1, 2024.0]
    dates = [("甲", f"事{n}", year, f"{year:.0f}", "a") for n, year in enumerate(years)]
    frame = pd.DataFrame(dates, columns=["category", "event", "year", "text", "id"])
    small_dates(frame, title=TITLE, now=(2022.0, "截至 2021-12"))
    found = re.findall(r"text-anchor:(\w+)[^>]*>(事\d|截至)", shown[0]["image/svg+xml"])
    assert {name: anchor for anchor, name in found} == {
        **{"事0": "start", "事1": "start", "事2": "middle", "截至": "middle"},
        **{"事3": "middle", "事4": "end", "事5": "end"},
    }
