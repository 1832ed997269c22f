"""The first page of the report on a machine's reading: how much is right, and what persons should check."""

import pandas as pd

from plan_monitor.audit.reading import FIELDS, SAYS, right
from plan_monitor.audit.reading_report import FIELD, PARTS, outcome, share
from reportkit import words
from reportkit.brief import Fact
from reportkit.charts.small import small_states
from reportkit.cited import cited
from reportkit.language import tr

_WATCHED = 3  # fields a step and the facts name


def answer(printed: pd.DataFrame) -> str:
    """How many figures in digits (``reading.compared``) were found, and how many read right.

    Right means in value, unit, period, comparator and role; region and indicator depend on a catalogue.
    """
    if printed.empty:
        return tr("没有机器读过而人工也录过的数。", "No figure that persons coded was read by the machine.")
    found, is_right = printed["found"], right(printed)
    total, read, correct = (
        cited(f"{len(rows)}", _documents(rows)) for rows in (printed, printed[found], printed[is_right])
    )
    en = f"Of {total} figures the machine found {read} and read {correct} right in all five fields."
    return tr(f"文件里的 {total} 个数，机器读到 {read} 个，五项都读对 {correct} 个。", en)


def facts(printed: pd.DataFrame, unlinked: pd.DataFrame) -> list[Fact]:
    """Shares found and read right, the fields that are most often wrong, and what only the machine read."""
    n, basis = len(printed), _documents(printed)
    if not n:
        return []
    result = [
        Fact(("读到", "Found"), share(int(printed["found"].sum()), n), basis, _out_of(n)),
        Fact(
            ("五项都读对", "Right in five fields"), share(int(right(printed).sum()), n), basis, _field_names()
        ),
    ]
    for name, wrong, compared in _worst(printed):
        remark = "" if name in SAYS else tr("，不在五项内", ", beside the five")
        note = tr(f"可比的 {compared} 个中", f"of {compared}") + remark
        label = (f"读错：{FIELD[name][0]}", f"Wrong: {FIELD[name][1]}")
        result.append(Fact(label, _number(len(wrong)), wrong, note))
    if len(unlinked):
        label = ("机器另读出", "Read beside")
        result.append(
            Fact(
                label,
                _number(len(unlinked)),
                _documents(unlinked),
                tr("人工没有录的数", "not coded by persons"),
            )
        )
    return result


def steps(printed: pd.DataFrame, unjudged: pd.DataFrame) -> list[str]:
    """What to do next: unjudged readings, figures that were not found, and fields to check first."""
    sentences, missed = [], printed[~printed["found"]]
    if len(unjudged):
        count = cited(f"{len(unjudged)}", _documents(unjudged))
        en = f"Look at the {count} figures that only the machine read and nobody has judged (part 5)."
        sentences.append(tr(f"逐个看过只有机器读到、还没有人看的 {count} 个数（第五节）", en))
    if worst := [name for name, _, _ in _worst(printed)]:
        zh, en = (words.joined(FIELD[name][side] for name in worst) for side in (0, 1))
        en = f"When confirming a draft, check {en} first."
        sentences.append(tr(f"确认机器的稿子时，先核{zh}：这几项最常读错", en))
    if len(missed):
        count = cited(f"{len(missed)}", missed["row"])
        en = f"Enter by hand what the machine does not find, {count} figures here (part 4)."
        sentences.append(tr(f"机器读不到的数由人补录：这里是 {count} 个（第四节）", en))
    return sentences


def limits() -> str:
    """What the shares cannot tell."""
    en = "The shares hold for these documents; the rules of reading were written with them at hand."
    return tr("比例只说这些文件：写读数规则时它们就在手边，换一份会低些。", en)


def chart(printed: pd.DataFrame) -> None:
    """Draw how many figures were read right, with a fault, and not found."""
    groups = dict(list(printed.groupby(outcome(printed))))
    counts = {state: len(groups[state]) for state in PARTS if state in groups}
    good = counts.get("right", 0)
    small_states(
        counts,
        states=PARTS,
        title=(f"{len(printed)} 个数，{good} 个五项都读对", f"{good} of {len(printed)} figures right"),
        subtitle=("机器读出的数，个", "What the machine read"),
        ids={state: _documents(rows) for state, rows in groups.items()},
    )


def _worst(printed: pd.DataFrame) -> list[tuple[str, list[str], int]]:
    """The fields most often wrong: name, ids of the wrong figures, and the number compared."""
    read, counts = printed[printed["found"]], []
    for name in FIELDS:
        judged = read[f"is_{name}"]
        counts.append((name, list(read.loc[judged.eq("wrong"), "row"]), int(judged.ne("open").sum())))
    wrong = sorted((count for count in counts if count[1]), key=lambda count: -len(count[1]))
    return wrong[:_WATCHED]


def _documents(rows: pd.DataFrame) -> list[str]:
    return list(rows["document"].unique())


def _field_names() -> str:
    return tr("数值、单位、时期、比较符、作用", "value, unit, period, sign, role")


def _out_of(total: int) -> str:
    return tr(f"{total} 个数中", f"of {total} figures")


def _number(count: int) -> str:
    return tr(f"{count} 个", f"{count}")
