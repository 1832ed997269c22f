"""The name of each figure of a sentence, and whether it stands there or is composed with those of others."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan_monitor.reading import draft, passages, phrases

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
        pytest.param(
            "共有学校8所[1]，小学（含教学点）5所[2]。", "学校 text | 小学 text", id="remarks and notes"
        ),
        pytest.param("8县实现基本均衡。", "实现基本均衡的县数 text", id="what a unit counts"),
        pytest.param("12乡达标。", "乡数 text", id="and little is said of it"),
        pytest.param("13乡全达标。", "乡数 text", id="three characters are little"),
        pytest.param("14乡已全达标。", "已全达标的乡数 text", id="and four are not"),
        pytest.param(
            "新建小学12所，改建8所，扩建5所。",
            "新建小学 text | 改建小学 composed | 扩建小学 composed",
            id="what is done to the same",
        ),
        pytest.param(
            "新建幼儿园12所、小学5所、3所中学。", "新建幼儿园 text | 小学 text | 中学 text", id="a list"
        ),
        pytest.param(
            "普通高中学校数12所，占比5%，招生1200人。",
            "普通高中学校数 text | 普通高中学校数占比 composed | 普通高中学校招生 composed",
            id="a measure after a share",
        ),
        pytest.param(
            "普通高中招生1200人，升学率50%，在校生3600人。",
            "普通高中招生 text | 升学率 text | 普通高中在校生 composed",
            id="a measure after a rate",
        ),
        pytest.param(
            "普通高中招生1200人，增长5%，在校生3600人。",
            "普通高中招生 text | 普通高中招生 composed | 普通高中在校生 composed",
            id="a measure after a growth",
        ),
        pytest.param(
            "小学数量12所，在校生3600人。",
            "小学数量 text | 小学在校生 composed",
            id="a measure after a count",
        ),
        pytest.param(
            "建设3个中心和5个站点。", "建设中心 text | 建设站点 text", id="what is done to two things"
        ),
        pytest.param("小学在校生，共3000人。", "小学在校生 text", id="in the clause before"),
        pytest.param(
            "教师12万人，其中城镇5万人，占比41.7%。",
            "教师 text | 教师：城镇 composed | 教师：城镇占比 composed",
            id="the share of a part",
        ),
        pytest.param(
            "教师12万人，按地域分，城镇5万人，乡村7万人，学校8所，在校生9万人。",
            "教师 text | 教师：城镇 composed | 教师：乡村 composed | 学校 text | 学校在校生 composed",
            id="parts up to another unit",
        ),
        pytest.param(
            "全县（常住人口12万人，增长3%）有学校5所，增长4%。",
            "常住人口 text | 常住人口 composed | 学校 text | 学校 composed",
            id="growth within brackets and behind them",
        ),
        pytest.param(
            "学校5所（民办3所，增长4%），增长5%。",
            "学校 text | 学校：民办 composed | 学校：民办 composed | 学校 composed",
            id="what is in brackets has none behind them",
        ),
        pytest.param("贫困村（12个）全部退出。", "贫困村 text", id="what is counted in brackets"),
        pytest.param(
            "学校5所，贫困村（约12个）退出。", "学校 text | 贫困村 text", id="and not what stands before"
        ),
        pytest.param(
            "学校布局（贫困村（12个）另列）。", "贫困村 text", id="before the bracket nearest to it"
        ),
        pytest.param("占地5亩（贫困村（12个）另列）。", "占地 text | 贫困村 text", id="wherever that is"),
        pytest.param(
            "占地12亩（约8000平方米）。", "占地 text | 占地 composed", id="the same in another unit"
        ),
        pytest.param("贫困村（12个乡镇）退出。", "乡镇 text", id="a noun within the brackets"),
        pytest.param(
            "学校7所（民办3所、公办的）小学12所。",
            "学校 text | 学校：民办 composed | 小学 text",
            id="what a bracket ends with",
        ),
        pytest.param(
            "学校7所（小学、初中分别为3所、4所）。",
            "学校 text | 小学 composed | 初中 composed",
            id="a list within brackets",
        ),
        pytest.param(
            "小学（含教学点（村办））、初中分别达到3所、4所。",
            "小学 composed | 初中 composed",
            id="brackets in brackets",
        ),
        pytest.param("符合条件的乡3所学校。", "符合条件的乡 text", id="six characters are a name"),
        pytest.param("符合条件的乡镇3所学校。", "学校 text", id="and more go on"),
        pytest.param(
            "培训教师10—15名，培训5名校长。",
            "培训教师 text | 培训教师 text | 培训校长 text",
            id="a span and more",
        ),
        pytest.param(
            "使90%以上的行政村通硬化路，覆盖率达到70%的目标。",
            "行政村通硬化路 text | 覆盖率 text",
            id="behind a share, but not behind a rate",
        ),
    ],
)
def test_a_name_stands_in_the_text_or_is_composed_of_what_does(sentence, names):
    rows = draft.read(passages.read(f"{HEAD}{sentence}\n"), year=2020, region="某县")
    shown = [f"{row.indicator_zh} {row.indicator_from}" for row in rows.itertuples()]
    assert " | ".join(shown) == names


@given(st.text(st.sampled_from("学校小学（）()，、。其中分别为新建12所人%"), max_size=40))
def test_no_name_has_half_a_bracket(sentence):
    for name in draft.read(passages.read(f"{HEAD}{sentence}\n"), year=2020)["indicator_zh"]:
        assert not re.search(r"[（(]", re.sub(r"[（(][^（）()]*[）)]", "", name)), name


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("指数达到5%。", "index"),
        ("指数达到5点。", "index"),
        ("指数达到105。", "index"),
        ("指数达到5人。", "level"),
        ("比重达到5%。", "share"),
        ("占比达到5%。", "share"),
        ("覆盖率达到5%。", "level"),
        ("招生比例5:5。", "ratio"),
        ("产业结构为10:40:50。", "share"),
    ],
)
def test_what_kind_of_figure_a_name_tells(sentence, kind):
    rows = draft.read(passages.read(f"{HEAD}{sentence}\n"), year=2020, region="某县")
    assert set(rows["kind"]) == {kind}


@pytest.mark.parametrize("characters", [77, 78, 79, 100])
def test_the_80_characters_before_a_figure_name_it(characters):
    """Of which 达到 takes two."""
    (row,) = draft.read(passages.read(f"{HEAD}{'甲' * (characters - 1)}率达到88%。\n")).itertuples()
    assert row.indicator_zh == "甲" * (min(characters, 78) - 1) + "率"
    assert phrases.clean("甲" * (characters + 2)) == "甲" * min(characters + 2, 80)


@pytest.mark.parametrize(
    ("text", "noun", "phrase"),
    [
        ("的学校", "学校", "学校"),
        ("以上的学校", "学校", "学校"),
        ("左右，", "", ""),
        ("以上", "", ""),
        ("大关，", "大关", ""),
        ("学" * 24 + "校", "学" * 24, "学" * 24),  # both have 24 characters
        ("学校（含民）园", "学校园", "学校"),
        ("学校（含民办学校）园", "学校", "学校"),
        ("学校和", "学校", "学校和"),
        ("学校等", "学校", "学校等"),
        ("学校等级", "学校等级", "学校等级"),
        ("学", "学", ""),
    ],
)
def test_what_stands_behind_a_figure(text, noun, phrase):
    assert (phrases.noun(text), phrases.phrase(text)) == (noun, phrase)


@pytest.mark.parametrize(
    ("clause", "name"),
    [
        ("全市共有全市共有公办", "公办"),
        ("“一村一园”达到", "“一村一园”"),
        ("一村一园”达到", "一村一园"),
        ("巩固率）达到", "巩固率"),
        ("教育实现巩固率", "教育巩固率"),
        ("", ""),
    ],
)
def test_what_of_a_clause_is_a_name(clause, name):
    assert phrases.clean(clause) == name


def names_of(sentence):
    return draft.read(passages.read(f"{HEAD}{sentence}\n"), year=2020)["indicator_zh"].tolist()


@pytest.mark.parametrize(("between", "name"), [(29, "小学在校生"), (30, "在校生")])
def test_a_figure_belongs_to_one_of_the_last_thirty(between, name):
    assert names_of(f"小学12所，{'增长5%，' * between}在校生3000人。")[-1] == name


@pytest.mark.parametrize(("characters", "name"), [(995, "在校生"), (996, "小学在校生")])
def test_no_sentence_is_longer_than_a_thousand_characters(characters, name):
    """小学12所 has five: the next begins behind it, and is about nothing before; or within it, and goes on."""
    text = f"{'甲' * (characters - 1)}，小学12所，在校生3000人。"
    assert names_of(text)[-1] == name


@pytest.mark.parametrize(("between", "names"), [(28, ["小学", "初中"]), (29, ["初中", "初中"])])
def test_figures_of_several_things_are_of_the_last_thirty(between, names):
    assert names_of(f"小学12所，初中5所，{'增长5%，' * between}分别增长5%和6%。")[-2:] == names
