"""Help at the desk: a key climbs the ladder, asks first where it costs something, marks what it means, and gives the order."""

from conftest import shipped
from hands import at_the_desk
from helpers import variant

from corridor_tui.tui.pane import POINTER


async def test_help_that_is_free_is_given_at_once_marks_what_it_means_and_gives_the_order() -> None:
    level = variant(shipped("fifty-five-minutes"), aids__ladder_costs=(0.0, 0.0, 0.0))
    async with at_the_desk(level, (80, 24)) as hands:
        await hands.press("i")
        assert "help: look at R2 (W5) in the trains" in hands.line("status")
        assert f"{POINTER}2 trains" in hands.line("tabs")
        await hands.press("i")
        assert "wanted: " in hands.line("status")
        assert "i the order itself" in hands.line("status")
        await hands.press("i")
        said = hands.line("status")
        order = next(order.text for order in hands.desk.shift.proposals() if "R2" in order.args)
        assert order in said
        assert "c gives it" in said
        await hands.press("c")
        assert f"✓ {order}" in hands.line("status")
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
        assert hands.desk.shift.given[-1].text == "advise R2 where"
        assert "look at R2" in hands.line("status")


async def test_where_there_is_no_help_it_says_so() -> None:
    async with at_the_desk(variant(shipped("fifty-five-minutes"), aids__ladder=False), (80, 24)) as hands:
        await hands.press("i")
        assert "this level gives no help" in hands.line("status")
