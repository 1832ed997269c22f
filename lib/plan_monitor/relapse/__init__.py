"""Monitoring against relapse into poverty: who is to be monitored and why, and who may be next."""

from reportkit.lazy import attach

__getattr__, __all__ = attach(
    {
        "plan_monitor.relapse.groups": (
            *("GROUPS", "GUARANTEES", "MONITORED", "REASONS", "SHOCKS", "SOURCES", "SPENDING"),
            *("classify", "counts", "structure"),
        ),
        "plan_monitor.relapse.published": ("Release", "bands", "counted", "release", "shocked", "shocks"),
        "plan_monitor.relapse.risk": (
            *("PREDICTORS", "STEPS", "NoModel", "Risk", "fit", "predictors", "transitions"),
        ),
        "plan_monitor.relapse.trial": (
            *("Evaluation", "Trial", "Within", "evaluate", "foreseeable", "out_of_sample"),
        ),
    }
)
