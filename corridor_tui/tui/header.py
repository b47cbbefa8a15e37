"""The lines above and below the desk: clocks, speed, how it goes, tabs, the last answer, the coach, the keys."""

from collections.abc import Collection, Container, Sequence
from typing import TypeAlias

from rich.cells import cell_len

from corridor_tui.corridor.orders import VERBS, Order
from corridor_tui.language import N_, _
from corridor_tui.level.model import Level
from corridor_tui.level.teaching import Hint
from corridor_tui.level.text import flowing
from corridor_tui.session.clocks import date_text, end_text, told_clock
from corridor_tui.session.pace import Pace
from corridor_tui.session.shift import Shift
from corridor_tui.session.status import so_far, upcoming
from corridor_tui.session.wording import clock, order_text
from corridor_tui.tui.choices import LETTERS
from corridor_tui.tui.keys import KEYS, PANE_NAMES, PANE_NUMBERS, Keyboard
from corridor_tui.tui.pane import POINTER
from corridor_tui.tui.rows import Part, Row, cells_of, fit, row, wrap

Expected: TypeAlias = "tuple[str, str] | None"
"""The clock and the words of what is expected next, if anything is."""
_BEIJING_H = 8
_WIDE = 100
"""From how many columns on the tabs stand apart."""


def header_row(
    shift: Shift,
    pace: Pace,
    width: int,
    *,
    running_on: bool,
    waits: bool = False,
    over: bool = False,
    pointed: bool = False,
) -> Row:
    """Both clocks, the date, the speed, and as much of the score as the level lets be seen. `waits`: for the guide; `over`:
    only for what lies over the desk.
    """
    level, now_s = shift.level, shift.now_s
    start_s = level.start_s
    beijing_s = start_s + (_BEIJING_H - level.shift.utc_offset_h) * 3_600
    if running_on:
        state = (_("▶▶ to the next call"), "warn")
    elif waits:
        state = ("‖ " + _("YOUR TURN"), "bad")
    elif over:
        state = (f"‖ {pace.speed}x", "warn")
    elif pace.paused:
        state = (_("‖ PAUSED ({speed}x)", speed=pace.speed), "bad")
    else:
        slowed = f" ({pace.speed}x)" if pace.now < pace.speed else ""
        longer = f" +{pace.allowance}%" if pace.allowance else ""
        state = (f"▶ {pace.now}x{slowed}{longer}", "good")
    at = f"{clock(start_s, now_s)}:{now_s % 60:02d}"
    day: list[Part] = [(date_text(level.shift.date, start_s + now_s), ""), "  "]
    parts: list[Part] = [
        *_after_sign(f" {at}", "bold", "app.command_palette", marked=pointed), (_(" Altynkol  "), "dim"), (clock(beijing_s, now_s), "bold"),
        (_(" Beijing  "), "dim"), (*state, "pause"),
    ]  # fmt: skip
    wordings = so_far(shift)
    if cells_of([*parts, *day]) + cell_len(wordings[-1]) < width:
        parts[-1:-1] = day
    if width >= 110:
        parts.append((_(" until {at}", at=end_text(level.shift.date, start_s, level.shift_s)), "dim"))
    used = cells_of(parts)
    standing = next((text for text in wordings if cell_len(text) < width - used), wordings[-1])
    return row(*parts, " " * max(1, width - used - cell_len(standing) - 1), standing)


