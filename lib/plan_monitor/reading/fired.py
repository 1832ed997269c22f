"""Which rules of reading apply to a text, and how often: a rule that never applies may not be needed."""

from collections import Counter
from collections.abc import Iterator

from plan_monitor.reading import comparators, masks, numbers, parts, periods, relations, roles, spelled, words
from plan_monitor.reading.masks import Mask
from plan_monitor.reading.phrases import last_clause
from plan_monitor.reading.rules import Rule

_NEAR = 80  # characters before a figure that its name stands in


def rules() -> Iterator[tuple[str, Rule | Mask]]:
    """All rules with the group that they belong to; each has an example."""
    groups = {
        "mask": masks.MASKS,
        "spelled": spelled.RULES,
        "comparator behind": comparators.AFTER,
        "comparator apart": comparators.APART,
        "period": periods.RULES,
        "part of a year": parts.RULES,
        "relation": relations.RULES,
        "role": roles.RULES,
        "words": words.RULES,
    }
    for group, members in groups.items():
        for member in members:
            yield group, member


def fired(text: str) -> Counter[tuple[str, str]]:
    """How often each rule applies in a passage, by group and name, and each unit and comparator occurs.

    >>> count = fired("到2025年，巩固率不低于95%")
    >>> count["period", "year"], count["comparator", ">="], count["role", "words that aim"]
    (1, 1, 1)
    """
    count: Counter[tuple[str, str]] = Counter()
    figures = numbers.find(text)
    clauses = [last_clause(text[max(0, figure.start - _NEAR) : figure.start]) for figure in figures]
    for group, entry in rules():
        if group == "relation":
            count[group, entry.name] += sum(bool(entry.pattern.match(clause)) for clause in clauses)
        elif group == "comparator apart":
            count[group, entry.name] += sum(bool(entry.pattern.search(clause)) for clause in clauses)
        elif entry is roles.STANDARD:
            count[group, entry.name] += sum(
                bool(entry.pattern.match(text[figure.stop : figure.stop + 9])) for figure in figures
            )
        else:
            count[group, entry.name] += sum(1 for _ in entry.pattern.finditer(text))
    for figure in figures:
        count["comparator", figure.comparator] += 1
        count["unit", figure.unit] += 1
    return count
