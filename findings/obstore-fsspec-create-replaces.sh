#!/usr/bin/env bash
# A lock of objects that everybody gets.
#
# obstore 0.12.1 through its adapter for fsspec (2026.9.0). fsspec's `pipe_file(path, value, mode="create")` raises
# FileExistsError where the object is there already; its own file systems do. obstore can do the same
# (`obstore.put(…, mode="create")`), but its FsspecStore takes the argument and does not pass it on: the object is
# replaced, and nobody is told.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check obstore==0.12.1 fsspec==2026.9.0
cat > "$work/twice.py" <<'PY'
import sys

import fsspec
import obstore
from obstore.fsspec import FsspecStore
from obstore.store import MemoryStore


def created_twice(store):
    store.pipe_file("/lock", b"first")
    try:
        store.pipe_file("/lock", b"second", mode="create")
    except FileExistsError:
        return f"refused, {store.cat_file('/lock').decode()}"
    return f"no error, {store.cat_file('/lock').decode()}"


def put_twice(store):
    obstore.put(store, "lock", b"first")
    try:
        obstore.put(store, "lock", b"second", mode="create")
    except obstore.exceptions.AlreadyExistsError:
        return f"refused, {bytes(obstore.get(store, 'lock').bytes()).decode()}"
    return "no error"


print(created_twice(fsspec.filesystem("memory")), created_twice(FsspecStore("memory")), put_twice(MemoryStore()), sep=" | ")
PY
found=$("$work/venv/bin/python" "$work/twice.py")
echo "fsspec | obstore through fsspec | obstore: $found"
[ "$found" = "refused, first | no error, second | refused, first" ]
