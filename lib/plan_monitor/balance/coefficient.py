"""How unequal schools are: the difference coefficient, weighted by pupils."""

import numpy as np
import pandas as pd

from plan_monitor.balance.standard import RESOURCES, rules
from plan_monitor.methods.series import require_columns

_SAME = 1e-9  # two figures closer than this share of their size are equal


def difference_coefficient(totals, students) -> float:
    """How much a resource per pupil differs between schools (差异系数): weighted by pupils.

    .. math:: CV = S / \\bar X, \\quad \\bar X = \\frac{\\sum x_i}{\\sum P_i}, \\quad
              S = \\sqrt{\\sum \\frac{P_i}{P_N} \\left(\\frac{x_i}{P_i} - \\bar X\\right)^2}

    The standard deviation of the schools' ratios over their mean, each school counted once, is another
    number and may turn a fail into a pass.

    Parameters
    ----------
    totals : array-like
        What each school has of the resource (:math:`x_i`), at least 0.
    students : array-like
        Its pupils (:math:`P_i`), at least 0.

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
    schools : DataFrame
        One row a school and level (primary or junior): columns region, level, students and the totals of
        the seven resources. Any number of counties.
    standard : DataFrame
        Rows of ``standards``.

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
    limits = rules(standard).limits
    present = schools[schools["students"] > 0]
    keys = present[["region", "level"]].drop_duplicates(ignore_index=True)
    group = present.groupby(["region", "level"], sort=False).ngroup().to_numpy()
    students, count = present["students"].to_numpy(dtype=float), len(keys)
    tables = []
    for resource in RESOURCES.itertuples():
        totals = present[resource.column].to_numpy(dtype=float)
        known = ~np.isnan(totals)
        mean, deviation, cv = _weighted(np.where(known, totals, 0), students * known, group, count)
        table = keys.assign(
            indicator=resource.indicator,
            schools=np.bincount(group, known, count).astype(int),
            missing=np.bincount(group, ~known, count).astype(int),
            mean=resource.per * mean,
            deviation=resource.per * deviation,
            cv=cv,
        )
        tables.append(table)
    result = pd.concat(tables, ignore_index=True)
    result["limit"] = result["level"].map(limits)
    within = np.where(result["cv"] <= result["limit"] * (1 + _SAME), "met", "not_met")
    result["state"] = np.where((result["missing"] > 0) | result["cv"].isna(), "open", within)
    place = {name: i for i, name in enumerate([*limits.index, *RESOURCES["indicator"]])}
    order = ["region", "level", "indicator"]
    return result.sort_values(
        order, key=lambda c: c.map(place) if c.name != "region" else c, ignore_index=True
    )
