"""From recipes to jobs: which notebook, with which parameters, under which name; and faults in recipes."""

import itertools
import re
import string
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cache
from glob import glob
from pathlib import Path
from typing import Any

import papermill
import yaml

from reportkit import source
from reportkit.files import one_file
from reportkit.findings import Finding, distinct
from reportkit.jobs import Job
from reportkit.render.parameters import Problem, defaults, misfits
from reportkit.render.sources import Sources
from reportkit.source import Data

_TOP_KEYS = ("notebooks", "domains", "head", "reports")
_KEYS = {
    **{"notebook": str, "name": str, "parameters": dict, "matrix": dict, "reads": list, "needs": list},
    "head": dict,
}
_HEAD = ("issuer", "number", "date", "to")  # of a first page that is sent as a document
# devices of Windows are no files there, whatever their ending
_NAME = re.compile(r"(?!(?i:con|prn|aux|nul|(com|lpt)[\d¹²³])(\.|$))\w[\w.\-]*")


def read(path: Path, sources: Sources | None = None) -> tuple[list[Job], list[Finding]]:
    """Jobs of a recipes file (``reports/recipes.yml`` documents its keys), and all its faults.

    Every parameter is checked against the notebook's ``parameters`` cell, because papermill itself only
    warns about an unknown one. Nothing is executed. The jobs are complete only if there is no finding. By
    default they read the data that each recipe or notebook names; these are opened, and their faults are
    among the findings, only if a matrix takes values from them.
    """

    def finding(line: int | None, problem: Problem) -> Finding:
        key, value, zh, en = problem
        text = None if value is None else str(value)
        return Finding(path.name, line, key, text, {"zh": zh, "en": en})

    try:
        text = path.read_text(encoding="utf-8")
        loader = yaml.SafeLoader(text)
        root = loader.get_single_node()  # its nodes have line numbers
        recipes: Any = loader.construct_document(root) if root else None
    except FileNotFoundError:
        return [], [finding(None, (None, path, "没有这个文件", "no such file"))]
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or type(error).__name__
        problem = (None, reason, "应为 UTF-8 编码的 YAML 文件", "expected a YAML file in UTF-8")
        return [], [finding(mark.line + 1 if mark else None, problem)]
    problems = _shape(recipes)
    if root is None or problems:
        return [], [finding(None, problem) for problem in problems]
    sources = sources or Sources()
    base = (path.parent / recipes["notebooks"]).resolve()
    domains = recipes.get("domains", {})
    nodes = next(value for key, value in root.value if key.value == "reports").value
    inspect = cache(papermill.inspect_notebook)
    jobs, findings = [], []
    for report, node in zip(recipes["reports"], nodes, strict=True):
        line = node.start_mark.line + 1
        expanded, problems = _expand(report, path.parent.resolve(), base, domains, line, sources, inspect)
        jobs += [replace(job, head=_document_head(job, recipes, report)) for job in expanded]
        findings += [finding(line, problem) for problem in problems]
    names = Counter(one_file(job.name) for job in jobs)
    for job in jobs:
        if names[one_file(job.name)] > 1:
            findings.append(finding(job.line, ("name", job.name, "报告名称重复", "expected a unique name")))
    return jobs, [*distinct(findings), *sources.faults()]


def _shape(recipes: Any) -> list[Problem]:
    """Faults of the file as a whole."""
    if not isinstance(recipes, dict):
        return [(None, None, "应有 notebooks 和 reports 两项", "expected the keys notebooks and reports")]
    problems = _unknown(recipes, _TOP_KEYS)
    if not isinstance(recipes.get("notebooks"), str):
        problems.append(("notebooks", recipes.get("notebooks"), "应为文件夹", "expected a folder"))
    if not isinstance(recipes.get("reports"), list) or not recipes["reports"]:
        problems.append(("reports", None, "应为报告的列表", "expected a list of reports"))
    domains = recipes.get("domains", {})
    if not isinstance(domains, dict) or not all(isinstance(d, dict) for d in domains.values()):
        problems.append(("domains", None, "应为 文件夹: {zh: …, en: …}", "expected folder: {zh: …, en: …}"))
    return problems + _head_shape(recipes.get("head", {}))


def _head_shape(head: Any) -> list[Problem]:
    """Faults in the head of a document."""
    if not isinstance(head, dict):
        return [("head", head, "应为 issuer 等项", "expected keys such as issuer")]
    problems = _unknown(head, _HEAD)
    for key, text in head.items():
        texts = text.values() if isinstance(text, dict) and text else [text]
        if not all(isinstance(value, str) for value in texts):
            zh, en = "应为加引号的文字或 {zh: …, en: …}", "expected a text in quotes or {zh: …, en: …}"
            problems.append((f"head.{key}", text, zh, en))
    return problems


