"""Which events need the trainee: those that leave something to order which could not be ordered before."""

from collections.abc import Mapping
from types import MappingProxyType

from corridor_tui.corridor.events import Event
from corridor_tui.corridor.view import View
from corridor_tui.level.base import Desk

_DISPATCH = frozenset(
    {
        "offered",
        "arrived",
        "emptied",
        "nearly",
        "laden",
        "loco_on",
        "loco_back",
        "loco_joined",
        "parked",
        "path_gone",
        "weighed",
        "loco_off",
        "cut",
        "cut_over",
        "delayed",
        "line_closed",
        "line_opened",
        "deadlock",
        "quarter",
        "built",
    }
)
_DONE_DISPATCH = frozenset(
    {
        "secure",
        "uncouple",
        "border",
        "commercial",
        "technical",
        "empty",
        "waybill",
        "brake_full",
        "brake_yard",
        "brake_short",
    }
)
_TERMINAL = frozenset(
    {
        "emptied",
        "laden",
        "crane_blocked",
        "crane_stopped",
        "crane_up",
        "wind_warned",
        "wind",
        "tied",
        "untied",
        "silo_full",
        "at_gate",
    }
)
_CUSTOMS = frozenset(
    {
        "settled",
        "corrected",
        "seen",
        "papers_back",
        "sample_wanted",
        "sample_clean",
        "rule_told",
        "rule_in_force",
        "came_back",
    }
)


QUIET = frozenset(
    {"ordered", "already", "routed", "releasing", "handed_over", "started", "moving", "loco_called", "lifting", "lifted", "twin_lifting", "twin_lifted", "moving_aside", "moved_aside", "stacked", "carrying", "carried", "entered",
     "freed", "queued", "crane_blocked", "signal", "called", "stood", "crane_set", "path", "accepted", "paired", "found", "requested",
     "rule_set", "injected", "hint", "hint_over", "announced", "connected", "delivered", "audited", "settled_up", "forgotten"}
)  # fmt: skip
"""What the panes show anyway, or what only repeats the order just given."""
TELLING = frozenset({"mistake", "answered", "call_missed"})
"""What says whether something was right."""


_DONE_BY = {
    **dict.fromkeys(("offered",), "auto-accept"),
    **dict.fromkeys(("arrived", "loco_off", "secure", "uncouple"), "auto-prepare"),
    **dict.fromkeys(("border", "commercial", "technical"), "auto-place"),
    "parked": "auto-rakes",
    **dict.fromkeys(("nearly", "loco_on", "loco_back", "loco_joined", "path_gone", "weighed"), "auto-send"),
    **dict.fromkeys(("empty", "waybill", "brake_full", "brake_yard", "brake_short"), "auto-send"),
    **dict.fromkeys(("emptied", "laden", "crane_blocked", "crane_up"), "auto-lift"),
}
"""What calls for nobody while a standing order is in force."""


_URGENT: Mapping[str, Desk] = MappingProxyType({
    "crane_stopped": "terminal", "wind_warned": "terminal", "silo_full": "terminal", "at_gate": "terminal", "path_gone": "dispatch",
    "deadlock": "dispatch", "cut": "dispatch", "line_closed": "dispatch", "papers_held": "customs", "rule_in_force": "customs",
})  # fmt: skip
"""What should not wait until somebody looks, and the desk that it concerns; calls ring at the desk that is called."""


CALLING = _DISPATCH | _TERMINAL | _CUSTOMS | {"done", "call", "lodged"}
"""The codes of the events that may call for somebody."""


def urgent(view: View, event: Event, desks: frozenset[Desk]) -> bool:
    """Whether an event is worth an alert at one of these desks: of mistakes only what the level lets be known."""
    if event.code == "mistake":
        return view.level.shift.feedback != "none"
    if event.code == "call":
        return calls(view, event, desks)
    return _URGENT.get(event.code) in desks


def calls(view: View, event: Event, desks: frozenset[Desk]) -> bool:
    """Whether an event needs somebody at one of these desks."""
    code = event.code
    if view.standing and _DONE_BY.get(str(event.args[1]) if code == "done" else code) in view.standing:
        return False
    if code == "call":
        return view.level.calls[str(event.args[0])].desk in desks
    if "dispatch" in desks and (code in _DISPATCH or (code == "done" and event.args[1] in _DONE_DISPATCH)):
        return True
    if "terminal" in desks and (code in _TERMINAL or _under_cranes(view, event)):
        return True
    if "customs" not in desks:
        return False
    return code in _CUSTOMS or code == "lodged" or (code == "done" and event.args[1] == "check")


def _under_cranes(view: View, event: Event) -> bool:
    if event.code != "arrived":
        return False
    track = view.level.tracks.get(str(event.args[1]))
    return track is not None and track[1].use == "crane"
