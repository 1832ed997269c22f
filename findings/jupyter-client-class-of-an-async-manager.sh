#!/usr/bin/env bash
# jupyter_client 8.10.0, traitlets 5.16.1 (Python 3.11): KernelManager documents `client_class` as the class that
# its clients have. Stated in a subclass, it holds for KernelManager; in a subclass of AsyncKernelManager it is
# shown, and has no effect. There the trait `client_factory` is defined once more, with a default class, and in
# traitlets that comes before the method of the parent class which would follow `client_class`. Only
# `client_factory` itself, or `client_class` set on a manager that is there already, changes the client.
# Seen:
#   KernelManager                client_class jupyter_client.asynchronous.AsyncKernelClient, made: AsyncKernelClient
#   AsyncKernelManager           client_class __main__.Own, made: AsyncKernelClient
#   AsyncKernelManager, set late client_class __main__.Own, made: Own
# Exit status 0 while that is so, 1 once it has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check jupyter_client==8.10.0 traitlets==5.16.1
cat > "$work/clients.py" << 'PYTHON'
from jupyter_client.asynchronous import AsyncKernelClient
from jupyter_client.manager import AsyncKernelManager, KernelManager


class Own(AsyncKernelClient):
    pass


class Plain(KernelManager):
    client_class = "jupyter_client.asynchronous.AsyncKernelClient"  # its own default is a blocking one


class Async(AsyncKernelManager):
    client_class = "__main__.Own"


late = AsyncKernelManager()
late.client_class = "__main__.Own"
managers = {"KernelManager": Plain(), "AsyncKernelManager": Async(), "AsyncKernelManager, set late": late}
made = {name: type(manager.client()).__name__ for name, manager in managers.items()}
for name, manager in managers.items():
    print(f"{name:28} client_class {manager.client_class}, made: {made[name]}")
assert list(made.values()) == ["AsyncKernelClient", "AsyncKernelClient", "Own"], "this has changed"
PYTHON
"$work/venv/bin/python" "$work/clients.py"
