"""Accounts, warning lines and stress tests as a bureau hands them over: read, or refused with the exact cell."""

import csv
import subprocess
import sys

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from examples import up_to
from plan_monitor import check, load
from plan_monitor.fund import applicable
from reportkit.language import using

pytestmark = pytest.mark.slow

ROW = {
    **{"document": "bulletin-1", "scheme": "residents", "region": "532399", "basis": "final"},
    **{"enrollees": "71.2", "unit": "万元", "income": "64080", "expenditure": "61500", "balance": "42300"},
    **{"quality": "A", "locator": "表1"},
}
MONEY = ("income", "expenditure", "period_balance", "balance")
PERIODS = "expected a period such as 2024, 2024-06, 2024-01/2024-06"


def account(period, **given):
    """A row of the accounts of a period."""
    found = ROW | {"period": period} | given
    name = f"{found['scheme']}-{period}-{found['basis']}".lower().replace("/", "-").replace(".", "-")
    return {"id": name} | found


GOOD = [account("2024"), account("2025"), account("2026-06", income="5300"), account("2026-01/2026-06")]


@pytest.fixture
def write(folder):
    """Write rows of a table; give back what is wrong with the folder."""

    def written(*rows, table="fund", encoding="utf-8"):
        path = folder / f"{table}.csv"
        header = (
            path.read_text(encoding="utf-8", errors="replace").lstrip("\ufeff").splitlines()[0].split(",")
        )
        with path.open("w", encoding=encoding, newline="") as file:
            writer = csv.DictWriter(file, header, restval="")
            writer.writeheader()
            writer.writerows(rows)
        return check(folder)

    return written


def places(found):
    return [(finding.row, finding.column) for finding in found]


def test_years_months_and_sums_to_date_are_read(write, folder):
    assert write(*GOOD) == []
    fund = load(folder).fund
    assert fund["period"].tolist() == ["2024", "2025", "2026-06", "2026-01/2026-06"]
    assert fund["income"].tolist() == [64080, 64080, 5300, 64080]
    assert fund["period_balance"].isna().all()


def test_a_bureaus_own_words_are_read(write, folder):
    spelled = account(
        "2025年", scheme="居民医保", basis="决算", balance="42300万元", region="某县", locator=""
    )
    assert write(spelled | {"id": "", "document": "某县统计公报"}) == []
    row = load(folder).fund.iloc[0]
    assert row[["scheme", "basis", "region", "period"]].tolist() == ["residents", "final", "532399", "2025"]
    assert (row["balance"], row["document"]) == (42300, "bulletin-1")
    assert row["locator"] == "录入表 fund.csv 第 2 行（未写原文位置）"


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16"])
def test_what_a_spreadsheet_does_is_simply_read(write, folder, encoding):
    spelled = account(
        "2025", income="６４，０８０", expenditure="61,500.00", region="５３２３９９", balance=" 42300 "
    )
    assert write(account("2024", note_zh="居民"), spelled, encoding=encoding) == []
    fund = load(folder).fund
    assert fund[["income", "expenditure", "balance"]].iloc[1].tolist() == [64080, 61500, 42300]
    assert fund["note_zh"].iloc[0] == "居民"


@pytest.mark.parametrize(
    ("change", "column", "expected"),
    [
        ({"expenditure": "-61500"}, "expenditure", "expected a number of at least 0"),
        ({"income": "-1"}, "income", "expected a number of at least 0"),
        ({"income": "无"}, "income", "expected a number"),
        ({"expenditure": "约61500"}, "expenditure", "expected a number"),
        ({"balance": "61500亿元"}, "balance", "a figure in 万元: is 61500 亿元 meant as 61500 万元"),
        ({"unit": "元"}, "unit", "expected one of: 亿元, 万元"),
        ({"unit": ""}, "unit", "may not be empty"),
        ({"scheme": "大病"}, "scheme", "expected one of: all, employees, residents"),
        ({"basis": "估算"}, "basis", "expected one of: preliminary, final, derived"),
        ({"quality": "D"}, "quality", "expected one of: A, B, C"),
        ({"region": "999999"}, "region", "listed in regions.csv"),
        ({"document": "unheard-of"}, "document", "listed in documents.csv"),
        ({"one_off": "income,pension"}, "one_off", "expected the form"),
        ({"new_scope": "maternity"}, "new_scope", "expected the form"),
        ({"note_zh": "=HYPERLINK(1)"}, "note_zh", "formula"),
    ],
)
def test_one_clear_message_for_a_bad_cell(write, change, column, expected):
    found = write(account("2024"), account("2025") | change, account("2026"))
    assert places(found) == [(3, column)]
    assert found[0].file == "fund.csv" and found[0].value == (change[column] or None)
    assert expected in found[0].expected["en"]


@pytest.mark.parametrize(
    "period",
    ["2025Q1", "2024/2025", "2025-13", "2025-02/2025-06", "2025-01/2026-06", "25"],
)
def test_a_period_is_a_year_a_month_or_january_to_a_month(write, period):
    found = write(account("2024"), account("2025") | {"period": period})
    assert [(f.row, f.column, f.value, f.expected["en"]) for f in found] == [(3, "period", period, PERIODS)]
    assert "应为时期，如 2024, 2024-06, 2024-01/2024-06" in found[0].text()


