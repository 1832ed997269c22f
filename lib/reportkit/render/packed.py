"""Many reports on one front page: their cards packed, with the values for searching and grouping.

The cards of 5 692 reports, with the text for searching, are 10 MB; packed they are 0.6 MB. The page's script
unpacks them and shows those of one page.
"""

import base64
import json
import unicodedata
import zlib
from collections import Counter, defaultdict
from collections.abc import Mapping
from itertools import takewhile
from typing import Any, NamedTuple

from reportkit import source
from reportkit.formats.jinja import environment
from reportkit.language import tr

_ENDANGERED = {"lagging", "moving_away", "lost"}  # states of a figure (``formats.jinja.STATUS``)


class Packed(NamedTuple):
    """Reports of one language: their cards, lists by group, and counts for each value of a filter."""

    cards: str  # JSON, deflated and in base64
    groups: Mapping[str, list[dict[str, Any]]]
    filters: Mapping[str, Mapping[str, int]]


def pack(reports: list[dict[str, Any]]) -> Packed:
    """Pack the cards of reports (after ``place``), ordered by domain, then by code of the region."""
    macros: Any = environment().get_template("card.html.j2").module  # its attributes are what it defines
    has_editions = len({report["edition"] for report in reports} - {""}) > 1
    cards, groups = [], defaultdict(list)
    filters = {name: Counter() for name in ("domain", "region", "period", "state")}
    for report in sorted(reports, key=_order):
        values = {
            "domain": [report["domain"]],
            "region": [report["area"]],
            "period": [report["as_of"]],
            "state": [*report["states"], *_endangered(report)],
        }
        for name, counter in filters.items():
            counter.update(filter(None, values[name]))
        group = " · ".join(filter(None, (report["domain"], report["area"])))
        groups[group].append(report)
        html = macros.card(report, report["domain"], has_editions)
        text = unicodedata.normalize("NFKC", html.striptags()).lower()
        cards.append({"html": html, "text": text, "group": group, **values})
    text = json.dumps(cards, ensure_ascii=False, separators=(",", ":"))
    return Packed(base64.b64encode(zlib.compress(text.encode())).decode(), groups, filters)


def place(reports: list[dict[str, Any]]) -> None:
    """Name each report's region together with the regions around it, so that equal names can be told apart.

    Regions that contain all reports are left out; the area of a report is the widest of the others.
    """
    subject = source.current()
    names = {_code(report): report["region"] for report in reports}  # a province may have reports of its own
    paths = []
    for report in reports:
        around = subject.around(_code(report)) if subject else {}
        paths.append([*(names.get(code, name) for code, name in around.items()), report["region"]])
    nested = [path for path in paths if len(path) > 1]
    shared = takewhile(lambda level: len({*level}) == 1, zip(*nested, strict=False))
    depth = len([*shared])
    for report, path, area in zip(reports, paths, _at(paths, depth), strict=True):
        path = path[path.index(area) :]
        report["area"], report["region"] = area, tr("".join(path), ", ".join(reversed(path)))


def _at(paths: list[list[str]], depth: int) -> list[str]:
    """The region at a depth of each path, or its last one."""
    return [path[min(depth, len(path) - 1)] for path in paths]


def _endangered(report: dict[str, Any]) -> list[str]:
    """The additional state ``endangered``, if one of the key figures is."""
    return ["endangered"] if any(fact["state"] in _ENDANGERED for fact in report.get("facts", [])) else []


def _code(report: dict[str, Any]) -> str:
    return str(report["parameters"].get("region", ""))


def _order(report: dict[str, Any]) -> tuple[int, str, str, str]:
    return report["rank"], report["domain"], _code(report), report["name"]
