"""The fixed plant and the people of a level: stations, lines, the terminal, staff, and how long their work takes."""

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from corridor_tui.level.base import Count, Duration, Gauge, Many, Minutes, Part, about
from corridor_tui.level.text import Clock, Ident
from corridor_tui.level.told import ToldLine

Use: TypeAlias = Literal["receiving", "departure", "crane", "storage", "grain"]
Length = Annotated[float, Field(gt=0, le=3_000)]


Wind = Annotated[float, Field(gt=0, le=100)]


class Track(Part):
    """A station track: its gauge, its usable length and what it is meant for."""

    id: Ident
    gauge: Gauge
    """In millimetres."""
    length_m: Length
    """Usable length; no longer train can stand on it."""
    use: Use = "receiving"
    """What it is meant for."""


class Station(Part):
    """A place with tracks and throats.

    A `neighbour` is worked by somebody else: trains come from it and leave to it, and its tracks are not shown. A
    `loop` is a place on the line where trains meet and pass. A throat holds one movement at a time.
    """

    id: Ident
    name: ToldLine
    km: Annotated[float, Field(ge=0, le=20_000)]
    """Where it stands on the kilometre axis."""
    role: Literal["neighbour", "station", "terminal", "loop"]
    """Who works it, and what for."""
    throats: Many[Ident] = ()
    """The ends at which lines join."""
    throat_min: Minutes = 3.0
    """How long a movement holds a throat. Assumed: a train's length at 15-25 km/h and the setting of its route."""
    tracks: Many[Track] = ()
    """The tracks; a neighbour has none."""


class LineTrack(Part):
    """One track of a line: its gauge and its number of block sections, each holding one train."""

    id: Ident
    gauge: Gauge
    """In millimetres."""
    sections: Annotated[int, Field(ge=1, le=40)] = 1
    """Block sections, one train in each. By default the line is one (assumed: signalling is not published)."""


class Slow(Part):
    """A speed restriction: from when until when, and over which kilometres of the line, counted from its `start`."""

    start: Clock
    """From when."""
    until: Clock
    """Until when."""
    speed_kmh: Annotated[float, Field(gt=0, le=160)]
    """No train runs faster there."""
    from_km: Annotated[float, Field(ge=0, le=1_000)] = 0.0
    """From which kilometre of the line; assumed: from its `start`."""
    to_km: Annotated[float, Field(gt=0, le=1_000)] | None = None
    """None: to the end of the line."""


class Window(Part):
    """A stretch of time in which nothing sets off on a line track: maintenance, or a closed block."""

    track: Ident
    """The line track that is closed."""
    start: Clock
    """From when."""
    until: Clock
    """Until when."""


class RailLine(Part):
    """A line between the throats of two stations ("station.throat"), its length and its running speed.

    `paths` are the clock times at which a train may leave the `start` end; empty where none is needed.
    """

    id: Ident
    start: Annotated[str, Field(pattern=r"^[A-Za-z0-9-]+\.[A-Za-z0-9-]+$")]
    """The throat it begins at, as `station.throat`."""
    end: Annotated[str, Field(pattern=r"^[A-Za-z0-9-]+\.[A-Za-z0-9-]+$")]
    """The throat it ends at."""
    length_km: Annotated[float, Field(gt=0, le=1_000)]
    """Its length."""
    speed_kmh: Annotated[float, Field(gt=0, le=160)]
    """At which light trains run."""
    tracks: Many[LineTrack]
    """Its tracks, each of one gauge."""
    heavy_t: Annotated[float, Field(gt=0, le=20_000)] | None = None
    """The mass of a train from which on it runs at `heavy_kmh`; lighter ones run faster in proportion. None: all alike."""
    heavy_kmh: Annotated[float, Field(gt=0, le=160)] | None = None
    """At which trains of `heavy_t` and more run."""
    stop_min: Minutes = 0.0
    """What a train loses that had to stop before this line. 2 of the 4 minutes that a meet of two costs (assumed)."""
    slow: Many[Slow] = ()
    """Speed restrictions; none by default."""
    windows: Many[Window] = ()
    """When a track is closed; never by default."""
    paths: Many[Clock] = ()
    """When a train may leave from `start`; at any time by default."""
    shunting: bool = False
    """Whether a shunter may work over it without a line locomotive."""


class Crane(Part):
    """An RMG: its place in the row (the order in the file) and what it can lift.

    41 t: Astana Times 2021, the capacity of the dry port's RMGs.
    """

    id: Ident
    lift_t: Annotated[float, Field(gt=0, le=120)] = 41.0
    """What it can lift: 41 t (Astana Times 2021)."""


_MOVES = {"reach-stacker": about(3.0, 4.0, 5.0), "rtg": about(1.3, 1.65, 2.2)}
"""One move by kind: 15 an hour of a reach stacker (assumed, from a vendor's three minutes a truck), 35 of an RTG (30-40, Hofstra)."""
REACH_STACKER_TIERS = 3
"""How high a reach stacker piles full containers: Hofstra University."""


