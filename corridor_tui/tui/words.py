"""A line to write something on."""

from collections.abc import Callable

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import ModalScreen
from textual.widgets import Input

from corridor_tui.language import _

_LONGEST = 80
"""The most characters that are looked for."""


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


def at_foot(name: str) -> str:
    """How such a screen looks; the rules of a screen reach no class but its own."""
    return f"""
    {name} {{ align: center bottom; background: $background 20%; }}
    {name}:ansi {{ background: transparent; }}
    {name} Input {{ width: 100%; }}
    """


class AtFoot(Written):
    """A line at the foot of the screen, over what can still be seen: `CSS` of each is `at_foot` of its name."""

    def on_mount(self) -> None:
        """Write on the line."""
        self.query_one(Input).focus()


class Words(AtFoot):
    """Asks for words, at most so many characters."""

    CSS = at_foot("Words")

    def __init__(self, asked: str, most: int) -> None:
        super().__init__()
        self._asked = asked
        self._most = most

    def compose(self) -> ComposeResult:
        """Build it."""
        yield Input(placeholder=self._asked, max_length=self._most)

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Return what is written."""
        self.dismiss(message.value.strip() or None)


class Search(AtFoot):
    """Asks what to look for, and has it looked for letter by letter; left with escape, nothing is looked for."""

    CSS = at_foot("Search")

    def __init__(self, before: str, look: Callable[[str], object]) -> None:
        super().__init__()
        self._before = before
        self._look = look

    def compose(self) -> ComposeResult:
        """Build it."""
        told = _("words or a time to look for in the messages: enter keeps them so, escape shows all again")
        yield Input(self._before, placeholder=told, max_length=_LONGEST, select_on_focus=True)

    def on_input_changed(self, message: Input.Changed) -> None:
        """Look for what is written now."""
        self._look(message.value.strip())

    def on_input_submitted(self) -> None:
        """Keep it so."""
        self.dismiss(None)

    def action_leave(self) -> None:
        """Show everything again, and leave."""
        self._look("")
        super().action_leave()
