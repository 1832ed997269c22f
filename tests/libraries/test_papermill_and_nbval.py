"""What we say of papermill, nbval and nbconvert."""

import logging
import os
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import papermill
import pytest
from jupyter_client import KernelManager
from nbclient import NotebookClient
from nbconvert import TemplateExporter
from nbconvert.exporters import html
from papermill import engines
from papermill.cli import _resolve_type

pytestmark = pytest.mark.slow

PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII="


def notebook(*cells):
    spec = {"name": "python3", "display_name": "python3", "language": "python"}
    return nbformat.v4.new_notebook(cells=list(cells), metadata={"kernelspec": spec})


def code(source, *outputs, count=1, tags=()):
    return nbformat.v4.new_code_cell(
        source, outputs=list(outputs), execution_count=count, metadata={"tags": list(tags)}
    )


def test_nbclient_keeps_a_history_in_memory_for_kernels_called_python_alone():
    """``report.execute`` turns it off: ours would write every cell into the user's."""
    assert "ipykernel" in NotebookClient.async_start_new_kernel.__code__.co_names
    assert KernelManager(kernel_name="python3").ipykernel
    assert not KernelManager(kernel_name="plan-monitor").ipykernel


def test_nbconvert_copies_a_notebook_again_before_it_runs_no_preprocessor():
    """``page`` leaves that step out."""
    exporter, copied = TemplateExporter(), notebook(code("x"))
    exporter._preprocessors = []
    assert exporter._preprocess(copied, {})[0] is not copied


def test_papermills_command_line_guesses():
    """``parameters`` reads them as the notebook declares them."""
    assert _resolve_type("321100") == 321100


def test_papermill_only_warns_about_an_unknown_parameter(tmp_path, caplog):
    """Recipes are checked against the parameters cell before anything runs."""
    nbformat.write(notebook(code('region: str = "1"', tags=["parameters"])), tmp_path / "a.ipynb")
    with caplog.at_level(logging.WARNING, "papermill"):
        papermill.execute_notebook(
            tmp_path / "a.ipynb", None, {"regoin": "2"}, prepare_only=True, progress_bar=False
        )
    assert "Passed unknown parameter: regoin" in caplog.text


def test_papermill_draws_an_id_for_the_cell_of_parameters(tmp_path):
    """``render.notebooks`` puts a name in its place, or a notebook would change from run to run."""
    nbformat.write(notebook(code("a = 1", tags=["parameters"])), tmp_path / "a.ipynb")
    given = {"parameters": {"a": 2}, "prepare_only": True, "progress_bar": False}
    made = [papermill.execute_notebook(tmp_path / "a.ipynb", None, **given) for _ in range(2)]
    assert [one.cells[1].metadata["tags"] for one in made] == [["injected-parameters"]] * 2
    assert made[0].cells[1].id != made[1].cells[1].id


def test_papermill_writes_the_notebook_before_and_after_every_cell(tmp_path, monkeypatch):
    """Our engine writes it once."""
    written = []
    monkeypatch.setattr(engines, "write_ipynb", lambda *_: written.append(len(written)))
    run = notebook(code("1"), code("2"))
    run.metadata["papermill"] = {}
    manager = engines.NotebookExecutionManager(run, output_path=tmp_path / "a.ipynb", progress_bar=False)
    manager.notebook_start()
    counts = [len(written)]
    for index, cell in enumerate(run.cells):
        manager.cell_start(cell, index)
        counts.append(len(written))
        manager.cell_complete(cell, index)
        counts.append(len(written))
    assert counts == [1, 2, 3, 4, 5]


def test_nbval_counts_from_zero_starts_beside_the_notebook_and_compares_no_pictures(tmp_path):
    """A cell with outputs and without a counter was never run, to it; text beside a picture it compares, and
    text between the small drawings of a table."""

    def shown(text):
        data = {"image/png": PNG, "image/svg+xml": "<svg>\n<g/></svg>", "text/plain": text}
        return nbformat.v4.new_output("display_data", data)

    drawn = "'image/png': 'AAAA', 'image/svg+xml': '<svg></svg>'"
    show = f"display({{{drawn}, 'text/plain': 'said'}}, raw=True)"
    bars = nbformat.v4.new_output("display_data", {"text/html": "<svg></svg> 98.88 <svg></svg>"})
    nbformat.write(
        notebook(
            code("print(1)", nbformat.v4.new_output("stream", text="1\n"), count=None),
            code("import os; print(os.getcwd())", nbformat.v4.new_output("stream", text=f"{tmp_path}\n")),
            code(show, shown("said")),
            code(show, shown("other")),
            code("display({'text/html': '<svg></svg> 98.98 <svg></svg>'}, raw=True)", bars),
        ),
        tmp_path / "a.ipynb",
    )
    options = ["--nbval", "-q", "-rA", "-p", "nbval.plugin", "-p", "no:cacheprovider"]
    options += ["--nbval-sanitize-with", str(Path(__file__).parents[1] / "nbval.cfg")]  # drawings
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            *options,
            f"--rootdir={tmp_path}",
            f"--config-file={os.devnull}",
            str(tmp_path / "a.ipynb"),
        ],
        cwd=tmp_path.parent,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_ADDOPTS": ""},
    )
    results = re.findall(r"^(PASSED|FAILED) .*::Cell (\d)", done.stdout, re.MULTILINE)
    assert sorted(results) == [("FAILED", n) for n in "034"] + [("PASSED", n) for n in "12"]
    assert "Unrun reference cell has outputs" in done.stdout


def test_nbconverts_exporter_of_html_parses_the_finished_page_once_more(monkeypatch):
    """Our pages are made by its exporter of templates."""
    parsed = []
    parse = html.BeautifulSoup
    monkeypatch.setattr(
        html, "BeautifulSoup", lambda text, **how: parsed.append(len(text)) or parse(text, **how)
    )
    body, _ = html.HTMLExporter().from_notebook_node(notebook(nbformat.v4.new_markdown_cell("text")))
    assert parsed and parsed[0] > len(body) / 2
