"""Words, tables and charts of a report, in Chinese and English."""

from plan_monitor.present.beside import beside_table
from plan_monitor.present.charts import bars, dots, lines, stacked
from plan_monitor.present.frames import labelled
from plan_monitor.present.heatmap import heat_map
from plan_monitor.present.limits import limit_bars
from plan_monitor.present.progress_table import progress_table
from plan_monitor.present.sources import gaps_table, places_table, sources_table
from plan_monitor.present.tables import table
from plan_monitor.present.timeline import timeline
from plan_monitor.present.words import (
    STATES,
    dated,
    figure,
    joined,
    names,
    nothing,
    number,
    phrase,
    say,
    state,
    unit_word,
)

__all__ = [
    "STATES",
    "bars",
    "beside_table",
    "dated",
    "dots",
    "figure",
    "gaps_table",
    "heat_map",
    "joined",
    "labelled",
    "limit_bars",
    "lines",
    "names",
    "nothing",
    "number",
    "phrase",
    "places_table",
    "progress_table",
    "say",
    "sources_table",
    "stacked",
    "state",
    "table",
    "timeline",
    "unit_word",
]
