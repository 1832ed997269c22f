"""The report on coordination says what cannot be computed, and why, in both languages."""

import csv
import shutil

import numpy as np
import pandas as pd
import pytest

from notebook_runs import NOTEBOOKS, run, table
from plan_monitor.coupling import report
from plan_monitor.coupling.composite import coupling
from plan_monitor.coupling.robustness import Chance
from reportkit.language import using
from reportkit.table import TABLE, unpack

NAME = "rural_revitalization/coupling"
TITLE = ("标题", "Title")
YEARS = ["2020", "2021"]
EDUCATION = (
    "preschool-gross-enrolment-rate",
    "compulsory-retention-rate",
    "senior-secondary-gross-enrolment-rate",
    "inclusive-kindergarten-share",
)


@pytest.fixture
def altered(tmp_path):
    """The shipped package with other figures of the nation's education, by the year."""

    def alter(figure):
        folder = tmp_path / "package"
        shutil.copytree(NOTEBOOKS.parent / "data", folder)
        readings = folder / "readings.csv"  # of figures as they were
        readings.write_text(readings.read_text(encoding="utf-8").split("\n")[0] + "\n", encoding="utf-8")
        path = folder / "observations.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        for row in rows:
            if row["region"] == "100000" and row["indicator"] in EDUCATION:
                row["value"], row["as_printed"] = figure(int(row["period"])), ""
        with path.open("w", encoding="utf-8", newline="") as file:
            out = csv.DictWriter(file, rows[0])
            out.writeheader()
            out.writerows(rows)
        return str(folder)

    return alter


@pytest.mark.slow
def test_indicators_in_perfect_agreement_have_no_critic_weights_and_the_reader_is_told(altered, tmp_path):
    folder = altered(lambda year: 50 + 2 * (year - 2015))
    texts = run(NAME, tmp_path, data=folder)
    said = "未列CRITIC 权重（教育：有差别的指标完全同步（两两相关系数均为 1），CRITIC 权重没有定义）。"
    assert said in texts
    assert "CRITIC" not in table(texts, "协调度与 TOPSIS 名次") + table(texts, "2024 年的协调度与互不相干")
    english = run(NAME, tmp_path, data=folder, lang="en", weighting="critic")
    assert english[0].startswith("**These figures give no coordination degree by CRITIC weights.**")
    assert english[2].endswith(
        "no coordination degree by CRITIC weights (education: the indicators that differ agree perfectly "
        "(each correlation is 1): CRITIC weights are not defined)."
    )
    assert not any(text.startswith("**Coupling coordination") for text in english)


@pytest.mark.slow
@pytest.mark.parametrize("weighting", ["entropy", "equal"])
def test_a_system_that_never_changed_has_no_index(altered, tmp_path, weighting):
    texts = run(NAME, tmp_path, data=altered(lambda year: 93), weighting=weighting)
    assert texts[2].endswith("不能计算协调度（教育：每项指标的数值都没有差别，无从比较）。")
    assert "没有三年以上" not in texts[0] + texts[2]  # it is not for want of years
    assert not any(text.startswith("**耦合协调度") for text in texts)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("step", "weighting", "why"),
    [
        (1, "critic", "有差别的指标完全同步（两两相关系数均为 1），CRITIC 权重没有定义"),
        (0, "equal", "每项指标的数值都没有差别，无从比较"),
    ],
)
def test_regions_that_are_the_same_or_cannot_be_weighed_are_not_ranked(tmp_path, step, weighting, why):
    folder = tmp_path / "bureau"
    shutil.copytree(NOTEBOOKS.parent / "data", folder)
    with (folder / "observations.csv").open("a", encoding="utf-8") as file:
        for number, county in enumerate(("532301", "532302", "532322")):
            for name, base in (("preschool-gross-enrolment-rate", 90), ("compulsory-retention-rate", 96)):
                value = base + step * number
                file.write(f"own-{number}-{base},edu-3y,{name},{county},2019,=,{value},%,A,printed,,表1,,\n")
    texts = run(NAME, tmp_path, data=str(folder), weighting=weighting)
    assert f"2019 年各地区不排名：{why}。" in texts
    assert not any("各地区的 TOPSIS 名次" in text for text in texts)


