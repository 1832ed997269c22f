"""What follows from a package alone is computed once for each package, whichever report asks for it.

No answer can be out of date: a package does not change (``tables.Package``), and its answers go with it.
"""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar, cast

import pandas as pd

if TYPE_CHECKING:
    from plan_monitor.data.tables import Package

P = ParamSpec("P")
Answer = TypeVar("Answer")


def once(
    compute: Callable[Concatenate["Package", P], Answer],
) -> Callable[Concatenate["Package", P], Answer]:
    """Let a function of a package, and of arguments that can be hashed, keep its answer with the package.

    The answer must not depend on anything else, such as the language that is set. A DataFrame is handed out
    as a copy, which costs nothing until somebody writes to it (pandas' copy-on-write); callers must not
    change any other answer.
    """

    @wraps(compute)
    def answer(package: "Package", *args: P.args, **kwargs: P.kwargs) -> Answer:
        key = answer, args, tuple(kwargs.items())
        if key not in package.computed:
            package.computed[key] = compute(package, *args, **kwargs)
        value = package.computed[key]
        return cast("Answer", value.copy(deep=False)) if isinstance(value, pd.DataFrame) else value

    return answer
