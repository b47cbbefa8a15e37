"""The rulebook of the customs desk: what must agree with what, and what is legal though it looks wrong."""

from dataclasses import dataclass

from corridor_tui.level.traffic import Family
from corridor_tui.scenario.values import Papers, Truth

MISSING = "certificate.missing"
"""The cell to mark where a certificate that the goods need is not there."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its code, its title, its text with its exceptions, and the cells that a finding under it may mark."""

    code: Family
    title: str
    text: str
    fields: frozenset[str]


def _rule(code: Family, title: str, text: str, fields: str) -> Rule:
    return Rule(code, title, text, frozenset(fields.split()))


RULES: dict[str, Rule] = {
    rule.code: rule
    for rule in (
        _rule(
            "mass", "Gross mass",
            "The gross mass on the note, the declaration and the packing list is the mass of the goods with their "
            "packing, without the containers, and must agree to the kilogram. The handover list may show the mass with "
            "the containers' tare: then it says `incl. tare` and the tare, and the difference must be exactly that tare.",
            "note.gross_kg declaration.gross_kg packing.gross_kg handover.gross_kg handover.tare_kg",
        ),
        _rule(
            "packages", "Packages",
            "The number of packages must agree on all documents. Where one counts pallets and another what stands on "
            "them, the packing list states the conversion, and both numbers must be those of the conversion.",
            "note.packages declaration.packages packing.packages packing.conversion",
        ),
        _rule(
            "hs", "Goods code",
            "Note, declaration and invoice must carry the same HS code in the first six digits. After the sixth digit "
            "each country has its own, so codes of equal six digits agree.",
            "note.hs declaration.hs invoice.hs",
        ),
        _rule(
            "party", "Consignee and station",
            "Consignee and station of destination must be the same firm and the same station on all documents. A firm's "
            "legal form may be written short or in full (LLP or Limited Liability Partnership); the same name under "
            "another legal form is another firm.",
            "note.consignee declaration.consignee invoice.consignee packing.consignee note.station declaration.station",
        ),
        _rule(
            "seal", "Seals",
            "The seal on the handover list must be the one on the note. A new seal is legal with a re-sealing act that "
            "names the old seal and the new one. An act made on the Chinese side is dated in Beijing time, two hours "
            "ahead (three since March 2024): late in the evening it rightly bears the next day's date.",
            "note.seal handover.seal reseal.old_seal reseal.new_seal",
        ),
        _rule(
            "certificate", "Certificates",
            "Where the invoice names a certificate, it must be there (if not, mark the empty cell where it should lie "
            "and `needs` on the invoice), be for these goods and for their net mass, and not have expired. It is valid to "
            "the end of the day on which it expires, and one for a larger lot covers each part of that lot.",
            "invoice.needs certificate.missing certificate.expires handover.date certificate.covers_kg packing.net_kg "
            "certificate.goods note.goods declaration.goods invoice.goods",
        ),
        _rule(
            "container", "Container number",
            "Container numbers must agree on all documents and carry the right ISO 6346 check digit; where all agree on a "
            "wrong one, mark any two. A number may be written as on the box (CSQU 305438-3) or in one (CSQU3054383).",
            "note.containers declaration.containers handover.containers",
        ),
        _rule(
            "goods", "Misdeclared goods",
            "Goods, mass and value must be possible together. The risk engine prints on the declaration what such goods "
            "cost a kilogram and what one package of them usually weighs; a price on the invoice or a package on the "
            "packing list outside those limits means other goods than declared: an offence.",
            "invoice.value declaration.value invoice.usd_per_kg declaration.range_usd_kg packing.net_kg packing.kg_each "
            "packing.packages declaration.usual_kg",
        ),
    )
}  # fmt: skip


def addresses(papers: Papers) -> tuple[str, ...]:
    """Every cell that a finding may mark, the missing certificate's included where the goods need one and none is there."""
    cells = [f"{document.kind}.{name}" for document in papers.documents for name, _ in document.fields]
    needs = papers.value("invoice.needs")
    if needs not in (None, "none") and all(document.kind != "certificate" for document in papers.documents):
        cells.append(MISSING)
    return tuple(cells)


def finding_stands(truth: Truth | None, first: str, second: str, rule: str) -> bool:
    """Whether a finding is right: a real discrepancy, the right rule, two cells of that rule, and one bears the clash."""
    if truth is None or truth.kind == "lookalike" or rule != truth.family or rule not in RULES:
        return False
    allowed = RULES[rule].fields
    if first == second:
        return False
    return first in allowed and second in allowed and (first in truth.fields or second in truth.fields)
