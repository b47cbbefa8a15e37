"""Grain in bulk: the wagons it comes in, what lies in each, and how the silo, its spout and the laboratory take their time."""

from dataclasses import replace
from typing import NamedTuple

from corridor_tui.level.model import Level
from corridor_tui.scenario.goods import PACKING_SHARE, Goods
from corridor_tui.scenario.streams import Draws, seconds, stream

FILL_T = 26.0
"""The mass that the time `fill` of the grain terminal is for: a forty-foot box's."""
_LEAST = 0.94
"""The lightest wagon carries so much of what it may; assumed."""
_WEIGHTS = (2, 1, 2, 1, 2, 1, 2)


def wagon_number(index: int, serial: int) -> str:
    """An eight-digit wagon number of 1520 mm with its check digit; the first digit says that it is a covered wagon."""
    digits = f"2{index % 100:02d}{serial % 10_000:04d}"
    sums = (int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True))
    return f"{digits}{-sum(value // 10 + value % 10 for value in sums) % 10}"


def load_kg(grain_t: float, u: float) -> int:
    """What lies in a wagon that takes so many tonnes."""
    return round(grain_t * 1_000 * (_LEAST + (1 - _LEAST) * u))


def in_bulk(kind: Goods, heaviest_kg: int) -> Goods:
    """Goods as they travel in bulk: a wagon is the package."""
    low, high = round(heaviest_kg * _LEAST), round(heaviest_kg * (1 + PACKING_SHARE)) + 1
    return replace(kind, package="wagonloads", packages=(2, 2), feu_kg=(2 * low, 2 * high), twenty_kg=(low, high))


def batch_s(level: Level, seed: int, train: str, batch: int, wagons: int) -> int:
    """The seconds it takes to unload a train's batch of so many wagons, counted from 0."""
    assert level.grain is not None
    u = stream(seed, f"batch/{batch}", train).random()
    return seconds(level.grain.batch, u, factor=wagons / level.grain.front_wagons)


def fill_s(level: Level, seed: int, train: str, wagon: int, mass_kg: int) -> int:
    """The seconds it takes to fill a wagon with so much of a train's grain, counted from 0."""
    assert level.grain is not None
    u = stream(seed, f"fill/{wagon}", train).random()
    return seconds(level.grain.fill, u, factor=mass_kg / 1_000 / FILL_T)


class Sample(NamedTuple):
    """The seconds it takes to take a consignment's sample and to test it."""

    sampling_s: int
    test_s: int


def sample(level: Level, seed: int, consignment: str, kind: Goods) -> Sample | None:
    """What plant health wants of a consignment of such goods; None: nothing."""
    health = level.plant_health
    if health is None or not kind.eastward or kind.certificate != "phytosanitary":
        return None
    draws: Draws = stream(seed, "plant-health", consignment)
    picked, sampling, test = draws.random(), draws.random(), draws.random()
    if picked >= health.share:
        return None
    return Sample(seconds(health.sampling, sampling), seconds(health.test, test, factor=health.times))
