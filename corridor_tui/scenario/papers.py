"""The documents of a consignment: one generator for clean and faulty ones, so that nothing but the fault gives it away."""

from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from corridor_tui.language import N_
from corridor_tui.level.road import Regime
from corridor_tui.level.traffic import Train
from corridor_tui.scenario import goods as catalogue
from corridor_tui.scenario.danger import NOTHING
from corridor_tui.scenario.draft import PROCEDURES, Draft, Sheet, declare
from corridor_tui.scenario.faults import apply
from corridor_tui.scenario.goods import BANDS, Goods, also, grade_range, grade_usd
from corridor_tui.scenario.oddities import larger_sum
from corridor_tui.scenario.parties import CIM, DESTINATIONS, EASTWARD, FORMS, GROWERS, ORIGINS, SEZ, ZONE, Origin
from corridor_tui.scenario.streams import below, stream
from corridor_tui.scenario.values import Consignment, Document, Papers, Sheets, Special, Truth

_LIFETIMES_D = (60, 90, 180, 365)
"""For how many days certificates are issued; assumed."""
_OF_WAGONS = {"containers": "wagons", "containers_of": "wagons_of"}
"""What the fields about containers are called where the goods travel in bulk."""
_LEVY = 0.2
"""Duties and taxes come to about a fifth of the value: 5-10 per cent of duty and 12 of VAT; assumed."""
_GUARANTEED_D = (90, 180, 365)
"""For how many days guarantees are issued; assumed."""
_DECLARATIONS: dict[Regime, str] = {
    "transit": N_("Transit declaration"),
    "import": N_("Import declaration"),
    "bonded": N_("Warehouse declaration"),
    "export": N_("Export declaration"),
}
_TITLES = {
    "note": N_("SMGS note"),
    "invoice": N_("Invoice"),
    "packing": N_("Packing list"),
    "certificate": N_("Certificate"),
    "licence": N_("Licence"),
    "handover": N_("Handover list"),
    "danger": N_("Dangerous goods"),
    "payment": N_("Payment of duties"),
    "guarantee": N_("Transit guarantee"),
    "warehouse": N_("Warehouse consent"),
    "risk": N_("Risk sheet"),
    "reseal": N_("Re-sealing act"),
}


class Declared(NamedTuple):
    """What the risk engine reads: HS code, goods, city of loading, consignor, value in USD, gross mass in tonnes, procedure."""

    hs: str
    goods: str
    origin: str
    consignor: str
    value_usd: float
    mass_t: float
    regime: Regime = "transit"


def declared(seed: int, train: Train, consignment: Consignment, day: str) -> Declared:
    """What a consignment is declared as, faults left aside."""
    draft = _draft(seed, train, consignment, day)
    facts = _facts(draft, _origin(seed, train), consignment, date.fromisoformat(day))
    firm = facts.consignor.rpartition(", ")[0]
    weighs_t = facts.gross_kg / 1_000
    return Declared(facts.hs, facts.goods.code, facts.origin.city, firm, facts.usd, weighs_t, facts.regime or "transit")


def draw_papers(seed: int, train: Train, consignment: Consignment, day: str) -> Papers:
    """The documents as they are lodged, with what is odd about them; `day` is the date of the handover (ISO)."""
    draft = _clean(seed, train, consignment, day)
    apply(draft, consignment.case, consignment.risk.dress)
    return _bind(consignment, draft.sheet)


def corrected_papers(seed: int, train: Train, consignment: Consignment, day: str) -> Papers:
    """The same documents after an error was set right; what is legal or an offence stays as it is."""
    draft = _clean(seed, train, consignment, day)
    apply(draft, consignment.case, consignment.risk.dress, righted=True)
    return _bind(consignment, draft.sheet)


def truth(seed: int, train: Train, consignment: Consignment, day: str) -> Truth | None:
    """What is odd about a consignment and which cells bear it; None where nothing is."""
    if consignment.case is None:
        return None
    fields = apply(_clean(seed, train, consignment, day), consignment.case, consignment.risk.dress)
    return Truth(consignment.case.kind, consignment.case.family, frozenset(fields))


