"""What every report needs and pays for anew in a cold kernel: imports, and the data."""

import contextlib
import importlib
import os
import pkgutil
from pathlib import Path

from reportkit import source

# no others: what nobody uses would only make every kernel larger
_LIBRARIES = (
    *("IPython.core.completer", "ipykernel.kernelapp", "ipykernel.ipkernel", "ipykernel.debugger"),
    *("matplotlib_inline.backend_inline", "pandas", "seaborn", "statsmodels.api", "scipy.optimize"),
    *("tabulate", "reportkit.render.recipes"),
)


def up(data: list[Path]) -> None:
    """Import and load; what cannot be loaded is left to the kernel, which will say why.

    Parameters
    ----------
    data : list of Path
        Folders of data that the kernels will probably read; none for the nearest one.
    """
    # matplotlib reads it once, when imported; a kernel sets it, as late as when it starts
    os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    subject = source.current()
    for name in (*_LIBRARIES, *(subject.MODULES if subject else ())):
        package = importlib.import_module(name)
        if name not in _LIBRARIES:
            for module in pkgutil.walk_packages(getattr(package, "__path__", ()), name + "."):
                importlib.import_module(module.name)
    for folder in data or [None] if subject else ():
        with contextlib.suppress(Exception):
            subject.read(subject.find(folder))
