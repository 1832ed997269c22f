"""Monitoring against relapse into poverty: who is to be monitored and why, and who may be next."""

from reportkit.lazy import attach

__getattr__, __all__ = attach(
    {
        "plan_monitor.relapse.groups": ("GROUPS", "MONITORED", "REASONS", "classify", "counts"),
        "plan_monitor.relapse.households": ("GUARANTEES", "SOURCES", "SPENDING"),
        "plan_monitor.relapse.income": ("SHOCKS", "shocked", "structure"),
        "plan_monitor.relapse.published": ("Release", "bands", "counted", "release", "shocks"),
        "plan_monitor.relapse.risk": ("PREDICTORS", "NoModel", "Risk", "fit", "predictors", "transitions"),
        "plan_monitor.relapse.trial": ("Evaluation", "Trial", "evaluate", "foreseeable", "out_of_sample"),
    }
)
