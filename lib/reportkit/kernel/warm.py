"""What every report needs and a cold kernel has to do anew: imports, and loading the data.

The forkserver imports this module before it forks kernels.
"""

import contextlib
import gc
import importlib
import os
import pkgutil
import sys
from pathlib import Path

from reportkit import source
from reportkit.kernel.forked import DATA

# only these: a module that nobody uses would make every kernel larger
_LIBRARIES = (
    *("IPython.core.completer", "ipykernel.kernelapp", "ipykernel.ipkernel", "ipykernel.debugger"),
    # which a kernel imports when it starts
    *("IPython.core.completerlib", "IPython.core.oinspect", "IPython.core.debugger", "IPython.core.logger"),
    *("IPython.extensions.storemagic", "cProfile", "sqlite3", "tornado.platform.asyncio"),
    *("matplotlib.pyplot", "pandas", "seaborn", "statsmodels.api", "scipy.optimize"),
    *("tabulate", "reportkit.render.recipes"),
)


def up(data: list[Path]) -> None:
    """Import modules and load folders of data (none: the nearest); loading errors are left to the kernel."""
    # matplotlib reads it once, when imported; a kernel sets it, as late as when it starts
    os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    for name in _LIBRARIES:
        importlib.import_module(name)
    _draw()
    subject = source.current()
    if subject is None:
        return
    for name in subject.MODULES:
        package = importlib.import_module(name)
        for module in pkgutil.walk_packages(getattr(package, "__path__", ()), name + "."):
            importlib.import_module(module.name)
    for folder in data or [None]:
        with contextlib.suppress(Exception):
            subject.prepare(subject.find(folder))


def _draw() -> None:
    """Draw a chart, so that fonts are found, and leave everything else as it was.

    pyplot is not used: it would choose its backend here, where there is no kernel yet.
    """
    import seaborn as sns
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    from reportkit.charts import canvas, pixels

    with rc_context():
        canvas.style()
        chart = Figure()
        chart.subplots()
        drawing = canvas.settle(chart, "一", "一")
        pixels.png(drawing.drawn()[1], 100)
    sns.set_color_codes("reset")


if DATA in os.environ:  # else this module is imported by a process that is no forkserver
    if "" in sys.path[:1]:
        del sys.path[0]  # the folder that this process was started in
    gc.disable()  # imports leave little garbage: a fifth of their time would go into looking for it
    up([Path(path) for path in os.environ[DATA].split(os.pathsep) if path])
    gc.freeze()  # so that a collection in a kernel does not touch, and so copy, shared memory
    gc.enable()
