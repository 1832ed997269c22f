"""Lists of codes understand the words that a bureau writes for them."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from plan_monitor.settle.labels import LABELS, SYNONYMS, code, codes, listed

DATA = Path(__file__).parents[2] / "data"
FIELDS = [
    (resource["name"], field["name"], field["constraints"]["enum"])
    for resource in yaml.safe_load((DATA / "datapackage.yaml").read_text(encoding="utf-8"))["resources"]
    for field in resource["schema"]["fields"]
    if "enum" in field.get("constraints", {})
]
UNITS = {"亿元", "万元", "个月"}  # their codes are Chinese words already


@pytest.mark.parametrize(("table", "field", "allowed"), FIELDS)
def test_every_code_of_the_package_has_its_label_in_both_languages(table, field, allowed):
    if set(allowed) <= UNITS:
        assert [code(field, unit, allowed) for unit in allowed] == allowed
        return
    for one in allowed:
        zh, en = LABELS[field][one]
        assert [code(field, text, allowed) for text in (one, zh, en, en.upper())] == [one] * 4


@pytest.mark.parametrize(("table", "field", "allowed"), FIELDS)
def test_every_other_word_means_one_code_of_its_list(table, field, allowed):
    for one in allowed:
        for word in SYNONYMS.get(field, {}).get(one, []):
            assert code(field, word, allowed) == one, word


@pytest.mark.parametrize(
    ("field", "typed", "meant"),
    [
        ("attribute", "约束性指标", "binding"),
        ("attribute", " 预期性 ", "expected"),
        ("attribute", "Expected", "expected"),
        ("comparator", "≥", ">="),
        ("comparator", "＞", ">"),
        ("comparator", "＞＝", ">="),
        ("comparator", "不低于", ">="),
        ("comparator", "以上", ">="),
        ("comparator", "超过", ">"),
        ("comparator", "不超过", "<="),
        ("comparator", "以内", "<="),
        ("comparator", "低于", "<"),
        ("comparator", "左右", "about"),
        ("direction", "逆向", "down"),
        ("nature", "时点数", "stock"),
        ("scheme", "城乡居民基本医疗保险", "residents"),
        ("quality", "a", "A"),
        ("quality", "Ａ", "A"),
        ("answer", "√", "yes"),
        ("insured", "否", "no"),
        ("monitored", "突发严重困难户", "hardship"),
        ("basis", "决算数", "final"),
    ],
)
def test_a_word_a_bureau_writes(field, typed, meant):
    allowed = next(allowed for _, name, allowed in FIELDS if name == field)
    assert code(field, typed, allowed) == meant


def test_one_word_is_read_by_the_list_it_stands_in():
    allowed = {(table, field): codes for table, field, codes in FIELDS}
    assert code("level", "县", allowed["regions", "level"]) == "county"
    assert code("level", "县", allowed["schools", "level"]) is None
    assert code("type", "规划", allowed["documents", "type"]) == "plan"
    assert code("type", "规划", allowed["schools", "type"]) is None
    assert code("type", "小学", allowed["schools", "type"]) == "primary"


@pytest.mark.parametrize(
    ("field", "typed"),
    [("attribute", "强制性"), ("attribute", ""), ("comparator", "接近"), ("level", "区"), ("nowhere", "是")],
)
def test_what_it_does_not_know_it_does_not_guess(field, typed):
    allowed = next((allowed for _, name, allowed in FIELDS if name == field), ["yes"])
    assert code(field, typed, allowed) is None


def test_a_message_lists_labels_in_chinese_and_codes_in_english():
    assert listed("comparator", ["=", ">=", "about"]) == {"zh": "=, ≥, 约", "en": "=, >=, about"}
    assert listed("unit", ["亿元", "万元"])["zh"] == "亿元, 万元"


WORDS = st.sampled_from(
    ["约束性", "binding", " 约束 性", "预期性", "“expected”", "是", "ｂｉｎｄｉｎｇ"]
) | st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=4)


@given(st.lists(WORDS, min_size=1, max_size=8, unique=True))
def test_many_words_mean_what_each_of_them_means(texts):
    allowed = ("binding", "expected")
    each = {text: code("attribute", text, allowed) for text in texts}
    assert codes("attribute", texts, allowed) == {text: one for text, one in each.items() if one}
