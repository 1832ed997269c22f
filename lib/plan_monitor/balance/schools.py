"""Every school against the seven thresholds: what it has, whether it passes, what exactly is short."""

import numpy as np
import pandas as pd

from plan_monitor.balance.standard import LEVELS, RESOURCES, rules
from plan_monitor.methods.series import require_columns
from reportkit.decimals import NOISE

PASSES, FAILS, OPEN, NO_STUDENTS = "passes", "fails", "open", "no_students"


def evaluate_schools(schools: pd.DataFrame, standard: pd.DataFrame) -> pd.DataFrame:
    """Judge each school: at least six of seven resources at the threshold, the rest not below 85 % of it.

    Both numbers, like the thresholds, are read from `standard`.

    Parameters
    ----------
    schools : DataFrame
        One row a school and level (primary or junior; see ``split_levels``): columns region, level,
        students and the totals of the seven resources. Any number of counties.
    standard : DataFrame
        Rows of ``standards``.

    Returns
    -------
    DataFrame
        The rows of `schools` with all their columns and, for each of the seven indicators (by its id), the
        school's figure a pupil or a hundred pupils; met, near (missed but at least 85 %), below and
        missing (counts of indicators), and status: ``passes``, ``fails``, ``open`` where a missing figure
        decides, or ``no_students`` (nothing to judge, counted nowhere).

    Raises
    ------
    ValueError
        If a column or a threshold is missing, or a level is neither primary nor junior.

    Notes
    -----
    Source: 教督〔2017〕6号, article 6.
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
    status = np.select(
        [np.isnan(students), ~(students > 0), fails, counts["missing"] > 0],
        [OPEN, NO_STUDENTS, FAILS, OPEN],
        default=PASSES,
    )
    return schools.assign(
        **dict(zip(RESOURCES["indicator"], figures.T, strict=True)), **counts, status=status
    )


def attainment(evaluated: pd.DataFrame, standard: pd.DataFrame) -> pd.DataFrame:
    """Each school's figures (of ``evaluate_schools``) in % of their thresholds, one column an indicator."""
    thresholds = rules(standard).thresholds
    return 100 * evaluated[list(thresholds)] / thresholds.loc[evaluated["level"]].to_numpy()


def shortfall(evaluated: pd.DataFrame, standard: pd.DataFrame) -> pd.DataFrame:
    """Where exactly schools are short: one row a school and indicator that misses its threshold.

    Rows of ``evaluate_schools`` without figures, and: indicator, figure, threshold, to_threshold and to_floor
    (whole teachers, rooms, square metres or yuan the school lacks to the threshold, and to the 85 % that one
    indicator may stay at; 0 where it has that). Schools in their order, indicators in the rule book's. A
    missing figure is no shortfall; it is in ``missing``.
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
    """Whole units each school (row) lacks of each resource (column) to a share of the thresholds.

    0 where it lacks nothing, or its figure is missing.
    """
    students = schools["students"].to_numpy(dtype=float)[:, None]
    wanted = share * thresholds.loc[schools["level"]].to_numpy() * students / RESOURCES["per"].to_numpy()
    lacking = wanted - schools[list(RESOURCES["column"])].to_numpy(dtype=float)
    # 4.2 teachers for 500 pupils are 21, not the 21.000000000000004 of the floats
    return np.nan_to_num(np.maximum(np.ceil(lacking - NOISE * wanted), 0))
