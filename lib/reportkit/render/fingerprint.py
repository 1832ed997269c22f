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

from reportkit import source
from reportkit.files import digest
from reportkit.jobs import Job

_PAGES = ("ipykernel", "lxml", "nbclient", "nbconvert", "papermill", "pypandoc-binary", "typst")


@cache
def library() -> str:
    """Digest of the files of the engine and of its subject's library."""
    return " ".join(map(digest, source.libraries()))


@cache
def versions() -> dict[str, str]:
    """Versions of Python, of the subject's distribution and of all that it declares to depend on.

    Without a subject, of what makes pages.
    """
    names, subject = _PAGES, source.current()
    if subject:
        required = [name for name in metadata.requires(subject.NAME) or [] if "extra ==" not in name]
        names = [subject.NAME, *sorted({re.match(r"[\w.-]+", name)[0] for name in required})]
    return {"python": platform.python_version(), **{name: metadata.version(name) for name in names}}


def of(job: Job, digest_of: Callable[[Path], str] = digest) -> str:
    """Fingerprint of a job: notebook, parameters, data, further files, library and versions.

    Parameters
    ----------
    job : Job
        Checked, so that its folder of data is known.
    digest_of : callable, optional
        Digest of a path; one that remembers, where many jobs read the same files.
    """
    parts = {
        "notebook": digest_of(job.notebook),
        "parameters": job.parameters,
        "data": digest_of(job.folder) if job.folder else "",
        "reads": {os.path.relpath(path, job.notebook.parent): digest_of(path) for path in job.reads},
        "cover": [job.domain, job.rank, job.region_name, job.document_name, job.edition],
        "library": library(),
        "versions": versions(),
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()
