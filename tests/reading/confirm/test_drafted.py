"""The rows that somebody is to decide on: what clashes, what comes first, what is known; quick, without a package."""

import pandas as pd
import pytest

from plan_monitor.reading import confirm, passages
from plan_monitor.reading.confirm import Given
from plan_monitor.reading.source import Source

HEAD = "镇江市“十四五”教育发展规划\n\n镇政发〔2021〕15号\n\n2021年5月12日\n\n"


def drafted(text, tables=None, **given):
    return confirm.draft(Source(text, passages.read(text)), Given(**given), tables)


def told(made, *columns):
    return [" ".join(row) for row in made.rows[list(columns)].itertuples(index=False)]


def test_a_document_says_what_it_is():
    made = drafted(f"{HEAD}2020年，小学120所。\n")
    assert told(made, "document", "type", "number", "issued", "years") == [
        "镇江市“十四五”教育发展规划 plan 镇政发〔2021〕15号 2021-05-12 2021/2025"
    ]
    assert (made.region, made.placed) == ("镇江市", True)
    assert made.digits == 6  # 2021 15 2021 5 12 2020


@pytest.mark.parametrize(
    ("title", "given", "expected"),
    [
        ("镇江市2020年统计公报", {}, "statistics 2020 2020"),
        ("镇江市2020年统计公报", {"part": "H1", "year": 2020}, "statistics 2020-01/2020-06 2020H1"),
        ("镇江市2021年发展计划", {}, "plan 2021 2021"),
        ("镇江市教育发展规划（2021—2025年）①", {}, "plan 2021/2025 2021-2025"),
        ("镇江市教育发展规划（2021—2025年）", {"until": 2023}, "plan 2021/2023 2021-2023"),
    ],
)
def test_the_time_that_a_document_is_about(title, given, expected):
    made = drafted(f"{title}\n\n新建小学120所。\n", **given)
    assert told(made, "type", "years", "period") == [expected]
    assert told(made, "document") == [title.rstrip("①")]


def test_a_document_is_called_as_is_given():
    assert told(drafted(f"{HEAD}小学120所。\n", document="别的文件"), "document") == ["别的文件"]


@pytest.mark.parametrize(
    ("sentences", "looks"),
    [
        (("小学120所", "小学120所"), ["", ""]),
        (("小学120所", "小学125所"), ["value", "value"]),
        (("小学120所", "小学120座"), ["", ""]),  # another word for one
        (("在校生18.5万人", "在校生185000人"), ["", ""]),
        (("在校生18.5万人", "在校生185001人"), ["value", "value"]),
        (("在校生18.5万人", "在校生18.5万户"), ["unit", "unit"]),
        (("小学120所", "初中125所"), ["", ""]),
    ],
)
def test_figures_of_one_thing_that_differ_are_to_be_looked_at(sentences, looks):
    text = HEAD + "".join(f"2020年，{sentence}。\n\n" for sentence in sentences)
    assert drafted(text).rows["look"].tolist() == looks


def test_what_needs_a_look_comes_first_and_then_the_order_of_the_text():
    text = f"{HEAD}2020年，幼儿园80所，小学120所，初中50所。\n\n2020年，初中55所，高中9所。\n"
    made = drafted(text)
    assert told(made, "value", "look") == ["50 value", "55 value", "80 ", "120 ", "9 "]


@pytest.fixture
def tables():
    """A package in which the figures of a text were decided on."""
    text = f"{HEAD}2020年，小学120所，初中50所，高中9所，幼儿园80所。\n"
    rows = drafted(text).rows.assign(decision=["yes", "no", "later", "yes"], document="plan-1", row="")
    rows["indicator_zh"] = ["普通小学", "初中", "高中", "幼儿园"]
    return {
        "documents": pd.DataFrame({"id": ["plan-1"], "title_zh": ["镇江市“十四五”教育发展规划"]}),
        "readings": rows,
    }


@pytest.mark.parametrize(
    ("sentence", "known"),
    [
        pytest.param(
            "小学120所，初中50所，高中9所，幼儿园80所",
            {"120": "known yes 普通小学", "50": "known no 初中", "9": "known later 高中", "80": "known yes 幼儿园"},
            id="the same",
        ),
        pytest.param(
            "小学120所，教师900人，初中50所，高中9所，幼儿园80所",
            {
                "120": "known yes 普通小学",
                "900": "  教师",
                "50": "known no 初中",
                "9": "known later 高中",
                "80": "known yes 幼儿园",
            },
            id="one put in",
        ),
        pytest.param(
            "小学120所，初中55所，高中9所，幼儿园80所",
            {
                "55": "changed  初中",
                "120": "known yes 普通小学",
                "9": "known later 高中",
                "80": "known yes 幼儿园",
            },
            id="one changed",
        ),
        pytest.param(
            "幼儿园80所，小学120所，初中50所，高中9所",
            {
                "80": "known yes 幼儿园",
                "120": "known yes 普通小学",
                "50": "known no 初中",
                "9": "known later 高中",
            },
            id="one moved",
        ),
        pytest.param(
            "小学120所，初中50人，高中9所，幼儿园80所",
            {
                "120": "known yes 普通小学",
                "50": "  初中",
                "9": "known later 高中",
                "80": "known yes 幼儿园",
            },
            id="another unit",
        ),
    ],
)  # fmt: skip
def test_what_was_decided_on_is_known_in_a_newer_text(tables, sentence, known):
    made = drafted(f"{HEAD}2020年，{sentence}。\n", tables)
    assert (
        dict(zip(made.rows["value"], told(made, "known", "decision", "indicator_zh"), strict=True)) == known
    )


