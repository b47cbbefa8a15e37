"""How the score stands while the shift runs: what the desks have been told of, and nothing else."""

import pytest
from conftest import shipped
from hands import SIZES, Hands, at_the_desk
from helpers import calm, give, one_train, until, variant

from corridor_tui.session import reports
from corridor_tui.session.running import Meter, Running, running
from corridor_tui.session.shift import Shift


def stands(shift: Shift) -> Running:
    now = running(shift)
    assert now is not None
    return now


def test_what_is_late_counts_on_and_is_charged_to_who_keeps_it_waiting() -> None:
    shift = one_train()
    due_s = shift.view.units["X8001"].due_s
    assert due_s is not None
    shift.advance(due_s - 60)
    assert stands(shift).lost["time"] == 0
    shift.advance(due_s + 120)
    first = stands(shift)
    shift.advance(due_s + 600)
    later = stands(shift)
    assert 0 < first.lost["time"] < later.lost["time"]
    latest = later.reasons[0]
    assert (latest.code, latest.args[0], latest.args[2]) == ("wait", "X8001", "dispatch")


def test_a_safety_mistake_and_what_the_work_costs_stand_there_at_once() -> None:
    shift = one_train()
    until(shift, "offered", "X8001")
    give(shift, "accept X8001 N1")
    until(shift, "arrived", "X8001")
    give(shift, "uncouple X8001")
    until(shift, "mistake", "unsecured")
    shift.advance(shift.now_s + 1)
    now = stands(shift)
    assert now.lost["safety"] == shift.level.scoring.safety.unsecured
    assert any(one.code == "unsecured" and one.component == "safety" for one in now.reasons)
    assert [one.to_s for one in now.reasons] == sorted((one.to_s for one in now.reasons), reverse=True)


def test_what_slipped_through_is_not_told_before_the_audit_tells_it() -> None:
    shift = Shift(calm("fifty-five-minutes"), 1)
    wrong = [name for name in shift.view.dossiers if shift.scenario.truth(name) is not None]
    faulty = [name for name in wrong if shift.scenario.truth(name).kind != "lookalike"]  # type: ignore[union-attr]
    assert faulty
    for name in shift.view.dossiers:
        shift.order(f"release {name}")
    shift.advance(9_000)
    released = [name for name in faulty if shift.view.dossiers[name].state == "released"]
    assert released
    assert stands(shift).lost["detection"] == 0
    other = Shift(calm("fifty-five-minutes"), 2)
    for name in other.view.dossiers:
        other.order(f"release {name}")
    other.advance(9_000)
    assert stands(other).lost["detection"] == 0


def test_an_audit_that_comes_back_within_the_shift_counts() -> None:
    shift = Shift(shipped("paper-trail"), 1)
    for _ in range(200):
        for name, dossier in shift.view.dossiers.items():
            if dossier.state == "lodged":
                shift.order(f"release {name}")
        shift.advance(shift.now_s + 300)
        if any(event.code == "came_back" and event.args[1] != "clean" for event in shift.events) or shift.over:
            break
    back = [event for event in shift.events if event.code == "came_back" and event.args[1] != "clean"]
    assert back
    rates = shift.level.scoring.detection
    lost = sum(rates.offence_miss if event.args[1] == "offence" else rates.miss for event in back)
    assert stands(shift).lost["detection"] >= lost > 0


@pytest.mark.parametrize(
    ("feedback", "told", "why"), [("none", False, False), ("losses", True, False), ("full", True, True)]
)
def test_no_more_is_told_than_the_level_lets_be_seen(feedback: str, *, told: bool, why: bool) -> None:
    shift = Shift(variant(shipped("first-train"), shift__feedback=feedback), 1)
    until(shift, "offered", "X8001")
    shift.advance(14_700)
    now = running(shift)
    assert (now is not None) is told
    assert bool(now and now.reasons) is why
    lines = list(reports.score_lines(shift))
    assert any("lost so far: time" in line for line in lines) is told
    assert any("waited" in line for line in lines) is why


def test_looking_changes_nothing() -> None:
    one, other = one_train(), one_train()
    for shift in (one, other):
        until(shift, "offered", "X8001")
    for _ in range(5):
        running(one)
        one.advance(one.now_s + 600)
        other.advance(other.now_s + 600)
    assert one.digest == other.digest


def come_to(hands: Hands, t: int) -> None:
    """Let the desk show a second of its shift."""
    hands.desk.shift.advance(t)
    hands.desk.pace.jump(t)
    hands.desk.paint()


@pytest.mark.parametrize("size", SIZES)
async def test_at_the_desk_d_shows_it(size: tuple[int, int]) -> None:
    async with at_the_desk(calm("first-train"), size) as hands:
        come_to(hands, 14_700)
        await hands.press("d")
        assert "How it stands at 14:05" in hands.page
        assert "The last reasons" in hands.page
        assert "X8001 waited" in hands.page
        await hands.press("escape")
        assert "d" in hands.desk.keyboard.all_shown("score")


async def test_a_level_that_tells_nothing_says_so() -> None:
    level = variant(shipped("first-train"), shift__feedback="none")
    async with at_the_desk(level, (80, 24)) as hands:
        await hands.press("d")
        assert "This level tells nothing of the score" in hands.page


@pytest.mark.parametrize("name", ["single-line", "fifty-five-minutes", "paper-trail"])
def test_a_meter_that_reads_on_comes_to_what_one_that_reads_all_at_once_does(name: str) -> None:
    shift = Shift(variant(shipped(name), shift__feedback="full"), 1, {"terminal": "reference"})
    meter, told = Meter(shift), 0
    while not shift.over and shift.now_s < 20_000:
        shift.advance(shift.now_s + 617)
        if shift.now_s % 3 == 0:
            shift.order(f"release {next(iter(shift.view.dossiers))}")
        now = meter.read()
        assert now == running(shift)
        told += len(now.reasons) if now is not None else 0
        assert meter.read() == now  # to read is to change nothing
    assert told


@pytest.mark.parametrize("size", SIZES)
async def test_what_is_lost_stands_at_the_desk_and_follows_the_clock(size: tuple[int, int]) -> None:
    async with at_the_desk(calm("first-train"), size) as hands:
        come_to(hands, 14_400)

        if size == SIZES[0]:
            assert " lost 0/0/0" in hands.line("tabs")
            return

        def told() -> str:
            line = next(
                text for name in ("tabs", "status") for text in hands.line(name).split("\n") if " time " in text
            )
            return line[line.index("lost ") :].strip()

        now = running(hands.desk.shift)
        assert now is not None
        assert told().startswith(f"lost time {now.lost['time']:.0f} detection 0 resources ")
        assert "safety" not in told()
        before = told()
        await hands.press("space")
        await hands.wait(5)
        assert told() != before


async def test_a_level_that_tells_nothing_shows_nothing_lost() -> None:
    async with at_the_desk(variant(calm("first-train"), shift__feedback="none"), (160, 50)) as hands:
        assert "lost" not in hands.line("tabs") + hands.line("status")
