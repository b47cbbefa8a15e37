"""Reading papers: what a careful officer finds in them with the rulebook, and what a quick glance thinks to see."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from corridor_tui.scenario.iso6346 import valid
from corridor_tui.scenario.parties import LONG_FORMS
from corridor_tui.scenario.rules import MISSING
from corridor_tui.scenario.values import Papers


@dataclass(frozen=True, slots=True)
class Clash:
    """Two cells that seem to clash, and the rule they would break."""

    rule: str
    first: str
    second: str


def _differ(papers: Papers, rule: str, cells: tuple[str, ...], alike: Callable[[str, str], bool]) -> list[Clash]:
    """The first pair of cells that are both there and not alike."""
    there = [(cell, value) for cell in cells if (value := papers.value(cell)) is not None]
    for place, (cell, value) in enumerate(there):
        for other, second in there[place + 1 :]:
            if not alike(value, second):
                return [Clash(rule, cell, other)]
    return []


def _same(first: str, second: str) -> bool:
    return first == second


def _mass(papers: Papers) -> list[Clash]:
    if found := _differ(papers, "mass", ("note.gross_kg", "declaration.gross_kg", "packing.gross_kg"), _same):
        return found
    shown, note = papers.value("handover.gross_kg"), papers.value("note.gross_kg")
    if shown is None or note is None:
        return []
    kilos = int(shown.partition(" ")[0]) - int(papers.value("handover.tare_kg") or 0)
    return [] if kilos == int(note) else [Clash("mass", "handover.gross_kg", "note.gross_kg")]


def _packages(papers: Papers) -> list[Clash]:
    numbers = re.findall(r"\d+ [a-z]+(?: bags)?", papers.value("packing.conversion") or "")

    def alike(first: str, second: str) -> bool:
        return first == second or (first in numbers and second in numbers)

    return _differ(papers, "packages", ("note.packages", "declaration.packages", "packing.packages"), alike)


def _hs(papers: Papers) -> list[Clash]:
    return _differ(papers, "hs", ("note.hs", "declaration.hs", "invoice.hs"), lambda a, b: a[:6] == b[:6])


def _firm(name: str) -> str:
    for short, long in LONG_FORMS.items():
        if name.endswith(f" {long}"):
            return name[: -len(long)] + short
    return name


_CONSIGNEES = ("note.consignee", "declaration.consignee", "invoice.consignee", "packing.consignee")
_STATIONS = ("note.station", "declaration.station")


def _party(papers: Papers) -> list[Clash]:
    firms = _differ(papers, "party", _CONSIGNEES, lambda a, b: _firm(a) == _firm(b))
    return firms or _differ(papers, "party", _STATIONS, _same)


def _seal(papers: Papers) -> list[Clash]:
    note, handover = papers.value("note.seal"), papers.value("handover.seal")
    act = (papers.value("reseal.old_seal"), papers.value("reseal.new_seal"))
    return [] if note == handover or act == (note, handover) else [Clash("seal", "note.seal", "handover.seal")]


def _certificate(papers: Papers) -> list[Clash]:
    if papers.value("invoice.needs") in (None, "none"):
        return []
    expires, goods = papers.value("certificate.expires"), papers.value("certificate.goods")
    if expires is None or goods is None:
        return [Clash("certificate", MISSING, "invoice.needs")]
    if expires < (papers.value("handover.date") or ""):
        return [Clash("certificate", "certificate.expires", "handover.date")]
    return [] if goods == papers.value("note.goods") else [Clash("certificate", "certificate.goods", "note.goods")]


_CONTAINERS = ("note.containers", "declaration.containers", "handover.containers")


def _container(papers: Papers) -> list[Clash]:
    if found := _differ(papers, "container", _CONTAINERS, _same):
        return found
    shown = papers.value("note.containers") or ""
    return [] if valid(shown[:11]) else [Clash("container", "note.containers", "declaration.containers")]


def _goods(papers: Papers) -> list[Clash]:
    low, _, high = (papers.value("declaration.range_usd_kg") or "0-0").partition("-")
    per_kg = float(papers.value("invoice.usd_per_kg") or 0)
    # Half as much again is left for a good or a bad bargain.
    if float(low) / 1.5 <= per_kg <= float(high) * 1.5:
        return []
    return [Clash("goods", "invoice.usd_per_kg", "declaration.range_usd_kg")]


_CAREFUL = (_mass, _packages, _hs, _party, _seal, _certificate, _container, _goods)


def clashes(papers: Papers) -> tuple[Clash, ...]:
    """What a careful officer finds: every discrepancy the rulebook does not excuse."""
    return tuple(clash for look in _CAREFUL for clash in look(papers))


def first_glance(papers: Papers) -> tuple[Clash, ...]:
    """What a novice thinks to see: packages, firms, stations, seals and certificates that are not literally the same."""
    found = _differ(papers, "packages", ("note.packages", "declaration.packages", "packing.packages"), _same)
    found += _differ(papers, "party", _CONSIGNEES, _same) or _differ(papers, "party", _STATIONS, _same)
    found += _differ(papers, "seal", ("note.seal", "handover.seal"), _same)
    return tuple(found + _certificate(papers))
