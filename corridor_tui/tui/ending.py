"""How a shift ends: whether it is left before its end, and the outcome that the desk is left with at last."""

from contextlib import suppress

from textual.screen import Screen

from corridor_tui.language import _
from corridor_tui.session.clocks import DAY_S
from corridor_tui.session.journal import JournalError
from corridor_tui.session.outcome import Outcome
from corridor_tui.session.rivals import GaveUpError, Rivals
from corridor_tui.session.shift import Shift
from corridor_tui.tui.menu import Choice, Item
from corridor_tui.tui.small import TooSmall

END, LATER, LEAVE = "end", "later", "leave"
"""What whoever asks to leave can choose, beside staying."""


class Ending:
    """The end of a shift. `begun`: what is open is finished by others, and the score is made."""

    def __init__(self) -> None:
        self.begun = False
        self._rivals: Rivals | None = None
        self._told_s = 0
        self._gone = False
        self._outcome: Outcome | None = None
        self._put_away: object = None

    def foresee(self, shift: Shift) -> None:
        """Have played meanwhile what takes so long that nobody should wait for it at the end."""
        self._rivals = Rivals(shift)

    def give_up(self) -> None:
        """Have nothing played any more."""
        if self._rivals is not None:
            self._rivals.close()

    def begin(self, shift: Shift) -> None:
        """Note that it has ended."""
        self.begun = True
        with suppress(JournalError):  # then a crash before the result is kept asks the trainee to end it again
            shift.keep_end()

    def score(self, shift: Shift) -> None:
        """Have it finished and scored; that takes a while."""
        with suppress(GaveUpError):  # the desk is left: nobody wants it any more
            self._outcome = shift.finish(played=None if self._rivals is None else self._rivals.raw)

    def news(self, shift: Shift) -> str:
        """How far the rival is that is waited for, where that is another day than was told; else empty."""
        now_s = 0 if self._rivals is None else self._rivals.now_s
        if now_s == self._told_s:
            return ""
        self._told_s = now_s
        return _(
            "the shift is over; others play it too, for the total to be scaled: {day} of {days} days",
            day=now_s // DAY_S, days=shift.level.shift_s // DAY_S,
        )  # fmt: skip

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
