"""What must hold whatever anybody orders: nothing collides, nothing is lost, every refusal says why."""

import re
from random import Random

import pytest
from conftest import CAMPAIGN, shipped
from helpers import at_random, check_no_container_is_lost, check_nothing_collides, check_tracks

from corridor_tui.corridor.events import Event
from corridor_tui.session.shift import Shift
from corridor_tui.session.wording import event_text

RUNS = 5_000


def check_knots(events: list[Event]) -> None:
    """Every knot is told within a minute of the moment at which the last of its trains came to stand."""
    stood: dict[str, int] = {}
    for event in events:
        if event.code == "signal":
            stood[str(event.args[0])] = event.t
        elif event.code == "deadlock":
            assert any(event.t - stood[unit] <= 60 for unit in str(event.args[0]).split()) or _ordered_lately(
                events, event
            )


def _ordered_lately(events: list[Event], told: Event) -> bool:
    """Whether an order about the line was given in the minute before: it can tie a knot of trains that stand already."""
    verbs = ("meet", "back", "drop-meet")
    return any(
        told.t - 60 <= event.t <= told.t and event.code == "ordered" and str(event.args[1]).split()[0] in verbs
        for event in events
    )


def play_at_random(name: str, seed: int) -> Shift:
    shift = Shift(shipped(name), seed)
    for _ in at_random(shift, Random(seed)):
        pass
    shift.close()
    check_nothing_collides(shift.events)
    check_tracks(shift.events)
    check_knots(shift.events)
    check_no_container_is_lost(shift.view)
    for event in shift.events:
        assert re.search(r"\$[TD]?[0-9]", event_text(event, shift.level)) is None
    return shift


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("name", CAMPAIGN)
def test_random_orders_break_nothing(name: str, seed: int) -> None:
    play_at_random(name, seed)


@pytest.mark.full
@pytest.mark.parametrize("seed", range(4, 4 + RUNS // len(CAMPAIGN)))
@pytest.mark.parametrize("name", CAMPAIGN)
def test_five_thousand_random_order_sequences_break_nothing(name: str, seed: int) -> None:
    play_at_random(name, seed)


def test_work_that_random_orders_leave_is_finished_by_the_reference() -> None:
    finished = [play_at_random("first-train", seed)._corridor.all_done() for seed in range(8)]
    assert sum(finished) >= 6, finished