def _document_head(job: Job, recipes: dict, report: dict) -> dict[str, str]:
    """The head of a job's first page in its language: keys of all reports, replaced by those of its entry."""
    head = recipes.get("head", {}) | report.get("head", {})
    return {
        key: text if isinstance(text, str) else text.get(job.lang, next(iter(text.values())))
        for key, text in head.items()
    }


def _entry_shape(report: Any, filters: Mapping[str, str]) -> list[Problem]:
    """Faults of one entry of ``reports`` that do not depend on its notebook."""
    if not isinstance(report, dict):
        return [(None, report, "应为 notebook、name 等项", "expected keys such as notebook and name")]
    problems = _unknown(report, _KEYS)
    for key, kind in _KEYS.items():
        absent = key not in ("notebook", "name") and key not in report
        if not absent and not isinstance(report.get(key), kind):
            problems.append((key, report.get(key), f"应为 {kind.__name__}", f"expected a {kind.__name__}"))
    problems += _head_shape(report["head"]) if isinstance(report.get("head"), dict) else []
    matrix = report.get("matrix", {})
    if not isinstance(matrix, dict):
        return problems
    from_data = False
    for key, values in matrix.items():
        if isinstance(values, dict) and "found_in" in values and values.keys() <= {"found_in", *filters}:
            from_data = True
        elif not (isinstance(values, list) and values):
            zh, en = "应为非空的列表或 {found_in: 表}", "expected a list of values or {found_in: table}"
            problems.append((f"matrix.{key}", values, zh, en))
    if from_data and "data" in matrix:
        zh, en = "有 found_in 时应写在 parameters 中", "expected under parameters, where found_in is used"
        problems.append(("matrix.data", matrix["data"], zh, en))
    return problems


def _unknown(keys: Iterable, expected: Iterable[str]) -> list[Problem]:
    listed = ", ".join(expected)
    zh, en = f"未知的项；应为：{listed}", f"unknown key; expected one of: {listed}"
    return [(str(key), None, zh, en) for key in keys if key not in expected]


def _expand(
    report: Any,
    recipes_folder: Path,
    base: Path,
    domains: dict,
    line: int,
    sources: Sources,
    inspect: Callable[[Path], dict[str, dict]],
) -> tuple[list[Job], list[Problem]]:
    """Jobs of one entry of ``reports``, and its problems."""
    subject = source.current()
    if problems := _entry_shape(report, subject.FILTERS if subject else {}):
        return [], problems
    notebook_name, needs = report["notebook"], report.get("needs", [])
    notebook = (base / notebook_name).resolve()
    if ".." in Path(notebook_name).parts or notebook.suffix != ".ipynb" or not notebook.is_file():
        return [], [("notebook", notebook_name, f"{base} 中没有这个笔记本", f"no such notebook in {base}")]
    try:
        cell = inspect(notebook)
    except Exception as error:  # whatever nbformat or papermill stumble over, the file is unusable
        return [], [("notebook", notebook_name, f"无法读取：{error!r}", f"cannot be read: {error!r}")]
    default_values, own_values = defaults(cell), report.get("parameters", {})
    choices = {**{key: [value] for key, value in own_values.items()}, **report.get("matrix", {})}
    data = None
    if "needs" in report or any(isinstance(values, dict) for values in choices.values()):
        data = sources.open(notebook, {**default_values, **own_values}.get("data"))
    axes, problems = _axes(choices, cell, data)
    names = itertools.chain(*map(_split, choices))
    problems += _unknown_braces(report["name"], {**default_values, **dict.fromkeys(names)})
    problems += _no_table("needs", needs)
    reads, read_problems = _reads(report.get("reads", []), recipes_folder)
    problems += read_problems
    if problems:
        return [], problems
    if data is not None and (missing := _missing_rows(needs, choices, axes, data)):
        sources.left_out.append((notebook_name, *missing))
        return [], []
    folder = notebook.relative_to(base).parent.as_posix()
    rank = list(domains).index(folder) if folder in domains else len(domains)
    headings = domains.get(folder, {})
    jobs = []
    keys = [*itertools.chain(*axes)]
    for values in itertools.product(*axes.values()):
        parameters = {**default_values, **dict(zip(keys, itertools.chain(*values), strict=True))}
        name = report["name"].format(**parameters)
        # a name that every system accepts, and that no other file in a folder of reports has
        reserved = name.casefold() == "index" or name.casefold().startswith("briefs-")
        if not _NAME.fullmatch(name) or reserved or name.endswith((".", ".failed", "-brief")):
            zh = "应为文件名：文字、数字、- 和 _，且不是留作他用的（index、con、以 -brief 结尾等）"
            en = "expected a file name of letters, digits, - and _, "
            en += "none that is taken (index, con, with -brief at its end …)"
            problems.append(("name", name, zh, en))
            continue
        domain = headings.get(parameters.get("lang"), headings.get("en", folder))
        parameters |= sources.parameter(notebook)
        jobs.append(Job(name, notebook, str(domain), parameters, line, rank, reads))
    return jobs, problems


