"""From spreadsheets to a package in one step: what ``new``, ``take`` and ``adopt`` do one by one."""

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from plan_monitor.data import starter
from plan_monitor.data.inspection import settled
from plan_monitor.data.package import Package, find_data, load
from plan_monitor.intake import adopt, take
from plan_monitor.intake.adopt import Draft
from plan_monitor.intake.take import Taken
from plan_monitor.settle.defaults import Derived


class Entered(NamedTuple):
    """What spreadsheets became: how they were read, what was drafted and derived, and the package."""

    files: int
    taken: Taken
    drafts: list[Draft]
    derived: list[Derived]
    package: Package


def enter(
    files: Iterable[str | Path], data: str | Path = "", examples: Iterable[str] = (), region: str = ""
) -> Entered:
    """Read spreadsheets into a new package, whose folder is deleted once it is loaded.

    Parameters
    ----------
    files : iterable of path
        Spreadsheets; without any, the examples.
    data : path, optional
        The package whose catalogue is used; the nearest ``data/`` by default.
    examples : iterable of str
        Names of files among that package's samples.
    region : str, optional
        The place that the tables are about, where they do not name it.

    Raises
    ------
    DataError
        If what was read cannot be used.
    """
    source = find_data(data)
    files = [Path(file) for file in files] or [source / "samples" / name for name in examples]
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "package"
        starter.write(folder, source)
        parts = settled(folder).parts
        regions, indicators = parts["regions"].frame, parts["indicators"].frame
        taken = take.read(files, region=region or None, regions=regions, indicators=indicators)
        take.write(taken, folder)
        drafts = adopt.drafts(settled(folder).parts)
        adopt.write(folder / "indicators.csv", drafts)
        return Entered(len(files), taken, drafts, settled(folder).derived, load(folder))
