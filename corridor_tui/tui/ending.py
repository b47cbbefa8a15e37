"""How a shift ends: whether it is left before its end, and the outcome that the desk is left with at last."""

from contextlib import suppress

from textual.screen import Screen

from corridor_tui.language import _
from corridor_tui.session.journal import JournalError
from corridor_tui.session.outcome import Outcome
from corridor_tui.session.shift import Shift
from corridor_tui.tui.menu import Choice, Item
from corridor_tui.tui.small import TooSmall

END, LATER, LEAVE = "end", "later", "leave"
"""What whoever asks to leave can choose, beside staying."""


class Ending:
    """The end of a shift. `begun`: what is open is finished by others, and the score is made."""

    def __init__(self) -> None:
        self.begun = False
        self._gone = False
        self._outcome: Outcome | None = None
        self._put_away: object = None

    def begin(self, shift: Shift) -> None:
        """Note that it has ended."""
        self.begun = True
        with suppress(JournalError):  # then a crash before the result is kept asks the trainee to end it again
            shift.keep_end()

    def score(self, shift: Shift) -> None:
        """Have it finished and scored; that takes a while."""
        self._outcome = shift.finish()

    def leave(self, desk: Screen[Outcome | None]) -> None:
        """Leave with the outcome once it is there; what lies over the desk is put away first."""
        above = desk.app.screen
        if self._gone or self._outcome is None or isinstance(above, TooSmall):
            return
        if above is desk:
            self._gone = True
            desk.dismiss(self._outcome)
        elif above is not self._put_away:
            self._put_away = above
            above.dismiss(None)


def question(shift: Shift) -> Choice:
    """What whoever wants to leave is asked."""
    items = [
        Item("stay", _("stay at the desk"), "s"),
        Item(END, _("end the shift now and be scored"), "e", _("others finish what is open; its delay counts")),
        Item(LEAVE, _("leave without a result"), "l"),
    ]
    if shift.journal is not None:
        items.insert(1, Item(LATER, _("leave now, and go on another time"), "g", _("`corridor play` offers it again")))
    return Choice(_("Leave the shift?"), items)
