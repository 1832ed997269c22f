"""Follow what governments promise in numbers: load a data package, judge, forecast, report."""

import os

from reportkit import source
from reportkit.lazy import attach

os.environ.setdefault(source.VARIABLE, f"{__name__}.subject")  # reports made from here are about plans
__getattr__, __all__ = attach(
    {
        "plan_monitor.data.package": ("check", "load"),
        "plan_monitor.data.tables": ("Package",),
        "reportkit.findings": ("DataError", "Finding"),
        "reportkit.render.parameters": ("parameters",),
    }
)
