"""What jobs need from their data before anything runs: a valid package; names and edition for the cover."""

from dataclasses import replace

from reportkit.findings import Finding
from reportkit.render.jobs import Job
from reportkit.render.sources import Sources

_NO_REGION = {"zh": "应为数据包 regions.csv 中的地区", "en": "expected a region of the package's regions.csv"}


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
        data. What reading the recipes already told about a folder is not told again.
    """
    named, findings = [], []
    for job in jobs:
        source = sources.open(job.notebook, job.parameters.get("data"))
        if source is None:
            continue
        region = job.parameters.get("region", "")
        names = source.package.regions.set_index("code")[f"name_{job.lang}"]
        try:
            name = names[source.package.region_code(region)] if region else ""
        except KeyError:
            findings.append(Finding(recipes, job.line, "region", region, _NO_REGION))
        else:
            titles = source.package.documents.set_index("id")[f"title_{job.lang}"]
            document = titles.get(job.parameters.get("document"), "")
            found = {"region_name": name, "document_name": document}
            named.append(replace(job, **found, edition=source.edition, folder=source.package.path))
    once = {finding.text("en"): finding for finding in findings}
    return named, [*once.values(), *sources.faults()]
