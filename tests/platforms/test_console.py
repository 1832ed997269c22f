"""The engine's own command line on a console in GBK: what cannot be shown there is no error (``test_terminal``)."""

import os
import subprocess
import sys

import pytest

from reportkit import source
from small_project import notebook, project

pytestmark = pytest.mark.slow

ENTRY = "  - {notebook: schools/plan.ipynb, name: plan}\n"


@pytest.mark.parametrize("encoding", ["gbk", "ascii"])
def test_why_a_report_failed_is_said_with_the_characters_that_there_are(tmp_path, encoding):
    recipes = project(tmp_path, ENTRY)
    notebook(tmp_path / "notebooks/schools/plan.ipynb", "raise ValueError('面积 12 m² ✓')")
    inherited = {name: value for name, value in os.environ.items() if name != source.VARIABLE}
    done = subprocess.run(
        [sys.executable, "-m", "reportkit", recipes, "--out", tmp_path / "out", "--jobs", "1"],
        capture_output=True,
        env={**inherited, "PYTHONIOENCODING": encoding},
    )
    said = done.stdout.decode(encoding)
    assert done.returncode == 1, done.stderr
    assert "plan: ValueError" in said and "12 m? ?" in said
    assert ("面积" in said) == (encoding == "gbk")
