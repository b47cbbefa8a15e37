"""The documents of a consignment: one generator for clean and faulty ones, so that nothing but the fault gives it away."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from corridor_tui.level.traffic import Train
from corridor_tui.scenario import goods as catalogue
from corridor_tui.scenario.iso6346 import check_digit
from corridor_tui.scenario.parties import CIM, DESTINATIONS, EASTWARD, FORMS, GROWERS, LONG_FORMS, ORIGINS
from corridor_tui.scenario.rules import MISSING
from corridor_tui.scenario.streams import below, stream
from corridor_tui.scenario.values import Consignment, Document, Papers, Truth

_TARE_KG = {1: 2_300, 2: 3_900}
_PACKING_SHARE = 0.03
"""Packing weighs about three hundredths of what is in it; assumed."""

Sheet = dict[str, dict[str, str]]
"""Documents being written: kind -> field -> value."""
_TITLES = {
    "note": "SMGS note",
    "declaration": "Transit declaration",
    "invoice": "Invoice",
    "packing": "Packing list",
    "certificate": "Certificate",
    "handover": "Handover list",
    "reseal": "Re-sealing act",
}


def draw_papers(seed: int, train: Train, consignment: Consignment, day: str) -> Papers:
    """The documents as they are lodged, with what is odd about them."""
    sheet, _ = _sheet(seed, train, consignment, day)
    return _bind(consignment, sheet)


def corrected_papers(seed: int, train: Train, consignment: Consignment, day: str) -> Papers:
    """The documents after an error was set right."""
    draws = stream(seed, "papers", consignment.id)
    sheet = _clean(draws, train, consignment, day)
    if consignment.case is not None and consignment.case.kind != "error":
        _apply(consignment, sheet, draws)
    return _bind(consignment, sheet)


def truth(seed: int, train: Train, consignment: Consignment, day: str) -> Truth | None:
    """What is odd about a consignment and which cells bear it; None where nothing is."""
    if consignment.case is None:
        return None
    _, fields = _sheet(seed, train, consignment, day)
    return Truth(consignment.case.kind, consignment.case.family, frozenset(fields))


def _sheet(seed: int, train: Train, consignment: Consignment, day: str) -> tuple[Sheet, tuple[str, ...]]:
    draws = stream(seed, "papers", consignment.id)
    sheet = _clean(draws, train, consignment, day)
    return sheet, _apply(consignment, sheet, draws)


def _bind(consignment: Consignment, sheet: Sheet) -> Papers:
    documents = []
    for kind, fields in sheet.items():
        title = "CIM/SMGS note" if kind == "note" and fields.get("form") == "CIM/SMGS" else _TITLES[kind]
        documents.append(Document(kind, title, tuple(fields.items())))
    return Papers(consignment.id, tuple(documents))


def _between(draws: Random, low: float, high: float) -> float:
    return low + (high - low) * draws.random()


def _digits(draws: Random, count: int) -> str:
    return f"{below(draws.random(), 10**count):0{count}d}"


def _clean(draws: Random, train: Train, consignment: Consignment, day: str) -> Sheet:
    """Documents that agree with each other."""
    kind = catalogue.by_code(consignment.goods)
    if train.kind == "through":
        origin, consignor = GROWERS[below(draws.random(), len(GROWERS))]
        station, country, firm = EASTWARD[below(draws.random(), len(EASTWARD))]
    else:
        origin, consignor = ORIGINS[below(draws.random(), len(ORIGINS))]
        station, country, firm = DESTINATIONS[below(draws.random(), len(DESTINATIONS))]
    consignee = f"{firm} {FORMS[country]}"
    tare = sum(_TARE_KG[box.teu] for box in consignment.containers)
    gross = sum(box.declared_kg for box in consignment.containers) - tare
    net = round(gross / (1 + _PACKING_SHARE))
    low, high = kind.packages
    packages = sum(
        round(_between(draws, low, high) * (1 if box.teu == 2 else 0.5)) or 1 for box in consignment.containers
    )
    per_kg = round(_between(draws, *kind.usd_kg), 2)
    value = f"USD {round(net * per_kg)}"
    today = date.fromisoformat(day)
    issued, shipped = today - timedelta(days=9 + below(draws.random(), 12)), today - timedelta(days=4)
    expires = today + timedelta(days=20 + below(draws.random(), 120))
    seal = f"CN{_digits(draws, 7)}"
    boxes = [box.number for box in consignment.containers]
    containers = " ".join(boxes) if len(boxes) == 1 else f"{boxes[0]} +{len(boxes) - 1}"
    declared = [box.declared_kg for box in consignment.containers]
    sheet: Sheet = {
        "note": {
            "form": "CIM/SMGS" if country in CIM else "SMGS",
            "number": _digits(draws, 8),
            "consignor": f"{consignor}, {origin}",
            "consignee": consignee,
            "station": station,
            "containers": containers,
            "seal": seal,
            "goods": kind.name,
            "hs": kind.hs[:6],
            "packages": f"{packages} {kind.package}",
            "gross_kg": str(gross),
            "date": shipped.isoformat(),
        },
        "declaration": {
            "number": f"{_digits(draws, 5)}/{day[2:4]}{day[5:7]}{day[8:]}/{_digits(draws, 6)}",
            "consignee": consignee,
            "station": station,
            "containers": containers,
            "goods": kind.name,
            "hs": kind.hs,
            "packages": f"{packages} {kind.package}",
            "gross_kg": str(gross),
            "value": value,
            "range_usd_kg": f"{kind.usd_kg[0]:g}-{kind.usd_kg[1]:g}",
        },
        "invoice": {
            "number": f"{origin[:2].upper()}-{_digits(draws, 5)}",
            "consignee": consignee,
            "goods": kind.name,
            "hs": kind.hs,
            "value": value,
            "usd_per_kg": f"{per_kg:.2f}",
            "terms": "CPT" if draws.random() < 0.5 else "FCA",
            "needs": kind.certificate or "none",
            "date": issued.isoformat(),
        },
        "packing": {
            "consignee": consignee,
            "packages": f"{packages} {kind.package}",
            "net_kg": str(net),
            "gross_kg": str(gross),
            "containers_of": str(len(declared)),
        },
    }
    if kind.certificate is not None:
        sheet["certificate"] = {
            "type": kind.certificate,
            "number": f"{kind.certificate[:2].upper()}{_digits(draws, 6)}",
            "goods": kind.name,
            "issued": issued.isoformat(),
            "expires": expires.isoformat(),
        }
    sheet["handover"] = {
        "containers": containers,
        "seal": seal,
        "gross_kg": str(gross),
        "date": day,
    }
    return sheet


# What is odd: each function writes it into the sheet and says which cells bear it.

_Odd = Callable[[Consignment, Sheet, Random], tuple[str, ...]]


def _apply(consignment: Consignment, sheet: Sheet, draws: Random) -> tuple[str, ...]:
    if consignment.case is None:
        return ()
    return _ODD[(consignment.case.kind, consignment.case.family)](consignment, sheet, draws)


def _swapped(text: str, draws: Random) -> str:
    """A number as somebody retypes it wrongly: two neighbouring digits change places, or the last is another."""
    places = [
        place
        for place in range(len(text) - 1)
        if text[place] != text[place + 1] and not (place == 0 and text[1] == "0")
    ]
    if not places:
        return text[:-1] + str((int(text[-1]) + 3) % 10)
    place = places[below(draws.random(), len(places))]
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


def _one_of(draws: Random, *names: str) -> str:
    return names[below(draws.random(), len(names))]


def _mass(_consignment: Consignment, sheet: Sheet, draws: Random) -> tuple[str, ...]:
    kind = _one_of(draws, "declaration", "packing", "note")
    sheet[kind]["gross_kg"] = _swapped(sheet[kind]["gross_kg"], draws)
    return (f"{kind}.gross_kg",)


def _mass_like(consignment: Consignment, sheet: Sheet, _draws: Random) -> tuple[str, ...]:
    tare = sum(_TARE_KG[box.teu] for box in consignment.containers)
    sheet["handover"]["gross_kg"] = f"{int(sheet['handover']['gross_kg']) + tare} incl. tare"
    sheet["handover"]["tare_kg"] = str(tare)
    return ("handover.gross_kg",)


def _packages(_consignment: Consignment, sheet: Sheet, draws: Random) -> tuple[str, ...]:
    kind = _one_of(draws, "declaration", "packing", "note")
    count, _, unit = sheet[kind]["packages"].partition(" ")
    sheet[kind]["packages"] = f"{_swapped(count, draws) if len(count) > 1 else int(count) + 2} {unit}"
    return (f"{kind}.packages",)


def _packages_like(_consignment: Consignment, sheet: Sheet, draws: Random) -> tuple[str, ...]:
    count, _, unit = sheet["packing"]["packages"].partition(" ")
    pallets = max(2, int(count) // (12 + below(draws.random(), 20)))
    sheet["note"]["packages"] = f"{pallets} pallets"
    if unit == "pallets":
        sheet["note"]["packages"] = f"{int(count) * 12} units"
        sheet["packing"]["conversion"] = f"{int(count) * 12} units on {count} pallets"
    else:
        sheet["packing"]["conversion"] = f"{count} {unit} on {pallets} pallets"
    return ("note.packages",)


def _hs(_consignment: Consignment, sheet: Sheet, draws: Random) -> tuple[str, ...]:
    kind = _one_of(draws, "declaration", "invoice")
    code = sheet[kind]["hs"]
    place = 3 + below(draws.random(), 3)
    digit = str((int(code[place]) + 1 + below(draws.random(), 8)) % 10)
    sheet[kind]["hs"] = code[:place] + digit + code[place + 1 :]
    return (f"{kind}.hs",)


def _hs_like(_consignment: Consignment, sheet: Sheet, draws: Random) -> tuple[str, ...]:
    code = sheet["invoice"]["hs"]
    tail = f"{(int(code[6:]) + 1 + below(draws.random(), 9_000)) % 10_000:04d}"
    sheet["invoice"]["hs"] = code[:6] + tail
    return ("invoice.hs",)


def _party(_consignment: Consignment, sheet: Sheet, draws: Random) -> tuple[str, ...]:
    stations = [place for place, _, _ in (*DESTINATIONS, *EASTWARD) if place != sheet["note"]["station"]]
    if draws.random() < 0.5:
        sheet["declaration"]["station"] = stations[below(draws.random(), len(stations))]
        return ("declaration.station",)
    firms = [f"{firm} {FORMS[land]}" for _, land, firm in DESTINATIONS]
    others = [firm for firm in firms if firm != sheet["note"]["consignee"]]
    kind = _one_of(draws, "declaration", "invoice")
    sheet[kind]["consignee"] = others[below(draws.random(), len(others))]
    return (f"{kind}.consignee",)


def _party_like(_consignment: Consignment, sheet: Sheet, draws: Random) -> tuple[str, ...]:
    kind = _one_of(draws, "declaration", "invoice", "packing")
    name = sheet[kind]["consignee"]
    short = next(form for form in LONG_FORMS if name.endswith(f" {form}"))
    sheet[kind]["consignee"] = name[: -len(short)] + LONG_FORMS[short]
    return (f"{kind}.consignee",)


def _seal(_consignment: Consignment, sheet: Sheet, draws: Random) -> tuple[str, ...]:
    old = sheet["handover"]["seal"]
    sheet["handover"]["seal"] = old[:2] + _swapped(old[2:], draws)
    return ("handover.seal",)


def _seal_like(_consignment: Consignment, sheet: Sheet, draws: Random) -> tuple[str, ...]:
    new = f"KZ{_digits(draws, 7)}"
    sheet["handover"]["seal"] = new
    sheet["reseal"] = {
        "number": _digits(draws, 4),
        "old_seal": sheet["note"]["seal"],
        "new_seal": new,
        "reason": "seal check at the border",
        "date": sheet["handover"]["date"],
    }
    return ("handover.seal",)


def _ensure_certificate(sheet: Sheet, draws: Random) -> dict[str, str]:
    """Cases about certificates need goods that have one: such a consignment then carries a conformity certificate."""
    if "certificate" not in sheet:
        handover = sheet.pop("handover")
        today = date.fromisoformat(handover["date"])
        sheet["invoice"]["needs"] = "conformity"
        sheet["certificate"] = {
            "type": "conformity",
            "number": f"CO{_digits(draws, 6)}",
            "goods": sheet["note"]["goods"],
            "issued": (today - timedelta(days=30)).isoformat(),
            "expires": (today + timedelta(days=90)).isoformat(),
        }
        sheet["handover"] = handover
    return sheet["certificate"]


def _certificate(_consignment: Consignment, sheet: Sheet, draws: Random) -> tuple[str, ...]:
    certificate = _ensure_certificate(sheet, draws)
    u = draws.random()
    if u < 0.4:
        del sheet["certificate"]
        return (MISSING,)
    if u < 0.7:
        today = date.fromisoformat(sheet["handover"]["date"])
        certificate["expires"] = (today - timedelta(days=1 + below(draws.random(), 20))).isoformat()
        return ("certificate.expires",)
    others = [item.name for item in catalogue.CATALOGUE if item.name != certificate["goods"]]
    certificate["goods"] = others[below(draws.random(), len(others))]
    return ("certificate.goods",)


def _certificate_like(_consignment: Consignment, sheet: Sheet, draws: Random) -> tuple[str, ...]:
    certificate = _ensure_certificate(sheet, draws)
    today = date.fromisoformat(sheet["handover"]["date"])
    certificate["issued"] = (today + timedelta(days=1)).isoformat()
    return ("certificate.issued",)


def _container(_consignment: Consignment, sheet: Sheet, draws: Random) -> tuple[str, ...]:
    kind = _one_of(draws, "note", "declaration", "handover")
    text = sheet[kind]["containers"]
    serial = text[4:10]
    wrong = _swapped(serial, draws)
    sheet[kind]["containers"] = text[:4] + wrong + text[10:]
    return (f"{kind}.containers",)


def _container_like(_consignment: Consignment, sheet: Sheet, draws: Random) -> tuple[str, ...]:
    old = sheet["note"]["containers"]
    body = _one_of(draws, "QZWU", "WXYU", "ZZQU") + old[4:10]
    new = f"{body}{check_digit(body)}{old[11:]}"
    for kind in ("note", "declaration", "handover"):
        sheet[kind]["containers"] = new
    return ("note.containers",)


def _misdeclared(_consignment: Consignment, sheet: Sheet, draws: Random) -> tuple[str, ...]:
    """Other goods under cheap ones' name: the value per kilogram is out of the range for what is declared."""
    high = float(sheet["declaration"]["range_usd_kg"].partition("-")[2])
    per_kg = round(high * _between(draws, 2.2, 4.0), 2)
    value = f"USD {round(int(sheet['packing']['net_kg']) * per_kg)}"
    sheet["invoice"]["value"] = sheet["declaration"]["value"] = value
    sheet["invoice"]["usd_per_kg"] = f"{per_kg:.2f}"
    return ("invoice.usd_per_kg", "invoice.value", "declaration.value")


_ODD: dict[tuple[str, str], _Odd] = {
    ("error", "mass"): _mass,
    ("error", "packages"): _packages,
    ("error", "hs"): _hs,
    ("error", "party"): _party,
    ("error", "seal"): _seal,
    ("error", "certificate"): _certificate,
    ("error", "container"): _container,
    ("lookalike", "mass"): _mass_like,
    ("lookalike", "packages"): _packages_like,
    ("lookalike", "hs"): _hs_like,
    ("lookalike", "party"): _party_like,
    ("lookalike", "seal"): _seal_like,
    ("lookalike", "certificate"): _certificate_like,
    ("lookalike", "container"): _container_like,
    ("offence", "goods"): _misdeclared,
}
