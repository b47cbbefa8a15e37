"""Somebody at the desk who does as a coach proposes, but for what a test makes of it."""

from collections.abc import Callable
from itertools import islice

from corridor_tui.corridor.orders import Order
from corridor_tui.dispatcher.players import player
from corridor_tui.level.model import Level
from corridor_tui.session.decisions import Analysis
from corridor_tui.session.lived import Decision
from corridor_tui.session.run import Run, finished, new_run
from corridor_tui.session.shift import Shift


def coached(level: Level, seed: int, instead: Callable[[int, Order], Order | None]) -> tuple[Run, float]:
    """A trainee who does as the coach proposes, every 20 seconds, but for what `instead` makes of it; and his score."""
    shift = Shift(level, seed)
    while not shift.over:
        for proposed in islice(player("reference").act(shift.view, shift.desks), 100):
            order = instead(shift.now_s, proposed)
            if order is not None and shift.refusal(order) is None:
                shift.order(order.text)
        shift.advance(shift.now_s - shift.now_s % 20 + 20)
    run = new_run(level, seed, "Aigul", 1)
    return finished(run, shift), shift.finish().score.total


def as_proposed(_: int, order: Order) -> Order:
    return order


def only(analysis: Analysis, way: str, verb: str) -> Decision:
    (found,) = (one for one in analysis.decisions if one.way == way and one.text.split()[0] == verb)
    return found
