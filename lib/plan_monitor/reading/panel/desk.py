"""What a person does with drafted figures: decide, edit, undo, move on. It knows no browser."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from plan_monitor.reading.panel import words
from plan_monitor.reading.panel.decisions import DECISIONS, Entry
from plan_monitor.reading.panel.fields import Fields
from plan_monitor.reading.panel.ledger import Change, Ledger
from reportkit.findings import DataError

DONE, DISPUTED, FAILED = "done", "disputed", "failed"


class Filter(NamedTuple):
    """Which figures are shown, and in which order; "" stands for any."""

    state: str = ""  # "undecided", or a decision
    look: str = ""  # a field, "any" or "certain"
    role: str = ""
    order: str = "place"  # or "look": what needs one first


class Notice(NamedTuple):
    """A message to the person; `field` is the one whose `value` was refused."""

    text: str = ""
    grave: bool = False
    field: str = ""
    value: str = ""


def is_certain(entry: Entry) -> bool:
    """Whether no field of a figure needs a look, and there was no earlier decision on it."""
    return not entry.row.look and not entry.cell("known")


class Desk:
    """The figures of a document on a desk: one is current, and each action is saved before it counts.

    Parameters
    ----------
    ledger : Ledger
    fields : Fields
        What a person may write into a row.
    """

    def __init__(self, ledger: Ledger, fields: Fields):
        self.ledger, self.fields = ledger, fields
        self.filter, self.notice = Filter(), Notice()
        self.done: list[Mapping[int, Change]] = []  # to be undone, the last first
        self.at: int | None = None  # the place of the current figure
        self._put_in_front(self._next_undecided())

    @property
    def entries(self) -> dict[int, Entry]:
        return self.ledger.entries

    def visible(self) -> list[int]:
        """The figures that pass the filter, in its order."""
        places = [place for place, entry in self.entries.items() if self._passes_filter(entry)]
        if self.filter.order == "look":
            places.sort(key=lambda place: is_certain(self.entries[place]))
        return places

    def certain(self) -> list[int]:
        """The figures without a decision and without a field that needs a look."""
        return [place for place, entry in self.entries.items() if not entry.decision and is_certain(entry)]

    def do(self, action: str, at: int | None = None, **arguments: str) -> None:
        """Do an action: ``decide``, ``edit``, ``accept``, ``undo``, ``move``, ``go`` or ``show``.

        `at` is the figure that the person saw: nothing is done if it is not the current one. Nor is a figure
        accepted while one of its fields holds a refused text.
        """
        if arguments.get("decision") == "yes" and self.notice.field:
            return
        self.notice = Notice()
        if at is not None and action in ("decide", "edit") and at != self.at:
            return
        actions: dict[str, Callable[..., None]] = {
            **{"decide": self.decide, "edit": self.edit, "accept": self.accept, "undo": self.undo},
            **{"move": self.move, "go": self.go, "show": self.show},
        }
        actions[action](**arguments)

    def decide(self, decision: str) -> None:
        """Decide on the current figure and move on; "" withdraws a decision."""
        if self.at is None or decision not in ("", *DECISIONS):
            return
        next_place = self._next_undecided()
        if self._change({self.at: self.entries[self.at]._replace(decision=decision)}) and decision:
            self._put_in_front(next_place)

    def edit(self, field: str, value: str) -> None:
        """Write into a field of the current figure; an impossible text is refused with the reason."""
        if self.at is None:
            return
        entry = self.entries[self.at]
        try:
            row = self.fields.with_text(entry.row, field, value)
        except ValueError as error:
            self.notice = Notice(str(error), True, field, value)
            return
        if row != entry.row:
            self._change({self.at: entry._replace(row=row)})

    def accept(self, count: str) -> None:
        """Accept all figures that need no look, if their number is the one that the person saw."""
        certain = self.certain()
        if str(len(certain)) != str(count):
            self.notice = Notice(words.other_count(len(certain)), True)
            return
        if certain and self._change(
            {place: self.entries[place]._replace(decision="yes") for place in certain}
        ):
            if not self.notice.text:
                self.notice = Notice(words.accepted(len(certain)))
            self._put_in_front(self._next_undecided())

    def undo(self) -> None:
        """Undo the last change, and go to its figure."""
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
        """Move some figures forward or back."""
        places = self.visible()
        if places:
            index = (
                places.index(self.at)
                if self.at in places
                else self._position_of_current(places) - (int(steps) > 0)
            )
            self.at = places[min(max(index + int(steps), 0), len(places) - 1)]

    def go(self, to: int) -> None:
        """Make a figure the current one, also if it does not pass the filter."""
        if to in self.entries:
            self.at = to

    def show(self, **chosen: str) -> None:
        """Choose which figures are shown, and in which order."""
        self.filter = self.filter._replace(**chosen)
        visible = self.visible()
        if self.at not in visible:
            self._put_in_front(visible[0] if visible else None)

    def _passes_filter(self, entry: Entry) -> bool:
        state, look, role, _ = self.filter
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

    def _next_undecided(self) -> int | None:
        """The next undecided figure after the current one, starting over at the end.

        Where only figures with some decision are shown, it is the next of these.
        """
        places = self.visible()
        if self.at in places:
            index = places.index(self.at)
            places = places[index + 1 :] + places[:index]
        undecided = (place for place in places if not self.entries[place].decision)
        return next(undecided, places[0] if places and self.filter.state else None)

    def _position_of_current(self, places: list[int]) -> int:
        """Where the current figure would be among figures that do not include it."""
        return sum(self.at is not None and place < self.at for place in places)

    def _put_in_front(self, to: int | None) -> None:
        """Make a figure the current one; for None the current one stays, or the first becomes current."""
        current = next(iter(self.visible()), None) if self.at is None else self.at
        self.at = current if to is None else to

    def _change(self, after: Mapping[int, Entry]) -> bool:
        """Change entries so that it can be undone; returns whether it was done."""
        changes = {place: Change(self.entries[place], entry) for place, entry in after.items()}
        done = self._apply(changes) == DONE
        if done:
            self.done.append(changes)
        return done

    def _apply(self, changes: Mapping[int, Change]) -> str:
        """Change entries unless somebody else changed them meanwhile; returns what happened."""
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
        if result.changed_by_others:
            self.notice = Notice(words.changed_by_others(len(result.changed_by_others)), True)
        return DONE
