"""The rulebook of the customs desk: what must agree with what, and what is legal though it looks wrong."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from corridor_tui.language import N_, _
from corridor_tui.level.model import Level
from corridor_tui.level.risk import OF_CARGO, OF_REGIMES, OF_THE_DAY, DayRule, Family
from corridor_tui.scenario.danger import ENTRIES
from corridor_tui.scenario.goods import by_code
from corridor_tui.scenario.values import Papers, Truth

MISSING = "certificate.missing"
"""The cell to mark where a certificate that the goods need is not there."""
NO_LICENCE = "licence.missing"
"""The cell to mark where a licence that a rule of the day asks for is not there."""
NOT_DECLARED = "danger.missing"
"""The cell to mark where a dangerous-goods declaration is not there."""
UNPAID = "payment.missing"
"""The cell to mark where the payment of an import is not there."""
UNSECURED = "guarantee.missing"
"""The same for the guarantee of transit."""
PACKING_MATERIAL = ("dunnage bags", "lashing straps", "edge protectors")
"""What packs and secures the goods: it is no goods and need not be declared."""


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
            "mass", N_("Gross mass"),
            N_("The gross mass on the note, the declaration and the packing list is the mass of the goods with their "
            "packing, without the containers, and must agree to the kilogram. The handover list may show the mass with "
            "the containers' tare: then it says `incl. tare` and the tare, and the difference must be exactly that tare."),
            "note.gross_kg declaration.gross_kg packing.gross_kg handover.gross_kg handover.tare_kg",
        ),
        _rule(
            "packages", N_("Packages"),
            N_("The number of packages must agree on all documents. Where one counts pallets and another what stands on "
            "them, the packing list states the conversion, and both numbers must be those of the conversion."),
            "note.packages declaration.packages packing.packages packing.conversion",
        ),
        _rule(
            "hs", N_("Goods code"),
            N_("Note, declaration and invoice must carry the same HS code in the first six digits. After the sixth digit "
            "each country has its own, so codes of equal six digits agree."),
            "note.hs declaration.hs invoice.hs",
        ),
        _rule(
            "party", N_("Consignee and station"),
            N_("Consignee and station of destination must be the same firm and the same station on all documents. A firm's "
            "legal form may be written short or in full (LLP or Limited Liability Partnership); the same name under "
            "another legal form is another firm."),
            "note.consignee declaration.consignee invoice.consignee packing.consignee note.station declaration.station",
        ),
        _rule(
            "seal", N_("Seals"),
            N_("The seal on the handover list must be the one on the note. A new seal is legal with a re-sealing act that "
            "names the old seal and the new one. An act made on the Chinese side is dated in Beijing time, two hours "
            "ahead (three since March 2024): late in the evening it rightly bears the next day's date."),
            "note.seal handover.seal reseal.old_seal reseal.new_seal",
        ),
        _rule(
            "certificate", N_("Certificates"),
            N_("Where the invoice names a certificate, it must be there (if not, mark the empty cell where it should lie "
            "and `needs` on the invoice), be for these goods and for their net mass, and not have expired. It is valid to "
            "the end of the day on which it expires, and one for a larger lot covers each part of that lot. One that the "
            "invoice does not name is no fault."),
            "invoice.needs certificate.missing certificate.expires handover.date certificate.covers_kg packing.net_kg "
            "certificate.goods note.goods declaration.goods invoice.goods",
        ),
        _rule(
            "licence", N_("Licences of the day"),
            N_("Where a rule of the day asks for a licence and the declaration was registered at its minute or later (see the "
            "risk sheet), a licence for that code must be there; if not, mark the empty cell. What was registered earlier "
            "is free of it. A rule that names ten digits does not touch a code that agrees in six only."),
            "licence.missing licence.hs declaration.hs invoice.hs risk.registered",
        ),
        _rule(
            "container", N_("Container number"),
            N_("Container numbers must agree on all documents and carry the right ISO 6346 check digit; where all agree on a "
            "wrong one, mark any two. A number may be written as on the box (CSQU 305438-3) or in one (CSQU3054383)."),
            "note.containers declaration.containers handover.containers",
        ),
        _rule(
            "danger", N_("Dangerous goods"),
            N_("Note, dangerous-goods declaration, marks (packing list) and placard (handover list) must be of one entry of the list "
            "of dangerous goods, and its class must fit the goods and their code. Where the declaration is not there, mark the "
            "empty cell. Each entry has two proper names, and either is right. What is followed by LQ travels in limited "
            "quantities and needs neither declaration nor placard."),
            "note.danger danger.un danger.proper_name danger.class danger.group danger.missing packing.marks handover.placard "
            "declaration.hs",
        ),
        _rule(
            "duty", N_("Duties and guarantees"),
            N_("The duties and taxes on the declaration must be paid for an import (procedure 40) and secured by a guarantee for "
            "transit (80); a warehouse (70) and an export (10) owe nothing now. More is right too: an advance or a general "
            "guarantee covers each part of it. A guarantee is valid to the end of the day on which it expires. Where payment or "
            "guarantee is not there, mark the empty cell. A sheet not asked for is no fault."),
            "declaration.duty payment.paid payment.missing guarantee.covers guarantee.expires guarantee.missing handover.date "
            "declaration.procedure",
        ),
        _rule(
            "goods", N_("Misdeclared goods"),
            N_("The risk sheet prints what a net kilogram of such an article costs after the price index. A price on the "
            "invoice outside that range means other goods than declared: an offence. A price in yuan (CNY) is legal; it is "
            "divided by the rate on the invoice before it is compared."),
            "invoice.value invoice.usd_per_kg invoice.rate declaration.value risk.range_usd_kg",
        ),
        _rule(
            "undeclared", N_("Undeclared goods"),
            N_("Whatever the packing list says travels along must be on the declaration (`also`); what is not is undeclared: "
            "an offence. Dunnage bags, lashing straps and edge protectors pack and secure the goods: they are no goods "
            "themselves and need not be declared."),
            "packing.also declaration.also invoice.also",
        ),
        _rule(
            "barred", N_("Barred goods"),
            N_("Goods that a rule of the day bars may not enter: an offence, and no licence helps. What was registered before "
            "the minute of the rule is free of it, and so is a code that agrees in fewer digits than the rule names."),
            "declaration.hs note.hs invoice.hs risk.registered",
        ),
        _rule(
            "concealed", N_("Undeclared dangerous goods"),
            N_("A UN number on the packages that neither the note nor the dangerous-goods declaration has means that other goods "
            "are in them than declared: an offence, and released it is a matter of safety. Packages marked LQ hold limited "
            "quantities, which need not be declared; marks that are missing are an error about dangerous goods, no offence."),
            "packing.marks note.danger danger.un danger.missing",
        ),
    )
}  # fmt: skip


STAMP = "%Y-%m-%d %H:%M"
"""How the risk sheet writes a minute."""


@dataclass(frozen=True, slots=True)
class Today:
    """A rule of the day as the rulebook shows it: its codes, what it asks, and the minute from which it counts."""

    id: str
    title: str
    codes: tuple[str, ...]
    needs: Literal["licence", "barred"]
    since: str

    def names(self, hs: str) -> bool:
        """Whether it names a code."""
        return any(hs.startswith(code) for code in self.codes)

    def touches(self, hs: str, registered: str) -> bool:
        """Whether it applies to a code registered at a minute."""
        return self.names(hs) and registered >= self.since


def family(code: str) -> str:
    """What a family of discrepancies is called within a sentence, by its rule; what is no family stays as it is."""
    if code not in RULES:
        return code
    title = _(RULES[code].title)
    return title[:1].lower() + title[1:]


def in_play(level: Level) -> tuple[Rule, ...]:
    """The rules that can be broken in a level: those of the day only where it has one of their kind."""
    absent = {*OF_THE_DAY} - {rule.needs for rule in level.customs.rules}
    absent |= set(OF_CARGO) if level.cargo is None else set()
    absent |= set(OF_REGIMES) if level.road is None else set()
    return tuple(rule for rule in RULES.values() if rule.code not in absent)


def danger_list(level: Level) -> Iterator[tuple[str, str]]:
    """The list of dangerous goods, where a level has such: the goods and the entries under which they may travel."""
    for goods, entries in ENTRIES.items() if level.cargo is not None else ():
        told = (
            _(
                "{un} class {kind} {names}",
                un=entry.un,
                kind=f"{entry.kind} {entry.group}".strip(),
                names=_(" or ").join(entry.names),
            )
            for entry in entries
        )
        yield by_code(goods).name, "; ".join(told)


def today(level: Level, rule: DayRule) -> Today:
    """A rule of the day, its minute written out."""
    codes = tuple(by_code(code).hs[: rule.digits] for code in rule.goods)
    return Today(rule.id, str(rule.title), codes, rule.needs, stamp(level, level.at_s(rule.effective)))


def stamp(level: Level, second: int) -> str:
    """A second of the shift as the risk sheet writes it."""
    midnight = datetime.combine(date.fromisoformat(level.shift.date), datetime.min.time())
    return (midnight + timedelta(seconds=level.start_s + second)).strftime(STAMP)


def addresses(papers: Papers) -> tuple[str, ...]:
    """Every cell that a finding may mark: what is there, the certificate that is asked for and is not, and, where rules
    of the day are known or papers tell of dangerous goods, the licence and the declaration that are not there, whether or
    not they need be; the payment or the guarantee that its procedure asks for and is not there.
    """
    cells = [f"{document.kind}.{name}" for document in papers.documents for name, _ in document.fields]
    kinds = [document.kind for document in papers.documents]
    if papers.value("invoice.needs") not in (None, "none") and "certificate" not in kinds:
        cells.append(MISSING)
    if papers.value("risk.registered") is not None and "licence" not in kinds:
        cells.append(NO_LICENCE)
    if papers.value("note.danger") is not None and "danger" not in kinds:
        cells.append(NOT_DECLARED)
    procedure = papers.value("declaration.procedure") or ""
    if procedure.startswith("40") and "payment" not in kinds:
        cells.append(UNPAID)
    if procedure.startswith("80") and "guarantee" not in kinds:
        cells.append(UNSECURED)
    return tuple(cells)


def reason_stands(truth: Truth | None, first: str, second: str) -> bool:
    """Whether two cells are the reason: both belong to the rule that is broken, and one bears the clash."""
    if truth is None or truth.kind == "lookalike" or first == second:
        return False
    allowed = RULES[truth.family].fields
    return first in allowed and second in allowed and (first in truth.fields or second in truth.fields)


def finding_stands(truth: Truth | None, first: str, second: str, rule: str) -> bool:
    """Whether a finding is right: a real discrepancy, the right rule, two cells of that rule, and one bears the clash."""
    return truth is not None and rule == truth.family and reason_stands(truth, first, second)
