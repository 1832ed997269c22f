"""The times that a sentence tells, and which of them holds for its last figure; the document is of 2020."""

import pytest

from plan_monitor.reading.periods import Clock, heading_period, holding, times


def told(sentence, clock=Clock(2020)):  # noqa: B008
    """The periods of a sentence, those compared with in brackets, and the one that holds for its last 所."""
    found, place = times(sentence, clock), sentence.rindex("所") - 1
    held = holding(place, found, sentence[:place])
    periods = [f"({time.period})" if time.base else time.period for time in found]
    return " ".join(periods), held.period if held else ""


@pytest.mark.parametrize(
    ("sentence", "period"),
    [
        ("2018年度3所。", "2018"),
        ("2018学年3所。", "2018"),
        ("2018/2019学年3所。", "2018-2019"),
        ("2018年和2019年3所。", "2018-2019"),
        ("2018年5月10日3所。", "2018-05"),
        ("2018年1—5月3所。", "2018-01/2018-05"),
        ("2018年第一季度3所。", "2018Q1"),
        ("2018年前三季度3所。", "2018-01/2018-09"),
        ("2019年12月有3所。", "2019"),  # what there is at the end of a year
        ("2019年底前完成3所。", "2019"),
        ("2018年起每年新建3所。", "2018"),
        ("2018年以来新建3所。", "2018-2020"),
        ("2018年5月以来有3所。", "2018-2020"),
        ("2020年以来新建3所。", "2020"),
        ("2021年以来新建3所。", "2021"),
        ("九五期间3所。", "1996-2000"),
        ("十五时期3所。", "2001-2005"),
        ("“十五”末3所。", "2005"),
        ("十一五收官3所。", "2010"),
        ("“十二五”期末3所。", "2015"),
        ("“十四五”以来3所。", "2021-2025"),
        ("“十五五”3所。", "2026-2030"),
        ("十六五末3所。", "2035"),
        ("目前3所。", "2020"),
        ("全年3所。", "2020"),
        ("年末3所。", "2020"),
        ("上半年3所。", "2020H1"),
        ("一季度3所。", "2020Q1"),
        ("去年3所。", "2019"),
        ("同期3所。", "2019"),
        ("前年3所。", "2018"),
        ("明年3所。", "2021"),
        ("两年前3所。", "2018"),
        ("十二年前3所。", "2008"),
        ("二十年前3所。", "2000"),
        ("全省同期3所。", ""),
        ("几年末3所。", ""),
    ],
)
def test_a_time_in_words(sentence, period):
    assert told(sentence) == (period, period)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("较2019年末增加3所。", ("(2019)", "")),
        ("2019年的基础上增加3所。", ("(2019)", "")),
        ("以2015年为基期3所。", ("(2015)", "")),
        ("比2018年和2019年多3所。", ("(2018-2019)", "")),
        ("是2015年的2倍，2020年3所。", ("(2015) 2020", "2020")),
        ("是2015年的2倍，3所。", ("(2015)", "")),
        ("今年上半年3所。", ("2020 2020H1", "2020H1")),
        ("2018年2所，2019年3所。", ("2018 2019", "2019")),
        ("3所（2019年）5所。", ("2019", "")),  # it holds in its brackets
        ("三年（2018—2020年）3所。", ("2018-2020", "2018-2020")),
        ("由2015年的3所增加到2020年的5所。", ("2015 2020", "2020")),
        ("由2015年的3所增加到5所。", ("2015", "")),  # it holds up to what the change leads to
        ("从2015年3所提高为5所。", ("2015", "")),
        ("自2015年3所。", ("2015", "2015")),
    ],
)
def test_what_is_compared_with_holds_for_no_figure(sentence, expected):
    assert told(sentence) == expected


def test_a_document_of_a_part_of_a_year():
    half = Clock(2020, "H1", (2021, 2025))
    assert told("目前3所，同期2所。", half)[0] == "2020H1 2019H1"
    assert (half.period, half.ahead) == ("2020H1", "2021-2025")
    assert (Clock().period, Clock().ahead, told("目前3所。", Clock())) == ("", "", ("", ""))


def test_the_nearest_heading_with_a_time_tells_it():
    path = ("2019年情况", "2016年至2018年", "一、比2015年", "（一）教育")
    assert [heading_period(path[:length], Clock()) for length in range(5)] == [
        *("", "2019", "2016-2018", "2016-2018", "2016-2018"),
    ]
