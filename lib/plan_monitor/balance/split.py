"""Schools that span several levels, split up: one row a school and level."""

import pandas as pd

from plan_monitor.balance.standard import LEVELS, SHARED
from plan_monitor.methods.series import require_columns

_WHOLE = "whole"
_SCHOOL = ["region", "period", "code"]


def split_levels(schools: pd.DataFrame, weights: pd.DataFrame) -> pd.DataFrame:
    """Share out the totals that a school gives for all its levels together; keep primary and junior rows.

    A level gets, of what the row ``whole`` states, its share of the pupils weighted by level:

    .. math:: x_l = x \\frac{w_l P_l}{\\sum_m w_m P_m}

    `schools` has the columns region, period, code, type, level (primary, junior, senior or whole), students,
    and the totals of space, equipment and rooms, each in the row of its level or, for the school as a whole,
    in the row ``whole``; missing in both it stays missing. Teachers are never shared out: they are counted by
    the level they teach. `weights` says what a pupil counts (weight), by type and level. Raises ValueError if
    a school with a row ``whole`` has a level without weight or number of pupils.

    The published rule covers space and equipment (and books and computers); that rooms with network and
    screen are shared out in the same way is our reading. Its example, 23 226 books (here as equipment):

    >>> school = pd.DataFrame({"region": "A1", "period": "2024", "code": "1", "type": "nine-year",
    ...                        "level": ["primary", "junior", "whole"], "students": [166, 210, None],
    ...                        "equipment_value": [None, None, 23226]})
    >>> weights = pd.DataFrame({"type": "nine-year", "level": ["primary", "junior"], "weight": [1, 1.1]})
    >>> split_levels(school, weights)["equipment_value"].round(0).tolist()
    [9712.0, 13514.0]
    """
    require_columns(schools, (*_SCHOOL, "type", "level", "students"), "schools")
    require_columns(weights, ("type", "level", "weight"), "weights")
    whole = schools[schools["level"] == _WHOLE].set_index(_SCHOOL)
    levels = schools[schools["level"] != _WHOLE]
    if not whole.empty:
        levels = levels.merge(weights[["type", "level", "weight"]], on=["type", "level"], how="left")
        school = pd.MultiIndex.from_frame(levels[_SCHOOL])
        shared = school.isin(whole.index)
        counted = levels["students"].astype(float) * levels["weight"]
        if counted[shared].isna().any():
            codes = ", ".join(dict.fromkeys(levels.loc[shared & counted.isna(), "code"]))
            raise ValueError(f"schools: no pupils or no weight given to share out by: {codes}")
        share = counted / counted.groupby(school).transform("sum")  # missing where nobody attends any level
        for column in levels.columns.intersection(SHARED):
            part = whole[column].reindex(school).to_numpy(dtype=float) * share
            levels[column] = levels[column].astype(float).fillna(part)
        levels = levels.drop(columns="weight")
    return levels[levels["level"].isin(LEVELS)].reset_index(drop=True)


def with_additions(schools: pd.DataFrame, additions: pd.DataFrame) -> pd.DataFrame:
    """The table as a bureau fills it, with the additions of a ``Plan``; teachers are added at their level.

    Additions to what the levels of a school share go into its row ``whole``, so that they are shared out
    again by weighted pupils when the table is evaluated.
    """
    after = schools.reset_index(drop=True)
    index = pd.MultiIndex.from_frame(after[[*_SCHOOL, "level"]])
    for row in additions.itertuples():
        school = (row.region, row.period, row.code)
        rows = [index.get_loc((*school, level)) for level in (row.level, _WHOLE) if (*school, level) in index]
        filled = next(number for number in rows if pd.notna(after.at[number, row.column]))
        after.loc[filled, row.column] += row.addition
    return after
