"""One widget is drawn at once, ahead of all that waits to be drawn: an answer is seen before what it set going."""

import pytest
import textual
from textual._compositor import ChopsUpdate
from textual.app import App, ComposeResult
from textual.screen import Screen

from corridor_tui.tui.at_once import draw_at_once
from corridor_tui.tui.bar import Bar
from corridor_tui.tui.rows import row


class Two(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.drawn: list[int] = []
        """The lines that were written, one after the other."""

    def compose(self) -> ComposeResult:
        yield Bar(id="answer")
        yield Bar(id="rest")

    def _display(self, screen: Screen[object], renderable: object) -> None:
        if isinstance(renderable, ChopsUpdate):
            self.drawn += [line for line, _from, _to in renderable.spans]
        super()._display(screen, renderable)  # type: ignore[arg-type]


async def test_one_widget_is_drawn_at_once_and_what_else_waits_is_drawn_in_its_turn() -> None:
    app = Two()
    async with app.run_test() as pilot:
        await pilot.pause()
        app.drawn.clear()
        answer, rest = app.query_one("#answer", Bar), app.query_one("#rest", Bar)
        rest.show(row("later"))
        answer.show(row("now"))
        try:
            draw_at_once(app.screen, answer)
        except AttributeError as error:
            pytest.fail(f"Textual {textual.__version__} has other names for drawing than at_once.py knows: {error}")
        assert app.drawn == [answer.region.y]
        await pilot.pause(0.1)
        assert app.drawn == [answer.region.y, rest.region.y]
