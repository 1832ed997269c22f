"""School tables, answers and unit costs as a bureau hands them over: read, or refused with the exact cell."""

import csv
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from plan_monitor import check, load

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
SCHOOLS = ROOT / "data/samples/schools_synthetic.csv"
HEADER = SCHOOLS.read_text(encoding="utf-8").splitlines()[0].split(",")
ROW = {
    **{"region": "532399", "period": "2024", "code": "5323990001", "name_zh": "城关小学", "type": "primary"},
    **{"level": "primary", "students": "1260", "classes": "30", "largest_class": "45"},
    **{"teachers_above_degree": "53", "backbone_teachers": "13", "pe_arts_teachers": "12"},
    **{
        "teaching_area": "5670.5",
        "sports_area": "9450",
        "equipment_value": "2520000",
        "multimedia_rooms": "29",
    },
    **{"music_rooms": "3", "smallest_music_room": "96", "art_rooms": "3", "smallest_art_room": "90"},
    "document": "bulletin-1",
}
SHARED = ("teaching_area", "sports_area", "equipment_value", "multimedia_rooms")
ROOMS = ("music_rooms", "smallest_music_room", "art_rooms", "smallest_art_room")
NINE = [
    ROW | {"type": "nine-year", "level": level} | dict.fromkeys((*SHARED, *ROOMS), "")
    for level in ("primary", "junior")
]
WHOLE = ROW | {"type": "nine-year", "level": "whole"}
WHOLE |= dict.fromkeys(("students", "classes", "largest_class"), "")
WHOLE |= dict.fromkeys(("teachers_above_degree", "backbone_teachers", "pe_arts_teachers"), "")


@pytest.fixture
def write(folder):
    """Write rows of schools.csv; give back what is wrong with them, by row and column."""

    def written(*rows, encoding="utf-8"):
        with (folder / "schools.csv").open("w", encoding=encoding, newline="") as file:
            writer = csv.DictWriter(file, HEADER, restval="")
            writer.writeheader()
            writer.writerows(rows)
        return {(f.row, f.column): f for f in check(folder)}

    return written


def test_a_good_table_is_read(write, folder):
    assert write(ROW, *[row | {"code": "2"} for row in (*NINE, WHOLE)]) == {}
    schools = load(folder).schools
    assert schools["students"].tolist()[:3] == [1260, 1260, 1260]
    assert schools["teaching_area"].isna().tolist() == [False, True, True, False]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig"])
def test_what_a_spreadsheet_does_is_simply_read(write, folder, encoding):
    spelled = ROW | {"students": "１，２６０", "equipment_value": "2,520,000", "level": "ｐｒｉｍａｒｙ"}
    spelled |= {"sports_area": " 9450.0 ", "code": "５３２３９９０００１"}
    assert write(spelled, encoding=encoding) == {}
    row = load(folder).schools.iloc[0]
    assert row[["students", "equipment_value", "sports_area"]].tolist() == [1260, 2_520_000, 9450]
    assert (row["code"], row["level"], row["name_zh"]) == ("5323990001", "primary", "城关小学")


def test_an_empty_cell_is_not_known_and_not_zero(write, folder):
    assert write(ROW | {"sports_area": ""}) == {}
    assert load(folder).schools["sports_area"].isna().all()


@pytest.mark.parametrize(
    ("change", "column", "expected"),
    [
        ({"backbone_teachers": "无"}, "backbone_teachers", "0 for none"),
        ({"students": "约1260"}, "students", "a number"),
        ({"students": ""}, "students", "the number of pupils"),
        ({"students": "-5"}, "students", "at least 0"),
        ({"students": "1260.5"}, "students", "whole number"),
        ({"multimedia_rooms": "2.5"}, "multimedia_rooms", "whole number"),
        ({"level": "大学"}, "level", "one of: primary"),
        ({"level": "junior"}, "level", "one of: primary"),
        ({"type": "school"}, "type", "one of: primary"),
        ({"region": "999999"}, "region", "listed in regions.csv"),
        ({"document": "unheard-of"}, "document", "listed in documents.csv"),
        ({"code": "../1"}, "code", "the form"),
        ({"name_zh": "=HYPERLINK(1)"}, "name_zh", "formula"),
        ({"name_zh": "<b>学校</b>"}, "name_zh", "HTML"),
        ({"period": "2024-09"}, "period", "period"),
        ({"period": ""}, "period", "may not be empty"),
    ],
)
def test_one_clear_message_for_a_bad_cell(write, change, column, expected):
    findings = write(ROW, ROW | {"code": "2"} | change)
    assert list(findings) == [(3, column)]
    finding = findings[3, column]
    assert finding.file == "schools.csv"
    assert expected in finding.expected["en"]
    assert finding.value == (change[column] or None)


@pytest.mark.parametrize(
    ("rows", "place", "expected"),
    [
        ([*NINE, WHOLE | {"students": "300"}], (4, "students"), "rows of levels"),
        ([*NINE, WHOLE | {"pe_arts_teachers": "3"}], (4, "pe_arts_teachers"), "rows of levels"),
        ([NINE[0] | {"sports_area": "9"}, NINE[1], WHOLE], (2, "sports_area"), "row whole has this figure"),
        ([NINE[0], WHOLE], (2, "level"), "a row for each level of the school: primary, junior"),
        ([ROW | {"type": "nine-year"}], (2, "level"), "a row for each level of the school: primary, junior"),
        ([ROW, ROW | {"level": "whole", "students": ""}], (3, "level"), "one of: primary"),
    ],
)
def test_nothing_is_counted_twice_or_half(write, rows, place, expected):
    findings = write(*rows)
    assert place in findings
    assert expected in findings[place].expected["en"]


