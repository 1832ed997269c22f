"""Charts of categories: what is named where, and what changes exactly at a bound."""

import pandas as pd
import pytest
from matplotlib.collections import PathCollection
from matplotlib.colors import to_hex

from reportkit.charts import plain
from reportkit.charts.canvas import MARKERS, PALETTE
from reportkit.charts.heatmap import heat_map
from reportkit.charts.marks import timeline
from reportkit.charts.plain import ink_on
from reportkit.charts.small import Level, small_bars, small_dates, small_lines, small_states
from reportkit.language import using
from reportkit.table import CHART, unpack

TITLE = ("标题", "Title")
STATES = {
    "met": ("达到", "met", "#cfe3d4"),
    "slow": ("偏慢", "slow", "#e0ab2f"),
    "short": ("不足", "short", "#a3191f"),
}


def frame(columns, *rows):
    return pd.DataFrame(rows, columns=columns.split())


def texts(ax):
    return [text.get_text() for text in ax.texts if text.get_text()]


def data(bundle):
    return [[cell.text for cell in cells] for cells in unpack(bundle[CHART])]


@pytest.mark.parametrize(
    ("colour", "ink"),
    [
        ("#757575", "white"),  # luminance 0.1779 and 0.1812, around 0.179
        ("#767676", "black"),
        ("#ec0000", "white"),  # of one colour and of two
        ("#ed0000", "black"),
        ("#008900", "white"),
        ("#008a00", "black"),
        ("#006bff", "white"),
        ("#006cff", "black"),
        ("#0a8831", "white"),  # with a red so dark that its share is a line
        ("#0a8832", "black"),
    ],
)
def test_ink_is_black_from_a_luminance_of_0_179(colour, ink):
    assert ink_on(colour) == ink


@pytest.mark.parametrize(("part", "figures"), [(8.0, {"92"}), (8.5, {"91.5", "8.5"})])
def test_a_part_of_more_than_eight_hundredths_of_the_longest_bar_has_its_figure(drawn, shown, part, figures):
    rows = frame("category series value", ("甲", "完成", 100 - part), ("甲", "未完成", part))
    plain.stacked(rows, title=TITLE, unit="项")
    assert figures == {text for text in texts(drawn[0].axes[0]) if text[:1].isdigit()}
    assert f"未完成（项）：甲 {part:g}" in shown[0]["text/plain"]


def test_parts_stand_behind_each_other_and_none_of_zero_is_told(drawn, shown):
    rows = frame(
        "category series value",
        *[("甲", "完成", 50.0), ("甲", "未完成", 30.0), ("甲", "未知", 20.0)],
        *[("乙", "完成", 20.0), ("乙", "未完成", 0.0), ("乙", "未知", 10.0)],
    )
    plain.stacked(rows, title=TITLE, unit="项", colours={"完成": "#12512f"})
    bars = {
        (
            round(bar.get_y() + 0.33),
            round(bar.get_x(), 1),
            round(bar.get_width(), 1),
            to_hex(bar.get_facecolor()),
        )
        for bar in drawn[0].axes[0].patches
    }
    assert bars == {
        *[(0, 0.0, 50.0, "#12512f"), (0, 50.0, 30.0, PALETTE[1]), (0, 80.0, 20.0, PALETTE[2])],
        *[(1, 0.0, 20.0, "#12512f"), (1, 20.0, 0.0, PALETTE[1]), (1, 20.0, 10.0, PALETTE[2])],
    }
    assert ["乙", "未完成", "0"] not in data(shown[0]) and len(data(shown[0])) == 5
    assert "未完成（项）：甲 30；" in shown[0]["text/plain"]


