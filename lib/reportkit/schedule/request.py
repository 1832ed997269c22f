"""What somebody asked for in JupyterLab's form, as a report to make.

The form knows names and texts only: a value is read as the type that the notebook declares for it.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import papermill
from croniter import croniter

from reportkit import source
from reportkit.findings import reader_language, summary
from reportkit.jobs import Job
from reportkit.language import tr, using
from reportkit.render import inputs
from reportkit.render.parameters import as_declared, defaults, kind, literal, misfits
from reportkit.render.sources import Sources


class Refused(Exception):
    """What was asked for cannot be made; the text says why, in the reader's language."""


def job(notebook: Path, name: str, given: dict[str, str], root: Path, period: str | None) -> Job:
    """A checked job of the scheduler's copy of a notebook; ``name`` is that of its files, without ending.

    Parameters are given as texts; a line of the form that was left empty is none. ``root`` is the folder that
    JupyterLab shows: ``data`` is looked for there. ``period`` is for ``as_of``, where nothing else was given.
    Raises Refused if the notebook has no such parameter, a value does not fit, or the data are not usable.
    """
    with using(reader_language()):
        cell = papermill.inspect_notebook(notebook)
        usual, given = defaults(cell), {key: text for key, text in given.items() if key or text}
        if period and "as_of" in cell:
            usual["as_of"] = period
        values = {key: _value(text, kind(cell[key]) if key in cell else "") for key, text in given.items()}
        problems = [fault for key, value in values.items() for fault in misfits(key, [value], cell.get(key))]
        if unknown := [key for key in given if key not in cell]:
            listed, others = ", ".join(f'"{key}"' for key in unknown), ", ".join(cell)
            zh, en = f"笔记本没有此参数；有：{others}", f"not a parameter of the notebook: {others}"
            problems.append((listed, None, zh, en))
        if problems:
            raise Refused("; ".join(f"{key}: {tr(zh, en)}" for key, _, zh, en in problems))
        folder = values.get("data") or usual.get("data")
        try:
            data = (root / str(folder)).resolve() if folder else _data(root)
        except FileNotFoundError as error:
            raise Refused(str(error)) from None
        parameters = usual | values | ({"data": str(data)} if data and "data" in cell else {})
        asked = Job(name, notebook, "", parameters, 1)
        jobs, findings = inputs.check([asked], notebook.name, Sources(data))
        if findings:
            raise Refused("; ".join(summary(findings)))
        return replace(jobs[0], folder=data)


def scheduled(schedule: str, timezone: str | None, made: float) -> str:
    """The month of the time that a job was scheduled for, as a period.

    The schedule is as cron writes it, in its timezone or UTC; the job was ``made`` (seconds since 1970) up to
    some seconds after its time. Midnight of the first in China, when it is still the month before in London:

    >>> scheduled("0 0 1 * *", "Asia/Shanghai", 1796054405)
    '2026-12'
    """
    now = datetime.fromtimestamp(made, ZoneInfo(timezone or "UTC"))
    return croniter(schedule, now + timedelta(seconds=1)).get_prev(datetime).strftime("%Y-%m")


def _value(text: str, declared: str) -> object:
    """A text as what the notebook declares; the text itself where it is no such thing."""
    quoted = len(text) > 1 and text[0] == text[-1] and text[0] in "'\""
    if declared not in ("list", "dict") and not quoted:
        return as_declared(text.lower() if declared == "bool" else text, declared)
    return literal(text, text)


def _data(root: Path) -> Path | None:
    """The data of the folder that JupyterLab shows, or of the nearest above it; None without a subject."""
    subject = source.current()
    if subject is None:
        return None
    folders = (folder / "data" for folder in (root, *root.parents) if (folder / "data").is_dir())
    return subject.find(next(folders, None)).resolve()
