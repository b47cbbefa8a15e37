"""Players that a level must not reward: each follows one thoughtless rule at the customs desk, quits, or orders at random.

At the other desks they work as the novice does, so that nothing but the rule tells them from him.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from corridor_tui.corridor.chain import at_terminal
from corridor_tui.corridor.checks import desk_of, refusal
from corridor_tui.corridor.checks_customs import PHYSICAL
from corridor_tui.corridor.options import orders_for, verbs_for
from corridor_tui.corridor.orders import Order
from corridor_tui.corridor.state import Dossier
from corridor_tui.corridor.view import View
from corridor_tui.dispatcher.habits import Habits
from corridor_tui.dispatcher.railwayman import Railwayman
from corridor_tui.level.base import Desk
from corridor_tui.scenario.rules import addresses, in_play
from corridor_tui.scenario.streams import below, stream

Rule: TypeAlias = Callable[[View, Dossier], Iterable[Order]]
"""What a thoughtless player would order on a consignment that is on the desk, the first that is accepted counting."""
QUITS_AT = 0.3
"""After which share of the shift the one who quits early gives no more orders; assumed."""
RANDOM_ORDERS = 3
"""How many orders the random player gives at a time; assumed."""
_TRIES = 12


def _due_rung(view: View, dossier: Dossier) -> Iterator[Order]:
    """What the lane asks for before anything can be released."""
    if dossier.lane == "yellow":
        yield Order("check", (dossier.id,))
    elif dossier.lane == "red" and not any(rung in dossier.jobs for rung in PHYSICAL):
        yield Order("scan" if view.pools["scanners"].total else "open", (dossier.id,))


def _let_go(view: View, dossier: Dossier) -> Iterator[Order]:
    """Release, and where the lane asks for a rung first, that."""
    yield Order("release", (dossier.id,))
    yield from _due_rung(view, dossier)


def _refuse(_: View, dossier: Dossier) -> Iterator[Order]:
    yield Order("detain", (dossier.id,))


def _inspect(view: View, dossier: Dossier) -> Iterator[Order]:
    """Open everything, detain what shows something, release the rest."""
    rung = "open" if view.pools["bays"].total else "scan"
    yield Order(rung, (dossier.id,))
    if dossier.did(rung):
        if dossier.seen.get(rung, "clean") != "clean":
            yield Order("detain", (dossier.id,))
        yield from _let_go(view, dossier)


def _file(view: View, dossier: Dossier) -> Iterator[Order]:
    """Claim something on everything, the first two cells of a rule in turn."""
    papers = view.papers(dossier.id)
    if not dossier.findings and papers is not None:
        known = addresses(papers)
        rules = [rule for rule in in_play(view.level) if sum(cell in rule.fields for cell in known) >= 2]
        rule = rules[sum(map(ord, dossier.id)) % len(rules)]
        first, second = [cell for cell in known if cell in rule.fields][:2]
        yield Order("find", (dossier.id, first, second, rule.code))
    elif dossier.findings and dossier.findings[-1].outcome == "upheld" and not dossier.corrected:
        yield Order("detain", (dossier.id,))
    yield from _let_go(view, dossier)


def _request(view: View, dossier: Dossier) -> Iterator[Order]:
    """Ask for a document on everything, and release when it has come."""
    yield Order("request", (dossier.id, "invoice"))
    if dossier.did("request"):
        yield from _let_go(view, dossier)


def _blue(view: View, dossier: Dossier) -> Iterator[Order]:
    """Have everything released now and audited later."""
    if dossier.lane == "blue":
        yield Order("release", (dossier.id,))
        return
    yield Order("lane", (dossier.id, "blue", "tip"))
    supervisor = dossier.jobs.get("supervisor")
    if supervisor is not None and supervisor.progress == "done":
        yield from _let_go(view, dossier)


RULES_OF: dict[str, Rule] = {
    "release-all": _let_go,
    "refuse-all": _refuse,
    "inspect-all": _inspect,
    "file-all": _file,
    "request-all": _request,
    "blue-all": _blue,
}


class OneRule:
    """The novice, but for the customs desk: there one rule is followed for every consignment alike."""

    def __init__(self, name: str, habits: Habits, rule: Rule) -> None:
        self.name = name
        self.react_s = habits.react_s
        self._novice = Railwayman(habits)
        self._rule = rule

    @property
    def alarm_s(self) -> int | None:
        """When the novice wants to look again."""
        return self._novice.alarm_s

    def act(self, view: View, desks: frozenset[Desk]) -> Iterator[Order]:
        """The orders it gives now; papers are worked when the novice works them, once their train is under the cranes."""
        yield from self._novice.act(view, desks - {"customs"})
        if "customs" not in desks:
            return
        for unit in view.units.values():
            if unit.kind == "container" and not at_terminal(view, unit):
                continue
            for name in view.cargo.get(unit.id, ()):
                dossier = view.dossiers[name]
                if dossier.state == "lodged":
                    yield from _first(view, self._rule(view, dossier))


class QuitEarly:
    """The novice until a part of the shift is over; then nothing."""

    name = "quit-early"

    def __init__(self, habits: Habits) -> None:
        self.react_s = habits.react_s
        self._novice = Railwayman(habits)

    @property
    def alarm_s(self) -> int | None:
        """When the novice wants to look again."""
        return self._novice.alarm_s

    def act(self, view: View, desks: frozenset[Desk]) -> Iterator[Order]:
        """The novice's orders, or none."""
        if view.now_s < QUITS_AT * view.level.shift_s:
            yield from self._novice.act(view, desks)


class AtRandom:
    """Gives orders that would be accepted, by chance, from a stream of its own."""

    name = "random"
    alarm_s: int | None = None

    def __init__(self, habits: Habits) -> None:
        self.react_s = habits.react_s
        self._draws = stream(0, "dispatcher", "random")

    def act(self, view: View, desks: frozenset[Desk]) -> Iterator[Order]:
        """A few orders, each about something drawn from all there is; some draws find nothing that can be ordered."""
        for _ in range(RANDOM_ORDERS):
            for _ in range(_TRIES):
                order = self._draw(view, desks)
                if order is not None and desk_of(view.level, order) in desks and refusal(view, order) is None:
                    yield order
                    break

    def _one(self, items: Iterable[str]) -> str:
        known = list(items)
        return known[below(self._draws.random(), len(known))]

    def _draw(self, view: View, desks: frozenset[Desk]) -> Order | None:
        units = [unit.id for unit in view.units.values() if unit.gone_s is None]
        dossiers = [name for name, dossier in view.dossiers.items() if dossier.state == "lodged"]
        subjects = (units if desks - {"customs"} else []) + (dossiers if "customs" in desks else [])
        if not subjects:
            return None
        subject = self._one(subjects)
        verb = self._one(verbs_for(view, subject))
        if verb == "find":
            papers = view.papers(subject)
            cells = addresses(papers) if papers is not None else ("", "")
            rules = [rule.code for rule in in_play(view.level)]
            return Order(verb, (subject, self._one(cells), self._one(cells), self._one(rules)))
        orders = orders_for(view, verb, subject)
        return orders[below(self._draws.random(), len(orders))] if orders else None


def _first(view: View, orders: Iterable[Order]) -> Iterator[Order]:
    for order in orders:
        if refusal(view, order) is None:
            yield order
            return
