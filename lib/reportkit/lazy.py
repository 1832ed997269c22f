"""Import the names of a package only when they are used (PEP 562), so that nobody waits for all of them."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def attach(places: Mapping[str, tuple[str, ...]]) -> tuple[Callable[[str], Any], list[str]]:
    """``__getattr__`` and ``__all__`` of a package that offers names of some modules.

    `places` has the names by the full name of the module that defines them.

    >>> find, names = attach({"math": ("sqrt", "pi")})
    >>> names, find("sqrt")(16.0)
    (['pi', 'sqrt'], 4.0)
    """
    modules = {name: module for module, names in places.items() for name in names}

    def find(name: str) -> Any:
        if name not in modules:
            raise AttributeError(f"no {name!r}; there is: {', '.join(sorted(modules))}")
        return getattr(import_module(modules[name]), name)

    return find, sorted(modules)
