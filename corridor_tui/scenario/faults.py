"""What is odd about papers: clerical errors, misdeclared goods, and legal oddities that only look wrong.

A fault may come in the dress of a legal oddity (a tare that does not come out, a re-sealing act for another seal), as
often as sound papers have one, so that no exception of the rulebook proves by itself that all is well or that it is not.
What is written wrongly is something that another consignment's papers might rightly say: no document betrays it alone.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import TypeAlias

from corridor_tui.level.risk import Family
from corridor_tui.level.traffic import Case
from corridor_tui.scenario import goods as catalogue
from corridor_tui.scenario.danger import CLASSES, ENTRIES, LIMITED, NOTHING, Entry, any_entry, read
from corridor_tui.scenario.goods import BANDS, also, grade_range
from corridor_tui.scenario.iso6346 import check_digit, compact, spaced
from corridor_tui.scenario.parties import DESTINATIONS, EASTWARD, FORMS, LONG_FORMS, SEZ, Destination
from corridor_tui.scenario.rules import MISSING, NO_LICENCE, NOT_DECLARED, PACKING_MATERIAL
from corridor_tui.scenario.streams import below

_SAME_EVERYWHERE = 0.3
"""How often a container number was misread at its origin, so that all documents repeat the error; assumed."""
_ANOTHERS = 0.5
"""How often a wrong number on one document is another container's, with its right check digit; assumed."""
_MISSING_SHARE = 0.4
"""How often an error about a certificate or a licence is that there is none; the rest is shared evenly. Assumed."""
_MISCOUNT = 0.08
"""By how much a count of packages is wrong at the most, and by two at least; assumed."""
_YUAN = (6.4, 7.3)
"""Yuan a dollar: about the spread of the years 2016-2025."""

Sheet: TypeAlias = dict[str, dict[str, str]]
"""Documents being written: kind -> field -> value."""


@dataclass(frozen=True, slots=True)
class Draft:
    """The documents of a consignment while they are written, and what their writers know.

    `act_date` is the date that a re-sealing act made at the handover bears; `home`: loaded and sealed in Kazakhstan.
    """

    sheet: Sheet
    draws: Random
    tare_kg: int
    eastward: bool
    act_date: date
    home: bool

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
        """A number as somebody retypes it wrongly: two neighbouring digits change places, or the last is another.

        The first digit stays: a load ten times too heavy would be seen without looking at other papers.
        """
        places = [place for place in range(1, len(text) - 1) if text[place] != text[place + 1]]
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
        """Where such trains go, and what is left here."""
        return EASTWARD if self.eastward else (*DESTINATIONS, SEZ)


def apply(draft: Draft, case: Case | None, dress: Family | None = None, *, righted: bool = False) -> tuple[str, ...]:
    """Write what is odd into the documents and return the cells that bear it.

    `dress` is the family of a legal oddity that a fault comes with. `righted` leaves a clerical error out, but not that.
    """
    if case is None:
        return ()
    if case.kind == "lookalike":
        return (_ODDITIES[case.family](draft),)
    at = None if dress is None else _ODDITIES[dress](draft)
    if case.kind == "error" and righted:
        return ()
    return _FAULTS[case.family](draft, at if dress == case.family else None)


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
    new = f"{'KZ' if draft.home else 'CN'}{draft.digits(7)}"
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
        _expire(certificate, draft.today)
        return "certificate.expires"
    # In whole half tonnes, as lots are.
    certificate["covers_kg"] = str(round(int(certificate["covers_kg"]) * draft.between(1.5, 4.0) / 500 + 0.5) * 500)
    return "certificate.covers_kg"


def _expire(certificate: dict[str, str], on: date) -> None:
    """Let a certificate expire on a day; issued for as long as it was, so that its dates tell nothing among themselves."""
    earlier = date.fromisoformat(certificate["expires"]) - on
    for field in ("issued", "expires"):
        certificate[field] = (date.fromisoformat(certificate[field]) - earlier).isoformat()


def _in_yuan(draft: Draft) -> str:
    invoice, rate = draft.sheet["invoice"], round(draft.between(*_YUAN), 2)
    invoice["value"] = f"CNY {round(int(invoice['value'].partition(' ')[2]) * rate)}"
    invoice["usd_per_kg"] = f"{float(invoice['usd_per_kg']) * rate:.3f} CNY"
    invoice["rate"] = f"{rate:.2f} CNY/USD"
    return "invoice.usd_per_kg"


def _with_dunnage(draft: Draft) -> str:
    packing = draft.sheet["packing"]
    packing["also"] = f"{packing['also']}, {draft.one_of(*PACKING_MATERIAL)}"
    return "packing.also"


