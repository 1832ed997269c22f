"""Monitoring against relapse into poverty: who is to be monitored and why, and who may be next."""

from plan_monitor.relapse.groups import GROUPS, MONITORED, REASONS, classify, counts
from plan_monitor.relapse.households import GUARANTEES, SOURCES, SPENDING
from plan_monitor.relapse.income import SHOCKS, shocked, structure
from plan_monitor.relapse.release import Release, bands, counted, release, shocks
from plan_monitor.relapse.risk import PREDICTORS, NoModel, Risk, fit, predictors, transitions
from plan_monitor.relapse.trial import Evaluation, Trial, evaluate, foreseeable, out_of_sample

__all__ = [
    "GROUPS",
    "GUARANTEES",
    "MONITORED",
    "PREDICTORS",
    "REASONS",
    "SHOCKS",
    "SOURCES",
    "SPENDING",
    "Evaluation",
    "NoModel",
    "Release",
    "Risk",
    "Trial",
    "bands",
    "classify",
    "counted",
    "counts",
    "evaluate",
    "fit",
    "foreseeable",
    "out_of_sample",
    "predictors",
    "release",
    "shocked",
    "shocks",
    "structure",
    "transitions",
]
