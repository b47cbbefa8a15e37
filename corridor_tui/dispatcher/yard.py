"""An automatic hand at the dispatch desk: what it does with each train at the station, from its offer to its departure."""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence

from corridor_tui.corridor.chain import (
    at_terminal,
    brought_by,
    changes_engine,
    deadline_s,
    departs_to,
    goes_over,
    is_load,
    stands_outside,
)
from corridor_tui.corridor.checks_grain import takes_grain
from corridor_tui.corridor.freed import ROOM, free_locomotive, free_slots, free_track
from corridor_tui.corridor.orders import Order
from corridor_tui.corridor.standing import room_by_rule
from corridor_tui.corridor.state import Unit
from corridor_tui.corridor.view import View
from corridor_tui.corridor.waits import refused_by, stands_before
from corridor_tui.dispatcher.agenda import Outside, Waiting
from corridor_tui.dispatcher.base import first_heard, if_heard, wish
from corridor_tui.dispatcher.granary import spares_slots
from corridor_tui.dispatcher.habits import Habits
from corridor_tui.dispatcher.sailings import Sailings
from corridor_tui.dispatcher.turns import PREPARING_S, Turns, detained, near, part_loaded, stuck
from corridor_tui.level.base import Gauge
from corridor_tui.level.plant import Use

_LOOK_S = 300
"""How long a rake is kept for a train before that is thought over again."""


