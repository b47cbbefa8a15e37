"""The guide of a level: the step a newcomer is at, known from the run itself and from notes that are kept with it."""

from dataclasses import dataclass

from corridor_tui.corridor.orders import Order
from corridor_tui.level.teaching import Hint
from corridor_tui.session.happened import Happened
from corridor_tui.session.journal import GUIDE
from corridor_tui.session.shift import Shift
from corridor_tui.session.skill import Skill

_DONE, _ON, _OFF = f"{GUIDE}done ", f"{GUIDE}on", f"{GUIDE}off"


@dataclass(frozen=True, slots=True)
class Step:
    """What is to be done now: a hint of the level, and the order it asks for, whole; None where it asks for a key."""

    hint: Hint
    order: Order | None


class Guide:
    """Which steps of a shift's guide are done. Nothing of it reaches the corridor: notes go to the journal and change nothing.

    Steps that have faded for the trainee's `skill` are passed over; where all have, the guide is off, but stands ready.
    """

    def __init__(self, shift: Shift, skill: Skill = Skill()) -> None:  # noqa: B008 - it is frozen
        self._shift = shift
        self.steps = tuple(hint for hint in shift.level.hints if hint.waits)
        self._faded = {hint.id for hint in self.steps if not skill.needs(hint)}
        self.on = len(self._faded) < len(self.steps)
        self._begun: set[str] = set()
        self._done: set[str] = set()
        awaited = [
            ((into, hint.id), when)
            for hint in self.steps
            for into, when in (("begun", hint.when), ("done", hint.until))
            if when is not None
        ]
        self._happened = Happened(shift, awaited)
        self._found: tuple[tuple[int, int, int], Step | None] | None = None
        for given in shift.given:
            self._take(given.text)

    @property
    def place(self) -> int:
        """How many steps are done."""
        return sum(self._is_past(hint) for hint in self.steps)

    def _is_past(self, hint: Hint) -> bool:
        return hint.id in self._done or hint.id in self._faded

    @property
    def under_way(self) -> bool:
        """Whether it is on and has steps left."""
        return self.on and self.place < len(self.steps)

    def step(self) -> Step | None:
        """The first step that can be done now; None where time has to pass first, or the guide is off or at its end.

        An order is one that a good railwayman would give now: what would only be accepted may yet be a mistake.
        """
        shift = self._shift
        for into, name in self._happened.look():
            (self._begun if into == "begun" else self._done).add(name)
        stamp = (shift.count, shift.now_s // 60, len(self._done))
        if not self.under_way:
            return None
        if self._found is None or self._found[0] != stamp:
            self._found = (stamp, self._find())
        return self._found[1]

    def _find(self) -> Step | None:
        shift = self._shift
        proposed = [order for order in shift.proposals() if shift.refusal(order) is None] if not shift.over else []
        for place, hint in enumerate(self.steps):
            begun = hint.when is None or hint.id in self._begun
            begun = begun and (hint.at is None or shift.now_s >= shift.level.at_s(hint.at))
            if self._is_past(hint) or not begun:
                continue
            if hint.until is not None and hint.until.ordered is not None:
                words = hint.until.ordered.split()
                order = next((each for each in proposed if each.text.split()[: len(words)] == words), None)
                if order is not None:
                    return Step(hint, order)
            elif place == 0 or self._is_past(self.steps[place - 1]):
                return Step(hint, None)
        return None

    def done(self, step: Step) -> None:
        """Note that a step is done, or skipped."""
        self._note(f"{_DONE}{step.hint.id}")

    def switch(self, *, on: bool) -> None:
        """Note that the guide is wanted, or not."""
        self._note(_ON if on else _OFF)

    def _note(self, text: str) -> None:
        # a note that cannot be written down is lost with a crash, and nothing else
        self._shift.order(text)
        self._take(text)

    def _take(self, text: str) -> None:
        if text.startswith(_DONE):
            self._done.add(text.removeprefix(_DONE))
        elif text in (_ON, _OFF):
            self.on = text == _ON
            if self.on:
                self._faded.clear()
                self._found = None
