"""Drawn traffic on the screen: the trainee reads what is booked, and until when a load must leave for it."""

from typing import get_args

import pytest
from conftest import shipped
from hands import at_the_desk

from corridor_tui.level.goals import Measure
from corridor_tui.tui.briefing import briefing_rows

SEA = shipped("across-the-sea")


async def test_the_train_list_tells_the_sailing_of_the_chosen_train() -> None:
    async with at_the_desk(SEA, (160, 50)) as hands:
        hands.desk.shift.advance(7_200)
        hands.desk.paint()
        trains = hands.desk.query_one("#trains", type(hands.desk.instruments.panes["trains"]))
        known = [unit.id for unit in hands.desk.shift.view.units.values() if unit.leave_by_s is not None]
        booked = next(
            name for name in known if "alat" in {*hands.desk.shift.view.goals.values()} and name.startswith("X")
        )
        trains.choose(booked)
        await hands.press("2")
        hands.desk.paint()
        assert "leave by" in hands.shown("trains")


async def test_a_shift_of_drawn_trains_is_told_in_words_to_its_end() -> None:
    async with at_the_desk(SEA, (120, 40)) as hands:
        hands.desk.shift.advance(SEA.shift_s - 60)
        hands.desk.paint()
        text = hands.shown("messages")
        assert "is on its way: the neighbour will offer it at" in text
        assert "$" not in text


@pytest.mark.parametrize("measure", get_args(Measure))
def test_every_measure_of_an_objective_is_in_the_briefing(measure: str) -> None:
    goal = SEA.objectives[0].model_copy(update={"measure": measure})
    told = "\n".join(item.text for item in briefing_rows(SEA.model_copy(update={"objectives": (goal,)}), 1, 100))
    assert str(goal.text) in told