class Yard:
    """Works the trains and rakes at the station. `alarm` is told when to look again."""

    def __init__(
        self,
        habits: Habits,
        lists: Turns,
        waiting: Waiting,
        outside: Outside,
        sailings: Sailings,
        alarm: Callable[[int], None],
    ) -> None:
        self._habits = habits
        self._lists = lists
        self._waiting, self._outside = waiting, outside
        self._set_alarm = alarm
        self._sailings = sailings
        self._room: int | None = None
        """How many more trains with a load a standing order lets in, as far as he has asked since he looked."""
        self._fits: dict[tuple[Gauge, Use, float], tuple[tuple[str, ...], tuple[str, ...]]] = {}
        """By gauge, use and length: the tracks that are long enough, and what to wait for where none of them is free."""
        self._none_for: dict[tuple[Gauge, Use], tuple[float, tuple[str, ...]]] = {}
        """The length of the shortest unit for which no track of a gauge and a use is free now, and what to wait for."""

    def look(self) -> None:
        """Look at the tracks, and for room, anew."""
        self._none_for.clear()
        self._room = None

    def work(self, view: View, unit: Unit) -> Iterable[Order]:
        """The orders about a train or a rake that is at hand."""
        if unit.arrived_s is None:
            return self._take_in(view, unit) if stands_outside(unit) else ()
        if unit.kind == "through":
            return self._through(view, unit)
        if unit.loco == "attached" and departs_to(unit) is None:
            return self._stable(view, unit)
        if goes_over(unit):
            return self._homeward(view, unit) if unit.did("lift") else self._inward(view, unit)
        return self._onward(view, unit)

    def _take_in(self, view: View, unit: Unit) -> tuple[Order, ...]:
        """Accept a train for a free track, or over the line for any: that is locked only hours later."""
        counts = self._habits.by_rule and "auto-accept" in view.standing and is_load(unit)
        if counts and self._left(view) <= 0:
            self._waiting.park(ROOM, unit.id)
            return ()
        tracks: Sequence[str]
        tracks, kinds = self._fitting(view, unit, "receiving")
        if not tracks:
            self._outside.park(unit, len(self._long_enough(view, unit, "receiving")[0]), kinds)
            tracks = view.network.far_tracks(unit.entry, unit.gauge)
        orders = self._onto(view, "accept", unit, tracks)
        if counts and orders:
            self._room = self._left(view) - 1
        return orders

    def _left(self, view: View) -> int:
        """How many more trains with a load the rule of acceptance lets in."""
        if self._room is None:
            self._room = room_by_rule(view) or 0
        return self._room

    @staticmethod
    def _onto(view: View, verb: str, unit: Unit, tracks: Iterable[str]) -> tuple[Order, ...]:
        """The order that takes a unit onto the first of some tracks for which it would be accepted."""
        return first_heard(view, (wish(verb, unit.id, track) for track in tracks)) if tracks else ()

    def redirect(self, view: View) -> Iterator[Order]:
        """Another track for a train that stands before the station, where its own is held."""
        for unit in view.units.values():
            if unit.moving and unit.waiting_at is not None and stands_before(view, unit):
                tracks = [*self._tracks(view, unit, "receiving"), *self._tracks(view, unit, "departure")]
                yield from self._onto(view, "accept", unit, tracks)

    def _stable(self, view: View, unit: Unit) -> Iterator[Order]:
        """Secure an arrived train, begin its inspection, and take the locomotive off."""
        if "secure" not in unit.jobs:
            yield wish("secure", unit.id)
        if unit.did("secure") and "uncouple" not in unit.jobs:
            yield wish("uncouple", unit.id)
        if self._habits.ahead and is_load(unit) and "border" not in unit.jobs:
            yield wish("inspect", unit.id)

    def _inward(self, view: View, unit: Unit) -> tuple[Order, ...]:
        if "border" not in unit.jobs:
            return (wish("inspect", unit.id),)
        if at_terminal(view, unit) or not _inspected(unit) or self._sailings.gives_way(view, unit):
            return ()
        return self._pull_in(view, unit, "grain" if unit.kind == "grain" else "crane")

    def _pull_in(self, view: View, unit: Unit, use: Use) -> tuple[Order, ...]:
        """Pull a unit to a track of a use; out of a terminal that is not its own by way of the station."""
        stray = view.level.tracks[unit.place or ""][1].use in ("crane", "grain")
        return self._pull(view, unit, "receiving" if stray else use)

    def _pull(self, view: View, unit: Unit, use: Use) -> tuple[Order, ...]:
        """Pull a unit to a track of a use."""
        return self._onto(view, "move", unit, self._tracks(view, unit, use))

    def _through(self, view: View, unit: Unit) -> Iterator[Order]:
        if changes_engine(view, unit):
            yield from self._changing(view, unit)
        elif "border" not in unit.jobs:
            yield wish("inspect", unit.id)
        elif _inspected(unit):
            yield from self._leave_behind(view, unit)
            if unit.path_s is None and not view.uncleared(unit):
                yield from if_heard(view, "path", unit.id)
            yield from self._depart(view, unit)

    def _changing(self, view: View, unit: Unit) -> Iterator[Order]:
        """A train that goes on with its own wheels and another locomotive."""
        if brought_by(view, unit):
            yield from self._stable(view, unit)
        elif "border" not in unit.jobs:
            yield wish("inspect", unit.id)
        if _inspected(unit) and not brought_by(view, unit):
            yield from self._ready(view, unit)

    def _depart(self, view: View, unit: Unit) -> tuple[Order, ...]:
        """Send a train, or have it looked at again once the neighbour takes it."""
        goal = departs_to(unit) if view.cuts else None
        if goal in view.cuts and (refused_by(view, unit) or (self._habits.ahead and spares_slots(view, unit))):
            self._waiting.park(free_slots(goal), unit.id)
            return ()
        return if_heard(view, "depart", unit.id)

    def _homeward(self, view: View, unit: Unit) -> Iterator[Order]:
        if "empty" not in unit.jobs:
            yield wish("inspect", unit.id)
        if unit.loco == "none" and (self._habits.ahead or (unit.did("empty") and not at_terminal(view, unit))):
            yield from self._call_loco(view, unit)
        if not unit.did("empty"):
            return
        if at_terminal(view, unit):
            yield from self._pull(view, unit, "departure")
        elif unit.loco == "attached":
            if unit.path_s is None and unit.gauge == 1520:
                yield from if_heard(view, "path", unit.id)
            yield from self._depart(view, unit)

    def _onward(self, view: View, unit: Unit) -> Iterable[Order]:
        """A rake: to the cranes while it is empty, out to the line once it is loaded."""
        if not unit.partners:
            if at_terminal(view, unit):
                return ()
            return self._pull_in(view, unit, "grain" if takes_grain(unit) else "crane")
        if self._waits_for_more(view, unit):
            return ()
        return self._outward(view, unit) if unit.did("load") else self._nearly(view, unit)

    def _nearly(self, view: View, unit: Unit) -> tuple[Order, ...]:
        """A rake that is being loaded: while the last wagons are, its waybill is written and a locomotive comes."""
        if not self._habits.ahead:
            return ()
        waybill = () if "waybill" in unit.jobs else if_heard(view, "waybill", unit.id)
        if unit.loco == "none" and (waybill or "waybill" in unit.jobs):
            return (*waybill, *self._call_loco(view, unit))
        return waybill

    def _outward(self, view: View, unit: Unit) -> Iterator[Order]:
        """A rake that is loaded."""
        if "waybill" not in unit.jobs:
            yield from if_heard(view, "waybill", unit.id)
        if self._habits.ahead and unit.loco == "none":
            yield from self._call_loco(view, unit)
        if "weigh" not in unit.jobs:
            yield wish("weigh", unit.id)
        elif unit.did("weigh") and unit.did("waybill") and not unit.overloaded:
            if not at_terminal(view, unit):
                yield from self._ready(view, unit)
            elif takes_grain(unit) or not self._held(view, unit):
                yield from self._pull(view, unit, "departure")

    def _waits_for_more(self, view: View, unit: Unit) -> bool:
        """Whether a rake with many free places is kept for a train that would find no other, while its own load has time."""
        if not self._habits.ahead or not self._lists.unlifted or not part_loaded(view, unit):
            return False
        must_s = deadline_s(unit, view.now_s)
        if must_s is not None and view.now_s > must_s - PREPARING_S:
            return False
        coming = [train for train in map(view.units.__getitem__, self._lists.unlifted) if near(view, train)]
        kept = any(train.exit == unit.exit for train in coming) and len(coming) > self._lists.certain(view)
        if kept:
            self._set_alarm(view.now_s + _LOOK_S)
        return kept

    def _held(self, view: View, unit: Unit) -> bool:
        """Whether containers still have to come off the rake, or may have to: a correction is waited for while it can be."""
        if any(stuck(view, name) for name in unit.bears):
            return True
        return any(view.boxes[number].goal is not None for number in unit.boxes)

    def _leave_behind(self, view: View, unit: Unit) -> tuple[Order, ...]:
        """Set out a wagon with what was detained, if there is one."""
        if not any(detained(view, name) for name in view.uncleared(unit)):
            return ()
        on_wagons = [(place, view.boxes[number].consignment) for number, place in unit.boxes.items()]
        theirs = {place for place, name in unit.fills.items() or on_wagons if detained(view, name)}
        return first_heard(view, (wish("set-out", unit.id, str(wagon + 1)) for wagon in sorted(theirs)))

    def _ready(self, view: View, unit: Unit) -> Iterator[Order]:
        """Locomotive, brake test, path, departure; before it whatever was detained in the meantime is set out."""
        yield from self._leave_behind(view, unit)
        if unit.loco == "none":
            yield from self._call_loco(view, unit)
        if self._habits.ahead and not unit.did("brake_full"):
            if unit.loco != "attached" and "brake_yard" not in unit.jobs and "couple" not in unit.jobs:
                yield wish("brake-test", unit.id, "yard")
            elif unit.loco == "attached" and unit.did("brake_yard") and "brake_short" not in unit.jobs:
                yield wish("brake-test", unit.id, "short")
        if unit.loco == "attached" and "brake_full" not in unit.jobs and "brake_yard" not in unit.jobs:
            yield wish("brake-test", unit.id, "full")
        tested = unit.did("brake_full") or unit.did("brake_short")
        if unit.path_s is None and tested and not view.uncleared(unit):
            yield from if_heard(view, "path", unit.id)
        if tested:
            yield from self._depart(view, unit)

    def _call_loco(self, view: View, unit: Unit) -> tuple[Order, ...]:
        if view.locos.get(unit.gauge):
            return if_heard(view, "call-loco", unit.id)
        self._waiting.park(free_locomotive(unit.gauge), unit.id)
        return ()

    def _tracks(self, view: View, unit: Unit, use: Use) -> list[str]:
        """Free tracks of a use for a unit, the shortest that fits first, so that long ones stay for long trains."""
        free, kinds = self._fitting(view, unit, use)
        for kind in kinds:
            self._waiting.park(kind, unit.id)
        return free

    def _fitting(self, view: View, unit: Unit, use: Use) -> tuple[list[str], tuple[str, ...]]:
        """Free tracks of a use for a unit, or what to wait for. Where a shorter one has found none, it need not look."""
        length_m, kinds = self._none_for.get((unit.gauge, use), (math.inf, ()))
        if unit.length_m < length_m:
            tracks, kinds = self._long_enough(view, unit, use)
            holds = view.holds
            free = [track for track in tracks if track not in holds]
            if free:
                return free, ()
            self._none_for[(unit.gauge, use)] = (unit.length_m, kinds)
        return [], kinds

    def _long_enough(self, view: View, unit: Unit, use: Use) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The tracks of a use that are long enough for a unit, and what to wait for where none of them is free."""
        key = (unit.gauge, use, unit.length_m)
        if key not in self._fits:
            fitting = [track for track in view.network.by_use(unit.gauge, use) if track.length_m >= unit.length_m]
            kinds = tuple(free_track(unit.gauge, each) for each in dict.fromkeys(track.use for track in fitting))
            self._fits[key] = tuple(track.id for track in fitting), kinds
        return self._fits[key]


def at_hand(unit: Unit) -> bool:
    """Whether there may be orders about a train or a rake: it has not left and is not under way."""
    return unit.departed_s is None and unit.to is None and not unit.moving and unit.kind != "export"


def _inspected(train: Unit) -> bool:
    return train.did("border") and train.did("commercial") and train.did("technical")
