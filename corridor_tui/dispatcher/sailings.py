"""An automatic hand that keeps wagons for what has a ship to catch: who has time in hand stays away from the cranes meanwhile."""

from collections.abc import Callable

from corridor_tui.corridor.chain import at_terminal
from corridor_tui.corridor.state import Unit
from corridor_tui.corridor.view import View
from corridor_tui.dispatcher.turns import PREPARING_S, Turns

_LIFTING_S = 90 * 60
"""The pull of a train or a rake to the cranes, and its lifts: half an hour and the published hour; assumed together."""
_INSPECTING_S = 60 * 60
"""From the offer of a train until it may be pulled to the cranes, by the chain's assumed times."""
_LATE_S = 60 * 60
"""By how much wagons that are not offered yet may come later than planned; assumed."""
_LOOK_S = 300
"""When a train that was kept back is looked at again."""


class Sailings:
    """Keeps back trains that would take the wagons of those with a sailing to catch. `alarm` is told when to look again."""

    def __init__(self, lists: Turns, alarm: Callable[[int], None], *, ahead: bool) -> None:
        self._lists, self._set_alarm, self._ahead = lists, alarm, ahead
        self.kept: dict[str, None] = {}
        """The trains that are kept back."""

    def woken(self) -> dict[str, None]:
        """The trains that were kept back; they are looked at again."""
        kept, self.kept = self.kept, {}
        return kept

    def gives_way(self, view: View, train: Unit) -> bool:
        """Whether a train is to wait in the station, since without the wagons that it would take another misses its sailing."""
        lists = self._lists
        if not self._ahead or not view.level.route.connections or train.id not in lists.unlifted or lists.park:
            return False
        own_s = _can_catch(view, train)
        others = (_can_catch(view, unit) for unit in map(view.units.__getitem__, lists.unlifted) if unit is not train)
        sooner = sorted(by_s for by_s in others if by_s is not None and (own_s is None or by_s < own_s))
        rakes = [_there_s(view.units[name]) for name in lists.spare]
        for count, by_s in enumerate(sooner, 1):
            if sum(there_s <= by_s - PREPARING_S - _LIFTING_S for there_s in rakes) <= count:
                self.kept[train.id] = None
                self._set_alarm(view.now_s + _LOOK_S)
                return True
        return False


def _can_catch(view: View, train: Unit) -> int | None:
    """By when the load of a train must leave for a sailing that it can still catch; None where there is none."""
    by_s = view.sail_by_s(train)
    if by_s is None:
        return None
    left_s = PREPARING_S + _LIFTING_S
    if train.arrived_s is None:
        offered_s = train.planned_s if train.offered_s is None else train.offered_s
        left_s += _INSPECTING_S + max(0, (offered_s or 0) - view.now_s)
    return by_s if view.now_s + left_s <= by_s or at_terminal(view, train) else None


def _there_s(rake: Unit) -> int:
    """When a rake can be counted on."""
    if rake.arrived_s is not None or rake.offered_s is not None:
        return rake.arrived_s or rake.offered_s or 0
    return (rake.planned_s or 0) + _LATE_S
