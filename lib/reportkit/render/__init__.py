"""From recipes to published reports."""

import sys

# nbformat imports jsonschema, which takes a checker of web addresses where there is one. To build its grammar
# takes longer than all that is imported here, and no notebook is checked for web addresses: it is left out
sys.modules.setdefault("rfc3987_syntax", None)
