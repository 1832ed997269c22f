"""Follow what governments promise in numbers: load a data package, judge, forecast, report."""

from plan_monitor.findings import DataError, Finding
from plan_monitor.package import Package, check, load

__all__ = ["DataError", "Finding", "Package", "check", "load"]
