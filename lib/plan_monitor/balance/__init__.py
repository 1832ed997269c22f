"""Balanced compulsory education (义务教育优质均衡): schools, coefficients, the county's verdict, and a plan.

The rule book is 教督〔2017〕6号 and its annex on indicators; its thresholds are data (table ``standards``).
"""

from plan_monitor.balance.coefficient import coefficients, difference_coefficient
from plan_monitor.balance.county import ASPECTS, Verdict, evaluate_county, resources_by_county
from plan_monitor.balance.plan import Plan, cheapest_plan
from plan_monitor.balance.schools import attainment, evaluate_schools, shortfall
from plan_monitor.balance.split import split_levels, with_additions
from plan_monitor.balance.standard import RESOURCES, TEACHERS, rules

__all__ = [
    "ASPECTS",
    "RESOURCES",
    "TEACHERS",
    "Plan",
    "Verdict",
    "attainment",
    "cheapest_plan",
    "coefficients",
    "difference_coefficient",
    "evaluate_county",
    "evaluate_schools",
    "resources_by_county",
    "rules",
    "shortfall",
    "split_levels",
    "with_additions",
]
