"""nbval's kernels listen on sockets of their own, as those of reports do: many start at the same time."""

import tempfile
from pathlib import Path

import nbval.kernel
from jupyter_client.manager import KernelManager

from plan_monitor.render.kernels import connection

_SCRATCH = tempfile.TemporaryDirectory(prefix="nbval-")


def _manager(**options):
    return KernelManager(config=connection(Path(_SCRATCH.name)), **options)


nbval.kernel.KernelManager = _manager
