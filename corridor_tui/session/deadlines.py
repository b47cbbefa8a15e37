"""The moments by which something must have happened to a unit, and which of them bites first."""

from collections.abc import Iterator
from typing import Literal, NamedTuple, TypeAlias

from corridor_tui.corridor.chain import deadline_s, is_load, load_left_s, sent_home
from corridor_tui.corridor.state import Unit
from corridor_tui.corridor.view import View
from corridor_tui.language import N_, _
from corridor_tui.session.clocks import told_clock

Kind: TypeAlias = Literal["path", "by", "due", "cold", "offer"]
_TOLD: dict[Kind, str] = {
    "path": N_("path {at}"),
    "by": N_("by {at}"),
    "due": N_("due {at}"),
    "cold": N_("spoils {at}"),
    "offer": N_("at {at}"),
}


class Moment(NamedTuple):
    """A second of the shift, and what it is the end of: a path, the time for a sailing or a promise, what is due, the cold of a
    reefer without a socket; or when a train will be offered.
    """

    at_s: int
    kind: Kind


def next_deadline(view: View, unit: Unit) -> Moment | None:
    """What bites first; what is due and has passed comes before all that is still ahead."""
    moments = list(_moments(view, unit))
    late = [moment for moment in moments if moment.kind == "due" and moment.at_s < view.now_s]
    ahead = [moment for moment in moments if moment.at_s >= view.now_s]
    return min(late or ahead or moments, default=None)


def _moments(view: View, unit: Unit) -> Iterator[Moment]:
    if unit.departed_s is not None:
        if unit.due_there_s is not None:
            yield Moment(unit.due_there_s, "due")
        return
    if sent_home(unit):
        return
    if unit.path_s is not None:
        yield Moment(unit.path_s, "path")
    loads = [unit] if is_load(unit) else [view.units[name] for name in unit.partners if name in view.units]
    for load in loads:
        if load_left_s(view, load) is not None:
            continue
        at_s = deadline_s(load, view.now_s)
        if at_s is not None:
            yield Moment(at_s, "by" if at_s == load.leave_by_s else "due")
        yield from _warming(view, load)


def _warming(view: View, load: Unit) -> Iterator[Moment]:
    """When reefers of a load that stand without a socket are spoilt."""
    cargo = view.level.cargo
    for name in () if cargo is None else view.cargo.get(load.id, ()):
        for box in map(view.boxes.__getitem__, view.dossiers[name].boxes):
            if cargo is not None and box.dark_s is not None and not box.spoilt:
                yield Moment(box.dark_s + round(cargo.power_h * 3_600), "cold")


def told_moment(view: View, unit: Unit) -> Moment | None:
    """The next moment that matters to a unit: what bites first; of what is still to be offered, when it will be."""
    if unit.offered_s is None and unit.arrived_s is None and unit.planned_s is not None:
        return Moment(unit.advised_s or unit.planned_s, "offer")
    return next_deadline(view, unit)


def deadline(view: View, unit: Unit) -> tuple[str, bool]:
    """The next moment that matters to a unit in words, and whether it has passed."""
    moment = told_moment(view, unit)
    if moment is None:
        return "", False
    at, late = told_clock(view, moment.at_s), moment.kind != "offer" and moment.at_s < view.now_s
    return _("LATE {at}", at=at) if late and moment.kind == "due" else _(_TOLD[moment.kind], at=at), late