def _bind(consignment: Consignment, sheet: Sheet) -> Papers:
    documents = []
    for kind, fields in sheet.items():
        title = N_("CIM/SMGS note") if kind == "note" and fields["form"] == "CIM/SMGS" else _TITLES.get(kind)
        bulky = consignment.containers[0].teu == 0
        named = {_OF_WAGONS.get(name, name) if bulky else name: value for name, value in fields.items()}
        documents.append(
            Document(kind, title or _DECLARATIONS[consignment.risk.regime or "transit"], tuple(named.items()))
        )
    return Papers(consignment.id, tuple(documents))


def _origin(seed: int, train: Train) -> Origin:
    """Where a train was loaded: the place its title names, else one by chance for the whole train."""
    if train.kind == "export":
        return ZONE
    places = ORIGINS if train.kind == "container" else GROWERS
    for place in places:
        if train.title is not None and place.city in train.title.own:
            return place
    return places[below(stream(seed, "route", train.number).random(), len(places))]


def _act_date(train: Train, day: date) -> date:
    """The date of an act made when the train is handed over.

    China's side writes Beijing time, which is 2 h ahead of Altynkol, and 3 h since 1 March 2024.
    """
    ahead = train.kind == "container" and train.standing is None
    next_day_from = "22:00" if day < date(2024, 3, 1) else "21:00"
    return day + timedelta(days=1) if ahead and train.at >= next_day_from else day


class _Facts(NamedTuple):
    """What all the documents of a consignment are written after."""

    goods: Goods
    hs: str
    origin: Origin
    consignor: str
    country: str
    consignee: str
    station: str
    containers: str
    boxes: int
    packages: int
    gross_kg: int
    net_kg: int
    seal: str
    band: int
    per_kg: float
    also: str
    needs: str | None
    licence: bool
    registered: str | None
    special: Special | None
    regime: Regime | None
    day: date
    shipped: date

    @property
    def common(self) -> dict[str, str]:
        """What the note and the declaration both say."""
        return {
            "consignee": self.consignee,
            "station": self.station,
            "containers": self.containers,
            "goods": self.goods.name,
            "packages": self.packed,
            "gross_kg": str(self.gross_kg),
        }

    @property
    def packed(self) -> str:
        """Number and kind of packages."""
        return f"{self.packages} {self.goods.package}"

    @property
    def usd(self) -> int:
        """The value of the goods in dollars."""
        return round(self.net_kg * self.per_kg)


def _draft(seed: int, train: Train, consignment: Consignment, day: str) -> Draft:
    eastward = train.kind not in ("container", "export")
    act_date = _act_date(train, date.fromisoformat(day))
    home = train.kind != "container"
    draws, risk = stream(seed, "papers", consignment.id), consignment.risk
    return Draft({}, draws, consignment.containers, eastward, act_date, home, risk.missing, risk.unmarked, risk.mix)


def _clean(seed: int, train: Train, consignment: Consignment, day: str) -> Draft:
    """Documents that agree with each other."""
    draft = _draft(seed, train, consignment, day)
    facts = _facts(draft, _origin(seed, train), consignment, date.fromisoformat(day))
    risk, apart = consignment.risk, replace(draft, draws=stream(seed, "spare", consignment.id))
    _write(draft, facts, _Spare(apart, risk.spare, risk.advances))
    return draft


