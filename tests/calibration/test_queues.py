"""One desk alone, with chance arrivals, waits as queueing theory says: M/M/1, M/M/c, M/D/1 and M/G/1 in closed form."""

from math import factorial, sqrt
from statistics import mean, stdev

import pytest
from conftest import shipped
from helpers import variant

from corridor_tui.level.model import Level
from corridor_tui.session.shift import Shift

PER_DAY = 96.0
BATCHES = 20


def desk(officers: int, check: dict[str, float], days: int) -> Level:
    """A customs desk with nothing to do but to check the papers of one consignment a train."""
    service = {
        "id": "Q", "kind": "through", "entry": "zhetygen", "exit": "horgos", "per_day": PER_DAY, "stay_h": 24.0,
        "wagon": "flat80", "wagons": {"least": 1, "most": 1}, "papers": "electronic", "consignments": {"least": 1, "most": 1},
    }  # fmt: skip
    return variant(
        shipped("first-train"), trains=(), rakes=(), disruptions=(), hints=(), objectives=(), services=(service,),
        shift__length_min=days * 1_440, shift__overtime_min=0.0, customs__officers=officers,
        customs__lanes={"green": 0.0, "yellow": 1.0, "blue": 0.0, "red": 0.0}, customs__work__check=check,
        customs__cases__errors=None, customs__cases__lookalikes=None, locomotives=(),
    )  # fmt: skip


def waits_min(level: Level, seed: int) -> list[float]:
    """How long each consignment waited for an officer, where its check is ordered in the second after it was lodged."""
    shift = Shift(level, seed)
    read, ordered = 0, dict[str, int]()
    while not shift.over:
        shift.run_on(shift.now_s + 86_400)
        events = shift.events
        for event in events[read:]:
            name = str(event.args[0]) if event.args else ""
            if event.code == "lodged" and not shift.over:
                assert shift.order(f"check {name}").accepted
                ordered[name] = shift.now_s
        read = len(events)
    waits = [
        (event.t - ordered[str(event.args[0])]) / 60
        for event in shift.events
        if event.code == "started" and event.args[1] == "check"
    ]
    return waits[len(waits) // 20 :]


def agree(level: Level, expected: float) -> None:
    """The closed form lies in the interval that the means of batches give, three standard errors wide on either side."""
    waits = waits_min(level, 1)
    size = len(waits) // BATCHES
    means = [mean(waits[n * size : (n + 1) * size]) for n in range(BATCHES)]
    error = stdev(means) / sqrt(BATCHES)
    assert mean(means) == pytest.approx(expected, abs=3 * error)
    assert error < 0.25 * expected


def erlang_c(servers: int, offered: float) -> float:
    """The chance that a customer has to wait in M/M/c."""
    last = offered**servers / factorial(servers) * servers / (servers - offered)
    return last / (sum(offered**k / factorial(k) for k in range(servers)) + last)


DAYS = [pytest.param(60, id="60 days"), pytest.param(300, id="300 days", marks=pytest.mark.full)]


@pytest.mark.parametrize("days", DAYS)
@pytest.mark.parametrize(("officers", "mean_min"), [(1, 9.0), (2, 21.0), (3, 33.0)])
def test_a_desk_with_checks_without_memory_is_m_m_c(officers: int, mean_min: float, days: int) -> None:
    per_min = PER_DAY / 1_440
    offered = per_min * mean_min
    expected = erlang_c(officers, offered) * mean_min / (officers - offered)
    agree(desk(officers, {"mean_min": mean_min, "max_min": 2_000.0}, days), expected)


@pytest.mark.parametrize("days", DAYS)
def test_a_desk_with_checks_of_one_length_is_m_d_1(days: int) -> None:
    takes, per_min = 10.0, PER_DAY / 1_440
    load = per_min * takes
    check = {"min_min": takes, "mode_min": takes, "max_min": takes}
    agree(desk(1, check, days), load * takes / (2 * (1 - load)))


@pytest.mark.parametrize("days", DAYS)
def test_a_desk_with_triangular_checks_is_m_g_1(days: int) -> None:
    low, mode, high = 3.0, 6.0, 24.0
    mean_min, per_min = (low + mode + high) / 3, PER_DAY / 1_440
    variance = (low**2 + mode**2 + high**2 - low * mode - low * high - mode * high) / 18
    second = variance + mean_min**2
    expected = per_min * second / (2 * (1 - per_min * mean_min))
    agree(desk(1, {"min_min": low, "mode_min": mode, "max_min": high}, days), expected)