class Machine(Part):
    """A reach stacker or an RTG: it carries containers between the ground beside the cranes and their place in the stack.

    A reach stacker works in blocks of at most three tiers, an RTG in any.
    """

    id: Ident
    kind: Literal["reach-stacker", "rtg"]
    move: Duration | None = None
    """One move. None: triangular 3 / 4 / 5 min of a reach stacker, 1.3 / 1.65 / 2.2 of an RTG."""

    @property
    def takes(self) -> Duration:
        """How long one move takes."""
        return _MOVES[self.kind] if self.move is None else self.move

    def serves(self, tiers: int) -> bool:
        """Whether it works in a block of so many tiers."""
        return self.kind == "rtg" or tiers <= REACH_STACKER_TIERS


class Block(Part):
    """A block of the stack: places for a forty-foot box or for two of twenty feet, and how high boxes stand on each.

    Tiers: reach stackers stack 3 full ones (Hofstra University). Sockets: assumed none.
    """

    id: Ident
    slots: Annotated[int, Field(ge=1, le=5_000)]
    """Piles of forty-foot boxes, or twice as many of twenty-foot ones."""
    tiers: Annotated[int, Field(ge=1, le=9)] = 3
    """How high a pile may be: 3, what reach stackers do with full boxes (Hofstra University, published)."""
    plugs: Count = 0
    """Sockets for refrigerated containers."""


Danger = Annotated[str, Field(pattern=r"^[1-9](\.[1-6])?$")]
"""A class of dangerous goods, such as "3" or "5.1"."""


class Apart(Part):
    """Two classes of dangerous goods that may not stand in one block."""

    one: Danger
    """A class of dangerous goods."""
    other: Danger
    """The class it may not share a block with."""


class Terminal(Part):
    """The transshipment terminal: its cranes share one runway and cannot pass each other."""

    station: Ident
    """The station in which it lies."""
    cranes: Many[Crane]
    """The cranes in their row."""
    lift: Duration = about(2.0, 2.6, 4.2)
    """One lift. Assumed: mean 2.9 min reproduces the published 47-55 minutes with three cranes (2017, 2021)."""
    slow_ms: Wind = 15.0
    """Wind from which lifts are slower. Assumed, with the two that follow."""
    stop_ms: Wind = 20.0
    """Wind above which nothing may be lifted: KTZ stopped shunting at 20 m/s (published)."""
    tie_ms: Wind = 25.0
    """Wind above which every crane must be tied down: the maker's ceiling (published)."""
    wind_times: Annotated[float, Field(ge=1, le=10)] = 1.3
    """How many times longer a lift takes from `slow_ms` on. Assumed."""
    fog_times: Annotated[float, Field(ge=1, le=10)] = 1.2
    """The same in fog: 20 % slower, assumed."""
    twin_times: Annotated[float, Field(ge=1, le=5)] | None = None
    """How many times longer than one lift it takes to lift the two 20-foot boxes of a wagon as one; None: the spreaders
    cannot. Together they may weigh what the crane lifts (`lift_t`). 1.2 is assumed.
    """
    clearance_m: Annotated[float, Field(ge=0, le=500)] = 30.0
    """Least distance between two cranes along the runway. Assumed: about one crane's width and buffers."""
    stack_teu: Annotated[int, Field(ge=0, le=100_000)] = 18_000
    """Room in the stack. More than 18,000 TEU at one time (Astana Times 2021)."""
    blocks: Many[Block] = ()
    """The blocks of the stack; their room takes the place of `stack_teu`. None: a container is reached wherever it stands."""
    stacking: Literal["lowest", "due"] = "lowest"
    """Where a container is set down in its block: on a free slot while there is one, then on the lowest pile; or, by `due`, where
    by what is known of departures the fewest have to be moved aside later. Assumed.
    """
    machines: Many[Machine] = ()
    """What carries between the cranes and the stack, and moves aside there. None: the cranes do it all themselves.

    Published for the dry port are 4 RTGs (CFTS 2017); 5 reach stackers are assumed, one for each and a spare.
    """
    ground_places: Annotated[int, Field(ge=3, le=200)] = 12
    """Places on the ground in the cranes' reach, where machines fetch and bring; only with `machines`. Assumed: four a crane."""
    apart: Many[Apart] = ()
    """Which classes may not share a block. None: all may; the usual tables of segregation are the level's to choose from."""

    @property
    def room_teu(self) -> int:
        """What the stack takes, in TEU."""
        return sum(2 * block.slots * block.tiers for block in self.blocks) if self.blocks else self.stack_teu


class Staff(Part):
    """How many of each there are; assumed throughout, since no public count exists."""

    shunters: Count = 1
    """Shunting locomotives with their crews."""
    yard: Count = 2
    """Teams that lay skates, uncouple, couple and set out."""
    border: Count = 1
    """Border-guard teams that check seals."""
    commercial: Count = 1
    """Gangs that inspect how loads and boxes are."""
    technical: Count = 1
    """Gangs that inspect running gear; each counts as two crews from both ends."""
    brake: Count = 1
    """Gangs that test brakes."""
    weighing: Count = 1
    """Gangs that weigh and check how loads are secured."""
    clerks: Count = 1
    """Clerks who write wagon lists and waybills."""
    fitters: Count = 1
    """Fitters who repair cranes."""