def test_a_deficit_is_no_mistake(write):
    assert write(account("2024", period_balance="-2500", balance="-12.5")) == []


def test_a_missing_year_is_asked_for_with_scheme_and_region(write):
    found = write(account("2020"), account("2023"), account("2024", scheme="employees"))
    with using("en"):
        texts = [f.text() for f in found]
    assert texts == [
        'fund.csv, row 3, column period: "2023" – expected rows for 2021, 2022 too (residents, 532399); '
        "with empty figures where none are published"
    ]
    assert "缺 2021, 2022 年的行" in found[0].text()


def test_a_year_nobody_published_is_an_empty_row(write, folder):
    empty = account("2021") | dict.fromkeys(("enrollees", *MONEY), "")
    assert write(account("2022"), account("2020"), empty) == []
    assert load(folder).fund["income"].isna().tolist() == [False, False, True]


def test_months_may_be_missing(write):
    assert write(account("2026-01", income="5300"), account("2026-05", income="5400")) == []


def test_two_rows_for_one_year_name_each_other(write):
    twice = account("2024", income="64100") | {"id": "again"}
    found = write(account("2024"), account("2025"), twice)
    with using("en"):
        texts = [f.text() for f in found]
    assert texts == [
        'fund.csv, row 4, column basis: "532399 · residents · 2024 · final" – expected one row for each '
        "region · scheme · period · basis; row 2 of fund.csv has the same"
    ]


def test_preliminary_and_final_figures_of_one_year_stand_side_by_side(write):
    assert (
        write(account("2024"), account("2024", basis="preliminary"), account("2024", basis="derived")) == []
    )


def test_another_unit_is_one_message_for_each_row_that_has_it(write):
    """The other figures of the row are those of that unit, and not a thousand times too small besides."""
    hundred_million = {"unit": "亿元", "income": "6.408", "expenditure": "6.15", "balance": "4.23"}
    found = write(
        account("2023"), account("2024") | hundred_million, account("2025"), account("2026", unit="亿元")
    )
    assert places(found) == [(3, "unit"), (5, "unit")]
    with using("en"):
        text = found[0].text()
    assert text == (
        'fund.csv, row 3, column unit: "亿元" – expected 万元, the unit of the region\'s other rows; please convert'
    )
    assert "金额单位应为“万元”" in found[0].text()


def test_each_region_has_its_own_unit(write):
    province = account("2024", region="530000", unit="亿元", income="410.5") | {"id": "province"}
    assert write(account("2024"), province) == []


@pytest.mark.parametrize(
    ("column", "value"),
    [("income", "6.408"), ("expenditure", "615000000"), ("balance", "4.23"), ("enrollees", "712000")],
)
def test_a_figure_in_another_unit_under_the_name_of_the_first_is_noticed(write, column, value):
    found = write(*(account(str(year)) for year in (2021, 2022, 2023)), account("2024") | {column: value})
    assert [(f.row, f.column, f.value) for f in found] == [(5, column, f"{float(value):.15g}")]
    assert "a thousand times more or less than in other periods" in found[0].expected["en"]


def test_a_month_is_not_held_against_years(write):
    """Were it, a month of a small fund beside its years would be refused."""
    small = {"income": "50", "expenditure": "50", "balance": "42300"}
    assert write(account("2024"), account("2025"), account("2026-01") | small) == []


def test_all_findings_come_at_once_and_in_order(write):
    found = write(
        account("2024", income="-5", quality="E"),
        account("2025", scheme="x", enrollees="约70"),
        account("2026", region="1", unit="美元"),
    )
    assert set(places(found)) == {
        *((2, "income"), (2, "quality")),
        *((3, "scheme"), (3, "enrollees")),
        *((4, "region"), (4, "unit")),
    }
    assert [finding.row for finding in found] == sorted(finding.row for finding in found)


BAND = {
    **{
        "ratio": "reserve_months",
        "comparator": "<",
        "severity": "ok",
        "label_zh": "正常",
        "label_en": "normal",
    },
    **{"document": "bulletin-1", "locator": "表2"},
}


def band(name, upper, **given):
    return BAND | {"id": name, "upper": upper} | given


HIGHEST = band("high", "", comparator="")


