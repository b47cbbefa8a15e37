"""What an automatic terminal desk does for its cranes: fitters to what stopped, and what the wind asks for."""

from collections.abc import Callable, Iterable, Iterator

from corridor_tui.corridor.checks import refusal
from corridor_tui.corridor.checks_terminal import misplaced
from corridor_tui.corridor.orders import Order
from corridor_tui.corridor.state import Crane
from corridor_tui.corridor.view import View
from corridor_tui.level.plant import Terminal
from corridor_tui.scenario.times import task_expected_s

_LAST_LIFT_S = 300
"""How long before a wind the last lifts are begun at the latest: the longest lift, and some."""
_LOOK_S = 60


def keep_cranes(view: View, speed_ms: float, alarm: Callable[[int], None]) -> Iterable[Order]:
    """The orders that keep the cranes safe and fit in a wind; none while it is low and nothing has stopped.

    `alarm` is told when to look again.
    """
    plant = view.level.terminal
    rough = speed_ms > plant.stop_ms or speed_ms >= plant.tie_ms
    return _kept(view, plant, speed_ms, alarm, rough=rough) if rough or view.halted else ()


def _kept(
    view: View, plant: Terminal, speed_ms: float, alarm: Callable[[int], None], *, rough: bool
) -> Iterator[Order]:
    for machine in view.machines.values():
        if machine.down == "stopped" and refusal(view, wish := Order("repair", (machine.id,))) is None:
            yield wish
    for crane in view.cranes.values():
        if rough or crane.tied or crane.down == "stopped":
            wishes = _wishes(plant, crane, speed_ms)
            if wishes and wishes[-1].verb == "tie" and "tie" not in crane.jobs:
                alarm(view.now_s + _LOOK_S)
            for wish in wishes:
                if refusal(view, wish) is None:
                    yield wish


def _wishes(plant: Terminal, crane: Crane, speed_ms: float) -> list[Order]:
    """What should be done about a crane in such a wind."""
    wishes = [Order("repair", (crane.id,))] if crane.down == "stopped" else []
    if speed_ms > plant.stop_ms and crane.train is not None:
        wishes.append(Order("crane", (crane.id, "off")))
    if speed_ms >= plant.tie_ms and not crane.tied:
        wishes.append(Order("tie", (crane.id,)))
    elif speed_ms <= plant.stop_ms and crane.tied:
        wishes.append(Order("untie", (crane.id,)))
    return wishes


def grounding(view: View, number: str, *, ahead: bool) -> Order:
    """The order that puts a container into the stack; who looks ahead names the block where it is the first that is wrong."""
    box = view.boxes[number]
    roomy = [block for block in view.blocks.values() if block.place(box.teu) is not None]
    good = next((block for block in roomy if not misplaced(view, number, block)), None)
    if not ahead or good is None or good is roomy[0]:
        return Order("ground", (number,))
    return Order("ground", (number, good.id))


def expected_ms(view: View, alarm: Callable[[int], None], *, ahead: bool) -> float:
    """The wind to reckon with now: what blows, or, with the forecast, what will before the cranes could be off and tied.

    `alarm` is told when to look again.
    """
    weather, plant = view.weather, view.level.terminal
    if weather.coming_s is None or not ahead or weather.coming_ms <= plant.stop_ms:
        return weather.wind_ms
    tying_s = 2 * task_expected_s(view.level, "tie", 1) if weather.coming_ms >= plant.tie_ms else 0
    begin_s = weather.coming_s - _LAST_LIFT_S - tying_s
    if view.now_s < begin_s:
        alarm(begin_s)
        return weather.wind_ms
    return max(weather.wind_ms, weather.coming_ms)
