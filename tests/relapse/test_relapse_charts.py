"""Charts of the risk as they are drawn: what stands where, in which colour, and what lies on top."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.colors import to_hex

from plan_monitor import relapse
from plan_monitor.relapse import Within
from plan_monitor.relapse.report import risk as report
from reportkit.charts.canvas import PALETTE, SMALL
from reportkit.language import use

TITLE = ("标题", "Title")
RED, BLUE, GREY = PALETTE[:3]


@pytest.fixture
def drawn(shown, monkeypatch):
    """The charts themselves, where their text cannot tell."""
    charts, close = [], plt.close
    monkeypatch.setattr(plt, "close", lambda chart: (charts.append(chart), close(chart)))
    return charts


def colours(artists):
    return [to_hex(artist.get_color()) for artist in artists]


def effects(*rows):
    names = ["effect", "lower", "upper", "p_holm"]
    return relapse.Risk(pd.DataFrame(rows, list(relapse.PREDICTORS[: len(rows)]), names), 100, 20, None)


RISK = effects(
    (0.5, 0.25, 0.75, 0.01), (-0.5, -0.75, -0.25, 0.049), (1.5, 0.5, 2.5, 0.05), (-1.5, -3, 0.5, 0.2)
)


def test_effects_are_red_where_the_risk_is_higher_blue_where_lower_and_grey_where_it_may_be_chance(drawn):
    report.effects_chart(RISK, TITLE)
    (ax,) = drawn[0].axes
    *intervals, zero = ax.lines
    assert colours(intervals) == [RED, BLUE, GREY, GREY]
    assert [to_hex(points.get_facecolor()[0]) for points in ax.collections] == [RED, BLUE, GREY, GREY]
    assert [[*line.get_xdata()] for line in intervals] == [
        [0.25, 0.75],
        [-0.75, -0.25],
        [0.5, 2.5],
        [-3, 0.5],
    ]
    assert [[*line.get_ydata()] for line in intervals] == [[0, 0], [1, 1], [2, 2], [3, 3]]
    places = [points.get_offsets().tolist() for points in ax.collections]
    assert places == [[[0.5, 0]], [[-0.5, 1]], [[1.5, 2]], [[-1.5, 3]]]
    assert set(zero.get_xdata()) == {0}
    highest = max(line.get_zorder() for line in ax.lines)
    assert all(points.get_zorder() > highest for points in ax.collections)  # or a line would cross it


def test_effects_stand_in_rows_from_top_to_bottom_with_their_names(drawn):
    use("en")
    report.effects_chart(RISK, TITLE)
    (ax,) = drawn[0].axes
    bottom, top = ax.get_ylim()
    assert (bottom, top) == pytest.approx((3.6, -0.6))  # half a row and a little more beside the outer ones
    assert ax.get_xlabel() == "points"
    names = {" ".join(text.get_text().split()) for text in [*ax.get_yticklabels(), *ax.texts]}
    assert "one more ill or disabled member" in names
    grid = [line.get_visible() for line in ax.get_ygridlines()]
    assert not any(grid) and all(line.get_visible() for line in ax.get_xgridlines())


def rows_of_one_line(number):
    names = ["effect", "lower", "upper", "p_holm"]
    return relapse.Risk(
        pd.DataFrame([(1.0, 0.5, 1.5, 0.01)] * number, ["margin"] * number, names), 100, 20, None
    )


def test_a_chart_of_effects_grows_by_a_third_of_an_inch_with_each(drawn):
    for number in (2, 7):
        report.effects_chart(rows_of_one_line(number), TITLE)
    low, high = (chart.get_figheight() for chart in drawn)
    assert high - low == pytest.approx(5 * 0.34, abs=0.05)
    # beside rows there are the axis and the title
    assert 0.6 < low - 2 * 0.34 < 1.5


def test_lines_and_marks_are_as_thick_as_they_were_looked_at(drawn, trial):
    """In points, marks in square points."""
    report.effects_chart(RISK, TITLE)
    report.calibration_chart(trial, TITLE)
    first, second = (chart.axes[0] for chart in drawn)
    *intervals, zero = first.lines
    assert {line.get_linewidth() for line in intervals} == {2} and zero.get_linewidth() == 1
    assert {points.get_sizes().item() for points in first.collections} == {36}
    marks, caps, _ = second.containers[0].lines
    assert marks.get_markersize() == 5 and {cap.get_markersize() for cap in caps} == {6}
    assert second.collections[1].get_sizes().item() == 22
    tops = [*first.collections, second.collections[1]]
    assert {points.get_zorder() for points in tops} == {3}


@pytest.mark.parametrize("name", ["effects", "calibration"])
def test_the_first_chart_of_a_report_has_the_style_of_all(drawn, trial, name):
    with plt.rc_context():
        plt.rcdefaults()
        report.effects_chart(RISK, TITLE) if name == "effects" else report.calibration_chart(trial, TITLE)
    (ax,) = drawn[0].axes
    assert {label.get_fontsize() for label in ax.get_xticklabels()} == {SMALL}
    assert ax.spines["top"].get_visible() is False


@pytest.fixture
def trial():
    classes = {"first": [1, 8], "last": [7, 10], "households": [70, 30], "relapsed": [7, 12]}
    classes |= {
        "expected": [20.0, 45.0],
        "observed": [10.0, 40.0],
        "lower": [5.0, 24.0],
        "upper": [19.0, 58.0],
    }
    nothing = Within(0.5, 0.4, 0.6)
    return relapse.Trial("2022", 100, 19, 27.5, nothing, 0.1, 0.2, nothing, nothing, pd.DataFrame(classes))


def test_what_happened_has_its_interval_and_what_was_foreseen_lies_on_top(drawn, trial):
    report.calibration_chart(trial, TITLE)
    (ax,) = drawn[0].axes
    (happened,), (foreseen,) = ax.containers, ax.collections[1:]
    marks, caps, (bars,) = happened.lines
    assert (marks.get_xdata().tolist(), marks.get_ydata().tolist()) == ([0, 1], [10, 40])
    assert [part.tolist() for part in bars.get_segments()] == [[[0, 5], [0, 19]], [[1, 24], [1, 58]]]
    assert colours([marks]) == [RED] and len(caps) == 2
    assert foreseen.get_offsets().tolist() == [[0, 20], [1, 45]]
    assert to_hex(foreseen.get_facecolor()[0]) == BLUE
    assert foreseen.get_zorder() > max(marks.get_zorder(), bars.get_zorder())


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("zh", ["实际（95 % 区间）", "预测", "十等分组（风险由低到高）"]),
        ("en", ["happened (95 % interval)", "foreseen", "Tenth (rising risk)"]),
    ],
)
def test_shares_begin_at_nothing_and_classes_are_called_by_their_tenths(drawn, trial, lang, told):
    use(lang)
    report.calibration_chart(trial, TITLE)
    (ax,) = drawn[0].axes
    assert ax.get_ylim()[0] == 0 and ax.get_ylim()[1] > 58
    assert [label.get_text() for label in ax.get_xticklabels()] == ["1–7", "8–10"]
    legend = {text.get_text() for text in ax.get_legend().get_texts()}
    assert legend == set(told[:2])
    assert (ax.get_xlabel(), ax.get_ylabel()) == (told[2], "%")
    assert 2.5 < drawn[0].get_figheight() < 3.6
