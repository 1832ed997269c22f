"""Tables as people have them, taken as drafted rows of a data package."""

from plan_monitor.intake.take.drafts import Document, Figure, Left, Shape, Taken
from plan_monitor.intake.take.ledger import Added, Conflict, Written, additions, document_row, write
from plan_monitor.intake.take.read import read
from plan_monitor.intake.take.summary import summary

__all__ = [
    "Added",
    "Conflict",
    "Document",
    "Figure",
    "Left",
    "Shape",
    "Taken",
    "Written",
    "additions",
    "document_row",
    "read",
    "summary",
    "write",
]
