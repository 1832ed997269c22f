"""The values that a recipe gives to parameters, those from the data included; what the data lack for it."""

import itertools
from collections.abc import Iterable
from typing import Any

from reportkit.render.parameters import Problem, misfits
from reportkit.source import Data, Subject


def expand(
    given: dict[str, Any], cell: dict[str, dict], subject: Subject | None, data: Data | None
) -> tuple[dict[tuple[str, ...], list[tuple]], list[Problem]]:
    """Values of given parameters, some together, those from the data included; and what does not fit."""
    values_of, problems = {}, []
    for key, values in given.items():
        keys = tuple(split([key])) if isinstance(values, dict) else (key,)
        unknown = [name for name in keys if name not in cell]
        if unknown:
            existing = ", ".join(cell)
            zh, en = f"笔记本没有此参数；有：{existing}", f"not a parameter of the notebook: {existing}"
            problems += [(name, None, zh, en) for name in unknown]
        elif isinstance(values, dict):
            values_of[keys], missing = _found(key, keys, values, subject, data)
            # a column of the wrong type is one fault, however many values it has
            columns = [[row[place] for row in values_of[keys]] for place in range(len(keys))]
            fits = [
                [*misfits(name, column, cell[name])][:1] for name, column in zip(keys, columns, strict=True)
            ]
            problems += missing or [*itertools.chain(*fits)]
        else:
            values_of[keys] = [(value,) for value in values]
            problems += misfits(key, values, cell[key])
    return values_of, problems


def split(keys: Iterable[str]) -> list[str]:
    """The parameters that keys of a matrix name: one each, or several with commas between them."""
    return [name.strip() for key in keys for name in str(key).split(",")]


def _found(
    key: str, columns: tuple[str, ...], asked: dict, subject: Subject | None, data: Data | None
) -> tuple[list[tuple], list[Problem]]:
    """Distinct values of a table's columns of those names, in order of first appearance."""
    place, table = f"matrix.{key}", asked["found_in"]
    if problems := _no_table(place, [table], subject):
        return [], problems
    if data is None:  # it cannot be used, and its faults say why
        return [], []
    filters = {name: value for name, value in asked.items() if name != "found_in"}
    listed, needed = list(data.rows(table)), [*columns, *(subject.FILTERS[name] for name in filters)]
    if absent := ", ".join(column for column in needed if column not in listed):
        has = ", ".join(listed)
        en = f"this table has no column {absent}; there are: {has}"
        return [], [(place, table, f"此表没有 {absent} 列；有：{has}", en)]
    rows = data.rows(table, **filters)[[*columns]].dropna().drop_duplicates()
    return [*rows.itertuples(index=False, name=None)], []


def lacks(
    needs: list,
    given: dict[str, Any],
    axes: dict[tuple[str, ...], list],
    subject: Subject | None,
    data: Data | None,
) -> tuple[tuple[str, str] | None, list[Problem]]:
    """The first table, and filter, of which the data hold no row that the report needs; unknown tables."""
    problems = _no_table("needs", needs, subject)
    if problems or data is None:
        return None, problems
    empty = [(table, "") for table in needs if data.rows(table).empty]
    for key, values in given.items():
        if isinstance(values, dict) and not axes.get(tuple(split([key])), True):
            filters = (value for name, value in values.items() if name != "found_in")
            empty.append((values["found_in"], ", ".join(filters)))
    return empty[0] if empty else None, []


def _no_table(place: str, tables: list, subject: Subject | None) -> list[Problem]:
    """Names that are of no table."""
    existing = subject.tables() if subject else ()
    names = ", ".join(existing)
    zh, en = f"没有这个表；有：{names}", f"no such table; there are: {names}"
    return [(place, table, zh, en) for table in tables if table not in existing]
