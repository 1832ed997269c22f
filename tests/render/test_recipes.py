import pytest

from reportkit.render.recipes import read
from reportkit.render.sources import Sources
from small_project import PARAMETERS, notebook, project

GOOD = "  - {notebook: schools/plan.ipynb, name: 'plan-{region}-{lang}', matrix: {lang: [zh, en]}}\n"


@pytest.fixture
def two_regions(folder):
    """The small data package, its last target another region's."""
    targets = folder / "targets.csv"
    text = targets.read_text(encoding="utf-8")
    targets.write_text(text.replace("rural-income,532399", "rural-income,530000"), encoding="utf-8")
    return folder


def found_in(table, key="region", name="'{region}-{lang}'", more="lang: [zh, en]"):
    """An entry whose matrix takes the values of a key from a table."""
    matrix = f"{{{key}: {{found_in: {table}}}, {more}}}"
    return f"  - {{notebook: schools/plan.ipynb, name: {name}, matrix: {matrix}}}\n"


def faults(tmp_path, reports, data=None):
    """Row, column, value and expectation of everything found."""
    findings = read(project(tmp_path, reports), Sources(data))[1]
    return [(f.row, f.column, f.value, f.expected["en"]) for f in findings]


def test_a_matrix_becomes_one_job_for_every_combination(tmp_path):
    matrix = "matrix: {region: ['1', '2'], lang: [zh, en]}, parameters: {years: 3}"
    entry = f"  - {{notebook: schools/plan.ipynb, name: '{{region}}-{{lang}}', {matrix}}}\n"
    jobs, findings = read(project(tmp_path, entry))
    assert findings == []
    assert [job.name for job in jobs] == ["1-zh", "1-en", "2-zh", "2-en"]
    assert [job.domain for job in jobs[:2]] == ["学校", "Schools"]
    expected = {"region": "1", "as_of": "2025-12", "data": "", "lang": "zh", "years": 3, "share": 0.5}
    assert jobs[0].parameters == expected


def test_a_domain_has_its_english_heading_in_a_third_language(tmp_path):
    recipes = project(tmp_path, GOOD)
    recipes.write_text(
        recipes.read_text("utf-8").replace("lang: [zh, en]", "lang: [zh, en, fr]"), encoding="utf-8"
    )
    jobs, findings = read(recipes)
    domains = {job.lang: job.domain for job in jobs}
    assert findings == [] and domains["fr"] == domains["en"] != domains["zh"]


def test_a_folder_without_a_heading_stands_for_its_domain(tmp_path):
    recipes = project(tmp_path, GOOD)
    recipes.write_text(recipes.read_text("utf-8").replace("schools: {", "other: {"), encoding="utf-8")
    assert {job.domain for job in read(recipes)[0]} == {"schools"}


@pytest.mark.parametrize(
    ("parameters", "column", "expected"),
    [
        ("{regoin: '1'}", "regoin", "not a parameter of the notebook"),
        ("{region: 532399}", "region", "expected str (put digits in quotes)"),
        ("{years: '5'}", "years", "expected int"),
        ("{years: true}", "years", "expected int"),
        ("{years: 2.5}", "years", "expected int"),
        ("{lang: French}", "lang", "expected the code of a language"),
        ("{as_of: '2025-13'}", "as_of", "expected a period"),
        ("{as_of: 2025-12-31}", "as_of", "expected str"),
    ],
)
def test_a_parameter_that_does_not_fit_its_notebook(tmp_path, parameters, column, expected):
    found = faults(tmp_path, f"  - {{notebook: schools/plan.ipynb, name: plan, parameters: {parameters}}}\n")
    assert len(found) == 1
    assert found[0][:2] == (5, column)
    assert found[0][3].startswith(expected)


def test_a_value_that_is_a_list_is_told_like_any_other(tmp_path):
    entry = "  - {notebook: schools/plan.ipynb, name: plan, parameters: {region: ['1']}}\n"
    assert [row[1:3] for row in faults(tmp_path, entry)] == [("region", "['1']")]


