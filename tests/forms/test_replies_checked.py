"""What came back with a form: what is refused, what differs, and what becomes of it, without a workbook."""

from dataclasses import replace
from datetime import date

import openpyxl
import pandas as pd
import pytest

from plan_monitor.forms import checks, conflicts, layout, replies
from plan_monitor.forms.answers import Answer
from plan_monitor.forms.ask import ask, promises_to_ask, request_descriptor
from plan_monitor.forms.collect import Collected
from plan_monitor.forms.summary import summary
from plan_monitor.settle.names import Names
from reportkit.findings import DataError
from reportkit.language import use

DAY = date(2026, 11, 29)
ANSWER = Answer(
    *("back.xlsx", 6, "ask-t-2", "t-2", "张三", "=", "98", "2025"),
    *("某县统计公报", "bulletin-1", "表1", "", ""),
)


@pytest.fixture
def asked(package):
    """The package with a request for each of its targets."""
    rows = [{"id": f"ask-{target}", "target": target, "state": "asked"} for target in package.targets["id"]]
    return replace(package, requests=pd.DataFrame(rows, columns=package.requests.columns))


def told(package, *, state, observation=None, reason=None):
    """The package whose request about t-2 has been answered or refused."""
    rows = package.requests.astype(object)
    rows.loc[rows["id"].eq("ask-t-2"), ["state", "observation", "reason_zh"]] = [state, observation, reason]
    return replace(package, requests=rows)


def promise(**changed):
    return pd.Series({"unit": "%", "lower": 0.0, "upper": 100.0, "kind": "level"} | changed)


@pytest.mark.parametrize(
    ("number", "unit", "expected"),
    [
        ("0", "", None),
        ("100", "％", None),
        ("-0.1", "%", "within the indicator's bounds: 0 to 100"),
        ("100.1", "", "within the indicator's bounds: 0 to 100"),
        ("50", "人", "expected a figure in %; the unit there is 人"),
    ],
)
def test_a_figure_fits_in_its_unit_and_from_one_bound_to_the_other(number, unit, expected):
    misfit = checks.misfit(number, unit, promise())
    assert misfit is None if expected is None else expected in misfit["en"]


def test_an_indicator_without_a_bound_takes_any_figure_there():
    assert checks.misfit("1e9", "", promise(upper=float("nan"))) is None
    misfit = checks.misfit("-1", "", promise(upper=float("nan")))
    assert misfit["zh"] == "应在指标的取值范围内：0 至 "


@pytest.mark.parametrize(
    ("time", "changed", "expected"),
    [
        ("2025", {}, None),
        ("", {}, "such as 2025"),
        ("2026-11", {}, None),  # over by the month of the day
        ("2026-12", {}, "over by 2026-11"),
        ("2025", {"kind": "cumulative", "period": "2021/2025"}, "may be of 2025 or of 2021/2025"),
        ("2025", {"kind": "growth", "period": "2021/2025"}, "may be of 2025 or of 2021/2025"),
        ("2021/2025", {"kind": "cumulative", "period": "2021/2025"}, None),
        ("2025", {"period": "2021/2025"}, None),  # a level
        ("2025", {"kind": "cumulative", "base_period": "2020"}, "may be of 2025 or of 2021/2025"),
        ("2025", {"kind": "cumulative", "base_period": "2024"}, None),
    ],
)
def test_a_period_is_over_and_covers_the_years_of_a_sum(time, changed, expected):
    told = checks.untimely(time, promise(**{"period": "2025", "base_period": None} | changed), DAY)
    assert told is None if expected is None else expected in told["en"]


def test_a_source_is_one_document_known_or_new():
    names = Names([("b-1", ["某县统计公报"]), ("b-2", ["年鉴"]), ("b-3", ["年鉴"])])
    assert checks.document("《某县统计公报》", names) == ("b-1", None)
    new, fault = checks.document("另一公报", names)
    assert new.startswith("doc-") and fault is None
    none, fault = checks.document("", names)
    assert none == "" and "expected the title" in fault["en"]
    several, fault = checks.document("年鉴", names)
    assert several == "" and fault["en"].endswith("b-2 年鉴；b-3 年鉴")


def test_figures_that_agree_are_taken_and_those_that_differ_are_set_side_by_side(asked):
    same = ANSWER._replace(value="98.0", file="other.xlsx")
    assert conflicts.separate([ANSWER, same], asked) == ([ANSWER, same], [], [])
    for differing in (ANSWER._replace(value="97"), ANSWER._replace(comparator=">=")):
        figures, reasons, (conflict,) = conflicts.separate([ANSWER, differing], asked)
        assert (figures, reasons) == ([], [])
        assert (conflict.target, conflict.period) == ("t-2", "2025")
        assert [side.answer for side in conflict.sides] == [ANSWER, differing]
    other_year = ANSWER._replace(value="97", period="2024")
    assert conflicts.separate([ANSWER, other_year], asked) == ([ANSWER, other_year], [], [])


