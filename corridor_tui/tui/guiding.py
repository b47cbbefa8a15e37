"""The guide at the desk: it tells one step after another, marks what is meant, and lets the clock wait until it is done."""

from rich.cells import cell_len

from corridor_tui.language import N_, _
from corridor_tui.level.text import flowing
from corridor_tui.session.guide import Guide, Step
from corridor_tui.tui.keys import ACTIONS, KEYS
from corridor_tui.tui.menu import Menu
from corridor_tui.tui.over import OVER
from corridor_tui.tui.pane import POINTER
from corridor_tui.tui.pointing import NOTHING, Pointer, Pointing
from corridor_tui.tui.rows import Part, Row, cells_of, fit, row, wrap
from corridor_tui.tui.teller import Teller

_ABOUT = {key.name: key.about.partition(";")[0].partition(",")[0] for key in KEYS}
_BRIEF = {key.name: key.word for key in KEYS}
_IDLE = N_("Nothing is to be ordered now.")


class Guidance:
    """What the guide of a level has the desk say and mark. `step` is what it waits for, if it does."""

    def __init__(self, desk: Teller, guide: Guide) -> None:
        self._desk = desk
        self._guide = guide
        self.step: Step | None = None

    def look(self, pointer: Pointer, *, runs: bool, over: bool) -> None:
        """See what is to be done now. `runs`: the trainee has set the clock going; `over`: the shift is."""
        step = None if over else self._guide.step()
        while step is not None and step.order is None and self._is_met(step, pointer, runs=runs):
            self._guide.done(step)
            step = self._guide.step()
        self.step = step

    def _is_met(self, step: Step, pointer: Pointer, *, runs: bool) -> bool:
        """Whether what a step asks for is so without a key."""
        last = step.hint.targets[-1]
        return pointer.chosen(last) or (last == "pause" and runs)

    def point(self, pointer: Pointer, *, over: bool) -> Pointing:
        """What is to be pressed next, and about what."""
        shift = self._desk.shift
        if not self._guide.under_way or over:
            return NOTHING
        if self.step is not None:
            return pointer.to_step(self.step)
        if shift.view.ringing(shift.desks):
            return Pointing("answer", _("somebody calls: hear what it is, and answer"))
        if shift.level.coach and next(shift.proposals(), None) is not None:
            return Pointing("proposed", _("give the order that is proposed"))
        return Pointing("next", _("let time run until something needs you"))

    def did(self, action: str) -> None:
        """Something was done with a key or a click; where the step asks for that, it is done."""
        step = self.step
        if step is not None and step.order is None and action == ACTIONS.get(step.hint.targets[-1]):
            self._guide.done(step)

    def asks_for(self, text: str) -> bool:
        """Whether an order that is about to be given is what the guide asks for."""
        order = None if self.step is None else self.step.order
        return order is not None and order.verb == text.partition(" ")[0]

    @property
    def lets_run_on(self) -> bool:
        """Whether the clock may run on to what comes next: no time passes over a step, unless it asks for that."""
        return self.step is None or self.step.hint.targets[-1:] == ("next",)

    def skip(self) -> None:
        """Take the step for done."""
        if self.step is not None:
            self._guide.done(self.step)
            self._desk.say(_("skipped"), "")

    def switch(self) -> None:
        """Leave the guide, or take it up again."""
        guide, say, keyboard = self._guide, self._desk.say, self._desk.keyboard
        if not guide.steps:
            say(_("this level has no guide; {key} explains the desk", key=keyboard.shown("help")), "warn")
            return
        guide.switch(on=not guide.on)
        key = keyboard.shown("guide")
        say(_("the guide goes on") if guide.on else _("the guide is left; {key} takes it up again", key=key), "")

    def rows(self, width: int, lines: int, point: Pointing, menu: Menu | None) -> list[Row]:
        """What the guide tells, and the key that is to be pressed. `point`: what is pointed at; `menu`: the one that is open."""
        if not self._guide.under_way:
            return []
        text = _(_IDLE) if self.step is None else flowing(str(self.step.hint.text))
        text = "" if point.key in ("answer", "proposed") and self.step is None else text
        rows = [
            row((" ▸ " if place == 0 else "   ", "head"), (line, "warn"))
            for place, line in enumerate(wrap(text, width - 4))
        ]
        return [*(rows[: lines - 1] if text else []), self._key_row(width, point, menu)]

    def _key_row(self, width: int, point: Pointing, menu: Menu | None) -> Row:
        keyboard, guide = self._desk.keyboard, self._guide
        head: list[Part] = []
        said, brief, style, action = "", "", "bold", ""
        if menu is not None:
            said, style = " " + _("choose by yourself"), "mark"
            if menu.points:
                action = f"{OVER}pick"
                head = [(f" {POINTER} " + _("press") + " enter ", "mark", action)]
                said, style = " " + _("pick the entry that is marked"), "bold"
            elif self.step is not None and not menu.answers_call:
                action = f"{OVER}leave"
                head = [(f" {POINTER} " + _("press") + " escape ", "mark", action)]
                said, style = " " + _("back: the step is about something else"), "bold"
        elif point.key:
            action = ACTIONS[point.key]
            head = [(f" {POINTER} " + _("press") + f" {keyboard.shown(point.key)} ", "mark", action)]
            said = f" {point.word or _(_ABOUT[point.key])}"
            brief = f" {_(_BRIEF[point.key])}"
        tail: list[Part] = [(f"{guide.place + 1}/{len(guide.steps)}", "dim")]
        if self.step is not None and menu is None:
            tail += [(f"  {keyboard.shown('cancel')}", "key", "cancel"), (" " + _("skips"), "dim", "cancel")]
        tail += [(f"  {keyboard.shown('guide')}", "key", "guide"), (" " + _("no guide") + " ", "dim", "guide")]
        room = width - cells_of(tail) - cells_of(head)
        if brief and point.key != "command" and cell_len(said) >= room:
            said = brief
        said = fit(said, min(cell_len(said), room - 1))
        return row(*head, (said, style, action), " " * max(1, room - cell_len(said)), *tail)
