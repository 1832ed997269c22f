"""Words, tables and charts of a report, in Chinese and English."""

from importlib import import_module
from typing import Any

# imported when asked for: who only needs words need not wait for what draws
_PLACES = {
    "beside": ("beside_table",),
    "charts": ("bars", "dots", "lines", "stacked"),
    "frames": ("labelled",),
    "heatmap": ("heat_map",),
    "judgement": ("progress_table",),
    "limits": ("limit_bars",),
    "marks": ("timeline",),
    "measures": ("counted", "unit_word", "units"),
    "sources": ("gaps_table", "places_table", "sources_table"),
    "tables": ("table",),
    "tally": ("tally_line", "tally_lines"),
    "words": (
        *("STATES", "change", "dated", "figure", "joined", "names", "nothing"),
        *("column", "number", "phrase", "ratio", "say", "state"),
    ),
}
_MODULES = {name: module for module, names in _PLACES.items() for name in names}
__all__ = sorted(_MODULES)


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
