"""What a user's data folder may look like, and the one clear message for everything it may not."""

import csv

import pandas as pd
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from examples import up_to
from plan_monitor import DataError, check, load
from reportkit.language import using
from small_tables import TABLES


def replace(folder, table, old, new, encoding="utf-8"):
    path = folder / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_bytes(text.replace(old, new).encode(encoding))


def said_in_both(finding):
    """Whether a finding has a text in either language."""
    with using("en"):
        english = finding.text()
    return finding.text() and english


def only(findings):
    assert len(findings) == 1, [finding.text() for finding in findings]
    return findings[0]


def test_a_valid_folder_has_no_findings(folder):
    assert check(folder) == []
    package = load(folder)
    assert package.targets["value"].tolist() == [95, 98, 26581]
    assert package.targets["direction"].tolist() == ["up", "up", "up"]
    assert package.observations["value"].dtype == "float64"
    assert package.fund.empty


@pytest.mark.slow
@pytest.mark.parametrize(
    ("table", "old", "new", "row", "column", "value", "expected"),
    [
        pytest.param(
            "observations", "o-1,plan-1", "t-1,plan-1", 2, "id", "t-1", "row 2 of targets.csv has the same",
            id="an id of another table",
        ),
        pytest.param("targets", ",95,", ",many,", 2, "value", "many", "a number", id="wrong type"),
        pytest.param("targets", ",95,", ",nan,", 2, "value", "nan", "a number", id="not a number"),
        pytest.param("targets", ",95,", ",1e999,", 2, "value", "1e999", "a number", id="infinite"),
        pytest.param("targets", ",95,", ",95 ‰,", 2, "value", "95 ‰", "a figure in %", id="another sign"),
        pytest.param("targets", ">=,95,", "<=,≥95,", 2, "value", "≥95", "the cell says >=", id="two comparators"),
        pytest.param("targets", ",26581,", ",26%,", 4, "value", "26%", "is 26 % meant as 26 元", id="percent of yuan"),
        pytest.param("targets", ",95,", ",,", 2, "value", None, "only a target of kind text", id="no value"),
        pytest.param(
            "targets", "t-1,plan-1,preschool-rate,532399", "t-1,plan-1,preschool-rate,999999",
            2, "region", "999999", "listed in regions.csv", id="unknown region",
        ),
        pytest.param(
            "observations", "o-2,bulletin-1,preschool-rate", "o-2,bulletin-1,pre-school-rate",
            3, "indicator", "pre-school-rate", "listed in indicators.csv", id="unknown indicator",
        ),
        pytest.param(
            "observations", "o-2,bulletin-1", "o-2,bulletin-9",
            3, "document", "bulletin-9", "listed in documents.csv", id="unknown document",
        ),
        pytest.param("observations", "o-3,", "o-1,", 4, "id", "o-1", "row 2 has the same", id="duplicate key"),
        pytest.param("observations", "98.88", "102", 4, "value", "102", "0 to 100", id="outside bounds"),
        pytest.param(
            "observations", "12861,元", "1.2861,万元", 5, "unit", "万元", "unit of rural-income: 元", id="wrong unit"
        ),
        pytest.param("observations", ",2023,", ",2023-13,", 3, "period", "2023-13", "2020Q3", id="wrong period"),
        pytest.param("observations", "93,%,A", "93,%,D", 3, "quality", "D", "one of: A, B, C", id="unknown grade"),
        pytest.param(
            "observations", "表1", "=cmd|'/c calc'!A1", 3, "locator", "=cmd|'/c calc'!A1", "formula", id="formula"
        ),
        pytest.param(
            "indicators", "Farm income", "<script>x</script>",
            4, "name_en", "<script>x</script>", "without HTML", id="HTML",
        ),
        pytest.param("documents", "某县统计公报", "../../etc", 3, "title_zh", "../../etc", "without ../", id="path"),
        pytest.param("indicators", "retention-rate,education", "../retention,education", 3, "id", "../retention", "the form", id="path in an id"),
        pytest.param("regions", "532399,某县,A county,county,530000", "532399,某县,A county,county,532399", 3, "parent", "532399", "circle", id="circle of regions"),
    ],
)  # fmt: skip
def test_one_bad_cell_gives_one_clear_message(folder, table, old, new, row, column, value, expected):
    replace(folder, table, old, new)
    found = [f for f in check(folder) if f.file == f"{table}.csv"]
    finding = only(found)
    assert (finding.row, finding.column, finding.value) == (row, column, value)
    assert expected in finding.expected["en"]
    with using("en"):
        assert finding.text().startswith(f"{table}.csv, row {row}, column {column}")
    assert finding.text().startswith(f"{table}.csv，第 {row} 行，{column}（")
    with pytest.raises(DataError, match=f"{table}.csv"):
        load(folder)


