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
from corridor_tui.scenario.oddities import LOT_KG, ODDITIES, SUM_USD, in_full
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
    certificate = draft.sheet["certificate"]
    if draft.draws.random() < draft.missing.certificate:
        del draft.sheet["certificate"]
        return (MISSING,)
    field = draft.one_of("expires", "covers_kg", "goods")
    if field == "goods":
        goods, certificate["goods"] = certificate["goods"], _of_another_lot(draft, certificate["type"])
        if certificate["goods"] == goods:
            field = draft.one_of("expires", "covers_kg")
    if field == "expires":
        expire(certificate, draft.today - timedelta(days=1 + below(draft.draws.random(), 20)))
    elif field == "covers_kg":
        covers = round(int(draft.sheet["packing"]["net_kg"]) * draft.between(0.8, 0.97))
        certificate[field] = str(_in_whole(covers, LOT_KG) if at == "certificate.covers_kg" else covers)
    return (f"certificate.{field}",)


def _in_whole(amount: int, unit: int) -> int:
    """An amount rounded down, as of a lot or of a sum that is written in whole units; one below a unit stays."""
    return amount // unit * unit or amount


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
    """Less paid or secured than is owed, or nothing, or a guarantee that has expired."""
    sheet, (kind, field) = draft.sheet, secured(draft)
    if draft.draws.random() < (draft.missing.payment if kind == "payment" else draft.missing.guarantee):
        del sheet[kind]
        return (f"{kind}.missing",)
    if kind == "guarantee" and draft.draws.random() < 0.5:
        expire(sheet[kind], draft.today - timedelta(days=1 + below(draft.draws.random(), 20)))
        return ("guarantee.expires",)
    less = round(usd(sheet["declaration"]["duty"]) * draft.between(0.6, 0.96))
    sheet[kind][field] = f"USD {_in_whole(less, SUM_USD) if at == f'{kind}.{field}' else less}"
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
