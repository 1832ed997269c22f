"""Many reports on one front page: their cards packed, and what they are found and grouped by.

The cards of 5 692 reports, with the text that a search looks through, are 10 MB; packed they are 0.6 MB. The
page's script unpacks them and puts those of one page into it.
"""

import base64
import json
import unicodedata
import zlib
from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any, NamedTuple

from reportkit import source
from reportkit.formats.jinja import environment
from reportkit.language import tr

_ENDANGERED = {"lagging", "moving_away", "lost"}  # states of a figure (``formats.jinja.STATUS``)


class Packed(NamedTuple):
    """Reports of one language: their cards, their lists by group, how many have each value of a filter."""

    cards: str  # JSON, deflated and in base64
    groups: Mapping[str, list[dict[str, Any]]]
    filters: Mapping[str, Mapping[str, int]]


def pack(reports: list[dict[str, Any]]) -> Packed:
    """Pack the cards of placed reports by domain, then by region as their codes order them."""
    card = environment().get_template("card.html.j2").module.card
    several = len({report["edition"] for report in reports} - {""}) > 1
    cards, groups = [], defaultdict(list)
    filters = {name: Counter() for name in ("domain", "region", "period", "state")}
    for report in sorted(reports, key=_order):
        values = {
            "domain": [report["domain"]],
            "region": [report["area"]],
            "period": [report["as_of"]],
            "state": [*report["states"], *_endangered(report)],
        }
        for name, counted in filters.items():
            counted.update(filter(None, values[name]))
        group = " · ".join(filter(None, (report["domain"], report["area"])))
        groups[group].append(report)
        html = card(report, report["domain"], several)
        text = unicodedata.normalize("NFKC", html.striptags()).lower()
        cards.append({"html": html, "text": text, "group": group, **values})
    text = json.dumps(cards, ensure_ascii=False, separators=(",", ":"))
    return Packed(base64.b64encode(zlib.compress(text.encode())).decode(), groups, filters)


def place(report: dict[str, Any]) -> None:
    """Name the regions around a report's own, which tell those of one name apart; its area is the widest."""
    subject = source.current()
    names = [*(subject.around(_code(report)) if subject else []), report["region"]]
    report["area"], report["region"] = names[0], tr("".join(names), ", ".join(reversed(names)))


def _endangered(report: dict[str, Any]) -> list[str]:
    """A state more, where one of its key figures is endangered."""
    return ["endangered"] if any(fact["state"] in _ENDANGERED for fact in report.get("facts", [])) else []


def _code(report: dict[str, Any]) -> str:
    return str(report["parameters"].get("region", ""))


def _order(report: dict[str, Any]) -> tuple[int, str, str, str]:
    return report["rank"], report["domain"], _code(report), report["name"]
