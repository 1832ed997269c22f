"""Recipes to jobs: which notebook, with which parameters, under which name; and what is wrong with them."""

import itertools
import re
import string
from collections import Counter
from collections.abc import Mapping
from glob import glob
from pathlib import Path
from typing import Any

import papermill
import yaml

from reportkit.findings import Finding, distinct
from reportkit.jobs import Job
from reportkit.render.matrix import expand, lacks, split
from reportkit.render.parameters import Problem, defaults
from reportkit.render.sources import Sources

_TOP_KEYS = ("notebooks", "domains", "reports")
_REPORT_KEYS = ("notebook", "name", "parameters", "matrix", "reads", "needs")
_NAME = re.compile(r"\w[\w.\-]*")


def read(path: Path, sources: Sources | None = None) -> tuple[list[Job], list[Finding]]:
    """Jobs of a recipes file, and everything that is wrong with it.

    Every parameter is checked against the notebook's ``parameters`` cell, because papermill itself only
    warns about an unknown one. Nothing is executed.

    Parameters
    ----------
    path : Path
        The YAML file; ``reports/recipes.yml`` documents its keys.
    sources : Sources, optional
        The data that the jobs will read; by default those that each recipe or notebook names.

    Returns
    -------
    list of Job, list of Finding
        The jobs are complete only where there is no finding. A folder of data is opened, and its faults
        are among the findings, only where a matrix takes values from it.
    """

    def finding(line: int | None, problem: Problem) -> Finding:
        key, value, zh, en = problem
        shown = None if value is None else str(value)
        return Finding(path.name, line, key, shown, {"zh": zh, "en": en})

    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
        recipes = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return [], [finding(None, (None, path, "没有这个文件", "no such file"))]
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        mark = getattr(error, "problem_mark", None)
        why = getattr(error, "problem", None) or type(error).__name__
        problem = (None, why, "应为 UTF-8 编码的 YAML 文件", "expected a YAML file in UTF-8")
        return [], [finding(mark.line + 1 if mark else None, problem)]
    shape = _shape(recipes)
    if shape:
        return [], [finding(None, problem) for problem in shape]
    sources = sources or Sources()
    base = (path.parent / recipes["notebooks"]).resolve()
    domains = recipes.get("domains", {})
    nodes = next(value for key, value in root.value if key.value == "reports").value
    jobs, findings = [], []
    for report, node in zip(recipes["reports"], nodes, strict=True):
        line = node.start_mark.line + 1
        made, problems = _expand(report, path.parent.resolve(), base, domains, line, sources)
        jobs += made
        findings += [finding(line, problem) for problem in problems]
    names = Counter(job.name.casefold() for job in jobs)
    for job in jobs:
        if names[job.name.casefold()] > 1:
            findings.append(finding(job.line, ("name", job.name, "报告名称重复", "expected a unique name")))
    return jobs, [*distinct(findings), *sources.faults()]


def _shape(recipes: Any) -> list[Problem]:
    """What is wrong with the file as a whole."""
    if not isinstance(recipes, dict):
        return [(None, None, "应有 notebooks 和 reports 两项", "expected the keys notebooks and reports")]
    problems = [_unknown(key, _TOP_KEYS) for key in recipes if key not in _TOP_KEYS]
    if not isinstance(recipes.get("notebooks"), str):
        problems.append(("notebooks", recipes.get("notebooks"), "应为文件夹", "expected a folder"))
    if not isinstance(recipes.get("reports"), list) or not recipes["reports"]:
        problems.append(("reports", None, "应为报告的列表", "expected a list of reports"))
    domains = recipes.get("domains", {})
    if not isinstance(domains, dict) or not all(isinstance(d, dict) for d in domains.values()):
        problems.append(("domains", None, "应为 文件夹: {zh: …, en: …}", "expected folder: {zh: …, en: …}"))
    return problems


def _entry_shape(report: Any, filters: Mapping[str, str]) -> list[Problem]:
    """What is wrong with one entry of ``reports``, whatever its notebook."""
    if not isinstance(report, dict):
        return [(None, report, "应为 notebook、name 等项", "expected keys such as notebook and name")]
    problems = [_unknown(key, _REPORT_KEYS) for key in report if key not in _REPORT_KEYS]
    kinds = {"notebook": str, "name": str, "parameters": dict, "matrix": dict, "reads": list, "needs": list}
    for key, kind in kinds.items():
        optional = key not in ("notebook", "name") and key not in report
        if not optional and not isinstance(report.get(key), kind):
            problems.append((key, report.get(key), f"应为 {kind.__name__}", f"expected a {kind.__name__}"))
    matrix = report.get("matrix", {})
    if not isinstance(matrix, dict):
        return problems
    from_data = [
        key
        for key, values in matrix.items()
        if isinstance(values, dict) and "found_in" in values and values.keys() <= {"found_in", *filters}
    ]
    for key, values in matrix.items():
        if key not in from_data and not (isinstance(values, list) and values):
            zh, en = "应为非空的列表或 {found_in: 表}", "expected a list of values or {found_in: table}"
            problems.append((f"matrix.{key}", values, zh, en))
    if from_data and "data" in matrix:
        zh, en = "有 found_in 时应写在 parameters 中", "expected under parameters, where found_in is used"
        problems.append(("matrix.data", matrix["data"], zh, en))
    return problems


