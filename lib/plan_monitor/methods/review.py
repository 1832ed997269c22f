"""Review of a finished plan: what it asked for, what was reached, and whether stated shares are right."""

import numpy as np
import pandas as pd

from plan_monitor.methods.ranges import printed_range, span
from plan_monitor.methods.series import require_columns

_KEY = ["indicator", "region", "period"]
_FIGURE = ["value", "unit", "id"]
_STATED = ("indicator", "stated", "stated_id", "part", "part_unit", "part_id")
_STATED += ("whole", "whole_unit", "whole_id")


def outcomes(judged: pd.DataFrame, observations: pd.DataFrame) -> pd.DataFrame:
    """What was reached of each target of a finished plan.

    `judged` are rows of `progress.assess`, targets whose period is over; `observations` the figures that the
    verdicts rest on, doubtful ones included: as for `progress.assess`, with id and reading. The rows of
    `judged` and: share (figure reached, % of the target; NaN where the target is zero or less is wanted), way
    (change since the base, % of the change that was asked for; NaN without a base or where the base had
    reached the target), share_low, share_high, way_low and way_high (the least and the most they can be,
    given how base and outcome were rounded; a target is set, not measured, and an outcome printed like it has
    gone all the way) and evidence; a figure coded from words makes no share and no way:

    - measured: base, target and outcome are figures, and the target asked for a change;
    - from_zero: likewise, but the target is a sum, which begins at zero and has no base;
    - no_base: there is no figure of the base year, so nothing can be said of the way;
    - already: the base year had reached the target, which asked for no change;
    - worded: the outcome is told in words ("reached"), not as a figure;
    - doubtful: the only outcome is of grade C, so there is no verdict; latest and latest_id are its;
    - none: no outcome at all.
    """
    needed = (*_KEY, "value", "unit", "latest", "completion", "reason", "baseline_id", "latest_id")
    require_columns(judged, needed, "judged")
    require_columns(observations, ("id", "reading", *_KEY, "value"), "observations")
    reading = observations.set_index("id")["reading"]
    down = judged["baseline"] > judged["value"]
    share = (100 * judged["latest"] / judged["value"].where(judged["value"] > 0)).mask(down)
    evidence = np.select(
        [
            judged["reason"].eq("doubtful_only"),
            judged["latest"].isna(),
            judged["latest_id"].map(reading).eq("worded"),
            judged["kind"].isin(["floor", "ceiling"]) & judged["baseline_id"].notna(),
            judged["kind"].eq("cumulative"),
            judged["baseline_id"].isna(),
        ],
        ["doubtful", "none", "worded", "already", "from_zero", "no_base"],
        default="measured",
    )
    result = judged.assign(share=share, way=100 * judged["completion"], evidence=evidence)
    for name, ends in (("share", _share_range), ("way", _way_range)):
        rows = [ends(row) for row in result.itertuples()]
        result[[f"{name}_low", f"{name}_high"]] = np.array(rows, dtype=float).reshape(-1, 2)
    ways = [name + end for name in ("share", "way") for end in ("", "_low", "_high")]
    result[ways] = result[ways].mask(result["evidence"].eq("worded"))
    printed = judged[_KEY].merge(observations.drop_duplicates(_KEY), how="left").set_index(judged.index)
    unjudged = result["evidence"].eq("doubtful")
    result["latest"] = result["latest"].mask(unjudged, printed["value"])
    result["latest_id"] = result["latest_id"].mask(unjudged, printed["id"])
    return result


def _share_range(row) -> tuple[float, float]:
    """The least and the most that the share of the target can be, %, as the outcome was rounded for print."""
    if np.isnan(row.share) or row.latest == row.value:
        return row.share, row.share
    return span(lambda reached: 100 * reached / row.value, [printed_range(row.latest, row.unit)])


def _way_range(row) -> tuple[float, float]:
    """The least and the most that the change achieved can be, %, by what was rounded for print."""
    if row.evidence != "measured" or row.latest == row.value or not np.isfinite(row.way):
        return row.way, row.way
    printed = printed_range(row.baseline, row.unit), printed_range(row.latest, row.unit)
    if printed[0][0] <= row.value <= printed[0][1]:  # the base may have been the target itself
        return row.way, np.inf
    return span(lambda base, reached: 100 * (reached - base) / (row.value - base), printed)


def statements(
    made_of: dict[str, tuple[str, str]], outcomes: pd.DataFrame, observations: pd.DataFrame
) -> pd.DataFrame:
    """Shares that a document states, each with the two stored figures it is made of.

    `made_of` maps the indicator of a share to those of its part (an outcome) and of its whole: a target above
    zero or, where there is none, the base of one. `outcomes` are the targets (of `outcomes`), `observations`
    the document's own figures: id, indicator, period, value, unit. One row a share that the document states
    and that has both figures: indicator, stated and stated_id; part, part_unit, part_id; whole, whole_unit,
    whole_id.
    """
    last = observations.sort_values("period").drop_duplicates("indicator", keep="last").set_index("indicator")
    bases = outcomes.assign(value=outcomes["baseline"], id=outcomes["baseline_id"])
    wholes = pd.concat([outcomes, bases])
    wholes = wholes[wholes["value"] > 0].drop_duplicates("indicator").set_index("indicator")
    rows = []
    for name, (part, whole) in made_of.items():
        if {name, part}.issubset(last.index) and whole in wholes.index:
            stated = last.loc[name, ["value", "id"]]
            rows.append((name, *stated, *last.loc[part, _FIGURE], *wholes.loc[whole, _FIGURE]))
    return pd.DataFrame(rows, columns=list(_STATED))


def recompute(statements: pd.DataFrame) -> pd.DataFrame:
    """Whether a stated share, in %, follows from the two figures it is made of.

    `statements` has part, part_unit, whole, whole_unit (above zero) and stated (%). The rows with computed
    (%), lowest and highest (%, by what the printed figures may have been) and verdict: ``holds`` (rounds to
    what is stated), ``rounding`` (can, given how the figures were rounded) or ``contradicts``.

    >>> rows = [(33.38, "万人", 20.93, "万人", 159.6), (644.0, "个", 220.0, "个", 292.7)]
    >>> table = pd.DataFrame(rows, columns=["part", "part_unit", "whole", "whole_unit", "stated"])
    >>> recompute(table)[["computed", "verdict"]].round(2).values.tolist()
    [[159.48, 'contradicts'], [292.73, 'holds']]
    """
    require_columns(statements, ("part", "part_unit", "whole", "whole_unit", "stated"), "statements")
    rows = []
    for row in statements.itertuples():
        printed = printed_range(row.part, row.part_unit), printed_range(row.whole, row.whole_unit)
        stated = printed_range(row.stated, "%")
        computed = 100 * row.part / row.whole
        lowest, highest = span(lambda part, whole: 100 * part / whole, printed)
        middle, least, most = (round(figure, 9) for figure in (computed, lowest, highest))
        holds = stated[0] <= middle <= stated[1]
        fits = least <= stated[1] and stated[0] <= most
        verdict = "holds" if holds else "rounding" if fits else "contradicts"
        rows.append((computed, lowest, highest, verdict))
    names = ["computed", "lowest", "highest", "verdict"]
    return statements.assign(**pd.DataFrame(rows, columns=names, index=statements.index))
