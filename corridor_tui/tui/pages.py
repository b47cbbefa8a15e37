"""Pages to read: the briefing, the help and the rulebook, as rows that scroll."""

from collections.abc import Sequence

from corridor_tui.config import config_path
from corridor_tui.corridor.orders import VERBS
from corridor_tui.corridor.view import View
from corridor_tui.language import N_, _
from corridor_tui.level.risk import Criterion
from corridor_tui.scenario.rules import danger_list, in_play, stamp
from corridor_tui.scenario.selectivity import BLUE, RANDOM, TOP_UP
from corridor_tui.session.wording import word
from corridor_tui.tui.briefing import hanging, prose
from corridor_tui.tui.keys import KEYS, PANE_NAMES, Keyboard
from corridor_tui.tui.rows import Part, Row, cells_of, fit, row

_ABOUT = {
    "panel": N_(
        "The corridor from east (top, China) to west (bottom). Tracks with their length in metres and who stands on them, the "
        "throats, the sections of the lines, the cranes where they stand and what they lift, the stack, and who of the staff is busy. "
        "Choose a train, a track or a crane."
    ),
    "trains": N_(
        "Every train and rake: where it is, what it waits for and since when, how many of its consignments are released, and "
        "its next deadline. Below each stands its chain of work."
    ),
    "customs": N_(
        "The consignments, those first that hold a train, then those that need a decision. What is chosen here lies open in "
        "the papers."
    ),
    "papers": N_(
        "The documents of the chosen consignment side by side: a row for each field, a column for each document. What stands in "
        "one row must agree, unless the rulebook says otherwise."
    ),
    "messages": N_(
        "What has happened, the latest at the bottom; what repeats within half an hour is folded. The log goes on with what happens "
        "until an older message is chosen."
    ),
    "cranes": N_(
        "What each crane lifts; then every train under the cranes, wagon for wagon, above the wagons of its rake: █ full, ▌ "
        "half, ─ ━ empty, ░ ▒ with something that is not released, ! overloaded, ◇ placarded as dangerous (its class stands beside it), ϟ a reefer. Whether all that still comes fits onto the rake. Then "
        "its containers one by one: enter offers what can be done with one."
    ),
    "graph": N_(
        "Time runs from left to right, the line from top to bottom by kilometre; every train is a line. What has been is drawn "
        "whole, what is expected in dots, what the timetable wants in few dots. ◆ two want the same stretch, ◇ a meet that is ordered, "
        "▒ a closed stretch, ✕ a knot. Lines in the colour of a warning come too late."
    ),
}


def help_rows(pane: str, keyboard: Keyboard, width: int) -> list[Row]:
    """First the instrument that was looked at with its signs and keys, then all other keys and signs, the orders, and the way of a
    train.
    """
    rows = [row((_("This instrument: {name}", name=_(PANE_NAMES[pane])), "head")), *prose(_(_ABOUT[pane]), width)]
    own = _sign_rows(pane, width, own=True)
    rows += [*own, row("")] if own else []
    rows += _key_rows(pane, keyboard, width)
    rows += [row(""), row((_("Signs"), "head")), *_sign_rows(pane, width, own=False)]
    rows += [row(""), row((_("Orders, as the command line takes them"), "head"))]
    for verb in VERBS.values():
        head = f"  {verb.word} {verb.shape}"
        rows += hanging(f"{head:<34} ", _(verb.help), width, "key")
    rows.append(row(""))
    rows.append(row((_("The way of a train"), "head")))
    rows += prose(
        _(
            "Accept it from the neighbour onto a receiving track. Secure it, then uncouple its locomotive. Have it inspected. Pull it "
            "under the cranes, where a rake of the other gauge stands. Plan the transfer and put the cranes on it. Meanwhile customs: "
            "green and blue consignments can be released, yellow ones need a document check, red ones must be opened or scanned; where two "
            "fields of the papers clash against the rulebook, claim it. Weigh the loaded rake, write its waybill, pull it to a departure "
            "track, call a locomotive, test the brakes, book a path, depart. The emptied rake is inspected and goes home."
        ),
        width,
    )
    rows += hanging(
        "  ", _("Keys, theme and language can be set in {path}; see the README.", path=config_path()), width, "dim"
    )
    return rows