def test_bars_of_one_series_are_not_named_and_of_two_at_the_first_category_alone(drawn, shown):
    rows = frame("category series value", ("甲", "一", 10.0), ("乙", "一", 20.0))
    plain.bars(rows, title=TITLE, unit="%")
    plain.bars(pd.concat([rows, rows.assign(series="二", value=[5.0, 8.0])]), title=TITLE, unit="%")
    assert [text for text in texts(drawn[0].axes[0]) if text[:1].isdigit()] == ["10", "20"]
    assert [text for text in texts(drawn[1].axes[0]) if text[:1].isdigit()] == ["10 一", "20", "5 二", "8"]


def test_dots_of_a_category_are_joined_and_each_figure_stands_once(drawn, shown):
    rows = frame(
        "category series value",
        *[("甲", "基期", 64.0), ("甲", "最新", 80.5), ("甲", "目标", 80.5)],
        *[("乙", "基期", 30.0), ("乙", "目标", 20.0)],
    )
    plain.dots(rows, title=TITLE, unit="%")
    ax = drawn[0].axes[0]
    assert [(*line.get_xdata(), *line.get_ydata()) for line in ax.lines] == [
        (64.0, 80.5, 0, 0),
        (20.0, 30.0, 1, 1),
    ]
    assert sorted(text for text in texts(ax) if text[:1].isdigit()) == ["20", "30", "64", "80.5"]
    assert [part.get_sizes()[0] for part in ax.collections] == [54, 32, 20]
    assert [to_hex(part.get_facecolor()[0]) for part in ax.collections] == PALETTE[:3]


def test_a_figure_at_the_end_of_its_row_stands_beside_its_dot_once_the_panel_has_its_size(drawn, shown):
    rows = frame("category series value", ("甲", "基期", 30.0), ("乙", "基期", 90.0), ("乙", "目标", 91.0))
    plain.dots(rows, title=TITLE, unit="%")
    places = {text.get_text(): text.get_position() for text in drawn[0].axes[0].texts}
    assert (places["91"], places["90"]) == ((6, 0), (0, 6))


def test_a_bar_at_its_limit_is_not_beyond_it(drawn, shown):
    rows = frame("panel category value limit", ("小学", "用房", 0.45, 0.45), ("小学", "设备", 0.451, 0.45))
    plain.limit_bars(rows, title=TITLE, unit="", over=("超过", "over"))
    at, beyond = drawn[0].axes[0].patches
    assert (at.get_hatch(), to_hex(at.get_facecolor())) == (None, PALETTE[1])
    assert (beyond.get_hatch(), to_hex(beyond.get_facecolor())) == ("///", PALETTE[0])
    assert shown[0]["text/plain"] == "标题。小学（限值 0.45） – 用房 0.450，设备 0.451（超过）。"


@pytest.mark.parametrize(("count", "shape"), [(1, (1, 1)), (2, (1, 2)), (3, (2, 2)), (5, (3, 2))])
def test_panels_of_limits_stand_two_in_a_row(drawn, shown, count, shape):
    rows = [(f"图{n}", "用房", 0.5, 0.45) for n in range(count)]
    plain.limit_bars(frame("panel category value limit", *rows), title=TITLE, unit="", over=("超过", "over"))
    assert drawn[0].axes[0].get_subplotspec().get_gridspec().get_geometry() == shape
    assert [ax.get_visible() for ax in drawn[0].axes].count(True) == count


@pytest.mark.parametrize(
    ("title", "subtitle", "lines"),
    [(24, 31, ["题" * 24, "副" * 31]), (25, 32, ["题" * 24, "题", "副" * 31, "副"])],
)
def test_title_and_subtitle_are_as_wide_as_the_chart(drawn, shown, title, subtitle, lines):
    """Four inches hold 48 letters of eleven points and 62 of 8.5."""
    rows = frame("category series value", ("甲", "一", 10.0), ("乙", "一", 20.0))
    plain.bars(rows, title="题" * title, subtitle="副" * subtitle, unit="%")
    head = [text for text in drawn[0].texts if text.get_gid() == "head"]
    assert [text.get_text() for text in head] == lines
    assert [text.get_fontsize() for text in head] == [11, 11, 8.5, 8.5] if len(lines) > 2 else [11, 8.5]


