"""Units in English: the right word for each indicator, 万 and 亿 multiplied out, one of a thing in the singular."""

import re
from decimal import Decimal

import pandas as pd
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from plan_monitor import load
from reportkit import language, measures, words
from reportkit.figure import Figure

_FIGURES = {"targets": "value", "observations": "value", "standards": "threshold", "unit_costs": "unit_cost"}


@pytest.fixture(autouse=True)
def english():
    language.use("en")


def printed(package):
    """Every stored figure with its unit as a report prints it, by id of the row."""
    units = measures.units(package.indicators)
    found = {}
    for table, column in _FIGURES.items():
        for row in getattr(package, table).dropna(subset=[column]).to_dict("records"):
            unit = row["unit"] if table == "unit_costs" else units[row["indicator"]]
            found[row["id"]] = words.figure(row[column], unit)
    for row in package.projects.dropna(subset="investment").itertuples():
        found[row.id] = words.figure(row.investment, "亿元")
    return found


def test_every_pair_of_unit_and_indicator_reads_as_english(shipped):
    figures = printed(shipped)
    assert len(figures) > 1000
    for row, text in figures.items():
        assert re.fullmatch(r"-?[\d,.]+(th|st|nd|rd| ?[%‰]| [A-Za-z][A-Za-z0-9 ,/²-]*)?", text), (row, text)
        assert not re.match(r"1 \w+s\b", text), (row, text)


def test_they_are_numbers_that_print_as_they_are_shown(shipped):
    for row, text in printed(shipped).items():
        if not re.fullmatch(r"(19|20)\d\d", text):  # a year is no number of anything
            assert isinstance(text, Figure), (row, text)
            digits = re.match(r"-?[\d,.]+", text)[0]
            assert float(digits.replace(",", "")) == text.value, (row, text)
            assert "".join(re.findall(r'"(.*)"', text.shape)) == text.removeprefix(digits), (row, text)


@pytest.mark.parametrize(
    ("indicator", "value", "said"),
    [
        ("industry-education-enterprises", 10, "10 enterprises"),
        ("key-group-housing-renovation", 60122, "60,122 households"),
        ("kindergartens-new", 64, "64 kindergartens"),
        ("primary-schools", 669, "669 schools"),
        ("elder-universities", 13, "13 universities"),
        ("preschool-places", 10.06, "100,600 places"),
        ("secondary-vocational-students", 2.92, "29,200 persons"),
        ("kindergarten-children", 4413.86, "44.1386 million persons"),
        ("microcredit-outstanding", 18, "1.8 billion yuan"),
        ("education-fiscal-expenditure", 2.17, "217 million yuan"),
        ("village-collective-operating-income", 10, "100,000 yuan"),
        ("tourism-revenue-rank", 13, "13th"),
        ("special-schools-per-large-county", 1, "1 school"),
        ("public-kindergartens-per-township", 1, "1 kindergarten a township"),
        ("phone-app-items", 1363, "1,363"),
        ("county-housing-rules-deadline", 2022, "2022"),
        ("phone-app-legal-users", 14.58, "145,800 legal persons"),
    ],
)
def test_a_figure_has_the_word_of_its_indicator(shipped, indicator, value, said):
    assert words.figure(value, measures.units(shipped.indicators)[indicator]) == said


@pytest.mark.parametrize(
    ("unit", "said"),
    [
        ("千人", "1,000 persons"),
        ("万人", "10,000 persons"),
        ("百人", "100 persons"),
        ("十万元", "100,000 yuan"),
        ("百万元", "million yuan"),
        ("千万元", "10 million yuan"),
        ("亿元", "100 million yuan"),
        ("十亿元", "billion yuan"),
        ("百亿元", "10 billion yuan"),
        ("千亿元", "100 billion yuan"),
        ("万亿元", "1,000 billion yuan"),
        ("千瓦", "千瓦"),
        ("百分点", "points"),
        ("万元/人", "10,000 yuan a person"),
        ("人", "persons"),
        ("%", "%"),
        ("个", ""),
    ],
)
def test_a_unit_over_figures_says_how_many_of_it_they_are(unit, said):
    assert measures.unit_word(unit) == said


