"""Grain in a level: the terminal that takes it from broad gauge to standard gauge, and plant health."""

from typing import Annotated

from pydantic import Field

from corridor_tui.level.base import Count, Duration, Part, Share, about
from corridor_tui.level.text import Ident

Tonnes = Annotated[float, Field(ge=0, le=2_000_000)]


class GrainTerminal(Part):
    """The grain terminal: a front that unloads 1520 mm wagons into a silo, and a spout that fills 1435 mm ones from it.

    Its tracks are those of its station whose `use` is `grain`. It works one batch and fills one wagon at a time.
    """

    station: Ident
    """The station in which it lies."""
    front_wagons: Annotated[int, Field(ge=1, le=60)] = 7
    """How many wagons the front unloads at a time: 7 (RailTarget 2024)."""
    batch: Duration = about(90, 110, 140)
    """Unloading one full front. Derived: two trains a day of 6,000 t in all are 1.9 h for 7 wagons of 68 t; spread assumed."""
    fill: Duration = about(5, 6, 8)
    """Filling 26 t, a forty-foot box with its liner. Assumed: the same 250 t an hour as the front."""
    storage_t: Tonnes = 50_000.0
    """What the silo holds (RailTarget 2024)."""
    stock_t: Tonnes = 0.0
    """What already lies in it and stays there. Assumed."""


class PlantHealth(Part):
    """Plant health: which consignments the laboratory wants a sample of before they may be released, and how long it takes.

    Only goods that need a plant-health certificate and go east are concerned.
    """

    share: Share = 1.0
    """The share of them that is picked. Assumed."""
    sampling: Duration = about(10, 12, 15)
    """Taking a sample at the wagons: 10-15 min, plant and food checks in normal times (CPMM 2020)."""
    test: Duration = about(6_480, 7_200, 7_920)
    """The laboratory's test: 5 days (Kazinform, October 2025); spread assumed."""
    holiday: bool = False
    """Whether it is the holiday period."""
    holiday_times: Annotated[float, Field(ge=1, le=10)] = 2.0
    """How many times longer a test takes in the holiday period: 10 days instead of 5 (Kazinform, October 2025)."""
    samplers: Count = 1
    """Inspectors who take samples. Assumed."""
    benches: Count = 2
    """Samples the laboratory tests at a time. Assumed."""

    @property
    def times(self) -> float:
        """How many times longer a test takes in this shift."""
        return self.holiday_times if self.holiday else 1.0
