"""Stored rows in charts: every figure that is drawn stands in the chart's text."""

import pandas as pd

from plan_monitor import report as show
from reportkit import language


def test_a_chart_says_every_plotted_figure(shown, package):
    language.use("en")
    points = show.labelled(package.observations.iloc[:2], package)
    show.lines(points, title=("题", "Rates"), targets=show.labelled(package.targets.iloc[:1], package))
    (bundle,) = shown
    assert bundle["image/png"].startswith(b"\x89PNG")
    expected = "Preschool enrolment (%) – A county: 2020 91, 2023 93 | A county, target: 2025 95"
    remark = "The axis does not begin at 0; where there are but two figures, no line joins them"
    assert bundle["text/plain"] == f"Rates. {remark}. {expected}."


def test_doubtful_figures_are_drawn_outside_the_lines(shown, package):
    language.use("en")
    points, doubtful = (show.labelled(package.observations.iloc[[n]], package) for n in (0, 1))
    show.lines(points, title=("题", "Rates"), doubtful=doubtful)
    assert "A county: 2020 91 | A county doubtful (grade C): 2023 93" in shown[0]["text/plain"]


def test_a_changed_figure_changes_the_text_of_a_chart(shown, package):
    observations = package.observations.iloc[:2]
    for rows in (observations, observations.assign(value=[91.0, 93.1])):
        show.lines(show.labelled(rows, package), title=("题", "t"))
    first, second = (bundle["text/plain"] for bundle in shown)
    assert first.replace("2023 93", "2023 93.1") == second


def test_chinese_glyphs_are_drawn(shown, recwarn):
    frame = pd.DataFrame({"category": ["幼儿园", "小学"], "series": "学位", "value": [10.06, 18.98]})
    for chart in (show.bars, show.dots):
        chart(frame, title=("学位与学生", "Places"), unit="万个")
    assert [w for w in recwarn if "missing from font" in str(w.message)] == []
    assert shown[0]["text/plain"] == "学位与学生。学位（万个）：幼儿园 10.06，小学 18.98。"


def test_rows_are_printed_as_they_were_published(package):
    texts = show.printed(package.targets, package)
    assert texts == ["≥ 95 %（2025）", "98 %（2025）", "26,581 元（2025）"]
    assert [text.value for text in texts] == [95.0, 98.0, 26581.0]


def test_a_chart_restores_the_zeros_that_a_document_printed(shown, package):
    """Of one document and indicator all figures were printed alike; another document prints its own way."""
    rows = package.observations.iloc[[0, 0, 1]].assign(
        period=["2020", "2021", "2023"], value=[91.23, 92.0, 93.0]
    )
    show.lines(show.labelled(rows, package), title=("题", "t"))
    assert "2020 91.23，2021 92.00，2023 93。" in shown[0]["text/plain"]
