"""How unequal schools are: the difference coefficient, weighted by pupils."""

import numpy as np
import pandas as pd

from plan_monitor.balance.standard import LEVELS, RESOURCES, rules
from plan_monitor.methods.series import require_columns
from reportkit.decimals import NOISE


def difference_coefficient(totals, students) -> float:
    """How much a resource per pupil differs between schools (差异系数): weighted by pupils.

    .. math:: CV = S / \\bar X, \\quad \\bar X = \\frac{\\sum x_i}{\\sum P_i}, \\quad
              S = \\sqrt{\\sum \\frac{P_i}{P_N} \\left(\\frac{x_i}{P_i} - \\bar X\\right)^2}

    The standard deviation of the schools' ratios over their mean, each school counted once, is another
    number and may turn a fail into a pass.

    Parameters
    ----------
    totals, students : array-like
        What each school has of the resource (:math:`x_i`), and its pupils (:math:`P_i`); at least 0.

    Returns
    -------
    float
        No unit. 0 for a single school. NaN where it is not defined: no pupils, or none of the resource.
        A school without pupils does not count, nor does what it has.

    Raises
    ------
    ValueError
        If lengths differ, or a figure is missing or negative.

    Notes
    -----
    Source: 县域义务教育校际均衡指标计算方法 (how to compute between-school indicators in a county, with an
    example of five schools; read in a repost), for the coefficient that 教督〔2017〕6号, article 6, limits.

    Examples
    --------
    The published example: books of five primary schools.

    >>> round(difference_coefficient([279, 137, 935, 160, 402], [45, 37, 89, 76, 55]), 2)
    0.52
    """
    totals, students = np.asarray(totals, dtype=float), np.asarray(students, dtype=float)
    if totals.shape != students.shape or totals.ndim != 1:
        raise ValueError(f"as many totals as pupil numbers are needed: {totals.shape}, {students.shape}")
    if not ((totals >= 0).all() and (students >= 0).all()):
        raise ValueError("a total or a number of pupils is missing or negative")
    return float(_weighted(totals, students, np.zeros(len(totals), dtype=int), 1)[2][0])


def _weighted(totals: np.ndarray, students: np.ndarray, group: np.ndarray, groups: int) -> tuple:
    """Mean, deviation and coefficient of each group of schools; schools without pupils do not count."""
    counted = students > 0
    totals, students, group = totals[counted], students[counted], group[counted]
    pupils = np.bincount(group, students, groups)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.bincount(group, totals, groups) / pupils
        apart = (totals / students - mean[group]) ** 2
        deviation = np.sqrt(np.bincount(group, students * apart, groups) / pupils)
        return mean, deviation, deviation / mean


def coefficients(schools: pd.DataFrame, standard: pd.DataFrame) -> pd.DataFrame:
    """The difference coefficients of every county, level and resource, held against their limits.

    Parameters
    ----------
    schools, standard : DataFrame
        As for ``evaluate_schools``.

    Returns
    -------
    DataFrame
        One row a region, level and indicator that has schools with pupils: schools (counted), missing
        (schools without this figure; they are left out), mean and deviation (as the indicator is stated,
        such as a hundred pupils), cv, limit, and state: ``met``, ``not_met``, or ``open`` where a school's
        figure is missing or the coefficient is not defined.

    Examples
    --------
    >>> from plan_monitor import load
    >>> rule_book = load().select(document="edu-balanced").standards
    >>> schools = pd.DataFrame({"region": "A1", "level": "primary", "students": [45, 37, 89, 76, 55],
    ...                         **dict.fromkeys(RESOURCES["column"], [279, 137, 935, 160, 402])})
    >>> coefficients(schools, rule_book)[["level", "cv", "limit", "state"]].round(3).head(1).values.tolist()
    [['primary', 0.515, 0.5, 'not_met']]
    """
    require_columns(schools, ("region", "level", "students", *RESOURCES["column"]), "schools")
    present = schools[(schools["students"] > 0) & schools["level"].isin(LEVELS)]
    present = present.assign(
        level=pd.Categorical(present["level"], LEVELS)
    )  # sorted as the rule book has them
    groups = present.groupby(["region", "level"], observed=True)
    keys = groups.size().index.to_frame(index=False).astype({"level": "str"})
    group, count = groups.ngroup().to_numpy(), len(keys)
    students = present["students"].to_numpy(dtype=float)
    tables = []
    for resource in RESOURCES.itertuples():
        totals = present[resource.column].to_numpy(dtype=float)
        given = ~np.isnan(totals)
        mean, deviation, cv = _weighted(np.where(given, totals, 0), students * given, group, count)
        table = keys.assign(
            indicator=resource.indicator,
            schools=np.bincount(group, given, count).astype(int),
            missing=np.bincount(group, ~given, count).astype(int),
            mean=resource.per * mean,
            deviation=resource.per * deviation,
            cv=cv,
        )
        tables.append(table)
    result = pd.concat(tables).sort_index(kind="stable").reset_index(drop=True)
    limit = result["level"].map(rules(standard).limits)
    within = np.where(result["cv"] <= limit * (1 + NOISE), "met", "not_met")
    state = np.where((result["missing"] > 0) | result["cv"].isna(), "open", within)
    return result.assign(limit=limit, state=state)
