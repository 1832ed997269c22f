"""Forms that came back as CSV: their rows, what was changed in them, and what is missing of an answer."""

import csv
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from plan_monitor import load
from plan_monitor.forms.answers import Context, read_form
from plan_monitor.forms.ask import ask, request_descriptor
from plan_monitor.forms.collect import collect, write
from plan_monitor.forms.layout import COLUMNS, FORM, WHO, Form, target_texts
from plan_monitor.settle.names import Names

ORIGIN = Form("my-county", "1.0.0", "2026-11-29", "2026-11")
FULL = {"figure": "98", "period": "2025", "source": "某县统计公报", "locator": "表1"}


@pytest.fixture
def back(package, tmp_path):
    """Reads a form with what rows of targets are told: answers, and findings as row, column and message."""
    requests = pd.DataFrame(
        [{"id": f"ask-2026-11-29-{target}", "target": target} for target in package.targets["id"]],
        columns=package.requests.columns,
    )
    asked = replace(package, requests=requests)
    texts = target_texts(package.targets, package).set_index("target", drop=False)
    context = Context(asked, "my-county", Names([("bulletin-1", ["某县统计公报"])]), date(2026, 11, 29))

    def read(*rows, origin=ORIGIN, who="", name="back.csv", given=None):
        lines = [
            [WHO[0], who],
            [FORM[0], origin.text()],
            [pair[0] for pair in COLUMNS.values()],
            ["", "标题"],
        ]
        for target, told in rows:
            fixed = texts.loc[target].to_dict() if target in texts.index else {"target": target}
            lines.append([(fixed | told).get(column, "") for column in COLUMNS])
        path = tmp_path / name
        with path.open("w", encoding="utf-8", newline="") as file:
            width = len(COLUMNS)
            csv.writer(file).writerows([*line, *[""] * (width - len(line))] for line in lines)
        form = read_form(path, context, given)
        return form.answers, [(one.row, one.column, one.expected["en"]) for one in form.findings]

    return read


def test_an_answer_is_read_with_its_row_its_sign_and_who_gave_it(back):
    (answer,), findings = back(("t-1", {}), ("t-2", FULL | {"figure": "≥98%"}))
    assert findings == [] and (answer.row, answer.target, answer.who) == (6, "t-2", "back")
    assert answer.request == "ask-2026-11-29-t-2" and answer.document == "bulletin-1"
    assert (answer.comparator, answer.value, answer.period, answer.locator) == (">=", "98", "2025", "表1")
    assert back(("t-2", FULL), who="张三", given="李四")[0][0].who == "张三"
    assert back(("t-2", FULL), given="李四")[0][0].who == "李四"


@pytest.mark.parametrize("nothing", ["/", "—", "无"])
def test_a_reason_or_a_remark_is_an_answer_without_a_figure(back, nothing):
    (reason,), findings = back(("t-2", {"figure": nothing, "reason": "未统计"}))
    assert findings == [] and (reason.value, reason.reason) == (None, "未统计")
    (remark,), findings = back(("t-2", {"remark": "在查"}))
    assert findings == [] and (remark.value, remark.reason, remark.remark) == (None, "", "在查")


@pytest.mark.parametrize(
    ("told", "columns"),
    [
        ({"figure": "无"}, ["reason"]),
        ({"period": "2025"}, ["figure"]),
        ({"source": "某县统计公报"}, ["figure"]),
        ({"locator": "表1"}, ["figure"]),
        (FULL | {"reason": "未统计"}, ["reason"]),
        (FULL | {"figure": "101"}, ["figure"]),
        (FULL | {"figure": "98人"}, ["figure"]),
        (FULL | {"figure": "很多"}, ["figure"]),
        (FULL | {"period": ""}, ["period"]),
        (FULL | {"period": "明年"}, ["period"]),
        (FULL | {"period": "2027"}, ["period"]),
        (FULL | {"source": ""}, ["source"]),
        ({"figure": "很多"}, ["figure", "period", "source"]),
        (FULL | {"indicator": "别的"}, ["indicator"]),
        ({"promised": "1 %"}, ["promised"]),
    ],
)
def test_what_is_wrong_with_a_row_is_said_of_its_column(back, told, columns):
    answers, findings = back(("t-2", told))
    assert answers == [] and {row for row, *_ in findings} == {5}
    assert sorted(name for _, name, _ in findings) == sorted(COLUMNS[name][0] for name in columns)


