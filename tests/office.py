"""LibreOffice for the tests: what another program makes of our files."""

import os
import shutil
import subprocess
from pathlib import Path

SOFFICE = shutil.which("soffice")


def converted(documents: list[Path], ending: str, folder: Path, **env: str) -> None:
    """Convert documents into a folder, all at once: to start it takes as long as a document."""
    command = [SOFFICE, "--headless", f"-env:UserInstallation={(folder / 'user').as_uri()}"]
    command += ["--convert-to", ending, "--outdir", folder, *documents]
    subprocess.run(command, env={**os.environ, **env}, capture_output=True, timeout=120 + 60 * len(documents))
