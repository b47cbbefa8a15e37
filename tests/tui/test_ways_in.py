"""Every order there is can be given by keys, by the mouse, from the palette and on the command line, and stands in the help.

The registry of orders is walked, not a list of our own: an order that is added without a way in fails here.
"""

from collections.abc import Iterator

import pytest
from conftest import CAMPAIGN, shipped
from hands import SIZES, Hands, at_the_desk
from helpers import give, to_the_cranes, until, variant
from rich.cells import cell_len
from textual.command import Command, CommandList
from textual.events import MouseScrollDown, MouseScrollUp
from textual.geometry import Offset

from corridor_tui.corridor.orders import ADVISE, ASKING, RULES, VERBS, WHAT_IF, Order, parse
from corridor_tui.session.shift import Shift
from corridor_tui.tui import choices
from corridor_tui.tui.bar import Bar
from corridor_tui.tui.completing import Completion
from corridor_tui.tui.keys import KEYS, PANE_NUMBERS, Key, Keyboard
from corridor_tui.tui.matrix import Matrix
from corridor_tui.tui.menu import Menu
from corridor_tui.tui.pages import help_rows
from corridor_tui.tui.palette import Orders
from corridor_tui.tui.pane import Rows
from corridor_tui.tui.pointing import Pointer

SOLD = {"at_start": 10, "offers": [{"id": "gang", "title": "One more gang", "price": 5, "staff": {"yard": 1}}]}
LASTS = {"min_min": 20.0, "mode_min": 20.0, "max_min": 20.0}
STEPS = 60
"""So many turns of each shift are looked at."""
ASKED_BY = {ADVISE: "ask", WHAT_IF: "what-if"}
"""The keys of orders that only ask, about what they find themselves or any other order: no menu has them."""


def shifts() -> Iterator[Shift]:
    """Shifts in which between them every kind of order can be given: three made for what is rare, then the shipped levels."""
    first = shipped("first-train")
    yield Shift(variant(first, id="sold", budget=SOLD, standing_orders=RULES), 1)
    storm = {"id": "storm", "kind": "wind", "at": "10:05", "speed_ms": 26.0, "warning_min": 3.0, "lasts": LASTS}
    yield Shift(variant(first, id="storm", disruptions=(storm,)), 1)
    imports = [{"number": 1, "boxes": 3, "regime": "import", "lane": "green", "clean": True}]
    zone = Shift(
        variant(first, id="zone", road={}, disruptions=(), trains__0__papers="lodged", trains__0__scripted=imports), 1
    )
    to_the_cranes(zone)
    give(zone, "transfer X8001 R1", "crane RMG1 X8001", "crane RMG2 X8001", "release X8001-01")
    until(zone, "emptied", "X8001")
    yield zone
    for name in CAMPAIGN:
        yield Shift(shipped(name), 1)


def possible(shift: Shift, known: set[str]) -> dict[str, Order]:
    """One order of each kind that could be given now and is not known yet; findings by what the papers show."""
    found: dict[str, Order] = {}
    for order in (*choices.orders_here(shift), *(one for one in shift.proposals() if one.verb == "find")):
        if order.verb in known or order.verb in found or shift.not_given(order) is not None:
            continue
        if shift.refusal(order) is None:
            found[order.verb] = order
    return found


def moments(shift: Shift, met: set[str]) -> Iterator[list[Order]]:
    """Orders of kinds not met yet, whenever such can be given in a shift: whoever plays gives new kinds first."""
    shift.instructor = True
    given = {"detain", "set-out"}  # these end what could be tried next
    for _ in range(STEPS):
        now = possible(shift, met & given)
        fresh = [order for verb, order in now.items() if verb not in met]
        if fresh:
            yield fresh
        order = next((one for verb, one in now.items() if verb not in given), None) or next(shift.proposals(), None)
        if order is not None and shift.order(order.text).accepted:
            given.add(order.verb)
            continue
        if shift.over:
            break
        shift.run_on(shift.now_s + 900)


MOVES = ("up", "down", "left", "right")


