#!/usr/bin/env bash
# What a column gives back depends on a package that nobody imported.
#
# pandas 3.0.0. A column of text is of dtype str. Put objects of a subclass of str into it (numpy.str_ with a unit, a text
# that knows its number, markupsafe.Markup) and take them out: with pyarrow 26.0.1 installed they are plain str, without
# pyarrow they are the objects that were put in. The dtype prints as "str" both times, nothing warns, and pandas 2 kept them
# always (dtype object). For Markup it decides whether a page escapes its own tags.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat > "$work/kept.py" <<'PY'
import markupsafe
import pandas as pd

column = pd.Series([markupsafe.Markup("<b>95</b>"), markupsafe.Markup("<i>98</i>")])
print(column.dtype, type(column.iloc[0]).__name__, markupsafe.escape(column.iloc[0]))
PY
given_back() {
    python3 -m venv --clear "$work/venv"
    "$work/venv/bin/pip" install --quiet --disable-pip-version-check markupsafe==3.0.3 "$@"
    "$work/venv/bin/python" "$work/kept.py"
}
with=$(given_back pandas==3.0.0 pyarrow==26.0.1)
without=$(given_back pandas==3.0.0)
before=$(given_back pandas==2.3.3)
echo "3.0.0 with pyarrow: $with; without: $without; 2.3.3: $before"
[ "$with" = "str str &lt;b&gt;95&lt;/b&gt;" ]
[ "$without" = "str Markup <b>95</b>" ] && [ "$before" = "object Markup <b>95</b>" ]
