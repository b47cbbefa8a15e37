"""Movements: trains and shunts over throats and block sections, each of which holds one at a time."""

from collections.abc import Generator
from dataclasses import dataclass

import simpy

from corridor_tui.corridor.kernel import Course, Kernel
from corridor_tui.corridor.network import Hop


@dataclass(slots=True)
class _Claim:
    unit: str
    elements: tuple[str, ...]
    hop: Hop | None
    under_way: bool
    granted: simpy.Event | None = None


class Movements:
    """Gives throats and sections to units, in the order in which they ask.

    A unit takes all it needs to start at once, never waits in a throat, and once under way goes before those that have
    not started, so that two movements cannot lock each other. A line track is run in one direction at a time.
    """

    def __init__(self, kernel: Kernel) -> None:
        self._kernel = kernel
        self._network = kernel.view.network
        self._waiting: list[_Claim] = []
        self._running: dict[str, tuple[bool, int]] = {}

    def enter(self, unit: str, hop: Hop, track: str) -> Generator[simpy.Event, bool, bool]:
        """Run in from a neighbour to a track; False where it was held back before it set off."""
        kernel = self._kernel
        if not (yield from self._claim(unit, (hop.sections[0],), hop)):
            return False
        yield from self._run_in(unit, hop, track, kernel.now + self._length_s(hop))
        return True

    def withdraw(self, unit: str) -> None:
        """Take back what a unit still asks for."""
        for claim in [claim for claim in self._waiting if claim.unit == unit]:
            self._waiting.remove(claim)
            assert claim.granted is not None
            claim.granted.succeed(False)

    def leave(self, unit: str, hop: Hop, origin: str, goal: str) -> Course:
        """Run out from a track to a neighbour."""
        kernel = self._kernel
        out = (hop.out,) if hop.out is not None else ()
        yield from self._claim(unit, (*out, hop.sections[0]), hop)
        kernel.emit("moving", unit, goal, kernel.now + self._length_s(hop))
        yield kernel.env.timeout(hop.out_s)
        kernel.emit("departed", unit, origin)
        if hop.out is not None:
            self._release(unit, hop.out)
        yield from self._sections(unit, hop)
        self._release(unit, hop.sections[-1], hop)
        kernel.emit("gone", unit)

    def shunt(self, unit: str, origin: str, track: str, takes_s: int) -> Course:
        """Pull from one track to another, over a line where they are at two stations."""
        kernel = self._kernel
        here, there = self._network.station_of[origin], self._network.station_of[track]
        if here == there:
            throat = self._network.throat(here)
            yield from self._claim(unit, (throat,))
            kernel.emit("moving", unit, track, kernel.now + takes_s)
            yield kernel.env.timeout(takes_s)
            kernel.emit("freed", unit, origin)
            self._arrive(unit, track, throat)
            return
        hop = self._network.hop(here, there, kernel.level.tracks[track][1].gauge)
        assert hop is not None
        assert hop.out is not None
        yield from self._claim(unit, (hop.out, hop.sections[0]), hop)
        kernel.emit("moving", unit, track, kernel.now + takes_s)
        yield kernel.env.timeout(hop.out_s)
        kernel.emit("freed", unit, origin)
        self._release(unit, hop.out)
        yield kernel.env.timeout(max(1, takes_s - hop.out_s - hop.into_s))
        yield from self._through_throat(unit, hop, track)

    def _length_s(self, hop: Hop) -> int:
        return hop.section_s * len(hop.sections) + (hop.into_s if hop.into else 0) + (hop.out_s if hop.out else 0)

    def _run_in(self, unit: str, hop: Hop, track: str, eta_s: int) -> Course:
        self._kernel.emit("moving", unit, track, eta_s)
        yield from self._sections(unit, hop)
        yield from self._through_throat(unit, hop, track)

    def _sections(self, unit: str, hop: Hop) -> Course:
        """Run the sections of a line, the first of which is held already; the last one is held at the end."""
        for index in range(len(hop.sections)):
            if index:
                yield from self._claim(unit, (hop.sections[index],), under_way=True)
                self._release(unit, hop.sections[index - 1])
            yield self._kernel.env.timeout(hop.section_s)

    def _through_throat(self, unit: str, hop: Hop, track: str) -> Course:
        assert hop.into is not None
        yield from self._claim(unit, (hop.into,), under_way=True)
        yield self._kernel.env.timeout(hop.into_s)
        self._release(unit, hop.sections[-1], hop)
        self._arrive(unit, track, hop.into)

    def _arrive(self, unit: str, track: str, throat: str) -> None:
        self._kernel.emit("arrived", unit, track)
        self._release(unit, throat)

    def _claim(
        self, unit: str, elements: tuple[str, ...], hop: Hop | None = None, *, under_way: bool = False
    ) -> Generator[simpy.Event, bool, bool]:
        """Wait until it has what it asks for; False where that was taken back."""
        claim = _Claim(unit, elements, hop, under_way)
        if self._may(claim):
            self._grant(claim)
            return True
        claim.granted = self._kernel.env.event()
        self._waiting.append(claim)
        self._kernel.emit("signal", unit, elements[0])
        return (yield claim.granted)

    def _may(self, claim: _Claim) -> bool:
        holds = self._kernel.view.holds
        if any(element in holds for element in claim.elements):
            return False
        if not claim.under_way and any(set(other.elements) & set(claim.elements) for other in self._earlier(claim)):
            return False
        if claim.hop is None:
            return True
        forward, trains = self._running.get(claim.hop.track, (True, 0))
        return trains == 0 or forward == claim.hop.forward

    def _earlier(self, claim: _Claim) -> list[_Claim]:
        if claim in self._waiting:
            return self._waiting[: self._waiting.index(claim)]
        return self._waiting

    def _grant(self, claim: _Claim) -> None:
        for element in claim.elements:
            self._kernel.emit("entered", claim.unit, element)
        if claim.hop is not None:
            _, trains = self._running.get(claim.hop.track, (True, 0))
            self._running[claim.hop.track] = (claim.hop.forward, trains + 1)

    def _release(self, unit: str, element: str, left: Hop | None = None) -> None:
        self._kernel.emit("freed", unit, element)
        if left is not None:
            forward, trains = self._running[left.track]
            self._running[left.track] = (forward, trains - 1)
        for claim in list(self._waiting):
            if self._may(claim):
                self._waiting.remove(claim)
                self._grant(claim)
                assert claim.granted is not None
                claim.granted.succeed(True)
