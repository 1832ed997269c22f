"""Each rule of reading fits its own example, and there nothing else."""

import csv
from pathlib import Path

import pytest

from plan_monitor.reading import comparators, fired, masks, numbers, rules, units, vocabulary
from plan_monitor.reading.masks import Mask

RULES = [each for _, each in fired.rules()]
PLAIN = [each for each in RULES if not isinstance(each, Mask)]


@pytest.mark.parametrize("mask", masks.MASKS, ids=lambda mask: mask.name)
def test_a_mask_covers_exactly_the_digits_between_the_marks(mask):
    text = rules.plain(mask.example)
    between = {place for start, end in rules.marked(mask.example) for place in range(start, end)}
    covered = masks.masked_positions(text)
    assert set(covered) == {place for place in between if text[place].isdigit()}
    assert mask.name in covered.values()


@pytest.mark.parametrize("mask", masks.MASKS, ids=lambda mask: mask.name)
def test_other_numbers_beside_what_is_masked_are_figures(mask):
    text = rules.plain(mask.example)
    free = [place for place, character in enumerate(text) if character.isdigit()]
    free = [place for place in free if place not in masks.masked_positions(text)]
    assert {figure.start for figure in numbers.find(text)} <= set(free)
    assert not free or numbers.find(text) or mask.name in ("section number", "title of a document")


@pytest.mark.parametrize("rule", PLAIN, ids=lambda rule: f"{rule.name} {rule.example}")
def test_a_rule_fits_what_its_example_marks(rule):
    text = rules.plain(rule.example)
    places = rules.marked(rule.example)
    text = (
        text[: places[-1][1]] if rule.pattern.pattern.endswith("$") else text
    )  # it looks at what stands before
    assert [match.span() for match in rule.pattern.finditer(text)] == places


@pytest.mark.parametrize(
    ("sign", "word"), [(sign, word) for sign in comparators.BEFORE for word in comparators.BEFORE[sign]]
)
def test_words_before_a_number_say_how_it_is_meant(sign, word):
    (figure,) = numbers.find(f"达标学校{word}50所")
    assert (figure.comparator, figure.value, figure.unit) == (sign, "50", "所")


@pytest.mark.parametrize(
    "row",
    [row for row in units.UNITS if row["unit"] not in ("日", "岁", "周岁")],
    ids=lambda row: row["unit"],
)
def test_a_unit_is_read_as_what_it_means(row):
    (figure,) = numbers.find(f"共有12{row['unit']}")
    assert figure.unit == (row["means"] or row["unit"])
    (figure,) = numbers.find(f"共有3.5万{row['unit']}，其余不变")
    assert figure.unit == "万" + (row["means"] or row["unit"])


@pytest.mark.parametrize(
    ("unit", "letter"), [(row["unit"], letter) for row in units.UNITS for letter in row["not_before"]]
)
def test_a_unit_that_is_the_beginning_of_a_word_is_none(unit, letter):
    means = {row["unit"]: row["means"] or row["unit"] for row in units.UNITS}
    assert units.after(f"{unit}{letter}", 0).name != means[unit]


@pytest.mark.parametrize(
    ("text", "unit", "more"),
    [
        ("余万元", "万元", True),
        ("万余平方米", "万平方米", True),
        ("多名", "名", True),
        ("万亿元", "万亿元", False),
        ("百万", "百万", False),
        ("元/人", "元/人", False),
        ("张／千人", "张/千人", False),
        ("/10万", "/10万", False),
        ("微克/立方米", "微克/立方米", False),
        ("万人（次）", "万人次", False),
        ("万贫困人口", "万人", False),
        (" million", "百万", False),
        ("千瓦时", "千瓦时", False),
        ("千人", "千人", False),
        ("3", "", False),
    ],
)
def test_units_have_scales_and_what_they_are_by(text, unit, more):
    assert units.after(text, 0)[::2] == (unit, more)


def test_a_word_stands_once_in_its_list():
    with Path(vocabulary.__file__).with_name("vocabulary.csv").open(encoding="utf-8", newline="") as file:
        names = {row["list"] for row in csv.DictReader(file)}
    for name in names:
        listed = vocabulary.words(name)
        assert len(listed) == len(set(listed)), name


def test_a_rule_is_made_of_a_name_a_pattern_and_an_example():
    made = rules.rule("year", r"\d{4}年", "⟦2020年⟧建成")
    assert (made.name, made.pattern.search("到2020年底")[0], made.example) == (
        "year",
        "2020年",
        "⟦2020年⟧建成",
    )
    mask = masks.mask("age", r"\d+岁", "⟦3⟧岁", unless="寿命")
    assert (mask.name, mask.pattern.search("满3岁")[0], mask.example) == ("age", "3岁", "⟦3⟧岁")
    assert mask.unless.search("平均寿命") and not mask.unless.search("寿命为")
    assert masks.mask("age", r"\d+岁", "⟦3⟧岁").unless is None


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        *(("寿命78岁", False), (f"平均年龄{'约' * 8}78岁", False), (f"平均年龄{'约' * 9}78岁", True), ("满78岁", True)),
        *(("培训500万元以上的企业", False), ("选派500万元以上的企业", False), ("有500万元以上的企业", True)),
        *(("比例为9:30前后", False), (f"比例{'约' * 6}9:30前", True), ("到9:30前", True)),
    ],
)  # fmt: skip
def test_words_before_it_undo_a_mask(text, covered):
    assert bool(masks.masked_positions(text)) == covered


def test_firing_counts_what_a_text_calls_upon():
    count = fired.fired("到2025年，某市教育现代化2035要求巩固率不低于95%，近九成达标。")
    assert count["period", "year"] == count["comparator", ">="] == count["spelled", "tenths"] == 1
    assert count["mask", "age"] == 0
