"""The front page of a folder of reports."""

from collections import defaultdict
from pathlib import Path
from typing import Any

from plan_monitor import files
from plan_monitor.render.jinja import environment
from plan_monitor.render.tasks import FORMATS


def index(folder: Path, reports: dict[str, dict[str, Any]]) -> None:
    """Write ``index.html``: every report the folder holds, by language and domain, as the recipes order them.

    Parameters
    ----------
    folder : Path
        Where the pages lie.
    reports : dict
        Of the manifest. One whose last run failed is listed as such, if there is an earlier page.
    """
    entries = [
        {
            **record["about"],
            **{"name": name, "stale": record["status"] != "ok"},
            "formats": [ending for ending in FORMATS if (folder / f"{name}.{ending}").is_file()],
        }
        for name, record in reports.items()
        if record["about"] and (folder / f"{name}.html").is_file()
    ]
    groups = defaultdict(lambda: defaultdict(list))
    for entry in sorted(entries, key=lambda entry: (entry["rank"], entry["domain"], entry["name"])):
        groups[entry["lang"]][entry["domain"]].append(entry)
    languages = [lang for lang in ("zh", "en") if lang in groups]
    text = environment().get_template("index.html.j2").render(groups=groups, languages=languages)
    files.write(folder / "index.html", text)
