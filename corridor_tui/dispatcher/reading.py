"""Reading papers: what a careful officer finds in them with the rulebook, and what a quick glance thinks to see."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from corridor_tui.scenario.danger import LIMITED, NOTHING, read
from corridor_tui.scenario.iso6346 import compact, valid
from corridor_tui.scenario.parties import LONG_FORMS
from corridor_tui.scenario.rules import MISSING, NO_LICENCE, NOT_DECLARED, PACKING_MATERIAL, UNPAID, UNSECURED, Today
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
    firms = _differ(cells, "party", _CONSIGNEES, lambda a, b: a == b or _firm(a) == _firm(b))
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


def _within(shown: float, limits: str) -> bool:
    low, _, high = limits.partition("-")
    return float(low) <= shown <= float(high)


def _goods(cells: Cells) -> list[Clash]:
    limits = cells.get("risk.range_usd_kg")
    price, _, currency = cells.get("invoice.usd_per_kg", "").partition(" ")
    if limits is None or not price:
        return []
    rate = float(cells["invoice.rate"].partition(" ")[0]) if currency else 1.0
    return [] if _within(float(price) / rate, limits) else [Clash("goods", "invoice.usd_per_kg", "risk.range_usd_kg")]


def _goods_literally(cells: Cells) -> list[Clash]:
    """A price that is not in dollars cannot be in the range, so the novice thinks; other prices he takes on trust."""
    if "invoice.rate" in cells:
        return [Clash("goods", "invoice.usd_per_kg", "risk.range_usd_kg")]
    return []


def _goods_named(text: str) -> frozenset[str]:
    """What a list of things that travel along names, without what packs and secures them."""
    return frozenset(part for part in text.split(", ") if part not in PACKING_MATERIAL)


def _undeclared(cells: Cells) -> list[Clash]:
    names = ("declaration.also", "invoice.also", "packing.also")
    return _differ(cells, "undeclared", names, lambda a, b: _goods_named(a) == _goods_named(b))


def _declared_danger(cells: Cells) -> tuple[str, str, str]:
    """UN number, class and packing group as the dangerous-goods declaration has them; empty where there is none."""
    return cells.get("danger.un", ""), cells.get("danger.class", ""), cells.get("danger.group", "").strip("-")


def _danger(cells: Cells) -> list[Clash]:
    """Whether note, declaration, marks and placard are of one entry of the list."""
    told, marks, placard = cells.get("note.danger", NOTHING), cells.get("packing.marks"), cells.get("handover.placard")
    entry, (un, kind, group) = read(told), _declared_danger(cells)
    if entry is not None and not un:
        return [Clash("danger", NOT_DECLARED, "note.danger")]
    if un and entry is None:
        return [Clash("danger", "note.danger", "danger.un")]
    if entry is not None and entry.un != un:
        return [Clash("danger", "note.danger", "danger.un")]
    if entry is not None and (entry.kind, entry.group) != (kind, group):
        return [Clash("danger", "note.danger", "danger.class" if entry.kind != kind else "danger.group")]
    if placard not in (None, kind or NOTHING):
        return [Clash("danger", "handover.placard", "danger.class" if kind else "note.danger")]
    return [Clash("danger", "packing.marks", "note.danger")] if un and marks == NOTHING else []


def _concealed(cells: Cells) -> list[Clash]:
    """Whether packages bear a UN number that nobody declares."""
    marks, told = cells.get("packing.marks", NOTHING), cells.get("note.danger", NOTHING)
    if marks == NOTHING or marks.endswith(LIMITED) or told.startswith(marks) or marks == cells.get("danger.un"):
        return []
    return [Clash("concealed", "packing.marks", "note.danger")]


def _danger_literally(cells: Cells) -> list[Clash]:
    """The novice compares the names letter by letter, and knows nothing of limited quantities."""
    told, name = cells.get("note.danger", NOTHING), cells.get("danger.proper_name")
    if name is None:
        return [Clash("danger", NOT_DECLARED, "note.danger")] if told != NOTHING else []
    if f"{cells['danger.un']} {name}," not in told:
        return [Clash("danger", "note.danger", "danger.un")]
    return []


def _concealed_literally(cells: Cells) -> list[Clash]:
    marks, told = cells.get("packing.marks", NOTHING), cells.get("note.danger", NOTHING)
    return [] if marks == NOTHING or told.startswith(marks) else [Clash("concealed", "packing.marks", "note.danger")]


def _usd(text: str) -> int:
    return int(text.partition(" ")[2])


def _duty(cells: Cells) -> list[Clash]:
    """Whether what is owed is paid, or what might be owed is secured."""
    procedure, owed = cells.get("declaration.procedure", ""), cells.get("declaration.duty")
    if owed is None or procedure[:2] not in ("40", "80"):
        return []
    cell, missing = ("payment.paid", UNPAID) if procedure.startswith("40") else ("guarantee.covers", UNSECURED)
    if cell not in cells:
        return [Clash("duty", missing, "declaration.duty")]
    if _usd(cells[cell]) < _usd(owed):
        return [Clash("duty", cell, "declaration.duty")]
    if cells.get("guarantee.expires", "9") < cells["handover.date"]:
        return [Clash("duty", "guarantee.expires", "handover.date")]
    return []


def _duty_literally(cells: Cells) -> list[Clash]:
    """The novice wants the very sum, and takes what ends today for ended."""
    if found := _duty(cells):
        return found
    if cells.get("guarantee.expires") == cells.get("handover.date"):
        return [Clash("duty", "guarantee.expires", "handover.date")]
    return _differ(cells, "duty", ("declaration.duty", "payment.paid", "guarantee.covers"), _same)


def _of_the_day(cells: Cells, rules: Iterable[Today]) -> list[Clash]:
    """What the rules of the day forbid: barred goods, and goods without the licence they need."""
    hs, at = cells.get("declaration.hs"), cells.get("risk.registered")
    if hs is None or at is None:
        return []
    touching = [rule for rule in rules if rule.touches(hs, at)]
    if any(rule.needs == "barred" for rule in touching):
        return [Clash("barred", "declaration.hs", "risk.registered")]
    if touching and "licence.hs" not in cells:
        return [Clash("licence", NO_LICENCE, "risk.registered")]
    if touching and cells["licence.hs"][:6] != hs[:6]:
        return [Clash("licence", "licence.hs", "declaration.hs")]
    return []


def _of_the_day_glance(cells: Cells, rules: Iterable[Today]) -> list[Clash]:
    """Rules of the day as a novice reads them: six digits are enough, and a rule counts as soon as it is told."""
    hs = cells.get("declaration.hs", "")
    near = [rule for rule in rules if any(code[:6] == hs[:6][: len(code)] for code in rule.codes)]
    if any(rule.needs == "barred" for rule in near):
        return [Clash("barred", "declaration.hs", "risk.registered")]
    return [Clash("licence", NO_LICENCE, "risk.registered")] if near and "licence.hs" not in cells else []


_CAREFUL = (
    _mass,
    _packages,
    _hs,
    _party,
    _seal,
    _certificate,
    _container,
    _goods,
    _undeclared,
    _concealed,
    _danger,
    _duty,
)


def clashes(papers: Papers, rules: Iterable[Today] = ()) -> tuple[Clash, ...]:
    """What a careful officer finds: every discrepancy the rulebook does not excuse, the rules of the day included."""
    cells = _cells(papers)
    found = [clash for look in _CAREFUL for clash in look(cells)]
    return tuple(found + _of_the_day(cells, rules))


_MASSES = ("note.gross_kg", "declaration.gross_kg", "packing.gross_kg", "handover.gross_kg")
_CODES = ("declaration.hs", "invoice.hs")


def first_glance(papers: Papers, rules: Iterable[Today] = ()) -> tuple[Clash, ...]:
    """What a novice thinks to see: whatever is not literally the same. He works out no check digit and no price."""
    cells = _cells(papers)
    found = _differ(cells, "mass", _MASSES, _same) + _differ(cells, "packages", _PACKAGES, _same)
    found += _differ(cells, "hs", _CODES, _same)
    found += _differ(cells, "party", _CONSIGNEES, _same) or _differ(cells, "party", _STATIONS, _same)
    found += _differ(cells, "seal", ("note.seal", "handover.seal"), _same)
    found += _certificate_glance(cells) + _differ(cells, "container", _CONTAINERS, _same)
    found += _goods_literally(cells) + _differ(cells, "undeclared", ("declaration.also", "packing.also"), _same)
    found += _concealed_literally(cells) + _danger_literally(cells) + _duty_literally(cells)
    return tuple(found + _of_the_day_glance(cells, rules))
