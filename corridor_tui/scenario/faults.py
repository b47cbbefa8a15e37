"""What is wrong in papers: clerical errors and offences; and legal oddities beside them, that only look wrong.

A fault may come in the dress of a legal oddity (a tare that does not come out, a re-sealing act for another seal), as
often as sound papers have one, so that no exception of the rulebook proves by itself that all is well or that it is not.
What is written wrongly is something that another consignment's papers might rightly say: no document betrays it alone.
"""

from collections.abc import Callable
from datetime import timedelta

from corridor_tui.level.risk import Family
from corridor_tui.level.traffic import Case
from corridor_tui.scenario import goods as catalogue
from corridor_tui.scenario.danger import NOTHING, Entry, any_entry
from corridor_tui.scenario.draft import Draft, declare, declared_entry, entry_of_these, expire, secured, usd
from corridor_tui.scenario.goods import BANDS, also, grade_range
from corridor_tui.scenario.iso6346 import check_digit, compact, spaced
from corridor_tui.scenario.oddities import (
    LOT_TIMES,
    LOT_TOO_LITTLE,
    ODDITIES,
    SUM_TIMES,
    SUM_TOO_LITTLE,
    in_full,
    larger_lot,
    larger_sum,
    made_up,
)
from corridor_tui.scenario.parties import FORMS, Destination
from corridor_tui.scenario.rules import MISSING, NO_LICENCE, NOT_DECLARED
from corridor_tui.scenario.spare import lots
from corridor_tui.scenario.streams import below
from corridor_tui.scenario.values import LEFT_OUT_SHARE

_SAME_EVERYWHERE = 0.3
"""How often a container number was misread at its origin, so that all documents repeat the error; assumed."""
_ANOTHERS = 0.5
"""How often a wrong number on one document is another container's, with its right check digit; assumed."""
_MISCOUNT = 0.08
"""By how much a count of packages is wrong at the most, and by two at least; assumed."""


def apply(draft: Draft, case: Case | None, dress: Family | None = None, *, righted: bool = False) -> tuple[str, ...]:
    """Write what is odd into the documents and return the cells that bear it.

    `dress` is the family of a legal oddity that a fault comes with. `righted` leaves a clerical error out, but not that.
    """
    if case is None:
        return ()
    if case.kind == "lookalike":
        return (ODDITIES[case.family](draft),)
    at = None if dress is None else ODDITIES[dress](draft)
    if case.kind == "error" and righted:
        return ()
    return _FAULTS[case.family](draft, at if dress == case.family else None)


def _kind_of(at: str | None, draft: Draft, *kinds: str) -> str:
    return draft.one_of(*kinds) if at is None else at.partition(".")[0]


def _mass(draft: Draft, at: str | None) -> tuple[str, ...]:
    # Not the packing list: its net mass would give it away.
    kind = _kind_of(at, draft, "declaration", "note", "handover")
    kilos, *words = draft.sheet[kind]["gross_kg"].split(" ")
    low, high = (sum(draft.these.box_kg(box.teu, u) for box in draft.boxes) for u in (0, 1))
    tare = draft.tare_kg if words else 0
    wrong = draft.swapped(kilos, lambda text: low <= int(text) - tare <= high)
    draft.sheet[kind]["gross_kg"] = " ".join((wrong, *words))
    return (f"{kind}.gross_kg",)


def _packages(draft: Draft, at: str | None) -> tuple[str, ...]:
    kind = _kind_of(at, draft, "declaration", "note")
    text, _, unit = draft.sheet[kind]["packages"].partition(" ")
    count, most = int(text), max(2, round(int(text) * _MISCOUNT))
    low, high = (sum(draft.these.packed_in(box.teu, u) for box in draft.boxes) for u in (0, 1))
    near = range(max(1, count - most), count + most + 1)
    # As many as such goods may have, where they are counted as they are packed: no count tells by itself that it is wrong.
    likely = [other for other in near if other != count and (unit != draft.these.package or low <= other <= high)]
    draft.sheet[kind]["packages"] = (
        f"{likely[below(draft.draws.random(), len(likely))] if likely else count + 1} {unit}"
    )
    return (f"{kind}.packages",)


def _hs(draft: Draft, at: str | None) -> tuple[str, ...]:
    kind = _kind_of(at, draft, "declaration", "invoice")
    code = draft.sheet[kind]["hs"]
    sister = _sister(draft, code)
    draft.sheet[kind]["hs"] = sister if at is None else sister[:6] + code[6:]
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
    draft.sheet[kind]["consignee"] = other if at is None else in_full(other)
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


def _certificate(draft: Draft, at: str | None) -> tuple[str, ...]:
    """It is not there, has expired, is for other goods or for too little. What is odd about it stays."""
    certificate, net = draft.sheet["certificate"], int(draft.sheet["packing"]["net_kg"])
    if at is None and draft.draws.random() < draft.missing.certificate:
        del draft.sheet["certificate"]
        return (MISSING,)
    whole = at == "certificate.covers_kg"
    forms = ("expires",) if whole else ("expires", "covers_kg")
    field = draft.one_of(*forms, "goods")
    if field == "goods":
        other = _of_another_lot(draft, certificate["type"])
        if other == certificate["goods"]:
            field = draft.one_of(*forms)
        else:
            covers = draft.lot_kg(catalogue.by_name(other))
            certificate |= {"goods": other, "covers_kg": larger_lot(draft, covers) if whole else str(covers)}
            short = int(certificate["covers_kg"]) < net
            return ("certificate.goods", "certificate.covers_kg") if short else ("certificate.goods",)
    if field == "covers_kg":
        certificate[field] = str(round(net * draft.between(*LOT_TOO_LITTLE)))
    else:
        _expired(draft, certificate)
        if not whole and draft.draws.random() < made_up(LOT_TOO_LITTLE, LOT_TIMES):
            certificate["covers_kg"] = larger_lot(draft, net)
    return (f"certificate.{field}",)


