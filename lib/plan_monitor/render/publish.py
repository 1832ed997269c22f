"""Put finished files where readers find them: each appears whole or not at all; then the front page."""

import json
import os
from collections import defaultdict
from pathlib import Path

from plan_monitor.render.page import environment

ABOUT = "plan_monitor"


def write(path: Path, text: str) -> None:
    """Write a file beside its place, then move it there in one step."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_text(text, encoding="utf-8", newline="\n")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def index(folder: Path) -> None:
    """Write ``index.html``: every report the folder holds, by language and domain, as the recipes order them.

    A report is a pair ``<name>.html`` and ``<name>.ipynb``; what it says about itself stands in the
    notebook's ``plan_monitor`` metadata. One whose last run failed is listed as such.
    """
    entries = []
    for page in sorted(folder.glob("*.html")):
        notebook = page.with_suffix(".ipynb")
        if not notebook.is_file():
            continue
        about = json.loads(notebook.read_text(encoding="utf-8")).get("metadata", {}).get(ABOUT)
        if about:
            stale = page.with_suffix(".failed.ipynb").exists()
            entries.append({**about, "name": page.stem, "stale": stale})
    groups = defaultdict(lambda: defaultdict(list))
    for entry in sorted(entries, key=lambda entry: (entry.get("rank", 0), entry["domain"], entry["name"])):
        groups[entry["lang"]][entry["domain"]].append(entry)
    languages = [lang for lang in ("zh", "en") if lang in groups]
    text = environment().get_template("index.html.j2").render(groups=groups, languages=languages)
    write(folder / "index.html", text)
