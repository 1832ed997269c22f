"""The front page of a folder of reports."""

import base64
import hashlib
from collections import defaultdict
from pathlib import Path
from typing import Any

from reportkit import files, source
from reportkit.formats.jinja import TEMPLATES, environment
from reportkit.language import chosen, named, tag, using
from reportkit.render import editions
from reportkit.render.manifest import NAME, Manifest
from reportkit.render.parameters import LANGUAGES
from reportkit.render.tasks import FORMATS


def publish(folder: Path, reports: dict[str, dict[str, Any]]) -> None:
    """Write the front page of a folder, and those of the earlier editions in it.

    Parameters
    ----------
    folder : Path
        Where the pages lie.
    reports : dict
        Of the manifest. One whose last run failed is listed as such, if there is an earlier page.
    """
    earlier = editions.earlier(folder)
    for path in folder.glob(f"*/{NAME}"):
        _index(path.parent, Manifest(path.parent).reports, {}, "../index.html")
    _index(folder, reports, earlier, "")


def _index(
    folder: Path, reports: dict[str, dict[str, Any]], earlier: dict[str, list[editions.Earlier]], latest: str
) -> None:
    """Every report of a folder, by language and domain, as the recipes order them."""
    entries = [
        _entry(folder, name, record, earlier.get(name, []))
        for name, record in reports.items()
        if record["about"] and (folder / f"{name}.html").is_file()
    ]
    groups = defaultdict(lambda: defaultdict(list))
    for entry in sorted(entries, key=lambda entry: (entry["rank"], entry["domain"], entry["name"])):
        groups[entry["lang"]][entry["domain"]].append(entry)
    templates, subject = environment(), source.current()
    house = subject.NAME if subject else ""
    title, lead = (subject.TITLE, subject.LEAD) if subject else (("报告", "Reports"), ("", ""))
    fronts = {}
    for lang in sorted(groups, key=lambda lang: ([*LANGUAGES, lang].index(lang), lang)):
        with using(lang):
            texts = {"title": chosen(title), "lead": chosen(lead)}
            fronts[lang] = (
                named(),
                tag(),
                templates.get_template("front.html.j2").render(
                    groups=groups[lang], earlier=_listed(earlier), latest=latest, **texts
                ),
            )
    script = (TEMPLATES / "index.js").read_text(encoding="utf-8")
    # the only script that a browser runs in it is this one
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    with using(next(iter(fronts), LANGUAGES[0])):
        text = templates.get_template("index.html.j2").render(
            fronts=fronts, title=chosen(title), house=house, script=script, script_digest=digest
        )
    files.write(folder / "index.html", text)


def _entry(
    folder: Path, name: str, record: dict[str, Any], earlier: list[editions.Earlier]
) -> dict[str, Any]:
    """A row of the front page: what the report says of itself, its files, and what changed since."""
    about = record["about"]
    others = [one for one in earlier if one.edition != editions.name(about)]
    before = others[0] if others else None
    changed = []
    if before:
        pairs = zip(before.about["answer"], about["answer"], strict=False)
        changed = [editions.changes(old, new) for old, new in pairs if old != new]
    failed = record["status"] != "ok"
    states = {"failed": failed, "changed": changed, "synthetic": about["synthetic"], "current": not failed}
    return {
        **about,
        "name": name,
        "made": record["published"],
        "formats": [ending for ending in FORMATS if (folder / f"{name}.{ending}").is_file()],
        "before": before,
        "changed": changed,
        "states": [state for state, holds in states.items() if holds],
    }


def _listed(earlier: dict[str, list[editions.Earlier]]) -> list[tuple[str, str, int]]:
    """Earlier editions: name, day of the last report, and how many there are; the latest first."""
    days = defaultdict(list)
    for reports in earlier.values():
        for one in reports:
            days[one.edition].append(one.published)
    listed = [(max(published), name, len(published)) for name, published in days.items()]
    return [(name, last[:10], count) for last, name, count in sorted(listed, reverse=True)]
