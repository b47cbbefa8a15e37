"""An automatic customs desk: follows the lane, reads papers as well as it can, and acts on what it finds."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from corridor_tui.corridor.chain import at_terminal, sent_home
from corridor_tui.corridor.checks_customs import PHYSICAL, releasable
from corridor_tui.corridor.freed import free_pool
from corridor_tui.corridor.orders import Order, risk_limit
from corridor_tui.corridor.standing import below_limit
from corridor_tui.corridor.state import Dossier, Unit
from corridor_tui.corridor.view import View
from corridor_tui.corridor.work import PLANT_HEALTH
from corridor_tui.dispatcher.agenda import Waiting
from corridor_tui.dispatcher.base import if_heard
from corridor_tui.dispatcher.reading import Clash
from corridor_tui.level.risk import OFFENCES
from corridor_tui.scenario.rules import Today
from corridor_tui.scenario.values import Papers

Reader: TypeAlias = Callable[[Papers, tuple[Today, ...]], tuple[Clash, ...]]


BATCH = 3
"""How many green consignments are worth an order of their own while more are to come; assumed."""
MANY = 5
"""From how many green consignments on they are released in bulk and not one by one; assumed."""


_DRAWERS = 64
"""How many more than twice the papers at hand are kept before those in the archive are looked for; assumed."""
_OPEN = ("expected", "lodged")


class Clerk:
    """Works the dossiers of every train, in the order of the trains given, which `undecided` names; unless `early`, only of one under the cranes.

    `by_rule`: as standing orders have it, of what is green only what their limit lets go.
    """

    def __init__(self, reads: Reader, *, early: bool, by_rule: bool = False) -> None:
        self._reads = reads
        self._waiting = Waiting()
        self._read: dict[str, tuple[Clash, ...]] = {}
        self._undecided: dict[str, list[Dossier]] = {}
        self._early, self._by_rule = early, by_rule

    def woken(self, freed: Iterable[str]) -> list[str]:
        """The trains whose papers waited for what has become free."""
        return self._waiting.woken(freed)

    def undecided(self, view: View, units: Iterable[Unit]) -> list[Unit]:
        """The trains among some units on whose papers it has not decided, as far as it knows; what is on its way is none."""
        cargo, known = view.cargo, self._undecided
        return [
            unit
            for unit in units
            if unit.id in cargo and known.get(unit.id, True) and (unit.departed_s is None or sent_home(unit))
        ]

    def act(self, view: View, units: list[Unit], *, thorough: bool = False) -> Iterator[Order]:
        """The orders it gives now: flagged consignments first, since they take longest, then the green ones.

        `thorough`: reads the papers of green and blue ones too, before it lets them go.
        """
        for unit in units:
            if not (self._early or unit.kind != "container" or at_terminal(view, unit)):
                continue
            known = self._undecided.get(unit.id)
            dossiers = [view.dossiers[name] for name in view.cargo[unit.id]] if known is None else known
            self._undecided[unit.id] = undecided = [each for each in dossiers if each.state in _OPEN]
            lodged = [dossier for dossier in undecided if dossier.state == "lodged"]
            if lodged:
                yield from self._of_train(view, unit, lodged, last=len(lodged) == len(undecided), thorough=thorough)

    def let_go(self, view: View) -> None:
        """Forget the papers of trains that are in the archive, so that a year fills no more drawers than a week."""
        if len(self._undecided) > 2 * len(view.cargo) + _DRAWERS:
            self._undecided = {name: left for name, left in self._undecided.items() if name in view.cargo}
        if len(self._read) > 2 * len(view.dossiers) + _DRAWERS:
            self._read = {name: clashes for name, clashes in self._read.items() if name in view.dossiers}

    def _of_train(
        self, view: View, unit: Unit, lodged: list[Dossier], *, last: bool, thorough: bool
    ) -> Iterator[Order]:
        green = 0
        for dossier in lodged:
            if dossier.sample == "wanted" and (self._early or unit.did("lift") or unit.did("border")):
                yield from if_heard(view, "sample", dossier.id)
            if dossier.lane in ("yellow", "red") or (thorough and self._clashes(view, dossier.id)):
                yield from self._flagged(view, dossier)
            else:
                green += 1
        if self._by_rule and risk_limit(view.standing.get("auto-release", "")) is not None:
            names = releasable(view, unit.id) if green else []
            yield from (Order("release", (name,)) for name in names if below_limit(view, name))
        elif green >= BATCH or (green and (last or unit.kind == "through" or unit.did("lift"))):
            yield from self._greens(view, unit)

    def _greens(self, view: View, unit: Unit) -> Iterator[Order]:
        """Release green consignments: several at once, or one for each officer who is free where there are only a few."""
        names = releasable(view, unit.id) if self._officer(view, unit.id) else []
        if len(names) >= MANY:
            yield Order("release", (unit.id,))
            return
        for name in names:
            if self._officer(view, unit.id):
                yield Order("release", (name,))

    def _flagged(self, view: View, dossier: Dossier) -> Iterator[Order]:
        if dossier.finding is not None or any(
            job.progress != "done" for task, job in dossier.jobs.items() if task not in PLANT_HEALTH
        ):
            return
        if any(family in dossier.seen.values() for family in OFFENCES) or self._offence_upheld(dossier):
            yield Order("detain", (dossier.id,))
            return
        if dossier.lane == "yellow" and "check" not in dossier.jobs:
            if not self._officer(view, dossier.train):
                return
            yield Order("check", (dossier.id,))
        elif dossier.lane == "red" and not any(rung in dossier.jobs for rung in PHYSICAL):
            rung = "scan" if view.pools["scanners"].total else "open"
            yield from if_heard(view, rung, dossier.id)
        if not dossier.findings:
            for clash in self._clashes(view, dossier.id)[:1]:
                yield from if_heard(view, "find", dossier.id, clash.first, clash.second, clash.rule)
        yield from if_heard(view, "release", dossier.id)

    def _officer(self, view: View, train: str) -> bool:
        """Whether an officer has nothing to do: a short queue lets what is urgent go first."""
        officers = view.pools["officers"]
        if officers.busy < officers.total:
            return True
        self._waiting.park(free_pool("officers"), train)
        return False

    def _clashes(self, view: View, name: str) -> tuple[Clash, ...]:
        """What it finds in the papers as first lodged; they are read once."""
        if name not in self._read:
            papers = view.papers(name)
            self._read[name] = () if papers is None else self._reads(papers, tuple(view.rules.values()))
        return self._read[name]

    @staticmethod
    def _offence_upheld(dossier: Dossier) -> bool:
        last = dossier.findings[-1] if dossier.findings else None
        return last is not None and last.outcome == "upheld" and last.rule in OFFENCES
