"""Checks before anything runs: the language of jobs, valid data; names and edition for the cover."""

import json
from dataclasses import replace

from reportkit.findings import Finding, distinct
from reportkit.jobs import Job
from reportkit.language import using
from reportkit.render.parameters import LANGUAGES
from reportkit.render.sources import Sources

_NO_REGION = {"zh": "应为数据中的地区", "en": "expected a region that the data have"}


def check(jobs: list[Job], recipes: str, sources: Sources) -> tuple[list[Job], list[Finding]]:
    """Check that notebooks have texts in the jobs' language, and look up regions and documents in their data.

    The jobs, whose parameters fit their notebooks already, are returned with names in their language, and
    with folder and edition of the data; without a subject, unchanged. Findings name the ``recipes`` file;
    faults of a folder that were reported for these sources before are not repeated.
    """
    findings = []
    for job in (job for job in jobs if job.lang not in LANGUAGES):
        cells = json.loads(job.notebook.read_text(encoding="utf-8"))["cells"]
        tags = [tag for cell in cells for tag in cell["metadata"].get("tags", []) if tag.startswith("lang-")]
        languages = dict.fromkeys([*LANGUAGES, *(tag.removeprefix("lang-") for tag in tags)])
        if job.lang not in languages:
            codes = ", ".join(languages)
            zh, en = f"应为此笔记本有的语言：{codes}", f"expected a language of the notebook: {codes}"
            findings.append(Finding(recipes, job.line, "lang", job.lang, {"zh": zh, "en": en}))
    if sources.subject is None:
        return jobs, distinct(findings)
    checked = []
    for job in jobs:
        data = sources.open(job.notebook, job.parameters.get("data"))
        if data is None:
            continue
        region = job.parameters.get("region", "")
        with using(job.lang):
            try:
                name = data.region(region) if region else ""
            except KeyError:
                findings.append(Finding(recipes, job.line, "region", region, _NO_REGION))
                continue
            names = {"region_name": name, "document_name": data.topic(job.parameters)}
        checked.append(replace(job, **names, edition=data.edition, folder=data.path))
    return checked, [*distinct(findings), *sources.faults()]
