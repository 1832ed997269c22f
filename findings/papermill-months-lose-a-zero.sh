#!/usr/bin/env bash
# A notebook that is to look up to October 2025 looks up to January.
#
# papermill 2.7.0, command line. `-p as_of 2025.10` casts what looks like a number: the notebook gets the float 2025.1, and
# October cannot be told from January any more. The type that the notebook's parameters cell declares (`as_of: str`) is
# known to papermill, which prints it under --help-notebook, and is not heeded. -r keeps the text.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check papermill==2.7.0 ipykernel==7.1.0 nbformat==5.10.4
"$work/venv/bin/python" -m ipykernel install --sys-prefix --name months > /dev/null
cat > "$work/make.py" <<'PY'
import sys, nbformat

cell = nbformat.v4.new_code_cell('as_of: str = "2025.12"', metadata={"tags": ["parameters"]})
shown = nbformat.v4.new_code_cell("print(type(as_of).__name__, as_of)")
book = nbformat.v4.new_notebook(cells=[cell, shown])
book.metadata["kernelspec"] = {"name": "months", "display_name": "months", "language": "python"}
nbformat.write(book, sys.argv[1])
PY
cat > "$work/printed.py" <<'PY'
import sys, nbformat

print(nbformat.read(sys.argv[1], as_version=4).cells[-1].outputs[0].text.strip())
PY
"$work/venv/bin/python" "$work/make.py" "$work/in.ipynb"
printed() {
    "$work/venv/bin/papermill" --no-progress-bar "$work/in.ipynb" "$work/out.ipynb" "$@" as_of 2025.10 2> /dev/null
    "$work/venv/bin/python" "$work/printed.py" "$work/out.ipynb"
}
cast=$(printed -p) kept=$(printed -r)
declared=$("$work/venv/bin/papermill" --help-notebook "$work/in.ipynb" 2> /dev/null | grep as_of)
echo "declared: $declared; -p: $cast; -r: $kept"
[ "$cast" = "float 2025.1" ] && [ "$kept" = "str 2025.10" ] && [[ "$declared" == *"as_of: str"* ]]
