"""What a cell shows for a number and its format, and whether that is the figure it holds: at every bound."""

import pytest

from plan_monitor.grid.agreed import agreed
from plan_monitor.grid.content import Fault, general
from plan_monitor.grid.shown import number, text


@pytest.mark.parametrize(
    ("comparator", "met", "unmet"),
    [
        ("<", (9,), (10, 11)),
        ("<=", (9, 10), (11,)),
        (">", (11,), (9, 10)),
        (">=", (10, 11), (9,)),
        ("=", (10,), (9, 11)),
        ("<>", (9, 11), (10,)),
    ],
)
def test_a_section_with_a_condition_is_for_numbers_that_meet_it(comparator, met, unmet):
    shown = {value: number(value, f"[{comparator}10]0.0;0.00") for value in (*met, *unmet)}
    assert shown == {value: f"{value}.0" for value in met} | {value: f"{value}.00" for value in unmet}


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (-5, "[<0]0.0;0", "-5.0"),  # no sign of its own
        (-5, "[<0]-0.0;0", "-5.0"),
        (-5, "[<0](0.0);0", "-5.0"),
        (-5, "[<0][Red]0.0;0", "-5.0"),
        (-3, "0;@", "-3"),
        (-3, "0.0;-0", "-3"),
        (0, "0.0;-0", "0.0"),
        (0, "0.0;-0;0.00", "0.00"),
        (0, "0.0;-0;@", "0.0"),
        (0, "0.0;-0;0.00;@", "0.00"),
        # digits
        (2.5, "0", "3"),
        (0.125, "0.00", "0.13"),
        (1234567, "#,###", "1,234,567"),
        (123456, "#,##0", "123,456"),
        (12, "0,000", "0,012"),
        (1.5, "0.0#", "1.5"),
        (1.25, "0.0##", "1.25"),
        (0.5, "#.00", ".50"),
        (12.5, ".0", "12.5"),
        (5, "0.##", "5."),
        (5, '"约"%', "约%"),
        (0.075, "0.0%", "7.5%"),
        (0.00075, "0.0%%", "7.5%%"),
        # powers
        (9.99, "0.0E+0", "1.0E+1"),
        (9.94, "0.0E+0", "9.9E+0"),
        (0, "0.0E+0", "0.0E+0"),
        (12345, "##0.0E+0", "12.3E+3"),
        (0.0123, "0.00E+00", "1.23E-02"),
        (12345, "0.00E-00", "1.23E04"),
        (999.96, "##0.0E+0", "1.0E+3"),
        (12345, ".00E+0", "1.23E+4"),
        (12, '[=12]"是"0;0', "是12"),
        # times
        (0, "h:mm AM/PM", "12:00 AM"),
        (0.5, "h:mm AM/PM", "12:00 PM"),
        (13 / 24, "h:mm AM/PM", "1:00 PM"),
        (13 / 24, "h:mm", "13:00"),
        (11.5 / 24, "h:mm AM/PM", "11:30 AM"),
        (0.6, "hh:mm", "14:24"),
        (1.25, "[hh]:mm", "30:00"),
        (1.25, "[mm]", "1800"),
        (1.25, "[ss]", "108000"),
        (1.5, "[h]:mm:ss", "36:00:00"),
        (45078, "aaaa", "星期四"),
        (45081, "aaaa", "星期日"),
        (45078, 'yyyy"级"', "2023级"),
        (45078, 'yy"级"', "23级"),
        (45081, "ddd", "星期日"),
        (45081, "m-dd", "6-04"),
        (45081, 'mm"月"d"日"', "06月4日"),
        (45081, "e", "2023"),
        (45078, 'mmm"."d', "Jun.1"),
        (45078, 'mmmm d"st"', "June 1st"),
        (45078, "yy-m", "2023-06"),
        (45078 + 1 / 24, "yyyy-mm-dd hh", "2023-06-01 01:00:00"),
        (45078 + 1 / 1440, "yyyy-mm-dd hh", "2023-06-01 00:01:00"),
        (45078 + 1 / 86400, "yyyy-mm-dd hh", "2023-06-01 00:00:01"),
        (45078, "yyyy-mm-dd hh", "2023-06-01"),
        (45078 + 0.5, "yyyy-mm-dd", "2023-06-01"),
        (0, "yyyy-mm-dd", "1899-12-31"),
        (2_958_465, "yyyy-mm-dd", "9999-12-31"),
        (60, "yyyy-mm-dd", "1900-02-28"),
    ],
)
def test_the_text_of_a_number(value, code, shown):
    assert number(value, code) == shown


@pytest.mark.parametrize(
    ("value", "code", "message"),
    [
        (7, "[>10]0;[<5]0", "hides 7"),
        (0, "#,###", "hides 0"),
        (-0.5, "yyyy-mm-dd", "expected a date"),
        (2_958_466, "yyyy-mm-dd", "expected a date"),
    ],
)
def test_a_number_that_cannot_be_shown(value, code, message):
    with pytest.raises(Fault, match=message):
        number(value, code)


@pytest.mark.parametrize(
    ("code", "shown"),
    [("General", "元谋"), ('@"县"', "元谋县"), ('0;-0;0;"甲"@', "甲元谋"), ('0;"负"0', "元谋")],
)
def test_the_text_of_a_text(code, shown):
    assert text("元谋", code) == shown


