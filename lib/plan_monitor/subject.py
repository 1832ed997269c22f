"""What reports are about here, as the engine asks for it (``reportkit.source``)."""

from pathlib import Path

from reportkit.language import tr
from reportkit.source import Data

# what the functions below need they import themselves: a command that finds nothing to do answers at once
NAME = "plan-monitor"
TITLE = ("规划监测报告", "Reports on plans")
LEAD = (
    "规划承诺了什么，走到了哪里，还缺什么。每个数字都有出处。",
    "What plans promise, where they stand, and what is missing. Every figure has its source.",
)
# what notebooks import; the first report enters spreadsheets, a panel confirms what was read of documents
MODULES = (
    *("plan_monitor.methods", "plan_monitor.report", "plan_monitor.fund", "plan_monitor.balance"),
    *("plan_monitor.relapse", "plan_monitor.audit", "plan_monitor.coupling", "plan_monitor.milestones"),
    *("plan_monitor.intake.first", "plan_monitor.reading.panel.opening"),
)
DESCRIPTOR = "datapackage.yaml"
FILTERS = {"domain": "document"}  # a row is of the domain of its document


def tables() -> tuple[str, ...]:
    """Names of the tables of a data package."""
    from plan_monitor.data.tables import TABLES

    return tuple(TABLES)


def find(folder: Path | None = None) -> Path:
    """The folder of a data package; see ``package.find_data``."""
    from plan_monitor.data.package import find_data

    return find_data(folder)


def read(folder: Path) -> Data:
    """A data package; see ``package.load``."""
    from plan_monitor.trace.quoted import Quoted

    return Quoted(folder)


def around(region: str) -> dict[str, str]:
    """Codes and names of the present-day regions above one given by its code: widest first, no nation.

    >>> around("321181"), around("no code")
    ({'320000': '江苏省', '321100': '镇江市'}, {})
    """
    from plan_monitor.settle import divisions

    if region not in divisions.today():
        return {}
    above = divisions.chain(region)[1:-1]
    return {division.code: tr(division.name, divisions.english(division)) for division in reversed(above)}


def prepare(folder: Path) -> None:
    """Load a data package, and compute in advance what its reports share (``data.once``)."""
    from plan_monitor.audit import checks
    from plan_monitor.data.package import load
    from plan_monitor.report import responsible

    package = load(folder)
    checks.run(package)
    responsible.units(package)
    package.select(document=[], region=[])  # an index of the rows of every table
