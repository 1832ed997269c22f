#!/usr/bin/env bash
# pandas 3.1.1: the parts of a split are no text where all of it is missing.
#
# A column of the new dtype `str` in which some cells are missing can be split, and `.str[0]` gives the first part.
# Where every cell is missing, as in a column that nobody has filled in yet, `str.split` returns float64, and
# `.str` on that raises AttributeError: the type of the result depends on the values, although the column is `str`
# both times. `str.partition`, `str.replace` and `str.extract` of the same column keep their types.
#
# Seen: AttributeError: Can only use .str accessor with string values, not floating
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check pandas==3.1.1
"$folder/venv/bin/python" - <<'PYTHON'
import pandas as pd

some = pd.Series(["t-1, t-2", None], dtype="str")
none = pd.Series([None, None], dtype="str")
assert some.dtype == none.dtype == "str"
assert some.str.split(", ").str[0].tolist()[0] == "t-1"

parts = none.str.split(", ")
assert parts.dtype == "float64", f"changed: the parts are {parts.dtype} now"
try:
    parts.str[0]
except AttributeError as error:
    print(f"pandas {pd.__version__}: {type(error).__name__}: {error}")
else:
    raise SystemExit("changed: the parts of missing text are text now")
assert none.str.replace(", .*", "", regex=True).dtype == "str"
PYTHON
