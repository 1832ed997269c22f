"""The shipped data: sound, complete in form, and exactly what was last recorded."""

import re
from importlib import import_module
from pathlib import Path

import pandas as pd
import pytest
import yaml
from frictionless import Package as FrictionlessPackage

import plan_monitor
from plan_monitor import check, load
from plan_monitor.data.checksums import changed, record
from plan_monitor.data.columns import READ
from plan_monitor.data.tables import TABLES
from plan_monitor.report import unit_word
from reportkit import language

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture(scope="module")
def package():
    return load(DATA)


def test_no_findings():
    assert [finding.text() for finding in check(DATA)] == []


@pytest.mark.slow
def test_frictionless_accepts_the_package_too():
    report = FrictionlessPackage(str(DATA / "datapackage.yaml")).validate()
    assert report.flatten(["title", "rowNumber", "fieldName", "note"]) == []


def test_columns_that_came_later_are_those_that_a_file_may_lack():
    """What the descriptor calls optional, the library fills in where an older descriptor lacks it."""
    described = yaml.safe_load((DATA / "datapackage.yaml").read_text(encoding="utf-8"))["resources"]
    fields = {one["name"]: one["schema"]["fields"] for one in described if "table" not in one}
    assert set(fields) == set(TABLES)
    for table, traits in TABLES.items():
        later = {field["name"] for field in fields[table] if traits.new or field.get("optional")}
        assert set(traits.added) == later, table


def test_what_the_library_reads_is_described():
    described = yaml.safe_load((DATA / "datapackage.yaml").read_text(encoding="utf-8"))["resources"]
    fields = {one["name"]: {field["name"] for field in one["schema"]["fields"]} for one in described}
    unread = {"documents": {"url"}, "fund": {"maternity"}}
    for table, traits in TABLES.items():
        read = set(READ.get(table, "").split())
        assert read == fields[table] - set(traits.added) - unread.get(table, set()), table


def test_every_rule_is_about_a_table_of_the_package():
    paths = sorted(Path(plan_monitor.__file__).parent.glob("*/validation.py"))
    rules = [import_module(f"plan_monitor.{path.parent.name}.validation").RULES for path in paths]
    assert {"targets", "schools", "fund", "households", "checks"} <= set().union(*rules) <= set(TABLES)
    assert sum(map(len, rules)) == len(set().union(*rules)), "two rooms about one table"


def test_every_table_is_as_recorded():
    assert changed(DATA) == [], "numbers changed: read the diff, then `make notebooks` records them"


@pytest.mark.slow
def test_one_changed_digit_is_noticed(folder):
    record(folder)
    assert changed(folder) == []
    path = folder / "targets.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",26581,", ",26580,"), encoding="utf-8")
    assert changed(folder) == ["targets"]
    assert check(folder) == []  # a sound number, only another one


def test_notes_come_in_both_languages(package):
    for name in ("documents", "targets", "observations", "milestones", "standards", "projects", "fund"):
        table = getattr(package, name)
        alone = table[table["note_zh"].isna() != table["note_en"].isna()]
        assert alone["id"].tolist() == [], name


def test_a_restatement_repeats_its_row_in_the_same_document(package):
    rows = package.targets.set_index("id")
    for row in rows[rows["restates"].notna()].itertuples():
        main = rows.loc[row.restates]
        assert (main["document"], main["indicator"], main["region"]) == (
            row.document,
            row.indicator,
            row.region,
        ), row.Index
        assert main["value"] == row.value, row.Index
        assert pd.isna(main["restates"]), row.Index


def test_official_figures_of_one_thing_agree_but_for_rounding(package):
    """Two official figures of one indicator, region and period that differ would be two indicators."""
    printed = package.observations.query("quality == 'A' and comparator == '=' and reading == 'printed'")
    values = printed.dropna(subset=["period"]).groupby(["indicator", "region", "period"])["value"]
    spread = (values.max() - values.min()) / values.max()
    assert spread[spread > 0.001].index.tolist() == []  # 49 and 49.02 (10 000 users) are one figure


def test_every_unit_of_a_promise_or_figure_has_an_english_word(package):
    units = {*package.targets["unit"], *package.observations["unit"]}
    language.use("en")
    chinese = {unit for unit in units if re.search(r"[\u4e00-\u9fff]", unit_word(unit))}
    assert chinese == set()


@pytest.mark.parametrize(
    ("table", "row", "value"),
    [
        ("observations", "edu-145-097", 98.88),  # retention 2020, table of the 13th plan
        ("targets", "edu-145-132", 98.0),  # retention 2025, binding
        ("targets", "rural-145-160", 26581.0),  # income 2025
        ("observations", "rural-145-159", 12861.0),  # income 2020, indicator 8
        ("observations", "rural-145-012", 11637.0),  # income 2020, chapter 1
        ("targets", "med-ins-007", 70.0),  # DRG share 2025
        ("targets", "wuhua-2035-035", 15.0),  # years of schooling 2035
        ("targets", "listing-047", 25.0),  # realigned cell
    ],
)
def test_figures_read_off_the_documents(package, table, row, value):
    assert getattr(package, table).set_index("id").at[row, "value"] == value
