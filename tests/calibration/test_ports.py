"""Weeks of trains by chance over the plant of a year, against the published figures: three replications, thirty under `full`."""

import math
import statistics
from collections.abc import Sequence
from functools import cache

import pytest
from ports import (
    DAY_S,
    HOUR_S,
    LIFE,
    SECOND_FACILITY,
    TEN_TRACKS,
    WARM_D,
    Tally,
    eastbound,
    empties,
    line,
    port,
    replicate,
    service,
    staffed,
)
from targets import note

REPLICATIONS = [pytest.param(3, id="3"), pytest.param(30, id="30", marks=pytest.mark.full)]
every = pytest.mark.parametrize("count", REPLICATIONS)
LINE_PAIRS, WORKS_PAIRS = 18.0, 33.0
"""Pairs of trains a day over the line as built (17-18), and after the works of 2026."""
WHOLE = 30
"""Replications from which on a mean has to be within the tolerance itself; a sample's 95 % interval has to reach into it."""
_STUDENT = {3: 4.30, WHOLE: 2.05}
"""Student's t of a 95 % interval, by the replications."""


def half_width(values: Sequence[float]) -> float:
    """Half of the 95 % interval of a mean of replications."""
    return _STUDENT[len(values)] * statistics.stdev(values) / math.sqrt(len(values))


def of(values: Sequence[float], digits: int = 1) -> str:
    """A mean with the half-width of its 95 % interval."""
    return f"{statistics.mean(values):,.{digits}f} +/- {half_width(values):,.{digits}f}"


def between(values: Sequence[float], low: float, high: float) -> bool:
    """Whether a mean lies between two bounds; of a sample, whether it may."""
    slack = 0.0 if len(values) >= WHOLE else half_width(values)
    return low - slack <= statistics.mean(values) <= high + slack


def near(values: Sequence[float], target: float, share: float) -> bool:
    return between(values, target * (1 - share), target * (1 + share))


# throughput

EARLY = {"wagons": {"least": 46, "most": 49}}
"""95 TEU a train in 2017 (monthly traffic)."""


def early(seed: int) -> tuple[float, float]:
    """TEU a year and movements a day, in and out, of 2016-17."""
    services = [service("CN", "container", 2.3, papers="paper", **EARLY), eastbound(0.5), empties(2.5)]
    tally = Tally(port(22, services, **line(LINE_PAIRS)), seed).run()
    return tally.teu_a_year(), tally.trains_a_day(tally.accepted, "CN") + tally.trains_a_day(tally.departed, "EM")


@every
def test_early_throughput(count: int) -> None:
    teu, moves = zip(*replicate(early, count), strict=True)
    within = near(teu, 80_000, 0.1) and near(moves, 4.6, 0.1)
    note(
        "Throughput, early level", f"{of(teu, 0)} TEU a year, {of(moves)} trains in and out a day", count, within=within
    )


def of_2021(seed: int) -> tuple[float, float]:
    """Trains and containers a day of 2021: 45-50 wagons with forty-foot boxes."""
    mix = {"wagons": {"least": 45, "most": 48}, "twenties_share": 0.0}
    services = [service("CN", "container", 11.0, **mix), eastbound(BACK), empties(12.0)]
    tally = Tally(port(14, services, disruptions=LIFE, **line(LINE_PAIRS)), seed).run()
    return tally.trains_a_day(tally.departed, "CN"), tally.boxes_a_day()


@every
def test_throughput_of_2021(count: int) -> None:
    trains, boxes = zip(*replicate(of_2021, count), strict=True)
    within = between(trains, 10 * 0.9, 12 * 1.1) and near(boxes, 500, 0.1)
    note("Throughput (2021)", f"{of(trains)} trains, {of(boxes, 0)} containers a day", count, within=within)