def tabs_row(
    names: Sequence[str],
    active: str,
    width: int,
    expected: Expected,
    planned: Sequence[str] = (),
    pointed: str = "",
    lost: Sequence[list[Part]] = (),
    *,
    tabbed: bool,
) -> Row:
    """The panes as tabs, the one pointed at marked; what was ordered while the clock stands, else what is expected next; and
    what is lost, in the longest of its wordings for which there is room beside it.
    """
    gap, ahead = (" ", N_("expected {at} {what}")) if width >= _WIDE else ("", N_("next {at} {what}"))
    parts: list[Part] = []
    for name in names:
        style = "tab" if name == active else "dim" if tabbed else ""
        label = f"{gap}{PANE_NUMBERS[name]} {_(PANE_NAMES[name])} "
        parts += _after_sign(label, style, f"pane('{name}')", marked=name == pointed)
    used = cells_of(parts)
    style, texts = "dim", [""]
    if planned:
        texts = [
            _("planned {count}: {last}", count=len(planned), last=planned[-1]),
            _("planned {count}", count=len(planned)),
        ]
        style = "warn"
    elif expected is not None:
        at, what = expected
        texts = [_(ahead, at=at, what=what), _("next {at}", at=at)]
    # in a wide desk what is expected can be told elsewhere, what is planned cannot
    least = cell_len(texts[-1]) + 3 if planned or (width < _WIDE and texts[-1]) else 0
    told = next((told for told in lost if used + 2 + cells_of(told) + least <= width), [])
    room = width - used - 2 - (cells_of(told) + 3 if told else 0)
    text = next((text for text in texts if cell_len(text) <= room), "")
    return row(*parts, " " * max(1, room - cell_len(text)), (text, style), *(["   ", *told] if told else []))


def expected_next(shift: Shift) -> Expected:
    """When what is expected to happen next."""
    nearest = upcoming(shift.view)
    return None if nearest is None else (told_clock(shift.view, nearest[0]), nearest[1])


def expected_text(expected: Expected) -> str:
    """What is expected next and when, in whole words; empty where nothing is."""
    return "" if expected is None else _("expected {at} {what}", at=expected[0], what=expected[1])


def status_rows(
    notice: tuple[str, str],
    shift: Shift,
    proposal: Order | None,
    width: int,
    lines: int,
    keyboard: Keyboard,
    hint: Hint | None = None,
    guide: Sequence[Row] = (),
    alert: str = "",
    ahead: str = "",
    lost: Sequence[list[Part]] = (),
) -> list[Row]:
    """The answer to the last order, who calls, what a newcomer is told, and what the coach proposes, as far as there is
    room: what has just come about at the top, what can be done at the bottom. `hint`: what a newcomer is told now. `guide`:
    what the guide tells, below all else. `alert`: what is urgent, above all else. `ahead`: what is expected, or what the signs of
    the instrument mean, and `lost`: what is lost, where a line is left.
    """
    text, style = notice
    lines -= len(guide)
    below: list[Row] = [] if proposal is None else [_proposal_row(proposal, shift.level, width, keyboard)]
    rows = [row((f" {fit(alert, min(cell_len(alert), width - 2))} ", "mark"))] if alert else []
    said, room = wrap(text, width - 2) if text else [], max(0, lines - len(below) - len(rows))
    if len(said) > room > 0:
        said[room - 1] = fit(f"{said[room - 1]} …", min(cell_len(said[room - 1]) + 2, width - 2))
    rows += [row((f" {line}", style)) for line in said[:room]]
    if (call := _call_row(shift, width)) is not None and len(rows) + len(below) < lines:
        rows.append(call)
    if not guide:
        below = [*_told_rows(hint, width, lines - len(rows) - len(below), keyboard, shift.view.units), *below]
    if (ahead or lost) and len(rows) + len(below) < lines:
        told = next((told for told in lost if cell_len(ahead) + cells_of(told) + 5 <= width), [])
        room = width - 2 - (cells_of(told) + 1 if told else 0)
        rows.append(row((f" {fit(ahead, room if told else min(cell_len(ahead), room))}", "dim"), *told))
    return [*rows, *(row("") for _ in range(lines - len(rows) - len(below))), *below, *guide]


def _call_row(shift: Shift, width: int) -> Row | None:
    """Who waits longest for an answer, and what they ask."""
    waiting = shift.view.ringing(shift.desks)
    if not waiting:
        return None
    spec = shift.level.calls[waiting[0].id]
    until = told_clock(shift.view, waiting[0].until_s)
    said = _("{caller} calls, until {at}: {said}", caller=spec.caller, at=until, said=flowing(str(spec.text)))
    room = width - 6 - cell_len(_("answers  "))
    return row(
        (" a ", "key", "answer"),
        (_("answers  "), "dim", "answer"),
        (fit(said, min(cell_len(said), room)), "bad", "answer"),
    )


