"""Findings about a plan, kind by kind, each as a sentence and as facts; ``leading`` chooses among them."""

from collections.abc import Callable, Iterable, Iterator

import pandas as pd

from plan_monitor.data.package import Package
from plan_monitor.methods import danger
from plan_monitor.methods.progress import STATUSES
from plan_monitor.report import codes, compared, facts, responsible
from plan_monitor.report.codes import printed
from plan_monitor.report.facts import Lead, count, facts_of, ids_of, items, moment, of_first
from reportkit import measures, periods, words
from reportkit.brief import Fact
from reportkit.cited import cited
from reportkit.decimals import NOISE
from reportkit.language import Text, chosen, tr

_GOOD = ("achieved", "kept", "on_track")
_FEW = 3  # a plan of so few promises shows each of them
_SHORT = 24  # largest width, in Latin characters, of a name in the place of a figure
_STEEP = 1  # points a year; smallest change that is mentioned


def leads(judged: pd.DataFrame, package: Package, as_of: str) -> Iterator[Lead]:
    """Findings about promises (``promises.judge``) and their stages, the strongest first, computed lazily."""
    rows = judged[judged["role"].isin(["promise", "by_year"])].sort_values("period", kind="stable")
    main = rows[rows["role"].eq("promise")]
    few = len(main) <= _FEW
    finders: list[Callable[[], Lead]] = [
        lambda: _standing(main, package),
        lambda: _lowered(rows, package),
        lambda: compared.base_beside(main, package, as_of),
        lambda: _steepest(main, package),
        lambda: compared.target_beside(main, package, as_of),
        lambda: Lead([], promised(main, package) if few else [], _FEW),
        lambda: Lead([], _yearly(main, package) if few else [], 1),
        lambda: Lead([], _responsible_units(main, package) if few else [], 1),
        lambda: _overdue(rows, package),
        lambda: _awaited(rows, package),
        lambda: _coming(rows),
    ]
    return (lead for find in finders if (lead := find()).facts)


def promised(judged: pd.DataFrame, package: Package) -> list[tuple[str, Fact]]:
    """Every promise itself: its target, and its state; those whose figures are overdue first."""
    rows = judged[judged["role"].eq("promise")]
    rows = rows.sort_values("state", key=lambda state: state.ne("overdue"), kind="stable")
    texts = [facts.state(row) for row in rows.itertuples()]
    return facts_of(rows, facts.goals(rows, package), texts, [rows["id"]], package)


def _yearly(rows: pd.DataFrame, package: Package) -> list[tuple[str, Fact]]:
    """Change in an average year that sums counted from zero ask for."""
    rows = rows[rows["kind"].eq("cumulative")].dropna(subset=["value", "period", "baseline_period"])
    years = rows["period"].map(periods.end).astype(float) - rows["baseline_period"].map(periods.end)
    unit = measures.units(package.indicators)
    needed = zip(rows.itertuples(), years, strict=True)
    figures = [words.figure(row.value / n, unit[row.indicator], 0, row.comparator) for row, n in needed]
    figures = [figure.preceded(tr("目标 ", "target ")) for figure in figures]
    spans = map(words.number, years)
    texts = [tr(f"年均，本报告按 {span} 年平摊", f"a year, our division by {span} years") for span in spans]
    result = facts_of(rows, figures, texts, [rows["id"]], package)
    return [(f"{key} a year", fact) for key, fact in result]


def _responsible_units(rows: pd.DataFrame, package: Package) -> list[tuple[str, Fact]]:
    """The units responsible for promises, where their names are short; steps name them all."""
    responsible_units, name = responsible.column(rows["id"], package), codes.names(package.indicators)
    cells = zip(rows["indicator"], responsible_units.cells, responsible_units.ids, strict=True)
    short = [(key, unit, ids) for key, unit, ids in cells if ids and words.wide(unit) <= _SHORT]
    label = ("责任单位", "Responsible")
    return [(f"{key} unit", Fact(label, unit, ids, name[key])) for key, unit, ids in short]


