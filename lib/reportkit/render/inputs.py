"""What jobs need from their data before anything runs: a valid package; names and edition for the cover."""

from dataclasses import replace

from reportkit.findings import Finding, distinct
from reportkit.jobs import Job
from reportkit.language import using
from reportkit.render.sources import Sources

_NO_REGION = {"zh": "应为数据中的地区", "en": "expected a region that the data have"}


def check(jobs: list[Job], recipes: str, sources: Sources) -> tuple[list[Job], list[Finding]]:
    """Validate every data folder that the jobs read, and look up their regions in it.

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
    if sources.subject is None:
        return jobs, []
    named, findings = [], []
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
