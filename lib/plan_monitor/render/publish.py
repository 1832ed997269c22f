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
    """Write ``index.html``, listing every report the folder holds, by language and domain.

    A report is a pair ``<name>.html`` and ``<name>.ipynb``; what it says about itself stands in the
    notebook's ``plan_monitor`` metadata. One whose last run failed is listed as such.
    """
    groups = defaultdict(lambda: defaultdict(list))
    for page in sorted(folder.glob("*.html")):
        notebook = page.with_suffix(".ipynb")
        if not notebook.is_file():
            continue
        about = json.loads(notebook.read_text(encoding="utf-8")).get("metadata", {}).get(ABOUT)
        if about:
            stale = page.with_suffix(".failed.ipynb").exists()
            entry = {**about, "name": page.stem, "stale": stale}
            groups[about["lang"]][about["domain"]].append(entry)
    languages = [lang for lang in ("zh", "en") if lang in groups]
    text = environment().get_template("index.html.j2").render(groups=groups, languages=languages)
    write(folder / "index.html", text)