def _expand(
    report: Any, here: Path, base: Path, domains: dict, line: int, sources: Sources
) -> tuple[list[Job], list[Problem]]:
    """Jobs of one entry of ``reports``, and its problems."""
    subject = sources.subject
    if problems := _entry_shape(report, subject.FILTERS if subject else {}):
        return [], problems
    notebook = (base / report["notebook"]).resolve()
    if ".." in Path(report["notebook"]).parts or notebook.suffix != ".ipynb" or not notebook.is_file():
        return [], [
            ("notebook", report["notebook"], f"{base} 中没有这个笔记本", f"no such notebook in {base}")
        ]
    try:
        cell = papermill.inspect_notebook(notebook)
    except Exception as error:  # whatever nbformat or papermill stumble over, the file is unusable
        return [], [("notebook", report["notebook"], f"无法读取：{error!r}", f"cannot be read: {error!r}")]
    plain, fixed = defaults(cell), report.get("parameters", {})
    given = {**{key: [value] for key, value in fixed.items()}, **report.get("matrix", {})}
    data = None
    if "needs" in report or any(isinstance(values, dict) for values in given.values()):
        data = sources.open(notebook, {**plain, **fixed}.get("data"))
    axes, problems = expand(given, cell, subject, data)
    problems += _unknown_braces(report["name"], {**plain, **dict.fromkeys(split(given))})
    lacking, unknown = lacks(report.get("needs", []), given, axes, subject, data)
    problems += unknown
    reads, unread = _reads(report.get("reads", []), here)
    problems += unread
    if problems:
        return [], problems
    if lacking:
        sources.left_out.append((report["notebook"], *lacking))
        return [], []
    folder = notebook.relative_to(base).parent.as_posix()
    rank = list(domains).index(folder) if folder in domains else len(domains)
    jobs = []
    keys = [*itertools.chain(*axes)]
    for values in itertools.product(*axes.values()):
        parameters = {**plain, **dict(zip(keys, itertools.chain(*values), strict=True))}
        name = report["name"].format(**parameters)
        if not _is_file_name(name):
            zh, en = "应为文件名：文字、数字、- 和 _", "expected a file name of letters, digits, - and _"
            problems.append(("name", name, zh, en))
            continue
        headings = domains.get(folder, {})
        domain = headings.get(parameters.get("lang"), headings.get("en", folder))
        parameters |= sources.parameter(notebook)
        jobs.append(Job(name, notebook, str(domain), parameters, line, rank, reads))
    return jobs, problems


def _reads(patterns: list, here: Path) -> tuple[tuple[Path, ...], list[Problem]]:
    """The files that a notebook reads beside its data, and the patterns that fit none."""
    paths, problems = {}, []
    for pattern in patterns:
        # pathlib's glob does not go up
        matches = (here / name for name in glob(str(pattern), root_dir=here, recursive=True))  # noqa: PTH207
        files = sorted(path.resolve() for path in matches if path.is_file())
        if not files:
            problems.append(("reads", pattern, f"{here} 中没有这样的文件", f"no such file in {here}"))
        paths |= dict.fromkeys(files)
    return tuple(paths), problems


def _unknown_braces(pattern: str, parameters: dict[str, Any]) -> list[Problem]:
    """The first braces of a name pattern that hold no parameter."""
    try:
        fields = [field for _, field, _, _ in string.Formatter().parse(pattern) if field is not None]
    except ValueError:
        fields = [pattern]
    listed = ", ".join(map(str, parameters))
    unknown = ["{" + field + "}" for field in fields if field not in parameters]
    zh, en = f"花括号中应为参数：{listed}", f"expected one of: {listed}"
    return [("name", field, zh, en) for field in unknown[:1]]


def _is_file_name(name: str) -> bool:
    """Whether a name is safe as a report's file name on every system."""
    taken = name.casefold() == "index" or name.endswith((".", ".failed"))
    return bool(_NAME.fullmatch(name)) and not taken


def _unknown(key: Any, expected: tuple[str, ...]) -> Problem:
    listed = ", ".join(expected)
    return (str(key), None, f"未知的项；应为：{listed}", f"unknown key; expected one of: {listed}")
