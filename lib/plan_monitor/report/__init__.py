"""Words, tables and charts of a report: those of the engine, and those that know what a promise is."""

from reportkit.lazy import attach

__getattr__, __all__ = attach(
    {
        "plan_monitor.report.beside": ("beside_table",),
        "plan_monitor.report.codes": ("STATES", "names", "state"),
        "plan_monitor.report.frames": ("labelled", "printed"),
        "plan_monitor.report.judgement": ("progress_table",),
        "plan_monitor.report.sources": ("gaps_table", "places_table", "sources_table"),
        "plan_monitor.report.tally": ("tally_line", "tally_lines"),
        "reportkit.charts.heatmap": ("heat_map",),
        "reportkit.charts.limits": ("limit_bars",),
        "reportkit.charts.marks": ("timeline",),
        "reportkit.charts.plain": ("bars", "dots", "lines", "stacked"),
        "reportkit.language": ("chosen", "of_data", "tr"),
        "reportkit.measures": ("counted", "unit_word", "units"),
        "reportkit.table": ("Column", "table"),
        "reportkit.words": (
            *("change", "column", "dated", "figure", "joined", "nothing", "number"),
            *("phrase", "ratio", "say"),
        ),
    }
)
