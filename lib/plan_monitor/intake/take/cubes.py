"""JSON-stat: a cube of figures with its dimensions, in version 2.0 and the versions 1.x before it.

Read here, by the published format, so that a figure keeps the digits that the file shows.
"""

import json
import math
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

from plan_monitor.grid.sheets import Unreadable
from plan_monitor.intake.take.context import Options
from plan_monitor.intake.take.drafts import Taken
from plan_monitor.intake.take.exchange import Observation, draft_observations, source_document

_TIMES = {"time", "year", "年份", "时间", "period", "TIME_PERIOD"}
_PLACES = {"geo", "area", "country", "region", "地区", "REF_AREA"}
_METRICS = {"metric", "indicator", "concept", "指标", "variable", "ContentsCode"}


def read(path: Path, options: Options) -> list[Taken]:
    """The figures of a JSON-stat file, a piece for each of its datasets.

    Raises
    ------
    Unreadable
        If the file is not JSON-stat, or one of its datasets is incomplete.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"), parse_float=str, parse_int=str)
    except (UnicodeDecodeError, json.JSONDecodeError):
        raise _unreadable() from None
    cubes = list(_datasets(content, path.stem))
    if not cubes:
        raise _unreadable()
    try:
        return [_drafts(name, cube, path, options) for name, cube in cubes]
    except (KeyError, TypeError, IndexError, ValueError, AttributeError):
        raise _unreadable() from None


def _unreadable() -> Unreadable:
    return Unreadable(
        "应为 JSON-stat 数据集（含 dimension、id、size、value）",
        "expected a JSON-stat dataset (with dimension, id, size and value)",
    )


def _datasets(content: Any, stem: str) -> Iterator[tuple[str, dict]]:
    """The datasets of a file: itself, those of a bundle (1.x) or those within a collection (2.0)."""
    if not isinstance(content, dict):
        return
    if "dimension" in content and "value" in content:
        yield str(content.get("label") or stem), content
    elif content.get("class") == "collection":
        for item in content.get("link", {}).get("item", []):
            yield from _datasets(item, stem)
    else:
        for name, cube in content.items():
            if isinstance(cube, dict) and "dimension" in cube and "value" in cube:
                yield str(cube.get("label") or name), cube


def _drafts(name: str, cube: dict, path: Path, options: Options) -> Taken:
    dimension = cube["dimension"]
    ids = cube.get("id") or dimension["id"]  # 1.x keeps them with the dimensions
    sizes = [int(size) for size in cube.get("size") or dimension["size"]]
    roles = cube.get("role") or dimension.get("role") or {}
    categories = [_categories(dimension[key]["category"], size) for key, size in zip(ids, sizes, strict=True)]
    if not isinstance(cube["value"], dict) and len(cube["value"]) != math.prod(sizes):
        raise ValueError("more or fewer values than the sizes say")
    time = next((key for key in ids if key in roles.get("time", ()) or key in _TIMES), None)
    geo = next((key for key in ids if key in roles.get("geo", ()) or key in _PLACES), None)
    metrics = [key for key in ids if key in roles.get("metric", ()) or key in _METRICS]
    varying = [
        key for key, size in zip(ids, sizes, strict=True) if size > 1 and key not in (time, geo, *metrics)
    ]
    title = options.document or name

    def observations() -> Iterator[Observation]:
        for number, cell in enumerate(product(*categories)):
            coordinates = dict(zip(ids, cell, strict=True))
            parts = [_label(dimension[key], coordinates[key]) for key in (*metrics, *varying)]
            unit = next((unit for key in metrics if (unit := _unit(dimension[key], coordinates[key]))), "")
            period = coordinates[time] if time else ""
            yield Observation(
                " · ".join(parts) if metrics else " · ".join([name, *parts]),
                _label(dimension[geo], coordinates[geo]) if geo else "",
                period.replace("M", "-") if len(period) == 7 else period,
                _value_at(cube["value"], number),
                unit,
                _value_at(cube.get("status"), number).upper(),
                " · ".join([path.name, *(_label(dimension[key], coordinates[key]) for key in ids)]),
            )

    updated = str(cube.get("updated", ""))[:10]
    issuer = str(cube.get("source") or "")
    document = source_document(title, issuer, updated, (name, issuer, str(cube.get("note") or "")))
    shape = {"zh": f"JSON-stat，{len(ids)} 个维度", "en": f"JSON-stat with {len(ids)} dimensions"}
    return draft_observations(observations(), document, path.name, name, shape, options)


def _categories(category: dict, size: int) -> list[str]:
    """The ids of a dimension's categories, in the order of the values."""
    index = category["index"] if "index" in category else category["label"]
    if isinstance(index, dict):
        index = sorted(index, key=lambda code: int(index[code])) if "index" in category else list(index)
    if len(index) != size:
        raise ValueError("more or fewer categories than the size says")
    return index


def _label(dimension: dict, category: str) -> str:
    return str(dimension["category"].get("label", {}).get(category, category))


def _unit(dimension: dict, category: str) -> str:
    unit = dimension["category"].get("unit", {}).get(category, {})
    return str(unit.get("symbol") or unit.get("label") or unit.get("base") or "")


def _value_at(values: Any, number: int) -> str:
    """A value or status by its place; stored as a list, an object of the non-empty ones, or one for all."""
    if isinstance(values, dict):
        value = values.get(str(number))
    elif isinstance(values, list):
        value = values[number] if number < len(values) else None
    else:
        value = values
    return "" if value is None else str(value)
