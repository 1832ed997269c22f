"""What to do about two figures that do not agree: whom to ask for what, with both figures."""

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
