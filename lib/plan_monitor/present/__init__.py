"""Words, tables and charts of a report, in Chinese and English."""

from plan_monitor.present.charts import bars, dots, lines
from plan_monitor.present.frames import labelled
from plan_monitor.present.progress_table import progress_table
from plan_monitor.present.sources import gaps_table, sources_table
from plan_monitor.present.tables import table
from plan_monitor.present.words import dated, figure, joined, names, nothing, number, say, unit_word

__all__ = [
    "bars",
    "dated",
    "dots",
    "figure",
    "gaps_table",
    "joined",
    "labelled",
    "lines",
    "names",
    "nothing",
    "number",
    "progress_table",
    "say",
    "sources_table",
    "table",
    "unit_word",
]