@pytest.mark.parametrize(
    ("old", "new", "column", "expected"),
    [
        ("id,document,indicator", "id,indicator", "document", "missing"),
        ("value,", "figure,", "value", "missing"),
        ("quality,", "grade,", "grade", "unknown column"),
        ("note_en", "note_en,remark", "remark", "unknown column"),
        ("note_zh,note_en", "note_zh,note_zh", "note_zh", "twice"),
    ],
)
def test_a_wrong_header_names_the_column(folder, old, new, column, expected):
    replace(folder, "observations", old, new)
    findings = [f for f in check(folder) if f.column == column]
    assert [f.row for f in findings] == [1]
    assert expected in findings[0].expected["en"]


@pytest.mark.parametrize("separator", [";", "\t"])
def test_semicolons_and_tabs_separate_columns_too(folder, separator):
    text = (folder / "regions.csv").read_text(encoding="utf-8").replace(",", separator)
    (folder / "regions.csv").write_text(text, encoding="utf-8")
    assert load(folder).regions["name_zh"].tolist() == ["某省", "某县"]


def test_another_separator_is_no_header(folder):
    text = (folder / "regions.csv").read_text(encoding="utf-8").replace(",", "|")
    (folder / "regions.csv").write_text(text, encoding="utf-8")
    finding = only(check(folder))
    assert finding.row == 1
    assert "a header: code, name_zh" in finding.expected["en"]


def test_a_row_with_a_cell_too_few(folder):
    replace(folder, "regions", "county,530000", "county")
    finding = next(f for f in check(folder) if f.file == "regions.csv")
    assert (finding.row, finding.expected["en"]) == (3, "expected 5 cells, found 4")


def test_an_empty_and_a_missing_file(folder):
    (folder / "regions.csv").write_bytes(b"")
    (folder / "documents.csv").unlink()
    empty, missing = sorted(check(folder), key=lambda f: f.file, reverse=True)
    assert "the file is empty" in empty.expected["en"]
    assert "not found" in missing.expected["en"]


def test_a_folder_without_descriptor(tmp_path):
    assert only(check(tmp_path)).file == "datapackage.yaml"


def test_a_descriptor_without_a_table_or_with_an_unknown_one(folder):
    replace_in = (folder / "datapackage.yaml").read_text(encoding="utf-8")
    (folder / "datapackage.yaml").write_text(
        replace_in.replace("name: fund\n", "name: funds\n"), encoding="utf-8"
    )
    assert [(f.column, f.expected["en"][:13]) for f in check(folder)] == [
        ("fund", "expected this"),
        ("funds", "expected one "),
    ]


def test_a_package_older_than_some_columns_and_tables_is_simply_read(folder):
    path = folder / "datapackage.yaml"
    descriptor = yaml.safe_load(path.read_text(encoding="utf-8"))
    descriptor["resources"] = [r for r in descriptor["resources"] if r["name"] != "publication_lags"]
    schema = next(r["schema"] for r in descriptor["resources"] if r["name"] == "indicators")
    schema["fields"] = [field for field in schema["fields"] if field["name"] not in ("nature", "alike")]
    path.write_text(yaml.safe_dump(descriptor), encoding="utf-8")
    indicators = pd.read_csv(folder / "indicators.csv", dtype="str").drop(columns=["nature", "alike"])
    indicators.to_csv(folder / "indicators.csv", index=False)
    assert check(folder) == []
    package = load(folder)
    assert package.indicators[["nature", "alike"]].isna().all(axis=None)
    assert package.targets["lag"].tolist() == [0, 0, 0] and package.targets["lag_id"].isna().all()


