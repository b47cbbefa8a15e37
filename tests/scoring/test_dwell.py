"""Where the time of loads went: whoever is asked only now and then what he waits for is told of as if he were always asked."""

from itertools import groupby
from random import Random

import pytest
from conftest import CAMPAIGN, FINALE, shipped
from helpers import at_random, variant

from corridor_tui.corridor.chain import is_load, load_left_s
from corridor_tui.corridor.events import Event
from corridor_tui.corridor.fold import apply
from corridor_tui.corridor.view import View
from corridor_tui.corridor.waits import Wait, waiting
from corridor_tui.level.model import Level
from corridor_tui.scenario.draw import resolve
from corridor_tui.scoring.dwell import Dwells, Span
from corridor_tui.scoring.measures import LOOK_S
from corridor_tui.session.shift import Shift, unattended


class Everybody:
    """Asks every load at every look."""

    def __init__(self) -> None:
        self.waits: dict[str, list[tuple[int, Wait]]] = {}
        self.left: dict[str, int] = {}

    def look(self, view: View, now_s: int) -> None:
        for name, unit in view.units.items():
            if not is_load(unit) or name not in view.cargo or unit.offered_s is None or name in self.left:
                continue
            waits = self.waits.setdefault(name, [])
            departed = load_left_s(view, unit)
            if waits and departed is not None:
                self.left[name] = departed
            elif not waits or waits[-1][1] != waiting(view, unit):
                waits.append((now_s if waits else max(0, now_s), waiting(view, unit)))

    def so_far(self, now_s: int) -> dict[str, tuple[Span, ...]]:
        return {name: self._spans(name, now_s) for name in self.waits}

    def settle(self, name: str) -> tuple[Span, ...]:
        spans = self._spans(name, 0) if name in self.waits else ()
        self.waits.pop(name, None)
        return spans

    def _spans(self, name: str, now_s: int) -> tuple[Span, ...]:
        waits = self.waits[name]
        ends = [*(since for since, _ in waits[1:]), self.left.get(name, now_s)]
        whole = (Span(wait.cause, wait.desk, since, to) for (since, wait), to in zip(waits, ends, strict=True))
        return tuple(span for span in whole if span.length_s > 0)


def check_spans(level: Level, seed: int, events: list[Event], every_s: int) -> None:
    """The spans of a run are the same whether every load is asked at every look or only those that have to be."""
    scenario = resolve(level, seed)
    assert list(scenario.arrivals()) or not level.services
    view, some, everybody, next_s = View(level, scenario), Dwells(), Everybody(), 0
    for now_s, at_once in groupby(events, key=lambda event: event.t):
        for event in at_once:
            if event.code == "settled_up":
                for name in str(event.args[0]).split():
                    assert some.settle(name) == everybody.settle(name)
            apply(view, event)
        if now_s >= next_s:
            some.look(view, now_s)
            everybody.look(view, now_s)
            next_s = now_s + every_s
            assert some.so_far(now_s) == everybody.so_far(now_s), now_s
    assert some.so_far(view.now_s)


@pytest.mark.parametrize("name", CAMPAIGN)
def test_a_load_waits_for_what_it_would_be_told_to_wait_for_at_any_second(name: str) -> None:
    level = shipped(name)
    check_spans(level, 2, unattended(resolve(level, 2), "reference").events, 0)


@pytest.mark.parametrize("name", CAMPAIGN)
def test_whatever_is_ordered_its_waits_are_those_of_who_is_always_asked(name: str) -> None:
    shift = Shift(shipped(name), 5)
    for _ in at_random(shift, Random(5)):
        pass
    check_spans(shift.level, 5, shift.events, 240)


def test_trains_that_queue_at_the_neighbours_for_days_wait_for_what_each_of_them_would() -> None:
    level, events = variant(shipped(FINALE), shift__length_min=4 * 1_440), list[Event]()
    unattended(resolve(level, 1), "reference", listener=events.append)
    check_spans(level, 1, events, LOOK_S)
