"""Drafted rows in a package: appended once, never over what is there, all files or none."""

import csv

import pytest

from plan_monitor.data import starter
from plan_monitor.intake import take
from plan_monitor.intake.take import ledger
from plan_monitor.intake.take.drafts import Figure, Taken
from reportkit import files
from reportkit.language import using

HEADERS = {
    "documents": "id,type,title_zh,title_en,number,issuer,issued,period,domain,url,note_zh,note_en",
    "regions": "code,name_zh,name_en,level,parent",
    "indicators": "id,domain,name_zh,name_en,unit,direction,lower,upper,nature,definition_zh,definition_en",
    "targets": "id,document,indicator,region,period,comparator,value,unit,kind,attribute,base_period,reading,as_printed,restates,locator,note_zh,note_en",
    "observations": "id,document,indicator,region,period,comparator,value,unit,quality,reading,as_printed,locator,note_zh,note_en",
}
TABLE = """镇江市“十四五”教育发展规划主要指标
指标,单位,2020年,2025年目标,属性
学前三年毛入园率,%,97.5,≥98,预期性
在校学生数,万人,35.2,38.6,约束性
"""


@pytest.fixture(params=["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def package(request, tmp_path):
    """A package whose files have an encoding and line ends of their own, and an example row that is a comment."""
    folder = tmp_path / "package"
    folder.mkdir()
    for name, header in HEADERS.items():
        lines = [header, "# 示例" + "," * header.count(",")]
        (folder / f"{name}.csv").write_bytes("".join(f"{line}\r\n" for line in lines).encode(request.param))
    return folder


@pytest.fixture
def table(tmp_path):
    """A plan's table, to be changed by its test."""
    path = tmp_path / "table.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def rows(package, name, encoding):
    text = (package / f"{name}.csv").read_bytes().decode(encoding)
    return [
        row for row in csv.DictReader(text.lstrip("\ufeff").splitlines()) if not row["id"].startswith("#")
    ]


def content(package):
    return {path.name: path.read_bytes() for path in package.iterdir()}


@pytest.fixture
def encoding(request):
    return request.node.callspec.params["package"]


def test_new_rows_are_appended_as_the_files_are(package, table, encoding):
    before = content(package)
    written = take.write(take.read([table]), package)
    assert written[:4] == (1, 2, 2, 0)
    for name, raw in content(package).items():
        assert raw.startswith(before[name])
    added = rows(package, "targets", encoding)
    (document,) = rows(package, "documents", encoding)
    assert [
        (one["indicator"], one["region"], one["comparator"], one["value"], one["unit"]) for one in added
    ] == [
        ("学前三年毛入园率", "镇江市", ">=", "98", "%"),
        ("在校学生数", "镇江市", "", "38.6", "万人"),
    ]
    assert [one["attribute"] for one in added] == ["expected", "binding"]
    assert {one["document"] for one in added} == {document["id"]}
    assert (document["type"], document["domain"], document["period"]) == ("plan", "education", "2021/2025")
    assert added[0]["locator"] == "table.csv · 第3行 · 2025年目标 · 主要指标"
    assert [one["value"] for one in rows(package, "observations", encoding)] == ["97.5", "35.2"]
    assert b"\r\r\n" not in (package / "targets.csv").read_bytes()


def test_the_same_file_twice_changes_nothing(package, table):
    take.write(take.read([table]), package)
    once = content(package)
    written = take.write(take.read([table]), package)
    assert content(package) == once
    assert written[:4] == (0, 0, 0, 4) and not written.conflicts


def test_a_changed_figure_is_shown_beside_the_one_there_and_not_written(package, table):
    take.write(take.read([table]), package)
    once = content(package)
    table.write_text(TABLE.replace("38.6", "38.9"), encoding="utf-8")
    written = take.write(take.read([table]), package)
    assert content(package) == once
    (conflict,) = written.conflicts
    assert (conflict.existing, conflict.new) == ("38.6 万人", "38.9 万人")
    assert conflict.new_place == "table.csv · 第4行 · 2025年目标 · 主要指标"
    for lang in ("zh", "en"):
        with using(lang):
            said = take.summary(take.read([table]), written)
        assert "38.6 万人" in said and "38.9 万人" in said


def test_two_figures_on_one_thing_taken_at_once_are_a_conflict(package, table, encoding):
    table.write_text(TABLE + "在校学生数,万人,35.2,40,约束性\n", encoding="utf-8")
    written = take.write(take.read([table]), package)
    assert [(one.existing, one.new) for one in written.conflicts] == [("38.6 万人", "40 万人")]
    assert [one["indicator"] for one in rows(package, "targets", encoding)] == ["学前三年毛入园率"]
    assert written.same == 1


@pytest.mark.parametrize("package", ["utf-8"], indirect=True)
def test_rows_by_id_and_code_are_known_again(package, table):
    with (package / "indicators.csv").open("a", encoding="utf-8", newline="") as file:
        file.write("pupils,education,在校学生数,Pupils,万人,neutral,,,,,\r\n")
    document = take.read([table]).documents[0]
    with (package / "documents.csv").open("a", encoding="utf-8", newline="") as file:
        file.write(f"our-plan,plan,{document.title},A plan,,,,,education,,,\r\n")
    with (package / "targets.csv").open("a", encoding="utf-8", newline="") as file:
        file.write("t-1,our-plan,pupils,321100,2025,=,38.60,万人,level,,2020,printed,,,附表,,\r\n")
    written = take.write(take.read([table]), package)
    assert written[:4] == (0, 1, 2, 1)


@pytest.mark.parametrize("package", ["utf-8"], indirect=True)
def test_all_files_or_none(package, table, monkeypatch):
    before, write = content(package), files.write

    def full(path, text):
        if path.name == "observations.csv":
            raise OSError("no space left on device")
        write(path, text)

    monkeypatch.setattr(files, "write", full)
    with pytest.raises(OSError, match="no space"):
        take.write(take.read([table]), package)
    assert content(package) == before


@pytest.mark.parametrize("package", ["utf-8"], indirect=True)
def test_a_missing_table_is_named(package, table):
    (package / "targets.csv").unlink()
    with pytest.raises(FileNotFoundError, match=r"targets\.csv"):
        take.write(take.read([table]), package)


def test_another_name_of_an_indicator_is_the_same_indicator(tmp_path, shipped):
    """The same table under an alias: nothing is written twice."""
    folder = tmp_path / "package"
    starter.write(folder, shipped.path)
    table = tmp_path / "table.csv"
    for name in ("九年义务教育巩固率", "义务教育巩固率"):
        table.write_text(
            f"镇江市“十四五”教育发展规划主要指标\n指标,单位,2020年,2025年目标\n{name},%,99,≥99\n", "utf-8"
        )
        written = take.write(take.read([table]), folder)
    assert (written.targets, written.observations, written.same) == (0, 0, 2)


def figure(**cells):
    """A drafted target for a county's pupils."""
    return Figure(
        **{
            **dict.fromkeys(Figure._fields, ""),
            **{"table": "targets", "document": "县教育规划", "indicator": "在校学生数", "region": "丹阳市"},
            **{"period": "2025", "value": "40", "unit": "人", "locator": "表1", "as_printed": "约40"},
            **cells,
        }
    )


@pytest.fixture
def stored(tmp_path):
    """A package with one target: additions of figures to it."""
    for name, header in HEADERS.items():
        (tmp_path / f"{name}.csv").write_text(f"{header}\n", encoding="utf-8")
    with (tmp_path / "documents.csv").open("a", encoding="utf-8") as file:
        file.write("ours,plan,县教育规划,A plan,,,,,education,,,\n")
    with (tmp_path / "targets.csv").open("a", encoding="utf-8") as file:
        file.write("t-1,ours,在校学生数,321181,2025,=,30,人,,binding,2020,printed,三十,,附表,,\n")

    def adding(*figures, replacing=()):
        return ledger.additions(Taken(list(figures), [], [], [], 0), tmp_path, replacing)

    return adding


def test_a_figure_may_replace_the_stored_one_where_that_is_asked_for(stored):
    added = stored(figure(value="41", period="2024"), figure(comparator=">=", as_printed=""), replacing={1})
    new, replaced = added.rows["targets"]
    assert (new["value"], new["document"], new["reading"]) == ("41", "ours", "printed")
    told = [replaced[name] for name in ("id", "comparator", "value", "attribute", "as_printed", "locator")]
    assert told == ["t-1", ">=", "40", "binding", "", "表1"]
    assert (added.ids, added.same, added.conflicts) == ([new["id"], "t-1"], 0, [])
    assert added.replaced == {"t-1"} and added.written[:4] == (0, 2, 0, 0)


def test_a_stored_figure_is_replaced_once_and_by_none_that_was_not_asked_for(stored):
    twice = stored(figure(value="40"), figure(value="50"), replacing={0, 1})
    assert [(one.existing, one.new) for one in twice.conflicts] == [("= 40 人", "50 人")]
    assert (twice.rows["targets"], twice.ids, twice.replaced) == ([], ["", ""], set())
    same = stored(figure(value="40"), figure(value="40.0"), replacing={0, 1})
    assert (same.ids, same.same) == (["t-1", "t-1"], 1)
    for replacing in ((), {1}):
        kept = stored(figure(value="40"), replacing=replacing)
        assert (kept.rows["targets"], kept.ids, kept.replaced) == ([], [""], set())
        (conflict,) = kept.conflicts
        assert (conflict.existing, conflict.existing_place, conflict.new) == (
            "= 30 人",
            "t-1 · 附表",
            "40 人",
        )


def test_of_two_new_figures_that_differ_neither_is_written(stored):
    added = stored(
        figure(period="2024"), figure(period="2024", value="50"), figure(period="2023"), replacing={0, 1, 2}
    )
    assert [one["period"] for one in added.rows["targets"]] == ["2023"]
    assert added.ids == ["", "", added.rows["targets"][0]["id"]]
    (conflict,) = added.conflicts
    assert (conflict.table, conflict.indicator, conflict.region, conflict.period) == (
        *("targets", "在校学生数", "丹阳市", "2024"),
    )


@pytest.mark.parametrize(
    ("cells", "is_same"),
    [
        ({"value": "30"}, True),
        ({"value": "30.0", "comparator": "=", "unit": ""}, True),
        ({"value": "30", "comparator": ">="}, False),
        ({"value": "30", "unit": "万人"}, False),
        ({"value": "many"}, False),
        ({"value": "30", "kind": "growth"}, None),  # another figure
        ({"value": "30", "kind": "level"}, True),
        ({"value": "30", "table": "observations"}, None),
    ],
)
def test_a_figure_is_the_stored_one_where_number_sign_and_unit_do_not_differ(stored, cells, is_same):
    added = stored(figure(**cells))
    assert (added.same, len(added.conflicts)) == (is_same is True, is_same is False)


def test_texts_in_place_of_numbers_are_the_same_only_as_they_stand(stored):
    assert len(stored(figure(period="2024", value="many"), figure(period="2024", value="few")).conflicts) == 1
    assert stored(figure(period="2024", value="many"), figure(period="2024", value="many")).same == 1


@pytest.mark.parametrize(
    ("printed", "written"), [("=5", "“=5”"), ("+5", "“+5”"), ("-5", "“-5”"), ("@5", "“@5”"), ("5=", "5=")]
)
def test_what_a_spreadsheet_would_run_is_quoted(stored, printed, written):
    assert stored(figure(period="2024", as_printed=printed)).rows["targets"][0]["as_printed"] == written
