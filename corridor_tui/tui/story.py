"""The result to read, from which each of its costliest moments can be seen again."""

from collections.abc import Callable, Sequence

from textual.binding import Binding

from corridor_tui.language import _
from corridor_tui.tui.pane import Rows
from corridor_tui.tui.reader import Reader
from corridor_tui.tui.result_help import help_rows
from corridor_tui.tui.rows import Part, Row
from corridor_tui.tui.timeline import COSTLIEST

APART = 9
"""What is returned where the run is to be taken apart."""
MOMENT = 10
"""What is returned for a moment is its number and this."""


class Story(Reader):
    """The page of the result; a number, or a click on its moment, plays the shift back from there, `d` takes the run apart."""

    BINDINGS = [
        Binding("d", "apart", "debriefing"),
        Binding("question_mark,f1", "help", "help"),
        *(Binding(str(number), f"moment({number})", show=False) for number in range(1, COSTLIEST + 1)),
    ]

    def __init__(
        self, page: Callable[[int], Sequence[Row]], go: str, moments: int, *, apart: bool = True, back: str = ""
    ) -> None:
        keys: list[Part] = [
            (" 1 " if moments == 1 else f" 1-{moments} ", "key", "moment(1)"), (_("see that moment again  "), "dim", "moment(1)")
        ] if moments else []  # fmt: skip
        if apart:
            keys += [(" d ", "key", "apart"), (_("debriefing  "), "dim", "apart")]
        keys += [(" ? ", "key", "help"), (_("help") + "  ", "dim", "help")]
        super().__init__(_("result"), page, go, back, more=keys)
        self._apart = apart
        self._moments = moments

    def on_rows_opened(self, message: Rows.Opened) -> None:
        """A click on a moment shows it again."""
        message.stop()
        self.action_moment(int(message.key))

    def action_moment(self, number: int) -> None:
        """See a moment again."""
        if number <= self._moments:
            self.dismiss(MOMENT + number)

    def action_apart(self) -> None:
        """Take the run apart."""
        if self._apart:
            self.dismiss(APART)

    def action_help(self) -> None:
        """Explain the page and its keys."""
        self.app.push_screen(Reader(_("help"), help_rows, _("back")))