def _key(name: str) -> str:
    return next(key.keys[0] for key in KEYS if key.name == name)


class Ways:
    """A desk that takes orders down instead of giving them, and the hands that find their way to an order."""

    def __init__(self, hands: Hands) -> None:
        self.hands = hands
        self.taken: list[str] = []
        hands.desk.give = self._take  # type: ignore[method-assign]

    def _take(self, text: str, *, helped: bool = False) -> bool:  # noqa: ARG002 - as the desk's own
        self.taken.append(text)
        return True

    async def sit(self, shift: Shift) -> None:
        desk = self.hands.desk
        desk.shift = shift
        desk.paint()
        await self.hands.pilot.pause()

    def _menu(self) -> Menu | None:
        over = self.hands.desk.over
        return over if isinstance(over, Menu) else None

    async def by_keys(self, order: Order) -> None:
        desk, press = self.hands.desk, self.hands.pilot.press
        for _ in range(250):
            if self.taken:
                return
            point = Pointer(desk.shift.view, desk.instruments.panes, desk.matrix, desk.instrument).to_order(order)
            assert point.key != "command", f"{order.text} is only to be written"
            if point.key in MOVES and point.pane != "papers":
                desk.enter(next(iter(point.things)))  # by its number, which is quicker than the arrows
            else:
                await press(_key(point.key))
            while (menu := self._menu()) is not None and not self.taken:
                letters = [letter for letter, item in menu.entries if item.key in point.entries]
                assert letters, f"{order.text} does not stand in {[item.key for _, item in menu.entries]}"
                await press(letters[0])
        raise AssertionError(f"{order.text} is not reached")

    async def by_mouse(self, order: Order) -> None:
        """By the wheel and clicks alone: the subject is chosen by a click, its menu opened by a second one, an entry picked by two."""
        desk = self.hands.desk
        for _ in range(40):
            if self.taken:
                return
            point = Pointer(desk.shift.view, desk.instruments.panes, desk.matrix, desk.instrument).to_order(order)
            things = [*point.things]
            if things and point.key in ("orders", "mark", *MOVES):
                await self._click(desk.instruments.panes[point.pane], things[0])
            else:
                await self._click_hint(next(key for key in KEYS if key.name == point.key))
            while (menu := self._menu()) is not None and not self.taken:
                await self._click(menu.pane, next(item.key for _, item in menu.entries if item.key in point.entries))
        raise AssertionError(f"{order.text} is not reached")

    async def _click(self, pane: Rows, key: str) -> None:
        """Twice on something in a pane, which the wheel brings into sight."""
        inner = pane.content_region.offset - pane.region.offset
        if pane is self.hands.desk.matrix:
            await self._bring_document(self.hands.desk.matrix, key.partition(".")[0], inner)
        for _ in range(200):
            spot = next(spot for spot in pane.spots if spot.key == key)
            if 0 <= (line := spot.line - pane._top) < pane.lines:
                break
            wheel = MouseScrollUp if line < 0 else MouseScrollDown
            await self.hands.pilot._post_mouse_events([wheel], pane, inner + Offset(2, 1))
        await self.hands.pilot.click(pane, Offset(spot.left + 1, line + len(pane._head)) + inner, times=2)
        await self.hands.pilot.pause()

    async def _bring_document(self, matrix: Matrix, kind: str, inner: Offset) -> None:
        """By the word that says that there are more than have room."""
        kinds = [sheet.kind for sheet in matrix._sheets]
        while not matrix._shown[0] <= kinds.index(kind) < matrix._shown[1]:
            word = matrix._head[0].text
            sign = "‹" if kinds.index(kind) < matrix._shown[0] else "›"
            await self.hands.pilot.click(matrix, Offset(word.index(sign) + 1, 0) + inner)
            await self.hands.pilot.pause()

    async def _click_hint(self, key: Key) -> None:
        """On the tabs or the line of keys; what has no room there is found by a click on the clock."""
        desk, pilot = self.hands.desk, self.hands.pilot
        for bar in desk.query(Bar):
            for line, item in enumerate(bar._rows):
                left = 0
                for span in item.spans:
                    if span.key == key.action:
                        await pilot.click(bar, Offset(left, line))
                        await pilot.pause()
                        return
                    left += cell_len(span.text)
        await pilot.click(desk.surrounds.header, Offset(4, 0))
        await pilot.pause(0.6)
        entries = pilot.app.screen.query_one(CommandList)
        place = next(
            place
            for place, entry in enumerate(entries.options)
            if isinstance(entry, Command) and entry.hit.text == key.name.replace("-", " ").capitalize()
        )
        while (line := entries._index_to_line[place] - entries.scroll_offset.y) not in range(entries.size.height - 1):
            await pilot._post_mouse_events([MouseScrollUp if line < 0 else MouseScrollDown], entries, Offset(4, 1))
        await pilot.click(entries, Offset(4, line) + entries.content_region.offset - entries.region.offset)
        await pilot.pause(0.2)


