"""The report on coordination says what cannot be computed, and why, in both languages."""

import csv
import shutil

import pytest

from notebook_runs import NOTEBOOKS, run, table
from plan_monitor.coupling import report
from reportkit.language import using

NAME = "rural_revitalization/coupling"
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
