"""What every report needs and pays for anew in a cold kernel: imports and the data."""

import contextlib
import importlib
import os
import pkgutil
from pathlib import Path

# no others: what nobody uses would only make every kernel larger
_LIBRARIES = (
    *("IPython.core.completer", "ipykernel.kernelapp", "ipykernel.ipkernel", "ipykernel.debugger"),
    *(
        "matplotlib_inline.backend_inline",
        "pandas",
        "seaborn",
        "statsmodels.api",
        "scipy.optimize",
        "tabulate",
    ),
)
_OURS = ("plan_monitor.methods", "plan_monitor.present")
# the overview reads recipes, the first report enters spreadsheets
_ALSO = ("plan_monitor.render.recipes", "plan_monitor.intake.first")


def up(data: list[Path]) -> None:
    """Import and load; what cannot be loaded is left to the kernel, which will say why.

    Parameters
    ----------
    data : list of Path
        Data packages that the kernels will probably read; none for the nearest one.
    """
    # matplotlib reads it once, when imported; a kernel sets it, as late as when it starts
    os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    for name in (*_LIBRARIES, *_OURS, *_ALSO):
        importlib.import_module(name)
    for package in map(importlib.import_module, _OURS):
        for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            importlib.import_module(module.name)
    from plan_monitor.package import load

    for folder in data or [None]:
        with contextlib.suppress(Exception):
            load(folder)
