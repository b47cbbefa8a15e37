"""The command line of the desk."""

from collections.abc import Callable, Sequence

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.geometry import NULL_SIZE
from textual.reactive import Reactive
from textual.suggester import Suggester
from textual.widgets import Input

from corridor_tui.language import N_, _
from corridor_tui.session.shift import Shift
from corridor_tui.tui.completing import Completion
from corridor_tui.tui.menu import Question
from corridor_tui.tui.over import Over, Overlaid
from corridor_tui.tui.pane import Rows
from corridor_tui.tui.rows import row
from corridor_tui.tui.seams import OverRows

_OFFERED = 10
"""The lines above the line that is written on: what could be meant, under a title."""


class Ghost(Suggester):
    """Shows the rest of what is offered first."""

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self.completion: Completion | None = None

    async def get_suggestion(self, value: str) -> str | None:
        """The first order that begins so."""
        if self.completion is None or not value.strip():
            return None
        return next((one.text for one in self.completion.meant(value) if one.text.startswith(value)), None)


class Line(Input):
    """What is written on; how long that is changes nothing around it, so that nothing is laid out again for a letter. Its cursor
    stands still: to blink is to draw the whole of it anew twice a second, and that came before answers.
    """

    virtual_size = Reactive(NULL_SIZE, layout=False)
    cursor_blink = Reactive(False)


class CommandLine(Over):
    """A line to write an order or a train's number on. What could be meant stands over it: the arrows choose, tab takes it.

    While nothing is written, what was given before stands there, the last first.
    """

    DEFAULT_CSS = f"""
    CommandLine > Rows {{
        height: {_OFFERED}; background: $panel; padding: 0 1; border-top: heavy $accent;
        border-title-color: $accent; border-title-style: bold;
    }}
    CommandLine > Input {{ width: 1fr; }}
    """
    BINDINGS = [
        Binding("tab", "complete", priority=True),
        Binding("up", "step(-1)", priority=True),
        Binding("down", "step(1)", priority=True),
    ]
    HINTS = (
        ("↑↓", N_("choose"), "step(1)"),
        ("tab", N_("takes it"), "complete"),
        ("enter", N_("gives it"), "give"),
        ("escape", N_("back"), "leave"),
    )

    def __init__(self) -> None:
        super().__init__()
        self._ghost = Ghost()
        self._question: Question | None = None
        self._moved = False
        self.offers = OverRows("")
        self.offers.can_focus = False
        """What could be meant."""
        self.input = Line(
            placeholder=_("an order, such as: accept X8001 N1 - or a train's number"),
            suggester=self._ghost,
            select_on_focus=False,
        )

    @property
    def hints(self) -> Sequence[tuple[str, str, str]]:
        """With what an order would do, where that can be asked."""
        return self.HINTS if self._question is None else (*self.HINTS, self._question.as_hint)

    def compose(self) -> ComposeResult:
        """Build it."""
        yield self.offers
        yield self.input

    def write(
        self,
        shift: Shift,
        history: Sequence[str],
        question: Question | None,
        then: Callable[[str | None], object],
    ) -> None:
        """Let something be written; `then` is told what."""
        self.show(self.input, then)
        self._question = question
        self._ghost.completion = completion = Completion(shift, history)
        title = _("what could be meant")
        self.offers.entitle(title if question is None else f"{title}   {question.hint}")
        self._write("")
        self.lay()
        self._offer("")
        self.call_after_refresh(completion.prepare)

    def lay(self) -> None:
        """At the foot of the screen, as wide as that."""
        screen = self.screen
        self.place(self.app.size.width, _OFFERED + 3, screen.foot if isinstance(screen, Overlaid) else 0)

    def _offer(self, typed: str) -> None:
        pane, completion = self.offers, self._ghost.completion
        rows = []
        for one in [] if completion is None else completion.meant(typed):
            refused = one.objection is not None
            about = one.about if one.objection is None else one.objection
            head = f"{'✕' if refused else ' '} {one.text.strip()}"
            rows.append(
                row((head, "dim" if refused else ""), (f"   {about}", "bad" if refused else "dim"), key=one.text)
            )
        pane.choice = rows[0].key if rows else ""
        pane.show(rows or [row((_("nothing of that kind"), "dim"))])
        self._moved = False

    def on_input_changed(self, message: Input.Changed) -> None:
        """Offer what could be meant now."""
        message.stop()
        self._offer(message.value)

    def action_step(self, step: int) -> None:
        """Choose another one of what is offered."""
        self.offers.move(step)

    def action_complete(self) -> None:
        """Take what is chosen."""
        choice = self.offers.choice
        if choice:
            self._write(choice)

    def _write(self, text: str) -> None:
        line = self.input
        line.value = text
        line.cursor_position = len(text)

    def on_rows_chosen(self, message: Rows.Chosen) -> None:
        """A click chooses too; what is chosen is taken by tab or enter."""
        message.stop()
        self._moved = True

    def on_rows_opened(self, message: Rows.Opened) -> None:
        """A second click takes it."""
        message.stop()
        self._write(message.key)

    async def on_key(self, event: events.Key) -> None:
        """Ask what is written would do; all else a line with words on it takes in after this."""
        if self._question is not None and event.key in self._question.keys:
            event.stop()
            event.prevent_default()
            self.action_what_if()

    def action_what_if(self) -> None:
        """Ask what is written would do."""
        if self._question is not None:
            order = self._meant
            self._question.ask(order, lambda: self.dismiss(order))

    async def action_give(self) -> None:
        """Give what is written, or what was chosen."""
        await self.input.action_submit()

    @property
    def _meant(self) -> str:
        """The order that would be given now: what is written, or what was chosen with the arrows."""
        choice = self.offers.choice
        return choice.strip() if self._moved and choice else self.input.value.strip()

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Give what is written; after choosing with the arrows what is chosen."""
        message.stop()
        choice = self.offers.choice
        if self._moved and choice.endswith(" "):
            self._write(choice)
        elif self._moved and choice:
            self.dismiss(choice)
        else:
            self.dismiss(message.value.strip() or None)