def _key_rows(pane: str, keyboard: Keyboard, width: int) -> list[Row]:
    """The keys of an instrument, then all others."""
    rows = list[Row]()
    own = list(keyboard.of(pane))
    for key in own:
        rows += hanging(f"  {keyboard.all_shown(key.name):<12} ", _(key.about), width, "key")
    rows += [row("")] if own else []
    rows.append(row((_("Keys"), "head")))
    for key in KEYS:
        shown = keyboard.all_shown(key.name)
        if pane not in key.panes and shown:
            where = f" ({', '.join(_(PANE_NAMES[name]) for name in key.panes)})" if key.panes else ""
            rows += hanging(f"  {shown:<12} ", _(key.about) + where, width, "key")
    rows += hanging(f"  {'escape':<12} ", _("close what lies on top"), width, "key")
    rows += hanging(f"  {'ctrl+p':<12} ", _("find any order, train, theme or command by name"), width, "key")
    rows += hanging(
        "  " + fit(_("mouse"), 13),
        _(
            "a click chooses, a double or a right one opens, the hints can be clicked; a click on the clock finds all else by name"
        ),
        width,
        "key",
    )
    return rows


_OWN_SIGNS: tuple[tuple[tuple[str, ...], str], ...] = (
    (
        ("trains",),
        N_("a sign without a word: no room for its word; +2 so many stages more, for which there is no room"),
    ),
    (
        ("panel",),
        N_(
            "tracks: in receiving, out departure, park storage, crane under the cranes; the number is their length in metres"
        ),
    ),
    (
        ("panel",),
        N_(
            "signals between sections: ○ clear, ● at stop, ◐ at stop for one way because the section behind it is taken"
        ),
    ),
    (
        ("panel",),
        N_("at a station these count its home signal: at stop where the throat is taken or a train is held before it"),
    ),
    (
        ("panel",),
        N_(
            "throats: ○ free, ● taken, by whom and from which track → onto which; ! who is held before it, or at a signal"
        ),
    ),
    (
        ("panel",),
        N_("at the end of a track: ● a train, ■ a shunt is held, ○ □ its route is set, ▸ ◂ where one comes in"),
    ),
    (("panel",), N_("near a station (+): a column for each throat, doubled ═║ where a route is set through it")),
    (
        ("panel",),
        N_("≈ ferries and ships behind the neighbour, and how much of what is booked on the next has left us"),
    ),
    (
        ("cranes",),
        N_("cranes over the clock: █▓ one lift after another as it was, ▒░ as expected; ~ expected at, ✓ lifted at"),
    ),
    (("panel", "customs"), N_("● somebody at work, ○ somebody free, +1 a job that waits for somebody")),
    (
        ("customs", "papers"),
        N_("lanes: G green release, Y yellow documents first, R red open first, B blue audit later"),
    ),
)
"""What signs mean, and in which instruments they stand."""


_CHAIN_SIGNS = (
    (N_("■ done"), "good"),
    (N_("▶ being done"), ""),
    (N_("… waits for people"), ""),
    (N_("○ your order is missing"), "warn"),
    (N_("× not offered yet"), "dim"),
    (N_("· later"), "dim"),
)
"""How far the stages of a chain of work are."""
_RAIL_SIGNS = (
    ("─ 1435 mm", "narrow"),
    ("━ 1520 mm", "broad"),
    (N_("◆ locomotive"), ""),
    (N_("▸ bound west"), ""),
    (N_("◂ bound east"), ""),
    (N_("╦ crane lifting"), ""),
)
"""Both gauges, and what runs and stands on them."""


def _flowing(signs: Sequence[tuple[str, str]], width: int) -> list[Row]:
    """Signs with their meanings one after another, as many in a row as there is room for."""
    rows: list[list[Part]] = [[]]
    for text, style in signs:
        part = (f"  {_(text)}", style)
        if rows[-1] and cells_of([*rows[-1], part]) > width:
            rows.append([])
        rows[-1].append(part)
    return [row(*parts) for parts in rows]