def _expired(draft: Draft, sheet: dict[str, str]) -> None:
    expire(sheet, draft.today - timedelta(days=1 + below(draft.draws.random(), 20)))


def _of_another_lot(draft: Draft, kind: str) -> str:
    """The goods of any other certificate of a kind that travels this way; they may be the same."""
    table = list(lots(draft.mix, kind, eastward=draft.eastward))
    rest = draft.draws.random() * sum(share for _, share in table)
    for name, share in table:
        if rest < share:
            return name
        rest -= share
    return table[-1][0]


def _licence(draft: Draft, _at: str | None) -> tuple[str, ...]:
    if draft.draws.random() < draft.missing.licence:
        del draft.sheet["licence"]
        return (NO_LICENCE,)
    draft.sheet["licence"]["hs"] = _sister(draft, draft.sheet["licence"]["hs"])
    return ("licence.hs",)


_LEFT_OUT = ("note none", "note none", "no placard", "no placard", "no declaration")
_PUT_IN = ("note", "note", "placard", "placard", "declaration")
_RETYPED = ("note", "note", "note", "declaration", "declaration", "declaration", "placard")
"""What may be left out of papers about dangerous goods, put into those of harmless ones of the same kinds, and retyped from
another line, each as often as it stands there. Harmless ones have such an error half as often as dangerous ones, of which
half is left out: so no sheet tells by what it says, or by being there, that it is wrong.
"""


def _danger(draft: Draft, _at: str | None) -> tuple[str, ...]:
    """What is written about dangerous goods does not agree: an entry retyped from another line, left out, or put in."""
    entry = declared_entry(draft)
    if entry is None:
        return _made_dangerous(draft)
    sheet, what = draft.sheet, _wrong_about_danger(draft)
    if what == "declaration":
        return _another_declared(draft, entry)
    if what == "no declaration":
        del sheet["danger"]
        return (NOT_DECLARED,)
    if what == "marks none":
        sheet["packing"]["marks"] = NOTHING
        return ("packing.marks",)
    if what in ("placard", "no placard"):
        wrong_class = _any(draft, lambda one: one.kind != entry.kind).kind
        sheet["handover"]["placard"] = NOTHING if what == "no placard" else wrong_class
        return ("handover.placard",)
    other = entry_of_these(draft, entry)
    sheet["note"]["danger"] = NOTHING if what == "note none" else other.told(draft.one_of(*other.names))
    return ("note.danger",)


def _wrong_about_danger(draft: Draft) -> str:
    """What is wrong in papers about dangerous goods; the marks left out are as many as offences put on other packages."""
    u = draft.draws.random()
    if u < LEFT_OUT_SHARE:
        return draft.one_of(*_LEFT_OUT)
    return "marks none" if u < LEFT_OUT_SHARE + draft.unmarked else draft.one_of(*_RETYPED)


def _made_dangerous(draft: Draft) -> tuple[str, ...]:
    """Harmless goods of which one paper says that they are dangerous."""
    sheet, what, wrong = draft.sheet, draft.one_of(*_PUT_IN), entry_of_these(draft)
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


def _any(draft: Draft, fits: Callable[[Entry], bool]) -> Entry:
    """Any entry of the list that fits, as often as goods are drawn under it."""
    found = any_entry(draft.draws.random(), draft.draws.random())
    return found if fits(found) else _any(draft, fits)


def _another_declared(draft: Draft, entry: Entry) -> tuple[str, ...]:
    """An entry of the list that is not the one of the note on the declaration; whatever of it differs bears the error."""
    sheet, other = draft.sheet, _any(draft, lambda one: one != entry)
    name = other.names[entry.names.index(sheet["danger"]["proper_name"])]
    told = declare(other, name)
    wrong = [field for field, value in told.items() if sheet["danger"][field] != value]
    sheet["danger"] |= told
    return tuple(f"danger.{field}" for field in wrong)


def _duty(draft: Draft, at: str | None) -> tuple[str, ...]:
    """Less paid or secured than is owed, or nothing, or a guarantee that has expired. What is odd about that stays."""
    sheet, (kind, field) = draft.sheet, secured(draft)
    owed = usd(sheet["declaration"]["duty"])
    lacking = draft.missing.payment if kind == "payment" else draft.missing.guarantee
    if at is None and draft.draws.random() < lacking:
        del sheet[kind]
        return (f"{kind}.missing",)
    whole = at == "guarantee.covers"
    if kind == "guarantee" and (whole or draft.draws.random() < 0.5):
        _expired(draft, sheet[kind])
        if not whole and draft.draws.random() < made_up(SUM_TOO_LITTLE, SUM_TIMES):
            sheet[kind][field] = larger_sum(draft, owed)
        return ("guarantee.expires",)
    sheet[kind][field] = f"USD {round(owed * draft.between(*SUM_TOO_LITTLE))}"
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
    real = entry_of_these(draft)
    while draft.sheet["note"]["danger"].startswith(real.un):
        real = any_entry(draws.random(), draws.random())
    draft.sheet["packing"]["marks"] = real.un
    return ("packing.marks",)


def _barred(draft: Draft, _at: str | None) -> tuple[str, ...]:
    """Nothing to write: the code and the minute of registration are what is wrong."""
    return ("declaration.hs", "risk.registered")


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
