"""A budget that buys plant while the shift runs: what is for sale, what it costs, and when it stands."""

from typing import Annotated

from pydantic import Field

from corridor_tui.level.base import Gauge, Many, Part
from corridor_tui.level.text import Ident
from corridor_tui.level.told import ToldLine

Money = Annotated[int, Field(ge=0, le=1_000_000_000)]
More = Annotated[int, Field(ge=0, le=500)]


class MoreStaff(Part):
    """How many more of each there are, none by default; the names are those of `[staff]`. The level sets them (assumed)."""

    shunters: More = 0
    yard: More = 0
    border: More = 0
    commercial: More = 0
    technical: More = 0
    brake: More = 0
    weighing: More = 0
    clerks: More = 0
    fitters: More = 0


class MoreLocomotives(Part):
    """So many more locomotives of a gauge."""

    gauge: Gauge
    """In millimetres."""
    count: Annotated[int, Field(ge=1, le=100)]
    """How many more."""


class Offer(Part):
    """Something that can be bought once. Cranes, machines, tracks and rakes that an offer names stand in the level and are not there before."""

    id: Ident
    title: ToldLine
    """What the trainee reads."""
    price: Money
    """In the level's own money."""
    build_d: Annotated[float, Field(ge=0, le=366)] = 0.0
    """Days until it is there. 0 (the default, assumed): the next second."""
    needs: Many[Ident] = ()
    """Earlier offers that must be bought first; none by default."""
    cranes: Many[Ident] = ()
    """Cranes of `[terminal]` that it builds; none by default."""
    machines: Many[Ident] = ()
    """Reach stackers and RTGs. Until the first of a level stands, the cranes do their work."""
    tracks: Many[Ident] = ()
    """Tracks of stations and of lines."""
    rakes: Many[Ident] = ()
    """Rakes in a park, by the `id` of their table, which may be many; none by default. They can be called from then on."""
    staff: MoreStaff = MoreStaff()
    """So many more people; none by default."""
    officers: More = 0
    """So many more customs officers. None by default."""
    bays: More = 0
    """So many more inspection bays."""
    scanners: More = 0
    """So many more scanners."""
    locomotives: Many[MoreLocomotives] = ()
    """So many more line locomotives; none by default."""
    electronic: bool = False
    """Whether trains that would bring paper declare electronically from then on."""

    @property
    def pools(self) -> dict[str, int]:
        """How many more there are of each pool of people and places."""
        more = {name: getattr(self.staff, name) for name in MoreStaff.model_fields}
        more |= {"officers": self.officers, "bays": self.bays, "scanners": self.scanners}
        return {name: count for name, count in more.items() if count}


class Budget(Part):
    """What the desk may spend, in the level's own money: at the start, and on the first day of every calendar quarter."""

    at_start: Money
    """In the level's own money."""
    each_quarter: Money = 0
    """What comes on the first day of each calendar quarter. Assumed: nothing."""
    offers: Many[Offer]
    """What can be bought; the reference buys in this order."""
