"""What an order would do, asked from the desk: from its menus and its command line, or about what is chosen."""

from collections.abc import Callable, Coroutine
from functools import partial

from corridor_tui.corridor.orders import VERBS
from corridor_tui.tui import choices
from corridor_tui.tui.asking import Asking
from corridor_tui.tui.menu import Question
from corridor_tui.tui.teller import Teller
from corridor_tui.tui.whatif import WhatIf


class Wondering:
    """Asks a process beside the desk, and shows what it says.

    `subject` is what orders are about now, `open_` shows a page and is told whether the order is to be given, `meanwhile` has something
    done beside the desk.
    """

    def __init__(
        self,
        desk: Teller,
        subject: Callable[[], str],
        open_: Callable[[WhatIf, Callable[[bool | None], None]], object],
        meanwhile: Callable[[Coroutine[None, None, None]], object],
    ) -> None:
        self._desk = desk
        self._subject = subject
        self._open = open_
        self._meanwhile = meanwhile
        self._asking: Asking | None = None

    @property
    def _asked(self) -> Asking:
        if self._asking is None or self._asking.shift is not self._desk.shift:
            self._asking = Asking(self._desk.shift)
        return self._asking

    async def end(self) -> None:
        """End the process that is asked."""
        if self._asking is not None:
            await self._asking.end()

    @property
    def question(self) -> Question | None:
        """How it is asked from a menu or the command line; None where that cannot be asked."""
        keys = self._desk.keyboard.beside_text("what-if")
        if not keys or not self._desk.shift.level.aids.what_if:
            return None
        self._meanwhile(self._asked.ready())
        return Question(keys, self._ask)

    def ask_and_give(self, order: str) -> None:
        """Show what an order would do, and give it if that is wanted; empty: how it stands."""
        self._ask(order, partial(self._desk.give, order))

    def _ask(self, order: str, then: Callable[[], object]) -> None:
        """Show what an order would do; `then` gives it if that is wanted."""

        def answered(given: bool | None) -> None:  # noqa: FBT001 - what the screen returns
            if given:
                then()

        self._open(WhatIf(self._asked, self._whole(order)), answered)

    def _whole(self, picked: str) -> str:
        """The order that an entry of a menu stands for: itself, or the only one of its kind."""
        subject = self._subject()
        orders = choices.orders_of(self._desk.shift, picked, subject) if picked in VERBS and subject else []
        return orders[0].text if orders else picked
