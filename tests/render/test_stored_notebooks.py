"""The stored notebooks: which of them are run again, and what of a run is kept."""

import io
import runpy
import sys

import nbformat
import pytest
from nbclient import NotebookClient

from reportkit.render import notebooks
from small_project import notebook


@pytest.fixture(autouse=True)
def ran(monkeypatch):
    """Folders of the notebooks that were run, in their order; nothing is."""
    folders = []
    monkeypatch.setattr(
        NotebookClient, "execute", lambda self: folders.append(self.resources["metadata"]["path"])
    )
    return folders


def test_the_command_runs_the_notebooks_below_the_folder_that_it_is_given(tmp_path, monkeypatch, ran, capsys):
    for name in ("b/two.ipynb", "a/one.ipynb", "a/.ipynb_checkpoints/one.ipynb"):
        notebook(tmp_path / name)
    monkeypatch.setattr(sys, "argv", ["notebooks", str(tmp_path)])
    runpy.run_path(notebooks.__file__, run_name="__main__")
    assert ran == [str(tmp_path / "a"), str(tmp_path / "b")]
    assert capsys.readouterr().out.splitlines() == [
        str(tmp_path / "a/one.ipynb"),
        str(tmp_path / "b/two.ipynb"),
    ]


def test_one_notebook_is_run_alone_and_written_back(tmp_path, ran):
    for name in ("one", "two"):
        notebook(tmp_path / f"{name}.ipynb")
    notebooks.main(str(tmp_path / "one.ipynb"))
    assert ran == [str(tmp_path)]
    kernels = [
        nbformat.read(tmp_path / f"{name}.ipynb", 4).metadata.kernelspec.name for name in ("one", "two")
    ]
    assert kernels == [notebooks.client.spec(), "python3"]


def test_only_tags_counters_and_what_is_shown_are_kept():
    output = nbformat.v4.new_output("display_data", {"text/plain": "1"}, metadata={"took": 3})
    stream = nbformat.v4.new_output("stream", text="said")
    metadata = {"tags": ["injected-parameters"], "execution": {"started": "now"}}
    made = nbformat.v4.new_notebook(
        metadata={"papermill": {"run": 1}},
        cells=[
            nbformat.v4.new_code_cell("1", metadata=metadata, outputs=[output, stream], execution_count=4),
            nbformat.v4.new_code_cell("2", metadata={"scrolled": True}, id="kept"),
        ],
    )
    first, second = notebooks.clean(made).cells
    assert (first.id, first.metadata, first.execution_count) == (
        "injected-parameters",
        {"tags": ["injected-parameters"]},
        4,
    )
    assert (first.outputs[0].metadata, first.outputs[0].data) == ({}, {"text/plain": "1"})
    assert first.outputs[1] == {"output_type": "stream", "name": "stdout", "text": "said"}
    assert (second.id, second.metadata) == ("kept", {})
    assert made.metadata.language_info == {"name": "python"} and "papermill" not in made.metadata


def test_each_notebook_is_named_as_soon_as_it_is_run(tmp_path, monkeypatch):
    class Pipe(io.StringIO):
        seen = ""

        def flush(self):
            self.seen = self.getvalue()

    pipe, seen = Pipe(), []
    notebook(tmp_path / "one.ipynb")
    monkeypatch.setattr(sys, "stdout", pipe)
    monkeypatch.setattr(NotebookClient, "execute", lambda self: seen.append(pipe.seen))
    notebooks.main(str(tmp_path))
    assert seen == [f"{tmp_path / 'one.ipynb'}\n"]
