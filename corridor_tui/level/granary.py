"""What the grain of a level must mean: a terminal that can be reached, wagons that take grain, people who sample it."""

from collections.abc import Iterator

from corridor_tui.language import NP_, _
from corridor_tui.level.model import Level
from corridor_tui.level.names import Fault, named
from corridor_tui.level.risk import Family
from corridor_tui.level.traffic import Rake, Train
from corridor_tui.level.ways import reaches

PAPER_FAMILIES: tuple[Family, ...] = ("hs", "party", "seal", "certificate")
"""What a scripted case of grain in bulk can be about: it has no containers, and its packages are its wagons."""


def granary(level: Level) -> Iterator[Fault]:
    """Every fault of the terminal and of plant health that hangs on no train."""
    plant, health = level.grain, level.plant_health
    if plant is not None:
        tracks = [t for s in level.stations if s.id == plant.station for t in s.tracks if t.use == "grain"]
        if {track.gauge for track in tracks} != {1435, 1520}:
            yield ("grain", "station"), _("`{station}` needs tracks for `grain` of both gauges", station=plant.station)
        if plant.stock_t > plant.storage_t:
            yield (
                ("grain", "stock_t"),
                _(
                    "the silo holds {storage_t:g} t, not {stock_t:g} t",
                    storage_t=plant.storage_t,
                    stock_t=plant.stock_t,
                ),
            )
    if health is not None and health.share > 0:
        for key in ("samplers", "benches"):
            if getattr(health, key) == 0:
                yield (
                    ("plant_health", key),
                    _("without {key} no picked consignment can be released: at least 1", key=key),
                )


def station(level: Level) -> Iterator[Fault]:
    """The terminal's station: one that exists and is worked by this desk."""
    if level.grain is None:
        return
    known = [item.id for item in level.stations if item.role != "neighbour"]
    yield from named(("grain", "station"), NP_("named", "station of this desk"), level.grain.station, known)


def grain_train(level: Level, train: Train, path: tuple[str | int, ...]) -> Iterator[Fault]:
    """Whether a grain train's load makes sense, and whether the silo can ever take it."""
    plant, wagon = level.grain, level.wagon_types[train.wagon]
    if plant is None:
        yield (*path, "kind"), _("a train of grain needs a `[grain]` terminal")
        return
    if train.feu or train.twenties:
        yield (
            path,
            _(
                "train `{train}` carries grain in bulk: its wagons are its load, `feu` and `twenties` stay out",
                train=train.number,
            ),
        )
    if wagon.grain_t is None:
        yield (*path, "wagon"), _("`{wagon}` takes no grain: give it `grain_t`", wagon=wagon.id)
        return
    if not 1 <= train.consignments <= train.wagons:
        yield (
            (*path, "consignments"),
            _("{wagons} wagons need between 1 and {wagons} consignments", wagons=train.wagons),
        )
    load_t = train.wagons * wagon.grain_t
    if load_t > plant.storage_t - plant.stock_t:
        yield (
            (*path, "wagons"),
            _(
                "the silo has room for {room_t:g} t; `{train}` brings up to {load_t:g} t",
                room_t=plant.storage_t - plant.stock_t,
                train=train.number,
                load_t=load_t,
            ),
        )
    for j, script in enumerate(train.scripted):
        if script.case is not None and script.case.family not in PAPER_FAMILIES:
            allowed = ", ".join(f"`{family}`" for family in PAPER_FAMILIES)
            yield (
                (*path, "scripted", j, "case"),
                _("a case of grain in bulk is about one of {allowed}", allowed=allowed),
            )


def grain_ways(level: Level, train: Train, path: tuple[str | int, ...]) -> Iterator[Fault]:
    """Whether a grain train can reach the terminal, stand there, and have its load go on over standard gauge."""
    if level.grain is None:
        return
    place = level.grain.station
    if train.standing is None and not reaches(level, train.entry, place, 1520):
        yield (*path, "entry"), _("no 1520 mm line leads from `{entry}` to the grain terminal", entry=train.entry)
    if train.exit is not None and not reaches(level, place, train.exit, 1435):
        yield (*path, "exit"), _("no 1435 mm line leads from the grain terminal to `{exit}`", exit=train.exit)
    length_m = train.wagons * level.wagon_types[train.wagon].length_m
    tracks = [t for s in level.stations if s.id == place for t in s.tracks if t.use == "grain" and t.gauge == 1520]
    if not any(track.length_m >= length_m for track in tracks):
        yield (
            (*path, "wagons"),
            _(
                "no 1520 mm track of the grain terminal takes the {length_m:g} m of `{train}`",
                length_m=length_m,
                train=train.number,
            ),
        )


def grain_rake(level: Level, item: Rake, path: tuple[str | int, ...]) -> Iterator[Fault]:
    """Whether a rake of 1435 mm wagons can take grain away."""
    if level.grain is None or level.wagon_types[item.wagon].grain_t is None:
        yield (
            (*path, "wagon"),
            (
                _(
                    "a rake of empties takes loads on to 1520 mm, or grain on to 1435 mm; `{wagon}` is a wagon of 1435 mm without `grain_t`",
                    wagon=item.wagon,
                )
            ),
        )
    elif item.park is not None and not reaches(level, item.park, level.grain.station, 1435):
        yield (*path, "park"), _("no 1435 mm line leads from `{park}` to the grain terminal", park=item.park)
