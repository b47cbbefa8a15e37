"""The lines above and below the desk: clocks, speed, how it goes, tabs, the last answer, the coach, the keys."""

from collections.abc import Sequence
from datetime import date, timedelta

from rich.cells import cell_len

from corridor_tui.corridor.chain import carrier, is_load
from corridor_tui.corridor.orders import VERBS, Order
from corridor_tui.corridor.view import View
from corridor_tui.session.pace import Pace
from corridor_tui.session.shift import Shift
from corridor_tui.session.wording import WORDS, clock
from corridor_tui.tui.phrases import order_text
from corridor_tui.tui.rows import Part, Row, fit, row, wrap

_BEIJING_H = 8
_DAY_S = 86_400
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def header_row(shift: Shift, pace: Pace, width: int, *, running_on: bool) -> Row:
    """Both clocks, the date, the speed, and as much of the score as the level lets be seen."""
    level, now_s = shift.level, shift.now_s
    start_s = level.start_s
    beijing_s = start_s + (_BEIJING_H - level.shift.utc_offset_h) * 3_600
    if running_on:
        state = ("▶▶ to the next call", "warn")
    elif pace.paused:
        state = (f"‖ PAUSED ({pace.speed}x)", "bad")
    else:
        state = (f"▶ {pace.speed}x", "good")
    parts: list[Part] = [
        (f" {clock(start_s, now_s)}:{now_s % 60:02d}", "bold"), (" Altynkol  ", "dim"), (clock(beijing_s, now_s), "bold"),
        (" Beijing  ", "dim"), (_date(level.shift.date, start_s + now_s), ""), "  ", (*state, "pause"),
    ]  # fmt: skip
    if width >= 110:
        parts.append((f" until {clock(start_s, level.shift_s)}", "dim"))
    standing = _standing(shift, short=width < 110)
    used = sum(len(part if isinstance(part, str) else part[0]) for part in parts)
    return row(*parts, " " * max(1, width - used - len(standing) - 1), standing)


