"""A railwayman at the desks: one way of working, from the novice's step by step to the reference's looking ahead."""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet

from corridor_tui.corridor.chain import at_terminal
from corridor_tui.corridor.checks import refusal
from corridor_tui.corridor.orders import VERBS, Order
from corridor_tui.corridor.state import Purse, Unit
from corridor_tui.corridor.view import View
from corridor_tui.dispatcher.agenda import Agenda, Outside, Waiting
from corridor_tui.dispatcher.base import first_heard, wish
from corridor_tui.dispatcher.clerk import Clerk
from corridor_tui.dispatcher.forwarder import Forwarder
from corridor_tui.dispatcher.granary import Granary
from corridor_tui.dispatcher.habits import Habits
from corridor_tui.dispatcher.hoisting import Hoisting
from corridor_tui.dispatcher.leftovers import Leftovers
from corridor_tui.dispatcher.line import LineDesk, urgency
from corridor_tui.dispatcher.sailings import Sailings
from corridor_tui.dispatcher.turns import Turns, most_urgent_first, near
from corridor_tui.dispatcher.yard import Yard, at_hand
from corridor_tui.level.base import GAUGES, Desk

_STATION_RULES = frozenset({"auto-accept", "auto-prepare", "auto-place", "auto-send"})
_RAKE_RULES = frozenset({"auto-rakes"})
_CRANE_RULES = frozenset({"auto-lift"})
_LISTED = _STATION_RULES | _RAKE_RULES | _CRANE_RULES
"""The rules that do all that he keeps the lists of `Turns` for."""
_NONE = frozenset[str]()


