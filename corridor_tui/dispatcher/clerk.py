"""An automatic customs desk: follows the lane, reads papers as well as it can, and acts on what it finds."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from corridor_tui.corridor.chain import at_terminal
from corridor_tui.corridor.checks import refusal
from corridor_tui.corridor.checks_customs import PHYSICAL, releasable
from corridor_tui.corridor.orders import Order
from corridor_tui.corridor.state import Dossier, Unit
from corridor_tui.corridor.view import View
from corridor_tui.dispatcher.reading import Clash
from corridor_tui.level.risk import OFFENCES
from corridor_tui.scenario.rules import Today
from corridor_tui.scenario.values import Papers

Reader: TypeAlias = Callable[[Papers, Iterable[Today]], tuple[Clash, ...]]


BATCH = 3
"""How many green consignments are worth an order of their own while more are to come; assumed."""
MANY = 5
"""From how many green consignments on they are released in bulk and not one by one; assumed."""


class Clerk:
    """Works the dossiers of every train, in the order of the trains given; unless `early`, only of one under the cranes."""

    def __init__(self, reads: Reader, *, early: bool) -> None:
        self._reads = reads
        self._read: dict[str, tuple[Clash, ...]] = {}
        self._quiet: dict[str, tuple[int | None, bool]] = {}
        self._early = early

    def act(self, view: View, units: list[Unit], *, thorough: bool = False) -> Iterator[Order]:
        """The orders it gives now: flagged consignments first, since they take longest, then the green ones.

        `thorough`: reads the papers of green and blue ones too, before it lets them go.
        """
        for unit in units:
            names = view.cargo.get(unit.id, ())
            if not self._early and unit.kind == "container" and not at_terminal(view, unit):
                continue
            looks = (view.stamps.get(unit.id), _officer_free(view))
            if not names or self._quiet.get(unit.id) == looks:
                continue
            silent = True
            for order in self._of_train(view, unit, thorough=thorough):
                silent = False
                yield order
            if silent:
                self._quiet[unit.id] = looks

    def _of_train(self, view: View, unit: Unit, *, thorough: bool) -> Iterator[Order]:
        for name in view.cargo[unit.id]:
            dossier = view.dossiers[name]
            if dossier.state != "lodged":
                continue
            if dossier.lane in ("yellow", "red") or (thorough and self._clashes(view, name)):
                yield from self._flagged(view, dossier)
        yield from self._greens(view, unit)

    def _greens(self, view: View, unit: Unit) -> Iterator[Order]:
        """Release green consignments: several at once, or one for each officer who is free where there are only a few."""
        names = releasable(view, unit.id) if _officer_free(view) else []
        if len(names) < BATCH and not _all_here(view, unit):
            return
        if len(names) >= MANY:
            yield Order("release", (unit.id,))
            return
        for name in names:
            if _officer_free(view):
                yield Order("release", (name,))

    def _flagged(self, view: View, dossier: Dossier) -> Iterator[Order]:
        if dossier.finding is not None:
            return
        if any(family in dossier.seen.values() for family in OFFENCES) or self._offence_upheld(dossier):
            yield Order("detain", (dossier.id,))
            return
        if dossier.lane == "yellow" and "check" not in dossier.jobs:
            if not _officer_free(view):
                return
            yield Order("check", (dossier.id,))
        elif dossier.lane == "red" and not any(rung in dossier.jobs for rung in PHYSICAL):
            rung = "scan" if view.pools["scanners"].total else "open"
            yield from self._try(view, Order(rung, (dossier.id,)))
        if not dossier.findings:
            for clash in self._clashes(view, dossier.id)[:1]:
                yield from self._try(view, Order("find", (dossier.id, clash.first, clash.second, clash.rule)))
        yield from self._try(view, Order("release", (dossier.id,)))

    def _clashes(self, view: View, name: str) -> tuple[Clash, ...]:
        """What it finds in the papers as first lodged; they are read once."""
        if name not in self._read:
            papers = view.papers(name)
            self._read[name] = () if papers is None else self._reads(papers, view.rules.values())
        return self._read[name]

    @staticmethod
    def _offence_upheld(dossier: Dossier) -> bool:
        last = dossier.findings[-1] if dossier.findings else None
        return last is not None and last.outcome == "upheld" and last.rule in OFFENCES

    @staticmethod
    def _try(view: View, order: Order) -> Iterator[Order]:
        if refusal(view, order) is None:
            yield order


def _officer_free(view: View) -> bool:
    """Whether an officer has nothing to do: a short queue lets what is urgent go first."""
    officers = view.pools["officers"]
    return officers.busy < officers.total


def _all_here(view: View, unit: Unit) -> bool:
    """Whether nothing is gained by waiting for more of a train's papers."""
    if unit.kind == "through" or unit.did("lift"):
        return True
    return all(view.dossiers[name].state != "expected" for name in view.cargo[unit.id])
