"""Which unit answers for which promise: faults of the table, and what is shipped."""

import re
from pathlib import Path

import pandas as pd
import pytest
import yaml

from plan_monitor import check, load

SHIPPED = Path(__file__).parents[2] / "data"
HEADER = "id,document,promise,unit_zh,unit_en,role,locator,reading,note_zh,note_en"
GOOD = [
    "r-1,plan-1,t-1,县教育局,Education Bureau,lead,第二章,printed,,",
    "r-2,plan-1,t-2,县教育局,Education Bureau,joint,第二章,printed,,",
]


@pytest.fixture
def named(folder):
    """The small package with some rows of units."""

    def write(*rows):
        text = "\n".join([HEADER, *rows]) + "\n"
        (folder / "responsibilities.csv").write_text(text, encoding="utf-8")
        return [finding for finding in check(folder) if finding.file == "responsibilities.csv"]

    return write


def test_rows_that_name_promises_of_their_document_are_fine(named):
    assert named(*GOOD) == []


@pytest.mark.parametrize(
    ("row", "column", "value", "expected"),
    [
        ("r-3,plan-1,t-9,县财政局,,lead,第二章,printed,,", "promise", "t-9", "target, milestone or project"),
        ("r-3,plan-1,o-1,县财政局,,lead,第二章,printed,,", "promise", "o-1", "target, milestone or project"),
        (
            "r-3,bulletin-1,t-1,县财政局,,lead,第二章,printed,,",
            "document",
            "bulletin-1",
            "that makes the promise",
        ),
        (
            "r-3,plan-1,t-3,县教育局,School Office,lead,第二章,printed,,",
            "unit_en",
            "School Office",
            "Education Bureau",
        ),
        (
            "r-3,plan-1,t-1,县教育局,Education Bureau,support,第二章,printed,,",
            "unit_zh",
            "t-1 · 县教育局",
            "row 2",
        ),
        ("r-3,plan-1,t-3,县财政局,,boss,第二章,printed,,", "role", "boss", "support"),
    ],
    ids=["unknown promise", "a figure", "another document", "two English names", "twice", "unknown role"],
)
def test_one_fault_gives_one_message(named, row, column, value, expected):
    (finding,) = named(*GOOD, row)
    assert (finding.row, finding.column, finding.value) == (4, column, value)
    assert expected in finding.expected["en"]


def test_of_two_english_names_used_as_often_the_first_by_the_alphabet_is_the_usual_one(named):
    second = "r-2,plan-1,t-2,县教育局,Bureau of Education,joint,第二章,printed,,"
    (finding,) = named(GOOD[0], second)
    assert (finding.row, finding.value) == (2, "Education Bureau")
    assert "Bureau of Education" not in finding.value and finding.column == "unit_en"


def test_the_role_may_be_written_in_chinese_and_the_english_name_left_out(named, folder):
    assert (
        named(
            "r-1,plan-1,t-1,县教育局,,牵头,第二章,printed,,",
            "r-2,plan-1,t-2,县教育局,,配合单位,第二章,printed,,",
        )
        == []
    )
    assert load(folder).responsibilities["role"].tolist() == ["lead", "support"]


def test_a_package_without_the_table_is_read(folder):
    (folder / "responsibilities.csv").unlink()
    path = folder / "datapackage.yaml"
    descriptor = yaml.safe_load(path.read_text(encoding="utf-8"))
    descriptor["resources"] = [one for one in descriptor["resources"] if one["name"] != "responsibilities"]
    path.write_text(yaml.safe_dump(descriptor, allow_unicode=True), encoding="utf-8")
    assert check(folder) == []
    assert load(folder).responsibilities.empty


@pytest.fixture(scope="module")
def rows(shipped):
    promises = [getattr(shipped, table) for table in ("targets", "milestones", "projects")]
    known = {row.id: row for frame in promises for row in frame.itertuples()}
    return [(row, known[row.promise]) for row in shipped.responsibilities.itertuples()]


def test_every_unit_stands_where_the_promise_stands_or_a_note_says_why(rows):
    """The line of units is of the same section as the promise, else a remark tells how it covers it."""
    for row, promise in rows:
        assert row.document == promise.document
        section = row.locator.removesuffix(" · 责任单位")
        assert section != row.locator, row.id
        assert promise.locator.startswith(section) or pd.notna(row.note_zh), row.id


def test_a_promise_has_a_lead_or_several_that_answer_together(shipped):
    """Who takes part is named only beside somebody who answers; leads and joint units exclude each other."""
    for promise, roles in shipped.responsibilities.groupby("promise")["role"]:
        assert {"lead", "joint"} & set(roles), promise
        assert not {"lead", "joint"} <= set(roles), promise


def test_units_have_one_english_name_without_chinese(shipped):
    names = shipped.responsibilities.groupby("unit_zh")["unit_en"].agg(set)
    assert names.map(len).eq(1).all()
    assert not any(re.search("[\u4e00-\u9fff]", name) for one in names for name in one)
    assert len(set().union(*names)) == len(names)


def test_how_many_promises_have_a_unit(shipped):
    """Counted from the documents' lines; the other plans name none for a promise."""
    rows = shipped.responsibilities
    assert rows.drop_duplicates("promise")["document"].value_counts().to_dict() == {
        **{"tcm-30": 26, "edu-balanced": 22, "med-ins": 22, "sci-literacy": 13},
        **{"listing": 6, "housing": 2, "drug-20": 2},
    }
    assert rows.loc[rows["role"].eq("lead"), "promise"].nunique() == 38
    assert rows["promise"].isin(shipped.milestones["id"]).sum() == 20  # ten counties, two units each
