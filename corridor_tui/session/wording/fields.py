"""What the fields of documents are called, and the documents that they stand on."""

from collections.abc import Mapping
from types import MappingProxyType

from corridor_tui.language import N_, NP_, _

DOCUMENTS: Mapping[str, str] = MappingProxyType({"note": N_("Note"), "declaration": N_("Declar."), "invoice": N_("Invoice"), "packing": N_("Packing"),
          "certificate": N_("Certif."), "handover": N_("Handover"), "reseal": N_("Re-seal"),
          "licence": NP_("document", "Licence"), "danger": N_("Danger"), "payment": N_("Payment"),
          "guarantee": N_("Guarant."), "warehouse": N_("Wareh."), "risk": N_("Risk")})  # fmt: skip
"""The kinds of documents, as short as can be."""
_FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "form": NP_("field", "form"),
        "number": NP_("field", "number"),
        "consignor": NP_("field", "consignor"),
        "consignee": NP_("field", "consignee"),
        "station": NP_("field", "station"),
        "goods": NP_("field", "goods"),
        "packages": NP_("field", "packages"),
        "conversion": NP_("field", "conversion"),
        "gross_kg": NP_("field", "gross kg"),
        "net_kg": NP_("field", "net kg"),
        "tare_kg": NP_("field", "tare kg"),
        "containers": NP_("field", "containers"),
        "containers_of": NP_("field", "boxes"),
        "wagons": NP_("field", "wagons"),
        "wagons_of": NP_("field", "wagons"),
        "seal": NP_("field", "seal"),
        "old_seal": NP_("field", "old seal"),
        "new_seal": NP_("field", "new seal"),
        "hs": NP_("field", "hs"),
        "date": NP_("field", "date"),
        "also": NP_("field", "also in it"),
        "value": NP_("field", "value"),
        "usd_per_kg": NP_("field", "price/kg"),
        "rate": NP_("field", "rate"),
        "range_usd_kg": NP_("field", "index $/kg"),
        "terms": NP_("field", "terms"),
        "needs": NP_("field", "needs"),
        "type": NP_("field", "type"),
        "covers_kg": NP_("field", "covers kg"),
        "issued": NP_("field", "issued"),
        "expires": NP_("field", "expires"),
        "registered": NP_("field", "registered"),
        "missing": NP_("field", "missing"),
        "proper_name": NP_("field", "proper name"),
        "danger": NP_("field", "dangerous"),
        "temperature": NP_("field", "temp."),
        "un": NP_("field", "UN number"),
        "class": NP_("field", "class"),
        "group": NP_("field", "group"),
        "marks": NP_("field", "marks"),
        "placard": NP_("field", "placard"),
        "duty": NP_("field", "duty"),
        "paid": NP_("field", "paid"),
        "covers": NP_("field", "covers"),
        "procedure": NP_("field", "procedure"),
    }
)


def field_name(name: str) -> str:
    """What a field of a document is called at the head of its row."""
    return _(_FIELDS[name]) if name in _FIELDS else name


def cells_text(first: str, second: str) -> str:
    """Two cells in few words: what their fields are called, and whose they are."""
    (one, field), (other, field_of_other) = (address.split(".", 1) for address in (first, second))
    owner, owner_of_other = (_(DOCUMENTS[kind]) for kind in (one, other))
    if field == field_of_other:
        return f"{field_name(field)}: {owner} / {owner_of_other}"
    return f"{owner}, {field_name(field)} / {owner_of_other}, {field_name(field_of_other)}"
