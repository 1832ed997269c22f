"""The location of the notebooks, recipes and data that belong to this library."""

from pathlib import Path

# the packages of the environment that a wheel is installed in, or lib/ of a checkout
_BESIDE = Path(__file__).parents[1]


def root() -> Path:
    """The folder of ``data/``, ``notebooks/`` and ``reports/``: of the wheel, or of the checkout."""
    installed = _BESIDE / "plan_monitor_project"
    return installed if installed.is_dir() else _BESIDE.parent
