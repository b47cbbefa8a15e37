"""The ladder of help at the desk: one key climbs it, what is meant is marked, and the last rung's order is one key away."""

from collections.abc import Callable

from rich.cells import cell_len

from corridor_tui.corridor.orders import RUNGS
from corridor_tui.language import N_, _
from corridor_tui.session.ladder import Ladder, Matter, no_help
from corridor_tui.session.shift import Shift
from corridor_tui.session.skill import Skill
from corridor_tui.tui.guiding import Guided
from corridor_tui.tui.keys import Keyboard
from corridor_tui.tui.menu import Choice, Item
from corridor_tui.tui.pointing import NOTHING, Pointer, Pointing
from corridor_tui.tui.rows import Part, Row, cells_of, row, wrap

_RUNGS = {"where": N_("where to look"), "what": N_("what is wanted there"), "show": N_("the order itself")}
_MOST = 2
"""The lines there are for what help says, with its key."""


class Helped(Guided):
    """A desk at which help can be asked for."""

    def __init__(self, shift: Shift, wall: Callable[[], float], keyboard: Keyboard, skill: Skill) -> None:
        super().__init__(shift, wall, keyboard, skill)
        self.ladder = Ladder(shift, self.trains.since)
        self.helped: Matter | None = None
        """What help was asked for with, and is still open."""

    def _point(self, pointer: Pointer) -> Pointing:
        self.helped = None if self._ending or self.guide.under_way else self.ladder.at_hand()
        if self.helped is None:
            return super()._point(pointer)
        if self.helped.climbed >= len(RUNGS):
            return pointer.to_order(self.helped.order)
        pane, thing = pointer.place_of(self.helped.subject)
        return Pointing(pane=pane, things=frozenset({thing})) if pane else NOTHING

    def help_rows(self, width: int) -> list[Row]:
        """What help has said, and what comes next."""
        matter = self.helped
        if matter is None:
            return []
        tail: list[Part]
        if matter.climbed < len(RUNGS):
            said = _(_RUNGS[RUNGS[matter.climbed]]) + self._priced(matter)
            tail = [(f"   {self.keyboard.shown('ask')} ", "key", "ask"), (said, "dim")]
        else:
            key = self.pointing.key
            tail = [(f"   {self.keyboard.shown('proposed')} ", "key", "coach"), (_("gives it"), "dim")]
            tail += [("   ▶ " + _("by hand: {key}", key=self.keyboard.shown(key)), "dim")] if key else []
        text, beside = _("help: {told}", told=self.ladder.told(matter)), cells_of(tail)
        lines = wrap(text, width - 4)
        if cell_len(lines[-1]) + beside > width - 4:
            # rather narrower than a line more
            lines = wrap(text, width - 4 - beside) if len(lines) == _MOST else [*lines, ""]
        heads = [" ▸ ", *("   " for _line in lines[1:])]
        rows = [row((head, "head"), (line, "warn")) for head, line in zip(heads, lines, strict=True)]
        return [*rows[:-1], row((heads[-1], "head"), (lines[-1], "warn"), *tail)]

    def _priced(self, matter: Matter) -> str:
        price = self.ladder.price(matter)
        return _(", costs {price}", price=f"{price:g}") if price else ""

    def action_ask(self) -> None:
        """Climb a rung; where that has a price, ask first."""
        matter = self.ladder.matter()
        if matter is None:
            self.say(no_help(self.shift), "warn")
        elif matter.climbed >= len(RUNGS):
            self.say(_("that is all that help can say; {key} gives the order", key=self.keyboard.shown("proposed")), "")
        elif self.ladder.price(matter):
            rung = RUNGS[matter.climbed]
            item = Item(rung, _(_RUNGS[rung]) + self._priced(matter), self.keyboard.shown("ask"))
            self._ask(Choice(_("ask for help?"), [item]), lambda _rung: self._climb(matter))
        else:
            self._climb(matter)

    def _climb(self, matter: Matter) -> None:
        answer = self.ladder.climb(matter)
        self.say("" if answer.accepted else answer.reason, "bad")

    def action_coach(self) -> None:
        """Give the order that help has shown; else what the coach proposes."""
        matter = self.helped
        if matter is not None and matter.climbed >= len(RUNGS):
            self.give(matter.order.text, helped=True)
        else:
            self.propose()

    def propose(self) -> None:
        """Do as the coach proposes, where the level has one."""
        raise NotImplementedError