def test_the_head_of_a_first_page_is_that_of_all_reports_and_of_its_own_entry(tmp_path):
    recipes = project(tmp_path, GOOD.replace("matrix", "head: {number: '〔2026〕1号'}, matrix"))
    text = recipes.read_text(encoding="utf-8")
    head = "head: {issuer: {zh: 某局, en: A bureau}, number: '〔2026〕9号', to: {zh: 某府}}\n"
    recipes.write_text(head + text, encoding="utf-8")
    jobs, findings = read(recipes)
    assert findings == []
    assert [job.head for job in jobs] == [
        {"issuer": "某局", "number": "〔2026〕1号", "to": "某府"},
        {"issuer": "A bureau", "number": "〔2026〕1号", "to": "某府"},
    ]


@pytest.mark.parametrize(
    ("head", "place"),
    [
        ("某局", "head"),
        ("{issuer: 12}", "head.issuer"),
        ("{from: 某局}", "from"),
        ("{to: {zh: 3}}", "head.to"),
    ],
)
def test_a_head_that_is_none_is_told(tmp_path, head, place):
    recipes = project(tmp_path, GOOD)
    recipes.write_text(f"head: {head}\n" + recipes.read_text(encoding="utf-8"), encoding="utf-8")
    assert [finding.column for finding in read(recipes)[1]] == [place]
    assert place in [found[1] for found in faults(tmp_path, GOOD.replace("matrix", f"head: {head}, matrix"))]


def test_a_whole_number_fits_a_float(tmp_path):
    entry = "  - {notebook: schools/plan.ipynb, name: plan, parameters: {share: 1}}\n"
    assert faults(tmp_path, entry) == []


def test_the_default_gives_the_type_of_an_undeclared_parameter(tmp_path):
    recipes = project(tmp_path, "  - {notebook: schools/plan.ipynb, name: plan, parameters: {years: x}}\n")
    notebook(recipes.parents[1] / "notebooks/schools/plan.ipynb", parameters='lang = "zh"\nyears = 5')
    assert [f.expected["en"] for f in read(recipes)[1]] == ["expected int"]


@pytest.mark.parametrize(
    "name", ["../plan", "a/b", "a\\b", "..", ".plan", "index", "Index", "plan.failed", "'-plan'", "' '"]
)
def test_a_name_that_is_no_safe_file_name(tmp_path, name):
    found = faults(tmp_path, f"  - {{notebook: schools/plan.ipynb, name: {name}}}\n")
    assert [row[:2] for row in found] == [(5, "name")]
    assert "file name" in found[0][3]


@pytest.mark.parametrize("name", ["'{nobody}'", "'{}'", "'{lang.upper}'", "'{'"])
def test_a_name_pattern_that_names_no_parameter(tmp_path, name):
    found = faults(tmp_path, f"  - {{notebook: schools/plan.ipynb, name: {name}}}\n")
    assert [row[:2] for row in found] == [(5, "name")]


def test_a_parameter_cannot_lead_out_of_the_folder(tmp_path):
    entry = "  - {notebook: schools/plan.ipynb, name: 'p{region}', parameters: {region: /../x}}\n"
    assert faults(tmp_path, entry)[0][2] == "p/../x"


def test_names_that_differ_in_case_only_are_duplicates(tmp_path):
    found = faults(tmp_path, GOOD + "  - {notebook: schools/plan.ipynb, name: PLAN-532399-zh}\n")
    assert [row[0] for row in found] == [5, 6]
    assert {row[3] for row in found} == {"expected a unique name"}


