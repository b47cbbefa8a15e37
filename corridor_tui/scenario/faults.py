"""What is odd about papers: clerical errors, misdeclared goods, and legal oddities that only look wrong.

A clerical error may come in the dress of a legal oddity (a tare that does not come out, a re-sealing act for another
seal), so that no exception of the rulebook proves by itself that all is well.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import TypeAlias

from corridor_tui.level.traffic import Case
from corridor_tui.scenario import goods as catalogue
from corridor_tui.scenario.iso6346 import compact, spaced
from corridor_tui.scenario.parties import DESTINATIONS, EASTWARD, FORMS, LONG_FORMS, Destination
from corridor_tui.scenario.rules import MISSING
from corridor_tui.scenario.streams import below

_DRESSED = 0.3
"""How often an error comes in the dress of its family's legal oddity; assumed."""
_SAME_EVERYWHERE = 0.3
"""How often a container number was misread at its origin, so that all documents repeat the error; assumed."""
_MISSING_SHARE = 0.4
"""How often an error about a certificate is that there is none; the rest is shared evenly. Assumed."""

Sheet: TypeAlias = dict[str, dict[str, str]]
"""Documents being written: kind -> field -> value."""


@dataclass(frozen=True, slots=True)
class Draft:
    """The documents of a consignment while they are written, and what their writers know.

    `act_date` is the date that a re-sealing act made at the handover bears.
    """

    sheet: Sheet
    draws: Random
    tare_kg: int
    eastward: bool
    act_date: date

    def one_of(self, *names: str) -> str:
        """One of some names, by chance."""
        return names[below(self.draws.random(), len(names))]

    def between(self, low: float, high: float) -> float:
        """A number between two others, by chance."""
        return low + (high - low) * self.draws.random()

    def digits(self, count: int) -> str:
        """So many digits, by chance."""
        return f"{below(self.draws.random(), 10**count):0{count}d}"

    def swapped(self, text: str) -> str:
        """A number as somebody retypes it wrongly: two neighbouring digits change places, or the last is another."""
        places = [
            place
            for place in range(len(text) - 1)
            if text[place] != text[place + 1] and not (place == 0 and text[1] == "0")
        ]
        if not places:
            return text[:-1] + str((int(text[-1]) + 3) % 10)
        place = places[below(self.draws.random(), len(places))]
        return text[:place] + text[place + 1] + text[place] + text[place + 2 :]

    @property
    def today(self) -> date:
        """The day of the handover."""
        return date.fromisoformat(self.sheet["handover"]["date"])

    @property
    def destinations(self) -> tuple[Destination, ...]:
        """Where such trains go."""
        return EASTWARD if self.eastward else DESTINATIONS


def apply(draft: Draft, case: Case | None, *, righted: bool = False) -> tuple[str, ...]:
    """Write what is odd into the documents and return the cells that bear it.

    `righted` leaves a clerical error out, but not the legal oddity that it came dressed in.
    """
    if case is None:
        return ()
    if case.kind == "offence":
        return _misdeclared(draft)
    oddity, error = _FAMILIES[case.family]
    if case.kind == "lookalike":
        return (oddity(draft),)
    at = oddity(draft) if draft.draws.random() < _DRESSED else None
    return () if righted else error(draft, at)


# Legal oddities: each says at which cell it looks wrong.


def _with_tare(draft: Draft) -> str:
    handover = draft.sheet["handover"]
    handover["gross_kg"] = f"{int(handover['gross_kg']) + draft.tare_kg} incl. tare"
    handover["tare_kg"] = str(draft.tare_kg)
    return "handover.gross_kg"