class Railwayman:
    """Plays any of the three desks by the view alone."""

    def __init__(self, habits: Habits) -> None:
        self.name = habits.name
        self.react_s = habits.react_s
        self.alarm_s: int | None = None
        self._habits = habits
        self._agenda = Agenda()
        self._waiting, self._outside = Waiting(), Outside()
        self._clerk = Clerk(habits.reads, early=habits.early, by_rule=habits.by_rule)
        self._lists = Turns(ahead=habits.ahead)
        self._line = LineDesk(habits.tries)
        self._granary = Granary(ahead=habits.ahead)
        self._forwarder = Forwarder(self._waiting, ahead=habits.ahead)
        self._sailings = Sailings(self._lists, self._set_alarm, ahead=habits.ahead)
        self._yard = Yard(habits, self._lists, self._waiting, self._outside, self._sailings, self._set_alarm)
        self._hoisting = Hoisting(habits, self._lists, self._set_alarm)
        self._leftovers = Leftovers()
        self._listed = False
        """Whether his lists are kept up."""
        self._forgotten = 0
        """How many units were forgotten when he last struck such off his lists."""
        self._counted: tuple[int, int] | None = None
        """The money and the number of purchases at which he last bought nothing more."""

    def act(self, view: View, desks: frozenset[Desk]) -> Iterator[Order]:
        """The orders it gives now, the most urgent train's first; what standing orders do it need not look after itself."""
        done = view.standing.keys() if self._habits.rules else _NONE
        due, lodged = self._notice(view, desks)
        self._sort_in(view, due, done)
        self.alarm_s = None
        if self._habits.rules and len(view.standing) < len(view.level.standing_orders):
            yield from self._rules(view, desks)
        if view.calls:
            yield from self._answers(view, desks)
        if "dispatch" in desks:
            yield from self._at_dispatch(view, due, done)
        if "terminal" in desks:
            yield from self._at_terminal(view, due, done)
        if lodged:
            yield from self._at_customs(view, lodged)

    def _notice(self, view: View, desks: frozenset[Desk]) -> tuple[list[Unit], list[Unit]]:
        """The units to look at, and those of them on whose papers nobody has decided, the most urgent first."""
        found, freed = self._agenda.due(view)
        lodged: list[Unit] = []
        if freed and (asking := self._clerk.woken(freed)):
            _add(view, found, asking)
        if "customs" in desks:
            lodged = most_urgent_first(view, self._clerk.undecided(view, found.values()))
        woken = [*self._waiting.woken(freed), *self._outside.woken(view, freed)] if freed else []
        if self._sailings.kept:
            woken += self._sailings.woken()
        if woken:
            _add(view, found, woken)
        return list(found.values()), lodged

    def _sort_in(self, view: View, due: list[Unit], done: AbstractSet[str]) -> None:
        """Keep the lists up; those of the cranes not while standing orders do all that they are for."""
        if view.forgotten != self._forgotten:
            self._forgotten = view.forgotten
            self._granary.let_go(view)
            self._lists.let_go(view)
            self._clerk.let_go(view)
        if view.level.grain is not None:
            for unit in due:
                self._granary.sort_in(unit)
        if done >= _LISTED:
            self._listed = False
            return
        for unit in due if self._listed else view.units.values():
            self._lists.sort_in(view, unit)
        self._listed = True

    def _rules(self, view: View, desks: frozenset[Desk]) -> Iterator[Order]:
        for rule in view.level.standing_orders:
            if rule not in view.standing and VERBS[rule].desk in desks:
                yield wish(rule, str(_room(view)) if rule == "auto-accept" else "on")

    def _at_customs(self, view: View, units: list[Unit]) -> Iterable[Order]:
        # Where customs is all there is to work there is time to read what nobody flagged.
        others = view.level.desks
        alone = others.dispatch != "trainee" and others.terminal != "trainee"
        return self._clerk.act(view, units, thorough=self._habits.ahead and alone)

    # dispatch

    def _at_dispatch(self, view: View, due: list[Unit], done: AbstractSet[str]) -> Iterator[Order]:
        purse = view.purse
        if purse is not None and (purse.money, len(purse.bought)) != self._counted:
            yield from self._purchases(view, purse)
        self._yard.look()
        if not done >= _STATION_RULES:
            for unit in most_urgent_first(view, [unit for unit in due if at_hand(unit)]):
                yield from self._yard.work(view, unit)
        if view.network.has_loops:
            yield from self._on_the_line(view)
        if self._lists.park and not done >= _RAKE_RULES:
            yield from self._wagons(view)
        if self._granary.trains:
            yield from self._granary.wagons(view)

    def _on_the_line(self, view: View) -> Iterator[Order]:
        """Plan meets ahead; have one train of a knot run back, the least urgent that can."""
        yield from self._yard.redirect(view)
        if self._habits.ahead:
            yield from self._line.act(view)
        caught = sorted((view.units[name] for name in view.knot), key=urgency, reverse=True)
        given_up = [wish("drop-meet", unit.id, place) for unit in caught for place in unit.meets]
        for order in given_up:
            if refusal(view, order) is None:
                yield order
        if not given_up:
            yield from first_heard(view, (wish("back", unit.id) for unit in caught))

    def _purchases(self, view: View, purse: Purse) -> Iterator[Order]:
        """Spend the budget: in the order of the offers as far as the money goes, or on whatever is cheapest."""
        offers = () if view.level.budget is None else view.level.budget.offers
        for offer in offers if self._habits.ahead else sorted(offers, key=lambda offer: offer.price):
            if offer.id not in purse.bought:
                order = wish("buy", offer.id)
                if offer.price > purse.money or refusal(view, order) is not None:
                    break
                yield order
        self._counted = purse.money, len(purse.bought)

    def _answers(self, view: View, desks: frozenset[Desk]) -> Iterator[Order]:
        """Answer calls: by the rules of the trade, or with the first thing that comes to mind."""
        for ring in view.ringing(desks):
            answers = view.level.calls[ring.id].answers
            right = (answer for answer in answers if answer.right or not self._habits.ahead)
            yield wish("answer", ring.id, next(right).word)

    def _wagons(self, view: View) -> Iterator[Order]:
        """Order wagons from the park: ahead for every train that has none, or only once a train stands under the cranes."""
        lists, free = self._lists, len(self._lists.spare)
        if len(lists.unlifted) <= free:
            return
        needs, need = near if self._habits.ahead else at_terminal, 0
        for name in lists.unlifted:
            need += needs(view, view.units[name])
            if need - free >= len(lists.park):
                break
        for name in list(lists.park) if need > free else ():
            order = wish("call-rake", name)
            if need > free and refusal(view, order) is None:
                free += 1
                yield order

    # terminal

    def _at_terminal(self, view: View, due: list[Unit], done: AbstractSet[str]) -> Iterator[Order]:
        yield from self._hoisting.act(view, by_rule=done >= _CRANE_RULES)
        if self._habits.tidies:
            yield from self._leftovers.act(view, due)
        if view.level.road is not None:
            yield from self._forwarder.act(view, due)
        if self._granary.trains:
            yield from self._granary.terminal(view)

    def _set_alarm(self, at_s: int) -> None:
        self.alarm_s = at_s if self.alarm_s is None else min(self.alarm_s, at_s)


def _add(view: View, found: dict[str, Unit], names: Iterable[str]) -> None:
    """Add the units of some names that are not forgotten."""
    for name in names:
        if name in view.units:
            found[name] = view.units[name]


def _room(view: View) -> int:
    """How many trains the station takes with ease: one for each receiving and each crane track of the rarer gauge."""
    by_use = view.network.by_use
    return max(1, min(len(by_use(gauge, "receiving")) + len(by_use(gauge, "crane")) for gauge in GAUGES))
