"""What a rung of the customs ladder costs before it is chosen: minutes, people and places, and who holds which track meanwhile."""

from corridor_tui.corridor.chain import carrier
from corridor_tui.corridor.state import Dossier
from corridor_tui.corridor.view import View
from corridor_tui.corridor.work import pools_of
from corridor_tui.language import N_, _
from corridor_tui.scenario.streams import expected_s
from corridor_tui.scenario.times import check_of
from corridor_tui.session.status import holding

_PEOPLE = {
    "officers": N_("an officer"), "bays": N_("the inspection bay"), "scanners": N_("the scanner"), "samplers": N_("a sampler"),
    "benches": N_("a bench of the laboratory"),
}  # fmt: skip


def rung_price(view: View, verb: str, name: str) -> str:
    """What an order of the customs desk takes on a consignment, as planned with; empty where it takes nothing."""
    dossier = view.dossiers[name]
    takes_s = _takes_s(view, verb, dossier)
    if not takes_s:
        return ""
    task = "read" if verb == "release" else verb
    pools = pools_of(task)
    parts = [_("about {minutes} min", minutes=max(1, round(takes_s / 60))), *(_(_PEOPLE[pool]) for pool in pools)]
    busy = max((view.pools[pool].queue + _over(view, pool) for pool in pools), default=0)
    if busy:
        parts.append(_("{jobs} before it", jobs=busy))
    if name in holding(view):
        bearer = carrier(view, view.units[dossier.train])
        held = (
            N_("{train} holds {track} meanwhile")
            if bearer.place in view.level.tracks
            else N_("{train} waits meanwhile")
        )
        parts.append(_(held, train=bearer.id, track=bearer.place))
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