def _told_rows(hint: Hint | None, width: int, room: int, keyboard: Keyboard, typed: Container[str]) -> list[Row]:
    """A hint of the level, with the keys that it means."""
    if hint is None or room <= 0:
        return []
    points = f"[{keyboard.written(hint.targets, LETTERS, typed)}]" if hint.points else ""
    lines = wrap(str(hint.text), width - 5)
    if cell_len(lines[-1]) + cell_len(points) + 2 > width - 5:
        lines.append("")
    if len(lines) > room:
        lines = lines[:room]
        lines[-1] = fit(lines[-1], min(cell_len(lines[-1]), width - 8 - cell_len(points))).rstrip(" …") + "…"
    ends = [*("" for _ in lines[1:]), f"  {points}" if lines[-1] else points]
    return [
        row((" ▸ " if place == 0 else "   ", "head"), (line, "warn"), (end, "key"))
        for place, (line, end) in enumerate(zip(lines, ends, strict=True))
    ]


def _proposal_row(proposal: Order, level: Level, width: int, keyboard: Keyboard) -> Row:
    """The order that the coach would give, and the key for it."""
    said = f"{order_text(proposal, level)}  ({_(VERBS[proposal.verb].help)})"
    beside = cell_len(_(" Next: ")) + cell_len(_("gives it")) + 5
    return row(
        (_(" Next: "), "head"),
        (fit(said, min(cell_len(said), width - beside)), "bold"),
        (f"  {keyboard.shown('proposed')} ", "key", "coach"),
        (_("gives it"), "dim", "coach"),
    )


_OF_PANE = {
    "panel": ("route", "scope", "follow"),
    "trains": ("locate", "filter", "sort"),
    "customs": ("bulk", "papers"),
    "papers": ("mark", "find", "rules", "zoom"),
    "messages": ("search", "locate", "now"),
    "cranes": (),
    "graph": ("meet", "closer", "wider", "now"),
}
"""The keys of each instrument, the most useful first."""
_ALWAYS = ("help", "leave")
_WORDS = {("messages", "orders"): N_("go there")}
"""What a key does in an instrument where that is something of its own."""


def hints_row(
    active: str,
    width: int,
    keyboard: Keyboard,
    pointed: str = "",
    *,
    coach: bool,
    proposed: bool,
    tabbed: bool,
    standing: bool = False,
    without: Collection[str] = (),
) -> Row:
    """The keys that are good for something now, the most useful first, the one pointed at marked; a click does the same.

    `coach`: whether the level has one who speaks now; `proposed`: whether there is an order to give by his key, else time is to run
    on. `standing`: whether there is anything to set by standing orders, or to buy.
    """
    coached = ["proposed" if proposed else "next"] if coach else []
    names = [*coached, *(["standing"] if standing else []), "pause", "orders"]
    own = _OF_PANE[active]
    names = [*own, *names] if active in ("papers", "graph") else [*names, *own]
    names += [] if "next" in coached else ["next"]
    names += ["faster", "slower", "command", *([] if tabbed or "zoom" in names else ["zoom"]), "undo", "number"]
    said = {key.name: _WORDS.get((active, key.name), key.word) for key in KEYS}
    words = {key.name: (keyboard.shown(key.name), said[key.name] and _(said[key.name]), key.action) for key in KEYS}
    hints = [words[name] for name in names if words[name][0] and name not in without]
    always = [words[name] for name in _ALWAYS]
    room = width - sum(map(_cells, always))
    parts: list[Part] = []
    for hint in [*hints, *always]:
        if hint in always or _cells(hint) <= room:
            room -= 0 if hint in always else _cells(hint)
            parts += _after_sign(f" {hint[0]}", "key", hint[2], marked=hint is words.get(pointed))
            parts.append((f" {hint[1]} ", "dim", hint[2]))
    return row(*parts)


def _after_sign(text: str, style: str, key: str, *, marked: bool) -> list[Part]:
    """A text, behind the sign of the guide where that points at it: in the place of the space before it, if there is one."""
    return [(POINTER, "mark"), (text.removeprefix(" "), style, key)] if marked else [(text, style, key)]


def _cells(hint: tuple[str, str, str]) -> int:
    return cell_len(hint[0]) + cell_len(hint[1]) + 3
