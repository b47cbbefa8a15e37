"""What every part of a level shares: strict immutable models, finite numbers and durations with their spread."""

import os
from typing import Annotated, Literal, TypeAlias, TypeVar

# pydantic reads it when it is first imported: nothing here is plugged into it, and to look for that takes longer than a level
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, model_validator

from corridor_tui.language import _

Gauge: TypeAlias = Literal[1435, 1520]
Desk: TypeAlias = Literal["dispatch", "terminal", "customs"]
Giver: TypeAlias = Desk | Literal["instructor"]
"""Who gives an order: one of the desks, or the instructor who stands by."""
Lane: TypeAlias = Literal["green", "yellow", "red", "blue"]

GAUGES: tuple[Gauge, ...] = (1435, 1520)
DESKS: tuple[Desk, ...] = ("dispatch", "terminal", "customs")


class Part(BaseModel):
    """A part of a level: unknown keys, wrong types, NaN and infinity are errors; values never change."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False, defer_build=True)


T = TypeVar("T")

Many = Annotated[tuple[T, ...], Field(strict=False)]
"""A list in the file, a tuple in the level."""
Minutes = Annotated[float, Field(ge=0, le=20_160)]
"""A duration in minutes, at most two weeks."""
Share = Annotated[float, Field(ge=0, le=1)]
Count = Annotated[int, Field(ge=0, le=1_000)]
Points = Annotated[float, Field(ge=0, le=10_000)]


class Triangular(Part):
    """A duration in minutes with a least, a likeliest and a longest value."""

    shape: Literal["triangular"] = "triangular"
    min_min: Minutes
    mode_min: Minutes
    max_min: Minutes

    @model_validator(mode="after")
    def _ordered(self) -> "Triangular":
        if not self.min_min <= self.mode_min <= self.max_min:
            raise ValueError(_("a triangular duration needs min_min <= mode_min <= max_min"))
        return self

    @property
    def mean_min(self) -> float:
        """The expected value in minutes."""
        return (self.min_min + self.mode_min + self.max_min) / 3


class LogNormal(Part):
    """A duration in minutes given by its median and its 95th percentile, cut off at a longest value."""

    shape: Literal["lognormal"] = "lognormal"
    median_min: Annotated[float, Field(gt=0, le=20_160)]
    p95_min: Annotated[float, Field(gt=0, le=20_160)]
    max_min: Annotated[float, Field(gt=0, le=20_160)]

    @model_validator(mode="after")
    def _ordered(self) -> "LogNormal":
        if not self.median_min < self.p95_min <= self.max_min:
            raise ValueError(_("a lognormal duration needs median_min < p95_min <= max_min"))
        return self

    @property
    def mean_min(self) -> float:
        """The median, which is what a desk plans with."""
        return self.median_min


class Exponential(Part):
    """A duration in minutes that does not remember how long it has lasted, given by its mean and cut off at a longest value."""

    shape: Literal["exponential"] = "exponential"
    mean_min: Annotated[float, Field(gt=0, le=20_160)]
    max_min: Annotated[float, Field(gt=0, le=20_160)]

    @model_validator(mode="after")
    def _ordered(self) -> "Exponential":
        if self.mean_min > self.max_min:
            raise ValueError(_("an exponential duration needs mean_min <= max_min"))
        return self


def _shape(value: object) -> str:
    if isinstance(value, Exponential) or (isinstance(value, dict) and "mean_min" in value):
        return "exponential"
    if isinstance(value, LogNormal) or (isinstance(value, dict) and ("median_min" in value or "p95_min" in value)):
        return "lognormal"
    return "triangular"


Duration: TypeAlias = Annotated[
    Annotated[Triangular, Tag("triangular")]
    | Annotated[LogNormal, Tag("lognormal")]
    | Annotated[Exponential, Tag("exponential")],
    Discriminator(_shape),
]


def about(low: float, mode: float, high: float) -> Triangular:
    """A triangular duration in minutes."""
    return Triangular(min_min=low, mode_min=mode, max_min=high)
