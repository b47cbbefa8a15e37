"""What the desk teaches whoever works at it: the guide before help, and hints where neither speaks."""

from dataclasses import replace

from corridor_tui.session.guide import Guide, Step
from corridor_tui.session.hints import Hints
from corridor_tui.session.ladder import Ladder
from corridor_tui.session.skill import Skill
from corridor_tui.tui.arrange import Instruments
from corridor_tui.tui.guiding import Guidance
from corridor_tui.tui.helping import Help
from corridor_tui.tui.menu import Choice, Menu
from corridor_tui.tui.over import Over
from corridor_tui.tui.pointing import NOTHING
from corridor_tui.tui.rows import Row
from corridor_tui.tui.teller import Teller


class Teaching:
    """The guide, help and hints of a desk. `pointing` is what the guide or help points at now."""

    def __init__(self, desk: Teller, instruments: Instruments, skill: Skill) -> None:
        self._instruments = instruments
        self.guide = Guide(desk.shift, skill)
        self.hints = Hints(desk.shift, skill)
        self.guidance = Guidance(desk, self.guide)
        self.help = Help(desk, Ladder(desk.shift, instruments.trains.since))
        self.pointing = NOTHING

    @property
    def step(self) -> Step | None:
        """What the guide waits for, if it does."""
        return self.guidance.step

    def look(self, *, runs: bool, over: bool) -> None:
        """See what is to be done now, and mark it. `runs`: the trainee has set the clock going; `over`: the shift is."""
        pointer = self._instruments.pointer()
        self.guidance.look(pointer, runs=runs, over=over)
        self.help.look(quiet=over or self.guide.under_way)
        helped = self.help.point(pointer)
        self.pointing = self.guidance.point(pointer, over=over) if helped is None else helped
        self._instruments.point(self.pointing)

    def rows(self, width: int, lines: int, over: Over | None) -> list[Row]:
        """What the guide tells, or help. `over`: what lies over the desk."""
        told = self.guidance.rows(width, lines, self.pointing, over if isinstance(over, Menu) else None)
        return told or self.help.rows(width, self.pointing.key)

    def marked(self, choice: Choice) -> Choice:
        """What a menu is asked for, with what the guide points at in it."""
        return replace(choice, pointed=self.pointing.entries) if self.guide.under_way else choice
