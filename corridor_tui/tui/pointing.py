"""What the guide points at: the one key that is to be pressed next, where, and about what."""

from collections.abc import Mapping
from dataclasses import dataclass

from corridor_tui.corridor.options import orders_for, verbs_for
from corridor_tui.corridor.orders import ALLOW, RULES, Order
from corridor_tui.corridor.view import View
from corridor_tui.language import _
from corridor_tui.level.teaching import HEADER, INSTRUMENTS
from corridor_tui.session.guide import Step
from corridor_tui.tui.choices import FIND
from corridor_tui.tui.matrix import Matrix
from corridor_tui.tui.pane import Rows
from corridor_tui.tui.things import CRANE, TRACK


@dataclass(frozen=True, slots=True)
class Pointing:
    """A key by its name in the list of keys, what it is for, and what is marked: an instrument, things in it, entries of a menu."""

    key: str = ""
    word: str = ""
    pane: str = ""
    things: frozenset[str] = frozenset()
    entries: frozenset[str] = frozenset()


NOTHING = Pointing()


@dataclass(frozen=True, slots=True)
class Pointer:
    """Finds the next key from where the trainee stands: the active instrument, what is chosen in each, and the marks."""

    view: View
    panes: Mapping[str, Rows]
    matrix: Matrix
    active: str

    def to_step(self, step: Step) -> Pointing:
        """The next key on the way to what a step asks for."""
        if step.order is not None:
            return self.to_order(step.order)
        *before, last = step.hint.targets
        pane = HEADER if HEADER in before else ""
        for name in (*before, last):
            if name in INSTRUMENTS:
                if name == last or name != self.active:
                    return Pointing(name, "", pane or name)
            elif name != HEADER and (name == last or self.place_of(name)[1]):
                where, thing = self.place_of(name)
                return self._choose(where, thing, Pointing()) if thing else Pointing(name, "", pane)
        return NOTHING

    def place_of(self, name: str) -> tuple[str, str]:
        """Where something is chosen, and its key there; empty where there is no such thing."""
        if name in self.view.dossiers:
            return "customs", name
        if name in self.view.units:
            return "trains", name
        if name in self.view.level.tracks:
            return "panel", f"{TRACK}{name}"
        return ("panel", f"{CRANE}{name}") if name in self.view.cranes else ("", "")

    def chosen(self, name: str) -> bool:
        """Whether a thing that a step points at is chosen where it stands."""
        pane, key = self.place_of(name)
        return bool(key) and pane == self.active and self.panes[pane].choice == key

    def to_order(self, order: Order) -> Pointing:
        """The next key on the way to an order: through the menus where it stands in one, else the command line."""
        verb, args = order.verb, order.args
        if verb == "answer":
            return Pointing("answer", _("answer the call"), entries=frozenset({order.text}))
        if verb in (*RULES, "buy", "inject", ALLOW):
            return Pointing("standing", _("standing orders"), entries=frozenset({order.text}))
        if verb == FIND:
            return self._to_finding(args[0], args[1:3], args[3])
        entries = frozenset({verb, order.text})
        subject = self._in_menu_of(order)
        if subject is None:
            return Pointing("command", _("write: {text}", text=order.text))
        pane = "customs" if subject in self.view.dossiers else "trains"
        return self._choose(
            pane, subject, Pointing("orders", _("the orders for {name}", name=subject), pane, entries=entries)
        )

    def _in_menu_of(self, order: Order) -> str | None:
        """The train, rake or consignment in whose menu an order stands: one that it names, what is chosen, or any other."""
        view, trains = self.view, self.panes["trains"]
        named = [arg for arg in order.args if arg in view.units or arg in view.dossiers]
        for name in dict.fromkeys([*named, trains.choice, *(spot.key for spot in trains.spots), *view.dossiers]):
            known = name in view.units or name in view.dossiers
            if known and order.verb in verbs_for(view, name) and order in orders_for(view, order.verb, name):
                return name
        return None

    def _choose(self, pane: str, thing: str, then: Pointing) -> Pointing:
        """First the instrument, then the thing in it, then the rest. In the menu of another thing a kind of order would be
        about that: until the thing is chosen only a whole order is an entry to point at.
        """
        things = frozenset({thing}) if thing else frozenset()
        whole = frozenset(entry for entry in then.entries if " " in entry)
        if self.active != pane:
            return Pointing(pane, "", pane, things, whole)
        spots = {spot.key: (spot.line, spot.left) for spot in self.panes[pane].spots}
        here = self.panes[pane].choice
        if not thing or here == thing:
            return Pointing(then.key, then.word, pane, things, then.entries)
        if thing not in spots:
            return Pointing("command", _("write: {text}", text=thing.rpartition(":")[2]), pane)
        down = spots[thing][0] - spots.get(here, (-1, 0))[0]
        aside = spots[thing][1] - spots.get(here, (0, 0))[1]
        key = "down" if down > 0 else "up" if down < 0 else "right" if aside > 0 else "left"
        return Pointing(key, _("to {name}", name=thing.rpartition(":")[2]), pane, things, whole)

    def _to_finding(self, name: str, cells: tuple[str, ...], rule: str) -> Pointing:
        if self.panes["customs"].choice != name:
            return self._choose("customs", name, Pointing())
        missing = [cell for cell in cells if cell not in self.matrix.marks]
        entries = frozenset({rule}) if not missing else frozenset[str]()
        if self.active != "papers":
            return Pointing("papers", "", "papers", frozenset(cells), entries)
        if not missing:
            return Pointing("find", _("claim that the two cells clash"), "papers", frozenset(cells), entries)
        down, aside = self.matrix.way_to(missing[0])
        if (down, aside) == (0, 0):
            return Pointing("mark", _("mark this cell"), "papers", frozenset(missing[:1]), entries)
        key = "down" if down > 0 else "up" if down < 0 else "right" if aside > 0 else "left"
        return Pointing(key, _("to the marked cell"), "papers", frozenset(missing[:1]), entries)
