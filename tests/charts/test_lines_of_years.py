"""Series over years: their axes, what is named at their ends, targets and the way to them, a forecast."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex

from reportkit.charts.canvas import PALETTE
from reportkit.charts.lines import lines
from reportkit.charts.small import small_lines
from reportkit.language import using
from reportkit.table import CHART

TITLE = ("标题", "Title")
CUT = "纵轴不从 0 起"


def series(values, start=2018.0, name="甲", panel="入园率", unit="%"):
    years = [start + place for place in range(len(values))]
    return pd.DataFrame(
        {"panel": panel, "series": name, "year": years, "value": [float(v) for v in values], "unit": unit}
    )


def targets(*years_and_values, name="甲", panel="入园率", **other):
    years, values = zip(*years_and_values, strict=True)
    return pd.DataFrame(
        {"panel": panel, "series": name, "year": years, "value": [float(v) for v in values], **other}
    )


def named(ax):
    """Texts beside points."""
    return [text.get_text() for text in ax.texts if text.get_text()]


@pytest.mark.parametrize(
    ("values", "begins"),
    [
        ([29, 60, 100], True),
        ([30, 60, 100], False),  # three tenths of the highest
        ([0, 60, 100], True),
        ([-1, 60, 100], False),
    ],
)
def test_an_axis_begins_at_zero_where_the_lowest_figure_is_below_three_tenths_of_the_highest(
    drawn, shown, values, begins
):
    lines(series(values), title=TITLE)
    bottom = drawn[0].axes[0].get_ylim()[0]
    assert bool(bottom == 0) is begins
    assert (CUT in shown[0][CHART]["subtitle"]) == (bottom > 0)


def test_an_axis_has_room_above_and_below_its_figures(drawn, shown):
    lines(series([50, 60, 100]), title=TITLE)
    assert drawn[0].axes[0].get_ylim() == pytest.approx((43, 107))  # 14 % of 50


def test_a_forecast_that_reaches_far_below_zero_keeps_its_axis(drawn, shown):
    """The lowest figure is 20 of 100; the interval ends at -30, and nothing is cut off."""
    columns = ["median", "lower_80", "upper_80", "lower_95", "upper_95"]
    fan = pd.DataFrame(
        [[40.0, -20.0, 90.0, -30.0, 95.0], [50.0, -20.0, 90.0, -30.0, 95.0]], columns=columns
    ).assign(panel="入园率", year=[2021.0, 2022.0])
    lines(series([20, 60, 100]), title=TITLE, fan=fan)
    assert drawn[0].axes[0].get_ylim()[0] < -30


@pytest.mark.parametrize(
    ("years", "panels", "ticks"),
    [
        (13, 1, range(2000, 2013, 2)),  # at most six steps on a wide panel
        (8, 1, range(2000, 2008, 2)),
        (7, 1, range(2000, 2007)),
        (9, 2, range(2000, 2009, 2)),  # four on a narrow one
        (6, 2, range(2000, 2006, 2)),
        (5, 2, range(2000, 2005)),
    ],
)
def test_years_below_an_axis_are_whole_and_not_too_many(drawn, shown, years, panels, ticks):
    frames = [series(range(50, 50 + years), 2000.0, panel=f"图{n}") for n in range(panels)]
    lines(pd.concat(frames), title=TITLE)
    assert [*drawn[0].axes[0].get_xticks()] == [*ticks]


def test_a_small_chart_has_four_steps_of_years(drawn, shown):
    small_lines(series(range(50, 56), 2000.0), title=TITLE)
    assert [*drawn[0].axes[0].get_xticks()] == [2000, 2002, 2004]


def test_within_a_year_its_moment_is_below_the_axis(drawn, shown):
    lines(series([60], 2020.5), title=TITLE)
    assert [*drawn[0].axes[0].get_xticks()] == [2020.5]


@pytest.mark.parametrize(
    ("name", "values", "room"),
    [
        # 60 letters beside each other: the longest line and 2.5 of them are the room for labels
        ("甲", [60, 70, 81.5], 2 * (7 + 2.5) / 60 / (1 - (7 + 2.5) / 60)),
        ("一二三四五六七八", [1234567.5, 1234567.5, 1234567.5], 2 * 0.45 / 0.55),  # at most 45 %
    ],
)
def test_labels_have_room_behind_the_last_year(drawn, shown, name, values, room):
    lines(series(values, name=name, unit="元"), title=TITLE)
    assert drawn[0].axes[0].get_xlim() == pytest.approx((2018 - 0.1, 2020 + room + 0.1))


def test_a_single_year_has_the_room_of_one(drawn, shown):
    lines(series([60]), title=TITLE)
    first, last = drawn[0].axes[0].get_xlim()
    assert first == pytest.approx(2017.95) and last > 2018.05


@pytest.mark.parametrize(("count", "legends"), [(4, 0), (5, 1)])
def test_up_to_four_series_are_named_at_their_ends_and_more_in_a_legend(drawn, shown, count, legends):
    lines(pd.concat([series([60, 70, 80 + n], name=f"县{n}") for n in range(count)]), title=TITLE)
    assert len(drawn[0].legends) == legends
    assert len(named(drawn[0].axes[0])) == (0 if legends else count)


@pytest.mark.parametrize(("letters", "on_lines"), [(24, 1), (25, 2)])
def test_the_heading_of_a_panel_is_as_wide_as_it(drawn, shown, letters, on_lines):
    """3.8 inches hold 53 letters of 9.5 points: 24 characters and （%）; the title does not name it."""
    lines(series([60, 70, 80], panel="率" * letters), title=TITLE)
    assert len(drawn[0].axes[0].get_title(loc="left").splitlines()) == on_lines


@pytest.mark.parametrize(
    ("title", "subtitle", "heading"),
    [
        ("入园率偏低", "单位：%", ""),
        ("入园率偏低", "逐年", "入园率（%）"),
        ("偏低", "单位：%", "入园率（%）"),
    ],
)
def test_a_panel_has_a_heading_unless_title_and_subtitle_say_it(drawn, shown, title, subtitle, heading):
    lines(series([60, 70, 80]), title=(title, ""), subtitle=(subtitle, ""))
    assert drawn[0].axes[0].get_title(loc="left") == heading


def test_of_two_panels_each_has_a_heading(drawn, shown):
    frame = pd.concat([series([60, 70, 80]), series([60, 70, 80], panel="巩固率")])
    lines(frame, title=("入园率和巩固率", ""), subtitle=("单位：%", ""))
    assert [ax.get_title(loc="left") for ax in drawn[0].axes] == ["入园率（%）", "巩固率（%）"]


@pytest.mark.parametrize(("unit", "axes"), [("%", 1), ("元", 2)])
def test_only_panels_of_one_unit_share_an_axis(drawn, shown, unit, axes):
    frame = pd.concat([series([60, 70, 80]), series([90, 95, 99], panel="图", unit=unit)])
    lines(frame, title=TITLE, shared=True)
    ends = {ax.get_ylim() for ax in drawn[0].axes}
    assert len(ends) == axes
    if axes == 1:
        ((low, high),) = ends
        assert low < 60 and high > 99


def test_a_remark_below_the_title_begins_as_a_sentence(shown):
    with using("en"):
        lines(series([60, 70, 80]), title=TITLE)
        lines(series([60, 70, 80]), title=TITLE, subtitle=("", "in %"))
    assert [bundle[CHART]["subtitle"] for bundle in shown] == [
        "The axis does not begin at 0",
        "In %; the axis does not begin at 0",
    ]


def test_steps_are_joined_from_the_last_figure_before_the_first_of_them(drawn, shown):
    """Two targets, given the later one first; the figure of 2020 is not before that of 2020."""
    frame = pd.concat([series([60, 70, 81]), series([50, 51, 52], name="乙")])
    lines(frame, title=TITLE, targets=targets((2022.0, 95), (2020.0, 90)))
    (way,) = [line for line in drawn[0].axes[0].lines if line.get_linestyle() == ":"]
    assert [*zip(way.get_xdata(), way.get_ydata(), strict=True)] == [(2019, 70), (2020, 90), (2022, 95)]
    assert way.get_color() == PALETTE[0] and way.get_linewidth() == 1.2
    assert "甲目标：2020 90，2022 95" in shown[0]["text/plain"]


def test_a_floor_is_a_line_from_the_last_figure_before_it(drawn, shown):
    lines(series([60, 70, 81]), title=TITLE, targets=targets((2020.0, 65), (2025.0, 65), kind="floor"))
    paths = [path.vertices.tolist() for part in drawn[0].axes[0].collections for path in part.get_paths()]
    assert [[2019, 65], [2020, 65]] in paths and [[2019, 65], [2025, 65]] in paths
    assert "底线：2020 65，2025 65" in shown[0]["text/plain"]
    assert named(drawn[0].axes[0]).count("底线 65") == 1


@pytest.mark.parametrize(
    ("aims", "names"),
    [
        (targets((2025.0, 95)), ["目标 95"]),
        (targets((2022.0, 90), (2025.0, 95)), ["90", "目标 95"]),
        (targets((2022.0, 95), (2025.0, 95)), ["目标 95"]),  # the same figure stands there once
        (targets((2025.0, 95), name="乙"), ["乙目标 95"]),  # of a series that is not drawn
        (
            pd.concat([targets((2025.0, 95)), targets((2025.0, 90), name="乙")]),
            ["甲目标 95", "乙目标 90"],
        ),
        (targets((2025.0, 95.44), places=1.0), ["目标 95.4"]),
        (targets((2025.0, 75), kind="floor"), ["底线 75"]),
        (targets((2025.0, 75), kind="level"), ["目标 75"]),
    ],
)
def test_a_target_has_its_figure_and_where_there_are_several_its_name(drawn, shown, aims, names):
    lines(series([60, 70, 81]), title=TITLE, targets=aims)
    assert sorted(named(drawn[0].axes[0])) == sorted(["甲 81", *names])


def test_a_target_is_a_hollow_diamond_and_a_floor_a_filled_mark(drawn, shown):
    for kind in ("level", "floor"):
        lines(series([60, 70, 81]), title=TITLE, targets=targets((2025.0, 75), kind=kind))
    level, floor = (chart.axes[0].collections[-1] for chart in drawn)
    assert [to_hex(part.get_facecolor()[0]) for part in (level, floor)] == ["#ffffff", PALETTE[0]]
    assert [part.get_sizes().tolist() for part in (level, floor)] == [[26], [40]]


def test_beside_a_forecast_targets_are_not_joined_to_figures(drawn, shown):
    columns = ["median", "lower_80", "upper_80", "lower_95", "upper_95"]
    fan = pd.DataFrame([[85.0, 80.0, 90.0, 75.0, 95.0]], columns=columns).assign(panel="入园率", year=2022.0)
    lines(series([60, 70, 81]), title=TITLE, fan=fan, targets=targets((2022.0, 90), (2025.0, 95)))
    (way,) = [line for line in drawn[0].axes[0].lines if line.get_linestyle() == ":"]
    assert [*way.get_xdata()] == [2022, 2025]


def test_a_forecast_has_both_intervals_around_its_median(drawn, shown):
    columns = ["median", "lower_80", "upper_80", "lower_95", "upper_95"]
    rows = [[82.0, *[np.nan] * 4], [90.0, 84.2, 95.1, 79.0, 98.4]]
    fan = pd.DataFrame(rows, columns=columns).assign(panel="入园率", year=[2021.0, 2025.0])
    lines(series([60, 70, 81.25]), title=TITLE, fan=fan)
    ax = drawn[0].axes[0]
    assert sorted(named(ax)) == sorted(["80 % 区间", "95 % 区间", "预测中位数 90", "甲 81.25"])
    assert [round(part.get_alpha(), 2) for part in ax.collections[:2]] == [0.12, 0.22]
    assert "预测中位数：2021 82，2025 90 (80 % 84–95)" in shown[0]["text/plain"]
    places = {text.get_text(): text.xy for text in ax.texts}
    assert places["95 % 区间"] == (2025, 98.4) and places["80 % 区间"] == (2025, 95.1)


def test_panels_stand_two_in_a_row_and_none_is_empty(drawn, shown):
    lines(pd.concat([series([60, 70, 81], panel=f"图{n}") for n in range(3)]), title=TITLE)
    lines(pd.concat([series([60, 70, 81], panel=f"图{n}") for n in range(2)]), title=TITLE)
    assert [ax.get_visible() for ax in drawn[0].axes] == [True, True, True, False]
    shapes = [chart.axes[0].get_subplotspec().get_gridspec().get_geometry() for chart in drawn]
    assert shapes == [(2, 2), (1, 2)]
    assert [round(chart.get_figwidth(), 2) for chart in drawn] == [6.1, 6.1]


def test_a_label_stands_beside_its_point_once_the_panels_have_their_sizes(drawn, shown):
    """In a narrower panel, as it is before the texts around it are known, it would stand above."""
    frames = [series([60, 70, 81], name="一二三四五六七八", panel=f"图{n}") for n in range(2)]
    lines(pd.concat(frames), title=TITLE)
    for ax in drawn[0].axes:
        (label,) = [text for text in ax.texts if text.get_text()]
        assert (label.get_position(), label.get_ha()) == ((6, 0), "left")