def _sign_rows(pane: str, width: int, *, own: bool) -> list[Row]:
    """What the signs of an instrument mean, or those that stand only elsewhere."""
    rows = _flowing(_CHAIN_SIGNS, width) if own == (pane == "trains") else []
    rows += _flowing(_RAIL_SIGNS, width) if own == (pane in ("panel", "graph", "cranes")) else []
    for panes, text in _OWN_SIGNS:
        if own == (pane in panes):
            rows += hanging("  ", _(text), width)
    if own:
        return rows
    losses = _(
        "lost time/detection/resources, then safety: loss units so far, as far as the level lets that be seen; - does not count"
    )
    return [*rows, *hanging("  ", losses, width)]


def rulebook_rows(view: View, width: int) -> list[Row]:
    """The rules of the customs desk: first what is new today and how the risk engine is set, then what always holds."""
    rows = [*_today_rows(view, width), *_criteria_rows(view, width)]
    if view.level.road is not None:
        told = _("In the list of consignments: → TR transit, ▼ IM import, ▣ BW bonded warehouse, ▲ EX export.")
        rows += [*prose(told, width), row("")]
    for rule in in_play(view.level):
        rows.append(row((_(rule.title), "head"), (f"  ({rule.code})", "dim")))
        rows += prose(_(rule.text), width)
    listed = list(danger_list(view.level))
    if listed:
        rows.append(row((_("The list of dangerous goods"), "head")))
        for goods, entries in listed:
            rows += prose(f"{goods}: {entries}.", width)
    return rows


def _today_rows(view: View, width: int) -> list[Row]:
    """The rules of the day that the desk has been told of: what they ask, of which codes, from which minute."""
    rows: list[Row] = []
    at = stamp(view.level, view.now_s)
    for rule in view.rules.values():
        force = _("IN FORCE") if at >= rule.since else _("NOT YET IN FORCE")
        needs = _("licence") if rule.needs == "licence" else _("barred")
        rows.append(row((_("New today: "), "warn"), (rule.title, "head"), (f"  ({needs}, {force})", "warn")))
        licence = N_(
            "Goods of the codes {codes} need a licence where their declaration was registered at {since} or later. "
            "A code is touched only where it begins with all the digits that are named."
        )
        barred = N_(
            "Goods of the codes {codes} are barred where their declaration was registered at {since} or later. "
            "A code is touched only where it begins with all the digits that are named."
        )
        text = licence if rule.needs == "licence" else barred
        rows += prose(_(text, codes=", ".join(rule.codes), since=rule.since), width)
    return rows


def _criteria_rows(view: View, width: int) -> list[Row]:
    """The criteria of the risk engine and how each is set."""
    selectivity = view.level.customs.selectivity
    if selectivity is None:
        return []
    heads = {item.id: _criterion(item) for item in selectivity.criteria}
    heads |= {
        RANDOM: _("per cent of the others that go yellow by chance"),
        BLUE: _("per cent of the rest that go blue"),
        TOP_UP: _("consignments of a train that are flagged at the least"),
    }
    rows = [row((_("Criteria of the risk engine"), "head"))]
    for name, setting in view.selectivity.items():
        rows += hanging(f"  {name:<14} {setting:<7} ", heads[name], width, "key")
    tail = _("select CRITERION SETTING changes one for what is lodged from then on.") if selectivity.desk else ""
    return [*rows, *([row((tail, "dim"))] if tail else []), row("")]


def _criterion(item: Criterion) -> str:
    """What a criterion looks for, in words."""
    parts = [
        _("declared for {procedures}", procedures=", ".join(map(word, item.regimes))) if item.regimes else "",
        _("chapters {chapters}", chapters=", ".join(item.chapters)) if item.chapters else "",
        ", ".join(item.goods),
        _("loaded at {places}", places=", ".join(item.origins)) if item.origins else "",
        _("sent by {firms}", firms=", ".join(item.consignors)) if item.consignors else "",
        "" if item.value_usd_from is None else _("worth USD {value:,.0f} or more", value=item.value_usd_from),
        "" if item.mass_t_from is None else _("of {mass:g} t or more", mass=item.mass_t_from),
    ]
    share = "" if item.share == 1 else _("; {share:.0%} of them", share=item.share)
    return ", ".join(part for part in parts if part) + share
