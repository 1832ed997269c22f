"""Nothing lies in the library unused: vulture looks by name, in the library, the notebooks and the project's scripts."""

from pathlib import Path

import nbformat
import pytest
from vulture import Vulture

ROOT = Path(__file__).parents[1]
SCRIPTS = ("data/samples", "reports/pictures", "tests/benchmarks", "tools")
# what is there for others: who asks for it, and by which names
ASKED_FOR = {
    "matplotlib": {"get_canvas_width_height", "get_renderer"},
    "python-docx": {
        *("bold", "italic", "rgb", "page_height", "page_width", "left_margin", "right_margin", "top_margin"),
        *("footer_distance", "odd_and_even_pages_header_footer"),
    },
    "jupyter_client": {
        *("ForkProvisioner", "ip", "pgid", "send_signal", "shutdown_requested"),
        *("client_factory", "wait_for_ready"),
    },
    "papermill, nbconvert, nbformat": {"_preprocess", "execution_count", "output_path"},
    "typer": {"format_help", "format_usage", "options_metavar", "subcommand_metavar"},
    "jupyter-scheduler": {
        *("Environments", "list_environments", "manage_environments_command", "output_formats_mapping"),
        *("Renders", "supported_features"),
    },
    "the panel's script": {"grave"},
    "by a name put together: tables of a package, columns of a judgement, where a field was read": {
        *("monitoring_lines", "publication_lags", "latest_quality", "region_from", "role_from"),
    },
    "whoever uses a method by itself": {"difference_coefficient"},
}


def unused() -> dict[str, str]:
    """Names that nothing refers to, and where each stands."""
    looking = Vulture()
    looking.scavenge([str(ROOT / folder) for folder in ("lib", *SCRIPTS)])
    for path in (ROOT / "notebooks").rglob("*.ipynb"):
        cells = nbformat.read(path, as_version=4).cells
        looking.scan("\n".join(cell.source for cell in cells if cell.cell_type == "code"), path)
    found = [item for item in looking.get_unused_code() if (ROOT / "lib") in Path(item.filename).parents]
    return {item.name: f"{item.filename}:{item.first_lineno}" for item in found}


@pytest.mark.slow
def test_everything_is_used():
    asked_for = {name for names in ASKED_FOR.values() for name in names}
    found = unused()
    assert {name: place for name, place in found.items() if name not in asked_for} == {}
    assert asked_for - found.keys() == set()  # nothing is excused that is used
