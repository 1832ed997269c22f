"""Times as people type them: an ISO period, or refused with the readings named."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan_monitor.settle.quantity import Refused
from plan_monitor.settle.spans import NoPeriod, no_time, period
from reportkit import periods

READ = {
    "2020": "2020",
    "2020年": "2020",
    "２０２０年": "2020",
    "2020 年": "2020",
    "2020年底": "2020",
    "2020年末": "2020",
    "2020年度": "2020",
    "2020年全年": "2020",
    "到2025年": "2025",
    "至2025年底": "2025",
    "二〇二〇年": "2020",
    "二○二五年": "2025",
    "2020年12月": "2020-12",
    "2020年12月末": "2020-12",
    "2020年6月份": "2020-06",
    "2020-12": "2020-12",
    "2020/12": "2020-12",
    "2020/1": "2020-01",
    "2020.12": "2020-12",
    "2020.10": "2020-10",
    "2020.01": "2020-01",
    "2020.2": "2020-02",
    "202012": "2020-12",
    "June 2023": "2023-06",
    "2021—2025年": "2021/2025",
    "2021-2025": "2021/2025",
    "2021年－2025年": "2021/2025",
    "2021～2025年": "2021/2025",
    "2021至2025年": "2021/2025",
    "2021年到2025年": "2021/2025",
    "2021/2025": "2021/2025",
    "2021 — 2025": "2021/2025",
    "2021—25年": "2021/2025",
    "2021-25": "2021/2025",
    "2020年9月—2021年8月": "2020-09/2021-08",
    "2020-01/2021-06": "2020-01/2021-06",
    "2021-2021": "2021",
    "“十四五”": "2021/2025",
    "十三五": "2016/2020",
    "十四五时期": "2021/2025",
    "“十四五”期间": "2021/2025",
    "“十四五”末": "2025",
    "十五五": "2026/2030",
    "十五": "2001/2005",
    "一五": "1953/1957",
    "三五": "1966/1970",
    "2023年上半年": "2023-01/2023-06",
    "2023年下半年": "2023-07/2023-12",
    "2023年1-6月": "2023-01/2023-06",
    "2023年1—11月": "2023-01/2023-11",
    "2023年3月-6月": "2023-03/2023-06",
    "2023年前11个月": "2023-01/2023-11",
    "2023年1—12月": "2023",
    "2022年三季度": "2022Q3",
    "2022年第三季度": "2022Q3",
    "2022年3季度": "2022Q3",
    "2022Q3": "2022Q3",
    "2022-Q3": "2022Q3",
    "2022年前三季度": "2022-01/2022-09",
    "2025-12-31": "2025-12",
    "2025年6月30日": "2025-06",
    "2025/6/30": "2025-06",
    "2024-02-29": "2024-02",
    "20251231": "2025-12",
    "2025-06-30 00:00:00": "2025-06",
    "截至2025年6月30日": "2025-06",
}

REFUSED = {
    "2020.1": "2020-01 or 2020-10",
    "2020.0": "write 2020",
    "2020.13": "2020.13",
    "2020学年": "2019-09/2020-08 or 2020-09/2021-08",
    "2020-2021学年": "2020-09/2021-08 or 2020",
    "2020—21学年": "2020-09/2021-08 or 2020",
    "2020-21": "2020/2021 or 2020-09/2021-08",
    "2010—12": "2010/2012 or 2010-12",
    "2020 12": "2020 12",
    "20-21": "2020/2021",
    "21年": "2021",
    "2020年初": "2019 or 2020-01",
    "2025-2021": "begins before it ends",
    "2025-12-30": "2025-12 or 2025-11",
    "2025-01-01": "2025-01 or 2024-12",
    "Jun-23": "2023-06 or 23 June",
    "6月30日": "with its year",
    "6月": "with its year",
    **{
        text: text
        for text in ["", "6-30", "2025-02-29", "202113", "20211", "2020 2021", "今年", "95", "9999"]
    },
    **{text: text for text in ["2025年目标", "十八五", "五五五五", "2020年13月", "2023年6-1月", "2022Q5"]},
}


@pytest.mark.parametrize("text", READ)
def test_a_time_is_read_as_the_period_it_means(text):
    assert period(text) == READ[text]


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_not_one_time_is_refused_with_its_readings(text):
    with pytest.raises(Refused) as refused:
        period(text)
    assert REFUSED[text] in refused.value.expected["en"]
    assert refused.value.expected["zh"].startswith("应")


@pytest.mark.parametrize(("text", "none"), [("今年", True), ("95", True), ("2020.1", False), ("6月", False)])
def test_what_is_no_time_is_told_from_what_may_be_two(text, none):
    with pytest.raises(Refused) as refused:
        period(text)
    assert isinstance(refused.value, NoPeriod) == none


@given(st.integers(1950, 2100), st.integers(1, 12))
def test_a_period_of_a_package_reads_as_itself(year, month):
    quarter = (month - 1) // 3 + 1
    for written in (f"{year}", f"{year}-{month:02d}", f"{year}Q{quarter}", f"{year}/{year + 5}"):
        assert period(written) == written
    assert period(f"{year}年{month}月") == f"{year}-{month:02d}"


@given(st.text("0123456789年月日季度上下半前末底初一二三四五十“”〇-—～~/.至到Qq 学", max_size=12))
def test_any_text_is_a_period_of_a_package_or_refused(text):
    try:
        read = period(text)
    except Refused as refused:
        assert refused.expected["zh"] and refused.expected["en"]
        return
    assert re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2])|Q[1-4])?(/\d{4}(-(0[1-9]|1[0-2])|Q[1-4])?)?", read)
    assert periods.start(read) < periods.end(read)


PARTS = [
    "jan",
    "March",
    "sept",
    "Q3",
    "2021",
    "'21",
    "21",
    "5",
    "年",
    "月",
    "五",
    "截至",
    "abc",
    *"=-/. '\"~",
]


@given(st.lists(st.sampled_from(PARTS), min_size=1, max_size=6).map("".join))
def test_what_one_look_takes_for_no_time_is_none(text):
    if no_time(text):
        with pytest.raises(NoPeriod):
            period(text)


@pytest.mark.parametrize("text", ["=period 12", "abc 2021", '"x"'])
def test_plain_words_are_no_time(text):
    assert no_time(text)


PLANS = {
    **{"一五": (1953, 1957), "二五": (1958, 1962), "三五": (1966, 1970), "四五": (1971, 1975)},
    **{"五五": (1976, 1980), "六五": (1981, 1985), "七五": (1986, 1990), "八五": (1991, 1995)},
    **{"九五": (1996, 2000), "十五": (2001, 2005), "十一五": (2006, 2010), "十二五": (2011, 2015)},
    **{"十三五": (2016, 2020), "十四五": (2021, 2025), "十五五": (2026, 2030), "十六五": (2031, 2035)},
}


@pytest.mark.parametrize("plan", PLANS)
def test_every_five_year_plan_has_its_years(plan):
    first, last = PLANS[plan]
    assert period(plan) == f"{first}/{last}" and period(f"“{plan}”期末") == f"{last}"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        *(("2023年一季度", "2023Q1"), ("2023年二季度", "2023Q2"), ("2023年四季度", "2023Q4")),
        *(("2023年前两季度", "2023-01/2023-06"), ("2023年前2季度", "2023-01/2023-06")),
        *(("2024年2月29日", "2024-02"), ("2023-02-28", "2023-02"), ("2023年4月30日", "2023-04")),
        *(
            ("2011-12", "2011-12"),
            ("2011—13年", "2011/2013"),
            ("Sept 2023", None),
            ("Sep 2023", "2023-09"),
            ("December 2023", "2023-12"),
        ),
        *(("2021—22年", "2021/2022"), ("2021-24", "2021/2024")),
        *(("1900", "1900"), ("2199", "2199"), ("1899", None), ("2200", None)),
    ],
)
def test_a_time_at_the_edge_of_what_is_read(written, read):
    if read is None:
        with pytest.raises(Refused):
            period(written)
    else:
        assert period(written) == read


@pytest.mark.parametrize(
    ("written", "readings"),
    [
        ("2011—12", "2011/2012 or 2011-12"),
        *(("2012-13", "2012/2013 or 2012-09/2013-08"), ("2023-06-29", "2023-06 or 2023-05")),
        ("Mar-21", "2021-03 or 21 March"),
    ],
)
def test_a_time_of_two_readings_names_both(written, readings):
    with pytest.raises(Refused) as refused:
        period(written)
    assert readings in refused.value.expected["en"]
