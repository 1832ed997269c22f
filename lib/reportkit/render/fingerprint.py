"""What a report was made of: two runs with the same fingerprint make the same report."""

import hashlib
import json
import os
import platform
import re
from collections.abc import Callable
from functools import cache
from importlib import metadata
from pathlib import Path

from reportkit.files import digest
from reportkit.render.jobs import Job

_LIBRARY = Path(__file__).parents[1]
_DISTRIBUTION = "plan-monitor"


@cache
def library() -> str:
    """Digest of this library's files, its templates included."""
    return digest(_LIBRARY)


@cache
def versions() -> dict[str, str]:
    """Versions of Python, of this library and of all that it declares to depend on."""
    required = [name for name in metadata.requires(_DISTRIBUTION) or [] if "extra ==" not in name]
    names = sorted({re.match(r"[\w.-]+", name)[0] for name in required})
    return {
        "python": platform.python_version(),
        _DISTRIBUTION: metadata.version(_DISTRIBUTION),
        **{name: metadata.version(name) for name in names},
    }


def of(job: Job, known: Callable[[Path], str] = digest) -> str:
    """Fingerprint of a job: notebook, parameters, data, further files, library and versions.

    Parameters
    ----------
    job : Job
        Checked, so that its folder of data is known.
    known : callable, optional
        Digest of a path; one that remembers, where many jobs read the same files.
    """
    parts = {
        "notebook": known(job.notebook),
        "parameters": job.parameters,
        "data": known(job.folder) if job.folder else "",
        "reads": {os.path.relpath(path, job.notebook.parent): known(path) for path in job.reads},
        "cover": [job.domain, job.rank, job.region_name, job.document_name, job.edition],
        "library": library(),
        "versions": versions(),
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()