def _under_the_rule(draft: Draft) -> str:
    """Nothing to write: what looks forbidden was registered before the rule, or has another code than it names."""
    return "risk.registered"


def _declared_entry(draft: Draft) -> Entry | None:
    return read(draft.sheet["note"]["danger"])


def _entry_of_these(draft: Draft, but: Entry | None = None) -> Entry:
    """An entry under which such goods might travel, but one."""
    entries = ENTRIES[catalogue.by_name(draft.sheet["note"]["goods"]).code]
    fitting = [entry for entry in entries if entry != but]
    return fitting[below(draft.draws.random(), len(fitting))]


def declare(entry: Entry, name: str) -> dict[str, str]:
    """An entry as a dangerous-goods declaration tells it; `-` where it has no packing group."""
    return {"un": entry.un, "proper_name": name, "class": entry.kind, "group": entry.group or "-"}


def _other_name(draft: Draft) -> str:
    """Another permitted name on the declaration than on the note; goods in limited quantities need no declaration."""
    entry = _declared_entry(draft)
    if entry is None:
        draft.sheet["note"]["danger"] = f"{_entry_of_these(draft).un}{LIMITED}"
        return "note.danger"
    here = draft.sheet["danger"]["proper_name"]
    draft.sheet["danger"]["proper_name"] = next(name for name in entry.names if name != here)
    return "danger.proper_name"


def _limited(draft: Draft) -> str:
    """Packages marked as limited quantities, which nobody has to declare."""
    marks = draft.sheet["packing"]["marks"]
    un = _entry_of_these(draft).un if marks == NOTHING else marks
    draft.sheet["packing"]["marks"] = f"{un}{LIMITED}"
    return "packing.marks"


def _covered(draft: Draft) -> str:
    """More paid in advance, or a guarantee for more than this; or one that ends today."""
    sheet, ends = draft.sheet, draft.draws.random() < 0.5
    kind, field = _secured(draft)
    if kind == "guarantee" and ends:
        _expire(sheet["guarantee"], draft.today)
        return "guarantee.expires"
    # In whole thousands, as such sums are.
    more = round(_usd(sheet[kind][field]) * draft.between(1.2, 4.0) / 1_000 + 0.5) * 1_000
    sheet[kind][field] = f"USD {more}"
    return f"{kind}.{field}"


def _usd(text: str) -> int:
    return int(text.partition(" ")[2])


def _secured(draft: Draft) -> tuple[str, str]:
    """The sheet and the field that say how duties are paid or secured."""
    return ("payment", "paid") if "payment" in draft.sheet else ("guarantee", "covers")


def _as_painted(draft: Draft) -> str:
    kind = draft.one_of("note", "declaration", "handover")
    draft.sheet[kind]["containers"] = spaced(draft.sheet[kind]["containers"])
    return f"{kind}.containers"


# Clerical errors: `at` is the cell of the legal oddity they come dressed in, if any.


def _kind_of(at: str | None, draft: Draft, *kinds: str) -> str:
    return draft.one_of(*kinds) if at is None else at.partition(".")[0]


def _mass(draft: Draft, at: str | None) -> tuple[str, ...]:
    # Not the packing list: its net mass would give it away.
    kind = _kind_of(at, draft, "declaration", "note", "handover")
    kilos, *words = draft.sheet[kind]["gross_kg"].split(" ")
    draft.sheet[kind]["gross_kg"] = " ".join((draft.swapped(kilos), *words))
    return (f"{kind}.gross_kg",)


def _packages(draft: Draft, at: str | None) -> tuple[str, ...]:
    kind = _kind_of(at, draft, "declaration", "note")
    text, _, unit = draft.sheet[kind]["packages"].partition(" ")
    count = int(text)
    wrong = 1 + below(draft.draws.random(), max(2, round(count * _MISCOUNT)))
    fewer = draft.draws.random() < 0.5 and wrong < count
    draft.sheet[kind]["packages"] = f"{count - wrong if fewer else count + wrong} {unit}"
    return (f"{kind}.packages",)


def _hs(draft: Draft, at: str | None) -> tuple[str, ...]:
    kind = _kind_of(at, draft, "declaration", "invoice")
    draft.sheet[kind]["hs"] = _sister(draft, draft.sheet[kind]["hs"])
    return (f"{kind}.hs",)


def _sister(draft: Draft, code: str) -> str:
    """Another code under which such goods might travel."""
    codes = catalogue.by_name(draft.sheet["note"]["goods"]).codes
    return draft.one_of(*(other for other in codes if other[:6] != code[:6]))


