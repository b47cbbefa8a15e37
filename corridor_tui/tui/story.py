"""The result to read, from which each of its costliest moments can be seen again."""

from collections.abc import Callable, Sequence

from textual.binding import Binding

from corridor_tui.tui.reader import Reader
from corridor_tui.tui.rows import Part, Row
from corridor_tui.tui.timeline import COSTLIEST

MOMENT = 10
"""What is returned for a moment is its number and this."""


class Story(Reader):
    """The page of the result; a number plays the shift back from that moment."""

    BINDINGS = [Binding(str(number), f"moment({number})", show=False) for number in range(1, COSTLIEST + 1)]

    def __init__(self, page: Callable[[int], Sequence[Row]], go: str, moments: int) -> None:
        keys: list[Part] = [
            (f" 1-{moments} ", "key", "moment(1)"), ("see that moment again  ", "dim", "moment(1)")
        ] if moments else []  # fmt: skip
        super().__init__("result", page, go, more=keys)
        self._moments = moments

    def action_moment(self, number: int) -> None:
        """See a moment again."""
        if number <= self._moments:
            self.dismiss(MOMENT + number)