def of_2025(seed: int) -> tuple[float, float]:
    """TEU a year and trains a day of 2025, with the second facility and the ten tracks."""
    services = [service("CN", "container", 9.8, wagons={"least": 50, "most": 54}), eastbound(3.5), empties(12.0)]
    plant = SECOND_FACILITY | TEN_TRACKS
    tally = Tally(port(14, services, disruptions=LIFE, **line(LINE_PAIRS), **plant), seed).run()
    return tally.teu_a_year(), tally.trains_a_day(tally.departed, "CN")


@every
def test_throughput_of_2025(count: int) -> None:
    teu, trains = zip(*replicate(of_2025, count), strict=True)
    within = near(teu, 372_000, 0.05) and near(trains, 9.8, 0.05)
    note("Throughput (2025)", f"{of(teu, 0)} TEU a year, {of(trains, 2)} trains a day", count, within=within)


CROWD = {"shift__most_waiting": 10}
"""More trains than can be taken: where ten wait at a neighbour the next go over another border."""


BACK = 387 / 365
"""Loaded trains to China a day: 387 of 2018."""


def ceiling(seed: int, pairs: float, **plant: object) -> float:
    """TEU a year at the most: more trains than can be taken, and a rake for every path that trains to China leave."""
    services = [service("CN", "container", 32.0), eastbound(BACK), empties(pairs - BACK)]
    return Tally(port(10, services, disruptions=LIFE, **CROWD | plant), seed).run().teu_a_year()


def as_built(seed: int) -> float:
    """Over the line as built."""
    return ceiling(seed, LINE_PAIRS, **line(LINE_PAIRS))


def only_the_tracks(seed: int) -> float:
    """The second facility and the ten tracks on the line as built."""
    return ceiling(seed, LINE_PAIRS, **line(LINE_PAIRS) | SECOND_FACILITY | TEN_TRACKS | staffed(2))


def after_the_works(seed: int) -> float:
    """The same over the line with as many pairs as the works of 2026 give it."""
    return ceiling(seed, WORKS_PAIRS, **line(WORKS_PAIRS, 2) | SECOND_FACILITY | TEN_TRACKS | staffed(2))


@every
def test_yearly_ceiling(count: int) -> None:
    before, after, tracks = (replicate(each, count) for each in (as_built, after_the_works, only_the_tracks))
    within = near(before, 540_000, 0.1) and near(after, 800_000, 0.1)
    said = (
        f"{of(before, 0)}, then {of(after, 0)} TEU; the ten tracks alone {of(tracks, 0)}: it is the line that sets it"
    )
    note("Yearly ceiling", said, count, within=within)


# the time of a container


def before_2025(seed: int) -> float:
    """Mean hours of a container in the port, where wagons come by chance and hardly as often as trains."""
    services = [service("CN", "container", 9.8), eastbound(3.5), empties(10.0)]
    tally = Tally(port(14, services, disruptions=LIFE, **line(LINE_PAIRS), **SECOND_FACILITY, **CROWD), seed).run()
    return statistics.mean(tally.handled_h)


def after_2025(seed: int) -> float:
    """The same where the new tracks let rakes stand ready, and enough of them come."""
    services = [service("CN", "container", 9.8), eastbound(3.5), empties(16.0)]
    plant = SECOND_FACILITY | TEN_TRACKS | staffed(2)
    tally = Tally(port(14, services, disruptions=LIFE, **line(LINE_PAIRS), **plant), seed).run()
    return statistics.mean(tally.handled_h)


@every
def test_handling_time(count: int) -> None:
    before, after = replicate(before_2025, count), replicate(after_2025, count)
    within = near(before, 5, 0.2) and near(after, 1, 0.2)
    note(
        "Handling time per container inside the dry port",
        f"{of(before)} h, then {of(after, 2)} h",
        count,
        within=within,
    )


# border crossings


LATE = {"min_min": 0.0, "mode_min": 60.0, "max_min": 240.0}
"""How much later than planned a train by timetable comes; assumed."""