def test_each_system_without_weights_is_told_with_its_reason():
    found = {"education": "same", "rural": "agree"}
    assert report.told(found).startswith(
        "教育：每项指标的数值都没有差别，无从比较；乡村：有差别的指标完全同步"
    )
    with using("en"):
        assert report.told(found).startswith("education: no indicator differs")


def cells(shown):
    """The rows of the only table shown, below its headings."""
    (bundle,) = shown
    return [[cell.text for cell in row] for row in unpack(bundle[TABLE])]


def test_figures_of_an_indicator_have_fewer_decimals_the_larger_they_are(shown):
    """From 10 on one decimal, from 1 000 on none, by the largest of its years."""
    known = {
        "a": ("education", "up", "%", "甲", (91.25, 9.4)),
        "b": ("rural", "down", "元", "乙", (999.6, 1000.0)),
        "c": ("rural", "up", "", "丙", (9.994, 3.0)),
        "d": ("rural", "up", "%", "丁", (10.0, 2.0)),
    }
    names = ["indicator", "system", "direction", "unit", "label", "period", "value", "id"]
    rows = [
        (name, *given, period, value, f"{name}-{period}")
        for name, (*given, values) in known.items()
        for period, value in zip(YEARS, values, strict=True)
    ]
    weights = pd.Series({"d": 0.375, "c": 0.375, "b": 0.25, "a": 1.0})
    report.figures_table(pd.DataFrame(rows, columns=names), weights, TITLE)
    assert cells(shown) == [
        ["甲（%）", "教育", "↑", "91.3", "9.4", "1.00"],
        ["乙（元）", "乡村", "↓", "1,000", "1,000", "0.25"],
        ["丙", "乡村", "↑", "9.99", "3.00", "0.38"],
        ["丁（%）", "乡村", "↑", "10.0", "2.0", "0.38"],
    ]


def test_degrees_stand_beside_the_indices_they_are_of(shown):
    """2 √(0.1 · 0.5) / 0.6 = 0.745, mean 0.3, √(0.745 · 0.3) = 0.473."""
    systems = pd.DataFrame({"education": [0.1, 0.25], "rural": [0.5, 0.25]}, index=YEARS)
    report.coupling_table(systems, coupling(systems), TITLE, ["x"])
    assert cells(shown) == [
        ["2020", "0.10", "0.50", "0.75", "0.30", "0.47"],
        ["2021", "0.25", "0.25", "1.00", "0.25", "0.50"],
    ]


def test_every_weighting_has_its_degree_and_rank(shown):
    degrees = pd.DataFrame({"entropy": [0.123, 0.456], "equal": [0.5, 0.625]}, index=YEARS)
    ranks = pd.DataFrame({"entropy": [2.0, 1.0], "equal": [1.0, 2.0]}, index=YEARS)
    report.sensitivity_table(degrees, ranks, TITLE, ["x"])
    assert cells(shown) == [["2020", "0.12", "2", "0.50", "1"], ["2021", "0.46", "1", "0.63", "2"]]


def test_a_degree_stands_beside_what_chance_gives_and_how_often(shown):
    """Of draws of 0, 0.01 … 1, 90 % lie from 0.05 to 0.95; 55 of 101 are at least 0.456, 38 at least 0.625."""
    degrees, draws = pd.Series({"entropy": 0.456, "equal": 0.625}), pd.Series(np.arange(101) / 100)
    report.chance_table(degrees, {name: Chance(0.975, draws) for name in degrees.index}, TITLE, ["x"])
    assert cells(shown) == [
        ["熵权", "0.46", "0.98", "0.50（0.05–0.95）", "54 %"],
        ["等权", "0.63", "0.98", "0.50（0.05–0.95）", "38 %"],
    ]


