"""Who is busy, who is free and how many jobs wait for them, as rows."""

from collections.abc import Mapping

from rich.cells import cell_len

from corridor_tui.corridor.state import Pool
from corridor_tui.corridor.view import View
from corridor_tui.language import NP_, _
from corridor_tui.session.people import engine_text, piece_text, rotas
from corridor_tui.tui.rows import Part, Row, row

_STAFF = {
    "shunters": NP_("staff", "shunt"),
    "yard": NP_("staff", "yard"),
    "border": NP_("staff", "border"),
    "commercial": NP_("staff", "comm"),
    "technical": NP_("staff", "tech"),
    "weighing": NP_("staff", "weigh"),
    "clerks": NP_("staff", "clerk"),
    "brake": NP_("staff", "brake"),
    "fitters": NP_("staff", "fitters"),
    "officers": NP_("staff", "officers"),
    "bays": NP_("staff", "bays"),
    "scanners": NP_("staff", "scanners"),
    "samplers": NP_("staff", "samplers"),
    "benches": NP_("staff", "lab"),
    "lorries": NP_("staff", "lorries"),
}
_WHOLE = {
    "shunters": NP_("staff", "shunters"),
    "commercial": NP_("staff", "commercial"),
    "technical": NP_("staff", "technical"),
    "weighing": NP_("staff", "weighing"),
    "clerks": NP_("staff", "clerks"),
    "brake": NP_("staff", "brakes"),
}
"""Those whose whole word takes more room: said where that takes no line more."""
_OF_CUSTOMS = ("officers", "bays", "scanners")
_OF_PLANT_HEALTH = ("samplers", "benches")


def staff(view: View, width: int) -> list[Row]:
    """Who is busy (●) and who is free (○), and how many jobs wait for them."""
    short, whole = (_staff(view, width, words) for words in (_STAFF, _STAFF | _WHOLE))
    return whole if len(whole) == len(short) else short


def _staff(view: View, width: int, words: Mapping[str, str]) -> list[Row]:
    pools = [pool for pool in view.pools.values() if pool.total and pool.name not in _OF_CUSTOMS + _OF_PLANT_HEALTH]
    cells = [(_(words[pool.name]), *_heads(pool)) for pool in pools]
    cells += (
        [(_("loco "), " ".join(f"{gauge}:{count}" for gauge, count in view.locos.items()), "")] if view.locos else []
    )
    return _wrapped(cells, width)


def locomotives(view: View, width: int) -> list[Row]:
    """What each line locomotive of the pools does: for which train it comes, on which it is, when it is back."""
    rows: list[Row] = []
    for gauge, free in view.locos.items():
        at_work = [(f"◆ {engine_text(view, engine)}", " ", "") for engine in view.engines if engine.gauge == gauge]
        rows += _wrapped([(_("loco "), f"{gauge} ", ""), *at_work, (_("{count} free", count=free), "", "")], width)
    return rows


def at_work(view: View, width: int) -> list[Row]:
    """What each pool of the station is doing, and until when."""
    rows: list[Row] = []
    for name, rota in rotas(view).items():
        if rota.doing and name not in _OF_CUSTOMS + _OF_PLANT_HEALTH:
            pieces = [(f"● {piece_text(view, *piece)}", " ", "") for piece in rota.doing]
            rows += _wrapped([(f"{_(_STAFF[name])} ", "", ""), *pieces], width)
    return rows


def _wrapped(cells: list[tuple[str, str, str]], width: int) -> list[Row]:
    rows: list[Row] = []
    parts: list[Part] = []
    used = 0
    for name, heads, queue in cells:
        length = cell_len(name) + cell_len(heads) + cell_len(queue) + 1
        if used and used + length > width:
            rows.append(row(*parts))
            parts, used = [], 0
        parts += [(name, "dim"), heads, (queue, "warn"), " "]
        used += length
    return [*rows, row(*parts)]


def customs_staff(view: View) -> Row:
    """Officers, bays and scanners: busy, free, and how many jobs wait."""
    parts: list[Part] = []
    sampled = tuple(name for name in _OF_PLANT_HEALTH if view.pools[name].total)
    for name in _OF_CUSTOMS + sampled:
        heads, queue = _heads(view.pools[name])
        parts += [(f"{_(_STAFF[name])} ", "dim"), heads or _("none"), (queue, "warn"), "   "]
    return row(*parts)


def _heads(pool: Pool) -> tuple[str, str]:
    heads = "●" * pool.busy + "○" * (pool.total - pool.busy) if pool.total <= 4 else f"{pool.busy}/{pool.total}"
    return heads, f"+{pool.queue}" if pool.queue else ""