def test_chinese_figures_are_as_published(shipped):
    language.use("zh")
    units = measures.units(shipped.indicators)
    assert words.figure(2.92, units["secondary-vocational-students"]) == "2.92 万人"
    assert words.figure(2022, units["county-housing-rules-deadline"]) == "2022 年"
    assert units.to_dict() == shipped.indicators.set_index("id")["unit"].to_dict()


@given(
    st.integers(0, 10**9),
    st.integers(0, 4),
    st.sampled_from(["千间", "万人", "十万人", "百万元", "千万元", "亿元", "十亿元", "万亿元"]),
)
def test_a_scale_is_multiplied_out_exactly(digits, places, unit):
    """Whatever is published, the English figure is the same amount and has its last digit."""
    value = Decimal(digits).scaleb(-places)
    power, _ = measures.split(unit)
    text, size, *_ = f"{words.figure(float(value), unit)} ".split(" ")
    shown = Decimal(text.replace(",", ""))
    shift = {"million": 6, "billion": 9}.get(size, 0)
    assert shown.scaleb(shift) == value.scaleb(power)
    assert size in ("million", "billion") or shown < 10**6


def test_computed_figures_keep_their_places_when_scaled():
    assert words.figure(2.9249, "万人", 1) == "29,000 persons"
    assert words.figure(64.04, "亿元", 1) == "6.40 billion yuan"
    assert words.figure(0.0, "亿元", 1) == "0 yuan"


def test_an_older_package_needs_no_english_units(folder):
    """A package described before there was a column unit_en."""
    descriptor = yaml.safe_load((folder / "datapackage.yaml").read_text(encoding="utf-8"))
    schema = next(r["schema"] for r in descriptor["resources"] if r["name"] == "indicators")
    schema["fields"] = [field for field in schema["fields"] if field["name"] != "unit_en"]
    (folder / "datapackage.yaml").write_text(yaml.safe_dump(descriptor), encoding="utf-8")
    table = pd.read_csv(folder / "indicators.csv", dtype="str").drop(columns="unit_en")
    table.to_csv(folder / "indicators.csv", index=False)
    assert measures.units(load(folder).indicators).tolist() == ["%", "%", "元"]


def test_english_has_one_of_a_thing_and_more_of_it():
    assert [measures.counted(*given) for given in ((1, "county"), (2, "county"), (0, "school"))] == [
        "1 county",
        "2 counties",
        "0 schools",
    ]
    assert measures.counted(1234.5, "child", "children") == "1,234.5 children"
    assert measures.counted(1, "child", "children") == "1 child"
    nouns = ("day", "class", "box", "church", "dish", "schools", "mu", "person of a county", "case and bed")
    assert [*map(measures.plural, nouns)] == [
        *("days", "classes", "boxes", "churches", "dishes", "schools", "mu"),
        *("persons of a county", "cases and bed"),
    ]
    assert [measures.plural(sign) for sign in ("", "%", "GWh", "billion yuan", "kWh")] == [
        *("", "%", "GWh", "billion yuan"),
        "kWhs",
    ]


def test_the_largest_of_some_figures_says_whether_they_are_millions_or_billions():
    assert measures.scaled(10, "亿元") == (-1, "billion yuan")
    assert measures.scaled(9.99, "亿元") == (2, "million yuan")
    assert measures.scaled(-10, "亿元") == (-1, "billion yuan")
    assert measures.scaled(100, "万人") == (-2, "million persons")
    assert measures.scaled(99.9, "万人") == (4, "persons")
    assert measures.scaled(5e9, "人") == (0, "persons")
    assert measures.split("百万元") == (6, "yuan") and measures.split("千人") == (3, "person")
    assert measures.split("千万元") == (7, "yuan") and measures.split("万亿元") == (12, "yuan")
    assert measures.split("万 place") == (4, "place") and measures.split("%") == (0, "%")
    language.use("zh")
    assert measures.scaled(10, "亿元") == (0, "亿元") and measures.unit_word("万人") == "万人"


def test_an_indicator_has_a_noun_of_its_own_in_english_only():
    assert measures.named("万个", "place") == "万 place"
    assert measures.named("千万个", "place") == "千万 place"
    assert measures.named("个", "place") == "place"
    assert measures.named("万人", float("nan")) == "万人"
    language.use("zh")
    assert measures.named("万个", "place") == "万个"
