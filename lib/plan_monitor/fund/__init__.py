"""Insurance fund: accounts, ratios and warning bands, months, growth by factor, projection, stress tests."""

from plan_monitor.fund.accounts import check_accounts
from plan_monitor.fund.decomposition import decompose
from plan_monitor.fund.indicators import RATIOS, indicators, warn
from plan_monitor.fund.monthly import months
from plan_monitor.fund.projection import ENOUGH, Projection, obstacle, project
from plan_monitor.fund.rows import concerns, places, settled, yearly
from plan_monitor.fund.scenario import applicable
from plan_monitor.fund.stress import reached, stress
from plan_monitor.fund.trial import backtest
from plan_monitor.fund.verdict import POOLED, Verdict, holds

__all__ = [
    "ENOUGH",
    "POOLED",
    "RATIOS",
    "Projection",
    "Verdict",
    "applicable",
    "backtest",
    "check_accounts",
    "concerns",
    "decompose",
    "holds",
    "indicators",
    "months",
    "obstacle",
    "places",
    "project",
    "reached",
    "settled",
    "stress",
    "warn",
    "yearly",
]