def _party(draft: Draft, at: str | None) -> tuple[str, ...]:
    note = draft.sheet["note"]
    place = next(place for place in draft.destinations if note["station"] in place.stations)
    if at is None and draft.draws.random() < 0.5:
        draft.sheet["declaration"]["station"] = next(name for name in place.stations if name != note["station"])
        return ("declaration.station",)
    kind = _kind_of(at, draft, "declaration", "invoice")
    other = _other_firm(draft, place, note["consignee"])
    draft.sheet[kind]["consignee"] = other if at is None else _in_full(other)
    return (f"{kind}.consignee",)


def _other_firm(draft: Draft, place: Destination, consignee: str) -> str:
    """Another firm of the same place; or, harder to see, one of the same name under another legal form."""
    firms = [f"{firm} {form}" for firm in place.firms for form in FORMS[place.country]]
    name = next(firm for firm in place.firms if consignee.startswith(firm))
    alike = draft.draws.random() < 0.3
    return draft.one_of(*(firm for firm in firms if firm != consignee and firm.startswith(name) == alike))


def _seal(draft: Draft, _at: str | None) -> tuple[str, ...]:
    right = draft.sheet["handover"]["seal"]
    draft.sheet["handover"]["seal"] = right[:2] + draft.swapped(right[2:])
    return ("handover.seal",)


def _certificate(draft: Draft, _at: str | None) -> tuple[str, ...]:
    certificate = draft.sheet["certificate"]
    if draft.draws.random() < _MISSING_SHARE:
        del draft.sheet["certificate"]
        return (MISSING,)
    others = [
        item.name for item in catalogue.CATALOGUE
        if item.eastward == draft.eastward and item.name != certificate["goods"]
        and item.certificate in (certificate["type"], None if certificate["type"] == "conformity" else certificate["type"])
    ]  # fmt: skip
    field = draft.one_of("expires", "covers_kg", *(["goods"] if others else []))
    if field == "expires":
        _expire(certificate, draft.today - timedelta(days=1 + below(draft.draws.random(), 20)))
    elif field == "covers_kg":
        certificate[field] = str(round(int(draft.sheet["packing"]["net_kg"]) * draft.between(0.8, 0.97)))
    else:
        certificate[field] = draft.one_of(*others)
    return (f"certificate.{field}",)


def _licence(draft: Draft, _at: str | None) -> tuple[str, ...]:
    if draft.draws.random() < _MISSING_SHARE:
        del draft.sheet["licence"]
        return (NO_LICENCE,)
    draft.sheet["licence"]["hs"] = _sister(draft, draft.sheet["licence"]["hs"])
    return ("licence.hs",)


_OF_DANGEROUS = (
    *("note none",) * 4, *("no placard",) * 4, *("marks none",) * 3, *("no declaration",) * 2,
    *("note",) * 3, *("declaration",) * 3, "placard",
)  # fmt: skip
_OF_HARMLESS = ("note", "note", "placard", "placard", "declaration")
"""What may be wrong in papers about dangerous goods, and about harmless ones of the same kinds, each as often as it stands
there. Harmless ones have such an error half as often: so what is left out of the one is put into the other as often, and no
sheet tells by what it says, or by being there, that it is wrong. The marks left out balance those of undeclared goods at the
usual shares of errors and offences.
"""


def _danger(draft: Draft, _at: str | None) -> tuple[str, ...]:
    """What is written about dangerous goods does not agree: an entry retyped from another line, left out, or put in."""
    entry = _declared_entry(draft)
    if entry is None:
        return _made_dangerous(draft)
    sheet, what = draft.sheet, draft.one_of(*_OF_DANGEROUS)
    if what == "declaration":
        return _another_declared(draft, entry)
    if what == "no declaration":
        del sheet["danger"]
        return (NOT_DECLARED,)
    if what == "marks none":
        sheet["packing"]["marks"] = NOTHING
        return ("packing.marks",)
    if what in ("placard", "no placard"):
        wrong_class = draft.one_of(*(kind for kind in CLASSES if kind != entry.kind))
        sheet["handover"]["placard"] = NOTHING if what == "no placard" else wrong_class
        return ("handover.placard",)
    other = _entry_of_these(draft, entry)
    sheet["note"]["danger"] = NOTHING if what == "note none" else other.told(draft.one_of(*other.names))
    return ("note.danger",)


def _made_dangerous(draft: Draft) -> tuple[str, ...]:
    """Harmless goods of which one paper says that they are dangerous."""
    sheet, what, wrong = draft.sheet, draft.one_of(*_OF_HARMLESS), _entry_of_these(draft)
    name = draft.one_of(*wrong.names)
    if what == "declaration":
        told = declare(wrong, name)
        sheet["danger"] = {"number": f"DG{draft.digits(5)}", **told}
        return tuple(f"danger.{field}" for field in told)
    if what == "note" and sheet["note"]["danger"] == NOTHING:
        sheet["note"]["danger"] = wrong.told(name)
        return ("note.danger",)
    sheet["handover"]["placard"] = wrong.kind
    return ("handover.placard",)