def _facts(draft: Draft, origin: Origin, consignment: Consignment, today: date) -> _Facts:
    draws, kind, risk = draft.draws, draft.as_carried(catalogue.by_code(consignment.goods)), consignment.risk
    known = EASTWARD if draft.eastward else DESTINATIONS
    places = [place for place in known if not consignment.countries or place.country in consignment.countries] or known
    place = places[below(draws.random(), len(places))]
    place = SEZ if risk.local else place
    if risk.regime == "export" and place.country == "KZ":
        place = known[-1]
    gross = sum(box.declared_kg for box in consignment.containers) - draft.tare_kg
    packages = sum(kind.packed_in(box.teu, draws.random()) for box in consignment.containers)
    first, more = consignment.containers[0].number, len(consignment.containers) - 1
    band = below(draws.random(), BANDS)
    return _Facts(
        goods=kind,
        hs=risk.hs or kind.hs,
        origin=origin,
        consignor=f"{draft.one_of(*origin.firms)}, {origin.city}",
        country=place.country,
        consignee=f"{draft.one_of(*place.firms)} {draft.one_of(*FORMS[place.country])}",
        station=draft.one_of(*place.stations),
        containers=f"{first} +{more}" if more else first,
        boxes=more + 1,
        packages=packages,
        gross_kg=gross,
        net_kg=draft.net_kg(gross),
        seal=f"{'KZ' if draft.home else 'CN'}{draft.digits(7)}",
        band=band,
        # Well inside its grade, so that rounding puts no price into the next one.
        per_kg=round(grade_usd(kind, band + draft.between(0.1, 0.9)), 3),
        also=draft.one_of(*also(eastward=draft.eastward)),
        needs=kind.certificate or (catalogue.CONFORMITY if risk.asked else None),
        licence=risk.licence,
        registered=risk.registered,
        special=risk.special,
        regime=risk.regime,
        day=today,
        shipped=today - timedelta(days=origin.days),
    )


class _Spare:
    """The sheets that papers hold though nothing asks for them, drawn apart so that nothing else moves."""

    def __init__(self, draft: Draft, shares: Sheets, advances: float) -> None:
        """`draft` writes into the same papers by chances of its own."""
        self.draft, self.advances = draft, advances
        held = (draft.draws.random() < share for share in (shares.certificate, shares.payment, shares.guarantee))
        self.certificate, self.payment, self.guarantee = held


def _write(draft: Draft, facts: _Facts, spare: _Spare) -> None:
    """Write the documents in the order in which they lie on the desk."""
    sheet = draft.sheet
    sheet["note"] = _note(draft, facts)
    sheet["declaration"] = _declaration(draft, facts)
    sheet["invoice"] = _invoice(draft, facts)
    sheet["packing"] = {
        "consignee": facts.consignee,
        "packages": facts.packed,
        "also": facts.also,
        "net_kg": str(facts.net_kg),
        "gross_kg": str(facts.gross_kg),
        "containers_of": str(facts.boxes),
    }
    if facts.needs is not None:
        sheet["certificate"] = _certificate(draft, facts, facts.needs)
    elif spare.certificate:
        sheet["certificate"] = _certificate(spare.draft, facts, catalogue.CONFORMITY)
    # Drawn for every consignment, so that what follows does not depend on it.
    number, age = f"LI{draft.digits(6)}", 5 + below(draft.draws.random(), 60)
    if facts.licence:
        issued = facts.shipped - timedelta(days=age)
        sheet["licence"] = {"number": number, "hs": facts.hs, "issued": issued.isoformat()}
    sheet["handover"] = {
        "containers": facts.containers,
        "seal": facts.seal,
        "gross_kg": str(facts.gross_kg),
        "date": facts.day.isoformat(),
    }
    sheet["risk"] = {"range_usd_kg": grade_range(facts.goods, facts.band)}
    if facts.registered is not None:
        sheet["risk"]["registered"] = facts.registered
    if facts.special is not None:
        _tell_special(draft, facts.special)
    if facts.regime is not None:
        _tell_regime(draft, facts, facts.regime, spare)


