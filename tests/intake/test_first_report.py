"""From two spreadsheets that a bureau typed to a report: five commands, no id typed, no file edited.

The place is real, the figures and the plan are made up.
"""

import csv
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from plan_monitor import load
from plan_monitor.methods import progress
from scripts import loaded

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "data/samples"
PLAN = "镇江市“十四五”教育事业发展规划（虚构）"
FIGURES = "镇江市教育统计资料2021—2024年（虚构）"
# in the order of the plan's table, worked out by hand; elapsed by 2024: 4 of 5 years
VERDICTS = {
    "学前教育三年毛入园率": ("achieved", None),  # 98.1 of ≥ 98
    "九年义务教育巩固率": ("kept", None),  # 99.12 of 99, from 99.88
    "高中阶段教育毛入学率": ("lagging", 0.2031),  # (96.33 − 96.2) ÷ (97 − 96.2) ÷ 0.8
    "劳动年龄人口平均受教育年限": ("on_track", 1.0179),  # (11.37 − 10.8) ÷ (11.5 − 10.8) ÷ 0.8
    "普惠性幼儿园覆盖率": ("moving_away", -0.9375),  # (78 − 81) ÷ (85 − 81) ÷ 0.8
    "义务教育大班额占比": ("on_track", 1.1607),  # (1.3 − 5.2) ÷ (1 − 5.2) ÷ 0.8
    "专任教师数": ("slow", 0.8913),  # (29544 − 28411) ÷ (30000 − 28411) ÷ 0.8
}


@pytest.fixture(scope="module")
def typed():
    """The script that typed the spreadsheets, with what it typed."""
    return loaded(SAMPLES / "generate_spreadsheets.py")


def command(*arguments):
    """Run plan-monitor as a user does, in the project, in Chinese."""
    done = subprocess.run(
        [sys.executable, "-m", "plan_monitor.cli", *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=os.environ | {"LC_ALL": "zh_CN.UTF-8", "PYTHONIOENCODING": "utf-8"},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def entered(typed, tmp_path_factory):
    """The package after four commands, and what they answered."""
    mine = tmp_path_factory.mktemp("first") / "镇江"
    messages = [
        command("new", mine),
        command("take", typed.PLAN, typed.FIGURES, "--into", mine, "--write"),
        command("adopt", mine),
        command("check", mine),
    ]
    return mine, messages


def test_the_spreadsheets_are_those_of_their_script(typed, tmp_path, monkeypatch):
    for name in ("PLAN", "FIGURES"):
        stored = getattr(typed, name)
        monkeypatch.setattr(typed, name, tmp_path / stored.name)
    typed.plan()
    typed.figures()
    for path in tmp_path.iterdir():
        assert path.read_bytes() == (SAMPLES / path.name).read_bytes()


def test_every_cell_is_read_as_it_shows(entered, typed):
    mine, _ = entered
    package = load(mine)
    names = package.indicators.set_index("id")["name_zh"].str.removesuffix("（拟定）")
    observed = package.observations.assign(name=package.observations["indicator"].map(names))
    figures = observed.set_index(["name", "period"])["value"]

    def shown(value, unit):
        return round(100 * value, 4) if unit == "%" else value

    for name, unit, base, _, _ in typed.TARGETS:
        if base is not None:
            assert figures[name, "2020"] == shown(base, unit), name
    for label, *values in typed.ACTUALS:
        name, unit = label.removesuffix("）").split("（")
        for year, value in zip(typed.YEARS, values, strict=True):
            assert figures[name, year[:4]] == shown(value, unit), (name, year)
    assert len(observed) == 7 + 7 * 4
    targets = package.targets.assign(name=package.targets["indicator"].map(names)).set_index("name")
    assert targets["value"].to_dict() == {
        **{"学前教育三年毛入园率": 98, "九年义务教育巩固率": 99, "高中阶段教育毛入学率": 97},
        **{"劳动年龄人口平均受教育年限": 11.5, "普惠性幼儿园覆盖率": 85, "义务教育大班额占比": 1},
        **{"专任教师数": 30000, "新增学位": 12000},
    }
    assert targets["comparator"].to_dict()["义务教育大班额占比"] == "<="
    assert targets.loc["新增学位", ["kind", "period"]].tolist() == ["cumulative", "2021/2025"]
    assert targets.loc["九年义务教育巩固率", ["kind", "attribute"]].tolist() == ["floor", "binding"]
    assert set(package.targets["region"]) == {"321100"}


def test_verdicts_are_right(entered):
    package = load(entered[0])
    names = package.indicators.set_index("id")["name_zh"].str.removesuffix("（拟定）")
    judged = progress.assess(package.targets, package.observations, "2024")
    judged = judged.assign(name=judged["indicator"].map(names)).set_index("name")
    for name, (status, rho) in VERDICTS.items():
        assert judged.at[name, "status"] == status, name
        if rho is not None:
            assert judged.at[name, "rho"] == pytest.approx(rho, abs=1e-4), name
    assert judged.at["新增学位", "reason"] == "no_observation"


def test_what_was_derived_and_drafted_is_said(entered):
    mine, (made, taken, adopted, checked) = entered
    assert "plan-monitor take" in made
    assert "目标 8 个，实绩 35 个" in taken
    assert "起草了 2 个指标" in adopted and "义务教育大班额占比：%，越低越好" in adopted
    assert "没有问题" in checked and "按指标方向" in checked and "尚未确认" in checked
    documents = load(mine).documents.set_index("title_zh")
    assert documents.loc[[PLAN, FIGURES], "type"].tolist() == ["synthetic", "synthetic"]


def test_the_report_shows_verdicts_places_and_the_warning(entered):
    mine, _ = entered
    command("render", "--data", mine, "--only", "plan-*", "--format", "pdf", "--as-of", "2024-12")
    pages = {path.stem[-2:]: path for path in mine.with_name("镇江-reports").glob("plan-*.html")}
    page = BeautifulSoup(pages["zh"].read_text(encoding="utf-8"), "html.parser")
    text = page.get_text()
    answer = page.select_one(".brief .answer").get_text()
    assert re.match(r"\d+ 项承诺\D*7 项", answer) and "虚构" in text, answer
    assert "附件1!E4" in page.select_one(".notes").get_text()
    assert "义务教育大班额占比（拟定）" in text and "尚未有人确认" in text
    english = BeautifulSoup(pages["en"].read_text(encoding="utf-8"), "html.parser").get_text()
    assert re.search(r"7 (of \d+ )?(can be judged|promises)", english) and "(Chinese only)" in english, (
        english[:800]
    )


def test_taking_the_same_files_twice_changes_nothing(entered, typed):
    mine, _ = entered
    before = {path.name: path.read_bytes() for path in mine.iterdir()}
    assert "已有且相同 43 行" in command("take", typed.PLAN, typed.FIGURES, "--into", mine, "--write")
    assert {path.name: path.read_bytes() for path in mine.iterdir()} == before


def test_a_definition_is_proposed_until_it_is_confirmed(entered):
    mine, _ = entered
    assert load(mine).indicators["name_zh"].str.endswith("（拟定）").sum() == 2
    assert "确认了 2 个" in command("adopt", mine, "--confirm")
    assert not load(mine).indicators["name_zh"].str.endswith("（拟定）").any()
    with (mine / "indicators.csv").open(encoding="utf-8-sig", newline="") as file:
        assert {row["proposed"] for row in csv.DictReader(file)} == {""}