@pytest.mark.parametrize(
    ("shown", "held", "others"),
    [
        ("12.3", (12.25, 12.3, 12.35), (12.24, 12.36, 123)),
        ("12", (11.5, 12.5), (11.4, 12.6)),
        ("1,234.5", (1234.5, 1234.45), (1.2, 1234.4)),
        ("-5", (-5, -5.5), (5, -5.6)),
        ("− 5", (-5,), (5,)),
        ("-¥5", (-5,), (5,)),
        ("5", (5,), (-5, 500)),
        # a sign may stand for powers of ten
        ("95%", (0.945, 0.955, 94.5, 95.5), (0.9449, 0.956, 94.4, 95.6, 9500)),
        ("95％", (0.95, 95), (9.5, 950, 9500)),
        ("9.3‰", (0.00925, 0.00935, 9.3), (0.0092, 0.0094, 0.093)),
        ("1.2万", (11500, 12500, 1.15, 1.25), (11400, 12600, 120)),
        ("1.2亿", (120_000_000, 12_000, 1.2), (1_200_000, 120)),
        ("1.2百万", (1_200_000, 120, 1.2), (12_000,)),
        ("1.2千万", (12_000_000, 1200, 1.2), (120,)),
        ("1.2万亿", (1.2e12, 1.2e8, 1.2e4, 1.2), (1.2e6,)),
        ("3千", (3000, 3), (0.3, 30, 300)),
        ("3百", (300, 3), (30, 3000)),
        ("3十万", (300_000, 30, 3), (300,)),
        ("3十亿", (3e9, 3e5, 30), (3e8,)),
        ("3百亿", (3e10, 3e6, 300), (3e9,)),
        ("3千亿", (3e11, 3e7, 3000), (3e9,)),
        ("3K", (3000,), (300,)),
        ("3k", (3000,), (300,)),
        ("3M", (3_000_000, 300), (30,)),
        ("3B", (3e9,), (3e8,)),
        ("3 bn", (3e9,), (3e8,)),
        ("3 thousand", (3000,), (300,)),
        ("3 million", (3e6,), (3e5,)),
        ("3 billion", (3e9,), (3e8,)),
        ("1.5E+3", (1450, 1550), (1440, 1560)),
        ("1.5E-3", (0.0015,), (0.0016, 1500)),
        ("1E+400", (), (1.0,)),
        ("1E+401", (), (1.0,)),
        # figures of what is counted, and beside it
        ("5 m2", (5,), (2, 52)),
        ("14/10万", (14,), (10, 1410)),
        ("5 户（2023）", (5, 2023), (7,)),
    ],
)
def test_what_is_shown_is_what_is_held_as_far_as_its_digits_go(shown, held, others):
    for value in held:
        assert agreed(shown, value) == shown, value
    for value in others:
        with pytest.raises(Fault, match="expected the figure held to be shown"):
            agreed(shown, value)


@pytest.mark.parametrize(
    ("shown", "value", "expected"),
    [
        ("(12.5)", -12.5, "-12.5"),
        ("¥(12.5)元", -12.5, "-¥12.5元"),
        ("(12.5)", 12.5, "(12.5)"),
        ("-", 0, "0"),
        ("¥ —", 0, "0"),
        ("-", 5, "-"),
        ("是", 1, "是"),
        ("是", 0, "是"),
        ("(0)", 0, "(0)"),
    ],
)
def test_signs_of_accountants(shown, value, expected):
    assert agreed(shown, value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0, "0"),
        (-5.0, "-5"),
        (100, "100"),
        (1.50, "1.5"),
        (1e20, "100000000000000000000"),
        (1e21, "1E+21"),
        (2e-15, "0.000000000000002"),
        (1e-15, "1E-15"),
        (123456789.123456789, "123456789.123457"),  # 15 digits
    ],
)
def test_a_number_without_a_format(value, expected):
    assert general(value) == expected


@pytest.mark.parametrize(
    ("refused", "zh", "en"),
    [
        (
            lambda: agreed("3", 4),
            "应显示所存的数；显示“3”，存的是 4",
            'expected the figure held to be shown; shows "3", holds 4',
        ),
        (
            lambda: agreed("3", 4, "0"),
            "应显示所存的数；显示“3”，存的是 4（数字格式 0）",
            'expected the figure held to be shown; shows "3", holds 4 (0)',
        ),
        (
            lambda: agreed("", 4),
            "应显示出来；单元格看似空白，里面却是 4",
            "expected to see what the cell holds; its format hides 4",
        ),
        (
            lambda: text("元谋", ";;;"),
            "应显示出来；数字格式 ;;; 使单元格看似空白，里面却是 元谋",
            "expected to see what the cell holds; the number format ;;; hides 元谋",
        ),
        (
            lambda: number(-1, "yyyy"),
            "应为日期；存的是 -1，不能显示为日期（yyyy）",
            "expected a date; holds -1, which is none (yyyy)",
        ),
    ],
)
def test_a_refusal_names_what_is_shown_what_is_held_and_the_format(refused, zh, en):
    with pytest.raises(Fault) as fault:
        refused()
    assert fault.value.expected == {"zh": zh, "en": en}


def test_an_empty_text_is_hidden_by_no_format():
    assert text("", ";;;") == text(" ", ";;;").strip() == ""