def _axes(
    choices: dict[str, Any], cell: dict[str, dict], data: Data | None
) -> tuple[dict[tuple[str, ...], list[tuple]], list[Problem]]:
    """Values of parameters, some of them combined, including those from the data; and misfits."""
    axes, problems = {}, []
    for key, values in choices.items():
        keys = _split(key) if isinstance(values, dict) else (key,)
        if unknown := [name for name in keys if name not in cell]:
            names = ", ".join(cell)
            zh, en = f"笔记本没有此参数；有：{names}", f"not a parameter of the notebook: {names}"
            problems += [(name, None, zh, en) for name in unknown]
        elif isinstance(values, dict):
            axes[keys], data_problems = _values_from_data(key, keys, values, data)
            problems += data_problems
            for place, name in enumerate(keys):
                # a column of the wrong type is one fault, however many values it has
                problems += [*misfits(name, [row[place] for row in axes[keys]], cell[name])][:1]
        else:
            axes[keys] = [(value,) for value in values]
            problems += misfits(key, values, cell[key])
    return axes, problems


def _split(key: Any) -> tuple[str, ...]:
    """The parameters that a key of a matrix names: one, or several separated by commas."""
    return tuple(name.strip() for name in str(key).split(","))


def _values_from_data(
    key: str, columns: tuple[str, ...], choice: dict, data: Data | None
) -> tuple[list[tuple], list[Problem]]:
    """Distinct combinations of values in the columns of a table, in order of first appearance."""
    place, table = f"matrix.{key}", choice["found_in"]
    problems = _no_table(place, [table])
    if problems or data is None:  # unusable data have findings of their own
        return [], problems
    filters = {name: value for name, value in choice.items() if name != "found_in"}
    filter_columns = source.required().FILTERS
    existing, required = [*map(str, data.rows(table))], [*columns, *(filter_columns[key] for key in filters)]
    if missing := ", ".join(column for column in required if column not in existing):
        existing_names = ", ".join(existing)
        en = f"this table has no column {missing}; there are: {existing_names}"
        return [], [(place, table, f"此表没有 {missing} 列；有：{existing_names}", en)]
    rows = data.rows(table, **filters)[[*columns]].dropna().drop_duplicates()
    return [*rows.itertuples(index=False, name=None)], []


def _missing_rows(
    needs: list, choices: dict[str, Any], axes: dict[tuple[str, ...], list], data: Data
) -> tuple[str, str] | None:
    """The first table and filter for which the data have no row, though the report needs one."""
    empty = [(table, "") for table in needs if data.rows(table).empty]
    for key, values in choices.items():
        if isinstance(values, dict) and not axes[_split(key)]:
            filters = (value for name, value in values.items() if name != "found_in")
            empty.append((values["found_in"], ", ".join(filters)))
    return empty[0] if empty else None


def _no_table(place: str, tables: list) -> list[Problem]:
    """Problems for names of tables that do not exist."""
    subject = source.current()
    existing = subject.tables() if subject else ()
    names = ", ".join(existing)
    zh, en = f"没有这个表；有：{names}", f"no such table; there are: {names}"
    return [(place, table, zh, en) for table in tables if table not in existing]


def _reads(patterns: list, folder: Path) -> tuple[tuple[Path, ...], list[Problem]]:
    """The files that a notebook reads beside its data, and problems for patterns that match none."""
    paths, problems = {}, []
    for pattern in patterns:
        # pathlib's glob does not go up
        matches = (folder / name for name in glob(str(pattern), root_dir=folder, recursive=True))  # noqa: PTH207
        files = sorted(path.resolve() for path in matches if path.is_file())
        if not files:
            problems.append(("reads", pattern, f"{folder} 中没有这样的文件", f"no such file in {folder}"))
        paths |= dict.fromkeys(files)
    return tuple(paths), problems


def _unknown_braces(pattern: str, parameters: dict[str, Any]) -> list[Problem]:
    """A problem for the first braces of a name pattern that hold no parameter."""
    try:
        fields = [field for _, field, _, _ in string.Formatter().parse(pattern) if field is not None]
    except ValueError:
        fields = [pattern]
    listed = ", ".join(map(str, parameters))
    zh, en = f"花括号中应为参数：{listed}", f"expected one of: {listed}"
    unknown = ["{" + field + "}" for field in fields if field not in parameters]
    return [("name", field, zh, en) for field in unknown[:1]]