def test_a_figure_is_held_against_the_one_that_is_stored(asked):
    stored = ANSWER._replace(period="2020", value="98.880")
    assert conflicts.separate([stored], asked) == ([stored], [], [])
    _, _, (conflict,) = conflicts.separate([stored._replace(value="98.9")], asked)
    first, second = conflict.sides
    assert first == (None, "plan-1", "第一章", "=", "98.88", "")
    assert second.value == "98.9" and second.answer.target == "t-2"


def test_a_reason_and_a_figure_are_a_conflict_and_so_are_two_reasons(asked):
    reason = ANSWER._replace(value=None, comparator="=", reason="未统计")
    assert conflicts.separate([reason, reason], asked) == ([], [reason, reason], [])
    for others in ([ANSWER, reason], [reason, reason._replace(reason="保密")]):
        figures, reasons, (conflict,) = conflicts.separate(others, asked)
        assert (figures, reasons, conflict.period) == ([], [], "")
    assert conflicts.separate([ANSWER._replace(value=None)], asked) == ([], [], [])  # only a remark


def test_what_was_answered_before_stands_beside_a_reason(asked):
    reason = ANSWER._replace(value=None, reason="未统计")
    before = told(asked, state="answered", observation="o-3")
    _, _, (conflict,) = conflicts.separate([reason], before)
    assert [side.value for side in conflict.sides] == ["98.88", ""]
    _, _, (conflict,) = conflicts.separate([reason], told(asked, state="refused", reason="保密"))
    assert [side.reason for side in conflict.sides] == ["保密", "未统计"]
    assert conflicts.separate([reason], told(asked, state="refused", reason="未统计"))[1] == [reason]


def test_a_figure_becomes_a_row_of_grade_b_and_its_request_is_answered(asked):
    rows, answered, refused = replies.rows([ANSWER], [], asked, DAY)
    assert (answered, refused) == ([ANSWER], []) and rows["documents"] == []
    (observation,) = rows["observations"]
    assert observation == {
        **{"id": "reply-retention-rate-532399-2025", "document": "bulletin-1", "locator": "表1"},
        **{"indicator": "retention-rate", "region": "532399", "unit": "%", "period": "2025"},
        **{"comparator": "=", "value": "98", "quality": "B", "reading": "printed"},
        **{"note_zh": "填报：张三，2026-11-29", "note_en": "As reported by 张三, 2026-11-29"},
    }
    assert rows["requests"] == [
        {
            **{"id": "ask-t-2", "state": "answered", "answered": "2026-11-29", "who": "张三"},
            "observation": observation["id"],
        }
    ]


def test_a_new_source_becomes_a_document_of_the_plans_subject_and_a_remark_is_kept(asked):
    answer = ANSWER._replace(source="《某局公报》", document="doc-1", locator="", remark="初步数")
    rows, _, _ = replies.rows([answer, answer._replace(file="b.xlsx")], [], asked, DAY)
    (document,), (observation,) = rows["documents"], rows["observations"]
    assert (document["id"], document["type"], document["title_zh"], document["domain"]) == (
        *("doc-1", "statistics", "某局公报"),
        "education",
    )
    assert observation["locator"] == "填报表 back.xlsx · 第 6 行"
    assert observation["note_zh"] == "填报：张三，2026-11-29；初步数"


def test_a_figure_that_is_stored_answers_without_a_row_and_only_once(asked):
    stored = ANSWER._replace(period="2020", value="98.88")
    rows, answered, _ = replies.rows([stored, stored], [], asked, DAY)
    assert rows["observations"] == [] and answered == [stored]
    assert [row["observation"] for row in rows["requests"]] == ["o-3"]
    again = told(asked, state="answered", observation="o-3")
    rows, answered, _ = replies.rows([stored], [], again, DAY)
    assert (rows["requests"], answered) == ([], [])
    rows, answered, _ = replies.rows([ANSWER], [], again, DAY)  # a further year
    assert (len(rows["observations"]), rows["requests"], answered) == (1, [], [ANSWER])


def test_a_reason_is_stored_once(asked):
    reason = ANSWER._replace(value=None, reason="未统计", remark="明年起")
    rows, _, refused = replies.rows([], [reason, reason], asked, DAY)
    assert refused == [reason]
    (request,) = rows["requests"]
    assert (request["state"], request["reason_zh"], request["note_zh"]) == ("refused", "未统计", "明年起")
    assert replies.rows([], [reason], told(asked, state="refused", reason="未统计"), DAY)[2] == []


