"""The panel as a widget of a notebook: keys and clicks come in as messages, views go out as state.

Actions are messages, not state: a browser sends only the last state while the kernel is busy, and keys would
be lost. The view is state, not a message: a page that is loaded again shows it.
"""

from pathlib import Path
from typing import Any

import anywidget
import traitlets

from plan_monitor.reading.panel import words
from plan_monitor.reading.panel.opening import Opened
from plan_monitor.reading.panel.view import View
from reportkit import language

_HERE = Path(__file__).parent


class Panel(anywidget.AnyWidget):
    """A document on the left, the row of the current figure on the right."""

    _esm = "\n".join((_HERE / f"{name}.js").read_text(encoding="utf-8") for name in ("elements", "panel"))
    _css = (_HERE / "panel.css").read_text(encoding="utf-8")
    words = traitlets.Dict().tag(sync=True)
    offered = traitlets.Dict().tag(sync=True)
    view = traitlets.Dict().tag(sync=True)

    def __init__(self, document: Opened):
        self._desk = document.desk
        self._view = View(document.desk, document.text)
        names = {"file": document.file.name, "kept": document.desk.ledger.path.name, "lang": language.tag()}
        offered = document.desk.fields.offered([entry.row for entry in document.desk.entries.values()])
        super().__init__(words=words.all_() | names, offered=offered, view=self._view.now())
        self.on_msg(self._on_message)

    def _on_message(self, _: Any, message: dict[str, Any], __: Any) -> None:
        """Do the action of a message, and show the new view."""
        self._desk.do(message.pop("do"), message.pop("at", None), **message)
        self.view = self._view.now()
