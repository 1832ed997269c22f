"""A request from JupyterLab's form, as a report to make.

The form has names and texts only: a value is read as the type that the notebook declares for it.
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
    """A request that cannot be met; the message says why, in the reader's language."""


def job(notebook: Path, name: str, texts: dict[str, str], root: Path, period: str | None) -> Job:
    """A checked job for the scheduler's copy of a notebook; ``name`` is that of its files, without ending.

    ``texts`` are the parameters from the form; empty lines of the form are ignored. ``data`` is relative to
    ``root``, the folder that JupyterLab shows. ``period`` is the default of ``as_of``. Raises Refused if the
    notebook has no such parameter, a value does not fit, or the data cannot be used.
    """
    with using(reader_language()):
        cell = papermill.inspect_notebook(notebook)
        default_values, texts = defaults(cell), {key: text for key, text in texts.items() if key or text}
        if period and "as_of" in cell:
            default_values["as_of"] = period
        values = {key: _value(text, kind(cell[key]) if key in cell else "") for key, text in texts.items()}
        problems = [fault for key, value in values.items() for fault in misfits(key, [value], cell.get(key))]
        if unknown := [key for key in texts if key not in cell]:
            names, existing = ", ".join(f'"{key}"' for key in unknown), ", ".join(cell)
            zh, en = f"笔记本没有此参数；有：{existing}", f"not a parameter of the notebook: {existing}"
            problems.append((names, None, zh, en))
        if problems:
            raise Refused("; ".join(f"{key}: {tr(zh, en)}" for key, _, zh, en in problems))
        folder = values.get("data") or default_values.get("data")
        try:
            data = (root / str(folder)).resolve() if folder else _data(root)
        except FileNotFoundError as error:
            raise Refused(str(error)) from None
        parameters = default_values | values | ({"data": str(data)} if data and "data" in cell else {})
        request = Job(name, notebook, "", parameters, 1)
        jobs, findings = inputs.check([request], notebook.name, Sources(data))
        if findings:
            raise Refused("; ".join(summary(findings)))
        return replace(jobs[0], folder=data)


def scheduled(schedule: str, timezone: str | None, created: float) -> str:
    """The month for which a job was scheduled, as a period.

    The schedule is in cron's notation, in its timezone or UTC; the job was ``created`` (seconds since 1970)
    up to some seconds after its time. Midnight of the first in China, still the month before in London:

    >>> scheduled("0 0 1 * *", "Asia/Shanghai", 1796054405)
    '2026-12'
    """
    now = datetime.fromtimestamp(created, ZoneInfo(timezone or "UTC"))
    return croniter(schedule, now + timedelta(seconds=1)).get_prev(datetime).strftime("%Y-%m")


def _value(text: str, type_name: str) -> object:
    """A text converted to the declared type; the text itself if it does not fit."""
    quoted = len(text) > 1 and text[0] == text[-1] and text[0] in "'\""
    if type_name not in ("list", "dict") and not quoted:
        return as_declared(text.lower() if type_name == "bool" else text, type_name)
    return literal(text, text)


def _data(root: Path) -> Path | None:
    """The data folder in the folder that JupyterLab shows, or the nearest above; None without a subject."""
    subject = source.current()
    if subject is None:
        return None
    folders = (folder / "data" for folder in (root, *root.parents) if (folder / "data").is_dir())
    return subject.find(next(folders, None)).resolve()
