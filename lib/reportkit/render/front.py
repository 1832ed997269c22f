"""The front page of a folder: all reports with answer and key figure, to be searched and filtered."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from reportkit import source
from reportkit.compare.wording import changes
from reportkit.formats.endings import endings
from reportkit.formats.jinja import environment, script
from reportkit.language import chosen, native_name, tag, using
from reportkit.render.briefs import NAME as BRIEFS
from reportkit.render.packed import pack, place
from reportkit.render.parameters import LANGUAGES
from reportkit.render.store import Store
from reportkit.render.tasks import FORMATS

MANY = 200  # reports that a front page shows all at once; more (half a MB of cards) are shown page by page


class Earlier(NamedTuple):
    """A report of an earlier edition; ``published`` says when."""

    edition: str
    published: str
    about: dict[str, Any]


def write(
    store: Store,
    reports: Mapping[str, dict[str, Any]],
    previous: Mapping[str, Earlier],
    editions: Sequence[tuple[str, str, int]],
    latest: str,
) -> None:
    """Write ``index.html``: every report of a folder, by language and domain, as the recipes order them.

    More than ``MANY`` are shown page by page, grouped by the widest regions too, with a list of all.
    ``reports`` are records of a manifest by name, ``previous`` those of the edition before,
    ``editions`` all earlier ones: name, day, number of reports. An earlier edition links to the ``latest``.
    """
    entries = [
        _entry(store, name, record, previous.get(name))
        for name, record in reports.items()
        if record["about"] and store.exists(f"{name}.html")
    ]
    many = len(entries) > MANY
    languages = defaultdict(list)
    for entry in sorted(entries, key=lambda entry: (entry["rank"], entry["domain"], entry["name"])):
        languages[entry["lang"]].append(entry)
    subject, title, house, lead = source.current(), ("报告", "Reports"), "", ""
    if subject:
        title, house, lead = subject.TITLE, subject.NAME, subject.LEAD
    template = environment().get_template
    front, index = template("many.html.j2" if many else "front.html.j2"), template("index.html.j2")
    fronts = {}
    for lang in sorted(languages, key=lambda lang: ([*LANGUAGES, lang].index(lang), lang)):
        cards = languages[lang]
        with using(lang):
            if many:
                place(cards)
            _set_headings(cards)
            briefs = [f"{BRIEFS}{lang}{ending}" for ending in (".pdf", ".docx")]
            briefs = [name for name in briefs if store.exists(name)]
            groups = defaultdict(list)
            for report in cards:
                groups[report["domain"]].append(report)
            context = {"groups": groups, "earlier": editions, "latest": latest, "briefs": briefs}
            context |= {"packed": pack(cards)} if many else {}
            fronts[lang] = (
                native_name(),
                tag(),
                front.render(**context, title=chosen(title), lead=chosen(lead)),
            )
    with using(next(iter(fronts), LANGUAGES[0])):
        context = {"fronts": fronts, "title": chosen(title), "house": house, "many": many}
        text = index.render(**context, scripts=[script("many.js" if many else "index.js")])
    store.write("index.html", text)


def _set_headings(entries: list[dict[str, Any]]) -> None:
    """Give each report a heading: its topic, and for reports on one topic the parameters that differ."""
    for _, group in groupby(sorted(entries, key=_topic), key=_topic):
        group = [*group]
        values = [{**value["parameters"], "region": value["region"]} for value in group]
        regions = {value["region"] for value in values}
        keys = ["region"] if len(regions) == len(values) else [*values[0]]
        differing = [key for key in keys if len({str(value.get(key)) for value in values}) > 1]
        for entry, value in zip(group, values, strict=True):
            parts = [entry.get("document") or entry["title"], *(str(value.get(key, "")) for key in differing)]
            heading = " · ".join(filter(None, parts))
            entry["heading"] = heading[:1].upper() + heading[1:]


def _topic(entry: dict[str, Any]) -> tuple[str, str]:
    return entry["title"], entry.get("document", "")


def _entry(store: Store, name: str, record: dict[str, Any], previous: Earlier | None) -> dict[str, Any]:
    """A card of the front page: what the report says about itself, its files, and what changed."""
    about = record["about"]
    answers = zip(previous.about["answer"], about["answer"], strict=False) if previous else ()
    changed = [changes(old, new) for old, new in answers if old != new]
    failed = record["status"] != "ok"
    states = {"failed": failed, "changed": changed, "synthetic": about["synthetic"], "current": not failed}
    return {
        **about,
        "parameters": record.get("parameters", {}),
        "name": name,
        "made": record["published"],
        "formats": [ending for ending in endings(FORMATS, True) if store.exists(f"{name}{ending}")],
        "before": previous,
        "changed": changed,
        "states": [state for state, holds in states.items() if holds],
    }
