"""Follow what governments promise in numbers: load a data package, judge, forecast, report."""

from reportkit.lazy import attach

__getattr__, __all__ = attach(
    {
        "plan_monitor.data.package": ("Package", "check", "load"),
        "reportkit.findings": ("DataError", "Finding"),
        "reportkit.render.parameters": ("parameters",),
    }
)
