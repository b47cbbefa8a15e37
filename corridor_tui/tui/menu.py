"""A menu over the desk: a letter picks, escape leaves."""

from dataclasses import dataclass
from string import ascii_lowercase

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen

from corridor_tui.tui.bar import Bar
from corridor_tui.tui.rows import Row, Rows, fit, row

LETTERS = ascii_lowercase + "0123456789"


@dataclass(frozen=True, slots=True)
class Item:
    """An entry: what is returned, what it says, and why it cannot be picked now (None: it can)."""

    key: str
    label: str
    objection: str | None = None


class Menu(ModalScreen[str | None]):
    """Shows entries with their letters and returns the key of the one picked, or None."""

    CSS = """
    Menu { align: center middle; background: $background 40%; }
    Menu > Vertical { width: 76; max-width: 96%; height: auto; max-height: 90%; background: $panel; }
    Menu Rows { height: auto; max-height: 100%; }
    """
    BINDINGS = [
        Binding("escape", "leave", "back"),
        Binding("up", "step(-1)"),
        Binding("down", "step(1)"),
        Binding("enter", "pick"),
    ]

    def __init__(self, title: str, items: list[Item], text: str = "") -> None:
        super().__init__()
        self._title = title
        self._items = items[: len(LETTERS)]
        self._text = text

    def compose(self) -> ComposeResult:
        """Build it."""
        with Vertical():
            yield Rows(self._title, id="entries")
            yield Bar(id="objection")

    def on_mount(self) -> None:
        """Fill it."""
        pane = self.query_one(Rows)
        pane.styles.height = min(len(self._items) + 2, max(5, self.size.height - 4))
        pane.focus()
        self.call_after_refresh(self._fill)

    def _fill(self) -> None:
        pane = self.query_one(Rows)
        width = pane.room
        rows: list[Row] = []
        for letter, item in zip(LETTERS, self._items, strict=False):
            style = "dim" if item.objection else ""
            rows.append(row((f" {letter} ", "warn"), (fit(item.label, max(1, width - 4)), style), key=item.key))
        pane.show(rows)
        self._explain()

    def on_rows_chosen(self) -> None:
        """Explain the entry that the choice moved to."""
        self._explain()

    def _explain(self) -> None:
        item = next((item for item in self._items if item.key == self.query_one(Rows).choice), None)
        objection = item.objection if item else None
        self.query_one(Bar).show(row((f" {objection or self._text}", "bad" if objection else "dim")))

    def on_key(self, event: events.Key) -> None:
        """A letter picks its entry."""
        if event.character and event.character in LETTERS[: len(self._items)]:
            event.stop()
            self._take(self._items[LETTERS.index(event.character)])

    def on_rows_opened(self, message: Rows.Opened) -> None:
        """A double click picks too."""
        message.stop()
        self.action_pick()

    def action_pick(self) -> None:
        """Take the chosen entry."""
        choice = self.query_one(Rows).choice
        for item in self._items:
            if item.key == choice:
                self._take(item)
                return

    def _take(self, item: Item) -> None:
        if item.objection is None:
            self.dismiss(item.key)
        else:
            self.query_one(Rows).choose(item.key)
            self._explain()

    def action_step(self, step: int) -> None:
        """Move the choice."""
        self.query_one(Rows).move(step)

    def action_leave(self) -> None:
        """Leave without picking."""
        self.dismiss(None)
