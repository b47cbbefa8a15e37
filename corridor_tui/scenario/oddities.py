"""Legal oddities of papers: what looks wrong in them and is not. Each says at which cell it looks wrong."""

from collections.abc import Callable
from math import log

from corridor_tui.level.risk import Family
from corridor_tui.scenario.danger import LIMITED, NOTHING
from corridor_tui.scenario.draft import Draft, declared_entry, entry_of_these, expire, secured, usd
from corridor_tui.scenario.iso6346 import spaced
from corridor_tui.scenario.parties import LONG_FORMS
from corridor_tui.scenario.rules import PACKING_MATERIAL
from corridor_tui.scenario.streams import below

_YUAN = (6.4, 7.3)
"""Yuan a dollar: about the spread of the years 2016-2025."""
LOT_KG = 500
"""Certificates for a larger lot are for whole half tonnes; assumed."""
LOT_TIMES = (1.5, 4.0)
"""By how much a larger lot is larger; assumed."""
LOT_TOO_LITTLE = (0.8, 0.97)
"""How much of its goods a certificate for too little covers; assumed."""
SUM_USD = 1_000
"""Advances and general guarantees are for whole thousands; assumed."""
SUM_TIMES = (1.2, 4.0)
"""By how much an advance or a general guarantee is more than is owed; assumed."""
SUM_TOO_LITTLE = (0.6, 0.96)
"""How much of what is owed is paid or secured where that is too little; assumed."""


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


def in_full(name: str) -> str:
    """A firm's name with its legal form written out."""
    short = next(form for form in LONG_FORMS if name.endswith(f" {form}"))
    return name[: -len(short)] + LONG_FORMS[short]


def _long_form(draft: Draft) -> str:
    kind = draft.one_of("declaration", "invoice", "packing")
    draft.sheet[kind]["consignee"] = in_full(draft.sheet[kind]["consignee"])
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


def _in_whole(amount: float, unit: int) -> int:
    """An amount rounded up, as a lot or a sum that is written in whole units; always a little more."""
    return round(amount / unit + 0.5) * unit


def made_up(too_little: tuple[float, float], more: tuple[float, float]) -> float:
    """How often a sheet must be for more than it need be where as many others are for too little: so that certificates,
    guarantees and payments in faulty papers are, over all, for as much as in sound ones.
    """
    return -_mean_log(*too_little) / _mean_log(*more)


def _mean_log(low: float, high: float) -> float:
    """The mean logarithm of what lies evenly between two figures."""
    return (high * (log(high) - 1) - low * (log(low) - 1)) / (high - low)


def larger_lot(draft: Draft, kilos: int) -> str:
    """The mass of a larger lot, of which a consignment is a part."""
    return str(_in_whole(kilos * draft.between(*LOT_TIMES), LOT_KG))


def larger_sum(draft: Draft, sum_usd: int) -> str:
    """A general guarantee or an advance for more than one consignment."""
    return f"USD {_in_whole(sum_usd * draft.between(*SUM_TIMES), SUM_USD)}"


def _certificate_like(draft: Draft) -> str:
    certificate = draft.sheet["certificate"]
    if draft.draws.random() < 0.5:
        expire(certificate, draft.today)
        return "certificate.expires"
    certificate["covers_kg"] = larger_lot(draft, int(certificate["covers_kg"]))
    return "certificate.covers_kg"


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


def _other_name(draft: Draft) -> str:
    """Another permitted name on the declaration than on the note; goods in limited quantities need no declaration."""
    entry = declared_entry(draft)
    if entry is None:
        draft.sheet["note"]["danger"] = f"{entry_of_these(draft).un}{LIMITED}"
        return "note.danger"
    here = draft.sheet["danger"]["proper_name"]
    draft.sheet["danger"]["proper_name"] = next(name for name in entry.names if name != here)
    return "danger.proper_name"


def _limited(draft: Draft) -> str:
    """Packages marked as limited quantities, which nobody has to declare."""
    marks = draft.sheet["packing"]["marks"]
    un = entry_of_these(draft).un if marks == NOTHING else marks
    draft.sheet["packing"]["marks"] = f"{un}{LIMITED}"
    return "packing.marks"


def _covered(draft: Draft) -> str:
    """More paid in advance, or a guarantee for more than this; or one that ends today."""
    sheet, ends = draft.sheet, draft.draws.random() < 0.5
    kind, field = secured(draft)
    if kind == "guarantee" and ends:
        expire(sheet["guarantee"], draft.today)
        return "guarantee.expires"
    sheet[kind][field] = larger_sum(draft, usd(sheet[kind][field]))
    return f"{kind}.{field}"


def _as_painted(draft: Draft) -> str:
    kind = draft.one_of("note", "declaration", "handover")
    draft.sheet[kind]["containers"] = spaced(draft.sheet[kind]["containers"])
    return f"{kind}.containers"


ODDITIES: dict[Family, Callable[[Draft], str]] = {
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
