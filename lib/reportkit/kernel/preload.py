"""What the forkserver imports before it forks kernels."""

import gc
import os
import sys
from pathlib import Path

from reportkit.kernel import forked, warm

if forked.DATA in os.environ:  # who only looks at this module is no forkserver
    if "" in sys.path[:1]:
        del sys.path[0]  # the folder that this process was started in
    warm.up([Path(path) for path in os.environ[forked.DATA].split(os.pathsep) if path])
    gc.collect()
    gc.freeze()  # a collection in a kernel need not touch, and so copy, what all share
