"""Who stands at which turn of the work at the cranes, and which rakes can take whom."""

from collections.abc import Iterable
from functools import partial

from corridor_tui.corridor.chain import at_terminal, deadline_s, in_park
from corridor_tui.corridor.checks_terminal import places_teu, room_teu, takes_boxes, unpromised_teu, wants_rake
from corridor_tui.corridor.state import NEVER_S, Unit
from corridor_tui.corridor.view import View

AHEAD_S = 3 * 3_600
"""How long before a train's time wagons are called for it: their notice and the pull to the cranes; assumed."""
PREPARING_S = 80 * 60
"""From a loaded rake to its departure: pull, locomotive, brake test and a path, by the chain's assumed times."""
WORTH = 0.25
"""The share of a rake's places that has to be free for another train to be lifted onto it; assumed."""


class Turns:
    """Who stands at which turn of the work; a unit is sorted in anew whenever it was touched."""

    def __init__(self, *, ahead: bool) -> None:
        self._ahead = ahead
        self.unlifted: dict[str, None] = {}
        """Container trains of which no lift is planned."""
        self.unpaired: dict[str, None] = {}
        """Container trains at the terminal, or lifted into the stack, whose load has not all of its wagons."""
        self.lifting: dict[str, None] = {}
        """Container trains whose transfer is not finished."""
        self.spare: dict[str, None] = {}
        """Rakes without a train that are here or on their way."""
        self.ready: dict[str, None] = {}
        """Those of them that stand at the terminal."""
        self.park: dict[str, None] = {}
        """Rakes that can be called."""
        self.laden: dict[str, None] = {}
        """Loaded rakes at the terminal."""
        self.odd: dict[str, None] = {}
        """Those that have an overloaded wagon, or on which a consignment may not travel."""
        self._trains = self.unlifted, self.unpaired, self.lifting
        self._rakes = self.spare, self.ready, self.park, self.laden, self.odd
        self._known: dict[str, tuple[bool, ...]] = {}
        """Into which of its lists each unit was put."""

    def sort_in(self, view: View, unit: Unit) -> None:
        """Put a unit into the lists it belongs to now."""
        lists: tuple[dict[str, None], ...]
        if unit.kind == "container":
            lists, belongs = self._trains, self._turns_of_train(view, unit)
        elif takes_boxes(unit):
            lists, belongs = self._rakes, self._turns_of_rake(view, unit)
        else:
            return
        if self._known.get(unit.id) != belongs:
            self._known[unit.id] = belongs
            for names, here in zip(lists, belongs, strict=True):
                if here:
                    names[unit.id] = None
                else:
                    names.pop(unit.id, None)

    def _turns_of_train(self, view: View, unit: Unit) -> tuple[bool, ...]:
        """Whether a train belongs into each of the lists of trains."""
        if unit.arrived_s is None:
            return True, False, False
        if "lift" not in unit.jobs:
            return unit.departed_s is None, at_terminal(view, unit) and self._lacks(view, unit), False
        if not unit.did("lift"):
            return False, self._lacks(view, unit), bool(unit.partners)
        return False, wants_rake(view, unit), late_rake(view, unit) is not None

    def _turns_of_rake(self, view: View, unit: Unit) -> tuple[bool, ...]:
        """Whether a rake belongs into each of the lists of rakes."""
        if unit.partners:
            laden = unit.did("load") and at_terminal(view, unit)
            odd = laden and (bool(unit.overloaded) or any(stuck(view, name) for name in unit.bears))
            return False, False, in_park(unit), laden, odd
        if unit.departed_s is not None:
            return False, False, in_park(unit), False, False
        return _coming(unit), at_terminal(view, unit), in_park(unit), False, False

    def let_go(self, view: View) -> None:
        """Strike off who is forgotten: sent over another border before it came, or done with long ago."""
        for name in [name for name in self._known if name not in view.units]:
            del self._known[name]
            for names in (*self._trains, *self._rakes):
                names.pop(name, None)

    def _lacks(self, view: View, unit: Unit) -> bool:
        """Whether a train that is not empty needs a rake; who does not look ahead sees later that its rakes are too small."""
        return wants_rake(view, unit) if self._ahead else not unit.partners

    def certain(self, view: View) -> int:
        """The spare rakes that can be counted on: in a shortage those alone that are here or offered."""
        if view.shortage <= 1:
            return len(self.spare)
        return sum(
            unit.offered_s is not None or unit.arrived_s is not None for unit in map(view.units.__getitem__, self.spare)
        )


def stuck(view: View, name: str) -> bool:
    """Whether a consignment may not travel as things stand: detained, or its papers wait to be set right."""
    dossier = view.dossiers[name]
    if dossier.state in ("released", "releasing"):
        return False
    upheld = bool(dossier.findings) and dossier.findings[-1].outcome in ("upheld", "open")
    return dossier.state == "detained" or (upheld and not dossier.corrected)


def part_loaded(view: View, rake: Unit) -> bool:
    """Whether a rake with a load, of which nothing is weighed or written yet, will have places for a good part of another."""
    if not rake.partners or "weigh" in rake.jobs or "waybill" in rake.jobs or not takes_boxes(rake):
        return False
    return unpromised_teu(view, rake) >= WORTH * places_teu(view, rake) and at_terminal(view, rake)


def late_rake(view: View, train: Unit) -> str | None:
    """The rake to which or from which containers are still lifted that no longer stand on a train; None: there is none."""
    for name in train.partners:
        rake = view.units[name]
        if (
            not rake.did("load")
            and rake.partners[-1] == train.id
            and all(view.units[each].did("lift") for each in rake.partners)
        ):
            return name
    return None


def has_place(view: View, train: Unit) -> bool:
    """Whether what is left of a train finds a wagon now, or its lifts are all out of the stack."""
    return train.did("lift") or any(
        not rake.did("load") and room_teu(view, rake) > 0 for rake in map(view.units.__getitem__, train.partners)
    )


def by_urgency(view: View, names: Iterable[str]) -> list[Unit]:
    """The units of some names by the deadline of their load."""
    return most_urgent_first(view, [view.units[name] for name in names])


def most_urgent_first(view: View, units: list[Unit]) -> list[Unit]:
    """Sort some units by the deadline of their load."""
    if len(units) > 1:
        units.sort(key=partial(urgency_of, view.now_s))
    return units


def urgency_of(now_s: int, unit: Unit) -> tuple[int, str]:
    """What sorts a unit by the deadline of its load."""
    at_s = deadline_s(unit, now_s)
    return (NEVER_S if at_s is None else at_s, unit.id)


def near(view: View, unit: Unit) -> bool:
    """Whether a train is here, or so near that wagons should be called for it."""
    return unit.offered_s is not None or (unit.planned_s or 0) < view.now_s + AHEAD_S


def _coming(unit: Unit) -> bool:
    return unit.kind == "empties" or unit.called_s is not None or unit.arrived_s is not None


def detained(view: View, name: str) -> bool:
    """Whether a consignment is detained."""
    return view.dossiers[name].state == "detained"