def from_horgos(seed: int, a_day: float) -> list[int]:
    """Trains over the border on each day, both ways: a third over the cranes, the others on 1520 mm; half of all by timetable."""
    shares = {"CN": 0.37, "WE": 0.44, "KZ": 0.19}
    broad = {
        "wagon": "grain-flat",
        "twenties_share": 0.0,
        "consignments": {"least": 2, "most": 3},
        "wagons": {"least": 20, "most": 24},
    }
    services: list[dict[str, object]] = []
    for name, share in shares.items():
        more: dict[str, object] = (
            {} if name == "CN" else broad | ({"entry": "zhetygen", "exit": "horgos"} if name == "KZ" else {})
        )
        kind, each = "container" if name == "CN" else "through", share * a_day / 2
        services += [
            service(name, kind, each, **more),
            service(f"{name}T", kind, each, **more) | {"per_day": None, "every_h": 24 / each, "late": LATE},
        ]  # fmt: skip
    services.append(empties(shares["CN"] * a_day + 2))
    plant = SECOND_FACILITY | TEN_TRACKS | staffed(3)
    tally = Tally(port(14, services, **line(WORKS_PAIRS, 2), **plant), seed).run()
    entered = tally.by_day(tally.accepted, "CN", "CNT", "WE", "WET")
    left = tally.by_day(tally.departed, "KZ", "KZT")
    return [there + back for there, back in zip(entered, left, strict=True)]


def of_2022(seed: int) -> list[int]:
    """Of 2022: more than 7,000 a year."""
    return from_horgos(seed, 19.0)


def of_2024(seed: int) -> list[int]:
    """Of 2024: 8,730 a year are 24, the publisher says 22 a day."""
    return from_horgos(seed, 22.0)


def late_2025(seed: int) -> list[int]:
    """Of 2025."""
    return from_horgos(seed, 27.0)