def test_a_figure_that_changed_shows_the_one_before_and_is_to_be_looked_at(tables):
    made = drafted(f"{HEAD}2020年，小学120所，初中55所，高中9所，幼儿园80所。\n", tables)
    assert told(made, "value", "before", "look")[0] == "55 50 所 value"


def test_another_document_knows_nothing(tables):
    text = f"{HEAD}2020年，小学120所。\n".replace("镇江市", "丹阳市")
    assert told(drafted(text, tables), "known") == [""]


def test_what_changed_comes_first_then_what_needs_a_look_what_is_certain_and_what_is_known(tables):
    text = f"{HEAD}2020年，教师900人，小学120所，初中55所，班级30个，教师950人，高中9所。\n"
    assert told(drafted(text, tables), "value", "known", "look") == [
        *("55 changed value", "900  value", "950  value", "30  ", "120 known ", "9 known "),
    ]


@pytest.mark.parametrize(
    ("before", "now", "known"),
    [
        ("子丑寅卯辰", "子丑寅卯辰", "changed"),
        ("子丑寅卯辰", "子丑寅酉戌", "changed"),  # three characters of five
        ("子丑寅卯辰午未", "子丑寅卯酉戌亥", ""),  # four of seven
    ],
)
def test_a_figure_that_changed_is_known_by_a_name_that_is_alike(tables, before, now, known):
    tables["readings"].loc[tables["readings"]["indicator_zh"].eq("初中"), "indicator_zh"] = before
    made = drafted(f"{HEAD}2020年，小学120所，{now}55所，高中9所，幼儿园80所。\n", tables)
    assert made.rows.set_index("value").at["55", "known"] == known


def test_a_document_of_a_like_title_is_another(tables):
    text = f"{HEAD}2020年，小学120所。\n".replace("教育发展", "教育事业发展")
    assert told(drafted(text, tables), "known", "document") == [" 镇江市“十四五”教育事业发展规划"]


def test_the_latest_decisions_on_a_document_count(tables):
    older = tables["readings"].assign(digest="000000000000", decision="no")
    tables["readings"] = pd.concat([older, tables["readings"]], ignore_index=True)
    made = drafted(f"{HEAD}2020年，小学120所。\n", tables)
    assert told(made, "known", "decision", "before") == ["known yes 120 所"]


def test_a_text_is_told_by_twelve_digits(tables):
    one, other = (drafted(f"{HEAD}2020年，小学{count}所。\n").rows["digest"].iloc[0] for count in (120, 121))
    assert len(one) == len(other) == 12 and one != other
    assert set(one) <= set("0123456789abcdef")


def test_a_document_without_figures_has_no_rows():
    made = drafted(f"{HEAD}没有数字。\n")
    assert (len(made.rows), made.digits, made.region) == (0, 5, "镇江市")
    assert drafted("某地情况\n").placed is False


@pytest.mark.parametrize(
    ("title", "region", "placed"),
    [("镇江市教育规划", "镇江市", True), ("天上县教育规划", "天上县", False), ("教育规划", "", False)],
)
def test_whether_a_region_is_known_is_told(title, region, placed):
    made = drafted(f"{title}\n\n2020年，小学120所。\n")
    assert (made.region, made.placed) == (region, placed)


def test_a_document_is_called_as_the_package_calls_it():
    rows = [("plan-1", "镇江市“十四五”教育发展规划", "镇政发〔2021〕15号"), ("plan-2", "别的规划", None)]
    tables = {"documents": pd.DataFrame(rows, columns=["id", "title_zh", "number"])}
    text = f"{HEAD}2020年，小学120所。\n"
    for given, title in (
        ("", "镇江市“十四五”教育发展规划"), ("plan-2", "别的规划"), ("《别的规划》", "别的规划"),
        ("镇政发〔2021〕15号", "镇江市“十四五”教育发展规划"), ("未知规划", "未知规划"),
    ):  # fmt: skip
        assert told(drafted(text, tables, document=given), "document") == [title]
