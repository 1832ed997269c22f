"""What to do about two figures that do not agree: whom to ask for what, with both figures."""

from dataclasses import replace

import pandas as pd
import pytest

from plan_monitor.report import contradicted
from reportkit.cited import unmarked
from reportkit.language import using

CHECK = {
    **{"subject_zh": "入园率", "subject_en": "enrolment", "relation": "=", "finding": "proven"},
    **{"computed": 91.0, "told": 93.0, "rows": ["o-1"], "told_rows": ["o-2"]},
}


def step(package, *checks, documents=("plan-1",)):
    held = pd.DataFrame([CHECK | check for check in checks], columns=list(CHECK))
    return unmarked(contradicted.step(held, {*documents}, package))


@pytest.mark.parametrize(
    ("check", "told"),
    [
        ({}, "（91 % 与 93 %）"),
        ({"relation": "!=", "computed": 91.0, "told": 91.0}, "（两处同为 91 %）"),
        (
            {"rows": ["plan-1"], "told_rows": ["plan-1"], "computed": 2020.0, "told": 1901.0},
            "（2020 年与 1901 年）",
        ),
        (
            {"rows": ["plan-1"], "told_rows": ["plan-1"], "computed": 2100.0, "told": 1900.0},
            "（2,100 与 1,900）",
        ),
        ({"rows": ["o-1", "o-3"], "told_rows": ["o-2"], "computed": 94.94, "told": 93.0}, "（95 % 与 93 %）"),
    ],
)
def test_both_figures_are_told_with_their_unit(package, check, told):
    assert told in step(package, check)


@pytest.mark.parametrize(
    ("finding", "asked", "said"),
    [
        ("proven", "更正", ""),
        ("changed", "说明", "，改变而未说明"),
        ("unclear", "澄清", ""),
        ("other", "澄清", ""),
    ],
)
def test_what_is_asked_for_is_by_what_the_audit_found(package, finding, asked, said):
    text = step(package, {"finding": finding})
    assert f"{asked}“入园率”" in text and f"）{said}；" in text


def test_how_many_more_there_are_is_told(package):
    assert step(package, {}).endswith("；详见核查报告")
    assert step(package, {}, {}, {}).endswith("；另有 2 处见核查报告")
    with using("en"):
        assert step(package, {}).endswith("; see the audit")
        assert step(package, {}, {}).endswith("; 1 more in the audit")


def test_of_other_documents_there_is_none(package):
    assert step(package, {"rows": ["o-2"], "told_rows": ["o-2"]}) == ""
    assert step(package, {"rows": ["o-2"]}, documents=["none"]) == ""


def test_figures_that_the_subject_names_are_not_told_again(package):
    assert "（" not in step(package, {"subject_zh": "入园率 91 与 93"})
    assert "（" in step(package, {"subject_zh": "入园率 91"})


def test_the_gravest_stands_first_and_its_issuer_is_asked(package):
    issued = replace(package, documents=package.documents.assign(issuer=["某县人民政府", "某县统计局"]))
    text = step(issued, {}, {"subject_zh": "另一项"})
    assert text.startswith("请某县人民政府更正“入园率”（91 % 与 93 %）")
    other = step(issued, {}, documents=("bulletin-1",))
    assert other.startswith("请某县统计局更正")
    first = step(issued, {"rows": ["none"], "told_rows": []}, {"subject_zh": "另一项"})
    assert first.startswith("请某县人民政府更正“另一项”") and first.endswith("；详见核查报告")


def test_a_figure_has_its_year_where_it_is_one_stored_figure_that_is_no_part_of_an_equation(package):
    assert "（91 %（2020）与 93 %（2023））" in step(package, {"relation": "<="})
    assert "（91 %（2020）与 93 %）" in step(package, {"relation": "<=", "told_rows": ["o-2", "o-3"]})


def test_a_long_subject_is_told_by_its_head_and_cut_where_that_has_no_room(package):
    tail = "：" + "说" * 60
    assert "“入园率”（91 % 与 93 %）" in step(package, {"subject_zh": "入园率" + tail})
    text = step(package, {"subject_zh": "入园率的一个很长很长很长的名称" * 4 + tail})
    assert len(text) <= 60 and "…”" in text


@pytest.mark.parametrize(
    ("computed", "zh"),
    [
        (94.94, "（94.9 % 与 95 %）"),
        (94.4, "（94 % 与 95 %）"),
        (95.04, "（95.04 % 与 95 %）"),
        (96.0, "（96 % 与 95 %）"),
    ],
)
def test_two_figures_that_contradict_each_other_are_not_told_as_one(package, computed, zh):
    check = {"rows": ["o-1", "o-3"], "told_rows": ["o-2"], "computed": computed, "told": 95.0}
    assert zh in step(package, check)
    with using("en"):
        assert zh[1:-1].replace("与", "against") in step(package, check)
