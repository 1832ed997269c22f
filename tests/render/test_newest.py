"""The head of every report: up to when it looks, and how new its figures really are."""

import re
from pathlib import Path

import nbformat
import pytest

from plan_monitor.trace.quoted import newest
from reportkit.formats.page import lay_out
from reportkit.render.inputs import check
from reportkit.render.recipes import read
from reportkit.render.sources import Sources

RECIPES = Path(__file__).parents[2] / "reports/recipes.yml"


@pytest.fixture(scope="module")
def heads():
    """What the head of each committed notebook says, by name of its report."""
    sources = Sources()
    jobs, _ = check(read(RECIPES, sources)[0], "recipes.yml", sources)
    said, read_before = {}, set()
    for job in (one for one in jobs if one.lang == "zh"):
        if job.notebook not in read_before:
            read_before.add(job.notebook)
            said[job.name] = lay_out(nbformat.read(job.notebook, as_version=4), job).about["until"]
    return said


@pytest.mark.slow
def test_every_head_says_how_new_its_figures_are(heads):
    assert len(heads) == 15
    for name, said in heads.items():
        assert re.fullmatch(r"截止 2025-12 · (最新实绩 [\d-]+|无本地实绩)(（别处 [\d-]+）)?", said), name


@pytest.mark.slow
@pytest.mark.parametrize(
    ("report", "newest"),
    [
        ("education-plan-532300-zh", "最新实绩 2020（别处 2024）"),
        ("education-modernization-2035-530102-zh", "最新实绩 2018（别处 2022）"),
        ("medical-insurance-plan-532300-zh", "无本地实绩（别处 2024）"),
        ("education-action-plan-532300-zh", "无本地实绩"),
        ("rural-revitalization-poverty-exit-532300-zh", "最新实绩 2020"),
    ],
)
def test_the_setting_is_not_the_newest_figure(heads, report, newest):
    assert heads[report] == f"截止 2025-12 · {newest}"


def rows(*stored):
    """Stored rows: table, region, period, indicator."""
    return [dict(zip(("table", "region", "period", "indicator"), row, strict=True)) for row in stored]


def test_promises_and_later_figures_are_no_newest_actual():
    cited = rows(
        ("observations", "1", "2021", "rate"), ("targets", "1", "2025", "rate"), ("observations", "1", "2026-03", "rate"),
        ("observations", "2", "2023-01/2023-11", "rate"), ("fund", "1", "2022-06", "rate"), ("documents", None, None, None),
    )  # fmt: skip
    assert newest(cited, cited, "1", "2025-12") == ("2022-06", "2023-11")
    assert newest(cited, cited, "", "2025-12") == ("2023-11", None)
    assert newest(cited, cited, "1", "2026-03") == ("2026-03", "2023-11")  # which ends with it
    assert newest(rows(("targets", "1", "2025", "rate")), cited, "1", "2025-12") == (None, None)


def test_a_figure_quoted_beside_the_promises_is_not_their_newest_actual():
    """Births of 2024 beside a plan for schools whose own figures end in 2020."""
    target, actual, births = rows(
        ("targets", "1", "2025", "rate"),
        ("observations", "1", "2020", "rate"),
        ("observations", "1", "2024", "births"),
    )
    assert newest([target, actual, births], [], "1", "2025-12") == ("2020", None)
    assert newest([actual, births], [], "1", "2025-12") == ("2024", None)


def test_an_overview_counts_what_is_promised_anywhere():
    """It quotes the promises that stand worst, and the newest figure is of another."""
    stored = rows(
        ("targets", "1", "2025", "rate"), ("observations", "1", "2020", "rate"), ("targets", "2", "2025", "other"),
        ("observations", "2", "2024", "other"), ("observations", "2", "2025", "births"),
    )  # fmt: skip
    assert newest(stored[:2], stored, "", "2025-12") == ("2024", None)
    assert newest(stored[:2], stored, "1", "2025-12") == ("2020", None)