def test_everything_is_found_at_once(tmp_path):
    found = faults(
        tmp_path,
        "  - {notebook: schools/nothing.ipynb, name: a}\n"
        "  - {notebook: ../../secret.ipynb, name: b}\n"
        "  - {notebook: schools/plan.ipynb, name: c, paramters: {}}\n"
        "  - {notebook: schools/plan.ipynb, name: d, matrix: {lang: zh, region: {code: '1'}}}\n"
        "  - {name: e}\n"
        "  - just words\n",
    )
    assert [row[:2] for row in found] == [
        (5, "notebook"),
        (6, "notebook"),
        (7, "paramters"),
        (8, "matrix.lang"),
        (8, "matrix.region"),
        (9, "notebook"),
        (10, None),
    ]


@pytest.mark.parametrize(
    "text",
    ["", "- a\n- b\n", "reports: []\n", "notebooks: x\nreports: {a: b}\n", "a: [1\n", "notebooks: [\x00]\n"],
)
def test_a_file_that_is_no_recipes_file(tmp_path, text):
    path = tmp_path / "recipes.yml"
    path.write_text(text, encoding="utf-8")
    jobs, findings = read(path)
    assert jobs == []
    assert findings


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- a\n", [(None, None, "expected the keys notebooks and reports")]),
        ("reports: [{}]\n", [("notebooks", None, "expected a folder")]),
        ("notebooks: 3\nreports: [{}]\n", [("notebooks", "3", "expected a folder")]),
        ("notebooks: x\nreports: []\n", [("reports", None, "expected a list of reports")]),
        ("notebooks: x\nreports: {a: b}\n", [("reports", None, "expected a list of reports")]),
        (
            "notebooks: x\nreports: [{}]\ndomains: [a]\n",
            [("domains", None, "expected folder: {zh: …, en: …}")],
        ),
        ("notebooks: x\nreports: [{}]\nhead: a\n", [("head", "a", "expected keys such as issuer")]),
    ],
)
def test_what_a_recipes_file_lacks_as_a_whole_is_said(tmp_path, text, told):
    path = tmp_path / "recipes.yml"
    path.write_text(text, encoding="utf-8")
    jobs, findings = read(path)
    assert jobs == []
    assert [(one.column, one.value, one.expected["en"]) for one in findings] == told


def test_a_file_in_another_encoding_or_missing(tmp_path):
    path = tmp_path / "recipes.yml"
    assert read(path)[1][0].expected["en"] == "no such file"
    path.write_bytes("notebooks: 笔记本".encode("gbk"))
    assert "UTF-8" in read(path)[1][0].expected["en"]


def test_a_notebook_that_cannot_be_read(tmp_path):
    recipes = project(tmp_path, GOOD)
    (tmp_path / "notebooks/schools/plan.ipynb").write_text("not json", encoding="utf-8")
    assert [f.column for f in read(recipes)[1]] == ["notebook"]


def test_a_matrix_takes_its_values_from_the_data_in_their_order(tmp_path, two_regions):
    jobs, findings = read(project(tmp_path, found_in("targets")), Sources(two_regions))
    assert findings == []
    assert [job.name for job in jobs] == ["532399-zh", "532399-en", "530000-zh", "530000-en"]
    assert {job.parameters["data"] for job in jobs} == {"../../my-county"}


def test_an_empty_table_makes_no_report_and_stops_no_other(tmp_path, folder):
    jobs, findings = read(project(tmp_path, found_in("milestones") + GOOD), Sources(folder))
    assert [job.name for job in jobs] == ["plan-532399-zh", "plan-532399-en"]
    assert findings == []


def test_an_entry_over_an_empty_table_is_checked_all_the_same(tmp_path, folder):
    entry = found_in("milestones", name="'{nobody}'", more="lang: [French], regoin: ['1']")
    assert [row[1:3] for row in faults(tmp_path, entry, folder)] == [
        ("lang", "French"),
        ("regoin", None),
        ("name", "{nobody}"),
    ]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("entry", "column", "value", "expected"),
    [
        (found_in("nowhere"), "matrix.region", "nowhere", "no such table; there are: documents, regions, "),
        (found_in("path"), "matrix.region", "path", "no such table"),
        (found_in("[targets]"), "matrix.region", "['targets']", "no such table"),
        (found_in("documents"), "matrix.region", "documents", "this table has no column region; there are"),
        (found_in("targets, first: 2"), "matrix.region", None, "expected a list of values or {found_in"),
        (found_in("targets", key="value"), "value", None, "not a parameter of the notebook"),
        (found_in("targets", more="data: [a]"), "matrix.data", "['a']", "expected under parameters"),
    ],
)
def test_what_cannot_be_found_in_the_data(tmp_path, two_regions, entry, column, value, expected):
    rows = faults(tmp_path, entry.replace("{region}", "{lang}").replace("{value}", "{lang}"), two_regions)
    assert [row[:2] for row in rows] == [(5, column)]
    assert value in (None, rows[0][2])
    assert rows[0][3].startswith(expected)


