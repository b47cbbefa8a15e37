"""The crane plan against the clock holds what the cranes then do, as far as nothing surprises them."""

import pytest
from helpers import calm, give, until, variant

from corridor_tui.session.lift_plan import Planned, lift_plan
from corridor_tui.session.shift import Shift
from corridor_tui.tui.crane_plan import plan_rows
from corridor_tui.tui.cranes import crane_rows

STEADY = {"min_min": 3.0, "mode_min": 3.0, "max_min": 3.0}


def at_work(*cranes: str, lift: dict[str, float] | None = None) -> Shift:
    level = variant(calm("first-train"), terminal__lift=lift or STEADY)
    shift = Shift(level, 1)
    until(shift, "offered", "X8001")
    give(shift, "accept X8001 N1")
    until(shift, "arrived", "X8001")
    give(shift, "secure X8001")
    until(shift, "done", "X8001", "secure")
    give(shift, "uncouple X8001", "inspect X8001")
    for task in ("border", "commercial", "technical"):
        until(shift, "done", "X8001", task)
    give(shift, "move X8001 PN1")
    until(shift, "arrived", "X8001", "PN1")
    give(shift, "transfer X8001 R1", *(f"crane {crane} X8001" for crane in cranes))
    shift.advance(shift.now_s + 1)
    return shift


def done_after(shift: Shift, from_s: int) -> dict[str, tuple[str, int]]:
    """The crane and the second of each lift that began after a second."""
    until(shift, "emptied", "X8001")
    return {str(e.args[1]): (str(e.args[0]), e.t) for e in shift.events if e.code == "lifting" and e.t >= from_s}


@pytest.mark.parametrize("cranes", [("RMG1",), ("RMG1", "RMG2"), ("RMG1 1-12", "RMG2")])
@pytest.mark.parametrize("later_s", [0, 1_000])
def test_the_plan_is_what_the_cranes_do_where_lifts_take_what_is_expected(
    cranes: tuple[str, ...], later_s: int
) -> None:
    shift = at_work(*[crane for crane in cranes if " " not in crane])
    for crane in cranes:
        if " " in crane:
            name, part = crane.split()
            give(shift, f"crane {name} X8001 {part}")
    shift.advance(shift.now_s + 1 + later_s)
    now_s = shift.now_s
    aloft = {crane.box for crane in shift.view.cranes.values()}
    plan = [one for one in lift_plan(shift.view, shift.view.units["X8001"]) if one.box not in aloft]
    really = done_after(shift, now_s)
    assert {one.box for one in plan} == set(really)
    together = sum(really[one.box][0] == one.crane for one in plan)
    assert together >= 0.9 * len(plan)  # towards the end either crane may take the last of the longest stretch
    for one in plan:
        assert abs(really[one.box][1] - one.from_s) <= 400, one


def test_no_plan_without_a_crane_and_the_hooks_come_first() -> None:
    shift = at_work()
    train = shift.view.units["X8001"]
    assert lift_plan(shift.view, train) == []
    give(shift, "crane RMG1 X8001")
    shift.advance(shift.now_s + 60)
    first, second, *_rest = lift_plan(shift.view, train)
    assert first.box == shift.view.cranes["RMG1"].box
    assert first.until_s == first.from_s + 180 == second.from_s


def test_the_rows_tell_one_lift_from_the_next_and_mark_now() -> None:
    shift = at_work("RMG1")
    shift.advance(shift.now_s + 900)
    train = shift.view.units["X8001"]
    head, first, *_others = plan_rows(shift.view, {train.id: lift_plan(shift.view, train)}, 120)
    now = head.text.index("▼")
    assert first.text.lstrip().startswith("RMG1")
    assert "███▓▓▓███" in first.text[:now]
    assert "░░░▒▒▒░░░" in first.text[now:]
    assert "█" not in first.text[now:]
    assert "░" not in first.text[9:now]


def test_there_are_no_rows_before_anything_is_to_be_lifted() -> None:
    shift = at_work()
    assert plan_rows(shift.view, {"X8001": []}, 80) == []


def test_each_container_says_when_it_is_to_be_lifted_or_was() -> None:
    shift = at_work("RMG1")
    until(shift, "lifted")
    shift.advance(shift.now_s + 1)
    box = next(box for box in shift.view.boxes.values() if box.lifted)
    assert box.lifted is not None
    rows = "\n".join(row.text for row in crane_rows(shift.view, 100))
    planned = lift_plan(shift.view, shift.view.units["X8001"])[3]
    assert isinstance(planned, Planned)
    line = next(line for line in rows.split("\n") if planned.box in line and "FEU" in line)
    assert f"~{(36_000 + planned.from_s) // 3_600:02d}:{(planned.from_s + 36_000) % 3_600 // 60:02d} RMG1" in line
    line = next(line for line in rows.split("\n") if box.number in line and "FEU" in line)
    assert "✓" in line
    assert "RMG1" in line
