"""The form that goes round: what is due without a figure, asked of who issued it, and what comes back."""

from plan_monitor.forms.ask import ask
from plan_monitor.forms.collect import collect, write
from plan_monitor.forms.summary import summary

__all__ = ["ask", "collect", "summary", "write"]
