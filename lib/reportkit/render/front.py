"""The front page of a folder: every report with its answer and key figure, to be searched and filtered."""

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

MANY = 200  # reports that a front page shows all at once; of more, half a MB of cards, it shows a page


class Earlier(NamedTuple):
    """A report of an earlier edition; ``published`` says when."""

    edition: str
    published: str
    about: dict[str, Any]


def write(
    store: Store,
    reports: Mapping[str, dict[str, Any]],
    before: Mapping[str, Earlier],
    editions: Sequence[tuple[str, str, int]],
    latest: str,
) -> None:
    """Write ``index.html``: every report of a folder, by language and domain, as the recipes order them.

    Of more than ``MANY`` it shows a page at a time, by the widest regions too, and a list of all.
    ``reports`` are records of a manifest by name, ``before`` what was published of them in an edition before,
    ``editions`` all earlier ones: name, day, number of reports. An earlier one has a link to the ``latest``.
    """
    entries = [
        _entry(store, name, record, before.get(name))
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
        listed = languages[lang]
        with using(lang):
            if many:
                place(listed)
            _tell_apart(listed)
            briefs = [f"{BRIEFS}{lang}{ending}" for ending in (".pdf", ".docx")]
            briefs = [name for name in briefs if store.exists(name)]
            groups = defaultdict(list)
            for report in listed:
                groups[report["domain"]].append(report)
            shown = {"groups": groups, "earlier": editions, "latest": latest, "briefs": briefs}
            shown |= {"packed": pack(listed)} if many else {}
            fronts[lang] = native_name(), tag(), front.render(**shown, title=chosen(title), lead=chosen(lead))
    with using(next(iter(fronts), LANGUAGES[0])):
        shown = {"fronts": fronts, "title": chosen(title), "house": house, "many": many}
        text = index.render(**shown, scripts=[script("many.js" if many else "index.js")])
    store.write("index.html", text)


def _tell_apart(entries: list[dict[str, Any]]) -> None:
    """Head each report by what it is about, and those that are about the same by what they differ in."""
    for _, alike in groupby(sorted(entries, key=_headed), key=_headed):
        alike = [*alike]
        values = [{**one["parameters"], "region": one["region"]} for one in alike]
        regions = {one["region"] for one in values}
        keys = ["region"] if len(regions) == len(values) else [*values[0]]
        differ = [key for key in keys if len({str(one.get(key)) for one in values}) > 1]
        for entry, of in zip(alike, values, strict=True):
            parts = [entry.get("document") or entry["title"], *(str(of.get(key, "")) for key in differ)]
            heading = " · ".join(filter(None, parts))
            entry["heading"] = heading[:1].upper() + heading[1:]


def _headed(entry: dict[str, Any]) -> tuple[str, str]:
    return entry["title"], entry.get("document", "")


def _entry(store: Store, name: str, record: dict[str, Any], before: Earlier | None) -> dict[str, Any]:
    """A row of the front page: what the report says of itself, its files, and what changed since."""
    about = record["about"]
    answers = zip(before.about["answer"], about["answer"], strict=False) if before else ()
    changed = [changes(old, new) for old, new in answers if old != new]
    failed = record["status"] != "ok"
    states = {"failed": failed, "changed": changed, "synthetic": about["synthetic"], "current": not failed}
    return {
        **about,
        "parameters": record.get("parameters", {}),
        "name": name,
        "made": record["published"],
        "formats": [ending for ending in endings(FORMATS, True) if store.exists(f"{name}{ending}")],
        "before": before,
        "changed": changed,
        "states": [state for state, holds in states.items() if holds],
    }
