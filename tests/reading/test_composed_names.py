"""The name of each figure of a sentence, and whether it stands there or is composed with those of others."""

import pytest

from plan_monitor.reading import draft, passages

HEAD = "某县教育发展规划（2021—2025年）\n二、发展目标\n"


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
    rows = draft.read(passages.read(f"{HEAD}{sentence}\n"), year=2020, region="某县")
    shown = [f"{row.indicator_zh} {row.indicator_from}" for row in rows.itertuples()]
    assert " | ".join(shown) == names
