"""Figures as people type them: read in one way, or refused with the readings named."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan_monitor.settle.quantity import NOT_ONLY, Refused, quantity, worded
from reportkit.findings import VALUE

READ = {
    "95": (None, "95", ""),
    "95.0": (None, "95.0", ""),
    " 95 ": (None, "95", ""),
    "９５．５％": (None, "95.5", "%"),
    "95 %": (None, "95", "%"),
    "95﹪": (None, "95", "%"),
    "9.3‰": (None, "9.3", "‰"),
    "95 per cent": (None, "95", "%"),
    "\u00a095\u3000": (None, "95", ""),
    "'95": (None, "95", ""),
    "+5": (None, "5", ""),
    "-12": (None, "-12", ""),
    "−12.5": (None, "-12.5", ""),
    "–12": (None, "-12", ""),
    "－１２": (None, "-12", ""),
    "负3": (None, "-3", ""),
    "-0.0": (None, "0.0", ""),
    ".5": (None, "0.5", ""),
    "95.": (None, "95", ""),
    "1,234": (None, "1234", ""),
    "1，234.50": (None, "1234.50", ""),
    "1,234,567": (None, "1234567", ""),
    "1 234": (None, "1234", ""),
    "12\u00a0345.5": (None, "12345.5", ""),
    "12\u2009345\u202f678": (None, "12345678", ""),
    "1.2E+05": (None, "120000", ""),
    "2.5万": (None, "2.5", "万"),
    "2.5 万 人": (None, "2.5", "万人"),
    "12（万人）": (None, "12", "万人"),
    "12㎡": (None, "12", "m2"),
    "12 m²": (None, "12", "m2"),
    "35微克/立方米": (None, "35", "微克/立方米"),
    "14/10万": (None, "14", "/10万"),
    "2.4人/10万人": (None, "2.4", "人/10万人"),
    "5个百分点": (None, "5", "个百分点"),
    "¥12.5": (None, "12.5", "元"),
    "￥12万": (None, "12", "万元"),
    "-¥12": (None, "-12", "元"),
    "2020年": (None, "2020", "年"),
    "≥95": (">=", "95", ""),
    "≥９５％": (">=", "95", "%"),
    ">=95": (">=", "95", ""),
    "≮95": (">=", "95", ""),
    "不低于95%": (">=", "95", "%"),
    "不少于 100 张": (">=", "100", "张"),
    "至少3个": (">=", "3", "个"),
    "at least 95%": (">=", "95", "%"),
    "95%以上": (">=", "95", "%"),
    "95%及以上": (">=", "95", "%"),
    "60（含）以上": (">=", "60", ""),
    "3个以上（含3个）": (">=", "3", "个"),
    "达到95%以上": (">=", "95", "%"),
    "不低于95%以上": (">=", "95", "%"),
    "＞95": (">", "95", ""),
    "超过95%": (">", "95", "%"),
    "大于95": (">", "95", ""),
    "100以上（不含）": (">", "100", ""),
    "65岁以上（不含65岁）": (">", "65", "岁"),
    "≤5": ("<=", "5", ""),
    "不高于5%": ("<=", "5", "%"),
    "不超过5%": ("<=", "5", "%"),
    "10%以下": ("<=", "10", "%"),
    "5%以内": ("<=", "5", "%"),
    "控制在5%以内": ("<=", "5", "%"),
    "降至5%以内": ("<=", "5", "%"),
    "＜5": ("<", "5", ""),
    "低于5%": ("<", "5", "%"),
    "不足10人": ("<", "10", "人"),
    "不满10": ("<", "10", ""),
    "=95": ("=", "95", ""),
    "约95": ("about", "95", ""),
    "≈95": ("about", "95", ""),
    "95%左右": ("about", "95", "%"),
    "达到95%": (None, "95", "%"),
    "95%（含）": (None, "95", "%"),
}

REFUSED = {  # what the message names
    "": "expected a number",
    "95,5": "95.5 or 955",
    "1，5": "1.5 or 15",
    "0,234": "234",
    "1,23": "1.23 or 123",
    "1.234,5": "1234.5 or 1.2345",
    "12.5.1": "several",
    "1 23": "several",
    "95\n100": "several",
    "1亿2千万": "several",
    "95%，其中城镇98%": "several",
    "90-95": "range",
    "90～95%": "range",
    "90%—95%": "range",
    "90至95": "range",
    "95%±1": "margin",
    "3/4": "ratio",
    "1:20": "ratio",
    "095": "95 or lack its decimal point",
    "(12)": "-12 (as accountants write) or 12",
    "12-": "before the number",
    "95%+": "before the number",
    "95>": "before the number",
    "—12": "minus sign or just a dash",
    "~95": "about or up to",
    "近95": "about or below",
    "10余万": "about or more than 10",
    "超过95%以上": "> 95 or >= 95",
    "≥95%以下": ">= 95 or <= 95",
    "约95以上": "about 95 or >= 95",
    "提高5个百分点": "change",
    "下降3%": "change",
    "95①": "note mark",
    "约①": "note mark",
    "35人²": "note mark",
    "10²": "note mark",
    "2½": "note mark",
    "95*": "not only that",
    "九十五": "not only that",
    "全覆盖": "not only that",
    "翻一番": "not only that",
    "PM2.5": "not only that",
    **dict.fromkeys(["—", "-", "--", "…", "/", "无", "暂无", "N/A", "#N/A", "*", "×", "null"], "0 for none"),
}


@pytest.mark.parametrize("text", READ)
def test_a_figure_is_read_as_written(text):
    assert quantity(text) == READ[text]


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_not_one_figure_is_refused_with_its_readings(text):
    with pytest.raises(Refused) as refused:
        quantity(text)
    assert REFUSED[text] in refused.value.expected["en"]
    assert refused.value.expected["zh"].startswith("应")


@given(
    st.decimals(-(10**12), 10**12, places=3),
    st.sampled_from([("", None), ("≥", ">="), ("不超过 ", "<="), ("低于", "<"), ("约", "about")]),
    st.sampled_from(["", "%", "万人", "个百分点", "元/人"]),
    st.sampled_from(["", ",", "\u00a0", "\u2009", "，"]),
    st.booleans(),
)
def test_a_figure_is_the_same_in_every_spelling(value, comparator, unit, separator, wide):
    word, sign = comparator
    number = f"{value:,f}".replace(",", separator).replace("-", "−")
    if wide:
        number = number.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    read = quantity(f"{word}{number}{unit}")
    assert (read.comparator, Decimal(read.number), read.unit) == (sign, value, unit)


@given(
    st.text("0123456789.,，- −–—~～/:%％‰≥≤<>＝≈约以上下内含不()（）①²½+Ee万人年m¥ \u00a0\n'*…", max_size=12)
)
def test_any_text_is_a_figure_with_its_own_digits_or_refused(text):
    try:
        read = quantity(text)
    except Refused as refused:
        assert refused.expected["zh"] and refused.expected["en"]
        return
    assert re.fullmatch(r"-?\d+(\.\d+)?", read.number)
    if not re.search("[eE]", text):
        kept = re.sub(r"\D", "", read.number + read.unit)
        assert kept.lstrip("0") in re.sub(r"[^0-9]", "", text.translate({0xB2: "2"}))


PARTS = [
    "about",
    "At least",
    "no less than",
    "above",
    "over",
    "n/a",
    "none",
    "nil",
    "x",
    "X",
    "abc",
    "e5",
    "ſ",
    "to",
]
PARTS += ["12", "1,000", "'21", "%", *"=<>~-.'\"()#/ _¥年"]


@given(st.lists(st.sampled_from(PARTS), min_size=1, max_size=6).map("".join))
def test_what_one_look_refuses_is_refused_with_the_same_words(text):
    said = {code: sentence.replace(VALUE, text) for code, sentence in NOT_ONLY.items()}
    try:
        quantity(text)
    except Refused as error:
        assert not worded(text) or error.expected == said
    else:
        assert not worded(text)


@pytest.mark.parametrize("text", ["=wage 12", "abc", ">= a 5", "unknown (see note)"])
def test_plain_words_need_one_look(text):
    assert worded(text)
