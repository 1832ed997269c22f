"""A forked kernel gives what an ordinary one gives: our notebooks, and those that papermill and nbclient try."""

import subprocess
import sys
import tarfile
from importlib import metadata
from pathlib import Path

import nbformat
import papermill
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import DeadKernelError

from kernels import NAMES
from reportkit.kernel import client as templates
from test_notebooks import NAMES as SHIPPED

pytestmark = pytest.mark.skipif(not templates.FORKS, reason="kernels are ordinary ones on this system")

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
EXAMPLES = Path(papermill.__file__).parent / "tests/notebooks"
# they wait for each other, need a network or another language, or say what differs by nature: times, their process
NOT_ALONE = {
    *("Parallel Execute A", "Parallel Execute B", "Check History in Memory", "notimplemented_translator"),
    *("nb_version_4.4", "blank-vscode", "Sleep1s"),
}
WIDGET = "application/vnd.jupyter.widget-view+json"


def outputs(path, kernel, cwd):
    """Everything that a notebook shows, or the name of what kept it from it."""
    notebook = nbformat.read(path, as_version=4)
    runner = NotebookClient(
        notebook,
        kernel_name=kernel,
        timeout=10,
        interrupt_on_timeout=True,
        allow_errors=True,
        resources={"metadata": {"path": str(cwd)}},
    )
    try:
        runner.execute()
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


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_notebook_shows_the_same_to_the_last_pixel(name):
    path = NOTEBOOKS / f"{name}.ipynb"
    forked, ordinary = (outputs_of_slow(path, kernel) for kernel in NAMES)
    assert forked == ordinary
    assert sum("image/png" in shown or "text/html" in shown for shown in forked) > 0


def outputs_of_slow(path, kernel):
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, kernel_name=kernel, resources={"metadata": {"path": str(path.parent)}}).execute()
    return [dict(output.get("data", {})) for cell in notebook.cells for output in cell.get("outputs", [])]


def same(path, tmp_path):
    if path.stem in NOT_ALONE:
        pytest.skip("does not run alone")
    forked, ordinary = (outputs(path, kernel, tmp_path) for kernel in NAMES)
    assert forked == ordinary


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.ipynb")), ids=lambda path: path.stem)
def test_an_example_of_papermill_runs_the_same(path, tmp_path):
    same(path, tmp_path)


@pytest.fixture(scope="module")
def nbclient_examples(tmp_path_factory):
    """nbclient's own example notebooks, which only its source archive holds."""
    folder = tmp_path_factory.mktemp("nbclient")
    wanted = f"nbclient=={metadata.version('nbclient')}"
    options = ["--quiet", "--no-deps", "--no-build-isolation", "--no-binary", ":all:", "--dest", str(folder)]
    command = [sys.executable, "-m", "pip", "download", *options, wanted]
    if subprocess.run(command, capture_output=True).returncode:
        pytest.skip("no package index is in reach, to fetch nbclient's example notebooks from")
    with tarfile.open(next(folder.glob("*.tar.gz"))) as archive:
        archive.extractall(folder, filter="data")
    return sorted(folder.glob("*/tests/files/*.ipynb"))


def test_the_examples_of_nbclient_run_the_same(nbclient_examples, tmp_path):
    different = {}
    for path in nbclient_examples:
        if path.stem not in NOT_ALONE:
            forked, ordinary = (outputs(path, kernel, tmp_path) for kernel in NAMES)
            if forked != ordinary:
                different[path.stem] = (forked, ordinary)
    assert different == {}
    assert len(nbclient_examples) > 15
