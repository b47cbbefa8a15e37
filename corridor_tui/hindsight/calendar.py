"""The solver's calendar: seconds of the shift, work that takes people and places, and the costs that are kept small.

Every rule put here has to hold for whatever anybody could order, or the bound would be none.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from ortools.sat.python import cp_model

from corridor_tui.corridor.work import pool_size, pools_of
from corridor_tui.hindsight.scope import Way
from corridor_tui.level.model import Level

Time: TypeAlias = cp_model.LinearExpr | int
Fact: TypeAlias = cp_model.IntVar
Given: TypeAlias = cp_model.LiteralT

UNITS = 1_000_000_000
"""The solver counts in billionths of a point: rounding each cost down to them moves no hundredth of one."""


@dataclass(frozen=True, slots=True)
class Work:
    """A piece of work in the calendar: the second it begins and the one it ends."""

    start: cp_model.IntVar
    end: Time
    interval: cp_model.IntervalVar


@dataclass(slots=True)
class _Movement:
    way: Way
    start: cp_model.IntVar
    whole: cp_model.IntervalVar
    here: Fact


@dataclass(slots=True)
class Cost:
    """Loss units of one component: so much for each of some counts, seconds or facts."""

    items: list[tuple[Time, float]] = field(default_factory=list)

    def add(self, count: Time, each: float) -> None:
        """Let something cost so many loss units a piece."""
        if each > 0:
            self.items.append((count, each))


class Calendar:
    """The model under construction. `last_s`: nothing that happens is later; what never happens is then.

    `lag_s`: how long after an event the first order can be given that answers to it.
    """

    def __init__(self, level: Level) -> None:
        self.model = cp_model.CpModel()
        self.level = level
        self.end_s = level.shift_s
        self.last_s = level.shift_s + round(level.shift.overtime_min * 60)
        # a standing order acts within the second; a person sees what has happened in the next one
        self.lag_s = 0 if level.standing_orders else 1
        self.first_s = 1
        self._pools: dict[str, list[cp_model.IntervalVar]] = {}
        self._places: dict[str, tuple[int, list[cp_model.IntervalVar]]] = {}
        self._moves: dict[str, list[_Movement]] = {}

    def fact(self, name: str) -> Fact:
        """Something that is so or not."""
        return self.model.new_bool_var(name)

    def second(self, name: str, from_s: int = 0) -> cp_model.IntVar:
        """A second that the solver chooses."""
        return self.model.new_int_var(min(max(0, from_s), self.last_s), self.last_s, name)

    def after(self, time: Time, others: Sequence[Time], *given: Given) -> None:
        """A second is not before any of some others, where all that is given is so."""
        for other in others:
            rule = self.model.add(time >= other)
            if given:
                rule.only_enforce_if(list(given))

    def lasting(self, name: str, start: Time, end: Time, here: Fact) -> cp_model.IntervalVar:
        """The time between two seconds, where it comes to pass."""
        length = self.model.new_int_var(0, 2 * self.last_s, f"{name} length")
        return self.model.new_optional_interval_var(start, length, end, here, name)

    def between(self, name: str, start: Time, end: Time, *given: Given, least_s: int = 0) -> cp_model.IntVar:
        """At least the seconds between two others where all that is given is so, and at least none.

        `least_s`: what is known of them, which the solver would find out for itself only in the end.
        """
        length = self.model.new_int_var(0, self.last_s, name)
        self.after(length, [end - start, least_s], *given)
        return length

    def work(self, name: str, task: str, takes_s: int, here: Fact, from_s: int = 1) -> Work:
        """A piece of work by whoever does such a task."""
        start = self.second(name, from_s)
        interval = self.model.new_optional_fixed_size_interval_var(start, takes_s, here, name)
        for pool in pools_of(task):
            self._pools.setdefault(pool, []).append(interval)
        return Work(start, start + takes_s, interval)

    def takes(self, pool: str, interval: cp_model.IntervalVar) -> None:
        """Let a stretch of time take one of a pool."""
        self._pools.setdefault(pool, []).append(interval)

    def stands(self, place: str, room: int, interval: cp_model.IntervalVar) -> None:
        """Let a stretch of time take one of so many places."""
        self._places.setdefault(place, (room, []))[1].append(interval)

    def moves(self, name: str, way: Way, start: cp_model.IntVar, here: Fact, saved: Time = 0) -> Time:
        """A movement over a way, throats and all: when it is there.

        Before a throat that another has taken it waits, and its line track is held meanwhile. `saved`: by how many seconds
        it is shorter than the way.
        """
        if way.into is None:
            end: Time = start + way.all_s - saved
        else:
            end = self.second(f"{name} is there")
            self.after(end, [start + way.all_s - saved], here)
            self.stands(f"throat {way.into}", 1, self._fixed(f"{name} comes in", end - way.into_s, way.into_s, here))
        if way.out is not None:
            self.stands(f"throat {way.out}", 1, self._fixed(f"{name} goes out", start, way.freed_s, here))
        if way.track is not None:
            whole = self.lasting(f"{name} on the way", start, end, here)
            self._moves.setdefault(way.track, []).append(_Movement(way, start, whole, here))
        return end

    def _fixed(self, name: str, start: Time, length_s: int, here: Fact) -> cp_model.IntervalVar:
        return self.model.new_optional_fixed_size_interval_var(start, length_s, here, name)

    def alone(self, pool: str, users: int) -> bool:
        """Whether nobody ever waits for a pool, so that what is ordered of it begins at once."""
        return pool_size(self.level, pool) >= users

    def close(self) -> None:
        """Give what is limited to those who take it."""
        for pool, intervals in self._pools.items():
            self._limit(intervals, pool_size(self.level, pool))
        for room, intervals in self._places.values():
            self._limit(intervals, room)
        for moves in self._moves.values():
            self._on_one_track(moves)

    def _limit(self, intervals: list[cp_model.IntervalVar], room: int) -> None:
        if room == 1:
            self.model.add_no_overlap(intervals)
        elif room < len(intervals):
            self.model.add_cumulative(intervals, [1] * len(intervals), room)

    def _on_one_track(self, moves: list[_Movement]) -> None:
        """One in a section at a time, and all on a track in one direction."""
        self.model.add_no_overlap(
            [
                m.whole if m.way.first_s is None else self._fixed("section", m.start, m.way.first_s, m.here)
                for m in moves
            ]
        )
        there = [move for move in moves if move.way.forward]
        back = [move for move in moves if not move.way.forward]
        for one in there:
            for other in back:
                self.model.add_no_overlap([one.whole, other.whole])
