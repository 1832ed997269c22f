"""Re-execute the committed notebooks with their default parameters and keep only what is stable.

``make notebooks`` runs ``python -m reportkit.render.notebooks notebooks``. nbval checks stored outputs, so
metadata that change from run to run are removed; an allow-list says what is kept.
"""

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from reportkit.kernel import client


def clean(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Remove volatile metadata in place: timings, run ids, versions; tags and the cells' counters stay.

    These count from 1 in a fresh run, and nbval takes a cell without one for never run.
    """
    spec = {"display_name": client.spec(), "language": "python", "name": client.spec()}
    notebook.metadata = nbformat.from_dict({"kernelspec": spec, "language_info": {"name": "python"}})
    for cell in notebook.cells:
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell.id = "injected-parameters"  # papermill draws a random one
        cell.metadata = nbformat.from_dict({k: v for k, v in cell.metadata.items() if k == "tags"})
        for output in cell.get("outputs", []):
            if "metadata" in output:
                output.metadata = nbformat.from_dict({})
    return notebook


def refresh(path: Path) -> None:
    """Execute one notebook where it lies, clean it and write it back; if a cell fails, it stays as it was."""
    notebook = nbformat.read(path, as_version=4)
    resources = {"metadata": {"path": str(path.parent)}}
    NotebookClient(notebook, kernel_name=client.spec(), resources=resources).execute()
    nbformat.write(clean(notebook), path)


def main(place: str) -> None:
    """Refresh a notebook, or every one below a folder."""
    for path in [Path(place)] if place.endswith(".ipynb") else sorted(Path(place).rglob("*.ipynb")):
        if ".ipynb_checkpoints" not in path.parts:
            print(path, flush=True)
            refresh(path)


if __name__ == "__main__":
    main(sys.argv[1])
