"""Run the shipped notebooks and read what they show."""

from pathlib import Path

import nbformat
import papermill

from first_pages import briefs, too_long

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"


def run(name, tmp_path, **parameters):
    """Texts that a notebook shows with these parameters."""
    path = NOTEBOOKS / f"{name}.ipynb"
    done = papermill.execute_notebook(
        path,
        tmp_path / "done.ipynb",
        parameters,
        request_save_on_cell_execute=False,
        cwd=path.parent,
        progress_bar=False,
    )
    language = parameters.get("lang", "zh")
    long = [text for told in briefs(done) for text in too_long(told, language)]
    assert long == [], long
    outputs = [output for cell in done.cells for output in cell.get("outputs", [])]
    others = [output for output in outputs if output.output_type != "display_data"]
    assert not others, others
    return [output.data["text/plain"] for output in outputs]


def stored(name):
    cells = nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4).cells
    return [output.data["text/plain"] for cell in cells for output in cell.get("outputs", [])]


def cells(text, row):
    """The cells of a row of a Markdown table, named by the first of them."""
    found = [[cell.strip() for cell in line.split("|")[1:-1]] for line in text.splitlines() if "|" in line]
    return next(line for line in found if line[0].startswith(row))


def table(said, title):
    return next(text for text in said if text.startswith(f"**{title}"))
