"""What every report needs and pays for anew in a cold kernel: imports, fonts, a first drawing, the data."""

import contextlib
import importlib
import os
import pkgutil
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from reportkit import source

# no others: what nobody uses would only make every kernel larger
_LIBRARIES = (
    *(
        "IPython.core.completer",
        "ipykernel.kernelapp",
        "ipykernel.ipkernel",
        "ipykernel.debugger",
        "matplotlib_inline.backend_inline",
    ),
    *("pandas", "seaborn", "statsmodels.api", "scipy.optimize", "tabulate", "reportkit.render.recipes"),
)


def up(data: list[Path]) -> None:
    """Import, draw and load; what cannot be loaded is left to the kernel, which will say why.

    Parameters
    ----------
    data : list of Path
        Folders of data that the kernels will probably read; none for the nearest one.
    """
    # matplotlib reads it once, when imported; a kernel sets it, as late as when it starts
    os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    with _late_grammar():
        for name in _LIBRARIES:
            importlib.import_module(name)
        subject = source.current()
        for name in subject.MODULES if subject else ():
            module = importlib.import_module(name)
            for part in pkgutil.walk_packages(getattr(module, "__path__", ()), name + "."):
                importlib.import_module(part.name)
    _draw()
    for folder in data or [None] if subject else ():
        with contextlib.suppress(Exception):
            subject.read(subject.find(folder))


@contextlib.contextmanager
def _late_grammar() -> Iterator[None]:
    """Let jsonschema build its grammar of web addresses, which takes a second, when a schema asks for it."""
    name = "rfc3987_syntax"

    def is_valid_syntax(term: str, text: str) -> bool:
        return importlib.import_module(name).is_valid_syntax(term, text)

    if name in sys.modules:  # built already, or done without
        yield
        return
    sys.modules[name] = ModuleType(name)
    sys.modules[name].is_valid_syntax = is_valid_syntax
    try:
        yield
    finally:
        del sys.modules[name]


def _draw() -> None:
    """Draw one chart with Chinese letters and throw it away, the settings of drawing with it."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    from reportkit.charts import canvas

    with mpl.rc_context():
        canvas.style()
        figure = Figure()
        axes = figure.subplots()
        axes.plot([0, 1], [0, 1], label="目标 0123456789")
        axes.legend()
        canvas.png(figure)
