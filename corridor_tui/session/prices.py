"""What a rung of the customs ladder costs before it is chosen: minutes, people and places, and who waits meanwhile."""

from corridor_tui.corridor.state import Dossier
from corridor_tui.corridor.view import View
from corridor_tui.corridor.work import pools_of
from corridor_tui.scenario.draw import check_of
from corridor_tui.scenario.streams import expected_s
from corridor_tui.session.status import holding

_PEOPLE = {
    "officers": "an officer", "bays": "the inspection bay", "scanners": "the scanner", "samplers": "a sampler",
    "benches": "a bench of the laboratory",
}  # fmt: skip


def rung_price(view: View, verb: str, name: str) -> str:
    """What an order of the customs desk takes on a consignment, as planned with; empty where it takes nothing."""
    dossier = view.dossiers[name]
    takes_s = _takes_s(view, verb, dossier)
    if not takes_s:
        return ""
    task = "read" if verb == "release" else verb
    pools = pools_of(task)
    parts = [f"about {max(1, round(takes_s / 60))} min", *(_PEOPLE[pool] for pool in pools)]
    busy = max((view.pools[pool].queue + _over(view, pool) for pool in pools), default=0)
    if busy:
        parts.append(f"{busy} before it")
    if name in holding(view):
        parts.append(f"{dossier.train} waits meanwhile")
    return ", ".join(parts)


def _over(view: View, pool: str) -> int:
    """One where all of a pool are busy, so that the next job waits for one of them."""
    return int(view.pools[pool].busy >= view.pools[pool].total)


def _takes_s(view: View, verb: str, dossier: Dossier) -> int:
    work, health = view.level.customs.work, view.level.plant_health
    if verb == "release":
        slow = dossier.lane == "green" and not dossier.did("check")
        return expected_s(work.green) * len(dossier.boxes) if slow else 0
    if verb == "scan":
        return expected_s(work.scan) * len(dossier.boxes)
    if verb == "sample" and health is not None:
        return expected_s(health.sampling) + expected_s(health.test, factor=health.times)
    plain = {
        "check": check_of(view.level, dossier.regime), "request": work.request, "open": work.open, "unload": work.unload, "find": work.answer,
        "lane": work.supervisor,
    }  # fmt: skip
    return expected_s(plain[verb]) if verb in plain else 0
