"""A line to write something on."""

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import ModalScreen
from textual.widgets import Input


class Written(ModalScreen[str | None]):
    """A screen with a line on it, which takes in what is typed before it is there; returns None where it is left."""

    BINDINGS = [Binding("escape", "leave", "back")]

    async def on_key(self, event: events.Key) -> None:
        """Take in what was typed before the line had the focus; what it has taken in itself does not come here."""
        line = self.query_one(Input)
        if event.is_printable and event.character:
            line.insert_text_at_cursor(event.character)
            event.stop()
        elif event.key == "enter":
            event.stop()
            await line.action_submit()

    def action_leave(self) -> None:
        """Leave."""
        self.dismiss(None)


class Words(Written):
    """Asks for words, at most so many characters."""

    CSS = """
    Words { align: center bottom; background: $background 20%; }
    Words:ansi { background: transparent; }
    Words Input { width: 100%; }
    """

    def __init__(self, asked: str, most: int) -> None:
        super().__init__()
        self._asked = asked
        self._most = most

    def compose(self) -> ComposeResult:
        """Build it."""
        yield Input(placeholder=self._asked, max_length=self._most)

    def on_mount(self) -> None:
        """Write on the line."""
        self.query_one(Input).focus()

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Return what is written."""
        self.dismiss(message.value.strip() or None)
