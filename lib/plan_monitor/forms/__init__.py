"""Forms for missing figures: sent to the issuers of promises that are due, and collected when filled in."""

from plan_monitor.forms.ask import ask
from plan_monitor.forms.collect import collect, write
from plan_monitor.forms.summary import summary

__all__ = ["ask", "collect", "summary", "write"]
