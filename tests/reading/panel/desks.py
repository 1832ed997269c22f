"""Desks with made-up figures for the tests."""

import pandas as pd

from plan_monitor.reading.panel import decisions
from plan_monitor.reading.panel.decisions import Entry
from plan_monitor.reading.panel.desk import Desk
from plan_monitor.reading.panel.fields import Fields
from plan_monitor.reading.panel.ledger import Ledger
from plan_monitor.reading.rows import Row

INDICATORS = pd.DataFrame(
    {
        "id": ["preschool-rate", "retention-rate", "teachers"],
        "name_zh": ["学前教育毛入园率", "九年义务教育巩固率", "专任教师数"],
        "unit": ["%", "%", "人"],
        "aliases": ["学前毛入园率", "", ""],
    }
)
REGIONS = pd.DataFrame(
    {"code": ["990001"], "name_zh": ["示例县"], "name_en": [""], "level": ["county"], "parent": [""]}
)
FIELDS = Fields(INDICATORS, REGIONS)


def row(start, **fields):
    usual = {"quote": "达到95%", "role": "target", "value": "95", "unit": "%", "indicator_zh": "毛入园率"}
    return Row(start, **usual | {"period": "2025", "region": "990001", "value_signed": "95"} | fields)


ROWS = [
    row(10),
    row(20, look="indicator period", period=""),
    row(30, role="observation", period="2020"),
    row(40, look="unit", unit_from="guess"),
    row(50, indicator="preschool-rate", indicator_from="catalogue"),
]


def desk(path, rows=ROWS, more=()):
    """A desk with the rows, and what a file holds of them."""
    kept = {entry.row.start: entry for entry in decisions.read(path)}
    entries = [kept.get(one.start, Entry(one, "", more)) for one in rows]
    return Desk(Ledger(path, entries), FIELDS)


def decided(one):
    return {place: entry.decision for place, entry in one.entries.items() if entry.decision}


def stored(path):
    return {entry.row.start: entry for entry in decisions.read(path)}
