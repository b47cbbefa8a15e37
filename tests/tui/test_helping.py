"""Help at the desk: a key climbs the ladder, asks first where it costs something, marks what it means, and gives the order."""

import pytest
from conftest import shipped
from hands import SIZES, Hands, at_the_desk
from helpers import variant
from textual.geometry import Region

from corridor_tui.session.wording import said_text
from corridor_tui.tui.pane import POINTER, Rows


async def test_help_that_is_free_is_given_at_once_marks_what_it_means_and_gives_the_order() -> None:
    level = variant(shipped("fifty-five-minutes"), aids__ladder_costs=(0.0, 0.0, 0.0))
    async with at_the_desk(level, (80, 24)) as hands:
        await hands.press("i")
        assert "help: look at E901 (W1) in the trains" in hands.line("status")
        assert f"{POINTER}2 trains" in hands.line("tabs")
        await hands.press("i")
        assert "wanted: " in hands.line("status")
        assert "i the order itself" in hands.line("status")
        await hands.press("i")
        said = hands.line("status")
        order = next(order.text for order in hands.desk.shift.proposals() if "E901" in order.args)
        assert order in said
        assert "c gives it" in said
        await hands.press("c")
        assert f"✓ {said_text(order, hands.desk.shift.level)}" in hands.line("status")
        assert hands.desk.shift.given[-1].text == order
        assert hands.desk.shift.given[-2].text == f"guide gave {order}"


async def test_help_that_costs_something_asks_first_and_says_what() -> None:
    level = variant(shipped("fifty-five-minutes"), aids__ladder_costs=(5.0, 0.0, 0.0))
    async with at_the_desk(level, (80, 24)) as hands:
        await hands.press("i")
        assert "where to look, costs 5" in hands.page
        await hands.press("escape")
        assert not [one for one in hands.desk.shift.given if one.text.startswith("advise")]
        await hands.press("i", "i")
        assert hands.desk.shift.given[-1].text == "advise E901 where"
        assert "look at E901" in hands.line("status")


async def test_where_there_is_no_help_it_says_so() -> None:
    async with at_the_desk(variant(shipped("fifty-five-minutes"), aids__ladder=False), (80, 24)) as hands:
        await hands.press("i")
        assert "this level gives no help" in hands.line("status")


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_nothing_on_the_desk_moves_when_help_is_told_or_the_guide_is_left(size: tuple[int, int]) -> None:
    def laid(hands: Hands) -> list[Region]:
        return [pane.region for pane in hands.desk.query(Rows)]

    async with at_the_desk(variant(shipped("fifty-five-minutes"), aids__ladder_costs=(0.0, 0.0, 0.0)), size) as hands:
        before = laid(hands)
        for _ in range(3):
            await hands.press("i")
            assert "help: " in hands.line("status")
            assert laid(hands) == before
    async with at_the_desk(shipped("first-train"), size, guided=True) as hands:
        before = laid(hands)
        await hands.press("x")
        assert "the guide is left" in hands.line("status")
        assert laid(hands) == before


async def test_an_answer_can_be_read_above_what_help_tells() -> None:
    async with at_the_desk(
        variant(shipped("fifty-five-minutes"), aids__ladder_costs=(0.0, 0.0, 0.0)), (80, 24)
    ) as hands:
        await hands.press("i", "i")
        hands.desk.give("accept X8043 N1")
        lines = hands.line("status").split("\n")
        assert "refused: accept X8043 onto track N1" in lines[0]
        assert any(line.startswith(" ▸ help: ") for line in lines)