@pytest.mark.slow
def test_the_most_particular_lag_holds(folder):
    rows = [
        *("l-1,,,6", "l-2,plan-1,,10", "l-3,,rural-income,3"),
    ]
    path = folder / "publication_lags.csv"
    header = path.read_text(encoding="utf-8")
    path.write_text(header + "".join(f"{row},个月,bulletin-1,表1,,\n" for row in rows), encoding="utf-8")
    targets = load(folder).targets.set_index("indicator")
    assert targets["lag"].to_dict() == {"preschool-rate": 10, "retention-rate": 10, "rural-income": 3}
    assert targets.loc["rural-income", "lag_id"] == "l-3"
    path.write_text(header + "l-1,,,6,个月,bulletin-1,表1,,\n", encoding="utf-8")
    assert load(folder).targets["lag"].tolist() == [6, 6, 6]


def test_an_indicator_looks_like_others_that_exist(folder):
    replace(folder, "indicators", "%,,up,0,100,stock,,", "%,,up,0,100,stock,preschool-rate no-rate,")
    finding = only(check(folder))
    assert (finding.file, finding.column, finding.row) == ("indicators.csv", "alike", 3)
    assert "ids of other indicators" in finding.expected["en"]


def test_bounds_leave_something_between_them(folder):
    replace(folder, "indicators", "%,,up,0,100,stock,,", "%,,up,100,100,stock,,")
    found = [finding for finding in check(folder) if finding.file == "indicators.csv"]
    assert [(finding.column, finding.row) for finding in found] == [("upper", 3)]
    assert "an upper bound above the lower one" in found[0].expected["en"]


def test_within_goes_down_to_the_last_part(shipped):
    inside = shipped.within("532300")
    assert inside[0] == "532300" and "532329" in inside and "100000" not in inside
    assert shipped.within("532329") == ["532329"]


def test_a_descriptor_that_is_no_yaml(folder):
    (folder / "datapackage.yaml").write_text("resources: [", encoding="utf-8")
    assert "valid data package descriptor" in only(check(folder)).expected["en"]


def test_bytes_of_no_known_encoding(folder):
    (folder / "regions.csv").write_bytes(b"\xff\xff\xff\x00")
    assert "UTF-8, UTF-16 or GBK" in only(check(folder)).expected["en"]


def test_control_characters_are_blanks(folder):
    replace(folder, "documents", "某县统计公报", "某县\x0b统计\x1f公报\x07")
    assert "某县 统计 公报" in set(load(folder).documents["title_zh"])


def test_all_findings_come_at_once(folder):
    replace(folder, "targets", ",95,", ",many,")
    replace(folder, "observations", "532399,2023", "999999,2023-13")
    replace(folder, "observations", "12861,元", "12861,万元")
    found = {(f.file, f.row, f.column) for f in check(folder)}
    assert found == {
        ("targets.csv", 2, "value"),
        ("observations.csv", 3, "region"),
        ("observations.csv", 3, "period"),
        ("observations.csv", 5, "unit"),
    }


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_excel_encodings_are_simply_read(folder, encoding):
    for path in folder.glob("*.csv"):
        path.write_bytes(path.read_text(encoding="utf-8").encode(encoding))
    assert load(folder).regions["name_zh"].tolist() == ["某省", "某县"]


def test_crlf_blank_rows_and_trailing_commas_are_simply_read(folder):
    for path in folder.glob("*.csv"):
        lines = path.read_text(encoding="utf-8").splitlines()
        blank = "," * lines[0].count(",")
        path.write_bytes("\r\n".join([*(line + ",," for line in lines), blank, ""]).encode())
    assert len(load(folder).targets) == 3


@pytest.mark.parametrize("written", ["２６５８１", "26,581", "２６，５８１", " 26581 ", "+26581"])
def test_full_width_digits_and_thousands_separators_are_simply_read(folder, written):
    replace(folder, "targets", "26581", f'"{written}"')
    assert load(folder).targets["value"].iloc[2] == 26581


def test_row_numbers_are_a_spreadsheets_even_after_blank_rows(folder):
    replace(folder, "observations", "o-2,", "\n\no-2,")
    replace(folder, "observations", ",2023,", ",soon,")
    assert only(check(folder)).row == 5


def test_select_keeps_measured_figures_of_any_publisher(package):
    part = package.select(document="plan-1", region="某县", indicator="preschool-rate")
    assert part.targets["id"].tolist() == ["t-1"]
    assert part.observations["id"].tolist() == ["o-1", "o-2"]


@pytest.mark.slow
def test_select_by_domain_and_english_name(package):
    part = package.select(domain="rural-revitalization", region="A county")
    assert part.targets["id"].tolist() == ["t-3"]
    assert part.observations["id"].tolist() == ["o-4"]


