"""The figures of a column are printed alike: in every table that the executed notebooks hold."""

import re
from collections import defaultdict
from pathlib import Path

import nbformat
import pytest

from reportkit.table import TABLE, unpack

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted(path for path in (ROOT / "notebooks").rglob("*.ipynb") if path.stem != "confirm")
DIGITS = re.compile(r"[-+]?\d[\d,]*(?:\.(\d+))?")
ASIDE = re.compile(r"[（(].*")  # a time, a range, a region
LOST = 0.01  # of a figure: more than a rounding for its column may cost


def columns(path):
    """Every column of every table: its place, and the cells that are numbers."""
    for cell in nbformat.read(path, as_version=4).cells:
        for output in cell.get("outputs", []):
            if TABLE in output.get("data", {}):
                data = output.data[TABLE]
                cells = zip(*unpack(data), strict=True)
                for number, (heading, column) in enumerate(zip(data["headings"], cells, strict=True)):
                    figures = [cell for cell in column if cell.value is not None]
                    yield f"{data['title']} · {heading}", figures, number in data.get("mixed", [])


def decimals(cell):
    return len(DIGITS.search(cell.text)[1] or "")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])
def test_figures_to_be_compared_have_one_number_of_decimals(path):
    """Bare ones in a column, and those computed of several stored rows in a column and one unit."""
    for name, figures, mixed in columns(path):
        alike = defaultdict(set)
        for cell in figures:
            before, after = DIGITS.split(cell.text, maxsplit=1)[::2]
            if not (before or after):
                alike["bare"].add(0 if mixed else decimals(cell))
            elif len(cell.ids) > 1 and not before:
                alike[ASIDE.sub("", after).strip()].add(decimals(cell))
        assert all(len(places) == 1 for places in alike.values()), (name, alike)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])
def test_no_figure_is_lost_to_the_decimals_of_its_column(path):
    """Else the column holds figures of several units, and has to say so (``mixed``)."""
    for name, figures, _ in columns(path):
        for cell in figures:
            shown = float(DIGITS.search(cell.text)[0].replace(",", ""))
            assert abs(shown - cell.value) <= LOST * abs(cell.value) + 1e-12, (name, cell.text, cell.value)
