"""Forms to send: one workbook for each issuer, with its promises that are due without a figure."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from plan_monitor.data.descriptor import DESCRIPTOR, read_descriptor
from plan_monitor.data.package import Package, load
from plan_monitor.forms import layout, workbook
from plan_monitor.intake.rows import changes
from plan_monitor.methods import promises
from plan_monitor.settle.quantity import Refused
from plan_monitor.settle.spans import period
from reportkit import files, periods
from reportkit.findings import DataError, Finding
from reportkit.language import chosen, of_data

TABLE = "requests"
_UNNAMED = ("未注明发布机关", "no issuer named")
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_UNSAFE = re.compile(r'[\\/:*?"<>|\s]+')


class Asked(NamedTuple):
    """Forms that were written.

    Attributes
    ----------
    forms : list of Path
        A workbook for each issuer.
    promises : int
        Number of promises in them.
    """

    forms: list[Path]
    promises: int


def ask(
    folder: Path,
    out: Path,
    as_of: str,
    *,
    by: str | None = None,
    reply: str | None = None,
    asked: date | None = None,
) -> Asked:
    """Write a form for each issuer, in the language that is set, and record it in the table ``requests``.

    The forms ask for promises (not their stages, shares or those of the plan before) that are due by `as_of`
    and have no figure to judge them by. If there are none, nothing is written.

    Parameters
    ----------
    folder : Path
        A data package.
    out : Path
        Folder of the forms; made where it does not exist.
    as_of : str
        Period, such as 2026-11 or 2025年.
    by : str, optional
        The day by which an answer is asked for, such as 2026-12-31, as it is to be printed.
    reply : str, optional
        To whom to return the form: a name, an address, a telephone number.
    asked : date, optional
        The day of the forms; today.

    Raises
    ------
    DataError
        If `as_of` is no period or `by` no date, the package has faults, its descriptor does not know the
        table ``requests``, or a form of this day is there already: somebody may have filled it in.
    """
    as_of = _period("--as-of", as_of)
    if by is not None:
        _date("--by", by)
    package, day = load(folder), f"{asked or date.today()}"
    about = request_descriptor(folder)
    due = promises_to_ask(package, as_of)
    if due.empty:
        return Asked([], 0)
    form = layout.Form(about["name"], str(about["version"]), day, as_of)
    texts = layout.target_texts(due, package)
    issuer = due["document"].map(package.documents.set_index("id")["issuer"]).fillna("")
    written, names = {}, Counter()
    for name, rows in texts.groupby(issuer, sort=False):
        shown = name or chosen(_UNNAMED)
        title = f"{shown} {day}"
        called = _UNSAFE.sub("-", title)
        names[files.one_file(called)] += 1
        same = names[files.one_file(called)]  # what two issuers differ in may be nothing to a file
        path = out / f"{called}{f'-{same}' if same > 1 else ''}.xlsx"
        sections = _sections(rows, due, package)
        written[path] = workbook.content(sections, form, shown, by=by, reply=reply)
    forms = list(written)
    if existing := [path for path in forms if path.exists()]:
        expected = {
            "zh": "此表当天已经做好，可能有人已在填写；请先移走，或另选文件夹",
            "en": "expected no form of this day yet, as somebody may have filled it in; move it away",
        }
        raise DataError([Finding(str(path), None, None, None, expected) for path in existing])
    # the table first: where somebody has it open, no form is there without its request
    written = changes(folder, {TABLE: _requests(due["id"], issuer, day)}) | written
    out.mkdir(parents=True, exist_ok=True)
    for path, content in written.items():
        files.write(path, content)
    return Asked(forms, len(due))


def _period(option: str, text: str) -> str:
    """The period that an option names."""
    try:
        return period(text)
    except Refused as refused:
        raise DataError([Finding(option, None, None, text, refused.expected)]) from None


def _date(option: str, text: str) -> None:
    """Refuse an option that is no day."""
    written = _DATE.fullmatch(text.strip())
    try:
        date(*map(int, written.groups() if written else ()))
    except (TypeError, ValueError):
        expected = {
            "zh": "应为日期，如 2026-12-31 或 2026年12月31日",
            "en": "expected a date such as 2026-12-31",
        }
        raise DataError([Finding(option, None, None, text, expected)]) from None


def promises_to_ask(package: Package, as_of: str) -> pd.DataFrame:
    """The promises to ask for: due by a date, without a figure for their due date.

    Returns
    -------
    DataFrame
        Rows of ``package.targets``.
    """
    judged = promises.judge(package, as_of)
    due = judged["due"].isin(["awaited", "overdue"]) & judged["role"].eq("promise")
    ends = judged[["latest_period", "target_period"]].map(periods.end, na_action="ignore")
    without = judged["latest"].isna() | (ends["latest_period"] < ends["target_period"])
    in_time = judged["reason"].ne("no_elapsed_time")  # due at its own base: no figure could judge it
    return package.targets.loc[judged.index[due & without & in_time]]


def request_descriptor(folder: Path) -> dict:
    """The descriptor of a package that knows the table ``requests``.

    Raises
    ------
    DataError
        If it does not know the table.
    """
    about = read_descriptor(folder)
    if not any(resource["name"] == TABLE for resource in about["resources"]):
        expected = {
            "zh": "数据包说明应列出此表；请从 plan-monitor 自带的数据包说明中照抄 requests 一节",
            "en": "expected this table in the descriptor; copy its section from plan-monitor's own",
        }
        raise DataError([Finding(DESCRIPTOR, None, TABLE, None, expected)])
    return about


def _sections(rows: pd.DataFrame, due: pd.DataFrame, package: Package) -> list[tuple[str, pd.DataFrame]]:
    """Promises under the title and number of the document that makes them."""
    documents = package.documents.set_index("id")
    title = documents[f"title_{of_data()}"].str.cat(documents["number"].fillna(""), sep="  ").str.strip()
    return [(title[name], part) for name, part in rows.groupby(due.loc[rows.index, "document"], sort=False)]


def _requests(targets: Iterable[str], issuers: Iterable[str], day: str) -> list[dict[str, str]]:
    return [
        {
            "id": layout.request_id(day, target),
            "target": target,
            "asked": day,
            "asked_of": issuer,
            "state": "asked",
        }
        for target, issuer in zip(targets, issuers, strict=True)
    ]