def _standing(rows: pd.DataFrame, package: Package) -> Lead:
    """Promises that can be judged, the endangered first."""
    judged = rows[rows["status"].notna()]
    behind = danger.rank(judged, pd.DataFrame({"id": [], "probability": []}))
    ordered = pd.concat([behind, judged[~judged["id"].isin(behind["id"])]])
    sign = ordered["latest_id"].map(package.observations.set_index("id")["comparator"]).fillna("=")
    latest = ordered.assign(value=ordered["latest"], period=ordered["latest_period"], comparator=sign)
    latest["limit"] = ordered["value"]
    aim = tr("，目标 ", ", target ")
    targets = zip(ordered["value"], ordered["unit"], ordered["comparator"], strict=True)
    goals = [words.figure(value, unit, comparator=sign) for value, unit, sign in targets]
    own_note = words.aside(tr("规划自报", "the plan's own"))
    stands = [
        codes.state(code) + own_note * is_own
        for code, is_own in zip(ordered["status"], ordered["own"], strict=True)
    ]
    texts = [state + aim + goal for state, goal in zip(stands, goals, strict=True)]
    ids = [ordered["latest_id"], ordered["id"]]
    reached = [figure.preceded(tr("实绩 ", "actual ")) for figure in printed(latest, package)]
    result = facts_of(ordered, reached, texts, ids, package, ordered["status"])
    total, judged_count = cited(f"{len(rows)}", rows["id"]), count(judged, "latest_id")
    of_state = dict(list(judged.groupby("status")))
    good = judged["status"].isin(_GOOD)

    times = sorted({period.replace("/", "–") for period in judged["latest_period"].dropna()})
    span = tr(" 至 ", " to ").join(dict.fromkeys([*times[:1], *times[-1:]]))

    def sentence(parts: Iterable[tuple[pd.DataFrame, Text]]) -> str:
        counts_by_name = [(count(rows, "latest_id"), chosen(name)) for rows, name in parts if len(rows)]
        zh = "，".join(f"{n} 项{name}" for n, name in counts_by_name)
        en = ", ".join(f"{n} {name}" for n, name in counts_by_name)
        zh = f"{total} 项承诺可判断 {judged_count} 项（{span} 数）：{zh}。"
        return tr(zh, f"{judged_count} of {total} promises can be judged, by figures of {span}: {en}.")

    fullest = sentence((of_state[code], codes.STATUS[code]) for code in STATUSES if code in of_state)
    halves = (judged[good], ("达到或符合进度", "met or on track")), (judged[~good], ("落后", "behind"))
    return Lead([fullest, sentence(halves)], result, 3)


def _lowered(rows: pd.DataFrame, package: Package) -> Lead:
    """Targets below what had been reached already."""
    less = rows["kind"].eq("floor") & rows["baseline"].gt(rows["value"])
    less |= rows["kind"].eq("ceiling") & rows["baseline"].lt(rows["value"])
    lowered = rows[less & rows["baseline_id"].notna()].drop_duplicates(["indicator", "region"])
    n = count(lowered, "baseline_id")
    en_one = f"{n} target asks for less than had been reached"
    en = en_one if len(lowered) == 1 else f"{n} targets ask for less than had been reached"
    lead = tr(f"有 {n} 项目标低于已经达到的水平", en)
    return Lead(of_first(lead, lowered, package), _from_base(lowered, package), 2)


def _steepest(rows: pd.DataFrame, package: Package) -> Lead:
    """The shares that are to change most a year."""
    ways = danger.longest_ways(rows)
    ways = ways[ways["points_per_year"].abs() >= _STEEP - NOISE]
    if ways.empty:
        return Lead([], [], 0)
    first = ways.iloc[0]
    name = codes.names(package.indicators)[first["indicator"]]
    answers = []
    for dates, zh, en in (
        (True, "要求变动最大的是{}：由 {}到 {}。", "Longest way: {}, from {} to {}."),
        (False, "要求变动最大的是{}：由 {}到 {}。", "Longest way: {}, from {} to {}."),
        (False, "{}要由 {}到 {}。", "{}: from {} to {}."),
    ):
        ends = [
            words.dated(first["baseline"], "%", first["baseline_period"] if dates else None),
            words.dated(first["value"], "%", first["period"] if dates else None, first["comparator"]),
        ]
        start, goal = map(cited, ends, ([first["baseline_id"]], [first["id"]]))
        answers.append(tr(zh, en).format(name, tr(words.apart(start), start), goal))
    return Lead(answers, _from_base(ways, package), 2)


def _overdue(rows: pd.DataFrame, package: Package) -> Lead:
    """Promises whose figures should have been published."""
    late = rows[rows["state"].eq("overdue")]
    n = count(late, "lag_id")
    en = "result should be out and was" if len(late) == 1 else "results should be out and were"
    lead = tr(f"有 {n} 项承诺已过公布期，仍未收录到结果", f"{n} {en} not found")
    label, spread = ("逾期未收录", "Results overdue"), _spread(late)
    fact = Fact(label, items(late), ids_of(late, "lag_id"), spread)
    return Lead(of_first(lead, late, package), [("overdue", fact)] * bool(len(late)), 1)