def _date(day: str, second: int) -> str:
    at = date.fromisoformat(day) + timedelta(days=second // _DAY_S)
    return f"{at.day} {_MONTHS[at.month - 1]} {at.year}"


def _standing(shift: Shift, *, short: bool) -> str:
    """What the desk can count for itself; nothing that only the audit knows."""
    if shift.level.shift.feedback == "none":
        return ""
    view = shift.view
    late_s = 0
    for unit in view.units.values():
        if is_load(unit) and unit.due_s is not None:
            left = carrier(view, unit).departed_s
            late_s += max(0, (view.now_s if left is None else left) - unit.due_s)
    grain = "" if view.level.grain is None else f" + {view.silo.out_kg / 1_000:.0f} t"
    if short:
        return f"late {late_s // 60}m out {view.out_boxes}{grain}"
    decided = sum(dossier.state in ("released", "detained") for dossier in view.dossiers.values())
    return f"late {late_s // 60} min  papers {decided}/{len(view.dossiers)}  boxes out {view.out_boxes}{grain}"


def upcoming(view: View) -> tuple[int, str] | None:
    """The next thing that is expected to happen, by the timetable and the work going on: its second and its words."""
    found: list[tuple[int, str]] = []
    for unit in view.units.values():
        if unit.gone_s is not None:
            continue
        if unit.offered_s is None and unit.planned_s is not None and unit.arrived_s is None:
            found.append((unit.advised_s or unit.planned_s, f"{unit.id} offered"))
        if unit.moving and unit.eta_s is not None:
            found.append((unit.eta_s, f"{unit.id} in {unit.to}"))
        if unit.loco == "called" and unit.loco_s is not None:
            found.append((unit.loco_s, f"loco for {unit.id}"))
        found += [
            (job.expected_s, f"{unit.id} {WORDS.get(name, name)} done")
            for name, job in unit.jobs.items()
            if job.progress == "doing" and job.expected_s is not None and name not in ("lift", "load")
        ]
    found += [(at, f"path of {name}") for at, name in view.paths.items() if view.units[name].departed_s is None]
    for dossier in view.dossiers.values():
        found += [
            (job.expected_s, f"{dossier.id} {WORDS.get(name, name)} done")
            for name, job in dossier.jobs.items()
            if job.progress == "doing" and job.expected_s is not None and name != "read"
        ]
    rules = view.level.customs.rules
    found += [(view.level.at_s(rule.effective), f"rule {rule.id} counts") for rule in rules if rule.id in view.rules]
    return min((item for item in found if item[0] >= view.now_s), default=None)


def tabs_row(names: Sequence[str], active: str, shift: Shift, width: int, *, tabbed: bool) -> Row:
    """The panes as tabs, and what is expected next."""
    parts: list[Part] = [
        (f" {place} {name} ", "tab" if name == active else "dim" if tabbed else "", f"pane('{name}')")
        for place, name in enumerate(names, 1)
    ]
    used = sum(len(part[0]) for part in parts)
    nearest = upcoming(shift.view)
    if nearest is None:
        return row(*parts)
    text = f"expected {clock(shift.level.start_s, nearest[0])} {nearest[1]}"
    room = width - used - 2
    return row(*parts, " " * max(1, room - len(text)), (fit(text, min(len(text), room)), "dim"))


def status_rows(
    notice: tuple[str, str], shift: Shift, proposal: Order | None, width: int, lines: int, stars: int = 0
) -> list[Row]:
    """The answer to the last order, who calls, what a newcomer is told, and what the coach proposes, as far as there is
    room. `stars`: the most the trainee has earned on this level.
    """
    text, style = notice
    rows = [row((f" {line}", style)) for line in wrap(text, width - 2)] if text else []
    waiting = [ring for ring in shift.view.calls.values() if ring.open]
    if waiting and len(rows) < lines:
        spec = shift.level.calls[waiting[0].id]
        until = clock(shift.level.start_s, waiting[0].until_s)
        said = f"{spec.caller} calls, until {until}: {' '.join(spec.text.split())}"
        rows.append(row((" a ", "key", "answer"), ("answers  ", "dim"), (fit(said, min(len(said), width - 14)), "bad")))
    told = [hint for hint in shift.level.hints if hint.id in shift.view.hints and stars < hint.fades]
    room = lines - len(rows) - (proposal is not None)
    if told and room > 0:
        points = f"  [{told[-1].points}]" if told[-1].points else ""
        advice = wrap(told[-1].text, max(20, width - 5 - cell_len(points)))[:room]
        heads = [" ▸ ", *("   " for _ in advice[1:])]
        ends = [*("" for _ in advice[1:]), points]
        rows += [
            row((head, "head"), (line, "warn"), (end, "key"))
            for head, line, end in zip(heads, advice, ends, strict=True)
        ]
    if proposal is not None:
        said = f"{order_text(proposal)}  ({VERBS[proposal.verb].help})"
        rows.append(
            row(
                (" Next: ", "head"),
                (fit(said, min(len(said), width - 20)), "bold"),
                ("  c ", "key"),
                ("gives it", "dim"),
            )
        )
    return [*rows, *(row("") for _ in range(lines))][:lines]


def hints_row(active: str, width: int, *, coach: bool, tabbed: bool, pause: bool) -> Row:
    """The keys that are good for something now, the most useful first; a click does the same."""
    keys = [("enter", "orders", "menu"), ("n", "next call", "run_on")]
    if pause:
        keys.insert(0, ("space", "pause", "pause"))
    if coach:
        keys.insert(0, ("c", "do it", "coach"))
    if active == "papers":
        keys = [
            ("m", "mark", "mark_cell"),
            ("f", "finding", "find"),
            ("r", "rules", "rulebook"),
            ("z", "zoom", "zoom"),
            *keys,
        ]
    elif active == "customs":
        keys.append(("4", "papers", "pane('papers')"))
    keys += [("+", "faster", "speed(1)"), ("-", "slower", "speed(-1)"), (":", "type", "command")]
    if not tabbed and active != "papers":
        keys.append(("z", "zoom", "zoom"))
    always = [("?", "help", "help"), ("q", "leave", "leave")]
    room = width - sum(map(_cells, always))
    parts: list[Part] = []
    for hint in [*keys, *always]:
        if hint in always or _cells(hint) <= room:
            room -= 0 if hint in always else _cells(hint)
            parts += [(f" {hint[0]}", "key", hint[2]), (f" {hint[1]} ", "dim", hint[2])]
    return row(*parts)


def _cells(hint: tuple[str, str, str]) -> int:
    return len(hint[0]) + len(hint[1]) + 3
