"""From a drafted reading to rows of a package: a file to decide in, read back, and written."""

from reportkit.lazy import attach

__getattr__, __all__ = attach(
    {
        "plan_monitor.reading.confirm.drafted": ("Drafted", "Given", "draft"),
        "plan_monitor.reading.confirm.file": ("write",),
        "plan_monitor.reading.confirm.decisions": ("Decision", "read"),
        "plan_monitor.reading.confirm.store": ("Outcome", "confirm", "put"),
    }
)
