"""Odds in words: tenths that are neither none nor all, and what became of such odds."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from plan_monitor.methods import record
from plan_monitor.report import odds
from reportkit.language import use
from reportkit.words import number


@pytest.mark.parametrize(
    ("probability", "zh", "en"),
    [
        (0.0, "不到一成", "fewer than one in ten"),
        (0.19, "一成多", "one to two in ten"),
        (0.5, "五成多", "five to six in ten"),
        (0.89, "八成多", "eight to nine in ten"),
        (1.0, "九成多", "over nine in ten"),
    ],
)
def test_a_probability_in_words(probability, zh, en):
    use("zh")
    assert odds.likely(probability) == zh
    use("en")
    assert odds.likely(probability) == en


def test_what_became_of_such_odds_is_said_once_for_each_tenth():
    share = {place: f"{100 * came.share:.0f}" for place, came in record.tenths().items()}
    use("zh")
    assert odds.came(0.65) == share[6]
    assert (
        odds.records([0.95, 0.31, 0.35])
        == f"说“三成多”的实现了 {share[3]} %；说“九成多”的实现了 {share[9]} %"
    )
    use("en")
    assert odds.records([0.35]) == f"of odds of three to four in ten, {share[3]} % came true"


def test_what_was_tried_names_every_way_with_its_coverage(monkeypatch):
    said = []
    monkeypatch.setattr(odds, "say", lambda zh, en: said.append(en))
    use("en")
    odds.tried()
    text = said[0]
    held = record.coverage().query("at == 80")
    assert text.count("\n- ") == len(held) == 8
    for share in held["value"]:
        assert f" {100 * share:.0f} %, " in text


def test_the_chart_tells_what_ranges_and_odds_promised_and_what_came(monkeypatch):
    shown = []
    monkeypatch.setattr(
        odds, "show", lambda chart, title, parts, **more: shown.append((title, parts)) or plt.close(chart)
    )
    use("zh")
    odds.record_chart(("所称与实现", "said and came"))
    (title, parts), now = shown[0], record.coverage().query("way == 'ours' and at == 80")["value"].iloc[0]
    assert title == "所称与实现" and len(parts) == 3
    assert f"80 % → {100 * now:.0f} %" in parts[0]


def test_each_figure_of_the_chart_stands_at_its_place_beside_a_line_of_what_was_said(monkeypatch):
    drawn = []
    monkeypatch.setattr(odds, "show", lambda chart, title, parts, **more: drawn.append((chart, parts, more)))
    odds.record_chart("t")
    ((chart, parts, more),) = drawn
    left, right = chart.axes
    assert {(ax.get_xlabel(), ax.get_ylabel()) for ax in chart.axes} == {("所称，%", "实现，%")}
    coverage, tenths = record.coverage(), [*record.tenths().values()]
    rows = pd.concat([coverage[coverage["way"].eq(way)] for way in ("ours", "before")])
    ranges, likely = (
        [point for point in more["points"] if point.names[0] == name] for name in ("区间", "概率")
    )
    assert len(ranges) == len(rows) and len(likely) == len(tenths)
    for point, row in zip(ranges, rows.itertuples(), strict=True):
        assert (point.x, point.y) == (row.at, pytest.approx(100 * row.value)) and point.ax is left
        assert point.names[1:] == ("现在" if row.way == "ours" else "原方法", f"{row.at} %")
    for point, tenth in zip(likely, tenths, strict=True):
        assert (point.x, point.y) == pytest.approx(
            (100 * tenth.mean, 100 * tenth.share)
        ) and point.ax is right
        assert point.names[1:] == ("", f"{number(point.x, 0)} %")
        assert f"{number(point.x, 0)} % → {point.figure} %" in parts[2]
    assert all(point.figure == number(point.y, 0) for point in more["points"])
    drawn_lines = [[*line.get_ydata()] for line in left.lines]
    assert drawn_lines[2] == [*right.lines[0].get_ydata()] == [0, 100]
    assert [*left.lines[2].get_xdata()] == [0, 100]
    assert [*drawn_lines[0], *drawn_lines[1]] == pytest.approx([100 * value for value in rows["value"]])
    offsets = [tuple(place) for place in right.collections[0].get_offsets()]
    assert offsets == [pytest.approx((point.x, point.y)) for point in likely]
    assert {(*ax.get_xlim(), *ax.get_ylim()) for ax in (left, right)} == {(0, 100, 0, 100)}
    assert [ax.get_title() for ax in (left, right)] == ["区间", "概率"]
    plt.close(chart)


def tried(shares):
    rows = [(name, held) for name, row in shares.items() for held in row]
    return pd.DataFrame(rows, columns=["series", "coverage_80"])


def test_of_fewer_than_two_series_nothing_is_said_of_how_often_ranges_held():
    use("zh")
    for trials in (tried({}), tried({"a": [1, 1, 0]})):
        assert odds.held(trials) == "本报告自己的年度序列太少，看不出过去的区间是否守得住。"
    use("en")
    assert "too few to tell" in odds.held(tried({}))


def test_ranges_that_held_too_rarely_are_said_to_be_too_narrow():
    use("en")
    narrow = odds.held(tried({name: [1, 0, 0, 1] for name in "abcd"}))
    assert "the 4 annual series" in narrow and "held 50 %" in narrow and narrow.endswith("the odds too sure.")
    right = odds.held(tried({"a": [1, 1, 1, 1, 1], "b": [1, 1, 1, 0, 0]}))
    assert right.endswith("held 80 % (with other such series perhaps 60 to 100 %).")


@pytest.mark.parametrize(("share", "narrow"), [((1, 1, 1, 1, 0), False), ((1, 1, 0, 0, 0), True)])
def test_ranges_are_too_narrow_only_where_their_upper_end_is_below_eighty(share, narrow):
    use("zh")
    text = odds.held(tried({name: list(share) for name in "abc"}))
    held_share = 100 * sum(share) // len(share)
    assert f"3 个年度序列，过去的 80 % 区间覆盖了 {held_share} %" in text and ("偏窄" in text) == narrow
