"""Schools judged by the rule book: each by the seven thresholds, and how unequal they are."""

import numpy as np
import pandas as pd

from plan_monitor.balance.standard import LEVELS, RESOURCES, rules
from plan_monitor.methods.series import require_columns
from reportkit.decimals import NOISE

PASSES, FAILS, OPEN, NO_STUDENTS = "passes", "fails", "open", "no_students"


def evaluate_schools(schools: pd.DataFrame, standard: pd.DataFrame) -> pd.DataFrame:
    """Judge each school: at least six of seven resources at the threshold, the rest not below 85 % of it.

    Both numbers, like the thresholds, are read from `standard`, rows of ``standards`` (source:
    教督〔2017〕6号, article 6). `schools` has one row a school and level (primary or junior; see
    ``split_levels``) of any counties: region, level, students and the totals of the seven resources. Added
    are, by its id, each indicator's figure a pupil or a hundred pupils; met, near (missed but at least 85 %),
    below and missing (counts of indicators), and status: ``passes``, ``fails``, ``open`` where a missing
    figure decides, or ``no_students`` (nothing to judge, counted nowhere). Raises ValueError if a column or a
    threshold is missing, or a level is neither primary nor junior.
    """
    require_columns(schools, ("region", "level", "students", *RESOURCES["column"]), "schools")
    others = schools.loc[~schools["level"].isin(LEVELS), "level"].unique()
    if len(others):
        others = ", ".join(map(str, others))
        raise ValueError(f"schools: levels primary and junior expected, not {others}; split_levels first")
    book = rules(standard)
    students = schools["students"].to_numpy(dtype=float)
    threshold = book.thresholds.loc[schools["level"]].to_numpy()
    totals = schools[list(RESOURCES["column"])].to_numpy(dtype=float)
    with np.errstate(invalid="ignore", divide="ignore"):
        figures = RESOURCES["per"].to_numpy() * totals / students[:, None]
    figures[~(students > 0)] = np.nan

    met = figures >= threshold * (1 - NOISE)
    near = ~met & (figures >= book.floor * threshold * (1 - NOISE))
    missing = np.isnan(figures)
    states = {"met": met, "near": near, "below": ~met & ~near & ~missing, "missing": missing}
    counts = {name: state.sum(axis=1) for name, state in states.items()}
    fails = (counts["below"] > 0) | (counts["near"] > book.waivable)
    decisive = [np.isnan(students), ~(students > 0), fails, counts["missing"] > 0]
    status = np.select(decisive, [OPEN, NO_STUDENTS, FAILS, OPEN], PASSES)
    of_indicator = dict(zip(RESOURCES["indicator"], figures.T, strict=True))
    return schools.assign(**of_indicator, **counts, status=status)


def attainment(evaluated: pd.DataFrame, standard: pd.DataFrame) -> pd.DataFrame:
    """Each school's figures (of ``evaluate_schools``) in % of their thresholds, one column an indicator."""
    thresholds = rules(standard).thresholds
    return 100 * evaluated[list(thresholds)] / thresholds.loc[evaluated["level"]].to_numpy()


def shortfall(evaluated: pd.DataFrame, standard: pd.DataFrame) -> pd.DataFrame:
    """Shortfalls of schools: one row for each school and indicator that misses its threshold.

    Rows of ``evaluate_schools`` without figures, and indicator, figure, threshold, to_threshold and to_floor
    (whole teachers, rooms, square metres or yuan the school lacks to the threshold, and to the 85 % that one
    indicator may stay at; 0 where it has that). A missing figure is no shortfall; it is in ``missing``.
    """
    book = rules(standard)
    need, least = needs(evaluated, book.thresholds, 1.0), needs(evaluated, book.thresholds, book.floor)
    row, column = np.nonzero(need)
    indicators = book.thresholds.columns
    identity = evaluated.drop(columns=[*RESOURCES["column"], *indicators]).iloc[row].reset_index(drop=True)
    return identity.assign(
        indicator=indicators[column],
        figure=evaluated[indicators].to_numpy()[row, column],
        threshold=book.thresholds.loc[evaluated["level"]].to_numpy()[row, column],
        to_threshold=need[row, column],
        to_floor=least[row, column],
    )


