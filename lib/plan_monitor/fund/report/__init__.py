"""An insurance fund in words, tables and charts."""

from reportkit.lazy import attach

__getattr__, __all__ = attach(
    {
        "plan_monitor.fund.report.bands": (
            *("bands_table", "lines_words", "newest_words", "record_words", "touched_words"),
            "warnings_table",
        ),
        "plan_monitor.fund.report.causes": ("causes_chart", "causes_table", "points"),
        "plan_monitor.fund.report.check": ("broken_table", "checked_words"),
        "plan_monitor.fund.report.odds": (
            *("assumption_words", "assumptions_table", "backtest_table", "chance", "trial_words"),
        ),
        "plan_monitor.fund.report.leading": ("first_page", "leading_answer", "reserve_chart"),
        "plan_monitor.fund.report.months": ("month_words", "months_table"),
        "plan_monitor.fund.report.outlook": (
            *("chances_chart", "fan_chart", "fits_table", "middle_words", "start_words", "stress_table"),
        ),
        "plan_monitor.fund.report.series": (
            *("FIGURE", "accounts_chart", "accounts_table", "amount", "fund_name"),
            *("fund_sources", "heads_table", "money"),
            *("scheme_name", "sentences", "used_rows"),
        ),
        "plan_monitor.fund.report.verdict": ("answer", "below_table", "grounds"),
    }
)