@every
def test_trains_seen_from_horgos(count: int) -> None:
    """The peak of a year is what one day of 365 goes beyond."""
    said, within = [], True
    for measure, mean, peak in ((of_2022, 19, 27), (of_2024, 22, None), (late_2025, 27, 36)):
        days = sorted(day for days in replicate(measure, count) for day in days)
        top = days[-max(1, len(days) // 365) - 1]
        said.append(f"{statistics.mean(days):.1f} (peak {top})")
        within &= abs(statistics.mean(days) - mean) <= 2 and (peak is None or abs(top - peak) <= 4)
    note("Crossing traffic both directions seen from Horgos", f"{' / '.join(said)} a day", count, within=within)


def ordinary(seed: int, express: float, wagons: float) -> tuple[float, list[float]]:
    """Trains of ordinary shipments beside the express ones that go first, and wagons for few more: 2022.

    Mean hours at Horgos until it is taken over, and hours from arrival to departure of each of their containers.
    """
    services = [
        service("CN", "container", express, stay_h=8.0, papers="lodged"),
        service("OR", "container", 0.7, stay_h=150.0, papers="paper"), eastbound(BACK), empties(wagons),
    ]  # fmt: skip
    tally = Tally(port(24, services, shift__most_waiting=12, **SECOND_FACILITY), seed).run()
    waits = [(at_s - tally.offered[name]) / HOUR_S for name, at_s in tally.accepted.items() if name.startswith("OR")]
    hours = [
        (at_s - tally.arrived[train]) / HOUR_S for train, _, _, at_s in tally.out
        if train.startswith("OR") and at_s >= WARM_D * DAY_S
    ]  # fmt: skip
    return statistics.mean(waits), hours


def congested(seed: int) -> tuple[float, list[float]]:
    """Of 2022."""
    return ordinary(seed, 10.0, 10.2)


def eased(seed: int) -> tuple[float, list[float]]:
    """Of 2023."""
    return ordinary(seed, 9.5, 10.8)


@cache
def crossings_of_2022(count: int) -> list[tuple[float, list[float]]]:
    return replicate(congested, count)


AT_HORGOS_H = (12.0, 7.0)
"""Processing of a train at Horgos, before and after (2024): 12, then 6-8 h."""


@every
def test_outbound_from_china(count: int) -> None:
    then, now = crossings_of_2022(count), replicate(eased, count)
    before, after = ([own + wait for wait, _ in found] for own, found in zip(AT_HORGOS_H, (then, now), strict=True))
    within = near(before, 34.8, 0.2) and near(after, 14, 0.2)
    note(
        "Border crossing, ordinary shipment, China side outbound",
        f"{of(before)} h, then {of(after)} h",
        count,
        within=within,
    )


@every
def test_inbound_to_kazakhstan(count: int) -> None:
    means = [statistics.mean(hours) for _, hours in crossings_of_2022(count)]
    assert between(means, 40, 78 * 1.2)
    within = near(means, 78, 0.2)
    note(
        "Border crossing, ordinary shipment, Kazakhstan inbound", f"{of(means)} h", count, within=within, explained=True
    )


WORKED_H = 4.5
"""Station to station with everything ready: the middle of the published 4-5 h, which `test_station_to_station` reproduces."""


@every
def test_share_of_waiting(count: int) -> None:
    shares = [100 * (1 - WORKED_H / statistics.mean(hours)) for _, hours in crossings_of_2022(count)]
    within = between(shares, 80, 100)
    note("Share of crossing time spent waiting rather than worked", f"{of(shares)} %", count, within=within)


def outbound(seed: int) -> float:
    """Mean hours from arrival to departure of the trains to China, declared on paper."""
    services = [service("CN", "container", 8.0), eastbound(3.5, papers="paper"), empties(9.0)]
    tally = Tally(port(22, services, **line(LINE_PAIRS)), seed).run()
    return statistics.mean(
        (at_s - tally.arrived[name]) / HOUR_S for name, at_s in tally.departed.items() if name.startswith("KZ")
    )


@every
def test_outbound_from_kazakhstan(count: int) -> None:
    hours = replicate(outbound, count)
    within = between(hours, 7 - 3, 11 + 3)
    note("Border crossing, ordinary shipment, Kazakhstan outbound", f"{of(hours)} h", count, within=within)


# weather

STORMS = {"kind": "wind", "id": "storm", "speed_ms": 24.0}


def exchange(seed: int, a_day: float, storms_h: float | None, *, frost: bool = False) -> float:
    """Trains taken over, a day, over four days: on calm ones, or with storms that begin every so many hours."""
    weather = [] if storms_h is None else [STORMS | {"every_h": storms_h}]
    cold = [
        {
            "kind": "frost",
            "id": "frost",
            "at": "00:01",
            "lasts": dict.fromkeys(("min_min", "mode_min", "max_min"), 8_640.0),
        }
    ]
    services = [service("CN", "container", a_day), eastbound(BACK), empties(a_day + 4)]
    plant = SECOND_FACILITY | TEN_TRACKS | staffed(2) | line(WORKS_PAIRS, 2)
    tally = Tally(port(6, services, disruptions=weather + (cold if frost else []), **plant, **CROWD), seed).run()
    return tally.trains_a_day(tally.departed, "EM")


def calm_20(seed: int) -> float:
    """Twenty trains a day come, and nothing is in their way."""
    return exchange(seed, 20.0, None)


def stormy_20(seed: int) -> float:
    """The same in a week of storms."""
    return exchange(seed, 20.0, 5.0)


def calm_15(seed: int) -> float:
    """Fifteen trains a day come, and nothing is in their way."""
    return exchange(seed, 15.0, None)


def frozen_15(seed: int) -> float:
    """The same in frost and storm."""
    return exchange(seed, 15.0, 2.5, frost=True)


@every
def test_wind(count: int) -> None:
    calm, storm = replicate(calm_20, count), replicate(stormy_20, count)
    within = between(calm, 18, 22) and between(storm, 9 - 2, 9 + 2)
    note("Wind over 20 m/s", f"from {of(calm)} to {of(storm)} trains a day", count, within=within)


@every
def test_frost(count: int) -> None:
    calm, frost = replicate(calm_15, count), replicate(frozen_15, count)
    within = between(calm, 14, 16) and between(frost, 3 - 1, 3 + 1)
    note("Severe frost", f"from {of(calm)} to {of(frost)} trains a day", count, within=within)
