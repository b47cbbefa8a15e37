"""The budget at work: the money of each quarter, what is bought, and the plant it becomes."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from corridor_tui.corridor.kernel import Kernel
from corridor_tui.corridor.refusals import Refusal, because
from corridor_tui.corridor.view import View
from corridor_tui.level.budget import Budget, Offer
from corridor_tui.level.model import Level

_QUARTERS = (1, 4, 7, 10)


class Purchases:
    """Spends the budget. `wake` has the cranes and the movements look again at what they can have."""

    def __init__(self, kernel: Kernel, wake: Callable[[], None]) -> None:
        self._kernel = kernel
        self._wake = wake

    def open(self) -> None:
        """Have the money of every quarter come on its first day."""
        budget = self._kernel.level.budget
        if budget is not None:
            for at_s in quarters_s(self._kernel.level):
                self._kernel.after(at_s, partial(self._kernel.emit, "quarter", budget.each_quarter))

    def buy(self, name: str) -> None:
        """Buy an offer."""
        offer = _offer(self._kernel.level.budget, name)
        assert offer is not None
        build_s = max(1, round(offer.build_d * 86_400))
        self._kernel.emit("bought", name, offer.price, self._kernel.now + build_s)
        self._kernel.after(build_s, partial(self._build, offer))

    def _build(self, offer: Offer) -> None:
        self._kernel.emit("built", offer.id)
        for pool, count in offer.pools.items():
            self._kernel.crews.grow(pool, count)
        for more in offer.locomotives:
            for _ in range(more.count):
                self._kernel.emit("loco_back", more.gauge)
        self._wake()


def quarters_s(level: Level) -> list[int]:
    """The seconds of the shift at which a calendar quarter begins, the start of the shift left out."""
    first, found = date.fromisoformat(level.shift.date), []
    for days in range(1, level.shift_s // 86_400 + 2):
        day = first + timedelta(days=days)
        at_s = days * 86_400 - level.start_s
        if day.day == 1 and day.month in _QUARTERS and at_s < level.shift_s:
            found.append(at_s)
    return found


def _offer(budget: Budget | None, name: str) -> Offer | None:
    return None if budget is None else next((offer for offer in budget.offers if offer.id == name), None)


def buyable(view: View, name: str) -> Refusal | None:
    """Why an offer cannot be bought now; None where it can."""
    purse, offer = view.purse, _offer(view.level.budget, name)
    if purse is None or offer is None:
        return because("no_offer", name)
    if name in purse.bought:
        return because("bought_before", name)
    for need in offer.needs:
        if need not in purse.bought:
            return because("offer_needs", name, need)
    if offer.price > purse.money:
        return because("no_money", name, offer.price, purse.money)
    return None
