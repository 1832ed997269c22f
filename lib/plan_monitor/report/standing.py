"""In which states the promises of a plan are, as a small chart for a first page."""

import pandas as pd

from plan_monitor.report.codes import COLOURED, state
from reportkit.charts.small import small_states
from reportkit.language import tr


def standing_chart(judged: pd.DataFrame) -> None:
    """Draw how many promises and stages by year (``promises.judge``) are in each state."""
    rows = judged[judged["role"].isin(["promise", "by_year"])]
    ids = rows.groupby("state", sort=False)["id"].agg(list)
    counts = {code: len(ids[code]) for code in COLOURED if code in ids}
    title = tr("承诺与分年目标的进展", "States of promises and stages")
    if counts:
        most = max(counts, key=counts.__getitem__)
        zh = f"{len(rows)} 项承诺和分年目标中最多的是{state(most)}，{counts[most]} 项"
        title = tr(zh, f"Most of {len(rows)} promises and stages: {state(most)}, {counts[most]}")
    small_states(counts, states=COLOURED, title=title, ids=ids.to_dict())
