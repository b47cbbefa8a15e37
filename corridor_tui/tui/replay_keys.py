"""The keys of the replay: its bindings, its hints and its help are made of this one list."""

from collections.abc import Iterator
from dataclasses import dataclass

from textual.binding import Binding

from corridor_tui.language import N_, NP_, _
from corridor_tui.session.replay import Kind
from corridor_tui.tui.briefing import hanging, key_rows, prose
from corridor_tui.tui.keys import PANE_NAMES, PANE_NUMBERS, sign
from corridor_tui.tui.rows import Part, Row, cells_of, row

_FAR = 1_000_000_000


@dataclass(frozen=True, slots=True)
class ReplayKey:
    """Something that keys do in the replay: the keys, the action, what it does, and how a hint names both (none: no hint)."""

    keys: str
    action: str
    about: str
    hint: str = ""
    shown: str = ""
    back: str = ""
    """The action of the first of two signs that are shown, where that is the way back."""


PANES = ("panel", "trains", "customs", "messages")
KEYS = (
    ReplayKey("space", "pause", N_("play, and stop"), N_("play"), "space"),
    ReplayKey("n", "marker(1)", N_("to the next mark: the moment just after it"), NP_("mark", "next"), "n"),
    ReplayKey("p", "marker(-1)", N_("to the mark before"), NP_("mark", "before"), "p"),
    ReplayKey("left,h", "jump(-60)", N_("a minute back")),
    ReplayKey("right,l", "jump(60)", N_("a minute on"), N_("minute"), "←→", "jump(-60)"),
    ReplayKey("shift+left,H", "jump(-600)", N_("ten minutes back")),
    ReplayKey("shift+right,L", "jump(600)", N_("ten minutes on")),
    ReplayKey("comma", "jump(-1)", N_("a second back")),
    ReplayKey("full_stop", "jump(1)", N_("a second on")),
    ReplayKey("home", f"jump({-_FAR})", N_("to the start of the shift")),
    ReplayKey("end", f"jump({_FAR})", N_("to its end")),
    ReplayKey("plus,equals_sign", "speed(1)", N_("play faster"), N_("faster"), "+"),
    ReplayKey("minus", "speed(-1)", N_("play slower"), N_("slower"), "-"),
    ReplayKey("m", "mark", N_("mark this second with words, which are kept with the run"), N_("mark"), "m"),
    ReplayKey("x,delete", "unmark", N_("take the mark away that is told just now, where it was set afterwards")),
    ReplayKey(
        "b", "branch", N_("take the desk over at this second: a run of its own begins here"), N_("take over"), "b"
    ),
    ReplayKey("up,k", "move(-1)", N_("choose what is above")),
    ReplayKey("down,j", "move(1)", N_("choose what is below")),
    ReplayKey("tab", "turn(1)", N_("go to the next instrument")),
    ReplayKey("shift+tab", "turn(-1)", N_("go to the one before")),
    ReplayKey("question_mark,f1", "help", N_("this page"), N_("help"), "?"),
    ReplayKey("q,escape", "leave", N_("leave"), N_("leave"), "q"),
)
_GIVE_WAY = ("speed(-1)", "speed(1)", "jump(60)", "marker(-1)", "mark")
"""What the hints go without where there is too little room, in this order; the help tells it all the same."""
MARKS: dict[Kind, tuple[str, str, str]] = {
    "order": ("·", "dim", N_("an order")),
    "refusal": ("x", "warn", N_("an order that was refused")),
    "meet": ("m", "broad", N_("a meet of two trains")),
    "mark": ("*", "mark", N_("a mark with words, set during the shift or afterwards")),
    "call": ("c", "narrow", N_("a call")),
    "delay": ("D", "warn", N_("where a delay began that costs")),
    "alarm": ("A", "bad", N_("a false alarm: a finding on sound papers")),
    "miss": ("M", "bad", N_("a fault that was released")),
    "mistake": ("!", "bad", N_("a safety mistake")),
    "end": ("|", "bold", N_("where the shift ended; behind it others finish what was open")),
}
"""How a marker stands on the timeline, the gravest of those in one place, and what it is."""


def bindings() -> Iterator[Binding]:
    """The same for the screen."""
    for key in KEYS:
        yield Binding(key.keys, key.action, key.hint or key.about, show=False)
    for name in PANES:
        yield Binding(str(PANE_NUMBERS[name]), f"pane('{name}')", show=False)


def hints(width: int) -> Row:
    """The keys that are told below the timeline, as many as there is room for."""
    for many in range(len(_GIVE_WAY) + 1):
        parts: list[Part] = []
        for key in KEYS:
            if key.hint and key.action not in _GIVE_WAY[:many]:
                back, on = (key.shown[:1], key.shown[1:]) if key.back else ("", key.shown)
                parts += [(f" {back}", "key", key.back)] if back else []
                parts += [(on if back else f" {on}", "key", key.action), (f" {_(key.hint)} ", "dim", key.action)]
        if cells_of(parts) <= width:
            break
    return row(*parts)


def help_rows(width: int) -> list[Row]:
    """What the replay is for, its keys, and the marks on its timeline."""
    rows = prose(
        _(
            "The shift as it was played, on the desk's own instruments. The line of marks below is the whole of it, from its start on the "
            "left to its end; ▲ is the moment that is shown, and a click goes to another. Nothing here changes the run: who takes the desk over plays a run "
            "of his own from that second, which can be set beside this one afterwards."
        ),
        width,
    )
    keys = [(_written(key.keys), _(key.about)) for key in KEYS]
    panes = ", ".join(f"{PANE_NUMBERS[name]} {_(PANE_NAMES[name])}" for name in PANES)
    rows += key_rows([*keys, ("1 2 3 5", panes), ("ctrl+p", _("language, theme"))], width)
    rows += [row(""), row((_("Marks on the timeline"), "head"))]
    for glyph, style, about in MARKS.values():
        rows += hanging(f"  {glyph} ", _(about), width, style)
    return rows


def _written(keys: str) -> str:
    """Keys as they are written for a person."""
    return " ".join("+".join(sign(part) for part in key.split("+")) for key in keys.split(","))