def test_an_unknown_region_is_named_with_those_that_exist(package):
    with pytest.raises(KeyError, match="532399 某县"):
        package.select(region="Atlantis")


def test_parts_are_what_reading_every_row_finds(shipped):
    for region in shipped.regions["code"]:
        inside = [code for code in shipped.regions["code"] if region in shipped.above(code)]
        assert shipped.within(region) == [region, *inside]
        part = shipped.select(document=["edu-145", "rural-145"], region=shipped.within(region))
        for table in ("targets", "observations", "responsibilities", "standards"):
            rows = getattr(shipped, table)
            rows = rows[rows["region"].isin([region, *inside])] if "region" in rows else rows
            rows = rows[rows["document"].isin(["edu-145", "rural-145"])] if table != "observations" else rows
            pd.testing.assert_frame_equal(getattr(part, table), rows.reset_index(drop=True))


def test_above_goes_up_to_the_nation(package):
    assert package.above("532399") == ["530000"]


@pytest.mark.slow
@settings(max_examples=up_to(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raw=st.binary(max_size=400))
def test_no_bytes_crash_the_loader(folder, raw):
    (folder / "observations.csv").write_bytes(raw)
    assert all(map(said_in_both, check(folder)))


@pytest.mark.slow
@settings(max_examples=up_to(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_cells_crash_the_loader(folder, data):
    """Any text under the right header gives findings that name the row, or a table that loads."""
    for table in ("targets", "observations", "indicators", "regions"):
        header, first, *_ = TABLES[table].splitlines()
        cells = first.split(",")
        for column in data.draw(st.sets(st.integers(0, len(cells) - 1), max_size=3)):
            cells[column] = data.draw(
                st.text(max_size=6) | st.sampled_from(["-", "1e9", "2020", "全部", "=1"])
            )
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([header.split(","), cells])
    findings = check(folder)
    assert all(map(said_in_both, findings))
    if not findings:
        load(folder)


@pytest.mark.slow
@settings(max_examples=up_to(30), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    values=st.lists(st.floats(0, 1e9, allow_nan=False).map(lambda v: round(v, 4)), min_size=1, max_size=8),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "gb18030"]),
    ending=st.sampled_from(["\n", "\r\n"]),
)
def test_written_figures_are_read_back(folder, values, encoding, ending):
    header, *_ = TABLES["observations"].splitlines()
    rows = [
        f'r-{i},plan-1,rural-income,532399,20{10 + i},=,"{value:,.4f}",元,A,printed,,第一章 表{i},,'
        for i, value in enumerate(values)
    ]
    (folder / "observations.csv").write_bytes(ending.join([header, *rows]).encode(encoding))
    pd.testing.assert_series_equal(
        load(folder).observations["value"], pd.Series(values, name="value"), check_exact=False, rtol=1e-12
    )


def test_a_package_cannot_be_changed_and_one_loaded_again_notices_every_change_of_its_files(folder):
    first = load(folder)
    rows = first.targets
    rows.loc[0, "value"] = -1.0
    rows["added"] = 1
    with pytest.warns(pd.errors.ChainedAssignmentError):
        first.targets["added"] = 1
    assert first.targets.loc[0, "value"] == load(folder).targets.loc[0, "value"] == 95
    assert "added" not in first.targets
    path = folder / "targets.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",95,", ",96,"), encoding="utf-8")
    assert load(folder).targets.loc[0, "value"] == 96
    path.write_text(path.read_text(encoding="utf-8").replace(",96,", ",many,"), encoding="utf-8")
    with pytest.raises(DataError):
        load(folder)


@pytest.mark.parametrize("period", ["2021-06", "2021/2025"])
def test_where_a_year_is_wanted_a_year_is_the_example(folder, period):
    path = folder / "monitoring_lines.csv"
    header = path.read_text(encoding="utf-8").strip().split(",")
    row = {"id": "l-1", "region": "532399", "period": period, "line": "7000", "document": "bulletin-1"}
    row |= {"unit": "元", "locator": "表1", "reading": "printed"}
    with path.open("a", encoding="utf-8") as file:
        file.write(",".join(row.get(name, "") for name in header) + "\n")
    finding = next(one for one in check(folder) if one.column == "period")
    assert finding.expected["en"] == "expected a period such as 2020"
