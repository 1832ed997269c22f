"""What changed between two executed notebooks, and what changed beneath it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportkit import language
from reportkit.brief import BRIEF
from reportkit.compare import matching
from reportkit.compare.changes import compare
from reportkit.compare.content import ABOUT, extract
from reportkit.compare.sentences import passages, report
from reportkit.table import TABLE, Cell


def figure(text, value, *rows, shape="0.00"):
    return text, value, shape, rows


def table(*rows, title="进度", headings=("指标", "实绩"), same=""):
    """An output as ``reportkit.table`` makes it, of rows of texts and figures."""
    sets, packed = [], []
    for row in rows:
        packed.append([])
        for cell in row:
            if isinstance(cell, str):
                packed[-1].append(cell)
            else:
                sets.append(list(cell[3]))
                packed[-1].append([*cell[:3], len(sets) - 1])
    data = {"title": title, "headings": list(headings), "sets": sets, "rows": packed}
    return {
        "data": {TABLE: data, "text/markdown": f"**{title}**（{same}）\n\n| |" if same else f"**{title}**"}
    }


def said(text):
    return {"data": {"text/markdown": text, "text/plain": text}}


def chart(text):
    return {"data": {"image/png": "x", "text/plain": text}}


def cell(kind, source, *outputs, tags=()):
    made = {"cell_type": kind, "source": source, "metadata": {"tags": list(tags)}}
    return made | ({"outputs": list(outputs)} if kind == "code" else {})


def told(*outputs, source="show()", tags=(), quotes=None, **about):
    """A report of one section: quotes of stored rows, and what else it says of itself."""
    cells = [
        cell("markdown", "# 规划监测\n\n几何？", tags=["lang-zh"]),
        cell("markdown", "# The plan", tags=["lang-en"]),
        cell("markdown", "## 二、现状", tags=["lang-zh"]),
        cell("markdown", "## 2. Today", tags=["lang-en"]),
        cell("code", source, *outputs, tags=tags),
    ]
    metadata = {ABOUT: about | {"quotes": quotes or {}}}
    return extract({"cells": cells, "metadata": metadata}, "plan")


def sentences(before, after):
    return [sentence for passage in passages(compare(before, after)) for sentence in passage.sentences]


RATE = ("巩固率", figure("98.88", 98.88, "a"))
LATER = ("巩固率", figure("98.98", 98.98, "a"))


def test_a_changed_figure_is_a_sentence_in_both_languages():
    old, new = told(table(RATE)), told(table(LATER))
    assert report(old, new) == ["规划监测（plan）", "  二、现状", "    表“进度”，巩固率：实绩 98.88 → 98.98"]
    with language.using("en"):
        assert report(told(table(RATE)), told(table(LATER))) == [
            "The plan (plan)",
            "  2. Today",
            "    table “进度”, 巩固率: 实绩 98.88 → 98.98",
        ]
    assert report(old, old) == []


def first_page(answer, *facts, steps=(), limits=""):
    """An output as ``reportkit.brief`` makes it; a fact has a label, a figure, a word and rows."""
    named = [dict(zip(("label", "figure", "word", "ids"), fact, strict=True)) for fact in facts]
    data = {"answer": answer, "facts": named, "steps": list(steps), "limits": limits}
    return {"data": {BRIEF: data, "text/html": "x", "text/markdown": answer, "text/plain": answer}}


def test_a_first_page_tells_its_answer_its_figures_by_name_and_its_steps():
    was = first_page(
        "3 项偏慢。", ("巩固率", "98.88 %", "保持", ["a"]), ("甲", "1", "", []), steps=["5 月前公布。"]
    )
    now = first_page(
        "4 项偏慢。", ("甲", "1", "", []), ("巩固率", "98.98 %", "失守", ["a"]), steps=["6 月前公布。"]
    )
    old, new = told(was, quotes={"a": "98.88 %"}), told(now, table(RATE), quotes={"a": "98.98 %"})
    assert old.rows == {"a"}
    changes = compare(old, new)
    assert [passage.heading for passage in passages(changes)] == ["依据", "一页摘要", "二、现状"]
    assert passages(changes)[1].sentences == [
        "3 项偏慢 → 4 项偏慢",
        "下一步：5 月前公布 → 6 月前公布",
        "表“主要数字”，巩固率：数字 98.88 % → 98.98 %；状态 保持 → 失守（更正的数字）",
    ]
    assert [change.number for change in changes.tables] == [0, 1]  # behind the tables of the page
    with language.using("en"):
        english = told(was, lang="en"), told(now, lang="en")
        assert "table “key figures”, 巩固率: figure 98.88 % → 98.98 %; state 保持 → 失守" in sentences(
            *english
        )


def test_what_changed_beneath_a_figure():
    """Rows of the data first; if these are the same, the date, or the program, or one of both."""

    def why(before, after):
        (row,) = compare(before, after).tables[0].rows
        return row.cells[0].why

    was = told(table(RATE), quotes={"a": "98.88 %"}, as_of="2024-12", library="1")
    assert why(was, told(table(LATER), quotes={"a": "98.98 %"}, as_of="2025-12", library="2")) == (
        "corrected",
    )
    assert why(was, told(table(LATER), quotes={"a": "98.88 %"}, as_of="2025-12", library="2")) == (
        "date",
        "method",
    )
    assert why(was, told(table(LATER), quotes={"a": "98.88 %"}, as_of="2025-12", library="1")) == ("date",)
    assert why(was, told(table(LATER), quotes={"a": "98.88 %"}, as_of="2024-12", library="2")) == ("method",)
    assert why(was, told(table(LATER), quotes={"a": "98.88 %"}, as_of="2024-12", library="1")) == ()
    assert why(was, told(table(LATER))) == ()  # what a report does not say of itself is no change
    assert why(told(table(RATE)), told(table(LATER), source="show(2)")) == ("method",)
    mean = ("巩固率", figure("98.98", 98.98, "a", "b"))
    assert why(told(table(RATE)), told(table(mean))) == ("new",)
    assert why(told(table(mean)), told(table(RATE))) == ("gone",)


def test_one_of_two_reasons_is_not_chosen_for_the_reader():
    old = told(table(("甲", "未到期")), as_of="2024-12", library="1")
    new = told(table(("甲", "已到期")), as_of="2025-12", library="2")
    assert sentences(old, new)[-1] == "表“进度”，甲：实绩 未到期 → 已到期（截止时间变动或计算程序变动）"


def test_a_word_beside_figures_may_follow_from_any_of_them():
    """A state names no rows: what is known of its row is named, the date beside it."""
    words = {"headings": ("指标", "实绩", "判断")}
    old = told(table((*RATE, "未到期"), **words), quotes={"a": "98.88 %"}, as_of="2024-12")
    new = told(table((*LATER, "已到期"), **words), quotes={"a": "98.98 %"}, as_of="2025-12")
    row = (
        "表“进度”，巩固率：实绩 98.88 → 98.98（更正的数字）；判断 未到期 → 已到期（更正的数字或截止时间变动）"
    )
    assert sentences(old, new)[-1] == row


def test_nothing_is_claimed_of_a_cell_without_rows_where_the_data_changed():
    old = told(table(("甲", "未到期"), RATE), as_of="2024-12", quotes={"a": "98.88 %"})
    new = told(table(("甲", "已到期"), LATER), as_of="2025-12", quotes={"a": "98.98 %"})
    assert sentences(old, new)[-2] == "表“进度”，甲：实绩 未到期 → 已到期"
    later = told(table(("甲", "已到期"), RATE), as_of="2025-12", edition="2", quotes={"a": "98.88 %"})
    earlier = told(table(("甲", "未到期"), RATE), as_of="2024-12", edition="1", quotes={"a": "98.88 %"})
    assert sentences(earlier, later)[-1] == "表“进度”，甲：实绩 未到期 → 已到期"


def test_decimals_that_a_column_takes_or_gives_are_no_change():
    old = table(("甲", figure("98.88", 98.88, "a")), ("乙", figure("97.10", 97.1, "b")))
    new = table(
        ("甲", figure("98.9", 98.88, "a", shape="0.0")), ("乙", figure("97.1", 97.1, "b", shape="0.0"))
    )
    assert compare(told(old), told(new)).places == 0
    least = table(("甲", figure("≥ 98.88", 98.88, "a", shape='"≥ "0.00')), ("乙", figure("97.10", 97.1, "b")))
    assert sentences(told(old), told(least)) == ["表“进度”，甲：实绩 98.88 → ≥ 98.88"]


def test_rows_and_columns_come_and_go():
    old = table(("甲", "1", "x"), ("乙", "2", "y"), headings=("名称", "数", "注"))
    new = table(("丙", "3", "新"), ("甲", "1", "新"), headings=("名称", "数", "判断"))
    assert sentences(told(old), told(new)) == [
        "表“进度”：新增列：判断",
        "表“进度”：不再有的列：注",
        "表“进度”：新增行：丙",
        "表“进度”：不再有的行：乙",
    ]
    assert compare(told(old), told(new)).places == 4


def test_a_column_that_all_rows_have_alike_is_not_told_twice():
    old = table(("甲", "守住"), headings=("名称", "判断"))
    new = table(("甲",), headings=("名称",), same="各行相同：判断 守住")
    assert sentences(told(old), told(new)) == ["表“进度”：– → 各行相同：判断 守住"]


def test_rows_that_change_alike_are_one_sentence():
    old, new = ([(name, state) for name in "甲乙丙"] for state in ("未到期", "已到期"))
    assert sentences(told(table(*old)), told(table(*new))) == [
        "表“进度”，3 行：实绩 未到期 → 已到期：甲、乙和丙"
    ]
    assert len(sentences(told(table(*old[:2])), told(table(*new[:2])))) == 2


def test_of_rows_of_one_name_each_is_beside_its_own():
    old = table(
        ("巩固率", "云南省", figure("2.7", 2.7)), ("巩固率", "全国", figure("3.6", 3.6)), headings="abc"
    )
    new = table(
        *[("巩固率", "中部", figure("1.0", 1.0)), ("巩固率", "云南省", figure("2.7", 2.7))],
        ("巩固率", "全国", figure("3.7", 3.7)),
        headings="abc",
    )
    changed = compare(told(old), told(new)).tables[0].rows
    assert [(row.before, row.after) for row in changed] == [(None, 0), (1, 2)]


def test_a_table_is_known_again_though_its_title_has_a_figure():
    old, new = table(RATE, title="2024 年以后的目标"), table(RATE, title="2025 年以后的目标")
    assert sentences(told(old), told(new)) == ["表“2025 年以后的目标”：2024 年以后的目标 → 2025 年以后的目标"]
    other = table(("x", "1"), title="别的", headings=("甲", "乙"))
    assert sentences(told(old), told(other)) == ["新增表“别的”", "不再有表“2024 年以后的目标”"]


def test_sentences_of_the_answer_and_texts_of_charts():
    old = told(said("**19 项中 11 项达到**，其余未到期。"), tags=["headline"])
    new = told(said("**19 项中 12 项达到**，其余未到期。"), said("另有一项。"), tags=["headline"])
    assert sentences(old, new) == ["19 项中 11 项达到 → 19 项中 12 项达到", "新增结论：另有一项。"]
    assert sentences(new, old)[-1] == "不再有结论：另有一项。"
    curve = "曲线。甲：2020 98.88，2021 99。"
    moved = curve.replace("98.88", "98.98").replace("99。", "99，2022 97。")
    assert sentences(told(chart(curve)), told(chart(moved))) == [
        "图“曲线”：2020 98.88 → 2020 98.98；– → 2022 97"
    ]
    assert sentences(told(), told(chart(curve))) == ["新增图“曲线”"]


def test_stored_rows_are_told_in_place_of_the_table_of_sources():
    sources = {"tags": ["sources"]}
    old = told(table(RATE), **sources, quotes={"a": "98.88 %", "b": "1"})
    new = told(table(LATER), **sources, quotes={"a": "98.98 %", "c": "2"})
    assert sentences(old, new) == [
        "更正：98.88 % → 98.98 %",
        "新用到的数字 1 个：2",
        "不再使用的数字 1 个：1",
    ]
    assert sentences(told(table(RATE), **sources), told(table(LATER), **sources)) == [
        "表“进度”，巩固率：实绩 98.88 → 98.98"
    ]


def test_a_report_that_is_new_or_gone():
    assert report(None, told()) == ["新增报告：规划监测（plan）"]
    assert report(told(), None) == ["不再有的报告：规划监测（plan）"]


texts = st.lists(st.lists(st.sampled_from("ab12"), min_size=2, max_size=2), max_size=6)


@given(texts, texts)
def test_every_row_of_both_tables_is_paired_once(old, new):
    shown = [[[Cell(text, None, None, []) for text in row] for row in rows] for rows in (old, new)]
    pairs = matching.rows(*shown)
    assert sorted(i for i, _ in pairs if i is not None) == [*range(len(old))]
    assert [k for _, k in pairs if k is not None] == [*range(len(new))]
    assert all(old[i][0] == new[k][0] for i, k in pairs if i is not None and k is not None)


def test_long_lists_and_long_texts_are_cut():
    names = [(f"{number}号", "1") for number in range(9)]
    eight, nine = told(table(*names[:8])), told(table(*names))
    none = told(table(("甲", "1")))
    assert "6号和 7号" in sentences(none, eight)[0]
    assert sentences(none, nine)[0] == "表“进度”：新增行：0号、1号、2号、3号、4号、5号、6号、7号……共 9 处"
    fits, cut = ("长" * length for length in (120, 121))
    assert sentences(told(), told(said(fits))) == [f"新增文字：{fits}"]
    assert sentences(told(), told(said(cut))) == [f"新增文字：{fits}……"]
    assert sentences(told(), told(said(cut), tags=["headline"])) == [f"新增结论：{cut}"]


def test_places_that_differ_are_counted():
    def places(old, new):
        return compare(told(*old), told(*new)).places

    assert places([table(RATE)], [table(RATE)]) == 0
    assert places([table(RATE)], [table(LATER)]) == 1
    assert places([], [table(RATE, LATER)]) == places([table(RATE, LATER)], []) == 1
    assert places([table(RATE)], [table(RATE, ("乙", "1"))]) == 1
    assert places([table(RATE)], [table(LATER, title="进度 2")]) == 2  # and its title
    assert places([table(RATE)], [table((*RATE, "x"), headings=("指标", "实绩", "注"))]) == 1
    assert places([said("一句。")], [said("两句。"), said("又一句。")]) == 2


def test_reports_that_show_the_same_differ_if_their_rows_do():
    one, other = (told(table(RATE), quotes={"a": text}) for text in ("98.88 %", "98.9 %"))
    assert not compare(one, one).any and compare(one, other).any
    assert compare(one, other).corrected == [("98.88 %", "98.9 %")]
    more = told(table(RATE), quotes={"a": "98.88 %", "b": "1"})
    assert (compare(one, more).added, compare(one, more).withdrawn) == (["1"], [])
    assert (compare(more, one).added, compare(more, one).withdrawn) == ([], ["1"])
    nothing = told(table(RATE))
    assert not compare(nothing, more).any and not compare(more, nothing).any


def test_of_two_rows_that_change_alike_each_is_a_sentence_and_of_three_all_are_one():
    def told_of(count, state):
        return told(table(*((name, state) for name in "甲乙丙丁"[:count])))

    counts = [len(sentences(told_of(count, "未到期"), told_of(count, "已到期"))) for count in (1, 2, 3, 4)]
    assert counts == [1, 2, 1, 1]


WAS = [
    *(said("一句话。"), said("句子甲，有 3 项；其余不变。"), chart("曲线。甲：1。")),
    *(chart("Two curves. a: 1, b: 2."), chart("柱图。乙：1。")),
    table(("甲", "1", "旧"), ("乙", "2", "y"), headings=("名称", "数", "注"), title="一"),
    table(("a", "1"), title="只旧", headings=("x", "y")),
    table(*[(name, "未") for name in "甲乙丙"], title="多"),
    table(("甲", "2"), title="题 1", same="各行相同"),
]
IS = [
    *(said("新的一句。"), said("句子甲，有 4 项；其余不变。"), chart("曲线。甲：2。")),
    *(chart("Two curves. a: 1, b: 3."), chart("新图。丙")),
    table(("丙", "3", "新"), ("甲", "2", "新"), headings=("名称", "数", "判"), title="一"),
    table(("a", "1"), title="只新", headings=("p", "q")),
    table(*[(name, "已") for name in "甲乙丙"], title="多"),
    table(("甲", "2"), title="题 2", same="各行一样"),
]
ALL = {
    "zh": """规划监测（plan）
  依据
    数据版本：1.0 → 1.1
    截止时间：2024-12 → 2025-12
    计算程序（可能包括方法）有改动
    更正：1 % → 1.5 %
    新用到的数字 2 个：3 %；4
    不再使用的数字 2 个：2 %；9
  二、现状
    文字：一句话 → 新的一句
    文字：有 3 项 → 有 4 项
    图“曲线”：1 → 2
    图“Two curves”：2 → 3
    图“新图”：柱图。乙：1。 → 新图。丙
    表“一”：新增列：判
    表“一”：不再有的列：注
    表“一”，甲：数 1 → 2
    表“一”：新增行：丙
    表“一”：不再有的行：乙
    新增表“只新”
    表“多”，3 行：实绩 未 → 已：甲、乙和丙
    表“题 2”：题 1 → 题 2
    表“题 2”：各行相同 → 各行一样
    不再有表“只旧”""",
    "en": """The plan (plan)
  What it is made of
    data edition: 1.0 → 1.1
    cut-off date: 2024-12 → 2025-12
    the program changed, perhaps its methods too
    corrected: 1 % → 1.5 %
    2 figures new to the report: 3 %; 4
    2 figures no longer used: 2 %; 9
  2. Today
    text: 一句话 → 新的一句
    text: 有 3 项 → 有 4 项
    chart “曲线”: 1 → 2
    chart “Two curves”: 2 → 3
    chart “新图”: 柱图。乙：1。 → 新图。丙
    table “一”: new columns: 判
    table “一”: columns dropped: 注
    table “一”, 甲: 数 1 → 2
    table “一”: new rows: 丙
    table “一”: rows dropped: 乙
    new table “只新”
    table “多”, 3 rows: 实绩 未 → 已: 甲, 乙 and 丙
    table “题 2”: 题 1 → 题 2
    table “题 2”: 各行相同 → 各行一样
    dropped table “只旧”""",
}


@pytest.mark.parametrize("lang", ALL)
def test_every_kind_of_change_is_a_sentence_in_the_language_that_is_set(lang):
    was = {"quotes": {"a": "1 %", "b": "2 %", "d": "9"}, "edition": "1.0", "as_of": "2024-12", "library": "1"}
    now = {
        "quotes": {"a": "1.5 %", "c": "3 %", "e": "4"},
        "edition": "1.1",
        "as_of": "2025-12",
        "library": "2",
    }
    with language.using(lang):
        old, new = told(*WAS, **was, lang=lang), told(*IS, **now, lang=lang)
        assert "\n".join(report(old, new)) == ALL[lang]


def test_what_comes_and_goes_is_said_in_english_too():
    with language.using("en"):
        assert report(None, told()) == ["new report: The plan (plan)"]
        assert report(told(), None) == ["report gone: The plan (plan)"]
        assert sentences(told(), told(said("One."))) == ["new text: One."]
        assert sentences(told(said("One.")), told()) == ["dropped text: One."]
        assert sentences(told(), told(chart("A curve. a: 1."))) == ["new chart “A curve”"]
        assert sentences(told(), told(said("x" * 121))) == [f"new text: {'x' * 120}…"]
        names = [(f"no {number}", "1") for number in range(9)]
        assert sentences(told(table(("a", "1"))), told(table(*names)))[0] == (
            "table “进度”: new rows: no 0, no 1, no 2, no 3, no 4, no 5, no 6, no 7 … 9 in all"
        )
        nine = told(quotes={str(number): f"{number} %" for number in range(9)})
        assert sentences(told(quotes={"x": "1"}), nine)[0] == (
            "9 figures new to the report: 0 %; 1 %; 2 %; 3 %; 4 %; 5 %; 6 %; 7 %; … 9 in all"
        )


@pytest.mark.parametrize(
    ("lang", "each", "shared", "either", "of_rows"),
    [
        (
            "zh",
            "表“进度”，甲：实绩 1 → 2（更正的数字）；判断 5 → 6（有数字不再使用）",
            "表“进度”，甲：实绩 1 → 2；判断 5 → 6（更正的数字；新用到的数字）",
            "表“进度”，甲：实绩 未 → 已（截止时间变动或计算程序变动）",
            "表“进度”：新增行：乙和丙（新用到的数字）",
        ),
        (
            "en",
            "table “进度”, 甲: 实绩 1 → 2 (corrected figure); 判断 5 → 6 (figure no longer used)",
            "table “进度”, 甲: 实绩 1 → 2; 判断 5 → 6 (corrected figure; figure new to the report)",
            "table “进度”, 甲: 实绩 未 → 已 (another cut-off date or another program)",
            "table “进度”: new rows: 乙 and 丙 (figure new to the report)",
        ),
    ],
)
def test_why_figures_changed_is_said_once_where_it_is_the_same_reason(lang, each, shared, either, of_rows):
    headings = ("指标", "实绩", "判断")

    def row(first, second, *ids):
        return table(
            ("甲", figure(first, float(first), *ids[0]), figure(second, float(second), *ids[1])),
            headings=headings,
        )

    def about(text):
        return {"quotes": {"a": text}, "as_of": "2024", "library": "1"}

    with language.using(lang):
        old = told(row("1", "5", "a", "b"), **about("1"))
        assert sentences(old, told(row("2", "6", "a", ""), **about("2")))[-1] == each
        old = told(row("1", "5", "a", "a"), **about("1"))
        assert sentences(old, told(row("2", "6", "ac", "ac"), **about("2")))[-1] == shared
        old, new = (
            told(table(("甲", "未")), **about("1")),
            told(table(("甲", "已")), **about("1") | {"as_of": "2025", "library": "2"}),
        )
        assert sentences(old, new)[-1] == either
        more = [(name, figure("1", 1.0, "b")) for name in "乙丙"]
        assert sentences(told(table(RATE)), told(table(RATE, *more)))[-1] == of_rows


def test_of_a_row_that_is_new_or_gone_its_own_figures_are_the_only_reason():
    both = ("乙", figure("1", 1.0, "b"))
    old, new = (
        told(table(RATE), as_of="2024", library="1"),
        told(table(RATE, both), as_of="2025", library="2"),
    )
    assert sentences(old, new)[-1] == "表“进度”：新增行：乙（新用到的数字）"
    assert sentences(new, old)[-1] == "表“进度”：不再有的行：乙（有数字不再使用）"


def test_tables_of_sources_are_left_out_only_if_both_reports_know_their_rows():
    sources = told(table(RATE), tags=["sources"], quotes={"a": "98.88 %"})
    assert (
        sentences(told(quotes={"a": "98.88 %"}), sources)
        == sentences(sources, told(quotes={"a": "98.88 %"}))
        == []
    )
    assert sentences(told(), sources) == ["新增表“进度”"]
    assert sentences(sources, told()) == ["不再有表“进度”"]
    assert (
        sentences(
            told(table(RATE), quotes={"a": "98.88 %"}),
            told(table(LATER), tags=["sources"], quotes={"a": "98.88 %"}),
        )
        == []
    )