class Task(Part):
    """How long a piece of work takes, and for how many wagons: it scales with the train where `per_wagons` is set."""

    takes: Duration
    """How long it takes."""
    per_wagons: Annotated[int, Field(ge=1, le=200)] | None = None
    """The wagons of the train that takes so long; none: it takes as long for any."""


class Tasks(Part):
    """Station work. The figures are the activity chain of an uncongested westbound train, assumed where not said."""

    secure: Task = Task(takes=about(7, 9, 12))
    """Laying skates. With `uncouple` the 15-25 minutes of ordinary station working after arrival."""
    uncouple: Task = Task(takes=about(7, 9, 12))
    """Taking the locomotive off."""
    border: Task = Task(takes=about(20, 30, 45), per_wagons=50)
    """Border-guard and seal check: merging two such checks at Horgos saved 30 minutes."""
    commercial: Task = Task(takes=about(30, 38, 55), per_wagons=50)
    """Inspection of loads and boxes."""
    technical: Task = Task(takes=about(30, 40, 60), per_wagons=50)
    """45-60 seconds a wagon, two crews from both ends."""
    shunt: Task = Task(takes=about(15, 18, 25))
    """A pull between the station and the crane tracks at 15 km/h or less."""
    weigh: Task = Task(takes=about(12, 16, 22), per_wagons=50)
    """With the securing check of the loads; with `waybill` 30-45 minutes if done one after the other."""
    waybill: Task = Task(takes=about(18, 22, 28), per_wagons=50)
    """Wagon list and waybill."""
    brake_full: Task = Task(takes=about(32, 40, 50), per_wagons=50)
    """800 m with three or four people: derived from 40 minutes for 500 m with two (Railway Gazette 2023)."""
    brake_yard: Task = Task(takes=about(22, 28, 36), per_wagons=50)
    """From the yard's plant, before the locomotive is there."""
    brake_short: Task = Task(takes=about(6, 8, 12))
    """The short test after the locomotive is coupled."""
    couple: Task = Task(takes=about(5, 7, 10))
    """Coupling the locomotive."""
    empty: Task = Task(takes=about(12, 16, 24), per_wagons=50)
    """Inspection of an emptied rake before it is handed back."""
    setout: Task = Task(takes=about(18, 22, 30))
    """Setting one wagon out of a standing rake."""
    tie: Task = Task(takes=about(8, 10, 15))
    """Tying a crane down against the wind, or freeing it. Assumed."""
    frost_times: Annotated[float, Field(ge=1, le=10)] = 1.25
    """How many times longer work in the yard takes in frost: 25 % below -15 degrees, assumed."""


class Turn(Part):
    """A neighbour to which the pool's locomotives take every train of their gauge, and from which they come back by themselves.

    With the 12 km there and back, the default makes up the 5 h 30 measured for a turn of a 1520 locomotive from Altynkol
    to Horgos and back (UIC eNews 660, 2019; agreed were 2 h for a light engine and 3 h with wagons). Its spread is assumed.
    """

    to: Ident
    """The neighbour."""
    stay: Duration = about(235, 280, 340)
    """How long a locomotive stands there before it can run back, over the line like any train."""


class Locomotives(Part):
    """The line locomotives of one gauge: how many, how long after the call one is ready, and its turn.

    Turn 1520: agreed norm 2-3 h, measured 5 h 30 (UIC eNews 660, 2019). Notice: assumed.
    """

    gauge: Gauge
    """In millimetres."""
    count: Count
    """How many there are."""
    notice: Duration = about(25, 35, 55)
    """From the call until it comes. Assumed."""
    turn_min: Minutes = 180.0
    """From when it leaves until it is back, without `turns`. Agreed norm of 2-3 h (UIC eNews 660, 2019)."""
    turns: Many[Turn] = ()
    """The neighbours over the border to which no other locomotive runs. None: who comes with a locomotive keeps it, and
    every turn takes `turn_min`.
    """


class WagonType(Part):
    """A wagon. 80-foot 1520 platform: 25.6 m, 4 TEU; its load limit is assumed."""

    id: Ident
    gauge: Gauge
    """In millimetres."""
    length_m: Annotated[float, Field(gt=5, le=60)]
    """Its length."""
    teu: Annotated[int, Field(ge=1, le=8)]
    """What it takes, in TEU."""
    tare_t: Annotated[float, Field(gt=0, le=100)] = 22.0
    """Its own mass; general knowledge, assumed."""
    load_t: Annotated[float, Field(gt=0, le=200)]
    """What it carries."""
    grain_t: Annotated[float, Field(gt=0, le=200)] | None = None
    """What one takes of grain; none: nothing. 26 t in a forty-foot box with its liner, 24 t in a twenty-foot one (assumed)."""