def test_the_same_school_and_level_twice_names_both_rows(write):
    findings = write(ROW, ROW | {"students": "9"})
    assert list(findings) == [(3, "level")]
    assert "row 2 of schools.csv has the same" in findings[3, "level"].expected["en"]
    assert findings[3, "level"].value == "532399 · 2024 · 5323990001 · primary"


def test_all_findings_come_at_once(write):
    findings = write(
        ROW | {"students": "无", "level": "x"}, ROW | {"code": "2", "region": "1", "students": "-1"}
    )
    assert set(findings) == {(2, "students"), (2, "level"), (3, "region"), (3, "students")}


def extend(folder, table, *lines):
    path = folder / f"{table}.csv"
    path.write_text(
        path.read_text(encoding="utf-8") + "".join(f"{line}\n" for line in lines), encoding="utf-8"
    )


@pytest.mark.parametrize(
    ("line", "column", "expected"),
    [
        ("532399,2024,s-1,95,,bulletin-1,表1,,", None, None),
        ("532399,2024,s-2,,yes,bulletin-1,表1,,", None, None),
        ("532399,2024,s-1,,yes,bulletin-1,表1,,", "value", "a number, as the standard has one"),
        ("532399,2024,s-2,1,,bulletin-1,表1,,", "answer", "yes or no"),
        ("532399,2024,s-1,195,,bulletin-1,表1,,", "value", "bounds: 0 to 100"),
        ("532399,2024,s-2,,maybe,bulletin-1,表1,,", "answer", "yes, no"),
        ("532399,2024,s-9,1,,bulletin-1,表1,,", "standard", "listed in standards.csv"),
        ("532399,2024,s-1,九成,,bulletin-1,表1,,", "value", "a number"),
    ],
)
def test_answers_fit_their_standards(folder, line, column, expected):
    extend(
        folder,
        "standards",
        "s-1,plan-1,quality,第一条,county,retention-rate,530000,2024,>=,95,%,printed,附件1,,",
        "s-2,plan-1,quality,第二条,county,preschool-rate,530000,2024,,,%,printed,附件1,,",
    )
    extend(folder, "answers", line)
    findings = check(folder)
    assert [(f.file, f.row) for f in findings][:1] == ([("answers.csv", 2)] if column else [])
    if column:
        assert findings[0].column == column
        assert expected in findings[0].expected["en"]


def test_a_unit_cost_is_positive_or_missing(folder):
    extend(
        folder,
        "unit_costs",
        "c-1,retention-rate,,元/人,plan-1,表1,,",
        "c-2,preschool-rate,0,元/人,plan-1,表1,,",
        "c-3,preschool-rate,9,元/人,plan-1,表1,,",
    )
    assert [(f.row, f.column) for f in check(folder)] == [(3, "unit_cost"), (4, "indicator")]


def test_a_state_of_a_promise_that_does_not_exist(folder):
    extend(folder, "milestone_status", "m-1,2024-06,finished,bulletin-1,表1,,")
    assert {(f.column, f.row) for f in check(folder)} == {("milestone", 2), ("state", 2)}


def with_sample(folder, *lines):
    """Let the folder's descriptor name a second file of schools, as the shipped one does."""
    path = folder / "datapackage.yaml"
    descriptor = yaml.safe_load(path.read_text(encoding="utf-8"))
    schools = next(r for r in descriptor["resources"] if r["name"] == "schools")
    descriptor["resources"].append(
        {**schools, "name": "schools-more", "path": "samples/more.csv", "table": "schools"}
    )
    path.write_text(yaml.safe_dump(descriptor), encoding="utf-8")
    (folder / "samples").mkdir()
    text = "\n".join([",".join(HEADER), *(",".join(row.get(c, "") for c in HEADER) for row in lines)])
    (folder / "samples/more.csv").write_text(text, encoding="utf-8")


def test_a_table_may_lie_in_two_files(write, folder):
    with_sample(folder, ROW | {"code": "2"})
    assert write(ROW) == {}
    assert load(folder).schools["code"].tolist() == ["5323990001", "2"]
    findings = write(ROW | {"code": "2"})
    assert [f.file for f in findings.values()] == ["more.csv"]
    assert "row 2 of schools.csv has the same" in next(iter(findings.values())).expected["en"]
    (folder / "samples/more.csv").unlink()  # a sample may be left behind
    assert check(folder) == []


def test_the_synthetic_county_is_what_its_script_makes_and_says_so(tmp_path):
    script = ROOT / "data/samples/generate_schools.py"
    copy = tmp_path / script.name
    copy.write_text(script.read_text(encoding="utf-8"), encoding="utf-8")
    subprocess.run([sys.executable, str(copy)], check=True)
    assert (tmp_path / SCHOOLS.name).read_bytes() == SCHOOLS.read_bytes()
    package = load(ROOT / "data")
    made_up = package.schools[package.schools["region"] == "990001"]
    assert made_up["code"].nunique() in range(35, 46)
    assert package.synthetic(made_up)
    assert package.synthetic(package.answers)
    assert not package.synthetic(package.observations)
    names = package.regions.set_index("code").loc["990001", ["name_zh", "name_en"]]
    assert "合成" in names.iloc[0] and "synthetic" in names.iloc[1]
    descriptor = yaml.safe_load((ROOT / "data/datapackage.yaml").read_text(encoding="utf-8"))
    for resource in descriptor["resources"]:
        if resource["path"].startswith("samples/"):
            assert "synthetic" in resource["path"]
            assert resource["description"].startswith("SYNTHETIC")
