"""Movements: trains and shunts over throats, block sections and loops, each of which holds one at a time."""

from collections.abc import Generator
from functools import partial
from itertools import pairwise

import simpy

from corridor_tui.corridor.kernel import Course, Kernel
from corridor_tui.corridor.knots import Claim, Meets, Option, knot
from corridor_tui.corridor.network import Hop

KNOT_AFTER_S = 59
"""How long a train waits before the line is looked at for a knot that nothing will undo: it is told within a minute."""


class Movements:
    """Gives throats, sections and the tracks of loops to units, in the order in which they ask.

    A unit takes all it needs to start at once, a free track at the next loop included, never waits in a throat, and once
    under way goes before those that have not started. A line track is run in one direction at a time. So two movements
    cannot lock each other between two places; trains that fill two loops against each other can.
    """

    def __init__(self, kernel: Kernel) -> None:
        self._kernel = kernel
        self._network = kernel.view.network
        self._waiting: list[Claim] = []
        self._running: dict[str, tuple[bool, int]] = {}
        self._backs: dict[str, None] = {}
        self.meets = Meets(kernel, self._look)
        opens = sorted({until for hop in self._network.all_hops() for _, until in hop.windows_s})
        for at_s in opens:
            kernel.after(at_s, self.serve)
        kernel.watch("line_opened", lambda _: kernel.after(1, self.serve))

    def enter(self, unit: str, route: tuple[str, ...], track: str) -> Generator[simpy.Event, Option | None, bool]:
        """Run in from a neighbour to a track; False where it was held back before it set off."""
        claim = self._claim(unit, self._ahead(unit, route, 0))
        option = claim.option or (yield claim.waits())
        if option is None:
            return False
        self._kernel.emit("moving", unit, track, self._eta_s(unit, route))
        yield from self._run(unit, route, option, track)
        return True

    def leave(self, unit: str, route: tuple[str, ...], origin: str, goal: str) -> Course:
        """Run out from a track to a neighbour."""
        kernel = self._kernel
        claim = self._claim(unit, self._ahead(unit, route, 0))
        option = claim.option or (yield claim.waits())
        if option is None or option.hop is None:
            return
        kernel.emit("moving", unit, goal, self._eta_s(unit, route))
        yield kernel.env.timeout(option.hop.out_s)
        kernel.emit("departed", unit, origin)
        if option.hop.out is not None:
            self._release(unit, option.hop.out)
        yield from self._run(unit, route, option, None)
        kernel.emit("gone", unit)

    def light(self, engine: str, hops: tuple[Hop, ...]) -> Course:
        """Run a locomotive without a train from a neighbour to a station, over one of some line tracks."""
        claim = self._claim(engine, tuple(Option((hop.sections[0],), hop) for hop in hops))
        option = claim.option or (yield claim.waits())
        assert option is not None
        hop = option.hop
        assert hop is not None
        yield from self._sections(engine, hop)
        self._release(engine, (yield from self._past_throat(engine, hop)))

    def withdraw(self, unit: str) -> None:
        """Take back what a unit still asks for."""
        for claim in [claim for claim in self._waiting if claim.unit == unit]:
            self._waiting.remove(claim)
            assert claim.granted is not None
            claim.granted.succeed(None)

    def let_go(self, unit: str) -> None:
        """Let go of where a train has been."""
        self.meets.let_go(unit)

    def other_track(self, unit: str) -> None:
        """Have a train that waits in a loop ask for the track for which it is accepted now."""
        if self._kernel.view.units[unit].moving:
            self.withdraw(unit)

    def meet_again(self, unit: str) -> None:
        """Have a train look anew whom it is to meet."""
        self.meets.wake(unit)
        self._kernel.after(1, partial(self._find_knot, again=True))

    def back(self, unit: str) -> None:
        """Have a train that waits in a loop run back to the loop behind it."""
        self._kernel.emit("backing", unit)
        self._backs[unit] = None
        self._kernel.after(1, partial(self._find_knot, again=True))
        self.meets.wake(unit)
        self.withdraw(unit)

    def shunt(self, unit: str, origin: str, track: str, takes_s: int) -> Course:
        """Pull from one track to another, over a line where they are at two stations."""
        kernel = self._kernel
        here, there = self._network.station_of[origin], self._network.station_of[track]
        if here == there:
            throat = self._network.throat(here)
            claim = self._claim(unit, (Option((throat,)),))
            if claim.option is None:
                yield claim.waits()
            kernel.emit("moving", unit, track, kernel.now + takes_s)
            yield kernel.env.timeout(takes_s)
            kernel.emit("freed", unit, origin)
            self._arrive(unit, track, throat)
            return
        hops = self._network.hops(here, there, kernel.level.tracks[track][1].gauge)
        ways = tuple(Option((hop.out, hop.sections[0]), hop) for hop in hops if hop.out is not None)
        claim = self._claim(unit, ways)
        way = claim.option or (yield claim.waits())
        assert way is not None
        hop = way.hop
        assert hop is not None
        assert hop.out is not None
        kernel.emit("moving", unit, track, kernel.now + takes_s)
        yield kernel.env.timeout(hop.out_s)
        kernel.emit("freed", unit, origin)
        self._release(unit, hop.out)
        yield kernel.env.timeout(max(1, takes_s - hop.out_s - hop.into_s))
        yield from self._through_throat(unit, hop, track)

    # along the line

    def _eta_s(self, unit: str, route: tuple[str, ...]) -> int:
        view, now_s = self._kernel.view, self._kernel.now
        mass_t, gauge = view.mass_t(view.units[unit]), view.units[unit].gauge
        hops = [self._network.hops(here, there, gauge)[0] for here, there in pairwise(route)]
        return now_s + sum(hop.length_s(mass_t, now_s) for hop in hops)

    def _ahead(self, unit: str, route: tuple[str, ...], at: int, *, back: bool = False) -> tuple[Option, ...]:
        """The ways to go on from a place: each line track, with each track of the next loop that is long enough."""
        mine = self._kernel.view.units[unit]
        here, there = route[at], route[at - 1 if back else at + 1]
        station, found = self._network.stations[there], []
        for hop in self._network.hops(here, there, mine.gauge):
            out = (hop.out,) if hop.out is not None else ()
            if station.role != "loop":
                found.append(Option((*out, hop.sections[0]), hop, onto=mine.accepted if len(route) > 2 else None))
                continue
            found += [
                Option((*out, hop.sections[0], track.id), hop, track.id)
                for track in station.tracks
                if track.gauge == mine.gauge and track.length_m >= mine.length_m
            ]
        return tuple(found)

    def _run(self, unit: str, route: tuple[str, ...], option: Option, track: str | None) -> Course:
        """Run from place to place along a route, the first option of which is held; at its end onto a track, or away."""
        at = 0
        while True:
            hop = option.hop
            assert hop is not None
            yield from self._sections(unit, hop)
            back = unit in self._backs
            self._backs.pop(unit, None)
            at += -1 if back else 1
            if at == len(route) - 1:
                break
            assert option.track is not None
            yield from self._into_loop(unit, hop, option.track)
            option = yield from self._out_of_loop(unit, route, at, option.track)
        if track is None:
            self._release(unit, hop.sections[-1], hop)
        else:
            yield from self._through_throat(unit, hop, self._kernel.view.units[unit].accepted or track)

    def _into_loop(self, unit: str, hop: Hop, track: str) -> Course:
        kernel = self._kernel
        assert hop.into is not None
        if (held := self._go_on(unit, hop.into)) is not None:
            yield held
        yield kernel.env.timeout(hop.into_s)
        kernel.emit("in_loop", unit, track)
        self._release(unit, hop.sections[-1], hop)
        self._release(unit, hop.into)
        self.meets.came(unit, self._network.station_of[track])

    def _out_of_loop(
        self, unit: str, route: tuple[str, ...], at: int, track: str
    ) -> Generator[simpy.Event, Option | None, Option]:
        """Wait in a loop for whom it is to meet there and for the way on, or back where that is ordered."""
        kernel, came_s = self._kernel, self._kernel.now
        option: Option | None = None
        while option is None:
            if unit not in self._backs:
                yield from self.meets.wait(unit, route[at])
            claim = self._claim(unit, self._ahead(unit, route, at, back=unit in self._backs))
            option = claim.option or (yield claim.waits())
        hop = option.hop
        assert hop is not None
        stopped_s = hop.stop_s if kernel.now > came_s else 0
        if hop.out_s + stopped_s:
            yield kernel.env.timeout(hop.out_s + stopped_s)
        self._release(unit, track)
        if hop.out is not None:
            self._release(unit, hop.out)
        self.meets.left(unit, route[at])
        return option

    def _sections(self, unit: str, hop: Hop) -> Course:
        """Run the sections of a line, the first of which is held already; the last one is held at the end."""
        view = self._kernel.view
        mass_t = view.mass_t(view.units[unit]) if unit in view.units else 0.0
        for index in range(len(hop.sections)):
            if index:
                if (held := self._go_on(unit, hop.sections[index])) is not None:
                    yield held
                self._release(unit, hop.sections[index - 1])
            yield self._kernel.env.timeout(hop.run_s(mass_t, self._kernel.now, index))

    def _through_throat(self, unit: str, hop: Hop, track: str) -> Course:
        throat = yield from self._past_throat(unit, hop)
        self._arrive(unit, track, throat)

    def _past_throat(self, unit: str, hop: Hop) -> Generator[simpy.Event, Option | None, str]:
        """Run through the throat at the end of a line, which is still held then."""
        assert hop.into is not None
        if (held := self._go_on(unit, hop.into)) is not None:
            yield held
        yield self._kernel.env.timeout(hop.into_s)
        self._release(unit, hop.sections[-1], hop)
        return hop.into

    def _arrive(self, unit: str, track: str, throat: str) -> None:
        self._kernel.emit("arrived", unit, track)
        self._release(unit, throat)

    # claims

    def _claim(self, unit: str, options: tuple[Option, ...]) -> Claim:
        """Ask for one of some options before it sets off, and have it at once where one is to be had."""
        claim = Claim(unit, options, under_way=False)
        claim.option = self._best(claim)
        if claim.option is not None:
            self._grant(claim, claim.option)
        else:
            self._queue(claim)
        return claim

    def _go_on(self, unit: str, element: str) -> simpy.Event | None:
        """Have a unit under way enter a section or a throat; what it has to wait for where another is there."""
        if element not in self._kernel.view.holds:
            self._kernel.emit("entered", unit, element)
            return None
        return self._queue(Claim(unit, (Option((element,)),), under_way=True))

    def _queue(self, claim: Claim) -> simpy.Event:
        claim.granted = self._kernel.env.event()
        self._waiting.append(claim)
        self._kernel.emit("signal", claim.unit, claim.options[0].elements[0])
        if any(option.track is not None for option in claim.options):
            self._look()
        return claim.granted

    def _best(self, claim: Claim) -> Option | None:
        for option in claim.options:
            if self._may(claim, option):
                return option
        return None

    def _may(self, claim: Claim, option: Option) -> bool:
        holds, hop = self._kernel.view.holds, option.hop
        if not holds.keys().isdisjoint(option.elements):
            return False
        if option.onto is not None and holds.get(option.onto, claim.unit) != claim.unit:
            return False
        if not claim.under_way and option.track is None and self._is_asked_for(claim, option):
            return False
        if hop is None:
            return True
        forward, trains = self._running.get(hop.track, (True, 0))
        if trains and forward != hop.forward:
            return False
        return self._is_open(hop)

    def _is_open(self, hop: Hop) -> bool:
        return hop.track not in self._kernel.view.shut and hop.open_s(self._kernel.now) == self._kernel.now

    def _is_asked_for(self, claim: Claim, option: Option) -> bool:
        """Whether somebody asked earlier for something of an option. Who waits for a loop, or before a line that is closed, does
        not keep it from others.
        """
        wanted = set(option.elements)
        for other in self._waiting:
            if other is claim:
                return False
            if any(
                each.track is None and wanted & set(each.elements) and (each.hop is None or self._is_open(each.hop))
                for each in other.options
            ):
                return True
        return False

    def _grant(self, claim: Claim, option: Option) -> None:
        for element in option.elements:
            self._kernel.emit("entered", claim.unit, element)
        if option.onto is not None:
            self._kernel.emit("routed", claim.unit, option.onto)
        if option.hop is not None:
            _, trains = self._running.get(option.hop.track, (True, 0))
            self._running[option.hop.track] = (option.hop.forward, trains + 1)

    def _release(self, unit: str, element: str, left: Hop | None = None) -> None:
        self._kernel.emit("freed", unit, element)
        if left is not None:
            forward, trains = self._running[left.track]
            self._running[left.track] = (forward, trains - 1)
        if self._waiting:
            self.serve()

    def serve(self) -> None:
        """Give what has become free to those who wait for it."""
        for claim in list(self._waiting):
            option = self._best(claim)
            if option is not None:
                self._waiting.remove(claim)
                self._grant(claim, option)
                assert claim.granted is not None
                claim.granted.succeed(option)

    def _look(self) -> None:
        self._kernel.after(KNOT_AFTER_S, self._find_knot)

    def _find_knot(self, *, again: bool = False) -> None:
        """Tell of trains that wait for nothing but each other, and when none does any more.

        A knot that another train has run into, or that an order did not undo (`again`), is told again; it is one mistake.
        """
        view = self._kernel.view
        caught = knot(view, {claim.unit: claim for claim in self._waiting}, self.meets.waiting)
        if caught == view.knot and not (again and caught):
            return
        old = any(unit in view.knot for unit in caught)
        self._kernel.emit("deadlock" if caught else "untied_knot", " ".join(caught or view.knot))
        if caught and not old:
            self._kernel.emit("mistake", "deadlock", caught[0])
