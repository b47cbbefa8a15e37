"""When the orders about the grain terminal are accepted or refused."""

from collections.abc import Callable

from corridor_tui.corridor.refusals import Refusal, because
from corridor_tui.corridor.state import Unit
from corridor_tui.corridor.view import View


def at_the_silo(view: View, unit: Unit) -> bool:
    """Whether a unit stands on a track of the grain terminal where it can be unloaded or filled."""
    return unit.to is None and unit.place in view.level.tracks and view.level.tracks[unit.place][1].use == "grain"


def takes_grain(unit: Unit | None) -> bool:
    """Whether a unit is a rake of 1435 mm wagons for grain."""
    return unit is not None and unit.kind == "rake" and unit.gauge == 1435


def wagons_needed(view: View, rake: Unit, train: Unit) -> int:
    """How many wagons of a rake a train's grain fills: no two consignments are mixed in one wagon."""
    most_kg = round((view.level.wagon_types[rake.wagon].grain_t or 0.0) * 1_000)
    names = [name for name in view.cargo.get(train.id, ()) if view.dossiers[name].state != "detained"]
    masses = [sum(view.boxes[number].declared_kg for number in view.dossiers[name].boxes) for name in names]
    return sum(-(-mass // most_kg) for mass in masses)


def _discharge(view: View, name: str) -> Refusal | None:
    unit = view.units.get(name)
    if unit is None or unit.kind != "grain":
        return because("no_grain_train", name)
    if "lift" in unit.jobs:
        return because("already_ordered", name, "discharge")
    return None if at_the_silo(view, unit) else because("not_at_silo", name)


def _fill(view: View, rake_id: str, name: str) -> Refusal | None:
    rake, train = view.units.get(rake_id), view.units.get(name)
    if rake is None or not takes_grain(rake):
        return because("no_grain_rake", rake_id)
    if train is None or train.kind != "grain":
        return because("no_grain_train", name)
    if rake.partners:
        return because("rake_taken", rake_id, rake.partners[0])
    if train.partners:
        return because("grain_promised", name, train.partners[0])
    if "lift" not in train.jobs:
        return because("nothing_in_silo", name)
    if not at_the_silo(view, rake):
        return because("not_at_silo", rake_id)
    need = wagons_needed(view, rake, train)
    return because("rake_too_small", rake_id, rake.wagons, name, need) if rake.wagons < need else None


CHECKS: dict[str, Callable[..., Refusal | None]] = {"discharge": _discharge, "fill": _fill}
