"""What everybody is doing: the people and places of each pool, and the line locomotives."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from corridor_tui.corridor.state import Engine, Job
from corridor_tui.corridor.view import View
from corridor_tui.corridor.work import POOL_OF, pools_of
from corridor_tui.language import NP_, _
from corridor_tui.session.clocks import told_clock
from corridor_tui.session.wording import word

POOLS = {
    "shunters": NP_("staff", "shunters"),
    "yard": NP_("staff", "yard teams"),
    "border": NP_("staff", "border guards"),
    "commercial": NP_("staff", "commercial inspectors"),
    "technical": NP_("staff", "technical inspectors"),
    "weighing": NP_("staff", "weighing teams"),
    "clerks": NP_("staff", "clerks"),
    "brake": NP_("staff", "brake testers"),
    "fitters": NP_("staff", "fitters"),
    "officers": NP_("staff", "customs officers"),
    "bays": NP_("staff", "inspection bays"),
    "scanners": NP_("staff", "scanners"),
    "samplers": NP_("staff", "samplers"),
    "benches": NP_("staff", "laboratory benches"),
    "lorries": NP_("staff", "lorries"),
}
"""What the pools of people and places are called whole."""


@dataclass(slots=True)
class Rota:
    """The work that a pool does and that waits for it: the subject, the task, and the job."""

    doing: list[tuple[str, str, Job]] = field(default_factory=list)
    waiting: list[tuple[str, str, Job]] = field(default_factory=list)


def rotas(view: View) -> dict[str, Rota]:
    """What is worked at and waits by pool, that which began first before the others; of lorries nobody keeps a list."""
    found = {name: Rota() for name, pool in view.pools.items() if pool.total}
    for subject, jobs in _jobs(view):
        for task, job in jobs.items():
            if job.progress == "doing":
                for pool in pools_of(task):
                    found[pool].doing.append((subject, task, job))
            elif job.progress == "queued":
                found[POOL_OF[task]].waiting.append((subject, task, job))
    for rota in found.values():
        rota.doing.sort(key=lambda piece: piece[2].since_s)
        rota.waiting.sort(key=lambda piece: piece[2].since_s)
    return found


def _jobs(view: View) -> Iterator[tuple[str, dict[str, Job]]]:
    for name in view.here:
        yield name, view.units[name].jobs
    for name in (*view.cranes, *view.machines):
        yield name, view.hook(name).jobs
    for dossier in view.dossiers.values():
        yield dossier.id, dossier.jobs


def piece_text(view: View, subject: str, task: str, job: Job) -> str:
    """A piece of work that is done, with when it is expected to end."""
    if job.expected_s is None:
        return _("{subject} {work}", subject=subject, work=word(task))
    at = told_clock(view, job.expected_s)
    return _("{subject} {work} until ~{at}", subject=subject, work=word(task), at=at)


def engine_text(view: View, engine: Engine) -> str:
    """What a line locomotive does: for which train it comes, on which it is, when it is back."""
    train, unit = engine.unit, view.units.get(engine.unit)
    if engine.back_s is not None:
        at = told_clock(view, engine.back_s)
        if engine.to is None:
            return _("back from {train} about {at}", train=train, at=at)
        place = view.network.stations[engine.to].name
        if engine.light:
            return _("comes back from {place}, here about {at}", place=place, at=at)
        return _("turn to {place} with {train}, back about {at}", place=place, train=train, at=at)
    if unit is not None and unit.loco == "called" and unit.loco_s is not None:
        return _("comes for {train} about {at}", train=train, at=told_clock(view, unit.loco_s))
    left = unit is not None and unit.departed_s is not None
    return _("away with {train}", train=train) if left else _("on {train}", train=train)


def people_lines(view: View) -> Iterator[str]:
    """A line for each pool: how many there are and work, at what, and what waits for them; then the line locomotives."""
    found = rotas(view)
    for name, rota in found.items():
        pool = view.pools[name]
        parts = [_("{busy} of {total} at work", busy=pool.busy, total=pool.total)]
        parts += [piece_text(view, *piece) for piece in rota.doing]
        if rota.waiting:
            waiting = ", ".join(_("{subject} {work}", subject=who, work=word(task)) for who, task, _job in rota.waiting)
            parts.append(_("waiting: {work}", work=waiting))
        elif pool.queue:
            parts.append(_("{count} waiting", count=pool.queue))
        yield f"{_(POOLS[name])}: {'; '.join(parts)}"
    for gauge, free in view.locos.items():
        at_work = [engine_text(view, engine) for engine in view.engines if engine.gauge == gauge]
        yield _(
            "locomotives of {gauge} mm: {what}", gauge=gauge, what="; ".join([_("{count} free", count=free), *at_work])
        )
