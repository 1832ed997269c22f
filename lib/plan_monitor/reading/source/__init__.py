"""Files of documents, of whatever format, as text, passages and tables."""

from plan_monitor.reading.source.compose import Source
from plan_monitor.reading.source.files import read

__all__ = ["Source", "read"]
