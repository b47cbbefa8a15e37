"""Which consignments are dangerous or chilled, and what of: drawn apart from all else, so that nothing else moves with it."""

from corridor_tui.level.risk import OF_CARGO
from corridor_tui.level.traffic import Cargo
from corridor_tui.level.traffic import Consignment as Script
from corridor_tui.scenario.danger import entry_at, goods_of
from corridor_tui.scenario.goods import CHILLED, DANGEROUS, Goods, by_code
from corridor_tui.scenario.risk import Ware
from corridor_tui.scenario.streams import below, stream
from corridor_tui.scenario.values import Special

_EVEN = 0.5
"""How often goods are dangerous of which a scripted case does not say it, as often as those that are drawn; and how often
harmless ones may be taken for such.
"""
_AMBIENT_C = 15
"""At what temperature goods travel that a level puts into a reefer though they need none; assumed."""


def ware(cargo: Cargo, seed: int, consignment: str, goods: Goods, script: Script | None) -> Ware:
    """The goods of a consignment: those drawn for it, or dangerous or chilled ones in their place.

    As many consignments as are dangerous are of the same goods and harmless, so that the goods give nothing away.
    """
    draws = stream(seed, "special", consignment)
    u, which, entry, apt = draws.random(), draws.random(), draws.random(), draws.random() < _EVEN
    if script is not None and (script.danger or script.reefer or script.goods or _of_cargo(script)):
        return _scripted(script, goods, which, entry, u)
    if u < 2 * cargo.danger_share:
        kind = DANGEROUS[below(which, len(DANGEROUS))]
        declared = entry_at(kind.code, entry) if u < cargo.danger_share else None
        return Ware(kind, Special(declared, apt=apt))
    if u < 2 * cargo.danger_share + cargo.reefer_share:
        kind = CHILLED[below(which, len(CHILLED))]
        return Ware(kind, Special(None, kind.set_c))
    return Ware(goods, Special())


def _of_cargo(script: Script) -> bool:
    return script.case is not None and script.case.family in OF_CARGO


def _scripted(script: Script, goods: Goods, which: float, entry: float, u: float) -> Ware:
    """What the level has written of a consignment; what it leaves out is drawn to fit."""
    if _of_cargo(script) and script.danger is None:
        kind = by_code(script.goods) if script.goods else DANGEROUS[below(which, len(DANGEROUS))]
        return Ware(kind, Special(entry_at(kind.code, entry) if u < _EVEN else None))
    if script.danger is not None:
        code = script.goods or goods_of(script.danger) or goods.code
        return Ware(by_code(code), Special(entry_at(code, entry, script.danger)))
    if script.reefer:
        kind = by_code(script.goods) if script.goods else CHILLED[below(which, len(CHILLED))]
        return Ware(kind, Special(None, _AMBIENT_C if kind.set_c is None else kind.set_c))
    return Ware(goods, Special(None, goods.set_c))