def needs(schools: pd.DataFrame, thresholds: pd.DataFrame, share: float) -> np.ndarray:
    """Whole units each school (row) lacks of each resource (column) to a share of the thresholds, or 0."""
    students = schools["students"].to_numpy(dtype=float)[:, None]
    required = share * thresholds.loc[schools["level"]].to_numpy() * students / RESOURCES["per"].to_numpy()
    lacking = required - schools[list(RESOURCES["column"])].to_numpy(dtype=float)
    # 4.2 teachers for 500 pupils are 21, not the 21.000000000000004 of the floats
    return np.nan_to_num(np.ceil(lacking - NOISE * required).clip(min=0))


def difference_coefficient(totals, students) -> float:
    """How much a resource per pupil differs between schools (差异系数): weighted by pupils.

    .. math:: CV = S / \\bar X, \\quad \\bar X = \\frac{\\sum x_i}{\\sum P_i}, \\quad
              S = \\sqrt{\\sum \\frac{P_i}{P_N} \\left(\\frac{x_i}{P_i} - \\bar X\\right)^2}

    `totals` is what each school has of the resource (:math:`x_i`), `students` its pupils (:math:`P_i`); a
    school without pupils does not count. NaN where there are no pupils, or none of the resource. Raises
    ValueError if lengths differ, or a figure is missing or negative. The deviation of the schools' ratios
    over their mean, each school counted once, is another number and may turn a fail into a pass.

    Source: 县域义务教育校际均衡指标计算方法 (how to compute between-school indicators in a county; read in a
    repost), for the coefficient that 教督〔2017〕6号, article 6, limits. Its example, books of five schools:

    >>> round(difference_coefficient([279, 137, 935, 160, 402], [45, 37, 89, 76, 55]), 2)
    0.52
    """
    totals, students = np.asarray(totals, dtype=float), np.asarray(students, dtype=float)
    if totals.shape != students.shape or totals.ndim != 1:
        raise ValueError(f"as many totals as pupil numbers are needed: {totals.shape}, {students.shape}")
    if not ((totals >= 0).all() and (students >= 0).all()):
        raise ValueError("a total or a number of pupils is missing or negative")
    _, _, (coefficient,) = _weighted(totals, students, np.zeros(len(totals), dtype=int), 1)
    return float(coefficient)


def _weighted(totals: np.ndarray, students: np.ndarray, group: np.ndarray, groups: int) -> tuple:
    """Mean, deviation and coefficient of each group of schools; schools without pupils do not count."""
    counted = students > 0
    totals, students, group = totals[counted], students[counted], group[counted]
    pupils = np.bincount(group, students, groups)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.bincount(group, totals, groups) / pupils
        squares = (totals / students - mean[group]) ** 2
        deviation = np.sqrt(np.bincount(group, students * squares, groups) / pupils)
        return mean, deviation, deviation / mean


def coefficients(schools: pd.DataFrame, standard: pd.DataFrame) -> pd.DataFrame:
    """The difference coefficients of every county, level and resource, compared with their limits.

    Of what ``evaluate_schools`` takes, one row a region, level and indicator that has schools with pupils:
    schools (counted), missing (schools left out for want of this figure), mean and deviation (as the
    indicator is stated, such as a hundred pupils), cv, limit, and state: ``met``, ``not_met``, or ``open``
    where a figure is missing or the coefficient is not defined.
    """
    require_columns(schools, ("region", "level", "students", *RESOURCES["column"]), "schools")
    present = schools[(schools["students"] > 0) & schools["level"].isin(LEVELS)]
    rows = present.melt(["region", "level", "students"], RESOURCES["column"], "column", "total")
    rows["level"] = pd.Categorical(rows["level"], LEVELS)  # sorted as the rule book has them
    rows["column"] = pd.Categorical(rows["column"], RESOURCES["column"])
    groups = rows.groupby(["region", "level", "column"], observed=True)
    result = groups["total"].agg(["size", "count"]).reset_index().astype({"level": "str"})
    totals = rows["total"].to_numpy(dtype=float)
    counted = rows["students"].to_numpy(dtype=float) * ~np.isnan(totals)
    mean, deviation, cv = _weighted(np.nan_to_num(totals), counted, groups.ngroup().to_numpy(), len(result))
    resource = RESOURCES.set_index("column").loc[result["column"]]
    indicator, per = resource["indicator"].to_numpy(), resource["per"].to_numpy()
    limit, missing = result["level"].map(rules(standard).limits), result["size"] - result["count"]
    state = np.where(cv <= limit * (1 + NOISE), "met", "not_met")
    state = np.where((missing > 0) | np.isnan(cv), "open", state)
    result = result[["region", "level"]].assign(indicator=indicator, schools=result["count"], missing=missing)
    return result.assign(mean=per * mean, deviation=per * deviation, cv=cv, limit=limit, state=state)
