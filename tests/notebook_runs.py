"""Run the shipped notebooks and read what they show."""

import ast
import hashlib
import os
from pathlib import Path

import nbformat
import papermill
from filelock import FileLock

from first_pages import briefs, too_long

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"


def run(name, tmp_path, **parameters):
    """Texts that a notebook shows with these parameters."""
    done = executed(name, tmp_path, **parameters)
    language = parameters.get("lang", "zh")
    long = [text for told in briefs(done) for text in too_long(told, language)]
    assert long == [], long
    outputs = [output for cell in done.cells for output in cell.get("outputs", [])]
    others = [output for output in outputs if output.output_type != "display_data"]
    assert not others, others
    return [output.data["text/plain"] for output in outputs]


def executed(name, tmp_path, **parameters):
    """A notebook run with these parameters: once for all tests that want the same of the shipped data."""
    path = NOTEBOOKS / f"{name}.ipynb"
    known = papermill.inspect_notebook(path)
    defaults = {key: ast.literal_eval(parameter["default"]) for key, parameter in known.items()}
    own = {key: value for key, value in parameters.items() if value != defaults.get(key)}
    if "data" in own:  # a folder of the test's own, which it may alter in between
        return _execute(path, tmp_path, own)
    shared = tmp_path.parents[1 if "PYTEST_XDIST_WORKER" in os.environ else 0]  # by all workers
    key = hashlib.sha256(repr((name, sorted(own.items()))).encode()).hexdigest()[:16]
    done = shared / f"{path.stem}-{key}.ipynb"
    with FileLock(done.with_suffix(".lock")):
        if not done.exists():
            _execute(path, tmp_path, own)
            (tmp_path / "done.ipynb").rename(done)
    return nbformat.read(done, as_version=4)


def _execute(path, tmp_path, parameters):
    return papermill.execute_notebook(
        path,
        tmp_path / "done.ipynb",
        parameters,
        request_save_on_cell_execute=False,
        cwd=path.parent,
        progress_bar=False,
    )


def stored(name):
    cells = nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4).cells
    return [output.data["text/plain"] for cell in cells for output in cell.get("outputs", [])]


def cells(text, row):
    """The cells of a row of a Markdown table, named by the first of them."""
    found = [[cell.strip() for cell in line.split("|")[1:-1]] for line in text.splitlines() if "|" in line]
    return next(line for line in found if line[0].startswith(row))


def table(said, title):
    return next(text for text in said if text.startswith(f"**{title}"))
