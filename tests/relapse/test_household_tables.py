"""Households and monitoring lines as a bureau hands them over: read, or refused with the exact cell."""

import csv
import subprocess
import sys
from pathlib import Path

import pytest

from plan_monitor import check, load

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "data/samples/households_synthetic.csv"
HEADER = SAMPLE.open(encoding="utf-8").readline().strip().split(",")
ROW = {
    **{"region": "532399", "period": "2024", "code": "H1", "township": "某镇", "status": "lifted"},
    **{"members": "4", "workers": "2", "ill_members": "0", "wage": "18200", "business": "6300"},
    **{"property": "0", "transfer": "3100", "medical": "1200", "education": "800", "disaster": "0"},
    **{"school": "yes", "insured": "yes", "housing": "yes", "water": "yes", "monitored": ""},
    "document": "bulletin-1",
}
LINE = {"id": "line-1", "region": "532399", "period": "2024", "line": "7000", "loss": "30"}
LINE |= {"document": "bulletin-1", "locator": "第一条"}


@pytest.fixture
def write(folder):
    """Write households and their lines; give back what is wrong with them, by row and column."""

    def written(*rows, lines=(LINE,), encoding="utf-8"):
        for name, header, content in (
            ("households", HEADER, rows),
            ("monitoring_lines", [*LINE, "note_zh", "note_en"], lines),
        ):
            with (folder / f"{name}.csv").open("w", encoding=encoding, newline="") as file:
                writer = csv.DictWriter(file, header, restval="")
                writer.writeheader()
                writer.writerows(content)
        return {(f.row, f.column): f for f in check(folder)}

    return written


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-8-sig"])
def test_a_good_table_is_read_however_a_spreadsheet_saved_it(write, folder, encoding):
    spelled = ROW | {"code": "Ｈ２", "wage": "１８，２００", "workers": "", "status": "ｌｉｆｔｅｄ"}
    assert write(ROW, spelled, encoding=encoding) == {}
    households = load(folder).households
    assert households["code"].tolist() == ["H1", "H2"]
    assert households["wage"].tolist() == [18200, 18200]
    assert households["workers"].isna().tolist() == [False, True]
    assert households["status"].unique().tolist() == ["lifted"]


@pytest.mark.parametrize(
    ("change", "column", "zh", "en"),
    [
        ({"members": ""}, "members", "必填（家庭人口）", "expected a value; this column may not be empty"),
        (
            {"members": "0", "workers": "0"},
            "members",
            "应为不小于 1 的数字",
            "expected a number of at least 1",
        ),
        ({"members": "3.5"}, "members", "应为整数", "expected a whole number"),
        ({"wage": "-1"}, "wage", "应为不小于 0 的数字", "expected a number of at least 0"),
        ({"business": "亏损"}, "business", "应为数字", "expected a number"),
        ({"transfer": ""}, "transfer", "必填", "may not be empty"),
        ({"status": "富裕户"}, "status", "应为以下之一：脱贫户, 一般农户", "expected one of: lifted, other"),
        (
            {"monitored": "poor"},
            "monitored",
            "应为以下之一：脱贫不稳定户, 边缘易致贫户, 突发严重困难户",
            "expected one of: unstable",
        ),
        ({"water": "大概"}, "water", "应为以下之一：是, 否", "expected one of: yes, no"),
        ({"workers": "5"}, "workers", "不应多于家庭人口", "no more than the household's members"),
        ({"ill_members": "4.5"}, "ill_members", "应为整数", "expected a whole number"),
        ({"region": "999999"}, "region", "在 regions.csv 中没有此编号", "listed in regions.csv"),
        ({"period": "2024Q1"}, "period", "应为时期", "expected a period"),
        ({"township": "=cmd"}, "township", "不能以 = + - @ 开头", "would run as a formula"),
        ({"township": "<b>x"}, "township", "不含 HTML", "without HTML"),
    ],
)
def test_a_faulty_cell_is_named_with_what_was_expected(write, change, column, zh, en):
    findings = write(ROW, ROW | {"code": "H2"} | change)
    assert list(findings) == [(3, column)]
    finding = findings[3, column]
    assert finding.file == "households.csv"
    assert zh in finding.expected["zh"]
    assert en in finding.expected["en"]


def test_a_household_has_one_row_a_year(write):
    findings = write(ROW, ROW | {"code": "H2"}, ROW)
    assert list(findings) == [(4, "code")]
    assert "row 2 of households.csv has the same" in findings[4, "code"].expected["en"]


def test_all_faults_are_told_at_once(write):
    findings = write(ROW | {"members": "", "wage": "-5"}, ROW | {"code": "H2", "status": "rich"}, ROW)
    assert set(findings) >= {(2, "members"), (2, "wage"), (3, "status"), (4, "code")}


def test_incomes_in_ten_thousands_are_noticed_once(write):
    small = {"wage": "1.82", "business": "0.63", "transfer": "0.31"}
    findings = write(ROW | small, ROW | small | {"code": "H2"})
    assert list(findings) == [(2, "wage")]
    assert "不足 300 元；收入应以元填写" in findings[2, "wage"].expected["zh"]
    assert write(ROW | dict.fromkeys(small, "0")) == {}  # nothing earned is no wrong unit


def test_every_year_needs_a_line_of_the_region_or_of_one_above(write):
    findings = write(ROW, ROW | {"code": "H2"}, ROW | {"period": "2025"})
    assert list(findings) == [(4, "period")]
    assert (
        "expected a line for 532399 in 2025; add it to monitoring_lines.csv"
        in findings[4, "period"].expected["en"]
    )
    above = LINE | {"region": "530000"}
    assert write(ROW, lines=[above]) == {}
    assert write(ROW, lines=[LINE, LINE | {"id": "line-2"}])[3, "period"].value == "532399 · 2024"


def test_the_nearest_line_counts(write, folder):
    above = [LINE | {"id": f"above-{year}", "region": "530000", "period": year} for year in ("2023", "2024")]
    above[1]["line"] = "9999"
    assert write(ROW, lines=[*above, LINE]) == {}
    package = load(folder)
    found = package.nearest("monitoring_lines", "532399")
    assert found["id"].tolist() == ["above-2023", "line-1"]
    assert found.columns.tolist() == package.monitoring_lines.columns.tolist()


def test_the_sample_is_what_its_script_makes_and_says_so(tmp_path, generator):
    script = ROOT / "data/samples/generate_households.py"
    copy = tmp_path / script.name
    copy.write_text(script.read_text(encoding="utf-8"), encoding="utf-8")
    subprocess.run([sys.executable, str(copy)], check=True)
    assert (tmp_path / SAMPLE.name).read_bytes() == SAMPLE.read_bytes()
    package = load(ROOT / "data")
    assert package.households["code"].nunique() == 3000
    assert package.households["period"].unique().tolist() == ["2021", "2022", "2023"]
    assert package.synthetic(package.households)
    lines = package.nearest("monitoring_lines", generator.REGION)
    assert dict(zip(lines["period"], lines["line"], strict=True)) == generator.LINE
    assert lines["loss"].eq(100 * generator.LOSS).all()