def test_a_target_is_asked_for_once_and_was_asked_for(back):
    answers, findings = back(("t-2", FULL), ("t-2", FULL), ("t-9", FULL))
    assert len(answers) == 1
    assert [(row, text) for row, _, text in findings] == [
        (6, "expected one row for each target; row 5 has the same"),
        (7, "expected the id of a target that was asked for on 2026-11-29"),
    ]


def test_a_form_of_another_package_or_day_is_refused(back):
    answers, ((_, _, expected),) = back(("t-2", FULL), origin=ORIGIN._replace(package="other"))
    assert answers == [] and "expected a form of the package my-county" in expected
    answers, ((row, _, expected),) = back(("t-2", FULL), origin=ORIGIN._replace(asked="2026-11-28"))
    assert (answers, row) == ([], 5) and expected.endswith("asked for on 2026-11-28")


@pytest.mark.parametrize("text", ["填报人\n表单\n", "填报人,张三\n表单,某表\n", "编号,指标\nt-1,入园率\n"])
def test_a_file_that_is_no_form_is_one_finding(package, tmp_path, text):
    path = tmp_path / "other.csv"
    path.write_text(text, encoding="utf-8")
    form = read_form(path, Context(package, "my-county", Names([]), date(2026, 11, 29)))
    (finding,) = form.findings
    assert (form.file, form.answers, finding.row) == ("other.csv", [], None)
    assert finding.expected["en"].startswith("expected a form made by plan-monitor ask")


def test_what_came_back_is_merged_and_told_apart(folder, tmp_path):
    """A figure and a reason in one form, a remark alone in another, and a form with a fault."""
    ask(folder, tmp_path / "forms", "2026-11", asked=date(2026, 11, 29))
    package = load(folder)
    texts = target_texts(package.targets, package).set_index("target", drop=False)
    origin = ORIGIN._replace(package=request_descriptor(folder)["name"])
    told = {
        "a": {"t-2": FULL | {"figure": "99"}, "t-3": {"reason": "未统计"}},
        "b": {"t-1": {"remark": "在查"}},
        "c": {"t-1": FULL | {"figure": "很多"}},
    }
    for name, rows in told.items():
        lines = [[FORM[0], origin.text()], [pair[0] for pair in COLUMNS.values()]]
        lines += [
            [(texts.loc[row].to_dict() | cells).get(column, "") for column in COLUMNS]
            for row, cells in rows.items()
        ]
        with (tmp_path / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([*line, *[""] * (len(COLUMNS) - len(line))] for line in lines)
    came = collect(folder, [tmp_path / f"{name}.csv" for name in told], "张三", date(2026, 12, 1))
    assert [answer.target for answer in came.answered] == ["t-2"]
    assert [answer.target for answer in came.refused] == ["t-3"]
    assert [(answer.target, answer.remark) for answer in came.remarks] == [("t-1", "在查")]
    assert (came.conflicts, came.left_out, came.same, came.unjudged, came.sources) == (
        [],
        ["c.csv"],
        0,
        [],
        [],
    )
    assert [(finding.file, finding.row) for finding in came.findings] == [("c.csv", 3)]
    changed = {"datapackage.yaml", "observations.csv", "requests.csv"}
    assert {path.name for path in came.changes} == changed
    assert {path.name for path in write(came)} == changed
    assert load(folder).observations["id"].iloc[-1] == "reply-retention-rate-532399-2025"
