"""How a fork of the forkserver becomes a kernel."""

import atexit
import multiprocessing
import os
import signal
import sys
import threading
import time

DATA = "REPORTKIT_WARM_DATA"  # variable of the server's environment: the data packages to have loaded


def become(arguments: list[str], env: dict[str, str], cwd: str) -> None:
    """Run as the requested kernel, as if it had been started by itself, until it ends."""
    import numpy as np
    from ipykernel import kernelapp

    os.setsid()
    multiprocessing.set_start_method(None, force=True)  # the default again, in which cells' functions work
    threading.Thread(target=_follow, daemon=True).start()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ.clear()
    os.environ.update(env)
    time.tzset()
    os.chdir(cwd)
    # forks would draw the same numbers once it was used before; the standard library's generator knows
    np.random.seed()
    sys.argv = ["ipykernel_launcher", *arguments]
    try:
        # the kernel looks every second whether its parent is still this one
        kernelapp.launch_new_instance(argv=[*arguments, f"--IPKernelApp.parent_handle={os.getppid()}"])
    finally:
        # as an interpreter ends, by names of its own; before Python 3.13 multiprocessing does not run
        # what is registered with atexit
        threading._shutdown()  # pyright: ignore[reportAttributeAccessIssue]
        _end_control(kernelapp.IPKernelApp)
        atexit._run_exitfuncs()


def _end_control(app: type) -> None:
    """End the control thread, which received the request to shut down.

    It still publishes then, and ipykernel 7 closes the way out before it is done: one kernel in seven waited
    until it was killed, eight seconds later.
    """
    thread = app.instance().control_thread if app.initialized() else None
    if thread and thread.is_alive():
        thread.stop()
        thread.join()


def _follow() -> None:
    """End with the server, which the forkserver outlives as long as there are kernels."""
    server = multiprocessing.parent_process()
    assert server, "this process was forked"
    server.join()
    os.killpg(0, signal.SIGKILL)
