"""What is said of a draft, of its checks and of decisions, in both languages."""

from pathlib import Path

import pandas as pd
import pytest

from plan_monitor.intake.take import Conflict
from plan_monitor.reading.confirm import summary
from plan_monitor.reading.confirm.accept import Accepted
from plan_monitor.reading.confirm.decisions import Decision
from plan_monitor.reading.confirm.drafted import Drafted
from plan_monitor.reading.confirm.store import Outcome
from reportkit.findings import Finding
from reportkit.language import using

ROWS = [("target", "", ""), ("target", "unit", ""), ("observation", "", "known"), ("target", "value", "changed"),
        ("other", "", ""), ("target", "", ""), ("observation", "", "known")]  # fmt: skip
WORDS = pd.DataFrame({"words": ["全覆盖", "清零"]})


def drafted(rows):
    return Drafted(pd.DataFrame(rows, columns=["role", "look", "known"]), [], "镇江市", True, 12)


def both(function, *given):
    """The lines of both languages."""
    lines = function(*given)
    with using("en"):
        return lines, function(*given)


def test_a_draft_is_counted_by_role_and_by_what_needs_a_look():
    assert both(summary.of_draft, drafted(ROWS), WORDS) == (
        [
            "读出 7 个数：目标 4、实绩 2、其他 1",
            "有把握的 3 个，要看的 2 个",
            "以前决定过的 2 个，和以前不同的 1 个",
            "没有数字的承诺 2 处；不是数据的数字（日期、文号、序号等）12 个",
        ],
        [
            "7 figures: target 4, observation 2, other 1",
            "3 are certain, 2 need a look",
            "2 were decided on before, 1 are not what they were",
            "2 promises without a number; 12 numbers are no figures (dates, lists)",
        ],
    )
    assert summary.of_draft(drafted([]), WORDS) == ["没有读出数字"]


@pytest.mark.parametrize(("rows", "lines"), [(ROWS[:2], 3), (ROWS[:3], 4), ([*ROWS[:2], ROWS[3]], 4)])
def test_earlier_decisions_are_told_where_there_are_any(rows, lines):
    assert len(summary.of_draft(drafted(rows), WORDS)) == lines


@pytest.mark.parametrize(
    ("wrong", "last"), [(0, None), (1, "  a0"), (5, "  a4"), (6, "  还有 1 处"), (8, "  还有 3 处")]
)
def test_five_checks_that_do_not_hold_are_shown(wrong, last):
    checks = pd.DataFrame(
        {
            "verdict": ["contradicts"] * wrong + ["holds"],
            "text_zh": [f"a{at}" for at in range(wrong + 1)],
            "text_en": [f"b{at}" for at in range(wrong + 1)],
        }
    )
    zh, en = both(summary.of_checks, checks)
    assert zh[0] == f"可以重算的 {wrong + 1} 处，看来不符的 {wrong} 处"
    assert en[0] == f"{wrong + 1} statements can be computed again, {wrong} seem not to hold"
    assert zh[1:6] == [f"  a{at}" for at in range(min(wrong, 5))]
    assert en[1:6] == [f"  b{at}" for at in range(min(wrong, 5))]
    assert len(zh) == 1 + min(wrong, 6) and (zh[-1] == last or not wrong)
    assert summary.of_checks(checks.iloc[:0]) == []


def accepted(number, left=None, expected=None):
    decision = Decision(
        **dict.fromkeys(Decision._fields, "") | {"indicator": "学校", "value": "5", "unit": "所"}
    )
    decision = decision._replace(line=number, file="d.csv")
    findings = [Finding("d.csv", number, "unit", None, expected)] if expected else []
    return Accepted(decision, None, left, findings)


def outcome(**given):
    nothing = dict.fromkeys(("documents", "targets", "observations", "same", "replaced", "readings"), 0)
    nothing |= {"changes": {}, "decided": {"yes": 4, "no": 3, "later": 2}, "undecided": 1}
    return Outcome(**nothing | {"unsure": [], "left": [], "conflicts": []} | given)


DECIDED = "采纳 4 个，不采纳 3 个，稍后 2 个，未决定 1 个"


def test_decisions_and_the_rows_that_they_make_are_counted():
    changes = {Path("targets.csv"): b""}
    told = outcome(changes=changes, documents=1, targets=2, observations=3, readings=4, same=5, replaced=6)
    assert both(summary.of_outcome, told, False) == (
        [
            DECIDED,
            "将写入：文件 1 个，目标 2 行，实绩 3 行，读数 4 行；已有且相同 5 行",
            "其中改写 6 行：后来的文本改了数",
            "尚未写入；加 --write 才写入",
        ],
        [
            "4 accepted, 3 refused, 2 put off, 1 undecided",
            "to be written: 1 documents, 2 targets, 3 actuals, 4 readings; 5 rows were there already, the same",
            "6 of them are rows rewritten: a later text has another figure",
            "nothing is written yet; --write writes it",
        ],
    )
    zh, en = both(summary.of_outcome, told._replace(replaced=0), True)
    assert (zh[1][:3], en[1][:6], len(zh), len(en)) == ("写入：", "wrote ", 2, 2)
    assert len(summary.of_outcome(outcome(), False)) == 2  # nothing is to be written


def test_reasons_are_told_once_with_the_first_three_figures():
    unit = {"zh": "应有单位", "en": "expected a unit"}
    held = {"zh": "只是变化量", "en": "a change"}
    told = outcome(
        unsure=[*(accepted(line, expected=unit) for line in (2, 3, 4, 5, 6)), accepted(7)],
        left=[accepted(line, left=held) for line in (8, 9, 10)],
    )
    zh, en = both(summary.of_outcome, told, False)
    assert zh[1:4] == [
        "不能一并接受：学校 5所（第 2 行）、学校 5所（第 3 行）、学校 5所（第 4 行） 等 5 个：应有单位",
        "不能一并接受：学校 5所（第 7 行）：与同一文件里的另一个数冲突",
        "只记入 readings：学校 5所（第 8 行）、学校 5所（第 9 行）、学校 5所（第 10 行）：只是变化量",
    ]
    assert en[1:4] == [
        "not accepted as certain: 学校 5所 (row 2), 学校 5所 (row 3), 学校 5所 (row 4) and 2 more: expected a unit",
        "not accepted as certain: 学校 5所 (row 7): differs from another figure of the document",
        "kept in readings only: 学校 5所 (row 8), 学校 5所 (row 9), 学校 5所 (row 10): a change",
    ]


def test_conflicts_are_told_with_both_figures_and_nothing_else():
    conflict = Conflict("targets", "rate", "321100", "2025", "95 %", "第二章", "96 %", "第 30 字")
    zh, en = both(summary.of_outcome, outcome(conflicts=[conflict]), False)
    head = "rate · 321100 · 2025: "
    assert zh == [
        DECIDED,
        "有冲突，全部未写入：",
        "  rate · 321100 · 2025：已有 95 %（第二章），所采纳的是 96 %（第 30 字）；应只采纳其一，或改其指标、地区、时期",
    ]
    assert en[1:] == [
        "nothing is written, because of conflicts:",
        f"  {head}there 95 %（第二章）, accepted 96 %（第 30 字）; "
        "expected one of them, or another indicator or period",
    ]