def _another_declared(draft: Draft, entry: Entry) -> tuple[str, ...]:
    """An entry of the list that is not the one of the note on the declaration; whatever of it differs bears the error."""
    sheet, draws = draft.sheet, draft.draws
    other = entry
    while other == entry:
        other = any_entry(draws.random(), draws.random())
    name = other.names[entry.names.index(sheet["danger"]["proper_name"])]
    told = declare(other, name)
    wrong = [field for field, value in told.items() if sheet["danger"][field] != value]
    sheet["danger"] |= told
    return tuple(f"danger.{field}" for field in wrong)


def _duty(draft: Draft, _at: str | None) -> tuple[str, ...]:
    """Less paid or secured than is owed, or nothing, or a guarantee that has expired."""
    sheet, (kind, field) = draft.sheet, _secured(draft)
    if draft.draws.random() < _MISSING_SHARE:
        del sheet[kind]
        return (f"{kind}.missing",)
    if kind == "guarantee" and draft.draws.random() < 0.5:
        _expire(sheet[kind], draft.today - timedelta(days=1 + below(draft.draws.random(), 20)))
        return ("guarantee.expires",)
    sheet[kind][field] = f"USD {round(_usd(sheet['declaration']['duty']) * draft.between(0.6, 0.96))}"
    return (f"{kind}.{field}",)


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
    if draft.draws.random() < _ANOTHERS:
        wrong = f"{wrong[:10]}{check_digit(wrong[:10])}{wrong[11:]}"
    draft.sheet[kind]["containers"] = wrong if at is None else spaced(wrong)
    return (f"{kind}.containers",)


# Offences: they cannot be set right.


def _misdeclared(draft: Draft, _at: str | None) -> tuple[str, ...]:
    """Other goods under the name of those declared: the price is that of another grade than the index has for them."""
    kind = catalogue.by_name(draft.sheet["note"]["goods"])
    ranges = [grade_range(kind, band) for band in range(BANDS)]
    draft.sheet["risk"]["range_usd_kg"] = draft.one_of(
        *(text for text in ranges if text != draft.sheet["risk"]["range_usd_kg"])
    )
    return ("risk.range_usd_kg",)


def _undeclared(draft: Draft, _at: str | None) -> tuple[str, ...]:
    """Goods that travel with the others and are not on the declaration."""
    packing = draft.sheet["packing"]
    said, comma, material = packing["also"].partition(",")
    packing["also"] = draft.one_of(*(item for item in also(eastward=draft.eastward) if item != said)) + comma + material
    return ("packing.also",)


def _concealed(draft: Draft, _at: str | None) -> tuple[str, ...]:
    """Dangerous goods under the papers of others: the packages bear a UN number that nobody declares."""
    draws = draft.draws
    real = _entry_of_these(draft)
    while draft.sheet["note"]["danger"].startswith(real.un):
        real = any_entry(draws.random(), draws.random())
    draft.sheet["packing"]["marks"] = real.un
    return ("packing.marks",)


def _barred(draft: Draft, _at: str | None) -> tuple[str, ...]:
    """Nothing to write: the code and the minute of registration are what is wrong."""
    return ("declaration.hs", "risk.registered")


_ODDITIES: dict[Family, Callable[[Draft], str]] = {
    "mass": _with_tare,
    "packages": _on_pallets,
    "hs": _national_digits,
    "party": _long_form,
    "seal": _resealed,
    "certificate": _certificate_like,
    "container": _as_painted,
    "licence": _under_the_rule,
    "danger": _other_name,
    "duty": _covered,
    "concealed": _limited,
    "goods": _in_yuan,
    "undeclared": _with_dunnage,
    "barred": _under_the_rule,
}
"""The legal oddity of each family."""
_FAULTS: dict[Family, Callable[[Draft, str | None], tuple[str, ...]]] = {
    "mass": _mass,
    "packages": _packages,
    "hs": _hs,
    "party": _party,
    "seal": _seal,
    "certificate": _certificate,
    "container": _container,
    "licence": _licence,
    "danger": _danger,
    "duty": _duty,
    "concealed": _concealed,
    "goods": _misdeclared,
    "undeclared": _undeclared,
    "barred": _barred,
}
"""The fault of each family; it is told the cell of the oddity of its own family that it comes with, if any."""
