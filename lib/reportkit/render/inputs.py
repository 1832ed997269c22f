"""What jobs need before anything runs: their language, a valid package; names and edition for the cover."""

import json
from dataclasses import replace
from pathlib import Path

from reportkit.findings import Finding, distinct
from reportkit.jobs import Job
from reportkit.language import using
from reportkit.render.parameters import LANGUAGES
from reportkit.render.sources import Sources

_NO_REGION = {"zh": "应为数据中的地区", "en": "expected a region that the data have"}


def check(jobs: list[Job], recipes: str, sources: Sources) -> tuple[list[Job], list[Finding]]:
    """See that the jobs' notebooks speak their language, and look up their regions in their data.

    Parameters
    ----------
    jobs : list of Job
        Jobs whose parameters are known to fit their notebooks.
    recipes : str
        Name of the recipes file, for the findings.
    sources : Sources
        Those that the jobs were read with.

    Returns
    -------
    list of Job, list of Finding
        Jobs with the names of region and document in their own language, and the folder and edition of the
        data. What reading the recipes already told about a folder is not told again. Without a subject, the
        jobs as they are.
    """
    findings = [
        Finding(recipes, job.line, "lang", job.lang, _unspoken(job.notebook))
        for job in jobs
        if job.lang not in LANGUAGES and job.lang not in languages(job.notebook)
    ]
    if sources.subject is None:
        return jobs, distinct(findings)
    named = []
    for job in jobs:
        data = sources.open(job.notebook, job.parameters.get("data"))
        if data is None:
            continue
        region, document = job.parameters.get("region", ""), job.parameters.get("document")
        with using(job.lang):
            try:
                name = data.region(region) if region else ""
            except KeyError:
                findings.append(Finding(recipes, job.line, "region", region, _NO_REGION))
                continue
            names = {"region_name": name, "document_name": data.document(document) if document else ""}
        named.append(replace(job, **names, edition=data.edition, folder=data.path))
    return named, [*distinct(findings), *sources.faults()]


def languages(notebook: Path) -> tuple[str, ...]:
    """Codes of the languages that a notebook can be rendered in: those of all texts, and those of its own.

    A language of its own is one that some of its cells are tagged with, such as ``lang-fr``.
    """
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    tags = [tag for cell in cells for tag in cell["metadata"].get("tags", []) if tag.startswith("lang-")]
    return tuple(dict.fromkeys([*LANGUAGES, *(tag.removeprefix("lang-") for tag in tags)]))


def _unspoken(notebook: Path) -> dict[str, str]:
    codes = ", ".join(languages(notebook))
    return {
        "zh": f"应为此笔记本有的语言：{codes}",
        "en": f"expected a language of the notebook: {codes}",
    }