def test_of_more_than_six_bars_the_first_six_are_drawn(shown):
    rows = frame("category value", *[(f"县{n}", 10.0 + n) for n in range(7)])
    small_bars(rows, title=TITLE, unit="%")
    assert [row[0] for row in data(shown[0])] == [f"县{n}" for n in range(6)]


def test_small_bars_have_room_for_their_texts(drawn, shown):
    """To the right of 60, of which 15 letters and one more take a share of the 36 that fit beside the names."""
    rows = frame("category value target", ("甲", 60.0, None), ("乙", 20.0, 40.0))
    small_bars(rows, title=TITLE, unit="%")
    assert texts(drawn[0].axes[0])[:2] == ["60", "20（目标 40）"]
    assert shown[0]["text/plain"] == "标题。甲：60；乙：20，目标 40。"
    assert drawn[0].axes[0].get_xlim() == pytest.approx((0, 60 / (1 - 14 / 36)))


def test_of_small_bars_texts_take_three_fifths_at_most(drawn, shown):
    states = {"long": ("比上一年同一时期明显放慢很多", "slow", "#e0ab2f")}
    rows = frame("category value state", ("甲", 60.0, "long"))
    small_bars(rows, title=TITLE, unit="%", states=states)
    assert drawn[0].axes[0].get_xlim() == pytest.approx((0, 60 / 0.4))


def test_small_bars_of_nothing_and_below_zero_have_an_axis(drawn, shown):
    small_bars(frame("category value", ("甲", 0.0)), title=TITLE, unit="%")
    small_bars(frame("category value", ("甲", -5.0), ("乙", 20.0)), title=TITLE, unit="%")
    assert drawn[0].axes[0].get_xlim() == pytest.approx((0, 1 / (1 - 2 / 36)))
    assert drawn[1].axes[0].get_xlim() == pytest.approx((-5, 20 / (1 - 3 / 36)))
    assert [text.xy[0] for text in drawn[1].axes[0].texts if text.get_text() in ("-5", "20")] == [0, 20]


@pytest.mark.parametrize(("value", "side", "away"), [(44.0, "left", 3), (48.0, "right", -3)])
def test_the_name_of_a_level_stands_on_the_side_with_more_room(drawn, shown, value, side, away):
    """The axis ends at 90 by 1 - 3 / 36 of a bar of 90 with two digits: its middle is at 49.1 … of the level."""
    small_bars(frame("category value", ("甲", 85.0)), title=TITLE, unit="%", levels=[Level(value, "线")])
    (name,) = [text for text in drawn[0].axes[0].texts if text.get_text() == "线"]
    assert drawn[0].axes[0].get_xlim()[1] / 2 == pytest.approx(85 / (1 - 3 / 36) / 2)
    assert (name.get_ha(), name.get_position()) == (side, (away, 0))


@pytest.mark.parametrize(("count", "figures"), [(7, 0), (8, 1)])
def test_a_part_of_states_of_more_than_seven_hundredths_has_its_count(drawn, shown, count, figures):
    small_states({"met": 100 - count, "short": count}, states=STATES, title=TITLE)
    assert texts(drawn[0].axes[0]).count(f"{count}") == figures
    assert f"不足 {count}" in texts(drawn[0].axes[0])


def test_states_are_told_in_their_order_two_in_a_row_and_none_of_zero(drawn, shown):
    small_states(
        {"short": 25, "slow": 5, "met": 70, "other": 0}, states=STATES, title=TITLE, ids={"met": ["a"]}
    )
    assert shown[0]["text/plain"] == "标题。达到 70；偏慢 5；不足 25。"
    ax = drawn[0].axes[0]
    places = {text.get_text(): text.get_position() for text in ax.texts}
    assert (
        places["达到 70"] == (5, -0.85)
        and places["偏慢 5"] == (55, -0.85)
        and places["不足 25"] == (5, -1.35)
    )
    assert [(round(bar.get_x()), round(bar.get_width())) for bar in ax.patches] == [
        (0, 70),
        (70, 5),
        (75, 25),
    ]
    assert [cells[-1].ids for cells in unpack(shown[0][CHART])] == [["a"], [], []]
    small_states({"met": 0}, states=STATES, title=TITLE)
    assert "无数据" in shown[1]["text/plain"]


