"""Kernels for the tests: start one, run code in it, see what it printed; and who is still there afterwards."""

import contextlib
import time
from pathlib import Path

import psutil
from jupyter_client.manager import KernelManager

NAMES = ["plan-monitor", "python3"]


@contextlib.contextmanager
def kernel(name="plan-monitor", **options):
    """A running kernel and a client of it."""
    manager = KernelManager(kernel_name=name)
    manager.start_kernel(**options)
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=120)
        yield manager, client
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def said(client, code, timeout=60):
    """What code prints, or the name of what it raises."""
    texts = []

    def hear(message):
        if message["msg_type"] == "stream":
            texts.append(message["content"]["text"])
        elif message["msg_type"] == "error":
            texts.append(message["content"]["ename"])

    reply = client.execute_interactive(code, timeout=timeout, output_hook=hear, stop_on_error=False)
    assert reply["content"]["status"] != "aborted"
    return "".join(texts).strip()


def until(condition, seconds=20):
    """Whether something becomes true in time."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def gone(pid):
    """Whether a process has ended; one that nobody has waited for yet has, too."""
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def sockets(folder):
    return sorted(path.name for path in Path(folder).rglob("*") if path.is_socket())
