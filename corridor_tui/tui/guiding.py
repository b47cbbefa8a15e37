"""The guide at the desk: it tells one step after another, marks what is meant, and lets the clock wait until it is done."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from rich.cells import cell_len
from textual.dom import DOMNode

from corridor_tui.language import N_, _
from corridor_tui.level.text import flowing
from corridor_tui.session.guide import Guide, Step
from corridor_tui.session.shift import Shift
from corridor_tui.session.skill import Skill
from corridor_tui.tui.keys import KEYS, Keyboard
from corridor_tui.tui.menu import Choice
from corridor_tui.tui.numbers import Numbered
from corridor_tui.tui.pane import POINTER
from corridor_tui.tui.pointing import NOTHING, Pointer, Pointing
from corridor_tui.tui.rows import Part, Row, cells_of, fit, row, wrap

LINES = 5
"""The lines around the guide: the last answer, three for what it tells, and the key."""
_ACTIONS = {key.name: key.action for key in KEYS}
_ABOUT = {key.name: key.about.partition(";")[0].partition(",")[0] for key in KEYS}
_BRIEF = {key.name: key.word for key in KEYS}
_IDLE = N_("Nothing is to be ordered now.")


class Guided(Numbered):
    """A desk with the guide of its level. `pointing` is what it points at now."""

    def __init__(self, shift: Shift, wall: Callable[[], float], keyboard: Keyboard, skill: Skill) -> None:
        super().__init__(shift, wall, keyboard)
        self.guide = Guide(shift, skill)
        self.step: Step | None = None
        self.pointing = NOTHING

    def follow_guide(self) -> None:
        """See what is to be done now, mark it, and let the clock stand or go on."""
        guide, view = self.guide, self.shift.view
        step = None if self._ending else guide.step()
        pointer = Pointer(view, self._panes, self.matrix, self._active)
        while step is not None and step.order is None and self._is_met(step, pointer):
            guide.done(step)
            step = guide.step()
        self.step = step
        self.hold("guide", on=step is not None)
        self.pointing = self._point(pointer)
        for name, pane in self._panes.items():
            here = name == self.pointing.pane
            pane.point(self.pointing.things if here else frozenset(), whole=here)

    def _point(self, pointer: Pointer) -> Pointing:
        if not self.guide.under_way or self._ending:
            return NOTHING
        if self.step is not None:
            return pointer.to_step(self.step)
        if self.shift.view.ringing(self.shift.desks):
            return Pointing("answer", _("somebody calls: hear what it is, and answer"))
        if self.shift.level.coach and next(self.shift.proposals(), None) is not None:
            return Pointing("proposed", _("give the order that is proposed"))
        return Pointing("next", _("let time run until something needs you"))

    def _is_met(self, step: Step, pointer: Pointer) -> bool:
        """Whether what a step asks for is so without a key."""
        last = step.hint.targets[-1]
        return pointer.chosen(last) or (last == "pause" and "trainee" not in self._held)

    async def run_action(self, action: str, namespaces: Mapping[str, DOMNode] | None = None) -> None:
        """Do it; where it is what the guide waits for, that step is done."""
        await super().run_action(action, namespaces)
        step = self.step
        if step is not None and step.order is None and action == _ACTIONS.get(step.hint.targets[-1]):
            self.guide.done(step)
        if self.guide.steps:
            self._show_status()

    def is_asked_for(self, text: str) -> bool:
        """Whether an order that is about to be given is what the guide asks for."""
        order = None if self.step is None else self.step.order
        return order is not None and order.verb == text.partition(" ")[0]

    def _ask(self, choice: Choice, then: Callable[[str], object]) -> None:
        if self.guide.under_way:
            choice = replace(choice, pointed=self.pointing.entries)
        super()._ask(choice, then)
        self._show_status()

    def uncover(self) -> None:
        """What lay over the desk is gone: tell again what is to be pressed here."""
        super().uncover()
        if self.guide.under_way:
            self._show_status()

    def action_cancel(self) -> None:
        """Leave the route that is being chosen; else skip the step of the guide."""
        if self._entry or self.step is None:
            super().action_cancel()
        else:
            self.guide.done(self.step)
            self.say(_("skipped"), "")

    def action_guide(self) -> None:
        """Leave the guide, or take it up again."""
        if not self.guide.steps:
            self.say(_("this level has no guide; {key} explains the desk", key=self.keyboard.shown("help")), "warn")
            return
        self.guide.switch(on=not self.guide.on)
        key = self.keyboard.shown("guide")
        self.say(
            _("the guide goes on") if self.guide.on else _("the guide is left; {key} takes it up again", key=key), ""
        )

    def guide_rows(self, width: int, lines: int) -> list[Row]:
        """What the guide tells, and the key that is to be pressed."""
        if not self.guide.under_way:
            return []
        text = _(_IDLE) if self.step is None else flowing(str(self.step.hint.text))
        text = "" if self.pointing.key in ("answer", "proposed") and self.step is None else text
        rows = [
            row((" ▸ " if place == 0 else "   ", "head"), (line, "warn"))
            for place, line in enumerate(wrap(text, width - 4))
        ]
        return [*(rows[: lines - 1] if text else []), self._key_row(width)]

    def _key_row(self, width: int) -> Row:
        point, keyboard = self.pointing, self.keyboard
        head: list[Part] = []
        said, brief, style, action = "", "", "bold", ""
        if self.over is self.menu:
            said, style = " " + _("choose by yourself"), "mark"
            if self.menu.points:
                head = [(f" {POINTER} " + _("press") + " enter ", "mark")]
                said, style = " " + _("pick the entry that is marked"), "bold"
            elif self.step is not None and not self.menu.answers_call:
                head = [(f" {POINTER} " + _("press") + " escape ", "mark")]
                said, style = " " + _("back: the step is about something else"), "bold"
        elif point.key:
            action = _ACTIONS[point.key]
            head = [(f" {POINTER} " + _("press") + " ", "mark"), (f"{keyboard.shown(point.key)} ", "mark", action)]
            said = f" {point.word or _(_ABOUT[point.key])}"
            brief = f" {_(_BRIEF[point.key])}"
        tail: list[Part] = [(f"{self.guide.place + 1}/{len(self.guide.steps)}", "dim")]
        if self.step is not None and self.over is not self.menu:
            tail += [(f"  {keyboard.shown('cancel')}", "key", "cancel"), (" " + _("skips"), "dim", "cancel")]
        tail += [(f"  {keyboard.shown('guide')}", "key", "guide"), (" " + _("no guide") + " ", "dim", "guide")]
        room = width - cells_of(tail) - cells_of(head)
        if brief and point.key != "command" and cell_len(said) >= room:
            said = brief
        said = fit(said, min(cell_len(said), room - 1))
        return row(*head, (said, style, action), " " * max(1, room - cell_len(said)), *tail)