def test_a_column_of_the_wrong_type_is_one_fault(tmp_path, two_regions):
    recipes = project(tmp_path, found_in("targets", key="value", name="'{lang}'"))
    notebook(tmp_path / "notebooks/schools/plan.ipynb", parameters="lang: str = ''\nvalue: int = 1")
    assert [(f.column, f.value) for f in read(recipes, Sources(two_regions))[1]] == [("value", "95.0")]


def test_names_that_leave_out_what_was_found_are_told_once(tmp_path, two_regions):
    assert faults(tmp_path, found_in("targets", name="'{lang}'", more="lang: [zh]"), two_regions) == [
        (5, "name", "zh", "expected a unique name")
    ]


def test_values_are_found_where_the_notebook_will_look(tmp_path, two_regions):
    recipes = project(tmp_path, found_in("targets"))
    assert [f.expected["en"] for f in read(recipes)[1]] == ["no data folder found; name it with --data"]
    two_regions.rename(tmp_path / "data")
    assert len(read(recipes)[0]) == 4


def test_values_are_found_in_the_folder_the_recipe_names(tmp_path, two_regions):
    entry = found_in("targets").replace("matrix:", "parameters: {data: ../../my-county}, matrix:")
    recipes = project(tmp_path, entry)
    assert len(read(recipes)[0]) == 4
    two_regions.rename(tmp_path / "elsewhere")
    assert [f.file for f in read(recipes)[1]] == ["datapackage.yaml"]
    assert len(read(recipes, Sources(tmp_path / "elsewhere"))[0]) == 4


def test_parameters_may_be_taken_from_the_same_row_and_of_one_domain(tmp_path, two_regions):
    notebook(tmp_path / "notebooks/schools/of.ipynb", parameters=PARAMETERS + '\ndocument: str = ""')
    pairs = "{notebook: schools/of.ipynb, name: '{document}-{region}', matrix: {'document, region': {found_in: %s}}}"
    sources = Sources(two_regions)
    jobs, findings = read(project(tmp_path, f"  - {pairs % 'targets, domain: education'}\n"), sources)
    assert findings == []
    assert [job.name for job in jobs] == ["plan-1-532399", "plan-1-530000"]
    assert [job.parameters["document"] for job in jobs] == ["plan-1", "plan-1"]
    assert sources.left_out == []
    jobs, findings = read(project(tmp_path, f"  - {pairs % 'targets, domain: housing'}\n"), sources)
    assert (jobs, findings) == ([], [])
    assert sources.left_out == [("schools/of.ipynb", "targets", "housing")]


def test_a_report_is_only_made_where_the_tables_that_it_needs_hold_something(tmp_path, folder):
    sources = Sources(folder)
    needs = "  - {notebook: schools/plan.ipynb, name: '%s', needs: [%s]}\n"
    entries = needs % ("a", "targets, observations") + needs % ("b", "targets, checks")
    jobs, findings = read(project(tmp_path, entries), sources)
    assert findings == []
    assert [job.name for job in jobs] == ["a"]
    assert sources.left_out == [("schools/plan.ipynb", "checks", "")]


