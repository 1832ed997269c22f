"""Which lines of a PDF page are one paragraph: a size of 10, a gap of 5 between lines, a column from 0 to 200."""

import pytest

from plan_monitor.reading.source.pdf.paragraphs import Builder, Line

FULL = Line("全州各县市要把规划实施纳入年度考核内容并通报", 0, 200, 0, 10, 10, 0, 200, True)
NEXT = Line("按期完成各项任务", 0, 80, 15, 25, 10, 0, 200, False)


def line(like, *, gap=None, **changed):
    """A line that differs from another in some of its measures; gap: below a line that ends at 10."""
    made = like._replace(**changed)
    top = made.top if gap is None else 10 + gap
    return made._replace(top=top, bottom=top + made.size)


def paragraphs(*lines, gap=5):
    builder = Builder(10, gap)
    made = [one for each in lines for one in builder.add(each)]
    return [one.text for one in [*made, *builder.end()]]


def joined(last, following, gap=5):
    return len(paragraphs(last, following, gap=gap)) == 1


@pytest.mark.parametrize(("size", "expected"), [(11.1, True), (11.3, False), (8.9, True), (8.7, False)])
def test_lines_of_one_paragraph_are_about_as_large(size, expected):
    assert joined(FULL, line(NEXT, size=size)) == expected


@pytest.mark.parametrize(
    ("usual", "gap", "size", "expected"),
    [
        (5, 8.9, 10, True),  # 0.4 of the size more than usual is nothing, where the usual gap is small
        (5, 9.1, 10, False),
        (5, 9.3, 11, True),
        (20, 31.9, 10, True),  # nor is 1.6 times the usual gap
        (20, 32.1, 10, False),
    ],
)
def test_a_gap_larger_than_others_divides_paragraphs(usual, gap, size, expected):
    assert joined(FULL, line(NEXT, gap=gap, size=size), usual) == expected
    assert joined(FULL, line(NEXT, gap=gap, size=size, first=True), usual), "a column begins anywhere"


@pytest.mark.parametrize(
    ("x1", "text", "expected"),
    [
        (184.5, "按期完成", True),  # room for a character and 0.6 more
        (183.5, "按期完成", False),
        (174.5, "完，成", True),  # a character takes the sign behind it along
        (173.5, "完，成", False),
        (172.5, "PISA", True),  # letters are narrower
        (171.5, "PISA", False),
    ],
)
def test_a_line_that_leaves_room_for_what_follows_ends_its_paragraph(x1, text, expected):
    assert joined(line(FULL, x1=x1), line(NEXT, text=text)) == expected


@pytest.mark.parametrize(
    ("x0", "last", "expected"),
    [
        (11.9, {}, True),
        (12.1, {}, False),
        (12.1, {"text": "（一）全州各县市要把规划实施纳入考核"}, True),  # the number alone stands out
        (39.9, {"text": "（一）全州各县市要把规划实施纳入考核"}, True),
        (40.1, {"text": "（一）全州各县市要把规划实施纳入考核"}, False),
        (20, {"text": "（一）全州各县市要把规划实施纳入考核", "x0": 4.9}, True),
        (20, {"text": "（一）全州各县市要把规划实施纳入考核", "x0": 5.1}, False),
    ],
)
def test_an_indented_line_begins_a_paragraph_or_hangs_below_a_number(x0, last, expected):
    assert joined(line(FULL, **last), line(NEXT, x0=x0)) == expected


ITEM = {"text": "（一）全州各县市要把规划实施纳入考核"}
BESIDE = {
    "x1": 420,
    "left": 300,
    "right": 500,
    "first": True,
    "top": 0,
    "bottom": 10,
}  # on top of the next column


@pytest.mark.parametrize(
    ("x0", "indent", "expected"),
    [
        (0, 20, True),
        (5, 20, True),
        (5.1, 20, False),
        (0, 39.9, True),
        (0, 40, False),
        (5, 44.9, True),
        (5, 45, False),
    ],
)
def test_what_hangs_below_a_number_is_measured_from_the_side_of_its_column(x0, indent, expected):
    """Which may not begin where the page does, and which may be the next one."""
    last = line(FULL, **ITEM, x0=300 + x0, x1=500, left=300, right=500)
    assert joined(last, line(NEXT, x0=300 + indent, x1=420, left=300, right=500)) == expected
    assert joined(line(FULL, **ITEM, x0=x0), line(NEXT, **BESIDE, x0=300 + indent)) == expected


@pytest.mark.parametrize(("indent", "expected"), [(20, 1), (25, 1), (25.1, 2), (15, 1), (14.9, 2)])
def test_lines_that_hang_go_on_in_the_next_column(indent, expected):
    second = line(FULL, x0=20, top=15, bottom=25, first=False)
    assert len(paragraphs(line(FULL, **ITEM), second, line(NEXT, **BESIDE, x0=300 + indent))) == expected


@pytest.mark.parametrize(("x0", "expected"), [(20, 1), (24.9, 1), (15.1, 1), (25.1, 2), (14.9, 2)])
def test_lines_that_hang_are_below_each_other(x0, expected):
    head = line(FULL, text="（一）全州各县市要把规划实施纳入考核")
    second = line(FULL, x0=20, top=15, first=False)
    assert len(paragraphs(head, second, line(NEXT, x0=x0, top=30))) == expected


@pytest.mark.parametrize(
    ("size", "x0", "x1", "expected"),
    [
        (12, 60, 140, True),
        (11, 60, 140, False),  # of the usual size: a line by itself
        (12, 60, 157, True),
        (12, 60, 159, False),  # not in the middle, and the line above has room
        (12, 19, 181, True),
        (12, 17, 183, False),  # too wide to be told from prose
    ],
)
def test_large_lines_in_the_middle_are_one_title(size, x0, x1, expected):
    title = line(FULL, text="青禾州社会发展规划", x0=50, x1=150, size=size)
    assert joined(title, line(NEXT, x0=x0, x1=x1, size=size, gap=7)) == expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("1.建设学校并配备教师和设备以及其他需要的条件", "2.改造", False),
        ("1.建设学校并配备教师和设备以及其他需要的条件", "3.改造", True),
        ("（1）建设学校并配备教师和设备以及其他的条件", "（2）改造", False),
        ("建设学校并配备教师和设备以及其他需要的条件", "2.改造", True),
        ("建设学校并配备教师和设备以及其他需要的条件。", "2.改造", False),  # what ended, and what begins
    ],
)
def test_the_next_number_begins_a_paragraph(first, second, expected):
    assert joined(line(FULL, text=first), line(NEXT, text=second)) == expected


def test_lines_of_a_table_of_contents_are_left_out_with_their_title():
    contents = line(NEXT, text="一、发展基础……………………3")
    title = line(FULL, text="目 录", x0=90, x1=110)
    assert paragraphs(title, contents, FULL) == [FULL.text]
    assert paragraphs(FULL, contents, NEXT) == [FULL.text, NEXT.text]
    assert paragraphs(FULL, line(NEXT, text="一、发展…3"), NEXT)[0] == FULL.text + "一、发展…3"


def test_an_item_of_several_lines_ends_where_the_next_number_begins():
    first = line(FULL, text="1.建设学校并配备教师和设备以及其他需要的条件")
    second = line(FULL, top=15, bottom=25, first=False)
    assert len(paragraphs(first, second, line(NEXT, text="2.改造", top=30))) == 2
    assert len(paragraphs(first, second, line(NEXT, text="3.改造", top=30))) == 1
