"""No two figures are judged twice with different outcomes: not by two checks, nor by a check and a report."""

import re
from itertools import combinations, product
from pathlib import Path

import nbformat
import pandas as pd
import pytest

from plan_monitor import report as show
from plan_monitor.audit import checks as audit
from plan_monitor.data.figures import stored

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").rglob("*.ipynb"))
# what a sentence may say of two figures that are not equal, and the class that allows it; how many findings
# a class has (矛盾 1 处) is said of no two figures
CLAIMS = {
    "proven": r"对不上|不能同时|(?<![不无非是])矛盾(?! \d+ 处)|不相容|not fit together|(?<!no )contradict|cannot both",
    "scope": r"(?<!是)不是同一|口径不同|范围不同|not the same (?:series|definition)|another (?:definition|scope)",
}
_EVERY_DIGIT = 1000  # figures from here on are told by their digits alone


@pytest.fixture(scope="module")
def wrong(shipped):
    checked = audit.run(shipped)
    return checked[checked["verdict"].eq("contradicts")]


@pytest.fixture(scope="module")
def figures(shipped):
    return stored(shipped)


def things(check, figures):
    """What a check is about, whichever row tells it: indicator, region and period, else the row itself."""
    rows = figures.loc[[*check.rows, *check.told_rows]]
    return {
        row if pd.isna(r["indicator"]) else (r["indicator"], r["region"], r["period"])
        for row, r in rows.iterrows()
    }


def test_two_checks_of_the_same_figures_have_one_class(wrong, figures):
    about = [(check.id, check.finding, things(check, figures)) for check in wrong.itertuples()]
    shared = [(a, b) for a, b in combinations(about, 2) if len(a[2] & b[2]) > 1]
    assert len(shared) >= 8
    assert [(a[0], b[0]) for a, b in shared if a[1] != b[1]] == []


def test_a_finding_told_another_way_has_the_class_of_the_first(wrong):
    classes = wrong.set_index("id")["finding"]
    again = wrong.dropna(subset="same_as")
    assert len(again) >= 4
    assert again["finding"].tolist() == classes[again["same_as"]].tolist()


def pairs(wrong, figures):
    """Two figures that a check holds against each other: how each may be named, and the class."""
    for check in wrong.itertuples():
        if check.kind in ("agreement", "order", "distinct") and len(check.rows) == len(check.told_rows) == 1:
            sides = figures.loc[[check.rows[0], check.told_rows[0]]]
            if sides["indicator"].notna().all():
                yield check.id, check.finding, [row for _, row in sides.iterrows()]


def speaks_of(passage, one, other):
    """Whether a passage names both figures, by their indicators or by their digits."""
    names = [(row["name_zh"], row["name_en"]) for row in (one, other)]
    if one["indicator"] != other["indicator"]:
        if all(any(name in passage for name in known) for known in names):
            return True
        if min(one["value"], other["value"]) < _EVERY_DIGIT:
            return False
    elif not any(name in passage for name in names[0]):
        return False
    digits = passage.replace(",", "")
    return all(re.search(rf"(?<!\d)(?<!\.){row['value']:g}(?!\d)(?!\.\d)", digits) for row in (one, other))


def judged(passages, wrong, figures):
    """Passages that say of two figures what the class of their check does not allow."""
    found = []
    listed = list(pairs(wrong, figures))
    for claim, pattern in CLAIMS.items():
        for passage, (check, finding, sides) in product(filter(re.compile(pattern).search, passages), listed):
            if finding != claim and speaks_of(passage, *sides):
                found.append((check, finding, claim, passage[:80]))
    return found


def passages(path):
    """What a notebook says: its paragraphs and the rows of its tables."""
    cells = nbformat.read(path, as_version=4).cells
    texts = [cell.source for cell in cells if cell.cell_type == "markdown"]
    texts += [o.data.get("text/plain", "") for cell in cells for o in cell.get("outputs", []) if "data" in o]
    return [line for text in texts for line in text.splitlines()]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])
def test_no_report_judges_figures_otherwise_than_their_check(path, wrong, figures):
    assert judged(passages(path), wrong, figures) == []


def test_no_definition_or_note_judges_figures_otherwise_than_their_check(shipped, wrong, figures):
    defined = shipped.indicators
    texts = [
        f"{row[f'name_{lang}']}: {row[f'definition_{lang}']}"
        for _, row in defined.iterrows()
        for lang in ("zh", "en")
    ]
    for table in (shipped.targets, shipped.observations):
        for row in table.itertuples():
            figure = figures.loc[row.id]
            texts += [
                f"{figure[f'name_{lang}']} {row.value:g}: {getattr(row, f'note_{lang}')}"
                for lang in ("zh", "en")
            ]
    assert judged(texts, wrong, figures) == []


@pytest.mark.parametrize(
    "said",
    [
        "收入的数字彼此对不上：12,861 元（2020）与 11,637 元（2020）。",
        "| 建档立卡贫困人口人均收入 | 11,637 元 | 与“脱贫人口收入”（2020年12861元）不是同一口径 |",
        "Income of people lifted out of poverty: not the same series as Income per head of the registered poor.",
        "残疾儿童少年入学率2025年的 98 % 与 99 % 互相矛盾。",
    ],
)
def test_what_was_once_said_otherwise_would_be_noticed(said, wrong, figures):
    assert judged([said], wrong, figures)


def test_what_a_class_allows_may_be_said(shipped, wrong, figures):
    name = show.names(shipped.indicators)
    tap = f"{name['rural-tap-water-coverage']} 66 % 与{name['rural-tap-water-coverage-old-standard']} 95.63 % 口径不同。"
    both = "脱贫人口收入与建档立卡贫困人口人均收入是不是同一口径，文件没有说明。"
    assert judged([tap, both], wrong, figures) == []