def _spread(late: pd.DataFrame) -> str:
    """A remark on overdue results: the number of indicators, where each is due in several years."""
    years_by_indicator = late.groupby(["indicator", "region"])["period"].nunique()
    text, n = tr("已过公布期", "should have been published"), len(years_by_indicator)
    match [*years_by_indicator.unique()]:
        case [years] if years > 1:
            return tr(f"{n} 项指标各 {years} 年，{text}", f"{n} indicators, {years} years each")
    return text


def _awaited(rows: pd.DataFrame, package: Package) -> Lead:
    """Promises that are due, and when their figures are expected; the largest group first."""
    answers, result = [], []
    awaited = rows[rows["state"].eq("awaited")]
    due = awaited["period"].map(periods.end).astype(float)
    for (end, expected), group in sorted(awaited.groupby([due, due + awaited["lag"] / 12]), key=_size):
        n, due_date, expected_date = count(group, "lag_id"), moment(end), moment(expected)
        if len(group) == 1:
            answers += _pending(group, due_date, package)
        zh = f"{n} 项承诺于 {due_date}到期，结果应在 {expected_date}前公布。"
        answers.append(
            tr(zh, f"Results of promises due by {due_date} ({n}) are expected by {expected_date}.")
        )
        text = tr(f"{items(group)}，{due_date}到期", f"{items(group)} due by {due_date}")
        fact = Fact(("结果应公布于", "Results expected by"), expected_date, ids_of(group, "lag_id"), text)
        result.append((f"expected {expected_date}", fact))
    return Lead(answers, result, 2)


def _pending(single: pd.DataFrame, due_date: str, package: Package) -> list[str]:
    """The answer on one promise that is due, with its target; a shorter one without its name."""
    row, name = next(single.itertuples()), codes.names(package.indicators)[single["indicator"].iloc[0]]
    unit = measures.units(package.indicators)[row.indicator]
    least = row.comparator == ">="
    goal = cited(words.figure(row.value, unit, comparator="=" if least else row.comparator), [row.id])
    zh, en = ("力争", "aim") if facts.aims(row) else ("目标", "target")
    zh, en = zh + "至少" * least, en + " of at least" * least
    return [
        tr(
            f"{name}{zh} {goal}，{due_date}到期，未见公布结果。",
            f"{name}: {en} {goal}, due by {due_date}; no result found.",
        ),
        tr(
            f"{zh} {goal}，{due_date}到期，未见公布结果。",
            f"{en.capitalize()} {goal}, due by {due_date}; no result found.",
        ),
    ]


def _coming(rows: pd.DataFrame) -> Lead:
    """Promises that are not due yet, and the next due date."""
    later = rows[rows["state"].eq("not_due")]
    due = later["period"].map(periods.end).astype(float)
    following = later[due.eq(due.min())]
    if following.empty:
        return Lead([], [], 0)
    n, next_count, due_date = count(later, "id"), count(following, "id"), moment(due.min())
    zh = f"{n} 项承诺尚未到期，最近的 {next_count} 项于 {due_date}到期。"
    answer = tr(zh, f"Not due yet: {n}; next due: {next_count}, by {due_date}.")
    fact = Fact(("最近的期限", "Next due date"), due_date, [*following["id"]], items(following))
    return Lead([answer], [("next", fact)], 1)


def _size(grouped: tuple[tuple, pd.DataFrame]) -> int:
    return -len(grouped[1])


def _from_base(rows: pd.DataFrame, package: Package) -> list[tuple[str, Fact]]:
    """Targets, each with the base that it starts from."""
    base = rows.assign(value=rows["baseline"], period=rows["baseline_period"], comparator="=")
    base_words = []
    for kind, target, start in zip(rows["kind"], rows["value"], rows["baseline"], strict=True):
        if kind == "floor" and target < start:
            base_words.append(tr("低于基期 ", "below the base, "))
        elif kind == "ceiling" and target > start:
            base_words.append(tr("高于基期 ", "above the base, "))
        else:
            base_words.append(tr("基期 ", "base "))
    texts = [text + figure for text, figure in zip(base_words, printed(base, package), strict=True)]
    return facts_of(rows, facts.goals(rows, package), texts, [rows["id"], rows["baseline_id"]], package)
