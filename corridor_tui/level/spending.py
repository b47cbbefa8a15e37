"""What a level's budget must mean: offers that bring something, each piece of plant in one of them, in an order that can be bought."""

from collections.abc import Iterator

from corridor_tui.language import NP_, _
from corridor_tui.level.budget import Offer
from corridor_tui.level.model import Level
from corridor_tui.level.names import Fault, named, twice
from corridor_tui.level.plant import Terminal

MOST_OFFERS = 100


def spending(level: Level) -> Iterator[Fault]:
    """Every fault of the budget."""
    if level.budget is None:
        return
    if not level.budget.offers:
        yield ("budget", "offers"), _("a budget needs at least one offer")
    if len(level.budget.offers) > MOST_OFFERS:
        yield ("budget", "offers"), _("more than {most} offers", most=MOST_OFFERS)
        return
    ids = [offer.id for offer in level.budget.offers]
    sold, wagons = dict[str, str](), dict[str, str]()
    for i, offer in enumerate(level.budget.offers):
        path = ("budget", "offers", i)
        if offer.id in ids[:i]:
            yield (*path, "id"), twice(NP_("named", "offer"), offer.id)
        for j, need in enumerate(offer.needs):
            yield from named((*path, "needs", j), NP_("named", "earlier offer"), need, ids[:i])
        yield from _plant(level, offer, path, sold)
        yield from _wagons(level, offer, path, wagons)
        if offer.build_d * 86_400 >= level.shift_s:
            yield (
                (*path, "build_d"),
                _("the offer `{offer}` would stand only after the shift has ended", offer=offer.id),
            )
    standing = [("trains", i, t.standing.track) for i, t in enumerate(level.trains) if t.standing is not None]
    standing += [("rakes", i, r.track) for i, r in enumerate(level.rakes) if r.track is not None]
    for key, i, track in standing:
        if track in sold:
            yield (key, i), _("track `{track}` is for sale: nothing can stand on it at the start", track=track)


def _plant(level: Level, offer: Offer, path: tuple[str | int, ...], sold: dict[str, str]) -> Iterator[Fault]:
    """What an offer brings; `sold` grows by the cranes, machines and tracks in it."""
    cranes = [crane.id for crane in level.terminal.cranes]
    machines = [machine.id for machine in level.terminal.machines]
    tracks = [*level.tracks, *(track.id for line in level.lines for track in line.tracks)]
    for j, more in enumerate(offer.locomotives):
        if more.gauge not in [pool.gauge for pool in level.locomotives]:
            yield (
                (*path, "locomotives", j, "gauge"),
                _("the level has no locomotives of {gauge} mm to add to", gauge=more.gauge),
            )
    for key, what, known, names in (
        ("cranes", NP_("named", "crane"), cranes, offer.cranes),
        ("machines", NP_("named", "machine"), machines, offer.machines),
        ("tracks", NP_("named", "track"), tracks, offer.tracks),
    ):
        for j, name in enumerate(names):
            yield from named((*path, key, j), what, name, known)
            if name in sold:
                yield (*path, key, j), _("`{name}` is already in the offer `{offer}`", name=name, offer=sold[name])
            sold[name] = offer.id
    plant = (offer.cranes, offer.machines, offer.tracks, offer.rakes, offer.pools, offer.locomotives)
    if not any(plant) and not offer.electronic:
        yield path, _("the offer `{offer}` brings nothing", offer=offer.id)


def _wagons(level: Level, offer: Offer, path: tuple[str | int, ...], sold: dict[str, str]) -> Iterator[Fault]:
    """The rakes of an offer; `sold` grows by them."""
    tables = {rake.id: rake for rake in level.rakes}
    for j, name in enumerate(offer.rakes):
        yield from named((*path, "rakes", j), NP_("named", "rake"), name, tables)
        if name in sold:
            yield (*path, "rakes", j), _("`{name}` is already in the offer `{offer}`", name=name, offer=sold[name])
        elif name in tables and tables[name].track is not None:
            yield (
                (*path, "rakes", j),
                _("`{rake}` stands on a track already: only rakes in a `park` can be for sale", rake=name),
            )
        sold[name] = offer.id


def affordable(level: Level) -> Iterator[Fault]:
    """Offers that all the money of the shift cannot pay, with those that they need."""
    budget = level.budget
    if budget is None:
        return
    money = budget.at_start + budget.each_quarter * len(level.quarters_s)
    offers = {offer.id: offer for offer in budget.offers}
    for i, offer in enumerate(budget.offers):
        price = offer.price + sum(offers[name].price for name in wanted_by(offer, offers))
        if price > money:
            yield (
                ("budget", "offers", i, "price"),
                _(
                    "`{offer}`, with what it needs, costs {price}; there are {money} to spend in the whole shift",
                    offer=offer.id,
                    price=price,
                    money=money,
                ),
            )


def wanted_by(offer: Offer, offers: dict[str, Offer]) -> dict[str, None]:
    """The offers that have to be bought before one, each after those that it needs itself."""
    found: dict[str, None] = {}
    for need in offer.needs:
        found |= wanted_by(offers[need], offers)
        found[need] = None
    return found


def opening(level: Level) -> Level:
    """The level as it stands before anything is bought: without the plant that is for sale."""
    offers = () if level.budget is None else level.budget.offers
    sold = {name for offer in offers for name in (*offer.cranes, *offer.machines, *offer.tracks)}
    stations = tuple(
        station.model_copy(update={"tracks": tuple(track for track in station.tracks if track.id not in sold)})
        for station in level.stations
    )
    lines = tuple(
        line.model_copy(update={"tracks": tuple(track for track in line.tracks if track.id not in sold)})
        for line in level.lines
    )
    cranes = tuple(crane for crane in level.terminal.cranes if crane.id not in sold)
    machines = tuple(machine for machine in level.terminal.machines if machine.id not in sold)
    terminal: Terminal = level.terminal.model_copy(update={"cranes": cranes, "machines": machines})
    whole = {name: getattr(level, name) for name in Level.model_fields}
    return Level.model_construct(**{**whole, "stations": stations, "lines": lines, "terminal": terminal})


def unbuilt(level: Level) -> dict[str, str]:
    """Each crane, machine, station track and section of a line track that is for sale, and its offer."""
    sections = {track.id: track.sections for line in level.lines for track in line.tracks}
    found: dict[str, str] = {}
    for offer in () if level.budget is None else level.budget.offers:
        found |= dict.fromkeys((*offer.cranes, *offer.machines), offer.id)
        for track in offer.tracks:
            parts = [f"{track}/{n}" for n in range(1, sections[track] + 1)] if track in sections else [track]
            found |= dict.fromkeys(parts, offer.id)
    return found


def sold_rakes(level: Level) -> dict[str, str]:
    """Each rake that is for sale, by the `id` of its table, and its offer."""
    offers = () if level.budget is None else level.budget.offers
    return {rake: offer.id for offer in offers for rake in offer.rakes}


def unbought(level: Level) -> dict[str, str]:
    """Each rake that is for sale, by the name it is called by, and its offer."""
    sold = sold_rakes(level)
    return {name: sold[rake.id] for name, rake in level.each_rake.items() if rake.id in sold}
