"""Drawn trains at the desk: announced, advised, offered, and followed to their destinations."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from conftest import shipped
from helpers import variant

from corridor_tui.corridor.chain import deadline_s
from corridor_tui.corridor.fold import apply
from corridor_tui.corridor.onward import bookings
from corridor_tui.corridor.view import View
from corridor_tui.level.model import Level
from corridor_tui.scenario.draw import Scenario, resolve
from corridor_tui.scenario.values import TrainPlan
from corridor_tui.session.outcome import Outcome
from corridor_tui.session.shift import Shift, play, unattended

SEA = shipped("across-the-sea")


def test_the_desk_knows_a_drawn_train_from_its_announcement_and_its_real_time_two_hours_ahead() -> None:
    level = variant(SEA, services__0__forecast_h=1.0, services__0__timetable=["12:00"], services__0__origin=None)
    shift = Shift(level, 1)
    shift.advance(3 * 3_600)
    assert "XB1" not in shift.view.units
    shift.advance(5 * 3_600)
    unit = shift.view.units["XB1"]
    assert (unit.planned_s, unit.advised_s, unit.offered_s) == (5 * 3_600, 5 * 3_600, None)
    assert [event.t for event in shift.events if event.code == "announced" and event.args[0] == "XB1"] == [4 * 3_600]


def test_the_advice_is_what_happens() -> None:
    events = unattended(resolve(SEA, 3), "novice").events
    advised = {event.args[0]: event.args[1] for event in events if event.code == "advised"}
    offered = {event.args[0]: event.t for event in events if event.code == "offered"}
    assert advised
    assert all(offered[name] == at for name, at in advised.items() if name in offered)


def test_a_train_that_would_be_offered_after_the_shift_is_the_next_shifts() -> None:
    level = variant(SEA, services__1__timetable=["20:59"], services__1__origin=None, services__1__late={
        "min_min": 30.0, "mode_min": 30.0, "max_min": 30.0})  # fmt: skip
    outcome = play(level, 1, "reference")
    assert not [event for event in outcome.events if event.code == "offered" and event.args[0] == "XK1"]
    assert not any(reason.args[0] == "XK1" for reason in outcome.score.reasons)


def test_the_view_of_drawn_traffic_is_a_fold_of_the_events() -> None:
    shift = unattended(resolve(SEA, 6), "novice")
    folded = View(shift.level, shift.scenario)
    for event in shift.events:
        apply(folded, event)
    assert folded.units == shift.view.units
    assert folded.goals == shift.view.goals
    assert folded.dossiers == shift.view.dossiers


def test_the_deadline_of_a_load_is_its_cut_off_while_that_can_be_met() -> None:
    level = variant(SEA, services__0__stay_h=9.0, services__0__to=[{"destination": "alat"}])
    shift = unattended(resolve(level, 1), "novice")
    unit = shift.view.units["XB1"]
    assert unit.leave_by_s is not None
    assert unit.due_s is not None
    assert deadline_s(unit, 0) == min(unit.leave_by_s, unit.due_s)
    assert deadline_s(unit, unit.leave_by_s) == unit.due_s


def test_the_desk_is_told_the_sailing_that_is_booked() -> None:
    level = variant(SEA, services__0__papers="electronic")
    shift = Shift(level, 1)
    offered = next(plan.offered_s for plan in resolve(level, 1).arrivals() if plan.spec.number == "XB1")
    shift.advance(offered + 60)
    told = bookings(shift.view, shift.view.units["XB1"])["alat"]
    assert told.connection == "aktau"
    assert told.cutoff_s is not None
    assert told.sails_s == told.cutoff_s + 9 * 3_600


def fates(outcome: Outcome) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for event in outcome.events:
        if event.code in ("connected", "sailing_missed", "sailing_closed", "delivered", "stranded"):
            found.setdefault(str(event.args[0]), []).append(event.code)
    return found


def test_every_consignment_with_a_destination_is_delivered_or_stranded_once() -> None:
    outcome = play(SEA, 2, "reference")
    for name, codes in fates(outcome).items():
        assert codes[-1] in ("delivered", "stranded"), name
        assert sum(code in ("delivered", "stranded") for code in codes) == 1
        assert len(codes) <= 2


def test_in_a_longer_shift_deliveries_happen_when_they_happen() -> None:
    level = variant(SEA, shift__length_min=6 * 1_440, services=[SEA.services[0].model_dump() | {"until_h": 60.0}])
    outcome = play(level, 5, "reference")
    closed = next(event.t for event in outcome.events if event.code == "closed")
    told = [(event.t, int(event.args[2] or 0)) for event in outcome.events if event.code == "delivered"]
    within = [one for one in told if one[0] < closed]
    beyond = [one for one in told if one[0] >= closed]
    assert within
    assert all(told_s == at_s for told_s, at_s in within)
    assert beyond
    assert all(at_s >= closed for _, at_s in beyond)


def test_paths_come_again_on_the_next_day() -> None:
    level = variant(SEA, shift__length_min=3 * 1_440)
    outcome = unattended(resolve(level, 1), "reference")
    days = {int(event.args[1] or 0) // 86_400 for event in outcome.events if event.code == "path"}
    assert days == {0, 1, 2}


def test_no_dispatcher_sees_beyond_the_border_before_it_happens() -> None:
    """Other weather, other journeys onward: the same orders."""
    stormy = variant(SEA, connections__0__closed_share=0.9, connections__1__closed_share=0.9)
    for dispatcher in ("novice", "reference"):
        calm_orders, storm_orders = (unattended(resolve(level, 3), dispatcher).orders for level in (SEA, stormy))
        assert calm_orders == storm_orders


class Delayed(Scenario):
    """A scenario in which every drawn train that has not been advised by a second comes half an hour later."""

    def __init__(self, level: Level, seed: int, advised: set[str]) -> None:
        super().__init__(level, seed)
        self._advised = advised

    def arrivals(self) -> Iterator[TrainPlan]:
        for plan in super().arrivals():
            if plan.spec.number in self._advised:
                yield plan
            else:
                self.plans[plan.spec.number] = late = replace(plan, offered_s=plan.offered_s + 1_800)
                yield late


@pytest.mark.parametrize("dispatcher", ["novice", "reference"])
def test_no_dispatcher_knows_when_a_train_will_come_before_it_is_advised(dispatcher: str) -> None:
    second = 6 * 3_600
    known = unattended(resolve(SEA, 2), dispatcher)
    advised = {str(event.args[0]) for event in known.events if event.code == "advised" and event.t < second}
    other = unattended(Delayed(SEA, 2, advised), dispatcher)
    assert [order for order in known.orders if order[0] < second] == [
        order for order in other.orders if order[0] < second
    ]
    assert known.events != other.events