def _tell_regime(draft: Draft, facts: _Facts, regime: Regime, spare: _Spare) -> None:
    """Write for which procedure the goods are declared, what would be owed on them, and how that is paid or secured."""
    sheet, owed_usd = draft.sheet, round(facts.usd * _LEVY)
    owed = f"USD {owed_usd}"
    number, issued, until = _security(draft, facts)
    sheet["declaration"]["procedure"] = PROCEDURES[regime]
    sheet["declaration"]["duty"] = owed
    if regime == "bonded":
        sheet["warehouse"] = {
            "register": f"KZ-{number[:4]}",
            "keeper": "KTZE Bonded Warehouse",
            "issued": issued.isoformat(),
        }
    if regime == "import" or spare.payment:
        paid = number if regime == "import" else spare.draft.digits(7)
        more = regime != "import" and spare.draft.draws.random() < spare.advances
        sum_paid = larger_sum(spare.draft, owed_usd) if more else owed
        sheet["payment"] = {"number": paid, "paid": sum_paid, "date": facts.shipped.isoformat()}
    if regime == "transit" or spare.guarantee:
        held, since, ends = (number, issued, until) if regime == "transit" else _security(spare.draft, facts)
        sheet["guarantee"] = {"number": held, "covers": owed, "issued": since.isoformat(), "expires": ends.isoformat()}


def _security(draft: Draft, facts: _Facts) -> tuple[str, date, date]:
    """The number of what pays or secures duties, the day of its issue, and the last day of a guarantee."""
    draws, number = draft.draws, draft.digits(7)
    issued = facts.shipped - timedelta(days=1 + below(draws.random(), 40))
    return number, issued, issued + timedelta(days=_GUARANTEED_D[below(draws.random(), len(_GUARANTEED_D))])


def _tell_special(draft: Draft, special: Special) -> None:
    """Write what is dangerous or chilled into the papers, or that nothing is; drawn last, so that no other draw moves."""
    sheet, entry = draft.sheet, special.entry
    number, first = f"DG{draft.digits(5)}", draft.one_of("first", "second") == "first"
    sheet["note"]["danger"] = sheet["packing"]["marks"] = sheet["handover"]["placard"] = NOTHING
    if special.set_c is not None:
        sheet["note"]["temperature"] = sheet["handover"]["temperature"] = f"{special.set_c:+d} C"
    if entry is not None:
        name = entry.names[0 if first else 1]
        sheet["note"]["danger"] = entry.told(name)
        sheet["packing"]["marks"] = entry.un
        sheet["handover"]["placard"] = entry.kind
        sheet["danger"] = {"number": number, **declare(entry, name)}


def _note(draft: Draft, facts: _Facts) -> dict[str, str]:
    return {
        "form": "CIM/SMGS" if facts.country in CIM else "SMGS",
        "number": draft.digits(8),
        "consignor": facts.consignor,
        **facts.common,
        "seal": facts.seal,
        "hs": facts.hs[:6],
        "date": facts.shipped.isoformat(),
    }


def _declaration(draft: Draft, facts: _Facts) -> dict[str, str]:
    return {
        "number": f"{draft.digits(5)}/{facts.day:%y%m%d}/{draft.digits(6)}",
        **facts.common,
        "also": facts.also,
        "hs": facts.hs,
        "value": f"USD {facts.usd}",
    }


def _invoice(draft: Draft, facts: _Facts) -> dict[str, str]:
    return {
        "number": f"{facts.origin.city[:2].upper()}-{draft.digits(5)}",
        "consignee": facts.consignee,
        "goods": facts.goods.name,
        "also": facts.also,
        "hs": facts.hs,
        "value": f"USD {facts.usd}",
        "usd_per_kg": f"{facts.per_kg:.3f}",
        "terms": draft.one_of("CPT", "FCA"),
        "needs": facts.needs or "none",
        "date": (facts.shipped - timedelta(days=2 + below(draft.draws.random(), 12))).isoformat(),
    }


def _certificate(draft: Draft, facts: _Facts, kind: str) -> dict[str, str]:
    lifetime = _LIFETIMES_D[below(draft.draws.random(), len(_LIFETIMES_D))]
    youngest = (facts.day - facts.shipped).days + 1
    issued = facts.day - timedelta(days=youngest + below(draft.draws.random(), lifetime - youngest - 1))
    return {
        "type": kind,
        "number": f"{kind[:2].upper()}{draft.digits(6)}",
        "goods": facts.goods.name,
        "covers_kg": str(facts.net_kg),
        "issued": issued.isoformat(),
        "expires": (issued + timedelta(days=lifetime)).isoformat(),
    }
