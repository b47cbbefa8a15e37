"""Drawn traffic of a level: services that bring train after train, where they come from, and what waits for them beyond."""

from typing import Annotated, Literal, TypeAlias

from pydantic import Field, model_validator

from corridor_tui.language import _
from corridor_tui.level.base import Duration, Many, Part, Share
from corridor_tui.level.road import Under
from corridor_tui.level.text import Clock, Ident, Line
from corridor_tui.level.told import ToldLine

Country: TypeAlias = Literal["KZ", "UZ", "RU", "BY", "PL", "DE", "AZ", "CN"]
"""The countries whose stations and consignees the papers know."""
Days = Annotated[float, Field(ge=0, le=60)]
Hours = Annotated[float, Field(ge=0, le=9_000)]
Km = Annotated[float, Field(gt=0, le=20_000)]


class Journey(Part):
    """A time in days, drawn triangular: the least, the likeliest and the longest. 22 hours are 0.92 days."""

    min_d: Days
    """The quickest."""
    mode_d: Days
    """The likeliest."""
    max_d: Days
    """The slowest."""

    @model_validator(mode="after")
    def _ordered(self) -> "Journey":
        if not self.min_d <= self.mode_d <= self.max_d:
            raise ValueError(_("a journey needs min_d <= mode_d <= max_d"))
        return self

    @property
    def expected_s(self) -> int:
        """What a timetable plans with: the mean, in whole seconds."""
        return round((self.min_d + self.mode_d + self.max_d) / 3 * 86_400)


class Between(Part):
    """A whole number drawn evenly between two bounds, both included."""

    least: Annotated[int, Field(ge=1, le=200)]
    """The fewest."""
    most: Annotated[int, Field(ge=1, le=200)]
    """The most."""

    @model_validator(mode="after")
    def _ordered(self) -> "Between":
        if self.least > self.most:
            raise ValueError(_("`least` is above `most`"))
        return self


class Origin(Part):
    """A place where trains are loaded, how long they run from there to the border, and what was promised.

    The timetable runs by the mean of `travel`; a train that takes longer brings its delay with it.
    """

    id: Ident
    name: ToldLine
    km: Km | None = None
    """For the reader only."""
    travel: Journey
    """From there to the border."""
    promised_d: Days | None = None
    """The transit time promised to the shipper as far as the border; none: nothing is promised."""


class Connection(Part):
    """Ships or ferries that consignments must catch: when they sail, how long before that they are closed, how long they take.

    Weather closes single sailings by chance: what was booked on a closed one goes with the next that sails.
    """

    id: Ident
    name: ToldLine
    sails: Clock
    """The local clock time of every sailing."""
    first_d: Annotated[int, Field(ge=0, le=60)] = 0
    """The day of the first sailing, counted from the day on which the shift starts (assumed: on that day)."""
    every_d: Annotated[int, Field(ge=1, le=60)]
    """Every how many days it sails."""
    cut_off_h: Annotated[float, Field(ge=0, le=240)] = 0.0
    """How long before it sails a container must be there. No public figure was found; the level sets one (assumed: none)."""
    crossing: Journey
    """How long it takes."""
    closed_share: Annotated[float, Field(ge=0, le=0.9)] = 0.0
    """How many sailings the weather closes. Kuryk was closed about half of November and December 2024."""


class Leg(Part):
    """One part of the way from the neighbour to the destination: a run, a wait, or a passage with a connection."""

    to: Line
    """The place it ends at, or where one waits."""
    km: Km | None = None
    """For the reader only."""
    run: Journey | None = None
    """A journey by rail."""
    wait: Journey | None = None
    """A wait there, such as a second change of gauge."""
    by: Ident | None = None
    """The connection to be caught."""


class Destination(Part):
    """Where consignments go once they have left over the line, leg by leg, and the time promised for it."""

    id: Ident
    name: ToldLine
    legs: Many[Leg]
    """The way there, one after another."""
    promised_d: Days | None = None
    """Promised from the timetable's offer at the border to delivery; none: nothing is promised."""
    countries: Many[Country] = ()
    """The countries its consignees are in; none: any that the papers know."""


class To(Part):
    """A destination of a train's consignments, and how likely each of them goes there."""

    destination: Ident
    """Which one."""
    share: Share = 1.0
    """How likely it is. Assumed: alike."""


class Service(Part):
    """Trains of one kind that come again and again over any length of shift; each is drawn when it is announced.

    They are numbered with the letters of `id`: LY1, LY2. They come by a daily `timetable`, at a fixed headway (`every_h`) or by
    chance (`per_day`, exponential gaps).
    """

    id: Annotated[str, Field(pattern=r"^[A-Z]{1,4}$")]
    title: ToldLine | None = None
    """What its trains are called; none: by their origin."""
    kind: Literal["container", "through", "empties"]
    entry: Ident
    """The neighbour they come from."""
    exit: Ident | None = None
    """The neighbour their loads leave to."""
    origin: Ident | None = None
    """Where they are loaded."""
    to: Many[To] = ()
    """Where their loads go."""
    regimes: Many[Under] = ()
    """Which of its consignments stay in the country, by shares; the others are transit."""
    timetable: Many[Clock] = ()
    """Clock times of every day."""
    every_h: Annotated[float, Field(ge=0.25, le=8_784)] | None = None
    """A fixed headway."""
    per_day: Annotated[float, Field(gt=0, le=96)] | None = None
    """So many trains a day by chance."""
    from_h: Hours = 0.0
    """From which hour of the shift on its trains are due; a headway counts from there. Assumed: from the start."""
    until_h: Hours | None = None
    """Until which hour; none: the end of the shift."""
    late: Duration | None = None
    """How much later than planned a train comes, where it has no `origin` to bring its delay from."""
    stay_h: Annotated[float, Field(gt=0, le=720)] | None = None
    """From the planned offer until the load is due out; none for empties."""
    forecast_h: Annotated[float, Field(ge=0, le=240)] = 72.0
    """How long before its planned time the neighbour announces a train: three days (China Railway 2022)."""
    advice_h: Annotated[float, Field(ge=0, le=240)] = 2.0
    """How long before it is offered the neighbour tells the real time, and hands over what is lodged (assumed)."""
    wagon: Ident
    """The type of wagon."""
    wagons: Between
    """How many, drawn evenly."""
    twenties_share: Share = 0.15
    """The share of twenty-foot boxes. 85 % are forty-foot boxes: keeps 95-104 TEU on 52-60 boxes; assumed."""
    consignments: Between | None = None
    """How many sets of papers a train has; none for empties."""
    flagged: Annotated[int, Field(ge=0, le=200)] | None = None
    """How many consignments are yellow or red; none: by the shares."""
    papers: Literal["lodged", "electronic", "paper"] = "paper"
    """When its papers can be worked."""
    promised_d: Days | None = None
    """Promised from the origin, or from the offer where none is named, to delivery: instead of the origin's and the destination's."""
