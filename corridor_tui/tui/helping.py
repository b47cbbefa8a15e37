"""The ladder of help at the desk: one key climbs it, what is meant is marked, and the last rung's order is one key away."""

from rich.cells import cell_len

from corridor_tui.corridor.orders import RUNGS, Order
from corridor_tui.language import N_, _
from corridor_tui.session.ladder import Ladder, Matter, no_help
from corridor_tui.tui.keys import ACTIONS
from corridor_tui.tui.menu import Choice, Item
from corridor_tui.tui.pane import POINTER
from corridor_tui.tui.pointing import NOTHING, Pointer, Pointing
from corridor_tui.tui.rows import Part, Row, cells_of, row, wrap
from corridor_tui.tui.teller import Teller

_RUNGS = {"where": N_("where to look"), "what": N_("what is wanted there"), "show": N_("the order itself")}
_MOST = 2
"""The lines there are for what help says, with its key."""


class Help:
    """The help that is asked for at a desk, for as long as the matter is open."""

    def __init__(self, desk: Teller, ladder: Ladder) -> None:
        self._desk = desk
        self._ladder = ladder
        self._matter: Matter | None = None
        """What help was asked for with, and is still open."""

    def look(self, *, quiet: bool) -> None:
        """See what help was asked for with. `quiet`: there is none now."""
        self._matter = None if quiet else self._ladder.at_hand()

    def point(self, pointer: Pointer) -> Pointing | None:
        """What is marked of the matter; None where there is none."""
        matter = self._matter
        if matter is None:
            return None
        if matter.climbed >= len(RUNGS):
            return pointer.to_order(matter.order)
        pane, thing = pointer.place_of(matter.subject)
        return Pointing(pane=pane, things=frozenset({thing})) if pane else NOTHING

    @property
    def order(self) -> Order | None:
        """The order that help has shown, if it has come so far."""
        matter = self._matter
        return matter.order if matter is not None and matter.climbed >= len(RUNGS) else None

    def rows(self, width: int, by_hand: str) -> list[Row]:
        """What help has said, and what comes next. `by_hand`: the key that leads on to the order, by its name."""
        matter = self._matter
        if matter is None:
            return []
        tail: list[Part]
        if matter.climbed < len(RUNGS):
            said = _(_RUNGS[RUNGS[matter.climbed]]) + self._priced(matter)
            tail = [(f"   {self._desk.keyboard.shown('ask')} ", "key", "ask"), (said, "dim", "ask")]
        else:
            tail = [(f"   {self._desk.keyboard.shown('proposed')} ", "key", "coach"), (_("gives it"), "dim", "coach")]
            if by_hand:
                said = _("by hand: {key}", key=self._desk.keyboard.shown(by_hand))
                tail.append((f"   {POINTER} {said}", "dim", ACTIONS[by_hand]))
        text, beside = _("help: {told}", told=self._ladder.told(matter)), cells_of(tail)
        lines = wrap(text, width - 4)
        if cell_len(lines[-1]) + beside > width - 4:
            # rather narrower than a line more
            lines = wrap(text, width - 4 - beside) if len(lines) == _MOST else [*lines, ""]
        heads = [" ▸ ", *("   " for _line in lines[1:])]
        rows = [row((head, "head"), (line, "warn")) for head, line in zip(heads, lines, strict=True)]
        return [*rows[:-1], row((heads[-1], "head"), (lines[-1], "warn"), *tail)]

    def _priced(self, matter: Matter) -> str:
        price = self._ladder.price(matter)
        return _(", costs {price}", price=f"{price:g}") if price else ""

    def ask(self) -> None:
        """Climb a rung; where that has a price, ask first."""
        say, shown = self._desk.say, self._desk.keyboard.shown
        matter = self._ladder.matter()
        if matter is None:
            say(no_help(self._desk.shift), "warn")
        elif matter.climbed >= len(RUNGS):
            say(_("that is all that help can say; {key} gives the order", key=shown("proposed")), "")
        elif self._ladder.price(matter):
            rung = RUNGS[matter.climbed]
            item = Item(rung, _(_RUNGS[rung]) + self._priced(matter), shown("ask"))
            self._desk.ask(Choice(_("ask for help?"), [item]), lambda _rung: self._climb(matter))
        else:
            self._climb(matter)

    def _climb(self, matter: Matter) -> None:
        answer = self._ladder.climb(matter)
        self._desk.say("" if answer.accepted else answer.reason, "bad")
