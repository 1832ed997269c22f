"""The kernels that notebooks run in."""

from pathlib import Path

from reportkit import source
from reportkit.kernel import client


def kernel() -> str:
    """Name of the kernelspec: the subject's, whose kernels are forked warm, else an ordinary one."""
    subject = source.current()
    return subject.NAME if subject else "python3"


def warm(data: list[Path]) -> bool:
    """Have kernels of this process and those it starts forked warm, if they can be; see ``client.lend``."""
    return client.FORKS and source.current() is not None and client.lend(data)