@pytest.mark.parametrize(
    ("entry", "place"),
    [
        ("needs: [nothing]", "needs"),
        ("needs: targets", "needs"),
        ("matrix: {'region, colour': {found_in: targets}}", "colour"),
        ("matrix: {region: {found_in: indicators, domain: education}}", "matrix.region"),
        ("matrix: {region: {found_in: targets, where: x}}", "matrix.region"),
    ],
)
def test_what_is_wrong_with_what_a_report_needs_is_told(tmp_path, folder, entry, place):
    found = faults(tmp_path, f"  - {{notebook: schools/plan.ipynb, name: a, {entry}}}\n", folder)
    assert [column for _, column, _, _ in found] == [place]


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("", [(None, "expected the keys notebooks and reports")]),
        ("[1]", [(None, "expected the keys notebooks and reports")]),
        ("reports: [{}]", [("notebooks", "expected a folder")]),
        ("notebooks: 3\nreports: [{}]", [("notebooks", "expected a folder")]),
        ("notebooks: .", [("reports", "expected a list of reports")]),
        ("notebooks: .\nreports: []", [("reports", "expected a list of reports")]),
        ("notebooks: .\nreports: {a: 1}", [("reports", "expected a list of reports")]),
        ("notebooks: .\nreports: [{}]\ndomains: [a]", [("domains", "expected folder: {zh: …, en: …}")]),
        (
            "notebooks: .\nreports: [{}]\ndomains: {a: b, c: {}}",
            [("domains", "expected folder: {zh: …, en: …}")],
        ),
        (
            "notebooks: .\nreports: [{}]\nmore: 1",
            [("more", "unknown key; expected one of: notebooks, domains, head, reports")],
        ),
    ],
)
def test_a_file_of_another_shape_is_told_as_a_whole(tmp_path, text, faults):
    path = tmp_path / "recipes.yml"
    path.write_text(text, encoding="utf-8")
    jobs, findings = read(path)
    assert jobs == []
    assert [(one.row, one.column, one.expected["en"]) for one in findings] == [
        (None, *fault) for fault in faults
    ]


def test_a_file_that_is_not_there_or_no_yaml_is_told_with_its_line(tmp_path):
    path = tmp_path / "recipes.yml"
    (absent,) = read(path)[1]
    assert (absent.file, absent.row, absent.value) == ("recipes.yml", None, str(path))
    assert absent.expected["en"] == "no such file"
    path.write_text("a: 1\nb: [\n", encoding="utf-8")
    (broken,) = read(path)[1]
    assert (broken.row, broken.expected["en"]) == (3, "expected a YAML file in UTF-8")
    path.write_bytes("名: 1".encode("gb18030"))
    (other,) = read(path)[1]
    assert (other.row, other.value) == (None, "UnicodeDecodeError")


@pytest.mark.parametrize(
    ("entry", "column"),
    [
        ("3", None),
        ("{name: a}", "notebook"),
        ("{notebook: schools/plan.ipynb}", "name"),
        ("{notebook: schools/plan.ipynb, name: a, reads: x}", "reads"),
        ("{notebook: schools/plan.ipynb, name: a, needs: x}", "needs"),
        ("{notebook: schools/plan.ipynb, name: a, parameters: [x]}", "parameters"),
        ("{notebook: schools/plan.ipynb, name: a, matrix: [x]}", "matrix"),
        ("{notebook: schools/plan.ipynb, name: a, matrix: {lang: []}}", "matrix.lang"),
        ("{notebook: schools/plan.ipynb, name: a, matrix: {lang: zh}}", "matrix.lang"),
        ("{notebook: schools/plan.ipynb, name: a, more: 1}", "more"),
        ("{notebook: ../schools/plan.ipynb, name: a}", "notebook"),
        ("{notebook: schools/none.ipynb, name: a}", "notebook"),
        ("{notebook: schools, name: a}", "notebook"),
    ],
)
def test_an_entry_of_another_shape_is_told_at_its_line(tmp_path, entry, column):
    found = faults(tmp_path, f"  - {entry}\n")
    assert [row[:2] for row in found] == [(5, column)]
