#!/usr/bin/env bash
# A scheduled report fills the history of whoever works at the machine.
#
# nbclient 0.10.4 with jupyter_client 8.6.3 and ipykernel 7.1.0. nbclient keeps the history of an executed notebook in memory
# (ipython_hist_file, ":memory:" by default), but only where jupyter_client takes the kernel for one of IPython, and that it
# tells by the name of the kernelspec: python3. The same kernel under another name, as every virtual environment installs
# it, writes each cell into ~/.ipython/profile_default/history.sqlite.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    nbclient==0.10.4 jupyter_client==8.6.3 ipykernel==7.1.0 nbformat==5.10.4
"$work/venv/bin/python" -m ipykernel install --sys-prefix --name mine > /dev/null
cat > "$work/run.py" <<'PY'
import os, pathlib, sqlite3, sys

import nbformat
from nbclient import NotebookClient

for name in ("python3", "mine"):
    home = pathlib.Path(sys.argv[1], name)
    os.environ["IPYTHONDIR"] = str(home)
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("answer = 42")])
    NotebookClient(notebook, kernel_name=name).execute()
    history = home / "profile_default" / "history.sqlite"
    kept = sqlite3.connect(history).execute("select source from history").fetchall() if history.exists() else []
    print(f"{name}: {[source for (source,) in kept]}", end="; ")
PY
found=$("$work/venv/bin/python" "$work/run.py" "$work" 2> /dev/null)
echo "$found"
[ "$found" = "python3: []; mine: ['answer = 42']; " ]
