"""A forked kernel gives what an ordinary one gives: our notebooks, and those that papermill and nbclient try."""

import subprocess
import sys
import tarfile
from concurrent.futures import ThreadPoolExecutor
from importlib import metadata
from pathlib import Path

import nbformat
import papermill
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import DeadKernelError

from kernels import NAMES
from reportkit.kernel import client as servers
from test_notebooks import NAMES as SHIPPED

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not servers.FORKS, reason="kernels are ordinary ones on this system"),
]

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
EXAMPLES = Path(papermill.__file__).parent / "tests/notebooks"
# they wait for each other, need a network or another language, or say what differs by nature: times, their process
NOT_ALONE = {
    *("Parallel Execute A", "Parallel Execute B", "Check History in Memory", "notimplemented_translator"),
    *("nb_version_4.4", "blank-vscode", "Sleep1s"),
}
ENDLESS = {"Interrupt", "keyboard_interrupt"}
WIDGET = "application/vnd.jupyter.widget-view+json"


def outputs(notebook, kernel, cwd, **options):
    """Everything that a notebook shows, or the name of what kept it from it."""
    notebook = nbformat.from_dict(notebook)  # a copy
    try:
        resources = {"metadata": {"path": str(cwd)}}
        NotebookClient(notebook, kernel_name=kernel, resources=resources, **options).execute()
    except DeadKernelError:
        return "died"
    shown = []
    for cell in notebook.cells:
        texts = {}
        for output in cell.get("outputs", []):
            if output.output_type == "stream":  # how many pieces a stream comes in is chance
                texts[output.name] = texts.get(output.name, "") + output.text
            elif output.output_type == "error":
                shown.append((output.ename, output.evalue))
            else:
                data = dict(output.get("data", {}))
                data.get(WIDGET, {}).pop("model_id", None)  # drawn anew each time
                shown.append(data)
        shown.append(texts)
    return shown


def of_both(notebook, cwd, **options):
    """What a notebook shows in a forked kernel, and in an ordinary one at the same time."""
    with ThreadPoolExecutor() as pool:
        return [*pool.map(lambda kernel: outputs(notebook, kernel, cwd, **options), NAMES)]


def of_example(path, cwd):
    options = {"timeout": 2 if path.stem in ENDLESS else 10, "interrupt_on_timeout": True}
    return of_both(nbformat.read(path, as_version=4), cwd, allow_errors=True, **options)


@pytest.mark.parametrize("domain", sorted({name.rpartition("/")[0] for name in SHIPPED}))
def test_shipped_notebooks_show_the_same_to_the_last_pixel(domain):
    """Those of a domain one after the other in one kernel, for an ordinary one starts slowly."""
    sources = []
    for name in SHIPPED:
        if name.rpartition("/")[0] == domain:
            cells = nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4).cells
            sources += ["%reset -f", *(cell.source for cell in cells if cell.cell_type == "code")]
    joined = nbformat.v4.new_notebook(cells=[*map(nbformat.v4.new_code_cell, sources)])
    forked, ordinary = of_both(joined, NOTEBOOKS / domain)
    assert forked == ordinary
    assert sum("image/png" in shown or "text/html" in shown for shown in forked) > 0


def test_a_chart_of_pyplot_alone_is_shown_the_same(tmp_path):
    draw = "import matplotlib.pyplot as plt\nplt.plot([1, 3, 2], 'b');"
    settings = "print({key: str(value) for key, value in plt.rcParams.items()})"
    notebook = nbformat.v4.new_notebook(cells=[*map(nbformat.v4.new_code_cell, (draw, settings))])
    forked, ordinary = of_both(notebook, tmp_path)
    assert forked == ordinary
    assert "image/png" in forked[0]


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.ipynb")), ids=lambda path: path.stem)
def test_an_example_of_papermill_runs_the_same(path, tmp_path):
    if path.stem in NOT_ALONE:
        pytest.skip("does not run alone")
    forked, ordinary = of_example(path, tmp_path)
    assert forked == ordinary


def test_the_examples_of_nbclient_run_the_same(tmp_path):
    """nbclient's own example notebooks, which only its source archive holds."""
    wanted = f"nbclient=={metadata.version('nbclient')}"
    options = [
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--no-binary",
        ":all:",
        "--dest",
        str(tmp_path),
    ]
    command = [sys.executable, "-m", "pip", "download", *options, wanted]
    if subprocess.run(command, capture_output=True).returncode:
        pytest.skip("no package index is in reach, to fetch nbclient's example notebooks from")
    with tarfile.open(next(tmp_path.glob("*.tar.gz"))) as archive:
        archive.extractall(tmp_path, filter="data")
    paths = [path for path in tmp_path.glob("*/tests/files/*.ipynb") if path.stem not in NOT_ALONE]
    with ThreadPoolExecutor(4) as several:  # most of the time they wait
        both_of = several.map(lambda path: of_example(path, tmp_path), paths)
        shown = {path.stem: both for path, both in zip(paths, both_of, strict=True)}
    assert {name: both for name, both in shown.items() if both[0] != both[1]} == {}
    assert len(paths) > 15
