"""An engine for reports from notebooks: it runs, lays out and publishes them, whatever they are about."""

import sys

# nbformat and frictionless import jsonschema, which takes a checker of web addresses where there is one. To
# build its grammar takes longer than all else that a command imports, and neither notebooks nor tables are
# checked for such addresses: it is left out
sys.modules.setdefault("rfc3987_syntax", None)  # pyright: ignore[reportArgumentType]  # None: not to be found
