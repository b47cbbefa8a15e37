"""The cranes on their runway, the machines of the stack and the weather over them, as rows."""

from rich.cells import cell_len

from corridor_tui.corridor.state import Crane, Machine
from corridor_tui.corridor.view import View
from corridor_tui.language import N_, _
from corridor_tui.session.clocks import told_clock
from corridor_tui.session.wording import word
from corridor_tui.tui.rows import Part, Row, fit, row
from corridor_tui.tui.things import CRANE

UNBUILT = "┈"
"""A track that is not built yet."""
REPAIR = {"queued": N_("repair queued"), "doing": N_("repair doing"), "done": N_("repair done")}


def cranes(view: View, width: int) -> list[Row]:
    """The runway with every crane where it stands, and what each is doing."""
    longest = max((track.length_m for _, track in view.level.tracks.values() if track.use == "crane"), default=1.0)
    weather = _weather(view)
    runway = ["·"] * max(10, width - 1 - (cell_len(weather) + 1 if weather else 0))
    for place, crane in enumerate(view.cranes.values()):
        column = min(len(runway) - 1, int(crane.at_m / longest * (len(runway) - 1)))
        sign = UNBUILT if crane.down == "unbuilt" else "✕" if crane.down else "╦" if crane.box else "┬"
        runway[min(len(runway) - 1, max(column, place * 2))] = sign
    track: list[Part] = [("".join(runway), "dim")]
    if weather:
        track.append((f" {weather}", "warn"))
    return [row(*track), *_told(view, width), *_machines(view, width)]


def _told(view: View, width: int) -> list[Row]:
    """What each crane is doing, on as many lines as they need; where to it lifts is left out where that takes a line more."""
    whole, brief = (_crane_rows(view, width, whole=whole) for whole in (True, False))
    return whole if len(whole) == len(brief) else brief


def _crane_rows(view: View, width: int, *, whole: bool) -> list[Row]:
    told = [(f"{CRANE}{crane.id}", *_crane(crane, whole=whole)) for crane in view.cranes.values()]
    least = max((cell_len(text) for _key, text, _style in told), default=1) + 1
    lines = -(-len(told) // max(1, width // least))
    beside = -(-len(told) // max(1, lines))
    each = width // max(1, beside)
    return [
        row(*((f"{fit(text, each - 1)} ", style, key) for key, text, style in told[start : start + beside]))
        for start in range(0, len(told), max(1, beside))
    ]


def _machines(view: View, width: int) -> list[Row]:
    """What each machine of the stack is at, where there are any."""
    built = view.machines_built
    if not built:
        return []
    each = max(8, width // len(built))
    cells: list[Part] = []
    for machine in built:
        load = "" if machine.box is None else machine.box[4:]
        style = (
            "bad"
            if machine.down and "repair" not in machine.jobs
            else "warn"
            if machine.down
            else "bold"
            if load
            else "dim"
        )
        text = machine.id + machine_sign(machine) + ("" if machine.down else load or _("free"))
        cells += [(fit(text, each - 1), style, f"{CRANE}{machine.id}"), " "]
    return [row(*cells)]


def machine_sign(machine: Machine) -> str:
    """The sign of a machine: into the stack, out of it, at rest or standing still."""
    return "✕" if machine.down else "·" if machine.box is None else "▾" if machine.dest == "stack" else "▴"


def _weather(view: View) -> str:
    """What the weather does to the cranes and the yard, in as few words as stand above the runway."""
    weather = view.weather
    told = [_("WIND {speed:.0f} m/s", speed=weather.wind_ms)] if weather.wind_ms else []
    if weather.coming_s is not None:
        at = told_clock(view, weather.coming_s)
        told.append(_("{speed:.0f} m/s from {at}", speed=weather.coming_ms, at=at))
    told += [name for name, on in ((_("frost"), weather.frost), (_("fog"), weather.fog)) if on]
    return ", ".join(told)


def _crane(crane: Crane, *, whole: bool) -> tuple[str, str]:
    if crane.down == "unbuilt":
        return crane.id + UNBUILT + _("not built"), "dim"
    if crane.down is not None:
        repair = crane.jobs.get("repair")
        if crane.down == "service":
            what = _("service")
        elif repair is None:
            what = _("STOPPED")
        else:
            what = _(REPAIR[repair.progress])
        return f"{crane.id}✕{what}", "bad" if repair is None else "warn"
    if not crane.able:
        return crane.id + "┴" + (_("tied") if crane.tied else _("being tied")), "warn"
    if crane.box is not None:
        return f"{crane.id}╦{crane.box[4:]}" + (f"→{word(crane.dest or '')}" if whole else ""), "bold"
    if crane.train is None:
        return crane.id + "┬" + _("free"), "dim"
    work = " ".join((f"{crane.id}┬{crane.train}", *crane.plan))
    return (_("{crane} blocked", crane=work), "warn") if crane.blocked else (work, "")
