"""The ladder of help: where to look, what is wanted there, and the order itself, about what has waited longest.

Nothing is foreseen: it is what a good railwayman would order now, who sees the view. Each rung is an order in the log, at the
level's price, so that how far help has come follows from the run alone.
"""

from dataclasses import dataclass

from corridor_tui.corridor.advice import Climbed
from corridor_tui.corridor.orders import ADVISE, RUNGS, VERBS, Order
from corridor_tui.language import _
from corridor_tui.session.outcome import Answer
from corridor_tui.session.shift import Shift
from corridor_tui.session.status import Since, holding, place_of
from corridor_tui.session.wording import order_text


@dataclass(frozen=True, slots=True)
class Matter:
    """What somebody should see to now: a train, a rake, a consignment, a crane or a call, the order it wants, and how many
    rungs of help were climbed on it.
    """

    subject: str
    order: Order
    climbed: int


class Ladder:
    """How far help has come in a shift. `since` tells how long each train has waited."""

    def __init__(self, shift: Shift, since: Since) -> None:
        self._shift = shift
        self._since = since
        self._climbed = Climbed()
        self._heard = 0
        self._found: tuple[int, Matter | None] | None = None
        """What was at hand after so many events."""

    def _listen(self) -> None:
        for event in self._shift.since(self._heard):
            if event.code == "ordered":
                self._climbed.hear(str(event.args[1]))
        self._heard = self._shift.count

    def matter(self) -> Matter | None:
        """What help is about: what it was asked for last, while that is still open, else what has waited longest."""
        self._listen()
        shift = self._shift
        if shift.over or not shift.level.aids.ladder:
            return None
        open_: dict[str, Order] = {}
        for order in shift.proposals():
            if shift.refusal(order) is None:
                open_.setdefault(self._subject(order), order)
        begun = [name for name in reversed(self._climbed.rungs) if name in open_]
        subject = begun[0] if begun else max(open_, key=self._waited_s, default=None)
        return None if subject is None else Matter(subject, open_[subject], self._climbed.rungs.get(subject, 0))

    def at_hand(self) -> Matter | None:
        """What help was asked for and is still open; asks nobody where none was, nor anew while nothing happens."""
        self._listen()
        if not self._climbed.rungs:
            return None
        if self._found is None or self._found[0] != self._shift.count:
            matter = self.matter()
            self._found = self._shift.count, matter if matter is not None and matter.climbed else None
        return self._found[1]

    def _subject(self, order: Order) -> str:
        view = self._shift.view
        return next((word for word in order.args if word in view.units or word in view.dossiers), order.args[0])

    def _waited_s(self, subject: str) -> int:
        view = self._shift.view
        if subject in view.calls:
            return view.now_s - view.calls[subject].since_s
        if subject in view.dossiers:
            return self._since.waited_s(view.dossiers[subject].train, view.now_s) if subject in holding(view) else 0
        train = view.cranes[subject].train if subject in view.cranes else subject
        return 0 if train is None else self._since.waited_s(train, view.now_s)

    def price(self, matter: Matter) -> float:
        """What the next rung costs, in cost units of the resources."""
        return self._shift.level.aids.ladder_costs[matter.climbed]

    def climb(self, matter: Matter) -> Answer:
        """Ask for the next rung; in the journal like any order."""
        return self._shift.order(f"{ADVISE} {matter.subject} {RUNGS[matter.climbed]}")

    def told(self, matter: Matter) -> str:
        """What help has said by now."""
        if matter.climbed >= len(RUNGS):
            what, order = order_text(matter.order, self._shift.level), matter.order.text
            return what if what == order else _("{what}: {order}", what=what, order=order)
        where = self._where(matter.subject)
        if matter.climbed < 2:
            return where
        return _("{where}; wanted: {what}", where=where, what=_(VERBS[matter.order.verb].help))

    def _where(self, name: str) -> str:
        view = self._shift.view
        if name in view.units:
            unit = view.units[name]
            if not unit.place:
                return _("look at {name} in the trains", name=name)
            return _("look at {name} ({place}) in the trains", name=name, place=place_of(view, unit))
        if name in view.dossiers:
            return _("look at {name} at the customs desk", name=name)
        if name in view.cranes:
            return _("look at {name} on the panel", name=name)
        return _("look who calls") if name in view.calls else _("look at what can be set and bought")


def no_help(shift: Shift) -> str:
    """Why there is none now."""
    if not shift.level.aids.ladder:
        return _("this level gives no help")
    return _("nothing is to be ordered now")
