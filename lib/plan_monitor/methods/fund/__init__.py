"""Insurance fund: accounts, ratios and warning bands, months, growth by factor, projection, stress tests."""

from plan_monitor.methods.fund.accounts import check_accounts
from plan_monitor.methods.fund.decomposition import decompose
from plan_monitor.methods.fund.indicators import RATIOS, indicators, warn
from plan_monitor.methods.fund.monthly import months
from plan_monitor.methods.fund.projection import Projection, obstacle, project
from plan_monitor.methods.fund.rows import settled, yearly
from plan_monitor.methods.fund.stress import reached, stress
from plan_monitor.methods.fund.trial import backtest

__all__ = [
    "RATIOS",
    "Projection",
    "backtest",
    "check_accounts",
    "decompose",
    "indicators",
    "months",
    "obstacle",
    "project",
    "reached",
    "settled",
    "stress",
    "warn",
    "yearly",
]
