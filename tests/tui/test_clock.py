"""The clock as the level sets it: speeds that are kept, calls and papers that slow it, and more time for who needs it."""

import csv
import io

import pytest
from conftest import FINALE, shipped
from hands import Hands, at_the_desk
from helpers import refused, until, variant
from terminals import corridor

from corridor_tui.corridor.orders import ALLOWANCES
from corridor_tui.level.load import from_text
from corridor_tui.level.model import Level
from corridor_tui.level.shelf import data_dir
from corridor_tui.records.journals import Journals, Writer, default_folder
from corridor_tui.records.keeper import Keeper
from corridor_tui.records.store import Records, default_path
from corridor_tui.session.journal import Given, JournalError
from corridor_tui.session.pace import Pace
from corridor_tui.session.result import export, read_export
from corridor_tui.session.run import rebuild
from corridor_tui.session.shift import Shift
from corridor_tui.session.verify import verify
from corridor_tui.tables_runs import records_csv
from corridor_tui.tui.bar import Bar
from corridor_tui.tui.desk import Desk
from corridor_tui.tui.drawing import RUNNING_ON

LEVEL = "fifty-five-minutes"
_SPEEDING = ("faster", "slower", "next call")
"""What the keys that make time go by sooner or later are called in the line of hints."""


def clocked(**keys: object) -> Level:
    """The level with another clock, as its file would say it."""
    shift = shipped(LEVEL).shift
    return from_text(variant(shipped(LEVEL), coach=False, shift={**shift.model_dump(), **keys}).text)


def header_of(desk: Desk) -> str:
    return desk.query_one("#header", Bar).text


async def passed(hands: Hands) -> float:
    """Simulated seconds that go by in a second on the wall."""
    before = hands.desk.shift.now_s
    await hands.wait(4)
    return (hands.desk.shift.now_s - before) / 4


async def test_papers_on_the_desk_slow_the_clock_and_elsewhere_it_runs_as_before() -> None:
    async with at_the_desk(clocked(papers_speed=10)) as hands:
        await hands.press("space")
        assert await passed(hands) == pytest.approx(30, abs=2)
        await hands.press("4")
        await hands.wait(0.5)
        assert await passed(hands) == pytest.approx(10, abs=1)
        assert "▶ 10x (30x)" in hands.line("header")
        await hands.press("2")
        await hands.wait(0.5)
        assert await passed(hands) == pytest.approx(30, abs=2)
        assert "▶ 30x " in hands.line("header")


async def test_a_call_slows_the_clock_until_it_is_answered() -> None:
    level = clocked(call_speed=5)
    async with at_the_desk(level) as hands:
        shift = hands.desk.shift
        until(shift, "call")
        hands.desk.pace.jump(shift.now_s)
        await hands.press("space")
        await hands.wait(0.5)
        assert await passed(hands) == pytest.approx(5, abs=1)
        ring = shift.view.ringing(shift.desks)[0]
        shift.order(f"answer {ring.id} {level.calls[ring.id].answers[0].word}")
        await hands.wait(0.5)
        assert await passed(hands) == pytest.approx(30, abs=2)


OPENING = {
    "orders": ("2", "enter"),
    "line": ("colon",),
    "bulk": ("3", "b"),
    "palette": ("ctrl+p",),
    "help": ("question_mark",),
}


@pytest.mark.parametrize("keys", OPENING.values(), ids=OPENING)
async def test_the_clock_stands_under_whatever_is_open_where_it_can_be_stopped_freely(keys: tuple[str, ...]) -> None:
    async with at_the_desk(clocked()) as hands:
        await hands.press("space", *keys)
        desk, before = hands.desk_below, hands.desk_below.shift.now_s
        assert "‖ 30x" in header_of(desk)
        for _ in range(8):
            hands.pass_wall(0.25)
            desk.tick()
        assert desk.shift.now_s == before
        await hands.press("escape")
        assert "▶ 30x" in hands.line("header")
        assert await passed(hands) == pytest.approx(30, abs=2)


