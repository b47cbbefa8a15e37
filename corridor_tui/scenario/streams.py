"""Chance: one stream per seed, purpose and entity, and our own inverse transforms over `random()`.

Only `random()` is used of the standard generator, since only that is promised to stay the same between versions.
"""

import math
from _random import Random  # the generator itself, without the rest of `random.Random`, which would seed it again
from hashlib import blake2b
from statistics import NormalDist
from typing import Protocol

from corridor_tui.level.base import Duration, Exponential, Triangular

_Z95 = NormalDist().inv_cdf(0.95)
_NORMAL = NormalDist()


class Draws(Protocol):
    """A stream: each call gives the next of its numbers, from 0 to below 1."""

    def random(self) -> float: ...


def stream(seed: int, purpose: str, entity: str) -> Draws:
    """The stream of one purpose for one entity: nothing that happens elsewhere moves it."""
    key = blake2b(f"{seed}/{purpose}/{entity}".encode(), digest_size=8).digest()
    return Random(int.from_bytes(key, "big"))


def triangular(u: float, low: float, mode: float, high: float) -> float:
    """The triangular distribution's value at a share `u` of its mass."""
    if high <= low:
        return low
    width, rise, fall = high - low, mode - low, high - mode
    return low + math.sqrt(u * width * rise) if u < rise / width else high - math.sqrt((1 - u) * width * fall)


def seconds(duration: Duration, u: float, *, factor: float = 1.0) -> int:
    """The value of a duration at a share `u` of its mass, times `factor`, in whole seconds and at least one."""
    if isinstance(duration, Triangular):
        minutes = triangular(u, duration.min_min, duration.mode_min, duration.max_min)
    elif isinstance(duration, Exponential):
        minutes = min(-math.log(1 - u) * duration.mean_min, duration.max_min)
    else:
        sigma = math.log(duration.p95_min / duration.median_min) / _Z95
        z = _NORMAL.inv_cdf(min(max(u, 1e-12), 1 - 1e-12))
        minutes = min(duration.median_min * math.exp(sigma * z), duration.max_min)
    return max(1, round(minutes * 60 * factor))


class Sampler(Protocol):
    """Whole seconds at a share `u` of a duration's mass, times a factor."""

    def __call__(self, u: float, factor: float = 1.0, /) -> int: ...


def sampler(duration: Duration) -> Sampler:
    """`seconds` of one duration whose values are read once, for what is drawn for every container."""
    if not isinstance(duration, Triangular) or duration.max_min <= duration.min_min:
        return lambda u, factor=1.0: seconds(duration, u, factor=factor)
    low, mode, high, sqrt = duration.min_min, duration.mode_min, duration.max_min, math.sqrt
    width, rise, fall = high - low, mode - low, high - mode
    split = rise / width

    def drawn(u: float, factor: float = 1.0, /) -> int:
        minutes = low + sqrt(u * width * rise) if u < split else high - sqrt((1 - u) * width * fall)
        return round(minutes * 60 * factor) or 1

    return drawn


def expected_s(duration: Duration, *, factor: float = 1.0) -> int:
    """What a desk plans with for a duration, in whole seconds."""
    return max(1, round(duration.mean_min * 60 * factor))


def below(u: float, n: int) -> int:
    """An index from 0 to n - 1 at a share `u`."""
    index = int(u * n)
    return index if index < n else n - 1
