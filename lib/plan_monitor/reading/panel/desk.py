"""What a person does with drafted figures: decide, change, take back, go on. It knows no browser."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from plan_monitor.reading.panel import words
from plan_monitor.reading.panel.decisions import DECISIONS, Entry
from plan_monitor.reading.panel.fields import Fields
from plan_monitor.reading.panel.ledger import Change, Ledger
from reportkit.findings import DataError

DONE, DISPUTED, FAILED = "done", "disputed", "failed"


class Shown(NamedTuple):
    """Which figures are gone through, and in which order; "" where any will do."""

    state: str = ""  # "undecided", or a decision
    look: str = ""  # a field, "any" or "certain"
    role: str = ""
    order: str = "place"  # or "look": what needs one first


class Notice(NamedTuple):
    """What a person is told; `field` is the one whose `value` was refused."""

    text: str = ""
    grave: bool = False
    field: str = ""
    value: str = ""


def is_certain(entry: Entry) -> bool:
    """Whether nothing of a figure needs a look: no field, and no earlier decision on another value."""
    return not entry.row.look and not entry.cell("known")


class Desk:
    """The figures of a document on a desk: one lies in front, each action is in the file before it counts.

    Parameters
    ----------
    ledger : Ledger
    fields : Fields
        What a person may write into a row.
    """

    def __init__(self, ledger: Ledger, fields: Fields):
        self.ledger, self.fields = ledger, fields
        self.shown, self.notice = Shown(), Notice()
        self.done: list[Mapping[int, Change]] = []  # to be taken back, the last first
        self.at: int | None = None
        self._go(self._ahead())

    @property
    def entries(self) -> dict[int, Entry]:
        return self.ledger.entries

    def visible(self) -> list[int]:
        """The figures that are gone through, in their order."""
        places = [place for place, entry in self.entries.items() if self._fits(entry)]
        if self.shown.order == "look":
            places.sort(key=lambda place: is_certain(self.entries[place]))
        return places

    def certain(self) -> list[int]:
        """The figures without a decision of which nothing needs a look."""
        return [place for place, entry in self.entries.items() if not entry.decision and is_certain(entry)]

    def do(self, action: str, at: int | None = None, **given: str) -> None:
        """What a person asks for: ``decide``, ``edit``, ``accept``, ``undo``, ``move``, ``go`` or ``show``.

        `at` is the figure that the person saw: what is not meant for the one in front is left undone. So is
        accepting one while a text that was refused stands in one of its fields.
        """
        if given.get("decision") == "yes" and self.notice.field:
            return
        self.notice = Notice()
        if at is not None and action in ("decide", "edit") and at != self.at:
            return
        doing: dict[str, Callable[..., None]] = {
            **{"decide": self.decide, "edit": self.edit, "accept": self.accept, "undo": self.undo},
            **{"move": self.move, "go": self.go, "show": self.show},
        }
        doing[action](**given)

    def decide(self, decision: str) -> None:
        """Decide on the figure in front and go on; "" takes a decision back."""
        if self.at is None or decision not in ("", *DECISIONS):
            return
        ahead = self._ahead()
        if self._make({self.at: self.entries[self.at]._replace(decision=decision)}) and decision:
            self._go(ahead)

    def edit(self, field: str, value: str) -> None:
        """Write into a field of the figure in front; a text that cannot be is refused, and said why."""
        if self.at is None:
            return
        entry = self.entries[self.at]
        try:
            row = self.fields.written(entry.row, field, value)
        except ValueError as error:
            self.notice = Notice(str(error), True, field, value)
            return
        if row != entry.row:
            self._make({self.at: entry._replace(row=row)})

    def accept(self, count: str) -> None:
        """Accept all figures that need no look, if they are as many as the person was told."""
        certain = self.certain()
        if str(len(certain)) != str(count):
            self.notice = Notice(words.other_count(len(certain)), True)
            return
        if certain and self._make({place: self.entries[place]._replace(decision="yes") for place in certain}):
            if not self.notice.text:
                self.notice = Notice(words.accepted(len(certain)))
            self._go(self._ahead())

    def undo(self) -> None:
        """Take the last change back, and go where it was made."""
        if not self.done:
            self.notice = Notice(words.nothing_to_undo())
            return
        last = self.done[-1]
        outcome = self._apply({place: Change(change.after, change.before) for place, change in last.items()})
        if outcome != FAILED:
            self.done.pop()
        if outcome == DONE:
            self.at = next(iter(last))

    def move(self, steps: str) -> None:
        """Go some figures on, or back."""
        places = self.visible()
        if places:
            at = places.index(self.at) if self.at in places else self._behind(places) - (int(steps) > 0)
            self.at = places[min(max(at + int(steps), 0), len(places) - 1)]

    def go(self, to: int) -> None:
        """Put a figure in front, also one that is not gone through."""
        if to in self.entries:
            self.at = to

    def show(self, **chosen: str) -> None:
        """Choose what is gone through and in which order."""
        self.shown = self.shown._replace(**chosen)
        visible = self.visible()
        if self.at not in visible:
            self._go(visible[0] if visible else None)

    def _fits(self, entry: Entry) -> bool:
        state, look, role, _ = self.shown
        return (
            (not state or (entry.decision or "undecided") == state)
            and (not role or entry.row.role == role)
            and (
                not look
                or (look == "certain" and is_certain(entry))
                or (look == "any" and not is_certain(entry))
                or look in entry.row.look.split()
            )
        )

    def _ahead(self) -> int | None:
        """The next figure behind the one in front that is undecided, from the beginning again.

        Where somebody goes through those with some decision it is the next of these.
        """
        places = self.visible()
        if self.at in places:
            at = places.index(self.at)
            places = places[at + 1 :] + places[:at]
        undecided = (place for place in places if not self.entries[place].decision)
        return next(undecided, places[0] if places and self.shown.state else None)

    def _behind(self, places: list[int]) -> int:
        """Where the figure in front would stand among some of which it is none."""
        return sum(self.at is not None and place < self.at for place in places)

    def _go(self, to: int | None) -> None:
        """Put a figure in front; where there is none, the one there stays, else the first is taken."""
        kept = next(iter(self.visible()), None) if self.at is None else self.at
        self.at = kept if to is None else to

    def _make(self, after: Mapping[int, Entry]) -> bool:
        """Change entries in a way that can be taken back; whether it was done."""
        changes = {place: Change(self.entries[place], entry) for place, entry in after.items()}
        done = self._apply(changes) == DONE
        if done:
            self.done.append(changes)
        return done

    def _apply(self, changes: Mapping[int, Change]) -> str:
        """Change entries if nobody else changed them meanwhile; say what else happened."""
        try:
            result = self.ledger.apply(changes)
        except DataError as error:
            self.notice = Notice(f"{words.damaged()}{error.findings[0].text()}", True)
            return FAILED
        except OSError as error:
            self.notice = Notice(words.not_saved(error), True)
            return FAILED
        if result.disputed:
            self.notice, self.at = Notice(words.disputed(), True), result.disputed[0]
            return DISPUTED
        if result.taken:
            self.notice = Notice(words.taken(len(result.taken)), True)
        return DONE
