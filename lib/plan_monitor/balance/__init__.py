"""Balanced compulsory education (义务教育优质均衡): schools, coefficients, the county's verdict, and a plan.

The rule book is 教督〔2017〕6号 and its annex on indicators; its thresholds are data (table ``standards``).
"""

from reportkit.lazy import attach

__getattr__, __all__ = attach(
    {
        "plan_monitor.balance.county": ("ASPECTS", "Verdict", "evaluate_county"),
        "plan_monitor.balance.plan": ("Plan", "cheapest_plan"),
        "plan_monitor.balance.schools": (
            *("attainment", "coefficients", "difference_coefficient", "evaluate_schools", "shortfall"),
        ),
        "plan_monitor.balance.split": ("split_levels", "with_additions"),
        "plan_monitor.balance.standard": ("RESOURCES", "TEACHERS", "rules"),
    }
)