@pytest.mark.parametrize("pause", ["covered", "never"])
async def test_the_clock_of_an_assessed_shift_runs_on_under_a_menu(pause: str) -> None:
    async with at_the_desk(clocked(pause=pause)) as hands:
        await hands.press(*(() if pause == "never" else ("space",)), "2", "enter")
        desk, before = hands.desk_below, hands.desk_below.shift.now_s
        assert "‖" not in header_of(desk)
        for _ in range(8):
            hands.pass_wall(0.25)
            desk.tick()
        assert desk.shift.now_s == pytest.approx(before + 60, abs=5)


async def test_what_is_ordered_from_a_menu_while_the_clock_runs_is_done_and_not_planned() -> None:
    async with at_the_desk(clocked()) as hands:
        await hands.press("space", "colon", *"check X8041-01", "enter")
        assert "✓ have the documents of X8041-01 checked" in hands.line("status")
        assert "planned" not in hands.line("tabs") + hands.line("status")


async def test_running_on_says_what_it_stops_for() -> None:
    async with at_the_desk(clocked()) as hands:
        desk = hands.desk
        told = set()
        while desk.shift.view.units["2402"].offered_s is None:
            await hands.press("n")
            await until_still(hands)
            told.add(desk.surrounds.notice[0][6:])
        assert {"X8043 is offered by the neighbour", "2402 is offered by the neighbour"} <= told


