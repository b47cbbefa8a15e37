"""What a level's budget must mean: offers that bring something, each piece of plant in one of them, in an order that can be bought."""

from collections.abc import Iterator

from corridor_tui.level.budget import Offer
from corridor_tui.level.model import Level
from corridor_tui.level.names import Fault, named


def spending(level: Level) -> Iterator[Fault]:
    """Every fault of the budget."""
    if level.budget is None:
        return
    ids = [offer.id for offer in level.budget.offers]
    sold: dict[str, str] = {}
    for i, offer in enumerate(level.budget.offers):
        path = ("budget", "offers", i)
        if offer.id in ids[:i]:
            yield (*path, "id"), f"there are two of the offer `{offer.id}`"
        for j, need in enumerate(offer.needs):
            yield from named((*path, "needs", j), "earlier offer", need, ids[:i])
        yield from _plant(level, offer, path, sold)
    if all(crane.id in sold for crane in level.terminal.cranes):
        yield ("budget", "offers"), "every crane is for sale: at least one must stand from the start"
    standing = [("trains", i, t.standing.track) for i, t in enumerate(level.trains) if t.standing is not None]
    standing += [("rakes", i, r.track) for i, r in enumerate(level.rakes) if r.track is not None]
    for key, i, track in standing:
        if track in sold:
            yield (key, i), f"track `{track}` is for sale: nothing can stand on it at the start"


def _plant(level: Level, offer: Offer, path: tuple[str | int, ...], sold: dict[str, str]) -> Iterator[Fault]:
    """What an offer brings; `sold` grows by the cranes and tracks in it."""
    cranes = [crane.id for crane in level.terminal.cranes]
    tracks = [*level.tracks, *(track.id for line in level.lines for track in line.tracks)]
    for j, more in enumerate(offer.locomotives):
        if more.gauge not in [pool.gauge for pool in level.locomotives]:
            yield (*path, "locomotives", j, "gauge"), f"the level has no locomotives of {more.gauge} mm to add to"
    for key, what, known, names in (
        ("cranes", "crane", cranes, offer.cranes),
        ("tracks", "track", tracks, offer.tracks),
    ):
        for j, name in enumerate(names):
            yield from named((*path, key, j), what, name, known)
            if name in sold:
                yield (*path, key, j), f"`{name}` is already in the offer `{sold[name]}`"
            sold[name] = offer.id
    if not (offer.cranes or offer.tracks or offer.pools or offer.locomotives or offer.electronic):
        yield path, f"the offer `{offer.id}` brings nothing"