async def test_every_order_can_be_given_by_keys_and_by_the_mouse() -> None:
    met: set[str] = set()
    for shift in shifts():
        if met >= set(VERBS) - set(ASKING):
            break
        async with at_the_desk(shift.level, (80, 24)) as hands:
            ways = Ways(hands)
            for orders in moments(shift, met):
                await ways.sit(shift)
                for order in orders:
                    for way in (ways.by_keys, ways.by_mouse):
                        ways.taken.clear()
                        await way(order)
                        assert parse(ways.taken[-1]).verb == order.verb, way
                        await ways.sit(shift)
                    hands.desk.matrix.marks = []
                    met.add(order.verb)
    missing = set(VERBS) - set(ASKING) - met
    assert not missing, f"no shift was found in which these can be given, or there is no way to them: {missing}"


async def test_every_order_can_be_given_from_the_palette_and_what_asks_has_a_key_and_a_command() -> None:
    assert set(ASKED_BY) == set(ASKING)
    met: set[str] = set()
    for shift in shifts():
        if met >= set(VERBS) - set(ASKING):
            break
        async with at_the_desk(shift.level, (80, 24)) as hands:
            desk, app = hands.desk, hands.pilot.app
            commands = {command.title for command in app.get_system_commands(app.screen)}
            assert {ASKED_BY[verb].replace("-", " ").capitalize() for verb in ASKING} <= commands
            for orders in moments(shift, met):
                desk.shift = shift
                offered = [text for text, _ in Orders(desk)._found(desk)]
                for order in orders:
                    assert any(text.split()[0] == order.verb for text in offered), order.text
                    met.add(order.verb)


@pytest.mark.parametrize("verb", VERBS)
def test_every_order_stands_in_the_help_and_is_offered_on_the_command_line(verb: str) -> None:
    page = "\n".join(row.text for row in help_rows("trains", Keyboard(), 100))
    assert f"  {verb} " in page
    offered = Completion(Shift(shipped("first-train"), 1), []).meant(verb[:-1])
    assert any(one.text.split()[0] == verb for one in offered)


@pytest.mark.parametrize("size", SIZES)
async def test_standing_orders_and_purchases_are_one_click_away_in_every_instrument(size: tuple[int, int]) -> None:
    async with at_the_desk(shipped("a-million"), size) as hands:
        desk, pilot = hands.desk, hands.pilot
        for name, number in PANE_NUMBERS.items():
            await hands.press(str(number))
            line = hands.line("hints")
            assert "s standing" in line, name
            await pilot.click(desk.surrounds.keys, Offset(cell_len(line.partition("s standing")[0]) + 3, 0))
            await pilot.pause()
            menu = desk.over
            assert isinstance(menu, Menu), name
            kept = {item.key.split()[0] for _letter, item in menu.entries}
            assert kept == {*RULES, "buy"} - {"auto-release"}  # the customs desk is another's there
            await hands.press("escape")
    async with at_the_desk(shipped("first-train"), size) as hands:
        assert "standing" not in hands.line("hints")  # there are none
