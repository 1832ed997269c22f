"""Where the notebooks, recipes and data lie that belong to this library."""

from pathlib import Path

_BESIDE = Path(__file__).parents[
    1
]  # of an installed wheel the environment's packages, else lib/ of a checkout


def root() -> Path:
    """The folder of ``data/``, ``notebooks/`` and ``reports/``: of the wheel, or of the checkout."""
    installed = _BESIDE / "plan_monitor_project"
    return installed if installed.is_dir() else _BESIDE.parent