@pytest.mark.parametrize(("letters", "seen"), [(10, 10), (11, 10), (25, 10)])
def test_of_the_word_of_a_state_as_much_is_shown_as_half_a_chart_holds(drawn, shown, letters, seen):
    """1.27 inches: 21 letters, ten characters."""
    small_states({"long": 5}, states={"long": ("偏" * letters, "slow", "#e0ab2f")}, title=TITLE)
    assert f"{'偏' * seen} 5" in texts(drawn[0].axes[0])


def test_of_several_panels_a_small_chart_has_that_of_the_first_row(shown):
    rows = frame(
        "panel series year value unit",
        *[("甲图", "县", 2018.0, 60.0, "%"), ("乙图", "县", 2018.0, 50.0, "%")],
        *[("乙图", "县", 2019.0, 51.0, "%"), ("甲图", "县", 2019.0, 61.0, "%")],
    )
    small_lines(rows, title=TITLE, targets=rows.assign(year=2025.0))
    assert [row[2:] for row in data(shown[0])] == [
        ["2018", "60"],
        ["2019", "61"],
        ["2025", "60"],
        ["2025", "61"],
    ]


def test_a_date_is_a_full_dot_from_its_moment_on(drawn, shown):
    rows = frame(
        "category event year text", ("甲", "到期", 2024.0, "2023-12"), ("甲", "中期", 2024.1, "2024-01")
    )
    small_dates(rows, title=TITLE, now=(2024.0, "截至 2023-12"))
    dots = [part for part in drawn[0].axes[0].collections if isinstance(part, PathCollection)]
    assert [to_hex(dot.get_facecolor()[0]) for dot in dots] == [PALETTE[1], "#ffffff"]
    assert [dot.get_sizes().tolist() for dot in dots] == [[30], [30]]


def test_a_single_date_that_is_now_has_an_axis(drawn, shown):
    small_dates(
        frame("category event year text", ("甲", "到期", 2024.0, "2023-12")), title=TITLE, now=(2024.0, "今")
    )
    assert drawn[0].axes[0].get_xlim() == pytest.approx((2023.97, 2024.03))


@pytest.mark.parametrize(
    ("year", "side"), [(2020.99, "left"), (2021.0, "center"), (2023.0, "center"), (2023.01, "right")]
)
def test_a_text_at_a_quarter_of_the_axis_stands_in_the_middle_of_its_date(drawn, shown, year, side):
    rows = frame("category event year text", *[("甲", f"事{y}", float(y), "x") for y in (2020, 2024, year)])
    small_dates(rows, title=TITLE, now=(2022.0, "今"))
    (text,) = [text for text in drawn[0].axes[0].texts if text.get_text() == f"事{year} x"]
    assert text.get_ha() == side


def test_marks_of_more_series_than_there_are_shapes_begin_again(drawn, shown):
    rows = frame(
        "row series year timing state", *[("某县", name, 2025, "in", "met") for name in "甲乙丙丁戊己庚"]
    )
    timeline(rows, title=TITLE, states=STATES, now=2025.0)
    (chart,) = drawn
    keys = [key.get_marker() for key in chart.legends[0].legend_handles]
    assert keys[1:8] == [*MARKERS, MARKERS[0]]
    shapes = [part.get_paths()[0].vertices.tolist() for part in chart.axes[0].collections]
    assert shapes[0] == shapes[6] != shapes[1]


