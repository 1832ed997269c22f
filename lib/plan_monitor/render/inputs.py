"""The data that jobs will read: validated once, before anything runs; names and edition for the cover."""

import contextlib
import os
from dataclasses import replace
from pathlib import Path

import yaml

from plan_monitor.findings import DataError, Finding
from plan_monitor.package import DESCRIPTOR, find_data, load
from plan_monitor.render.recipes import Job

_NO_DATA = {"zh": "没有找到数据文件夹；请用 --data 指定", "en": "no data folder found; name it with --data"}
_NO_REGION = {"zh": "应为数据包 regions.csv 中的地区", "en": "expected a region of the package's regions.csv"}


def with_data(jobs: list[Job], folder: Path) -> list[Job]:
    """The same jobs, reading another data folder.

    The path is given relative to the notebook, so that a page does not depend on where the project lies.
    """
    folder = folder.resolve()

    def seen_from(notebook: Path) -> str:
        # on Windows there is no relative path to another drive
        same = folder.drive == notebook.drive
        return Path(os.path.relpath(folder, notebook.parent) if same else folder).as_posix()

    return [replace(job, parameters={**job.parameters, "data": seen_from(job.notebook)}) for job in jobs]


def check(jobs: list[Job], recipes: str) -> tuple[list[Job], list[Finding]]:
    """Validate every data folder that the jobs read, and look up their regions in it.

    Parameters
    ----------
    jobs : list of Job
        Jobs whose parameters are known to fit their notebooks.
    recipes : str
        Name of the recipes file, for the findings.

    Returns
    -------
    list of Job, list of Finding
        Jobs with the name of the region in their own language and the edition of the data.
    """
    sources, named, findings = {}, [], []
    for job in jobs:
        region = job.parameters.get("region", "")
        try:
            folder = _folder(job)
            if folder not in sources:
                sources[folder] = None  # a folder that fails is reported once
                sources[folder] = load(folder), _edition(folder)
            if sources[folder] is None:
                continue
            package, edition = sources[folder]
            names = package.regions.set_index("code")[f"name_{job.lang}"]
            name = names[package.region_code(region)] if region else ""
            named.append(replace(job, region_name=name, edition=edition))
        except DataError as error:
            findings += error.findings
        except OSError:
            findings.append(Finding(DESCRIPTOR, None, None, job.parameters.get("data"), _NO_DATA))
        except KeyError:
            findings.append(Finding(recipes, job.line, "region", region, _NO_REGION))
    return named, [finding for i, finding in enumerate(findings) if finding not in findings[:i]]


def _folder(job: Job) -> Path:
    """Where a job's data lie: the folder it names, else the nearest one above its notebook."""
    if job.parameters.get("data"):
        return (job.notebook.parent / job.parameters["data"]).resolve()
    with contextlib.chdir(job.notebook.parent):
        return find_data()


def _edition(folder: Path) -> str:
    """Version and date of a data package, as its descriptor states them."""
    descriptor = yaml.safe_load((folder / DESCRIPTOR).read_text(encoding="utf-8"))
    return " ".join(str(descriptor[key])[:10] for key in ("version", "created") if key in descriptor)
