"""Committed notebooks as pages, and as files of every format that are made once for all tests of a run."""

import tempfile
from pathlib import Path

import nbformat
from filelock import FileLock

from reportkit.formats.all import formats
from reportkit.formats.page import Page, lay_out
from reportkit.jobs import Job
from reportkit.render.tasks import FORMATS

ROOT = Path(__file__).parents[1]
# confirm is a panel, no report
NOTEBOOKS = sorted(path for path in (ROOT / "notebooks").rglob("*.ipynb") if path.stem != "confirm")
# every notebook of a report, as it is committed; one in English as well. What first_report shows are
# spreadsheets that become a package, and no stored rows that a note could lead to
NAMED = {
    path.stem if path.stem != "plan" else path.parent.name: path
    for path in NOTEBOOKS
    if path.stem != "first_report"
}
REPORTS = [*((name, "zh") for name in NAMED), ("coupling", "en")]


def page_of(path: Path, lang: str) -> Page:
    """The page of a notebook as it is committed; to make files of it uses its body up."""
    parameters = {"region": "532300", "as_of": "2025-12", "lang": lang}
    job = Job(path.stem, None, "d", parameters, 1, folder=ROOT / "data", region_name="某地")
    return lay_out(nbformat.read(path, as_version=4), job)


def files_of(path: Path, lang: str, shared: Path) -> Path:
    """A folder with ``report.html``, ``report.docx`` and so on of a notebook; not to be changed."""
    folder = shared / f"{path.parent.name}-{path.stem}-{lang}"
    with FileLock(f"{folder}.lock"):
        if not folder.exists():
            begun = Path(tempfile.mkdtemp(dir=shared))
            for ending, content in formats(page_of(path, lang), FORMATS).items():
                data = content.encode() if isinstance(content, str) else content
                (begun / f"report{ending}").write_bytes(data)
            begun.rename(folder)
    return folder
