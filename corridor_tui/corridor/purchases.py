"""The budget at work: the money of each quarter, what is bought, and the plant it becomes."""

from collections.abc import Callable
from functools import partial

from corridor_tui.corridor.kernel import Kernel
from corridor_tui.corridor.refusals import Refusal, because
from corridor_tui.corridor.state import Purse
from corridor_tui.corridor.view import View
from corridor_tui.level.budget import Budget, Offer


class Purchases:
    """Spends the budget. `wake` has the cranes and the movements look again at what they can have."""

    def __init__(self, kernel: Kernel, wake: Callable[[], None]) -> None:
        self._kernel = kernel
        self._wake = wake

    def open(self) -> None:
        """Have the money of every quarter come on its first day."""
        budget = self._kernel.level.budget
        if budget is not None:
            for at_s in self._kernel.level.quarters_s:
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
                self._kernel.emit("loco_joined", more.gauge)
        self._wake()


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
    return _paid(view, purse, offer)


def _paid(view: View, purse: Purse, offer: Offer) -> Refusal | None:
    """What is missing of the price of an offer, and when more comes; None where it can be paid."""
    short = offer.price - purse.money
    if short <= 0:
        return None
    more = 0 if view.level.budget is None else view.level.budget.each_quarter
    next_s = next((at_s for at_s in view.level.quarters_s if at_s > view.now_s), None)
    if next_s is None or not more:
        return because("no_money_left", offer.id, offer.price, purse.money, short)
    return because("no_money", offer.id, offer.price, purse.money, short, more, next_s)
