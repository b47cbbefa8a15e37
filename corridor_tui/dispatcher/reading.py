"""Reading papers: what a careful officer finds in them with the rulebook, and what a quick glance thinks to see."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from corridor_tui.scenario.iso6346 import compact, valid
from corridor_tui.scenario.parties import LONG_FORMS
from corridor_tui.scenario.rules import MISSING
from corridor_tui.scenario.values import Papers

Cells: TypeAlias = dict[str, str]
"""Every value of the papers by its address."""


@dataclass(frozen=True, slots=True)
class Clash:
    """Two cells that seem to clash, and the rule they would break."""

    rule: str
    first: str
    second: str


def _cells(papers: Papers) -> Cells:
    return {f"{document.kind}.{name}": value for document in papers.documents for name, value in document.fields}


def _differ(cells: Cells, rule: str, names: tuple[str, ...], alike: Callable[[str, str], bool]) -> list[Clash]:
    """The first pair of cells that are both there and not alike."""
    there = [name for name in names if name in cells]
    for place, first in enumerate(there):
        for second in there[place + 1 :]:
            if not alike(cells[first], cells[second]):
                return [Clash(rule, first, second)]
    return []


def _same(first: str, second: str) -> bool:
    return first == second


def _mass(cells: Cells) -> list[Clash]:
    if found := _differ(cells, "mass", ("note.gross_kg", "declaration.gross_kg", "packing.gross_kg"), _same):
        return found
    if "handover.gross_kg" not in cells or "note.gross_kg" not in cells:
        return []
    kilos = int(cells["handover.gross_kg"].partition(" ")[0]) - int(cells.get("handover.tare_kg", "0"))
    return [] if kilos == int(cells["note.gross_kg"]) else [Clash("mass", "handover.gross_kg", "note.gross_kg")]


_PACKAGES = ("note.packages", "declaration.packages", "packing.packages")


def _packages(cells: Cells) -> list[Clash]:
    numbers = cells.get("packing.conversion", "").split(" on ")

    def alike(first: str, second: str) -> bool:
        return first == second or (first in numbers and second in numbers)

    return _differ(cells, "packages", _PACKAGES, alike)


def _hs(cells: Cells) -> list[Clash]:
    return _differ(cells, "hs", ("note.hs", "declaration.hs", "invoice.hs"), lambda a, b: a[:6] == b[:6])


def _firm(name: str) -> str:
    for short, long in LONG_FORMS.items():
        if name.endswith(f" {long}"):
            return name[: -len(long)] + short
    return name


_CONSIGNEES = ("note.consignee", "declaration.consignee", "invoice.consignee", "packing.consignee")
_STATIONS = ("note.station", "declaration.station")


def _party(cells: Cells) -> list[Clash]:
    firms = _differ(cells, "party", _CONSIGNEES, lambda a, b: _firm(a) == _firm(b))
    return firms or _differ(cells, "party", _STATIONS, _same)


def _seal(cells: Cells) -> list[Clash]:
    note, handover = cells.get("note.seal"), cells.get("handover.seal")
    if note == handover:
        return []
    if "reseal.new_seal" not in cells or cells.get("reseal.old_seal") != note:
        return [Clash("seal", "note.seal", "handover.seal")]
    return [] if cells["reseal.new_seal"] == handover else [Clash("seal", "reseal.new_seal", "handover.seal")]


def _certificate(cells: Cells) -> list[Clash]:
    if cells.get("invoice.needs", "none") == "none":
        return []
    if "certificate.expires" not in cells:
        return [Clash("certificate", MISSING, "invoice.needs")]
    if cells["certificate.expires"] < cells["handover.date"]:
        return [Clash("certificate", "certificate.expires", "handover.date")]
    if int(cells["certificate.covers_kg"]) < int(cells["packing.net_kg"]):
        return [Clash("certificate", "certificate.covers_kg", "packing.net_kg")]
    return _differ(cells, "certificate", ("certificate.goods", "note.goods"), _same)


def _certificate_glance(cells: Cells) -> list[Clash]:
    """A certificate taken literally: one that ends today has ended, and one for another mass is another's."""
    if found := _certificate(cells):
        return found
    if cells.get("certificate.expires") == cells.get("handover.date"):
        return [Clash("certificate", "certificate.expires", "handover.date")]
    return _differ(cells, "certificate", ("certificate.covers_kg", "packing.net_kg"), _same)


_CONTAINERS = ("note.containers", "declaration.containers", "handover.containers")


def _container(cells: Cells) -> list[Clash]:
    if found := _differ(cells, "container", _CONTAINERS, lambda a, b: compact(a) == compact(b)):
        return found
    if "note.containers" not in cells:
        return []
    shown = compact(cells["note.containers"])
    return [] if valid(shown[:11]) else [Clash("container", "note.containers", "declaration.containers")]


def _within(shown: str, limits: str) -> bool:
    low, _, high = limits.partition("-")
    return float(low) <= float(shown) <= float(high)


def _goods(cells: Cells) -> list[Clash]:
    for shown, limits in (
        ("invoice.usd_per_kg", "declaration.range_usd_kg"),
        ("packing.kg_each", "declaration.usual_kg"),
    ):
        if shown in cells and limits in cells and not _within(cells[shown], cells[limits]):
            return [Clash("goods", shown, limits)]
    return []


_CAREFUL = (_mass, _packages, _hs, _party, _seal, _certificate, _container, _goods)


def clashes(papers: Papers) -> tuple[Clash, ...]:
    """What a careful officer finds: every discrepancy the rulebook does not excuse."""
    cells = _cells(papers)
    return tuple(clash for look in _CAREFUL for clash in look(cells))


def first_glance(papers: Papers) -> tuple[Clash, ...]:
    """What a novice thinks to see: packages, firms, stations, seals and certificates that are not literally the same."""
    cells = _cells(papers)
    found = _differ(cells, "packages", _PACKAGES, _same)
    found += _differ(cells, "party", _CONSIGNEES, _same) or _differ(cells, "party", _STATIONS, _same)
    found += _differ(cells, "seal", ("note.seal", "handover.seal"), _same)
    return tuple(found + _certificate_glance(cells))