@pytest.mark.parametrize(
    ("years", "now", "ends"),
    [
        ((2026, 2030), 2025.5, (2024, 2031)),
        ((2026, 2030), 2031.5, (2025, 2033)),
        ((2026.5, 2030.5), 2028, (2025, 2032)),
    ],
)
def test_a_timeline_has_a_whole_year_on_both_sides(drawn, shown, years, now, ends):
    rows = frame(
        "row series year timing state", *[(f"县{year}", "规划", year, "by", "met") for year in years]
    )
    timeline(rows, title=TITLE, states=STATES, now=now)
    assert drawn[0].axes[0].get_xlim() == ends


def test_a_timeline_of_one_series_names_neither_it_nor_its_mark(drawn, shown):
    rows = frame(
        "row series year timing state",
        ("某县", "规划", 2026, "by", "slow"),
        ("另一县", "规划", 2028, "in", "met"),
    )
    timeline(rows, title=TITLE, states=STATES, now=2025.0)
    names = [text.get_text() for text in drawn[0].legends[0].get_texts()]
    assert names == ["实心：计划当年", "空心：最迟期限", "达到", "偏慢"]
    assert shown[0]["text/plain"] == "标题。某县 – 最迟 2026，偏慢；另一县 – 计划于 2028，达到。"


def test_a_heat_map_names_the_states_that_it_has_and_tells_all_but_the_first(drawn, shown):
    rows = frame(
        "panel row column text state",
        ("小学", "甲校", "用房", "120", "met"),
        ("小学", "甲校", "场馆", "84", "short"),
    )
    heat_map(rows, title=TITLE, states=STATES)
    assert [text.get_text() for text in drawn[0].legends[0].get_texts()] == ["达到", "不足"]
    assert shown[0]["text/plain"] == "标题。小学 – 甲校：用房 120，场馆 84（不足）。"
    assert data(shown[0]) == [["小学", "甲校", "用房", "120"], ["小学", "甲校", "场馆", "84"]]


@pytest.mark.parametrize(
    ("value", "figure"), [(2.96, "2.96"), (3.0, "3.0"), (3.04, "3.04"), (2.94, "2.9"), (5.96, "5.96")]
)
def test_a_small_bar_has_its_figure_on_its_own_side_of_level_target_and_limit(shown, value, figure):
    rows, months = frame("category value", ("甲", value)), {"title": TITLE, "unit": "月", "places": 1}
    limit = 6.0 if value > 5 else 3.0
    small_bars(rows, levels=[Level(limit, "线")], **months)
    small_bars(rows.assign(target=limit), **months)
    small_bars(rows, limits=[limit], **months)
    assert [data(one)[0][2] for one in shown] == [figure] * 3


def test_without_a_level_a_small_bar_is_rounded_as_it_is_told(shown):
    small_bars(frame("category value", ("甲", 2.96)), title=TITLE, unit="月", places=1)
    assert data(shown[0])[0][2] == "3.0"


def test_a_level_is_in_the_unit_of_the_rows_in_which_they_are_stored(shown):
    """2.96 and 3 亿元 are 296 and 300 million yuan; with one decimal of 亿元 both would be 300."""
    with using("en"):
        small_bars(
            frame("category value", ("甲", 2.96)),
            title=TITLE,
            unit="亿元",
            places=1,
            levels=[Level(3.0, "3")],
        )
    assert data(shown[0])[0][2] == "296"


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (0.4496, "0.4496"),
        (0.45, "0.450"),
        (0.45 + 1e-15, "0.450"),
        (0.4504, "0.4504（超过）"),
        (0.449, "0.449"),
    ],
)
def test_a_bar_is_told_on_its_own_side_of_its_limit(drawn, shown, value, told):
    """What is more by noise alone is not beyond it."""
    rows = frame("panel category value limit", ("小学", "用房", value, 0.45))
    plain.limit_bars(rows, title=TITLE, unit="", over=("超过", "over"))
    assert shown[0]["text/plain"] == f"标题。小学（限值 0.45） – 用房 {told}。"
    assert (drawn[0].axes[0].patches[0].get_hatch() == "///") is ("超过" in told)
