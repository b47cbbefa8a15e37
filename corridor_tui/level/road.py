"""What does not go on by rail: the customs regimes of a train's consignments, and the lorries to the economic zone."""

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from corridor_tui.level.base import Count, Duration, LogNormal, Minutes, Part, Share, about

Regime: TypeAlias = Literal["transit", "import", "bonded", "export"]
"""The customs procedure that goods are declared for. The codes on the declaration are those of the EAEU's classifier: 80
customs transit, 40 release for domestic consumption, 70 customs warehouse, 10 export."""
Inbound: TypeAlias = Literal["transit", "import", "bonded"]
"""The procedures of what trains bring."""
LOCAL: tuple[Regime, ...] = ("import", "bonded")
"""What leaves by road."""


class Under(Part):
    """A regime of a train's consignments beside transit, and the share of them that come under it."""

    regime: Literal["import", "bonded"]
    """The customs procedure."""
    share: Share
    """The part of the consignments."""


class LaneShares(Part):
    """How the risk engine sorts transit: green 88, yellow 9, blue 2, red 1 per cent (assumed from 2025 imports)."""

    green: Share = 0.88
    """Release."""
    yellow: Share = 0.09
    """Documents."""
    blue: Share = 0.02
    """Release, audit later."""
    red: Share = 0.01
    """Physical control."""


class Imports(Part):
    """How the risk engine sorts imports, and how long their documents are checked.

    Lanes at one Kazakh post in 2025: green 78.5, yellow 20.1, red 1.0 per cent of 6,091 declarations; blue taken from green.
    """

    lanes: LaneShares = LaneShares(green=0.78, yellow=0.2, blue=0.01, red=0.01)
    """The shares of the risk engine."""
    check: Duration = Field(default=LogNormal(median_min=25, p95_min=240, max_min=600))
    """Of a yellow one: 95 per cent within 4 h (rule of 2025); the median is assumed."""


class Road(Part):
    """The way from the stack into the special economic zone beside the dry port, and its bonded warehouse."""

    trucks: Count = 8
    """Lorries, one container each. 8-9 keep a yard crane at work (Hofstra University, published)."""
    load: Duration = about(3, 4, 6)
    """To take a container from the stack, and as long again for each that stands on it: 15 an hour (assumed).

    Where machines work in the stack their moves take its place.
    """
    drive: Duration = about(30, 40, 60)
    """To the zone, off the lorry, and back. Assumed: a zone of 4,591 ha (2017) beside the port."""
    warehouse_teu: Annotated[int, Field(ge=0, le=100_000)] = 330
    """What the bonded warehouse takes. Derived: two warehouses of together 10,000 m2 (Astana Times 2021), half of it aisles,
    15 m2 a TEU."""
    stored_teu: Annotated[int, Field(ge=0, le=100_000)] = 0
    """What is in it when the shift starts, to stay longer than that. Assumed."""
    stay: Duration | None = None
    """How long a container's goods stay there. None (the default, assumed): longer than the shift."""
    cut_off_min: Minutes = 60.0
    """How long before a rake is due out its list is closed to what came by road. Assumed: its weighing and its waybill."""
    free_h: Annotated[float, Field(ge=0, le=720)] = 16.0
    """How long a container for the zone may stand in the stack before storage is charged: imports pass Horgos by rail in
    less than 16 h since the reform of May 2025; that it is the free time is assumed."""