async def test_while_it_runs_on_the_clocks_are_drawn_in_every_frame_and_the_rest_in_a_few(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with at_the_desk(shipped(FINALE), (120, 40)) as hands:
        desk, drawn, clocks = hands.desk, list[int](), list[str]()
        monkeypatch.setattr(desk.panel, "draw", lambda view: drawn.append(view.now_s))
        for rule in (
            "auto-accept 20",
            "auto-prepare on",
            "auto-place on",
            "auto-rakes on",
            "auto-lift on",
            "auto-send on",
        ):
            assert desk.shift.order(rule).accepted
        desk.action_run_on()
        for _frame in range(4 * RUNNING_ON):
            desk.tick()
            clocks.append(header_of(desk))
        assert desk.clock.running_on
        assert len(set(clocks)) > 3 * RUNNING_ON
        assert len(drawn) == 4


async def until_still(hands: Hands) -> None:
    """Let the shift run on until it stops by itself."""
    for _ in range(500):
        hands.desk.tick()
        await hands.pilot.pause()
        if "▶▶" not in header_of(hands.desk):
            return
    raise AssertionError("it runs on and on")


async def test_whoever_opens_something_runs_on_no_further() -> None:
    async with at_the_desk(clocked()) as hands:
        await hands.press("space", "2")
        desk = hands.desk
        desk.action_run_on()
        desk.action_menu()
        await hands.pilot.pause()
        before = desk.shift.now_s
        assert "▶▶" not in header_of(desk)
        desk.tick()
        assert desk.shift.now_s == before
        await hands.press("escape")
        assert "▶ 30x" in hands.line("header")


async def test_a_slower_speed_of_ones_own_stays_slower() -> None:
    async with at_the_desk(clocked(papers_speed=10)) as hands:
        await hands.press("space", "4", "minus", "minus", "minus")
        await hands.wait(0.5)
        assert hands.desk.pace.speed < 10
        assert await passed(hands) == pytest.approx(hands.desk.pace.speed, abs=1)


async def test_any_other_shift_says_how_to_go_faster() -> None:
    async with at_the_desk(clocked()) as hands:
        assert all(word in hands.line("hints") for word in _SPEEDING)


async def test_an_assessed_shift_keeps_its_speed() -> None:
    async with at_the_desk(clocked(speed="locked")) as hands:
        for key in ("plus", "minus", "n"):
            await hands.press(key)
            assert "this shift keeps its speed" in hands.line("status"), key
        await hands.press("space")
        assert await passed(hands) == pytest.approx(30, abs=2)
        hints = hands.line("hints")
        assert not any(word in hints for word in _SPEEDING)


async def test_the_briefing_says_what_the_clock_does() -> None:
    async with at_the_desk(clocked(speed="locked", call_speed=5, papers_speed=10), brief=True) as hands:
        page = " ".join(hands.page.split())
        assert "The speed is kept." in page
        assert "While a call waits for you it runs at 5x at the most." in page
        assert "While you read papers it runs at 10x at the most." in page


def test_an_allowance_gives_more_time_and_only_the_instructor_gives_it() -> None:
    wall = [0.0]
    shift = Shift(shipped(LEVEL), 1)
    assert "only an instructor" in refused(shift, "allow 50")
    shift.instructor = True
    assert "from 0 to 200" in refused(shift, "allow 500")
    assert shift.order("allow 50").accepted
    assert "already" in refused(shift, "allow 50")
    pace = Pace(lambda: wall[0], shift.now_s, 30, 240)
    pace.toggle()
    pace.heed(shift, reading=False)
    for _ in range(300):
        wall[0] += 0.1
        pace.due_s()
    assert pace.due_s() - shift.now_s == pytest.approx(30 * 30 / 1.5, abs=1)


def test_an_allowance_stays_with_the_run_and_moves_nothing_else() -> None:
    """It is recorded: in the journal, the result, what is exported, and the list of an instructor."""
    level = shipped("first-train")
    keeper = Keeper(data_dir(), "Aigul", allowance=25)
    shift = keeper.begin(level, 1)
    assert shift.view.instructed.allowance == 25
    assert not shift.instructor
    assert "only an instructor" in refused(shift, "allow 100")
    assert rebuild(keeper.run_of(shift)).view.instructed.allowance == 25
    outcome = shift.finish()
    assert keeper.finish(shift, outcome) is None
    (row,) = csv.DictReader(io.StringIO(records_csv(Records(default_path(data_dir())).all())))
    assert row["allowance"] == "25"
    result = keeper.result(row["key"])
    assert result is not None
    assert result.run.allowance == 25
    assert read_export(export(result)).run.allowance == 25
    assert verify(result).true
    plain = Shift(level, 1)
    assert plain.finish().score.total == outcome.score.total


def test_the_command_line_allows_time_and_the_lists_say_so() -> None:
    corridor("play", "first-train", "--seed", "1", "--trainee", "Aigul", "--line", "--allowance", "25")
    (row,) = csv.DictReader(io.StringIO(corridor("records", "--csv").stdout))
    assert row["allowance"] == "25"
    assert "+25 % time" in corridor("runs", COLUMNS="160").stdout
    most = ALLOWANCES[-1]
    assert f"it can be {most} at most\n" in corridor("play", "--allowance", str(most + 1), code=2).stderr


def test_a_shift_that_is_gone_on_with_keeps_its_time_or_gets_more() -> None:
    def given(*, allowance: int, key: str = "") -> tuple[str, list[str]]:
        keeper = Keeper(data_dir(), "Aigul", allowance=allowance)
        shift = keeper.resume(key)[0] if key else keeper.begin(shipped("first-train"), 1)
        keeper.left(shift.now_s, later=True)
        return keeper.run_of(shift).key, [one.text for one in shift.given]

    key, first = given(allowance=25)
    assert first == ["allow 25"]
    assert given(allowance=25, key=key)[1] == ["allow 25"]
    assert given(allowance=0, key=key)[1] == ["allow 25"]
    assert given(allowance=50, key=key)[1] == ["allow 25", "allow 50"]
    run = Journals(default_folder(data_dir())).find(key).run
    assert run is not None
    assert run.allowance == 50


def test_time_that_cannot_be_written_down_is_not_allowed_in_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_writer: Writer, _given: Given) -> None:
        raise JournalError("the disk is full")

    monkeypatch.setattr(Writer, "order", full)
    keeper = Keeper(data_dir(), "Aigul", allowance=25)
    assert keeper.begin(shipped("first-train"), 1).view.instructed.allowance == 0
    keeper.close()
    assert keeper.trouble is not None
    assert "the disk is full" in keeper.trouble
