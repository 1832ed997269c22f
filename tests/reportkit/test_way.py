"""Small bars of base, latest figure and target: where their marks stand, and what they say in words."""

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from reportkit import language
from reportkit.table import TABLE, Column, table
from reportkit.way import Way, legend, svg
from reportkit.words import figure

NAN = float("nan")


def test_marks_stand_where_the_figures_are():
    assert Way(25.0, 50.0, 75.0, 0.0, 100.0).places() == (0.25, 0.5, 0.75)
    assert Way(1.0, NAN, 4.0).places() == (0.25, None, 1.0)  # from zero to the largest
    assert Way(-2.0, 0.0, 2.0).places() == (0.0, 0.5, 1.0)  # below zero from the smallest
    assert Way(90.0, 110.0, 100.0, 0.0, 100.0).places()[1] == 1.0  # a gross rate passes 100
    assert Way(0.0, 0.0, 0.0).places() == (0.0, 0.0, 0.0)


@given(st.tuples(*[st.floats(-1e6, 1e6)] * 3))
def test_the_order_of_the_marks_is_that_of_the_figures(values):
    places = Way(*values).places()
    assert all(0 <= place <= 1 for place in places)
    for one, other in ((0, 1), (1, 2), (0, 2)):
        if values[one] < values[other]:
            assert places[one] <= places[other]


@pytest.mark.parametrize(
    ("way", "shown"), [(Way(NAN, NAN, 5.0), False), (Way(1.0, 2.0, NAN), False), (Way(NAN, 2.0, 5.0), True)]
)
def test_without_a_way_there_is_no_bar(way, shown):
    assert bool(way) is shown


def test_a_bar_says_in_words_what_it_shows():
    way = Way(2.92, NAN, 3.5, unit="万人")
    assert way.text == "基期 2.92 万人，目标 3.5 万人"
    drawn = BeautifulSoup(svg(way), "html.parser").svg
    assert (drawn["role"], drawn["aria-label"], drawn.get_text()) == ("img", way.text, "")
    assert len(drawn.select("circle")) == 1
    assert legend([way, None]).startswith("○ 基期　┃ 目标")
    assert legend([None, Way(NAN, NAN, 1.0)]) == ""
    language.use("en")
    assert way.text == "base 29,200 persons, target 35,000 persons"


def test_a_bar_stands_below_the_figure_and_changes_no_data(shown):
    target = Column(("目标", "Target"), [figure(95.0, "%")], ids=[["t-1"]])
    for ways in ((), [Way(91.0, NAN, 95.0, unit="%")]):
        table(("表", "Table"), [Column(("项", "Item"), ["甲"]), target._replace(ways=ways)])
    plain, drawn = shown
    assert plain[TABLE] == drawn[TABLE] and plain["text/markdown"] == drawn["text/markdown"]
    page = BeautifulSoup(drawn["text/html"], "html.parser")
    assert page.select("td")[1].svg["aria-label"] == "基期 91 %，目标 95 %"
    assert page.caption.contents[0] == "表" and "○ 基期" in page.select_one("caption .legend").get_text()
    assert "legend" not in plain["text/html"]


def test_a_bar_is_drawn_from_edge_to_edge():
    drawn = BeautifulSoup(svg(Way(25.0, 50.0, 100.0, 0.0, 100.0, "%")), "html.parser").svg
    assert (drawn["width"], drawn["height"]) == ("72", "10")
    assert [path["d"] for path in drawn.select("path")] == ["M4 5H68", "M36 5H68", "M20 5H36", "M68 0v10"]
    assert [(dot["cx"], dot["cy"], dot["r"], dot.get("fill")) for dot in drawn.select("circle")] == [
        ("20", "5", "2.5", None),
        ("36", "5", "2.5", "#3d444c"),
    ]
    no_latest = BeautifulSoup(svg(Way(25.0, NAN, 100.0, 0.0, 100.0)), "html.parser").svg
    assert [path["d"] for path in no_latest.select("path")] == ["M4 5H68", "M20 5H68", "M68 0v10"]
    no_base = BeautifulSoup(svg(Way(NAN, 50.0, 100.0, 0.0, 100.0)), "html.parser").svg
    assert [path["d"] for path in no_base.select("path")] == ["M4 5H68", "M36 5H68", "M68 0v10"]
    assert [dot.get("fill") for dot in no_base.select("circle")] == ["#3d444c"]


def test_a_legend_names_the_marks_that_there_are():
    assert legend([Way(NAN, 2.0, 5.0)]).startswith("● 最新　┃ 目标；")
    assert legend([Way(1.0, NAN, 5.0), Way(NAN, 2.0, 5.0)]).startswith("○ 基期　● 最新　┃ 目标；")
    with language.using("en"):
        assert legend([Way(1.0, 2.0, 5.0)]).startswith("○ base, ● latest, ┃ target; ")


def test_a_bar_short_of_its_target_does_not_say_that_it_has_come_there():
    assert Way(NAN, 7.99997, 8.0, unit="%").text == "最新 7.99997 %，目标 8 %"
    assert Way(NAN, 7.96667, 8.0, unit="%").text == "最新 7.9667 %，目标 8 %"