def test_regions_stand_in_the_order_of_their_rank_with_their_own_figures(shown):
    ranked = pd.DataFrame({"closeness": [0.755, 0.5], "rank": [1.0, 2.0]}, index=["甲县", "乙县"])
    figures = pd.DataFrame({"rate": [5.5, 91.25]}, index=["乙县", "甲县"])
    report.regions_table(ranked, figures, {"rate": "入园率"}, TITLE, ["x"])
    assert cells(shown) == [["甲县", "91.3", "0.76", "1"], ["乙县", "5.5", "0.50", "2"]]


def headings(shown):
    return shown[-1][TABLE]["headings"]


def test_tables_in_english_have_their_headings_and_words(shown):
    with using("en"):
        degrees = pd.DataFrame({"entropy": [0.125, 0.5]}, index=YEARS)
        report.sensitivity_table(degrees, degrees.assign(entropy=[2.0, 1.0]), TITLE, ["x"])
        assert headings(shown) == ["Year", "D (entropy weights)", "Rank (entropy weights)"]
        systems = pd.DataFrame({"insurance": [0.1, 0.25], "rural": [0.5, 0.25]}, index=YEARS)
        report.coupling_table(systems, coupling(systems), TITLE, ["x"])
        assert headings(shown)[1:] == [
            *("medical insurance", "rural life", "Coupling C", "Development T", "Coordination D"),
        ]
        draws = pd.Series(np.arange(101) / 100)
        report.chance_table(pd.Series({"critic": 0.456}), {"critic": Chance(0.975, draws)}, TITLE, ["x"])
        assert headings(shown)[1:] == [
            *("Actual D", "D where each rises by itself", "D in random order: median (90 % interval)"),
            "Random at least as high",
        ]
        rows = [("a", "rural", "down", "yuan", "A", year, 12.25, f"a-{year}, b") for year in YEARS]
        names = ["indicator", "system", "direction", "unit", "label", "period", "value", "id"]
        report.figures_table(pd.DataFrame(rows, columns=names), pd.Series({"a": 0.5}), TITLE)
        assert headings(shown) == ["Indicator", "System", "Direction", *YEARS, "Weight"]
        (row,) = unpack(shown[-1][TABLE])
        assert [cell.text for cell in row] == ["A (yuan)", "rural life", "↓", "12.3", "12.3", "0.50"]
        assert row[3].ids == ["a-2020", "b"]
        assert shown[-1][TABLE]["mixed"] == [3, 4]
        ranked = pd.DataFrame({"closeness": [0.5], "rank": [1.0]}, index=["A"])
        report.regions_table(
            ranked, pd.DataFrame({"rate": [5.5]}, index=["A"]), {"rate": "Rate"}, TITLE, ["x"]
        )
        assert headings(shown) == ["Region", "Rate", "Closeness", "Rank"]
        told = report.told({"rural": "agree", "education": "same"})
    assert told == (
        "rural life: the indicators that differ agree perfectly (each correlation is 1): CRITIC weights are not "
        "defined; education: no indicator differs, so that there is nothing to compare"
    )


@pytest.mark.parametrize(
    ("largest", "text"), [(9.99, "9.99"), (10.0, "10.0"), (999.5, "999.5"), (1000.0, "1,000")]
)
def test_a_figure_is_printed_by_the_bounds_of_its_own_size(shown, largest, text):
    row = ("a", "rural", "up", "", "甲", "2020", largest, "a-2020")
    names = ["indicator", "system", "direction", "unit", "label", "period", "value", "id"]
    report.figures_table(pd.DataFrame([row], columns=names), pd.Series({"a": 1.0}), TITLE)
    assert cells(shown)[0][3] == text
