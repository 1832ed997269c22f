"""Follow what governments promise in numbers: load a data package, judge, forecast, report."""

from importlib import import_module
from typing import Any

# imported when asked for: what needs no data, such as finding out that nothing has changed, need not wait
_PLACES = {
    "DataError": "findings",
    "Finding": "findings",
    "Package": "package",
    "check": "package",
    "load": "package",
    "parameters": "render.parameters",
}
__all__ = list(_PLACES)


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
