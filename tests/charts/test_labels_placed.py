"""Where a label is written beside its point: right of it, else in the first place where it hides nothing."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from reportkit.charts.canvas import style
from reportkit.charts.labels import Label, write

SIDE = 432  # points of the axes, which are their data as well
HIGH, WIDE = 11.2, 24.0  # of three characters of eight points
MIDDLE = (216.0, 216.0)
# shift in points, alignment; in the order in which they are tried
PLACES = [
    (6, 0, "left", "center"),
    (0, 6, "center", "bottom"),
    (0, -6, "center", "top"),
    (6, 6.72, "left", "center"),
    (6, -6.72, "left", "center"),
    (6, 11.2, "left", "center"),
    (6, -11.2, "left", "center"),
    (-6, 0, "right", "center"),
    (3, 6, "right", "bottom"),
    (3, -6, "right", "top"),
    (-3, 6, "left", "bottom"),
    (-3, -6, "left", "top"),
    (0, 19.44, "center", "bottom"),
    (0, -19.44, "center", "top"),
    (9, 17.92, "left", "center"),
    (9, -17.92, "left", "center"),
    (9, 25.76, "left", "center"),
    (9, -25.76, "left", "center"),
    (9, 33.6, "left", "center"),
    (9, -33.6, "left", "center"),
]


def written(points, hidden=([(0.0, 0.0)],), dpi=72):
    """Labels of three characters at points, beside what should stay visible: place and whether a line leads to it."""
    style()
    chart = plt.figure(figsize=(6, 6), dpi=dpi)
    ax = chart.add_axes((0, 0, 1, 1))
    ax.set(xlim=(0, SIDE), ylim=(0, SIDE))
    write(ax, [Label("三个字", *point) for point in points], [np.array(line, float) for line in hidden])
    texts = [text for text in ax.texts if text.get_text()]
    lines = [text.get_position() for text in ax.texts if not text.get_text()]
    plt.close(chart)
    return [
        (*text.get_position(), text.get_ha(), text.get_va(), text.get_position() in lines) for text in texts
    ]


def place(number):
    dx, dy, across, along = PLACES[number]
    return pytest.approx(dx), pytest.approx(dy), across, along, abs(dy) > HIGH


def around(*numbers):
    """Points wherever a label could stand but in places of these numbers."""
    holes = []
    for dx, dy, across, along in (PLACES[number] for number in numbers):
        left = dx - WIDE * {"left": 0, "center": 0.5, "right": 1}[across]
        low = dy - HIGH * {"bottom": 0, "center": 0.5, "top": 1}[along]
        holes.append((left - 1, low + 0.9, left + WIDE + 1, low + HIGH - 0.9))
    return [
        [(MIDDLE[0] + x, MIDDLE[1] + y)]
        for x in range(-40, 41, 4)
        for y in np.arange(-42, 42, 1.5)
        if not any(left <= x <= right and low <= y <= high for left, low, right, high in holes)
    ]


@pytest.mark.parametrize("number", range(len(PLACES)))
def test_a_label_stands_in_the_one_place_where_it_hides_nothing(number):
    """Above or below others it is led to by a line."""
    assert written([MIDDLE], around(number)) == [place(number)]


@pytest.mark.parametrize("number", range(len(PLACES) - 1))
def test_of_two_places_it_stands_in_the_one_that_is_tried_first(number):
    assert written([MIDDLE], around(number, number + 1)) == [place(number)]


@pytest.mark.parametrize("dpi", [72, 144])
def test_labels_of_one_point_take_their_places_in_turn(dpi):
    """Those that the ones before would overlap are left out; on a finer canvas all is alike."""
    assert written([MIDDLE] * 6, dpi=dpi) == [place(number) for number in (0, 1, 2, 7, 12, 13)]


@pytest.mark.parametrize(
    ("x", "y", "number"),
    [
        # the first place is from 6 to 30 points beside its point, 5.6 above and below
        (5.1, 0, 1),
        (4.9, 0, 0),
        (30.9, 0, 1),
        (31.1, 0, 0),
        (18, 4.5, 1),
        (18, 4.7, 0),
        (18, -4.5, 1),
        (18, -4.7, 0),
    ],
)
@pytest.mark.parametrize("dpi", [72, 144])
def test_a_point_at_the_edge_of_a_label_is_hidden_where_it_touches_the_letters(x, y, number, dpi):
    assert written([MIDDLE], [[(MIDDLE[0] + x, MIDDLE[1] + y)]], dpi) == [place(number)]


def test_a_line_is_hidden_between_its_points_as_well():
    """From far left below to far right: its twelve steps are nearer to each other than a label is wide."""
    way = [(MIDDLE[0] - 100, MIDDLE[1]), (MIDDLE[0] + 140, MIDDLE[1])]
    assert written([MIDDLE], [way]) == [place(1)]


@pytest.mark.parametrize(("free", "number"), [(14, 14), (15, 0)])
def test_a_single_mark_is_hidden_before_a_label_goes_far_away(free, number):
    """A mark weighs six, each place down the list 0.4: fourteen of them 5.6, fifteen as much as the mark."""
    hidden = [[(MIDDLE[0] + 18, MIDDLE[1])], *around(0, free)]
    assert written([MIDDLE], hidden) == [place(number)]


@pytest.mark.parametrize(
    ("point", "number"),
    [
        # the axes end at 432; a point beyond them weighs eight, a place down the list 0.4
        ((402, 216), 0),
        ((402.045, 216), 0),
        ((402.055, 216), 1),
        ((216, 3.6), 0),  # two points below are margin
        ((216, 3.5), 1),
    ],
)
@pytest.mark.parametrize("dpi", [72, 144])
def test_a_label_stays_within_the_axes(point, number, dpi):
    assert written([point], dpi=dpi) == [place(number)]


@pytest.mark.parametrize(
    ("point", "number"),
    [
        ((216, 420.8), 1),  # six points above are margin: 420.8 + 6 + 11.2 is 438
        ((216, 421), 2),
        ((12, 216), 1),
        ((11.6, 216), 1),  # 0.4 points beyond weigh 3.2, nine places down the list 3.6
        ((11.5, 216), 10),
    ],
)
def test_a_label_above_its_point_stays_within_the_axes(point, number):
    beside = [[(point[0] + x, point[1] + y)] for x, y in ((20, 3), (20, -3), (25, 10), (25, -10))]
    assert written([point], beside) == [place(number)]


def test_the_line_to_a_label_is_thin_and_ends_beside_the_mark():
    style()
    chart, ax = plt.subplots()
    ax.set(xlim=(0, 9), ylim=(0, 9))
    write(ax, [Label(name, 4.0, 4.0) for name in "甲乙丙丁戊"], [np.array([[9.0, 9.0]])])
    (line,) = (text.arrow_patch for text in ax.texts if not text.get_text())
    plt.close(chart)
    assert (line.get_linewidth(), line.shrinkA, line.shrinkB) == (0.5, 0, 4)
    assert line.get_arrowstyle().__class__.__name__ == "Curve"


def test_letters_of_labels_are_of_eight_points_and_in_front():
    style()
    chart, ax = plt.subplots()
    write(ax, [Label("甲", 0.5, 0.5)], [np.array([[1.0, 1.0]])])
    (text,) = ax.texts
    plt.close(chart)
    assert (text.get_fontsize(), text.get_zorder(), text.get_annotation_clip()) == (8, 6, False)
