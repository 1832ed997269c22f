"""Sentences as plans and bulletins have them, and what is drafted of each."""

import re

import pytest
from sentence_cases import BULLETIN, PLAN

from plan_monitor.reading import draft, passages

HEADS = {
    "plan": "某县教育发展规划（2021—2025年）\n二、发展目标\n",
    "bulletin": "某县2020年统计公报\n一、综合\n",
}
_FIGURE = re.compile(
    r"(?P<sign>about |[<>]=?)?(?P<value>-?[\d.]+) (?P<unit>[^ @#~]*)(?: @(?P<period>\S*))?(?: #(?P<name>\S+))?(?: ~(?P<kind>\S+))?"
)


def figures(sentence: str, kind: str) -> list[dict]:
    text = HEADS[kind] + sentence + "\n"
    rows = draft.read(passages.read(text), year=2020, region="某县").to_dict("records")
    return [row for row in rows if row["start"] >= len(HEADS[kind])]


def told(row: dict, figure: re.Match) -> str:
    """A drafted row as the cases write it, in the fields that the case tells."""
    sign = {"=": "", "about": "about "}.get(row["comparator"], row["comparator"])
    parts = [f"{sign}{row['value_signed']} {row['unit']}"]
    parts += [f"@{row['period']}"] if figure["period"] is not None else []
    parts += [f"#{row['indicator_zh']}"] if figure["name"] else []
    parts += [f"~{row['kind']}"] if figure["kind"] else []
    return " ".join(parts)


@pytest.mark.parametrize(
    ("kind", "sentence", "expected"),
    [("plan", *case) for case in PLAN] + [("bulletin", *case) for case in BULLETIN],
)
def test_a_sentence_is_coded_as_a_statistician_would(kind, sentence, expected):
    wanted = [_FIGURE.fullmatch(one) for one in expected.split(" | ")] if expected else []
    assert None not in wanted, "the case itself"
    rows = figures(sentence, kind)

    shown = [told(row, wanted[min(at, len(wanted) - 1)]) for at, row in enumerate(rows)]
    assert " | ".join(shown) == expected


def test_a_ratio_that_changes_needs_no_unit():
    (first, last) = draft.read(
        passages.read("2023年，城乡居民收入比由2.03缩小到1.81。\n"), year=2023
    ).itertuples()
    assert (first.value, first.period, last.value, last.period) == ("2.03", "", "1.81", "2023")


def test_what_a_figure_stands_in_shows_what_follows_it():
    (row,) = draft.read(passages.read("到2025年，巩固率达到95%以上。\n"), year=2020).itertuples()
    assert row.quote.endswith("95%以上") and row.comparator == ">="


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        pytest.param("8个县实现基本均衡。", "县 text", id="what is counted"),
        pytest.param("学校总数：12所。", "学校总数 text", id="a label"),
        pytest.param("符合条件的乡镇共有3所学校。", "学校 text", id="behind"),
        pytest.param("使90%的行政村通硬化路。", "行政村通硬化路 text", id="behind a share"),
        pytest.param("毛入园率达到88%。", "毛入园率 text", id="before"),
        pytest.param("建设10—15个示范点。", "建设示范点 text | 建设示范点 text", id="both ends of a span"),
        pytest.param(
            "比例分别达到小学70%、初中80%。", "比例：小学 composed | 比例：初中 composed", id="each of"
        ),
        pytest.param(
            "普通高中招生1200人，在校生3600人。",
            "普通高中招生 text | 普通高中在校生 composed",
            id="a measure",
        ),
        pytest.param("产值12亿元，占比5%。", "产值 text | 产值占比 composed", id="a share of what is before"),
        pytest.param(
            "教师12万人，按地域分，城镇5万人。", "教师 text | 教师：城镇 composed", id="a part in words"
        ),
        pytest.param(
            "其中小学在校生12万人，增长5%。",
            "小学在校生 text | 小学在校生 composed",
            id="a growth, at the beginning",
        ),
        pytest.param(
            "新建泵站310个(城区120个，乡村190个)。",
            "新建泵站 text | 新建泵站：城区 composed | 新建泵站：乡村 composed",
            id="parts in brackets",
        ),
        pytest.param(
            "全县（常住人口12万人）有学校5所。", "常住人口 text | 学校 text", id="something else in brackets"
        ),
        pytest.param(
            "小学（公办）12所（民办3所）。", "小学 text | 小学：民办 composed", id="a remark in brackets"
        ),
    ],
)
def test_a_name_stands_in_the_text_or_is_composed_of_what_does(sentence, names):
    shown = [f"{row['indicator_zh']} {row['indicator_from']}" for row in figures(sentence, "plan")]
    assert " | ".join(shown) == names