def test_what_came_back_is_told_line_by_line(package):
    reason = ANSWER._replace(value=None, reason="未统计")
    conflict = conflicts.Conflict(
        "t-2",
        "2025",
        [
            conflicts.Side(None, "plan-1", "第一章", ">=", "98.88", ""),
            conflicts.Side(ANSWER, "bulletin-1", "表1", "=", "98", ""),
            conflicts.Side(None, "", "", "", "", "保密"),
        ],
    )
    came = Collected(
        changes={},
        sources=["某局公报"],
        answered=[ANSWER],
        refused=[reason] * 2,
        remarks=[ANSWER._replace(value=None, remark="在查")],
        same=3,
        unjudged=[(ANSWER, "overdue")],
        conflicts=[conflict, conflict._replace(period="")],
        findings=[],
        left_out=["bad.xlsx"],
    )
    sides = [
        "    已收录（某县教育规划 · 第一章）：≥ 98.88 %",
        "    back.xlsx 第 6 行：98 %",
        "    已收录：保密",
    ]
    assert [str(line) for line in summary(came, package)] == [
        "新答复：实绩 1 项，说明没有的 2 项；以前已收录 3 项",
        "新的出处：《某局公报》",
        "收下了，仍不能判断：巩固率 · 某县，2025（逾期未收录）",
        *("不一致，未并入：巩固率 · 某县 · 2025", *sides, "不一致，未并入：巩固率 · 某县", *sides),
        "只有备注，没有答复：巩固率 · 某县：在查",
        "有问题，整份未并入：bad.xlsx",
    ]
    use("en")
    assert "back.xlsx, row 6: 98 %" in summary(came, package)[5]


def test_a_form_tells_the_last_figure_and_the_years_to_be_covered(package):
    texts = layout.target_texts(package.targets, package).set_index("target")
    assert texts.loc["t-1", ["promised", "due", "latest"]].tolist() == ["≥ 95 %", "2025", "93 %（2023）"]
    mean = package.targets.assign(kind="cumulative", base_period=["2020", "2024", None])
    due = layout.target_texts(mean, package)["due"].tolist()
    assert [text.split()[0] for text in due] == ["2021–2025", "2025", "2025"]
    bare = replace(package, observations=package.observations[:0])
    assert set(layout.target_texts(package.targets, bare)["latest"]) == {"–"}


@pytest.mark.parametrize(
    ("period", "as_of", "ids"),
    [
        ("2023", "2025-12", ["t-1", "t-2", "t-3"]),
        ("2023", "2025-11", []),  # not due yet
        ("2025", "2025-12", ["t-2", "t-3"]),
    ],
)
def test_asked_for_are_promises_that_are_due_and_have_no_figure_of_their_year(package, period, as_of, ids):
    rows = package.observations.copy()
    rows.loc[rows["id"].eq("o-2"), "period"] = period
    assert promises_to_ask(replace(package, observations=rows), as_of)["id"].tolist() == ids


def test_where_nothing_is_due_no_form_is_written(folder, tmp_path):
    assert ask(folder, tmp_path / "forms", "2020") == ([], 0)
    assert not (tmp_path / "forms").exists()


@pytest.mark.parametrize(
    ("by", "fits"),
    [
        *(("2026-12-31", True), ("2026年12月31日", True), ("2026.1.5", True), ("2026/12/31", True)),
        *(("2026-13-01", False), ("2026-02-30", False), ("明年", False), ("", False), ("2026-12", False)),
    ],
)
def test_the_day_to_answer_by_is_a_date(folder, tmp_path, by, fits):
    if fits:
        assert ask(folder, tmp_path / "forms", "2020", by=by).forms == []
    else:
        with pytest.raises(DataError) as refused:
            ask(folder, tmp_path / "forms", "2020", by=by)
        (finding,) = refused.value.findings
        assert (finding.file, finding.value) == ("--by", by) and "2026-12-31" in finding.expected["zh"]


def test_each_issuer_has_a_form_in_the_order_of_the_promises_and_each_promise_a_request(folder, tmp_path):
    documents, targets = (
        pd.read_csv(folder / f"{name}.csv", dtype="str") for name in ("documents", "targets")
    )
    more = documents[:1].assign(id="plan-2", issuer="甲 局")
    documents["issuer"] = ["乙局", None]
    pd.concat([documents, more]).to_csv(folder / "documents.csv", index=False)
    targets.assign(document=["plan-1", "plan-2", "plan-1"]).to_csv(folder / "targets.csv", index=False)
    forms, count = ask(folder, tmp_path / "forms", "2026-12", asked=DAY)
    assert ([path.name for path in forms], count) == (["乙局-2026-11-29.xlsx", "甲-局-2026-11-29.xlsx"], 3)
    assert sorted(path.name for path in (tmp_path / "forms").iterdir()) == [path.name for path in forms]
    sheet = openpyxl.load_workbook(forms[1]).worksheets[1]
    name = request_descriptor(folder)["name"]
    assert sheet["B3"].value == f"{name} · 0.9.0 · 2026-11-29 · 2026-12"
    assert (sheet["A1"].value, sheet["A6"].value) == ("规划目标实绩填报表 · 甲 局", "t-2")
    requests = pd.read_csv(folder / "requests.csv", dtype="str")
    assert requests[["id", "target", "asked", "asked_of", "state"]].values.tolist() == [
        ["ask-2026-11-29-t-1", "t-1", "2026-11-29", "乙局", "asked"],
        ["ask-2026-11-29-t-2", "t-2", "2026-11-29", "甲 局", "asked"],
        ["ask-2026-11-29-t-3", "t-3", "2026-11-29", "乙局", "asked"],
    ]
    with pytest.raises(DataError):  # somebody may have filled them in
        ask(folder, tmp_path / "forms", "2026-12", asked=DAY)