def _on_pallets(draft: Draft) -> str:
    packing = draft.sheet["packing"]
    count, _, unit = packing["packages"].partition(" ")
    if unit == "pallets":
        units = f"{int(count) * 12} units"
        draft.sheet["note"]["packages"] = units
        packing["conversion"] = f"{units} on {count} pallets"
    else:
        pallets = max(2, int(count) // (12 + below(draft.draws.random(), 20)))
        draft.sheet["note"]["packages"] = f"{pallets} pallets"
        packing["conversion"] = f"{count} {unit} on {pallets} pallets"
    return "note.packages"


def _national_digits(draft: Draft) -> str:
    code = draft.sheet["invoice"]["hs"]
    tail = (int(code[6:]) + 1 + below(draft.draws.random(), 9_000)) % 10_000
    draft.sheet["invoice"]["hs"] = f"{code[:6]}{tail:04d}"
    return "invoice.hs"


def _in_full(name: str) -> str:
    """A firm's name with its legal form written out."""
    short = next(form for form in LONG_FORMS if name.endswith(f" {form}"))
    return name[: -len(short)] + LONG_FORMS[short]


def _long_form(draft: Draft) -> str:
    kind = draft.one_of("declaration", "invoice", "packing")
    draft.sheet[kind]["consignee"] = _in_full(draft.sheet[kind]["consignee"])
    return f"{kind}.consignee"


def _resealed(draft: Draft) -> str:
    new = f"{'KZ' if draft.eastward else 'CN'}{draft.digits(7)}"
    draft.sheet["handover"]["seal"] = new
    draft.sheet["reseal"] = {
        "number": draft.digits(4),
        "old_seal": draft.sheet["note"]["seal"],
        "new_seal": new,
        "reason": "seal check at the border",
        "date": draft.act_date.isoformat(),
    }
    return "handover.seal"


def _certificate_like(draft: Draft) -> str:
    certificate = draft.sheet["certificate"]
    if draft.draws.random() < 0.5:
        certificate["expires"] = draft.sheet["handover"]["date"]
        return "certificate.expires"
    # In whole half tonnes, as lots are.
    certificate["covers_kg"] = str(round(int(certificate["covers_kg"]) * draft.between(1.5, 4.0) / 500 + 0.5) * 500)
    return "certificate.covers_kg"


def _as_painted(draft: Draft) -> str:
    kind = draft.one_of("note", "declaration", "handover")
    draft.sheet[kind]["containers"] = spaced(draft.sheet[kind]["containers"])
    return f"{kind}.containers"


# Clerical errors: `at` is the cell of the legal oddity they come dressed in, if any.


def _kind_of(at: str | None, draft: Draft, *kinds: str) -> str:
    return draft.one_of(*kinds) if at is None else at.partition(".")[0]


def _mass(draft: Draft, at: str | None) -> tuple[str, ...]:
    kind = _kind_of(at, draft, "declaration", "packing", "note", "handover")
    kilos, *words = draft.sheet[kind]["gross_kg"].split(" ")
    draft.sheet[kind]["gross_kg"] = " ".join((draft.swapped(kilos), *words))
    return (f"{kind}.gross_kg",)


def _packages(draft: Draft, at: str | None) -> tuple[str, ...]:
    kind = _kind_of(at, draft, "declaration", "packing", "note")
    count, _, unit = draft.sheet[kind]["packages"].partition(" ")
    draft.sheet[kind]["packages"] = f"{draft.swapped(count) if len(count) > 1 else int(count) + 2} {unit}"
    return (f"{kind}.packages",)


def _hs(draft: Draft, at: str | None) -> tuple[str, ...]:
    kind = _kind_of(at, draft, "declaration", "invoice")
    code = draft.sheet[kind]["hs"]
    place = 3 + below(draft.draws.random(), 3)
    digit = (int(code[place]) + 1 + below(draft.draws.random(), 8)) % 10
    draft.sheet[kind]["hs"] = f"{code[:place]}{digit}{code[place + 1 :]}"
    return (f"{kind}.hs",)


def _party(draft: Draft, at: str | None) -> tuple[str, ...]:
    note = draft.sheet["note"]
    if at is None and draft.draws.random() < 0.5:
        stations = [place.station for place in draft.destinations if place.station != note["station"]]
        draft.sheet["declaration"]["station"] = draft.one_of(*stations)
        return ("declaration.station",)
    kind = _kind_of(at, draft, "declaration", "invoice")
    other = _other_firm(draft, note["consignee"])
    draft.sheet[kind]["consignee"] = other if at is None else _in_full(other)
    return (f"{kind}.consignee",)


def _other_firm(draft: Draft, consignee: str) -> str:
    """Another consignee of such trains; or, harder to see, one of the same name under another legal form."""
    if draft.draws.random() < 0.3:
        short = next(form for form in LONG_FORMS if consignee.endswith(f" {form}"))
        return consignee[: -len(short)] + draft.one_of(*(form for form in LONG_FORMS if form != short))
    firms = [f"{firm} {FORMS[place.country]}" for place in draft.destinations for firm in place.firms]
    return draft.one_of(*(firm for firm in firms if firm != consignee))


def _seal(draft: Draft, _at: str | None) -> tuple[str, ...]:
    right = draft.sheet["handover"]["seal"]
    draft.sheet["handover"]["seal"] = right[:2] + draft.swapped(right[2:])
    return ("handover.seal",)


def _certificate(draft: Draft, _at: str | None) -> tuple[str, ...]:
    certificate = draft.sheet["certificate"]
    if draft.draws.random() < _MISSING_SHARE:
        del draft.sheet["certificate"]
        return (MISSING,)
    field = draft.one_of("expires", "goods", "covers_kg")
    if field == "expires":
        certificate[field] = (draft.today - timedelta(days=1 + below(draft.draws.random(), 20))).isoformat()
    elif field == "covers_kg":
        certificate[field] = str(round(int(draft.sheet["packing"]["net_kg"]) * draft.between(0.4, 0.9)))
    else:
        others = (item for item in catalogue.CATALOGUE if item.eastward == draft.eastward)
        certificate[field] = draft.one_of(*(item.name for item in others if item.name != certificate[field]))
    return (f"certificate.{field}",)


_NUMBERED = ("note", "declaration", "handover")


def _container(draft: Draft, at: str | None) -> tuple[str, ...]:
    if at is None and draft.draws.random() < _SAME_EVERYWHERE:
        text = draft.sheet["note"]["containers"]
        digit = (int(text[10]) + 1 + below(draft.draws.random(), 9)) % 10
        for kind in _NUMBERED:
            draft.sheet[kind]["containers"] = f"{text[:10]}{digit}{text[11:]}"
        return tuple(f"{kind}.containers" for kind in _NUMBERED)
    kind = _kind_of(at, draft, *_NUMBERED)
    text = compact(draft.sheet[kind]["containers"])
    wrong = f"{text[:4]}{draft.swapped(text[4:10])}{text[10:]}"
    draft.sheet[kind]["containers"] = wrong if at is None else spaced(wrong)
    return (f"{kind}.containers",)


# An offence: other goods under the name of those declared. The documents agree with each other all the same.


def _misdeclared(draft: Draft) -> tuple[str, ...]:
    kind = draft.one_of("dear", "cheap", "packed")
    if kind == "packed":
        return _packed_otherwise(draft)
    low, _, high = draft.sheet["declaration"]["range_usd_kg"].partition("-")
    factor = draft.between(1.6, 3.5)
    per_kg = float(high) * factor if kind == "dear" else float(low) / factor
    value = f"USD {round(int(draft.sheet['packing']['net_kg']) * per_kg)}"
    draft.sheet["invoice"]["value"] = draft.sheet["declaration"]["value"] = value
    draft.sheet["invoice"]["usd_per_kg"] = f"{per_kg:.2f}"
    return ("invoice.usd_per_kg", "invoice.value", "declaration.value")


def _packed_otherwise(draft: Draft) -> tuple[str, ...]:
    """Far more and lighter packages than such goods come in."""
    packing, net = draft.sheet["packing"], int(draft.sheet["packing"]["net_kg"])
    least = float(draft.sheet["declaration"]["usual_kg"].partition("-")[0])
    unit = packing["packages"].partition(" ")[2]
    count = round(net / least * draft.between(1.5, 3.0)) + 1
    for kind in ("note", "declaration", "packing"):
        draft.sheet[kind]["packages"] = f"{count} {unit}"
    packing["kg_each"] = f"{net / count:.1f}"
    return ("packing.kg_each", "packing.packages", "note.packages", "declaration.packages")


_FAMILIES: dict[str, tuple[Callable[[Draft], str], Callable[[Draft, str | None], tuple[str, ...]]]] = {
    "mass": (_with_tare, _mass),
    "packages": (_on_pallets, _packages),
    "hs": (_national_digits, _hs),
    "party": (_long_form, _party),
    "seal": (_resealed, _seal),
    "certificate": (_certificate_like, _certificate),
    "container": (_as_painted, _container),
}
"""For each family its legal oddity and its error."""
