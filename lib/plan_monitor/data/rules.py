"""What rows must hold beyond their types: a domain has its rules in a module ``validation`` of its folder.

The module's ``RULES`` names a rule for each table that it checks: a function of one file of the table, the
files of all tables, and the columns of this file in which something is wrong already; it gives findings.
"""

from collections import defaultdict
from functools import cache
from importlib import import_module
from pathlib import Path

from plan_monitor.settle.parts import Part
from reportkit.findings import Finding

_LIBRARY = Path(__file__).parents[1]


def findings(parts: dict[str, Part], before: list[Finding]) -> list[Finding]:
    """Everything wrong with the meaning of the rows of all tables.

    Parameters
    ----------
    parts : dict of str to Part
        Tables with their types.
    before : list of Finding
        What has been found: where a row has no place yet, nothing is said of what is missing there.
    """
    spoiled = defaultdict(set)
    for finding in before:
        spoiled[finding.file].add(finding.column)
    result = []
    for rules in map(_rules, sorted(_LIBRARY.glob("*/validation.py"))):
        for part in parts.values():
            if part.table in rules and not part.frame.empty:
                result += rules[part.table](part, parts, spoiled[part.file])
    return result


@cache
def _rules(path: Path) -> dict:
    return import_module(f"{_LIBRARY.name}.{path.parent.name}.validation").RULES
