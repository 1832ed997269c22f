"""Insurance fund: accounts, ratios and warning bands, months, growth by factor, projection, stress tests."""

from reportkit.lazy import attach

__getattr__, __all__ = attach(
    {
        "plan_monitor.fund.accounts": ("check_accounts",),
        "plan_monitor.fund.sensitivity": ("ASSUMPTIONS", "assumptions"),
        "plan_monitor.fund.growth": ("decompose",),
        "plan_monitor.fund.ratios": ("RATIOS", "indicators", "warn"),
        "plan_monitor.fund.projection": (
            *("ENOUGH", "Projection", "obstacle", "project", "reached", "stress"),
        ),
        "plan_monitor.fund.rows": ("concerns", "months", "places", "settled", "yearly"),
        "plan_monitor.fund.scenario": ("applicable",),
        "plan_monitor.fund.trial": ("backtest",),
        "plan_monitor.fund.verdict": ("POOLED", "Verdict", "holds"),
    }
)