@pytest.mark.parametrize(
    ("rows", "place", "expected"),
    [
        ([band("low", "3", severity="alarm"), HIGHEST], None, None),
        (
            [band("low", "3", scheme="residents"), band("high-residents", "", scheme="residents"), HIGHEST],
            None,
            None,
        ),
        (
            [band("low", "3", comparator=""), HIGHEST],
            (2, "comparator"),
            "expected < or <= beside an upper limit",
        ),
        (
            [band("low", "3"), HIGHEST, HIGHEST | {"id": "higher"}],
            (4, "upper"),
            "one band without an upper limit",
        ),
        ([band("low", "3")], (2, "upper"), "expected a highest band too"),
        ([band("low", "3"), HIGHEST | {"scheme": "residents"}], (2, "upper"), "expected a highest band too"),
        (
            [band("low", "3"), band("same", "3"), HIGHEST],
            (3, "upper"),
            "a band of this ratio has the same",
        ),
        ([band("low", "3", severity="red"), HIGHEST], (2, "severity"), "one of: ok, watch, alarm"),
        ([band("low", "3", ratio="months"), HIGHEST], (2, "ratio"), "one of: reserve_months"),
        ([band("low", "三"), HIGHEST], (2, "upper"), "a number"),
    ],
)
def test_warning_lines_leave_no_gap_and_do_not_overlap(write, rows, place, expected):
    found = write(*rows, table="fund_bands")
    assert places(found) == ([place] if place else [])
    if place:
        assert found[0].file == "fund_bands.csv" and expected in found[0].expected["en"]


SCENARIO = {"id": "s-1", "name_zh": "情景", "name_en": "A test", "document": "bulletin-1", "locator": "表3"}


@pytest.mark.parametrize(
    ("change", "column", "expected"),
    [
        ({"income_growth": "-2", "saving": "5"}, None, None),
        ({"retiree_share": "0.5", "retiree_cost": "3"}, None, None),
        ({"retiree_share": "0.5"}, "retiree_cost", "the cost of a retiree beside their share"),
        ({"retiree_share": "0.5", "retiree_cost": "0"}, "retiree_cost", "at least 0.1"),
        ({"saving": "100"}, "saving", "expected a number of at most 99"),
        ({"income_growth": "-2%"}, "income_growth", "a number"),
        ({"schemes": "employees employees-pooled"}, None, None),
        ({"schemes": "employees,residents"}, "schemes", "expected the form"),
        ({"schemes": "pension"}, "schemes", "expected the form"),
        ({"name_zh": ""}, "name_zh", "may not be empty"),
    ],
)
def test_a_stress_test_says_all_it_needs(write, change, column, expected):
    found = write(SCENARIO | change, table="fund_scenarios")
    assert places(found) == ([(2, column)] if column else [])
    if column:
        assert found[0].file == "fund_scenarios.csv" and expected in found[0].expected["en"]


def test_stress_tests_of_before_there_were_schemes_are_read_all_the_same(write, folder):
    """With an old table, and with its old descriptor too."""
    path, descriptor = folder / "fund_scenarios.csv", folder / "datapackage.yaml"
    path.write_text(path.read_text(encoding="utf-8-sig").replace("schemes,", "", 1), encoding="utf-8")
    rows = [SCENARIO, SCENARIO | {"id": "s-2"}]
    assert write(*rows, table="fund_scenarios") == []
    assert "schemes" not in path.read_text(encoding="utf-8")
    assert check(folder) == []
    assert load(folder).fund_scenarios["schemes"].isna().all()
    content = yaml.safe_load(descriptor.read_text(encoding="utf-8"))
    for resource in content["resources"]:
        if resource["name"] == "fund_scenarios":
            fields = resource["schema"]["fields"]
            resource["schema"]["fields"] = [field for field in fields if field["name"] != "schemes"]
    descriptor.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    assert check(folder) == []
    tests = load(folder).fund_scenarios
    assert len(applicable(tests, "residents")) == len(rows)


def test_any_other_column_is_still_needed(folder):
    path = folder / "fund_scenarios.csv"
    path.write_text(path.read_text(encoding="utf-8-sig").replace("saving", "savings", 1), encoding="utf-8")
    assert {("savings", None)} == {(f.column, f.value) for f in check(folder)}
    path.write_text(path.read_text(encoding="utf-8").replace("name_zh", "name", 1), encoding="utf-8")
    assert {("savings", None), ("name_zh", None), ("name", None)} == {
        (f.column, f.value) for f in check(folder)
    }


def test_the_command_says_everything_and_ends_with_status_2(write, folder):
    write(account("2024", expenditure="-5"), account("2026"))
    before = sorted(path.name for path in folder.rglob("*"))
    command = [sys.executable, "-m", "plan_monitor.cli", "check", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    said = done.stdout + done.stderr
    assert done.returncode == 2
    assert "fund.csv" in said and "-5" in said and "Traceback" not in said
    assert sorted(path.name for path in folder.rglob("*")) == before


@settings(max_examples=up_to(25), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations([*GOOD, account("2025", basis="preliminary"), account("2024", scheme="employees")]))
def test_the_order_of_rows_does_not_matter(write, rows):
    assert write(*rows) == []


@settings(max_examples=up_to(25), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.integers(0, len(GOOD) - 1),
    st.sampled_from(["income", "expenditure", "enrollees", "workers", "retirees"]),
    st.floats(0.01, 1e9),
)
def test_a_negative_figure_is_one_message_wherever_it_stands(write, place, column, amount):
    rows = [dict(row) for row in GOOD]
    rows[place][column] = f"-{amount:.2f}"
    found = write(*rows)
    assert places(found) == [(place + 2, column)]
    assert found[0].value == rows[place][column]
