"""Words, tables and charts of a report: those of the engine, and those about promises."""

from reportkit.lazy import attach

__getattr__, __all__ = attach(
    {
        "plan_monitor.report.codes": ("COLOURED", "STATES", "labelled", "names", "printed", "state"),
        "plan_monitor.report.drawn": ("lead_title", "leading_chart", "ways_chart"),
        "plan_monitor.report.judgement": (
            *("beside_table", "paces", "progress_table", "tally_line", "tally_lines"),
        ),
        "plan_monitor.report.leading": ("leading_answer", "leading_facts", "limits"),
        "plan_monitor.report.next": ("next_steps",),
        "plan_monitor.report.odds": ("came", "held", "likely", "record_chart", "records", "tried"),
        "plan_monitor.report.sources": ("gaps_table", "places_table", "sources_table"),
        "reportkit.brief": ("Fact", "brief"),
        "reportkit.charts.heatmap": ("heat_map",),
        "reportkit.charts.lines": ("lines",),
        "reportkit.charts.marks": ("timeline",),
        "reportkit.charts.plain": ("bars", "dots", "limit_bars", "stacked"),
        "reportkit.charts.small": ("small_bars", "small_dates", "small_lines", "small_states"),
        "reportkit.cited": ("cited",),
        "reportkit.language": ("chosen", "of_data", "tr"),
        "reportkit.measures": ("counted", "unit_word", "units"),
        "reportkit.table": ("Column", "table"),
        "reportkit.words": (
            *("apart", "change", "column", "dated", "figure", "interval", "joined", "nothing"),
            *("number", "phrase", "ratio", "say"),
        ),
    }
)
