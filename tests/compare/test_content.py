"""What a report shows, read from its notebook: where each table and sentence stands, and of which kind."""

import json

import pytest

from reportkit.brief import BRIEF
from reportkit.compare.content import ABOUT, Unreadable, extract, read
from reportkit.table import TABLE


def cell(source, *bundles, tags=(), kind="code"):
    outputs = {"outputs": [{"data": data} for data in bundles]} if kind == "code" else {}
    return {"cell_type": kind, "source": source, "metadata": {"tags": [*tags]}} | outputs


def text(source, *tags):
    return cell(source, tags=tags, kind="markdown")


def told(*cells, **about):
    return extract({"cells": [*cells], "metadata": {ABOUT: about} if about else {}}, "plan")


SHOWN = {"title": "进度", "headings": ["名", "值"], "sets": [["a"]], "rows": [["甲", ["5", 5.0, "0", 0]]]}


def test_tables_and_sentences_stand_below_the_heading_above_them():
    made = told(
        text("# 题\n\n## 一、甲"),
        cell(
            "a()",
            {"text/plain": "一句。"},
            {TABLE: SHOWN, "text/markdown": ["**进度**（各行相同）\n", "| |"]},
        ),
        text("### 小节"),
        cell("b()", {"text/markdown": "**又**  一句。", "text/plain": "x"}, tags=["headline"]),
        cell("c()", {"image/png": "x", "text/plain": "曲线。"}, tags=["headline"]),
        cell("d()", {TABLE: SHOWN, "text/markdown": "**进度**"}, tags=["sources"]),
    )
    assert (made.title, made.sections) == ("题", ("", "一页摘要", "一、甲", "小节"))
    assert [(one.section, one.source, one.kind, one.text) for one in made.texts] == [
        ("一、甲", "a()", "sentence", "一句。"),
        ("小节", "b()", "answer", "又 一句。"),
        ("小节", "c()", "chart", "曲线。"),
    ]
    assert [(one.section, one.title, one.same, one.sources) for one in made.tables] == [
        ("一、甲", "进度", "各行相同", False),
        ("小节", "进度", "", True),
    ]
    assert made.tables[0].rows[0][1][:3] == ("5", 5.0, "0") and made.rows == {"a"}


def test_a_title_is_the_one_stated_or_the_first_main_heading_or_the_name():
    assert told(text("# 甲\n# 乙")).title == "甲"
    assert told(text("# 甲"), title="名").title == "名"
    assert told(text("#甲")).title == "plan"
    assert told(text("#甲")).sections == ("", "一页摘要")


@pytest.mark.parametrize("line", ["见 # 3 号。", "甲## 乙", "#### 四级", "    # 代码"])
def test_a_sign_within_a_line_makes_no_heading(line):
    made = told(text(f"{line}\n   # 题\n{line}\n## 一\n### 细\n{line}"))
    assert (made.title, made.sections) == ("题", ("", "一页摘要", "一", "细"))


def test_a_report_is_read_in_its_own_language():
    cells = [text("# 题", "lang-zh"), text("# Title", "lang-en")]
    assert (told(*cells).title, told(*cells, lang="en").title) == ("题", "Title")
    assert told(*cells, lang="en").sections == ("", "On one page")
    assert (told(lang="en", edition="1.0").edition, told().edition) == ("1.0", "")


def test_a_first_page_is_sentences_and_a_table_that_comes_last():
    facts = [{"label": "入园率", "figure": "91 %", "word": "偏慢", "ids": ["a", "b"]}]
    brief = {"answer": "答。", "facts": facts, "steps": ["办。"], "limits": "限制。"}
    made = told(cell("a()", {BRIEF: brief}), cell("b()", {TABLE: SHOWN}))
    assert [(one.section, one.kind, one.text) for one in made.texts] == [
        ("一页摘要", "answer", "答。"),
        ("一页摘要", "step", "办。"),
        ("一页摘要", "sentence", "限制。"),
    ]
    assert [one.title for one in made.tables] == ["进度", "主要数字"]
    assert made.tables[1].headings == ["名称", "数字", "状态"]
    assert [(one.text, one.ids) for one in made.tables[1].rows[0]] == [
        ("入园率", []),
        ("91 %", ["a", "b"]),
        ("偏慢", []),
    ]
    assert len(told(cell("a()", {BRIEF: brief | {"limits": ""}})).texts) == 2


@pytest.mark.parametrize(
    "stored", ["{", "[]", "{}", '{"cells": [], "metadata": []}', '{"cells": [1], "metadata": {}}']
)
def test_what_is_no_notebook_is_named(tmp_path, stored):
    (tmp_path / "plan.ipynb").write_text(stored)
    with pytest.raises(Unreadable, match="plan"):
        read(tmp_path / "plan.ipynb")
    (tmp_path / "plan.ipynb").write_text(json.dumps({"cells": [], "metadata": {}}))
    assert read(tmp_path / "plan.ipynb").name == "plan"
