"""Tables as people have them, taken as drafted rows of a data package."""

from plan_monitor.intake.take.drafts import Document, Figure, Left, Shape, Taken
from plan_monitor.intake.take.ledger import Conflict, Written, write
from plan_monitor.intake.take.read import read
from plan_monitor.intake.take.summary import summary

__all__ = ["Conflict", "Document", "Figure", "Left", "Shape", "Taken", "Written", "read", "summary", "write"]
