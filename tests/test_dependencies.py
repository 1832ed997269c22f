"""What the library imports is declared, and what is declared is imported: asked of deptry."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_what_is_imported_is_declared_and_the_other_way_round():
    command = [sys.executable, "-m", "deptry", "--no-ansi", "lib", "notebooks"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr
