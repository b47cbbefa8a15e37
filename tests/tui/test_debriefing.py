"""The debriefing as a screen: why points were lost, what decisions were worth, and any moment of it seen again."""

import multiprocessing
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from conftest import shipped
from hands import SIZES, at_the_desk
from played import played
from rich.cells import cell_len
from screens import as_text, compare
from textual.pilot import Pilot

from corridor_tui.language import LANGUAGES, Language, speaking
from corridor_tui.level.shelf import data_dir
from corridor_tui.records.store import Records, default_path
from corridor_tui.scoring.score import Reason
from corridor_tui.scoring.words import reason_text
from corridor_tui.session import valuing
from corridor_tui.session.debrief import Debrief, debrief, moment_s, ranked
from corridor_tui.session.decisions import Analysis
from corridor_tui.session.lines import beside_reference
from corridor_tui.session.lived import Watched
from corridor_tui.session.replay import Replay
from corridor_tui.session.run import Run, RunError
from corridor_tui.session.valuing import Progress
from corridor_tui.session.wording import clock
from corridor_tui.tui import taken_apart
from corridor_tui.tui.app import CorridorApp
from corridor_tui.tui.bar import Bar
from corridor_tui.tui.beside import Pair
from corridor_tui.tui.debriefing import VIEWS, Debriefing
from corridor_tui.tui.debriefing_help import help_rows
from corridor_tui.tui.desk import Desk
from corridor_tui.tui.pane import Rows
from corridor_tui.tui.reader import Reader
from corridor_tui.tui.replay import ReplayScreen

LEVEL = "first-train"


@asynccontextmanager
async def taken(size: tuple[int, int], name: str = LEVEL) -> AsyncIterator[Pilot[None]]:
    """A run of a novice on the debriefing's screen."""
    result = played(name, 1, "novice")
    app = CorridorApp(None, 1, "Aigul", replay=Replay(result.run, result.score), result=result)
    async with app.run_test(size=size) as pilot:
        await until(pilot, Debriefing)
        yield pilot


async def until(pilot: Pilot[None], screen: type[object]) -> None:
    for _ in range(500):
        if isinstance(pilot.app.screen, screen):
            await pilot.pause()
            await pilot.pause()
            return
        await pilot.pause(0.02)
    raise AssertionError(f"{pilot.app.screen} and not {screen}")


async def beside(pilot: Pilot[None]) -> None:
    """Wait until the other line, if it is wanted, was lived."""
    for _ in range(1_500):
        await pilot.pause(0.02)
        if "living the other line" not in page(pilot):
            break
    await pilot.pause()
    await pilot.pause()


def graph(pilot: Pilot[None]) -> str:
    return "\n".join(row.text for row in pilot.app.screen.query_one("#graph", Pair).rows)


def page(pilot: Pilot[None]) -> str:
    return "\n".join(row.text for row in pilot.app.screen.query_one("#page", Rows).rows)


@pytest.mark.parametrize("size", SIZES)
async def test_the_first_lost_point_is_understood_within_three_keys(size: tuple[int, int]) -> None:
    level, score = shipped(LEVEL), played(LEVEL, 1, "novice").score
    first, second = [reason for reason in ranked(score.reasons) if moment_s(reason) is not None][:2]
    assert first.loss >= second.loss
    async with taken(size) as pilot:
        assert reason_text(first, level) in " ".join(page(pilot).split())
        for keys, reason in ((["enter"], first), (["down", "enter"], second)):
            await pilot.press(*keys)
            await until(pilot, ReplayScreen)
            moment = moment_s(reason)
            assert moment is not None
            assert clock(level.start_s, max(1, moment)) in pilot.app.screen.query_one("#header", Bar).text
            # the moment says what it is seen again for
            told = " ".join(pilot.app.screen.query_one("#timeline", Bar).text.split())
            assert reason_text(reason, level) in told
            await pilot.press("q")
            await until(pilot, Debriefing)


async def test_from_the_result_one_key_takes_the_run_apart_and_leads_back() -> None:
    async with at_the_desk(shipped(LEVEL), (80, 24)) as hands:
        await hands.press("q", "e")
        assert "costliest moments" in await hands.until_read()
        await hands.press("d")
        await until(hands.pilot, Debriefing)
        assert "loss units, when, why" in page(hands.pilot)
        await hands.press("escape")
        assert "costliest moments" in await hands.until_read()


async def test_every_decision_is_valued_meanwhile_and_no_process_is_left_after_it() -> None:
    async with taken((120, 40)) as pilot:
        await pilot.press("4")
        for _ in range(1_500):
            if "decisions valued" in page(pilot) and "░" not in page(pilot).split("\n")[0]:
                break
            await pilot.pause(0.02)
        analysis = Analysis(played(LEVEL, 1, "novice").run)
        worths = [analysis.worth(decision) for decision in analysis.decisions]
        over = Progress(len(worths), len(worths), tuple(worths), len(worths))
        wanted = taken_apart.decision_rows(analysis.level, over, 117)
        assert [row.text.split() for row in wanted] == [line.split() for line in page(pilot).split("\n")]
        assert multiprocessing.active_children()
        await pilot.press("escape")
        await pilot.pause()
    assert not multiprocessing.active_children()


async def test_leaving_at_once_leaves_no_process_either() -> None:
    async with taken((80, 24)) as pilot:
        await pilot.press("escape")
        await pilot.pause()
    assert not multiprocessing.active_children()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("key", "view"), [("1", "points"), ("2", "time"), ("3", "eye"), ("5", "graph"), ("6", "beside")]
)
async def test_the_views_look_as_they_looked(size: tuple[int, int], key: str, view: str) -> None:
    async with taken(size, "fifty-five-minutes") as pilot:
        await pilot.press(key)
        await beside(pilot)
        compare(f"debriefing-{view}", size, as_text(pilot.app))


async def test_the_moment_from_which_a_train_goes_otherwise_is_seen_again_from_the_graph() -> None:
    result, level = played(LEVEL, 1, "novice"), shipped(LEVEL)
    lines = beside_reference(Replay(result.run, result.score), result.score)
    parted_s = lines.parted_s("X8001")
    assert parted_s is not None
    async with taken((120, 40)) as pilot:
        await pilot.press("5")
        await beside(pilot)
        for _ in range(10):
            if "▸ X8001" in graph(pilot):
                break
            await pilot.press("down")
        (_, here, there) = next(one for one in lines.departures if one[0] == "X8001")
        assert here is not None
        assert there is not None
        told = f"X8001 left {clock(level.start_s, here)}, in the reference {clock(level.start_s, there)}"
        assert told in graph(pilot)
        assert f"otherwise from {clock(level.start_s, parted_s)}" in graph(pilot)
        shown = graph(pilot)
        await pilot.press("left_square_bracket")
        assert graph(pilot) != shown
        await pilot.press("enter")
        await until(pilot, ReplayScreen)
        assert clock(level.start_s, parted_s) in pilot.app.screen.query_one("#header", Bar).text
        await pilot.press("q")
        await until(pilot, Debriefing)
        assert "▸ X8001" in graph(pilot)


async def test_after_a_branch_both_lines_stand_side_by_side() -> None:
    async with at_the_desk(shipped(LEVEL), (120, 40)) as hands:
        pilot = hands.pilot
        hands.desk.shift.advance(3_600)
        hands.desk.pace.jump(3_600)
        await hands.press("q", "e")
        await hands.until_read()
        await hands.press("d")
        await until(pilot, Debriefing)
        await hands.press("enter")
        await until(pilot, ReplayScreen)
        await hands.press("home", *["shift+right"] * 3, "b")
        await until(pilot, Desk)
        await hands.press("colon", *"hold", "space", *"X8001", "enter", "q", "e")
        await hands.until_read()
        await hands.press("d")
        await until(pilot, Debriefing)
        await beside(pilot)
        at = clock(shipped(LEVEL).start_s, 1_801)
        records = Records(default_path(data_dir()))
        first, branch = sorted(filter(None, map(records.result, records.run_keys())), key=lambda one: one.run.branch)
        assert branch.run.branch == f"{first.run.key}@1801"
        assert f"run {first.run.key}" in page(pilot)
        assert [f"{one.score.total:.1f}" for one in (branch, first)] == page(pilot).split("\n")[1].split()[1:]
        assert (
            f"The orders part here: {at} hold X8001 back at the neighbour; in run {first.run.key}: nothing more."
            in " ".join(page(pilot).split())
        )
        await hands.press("o")
        await beside(pilot)
        assert "the reference" in page(pilot)
        assert "100.0" in page(pilot).split("\n")[1]


async def test_what_is_asked_for_with_the_screen_is_looked_for_at_once() -> None:
    result = played("paper-trail", 1, "novice")
    app = CorridorApp(None, 1, "Aigul", replay=Replay(result.run, result.score), result=result, bound=1.0)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, Debriefing)
        for _ in range(1_000):
            if "there is no bound for this level" in page(pilot):
                break
            await pilot.pause(0.05)
        assert "there is no bound for this level" in page(pilot)


async def test_what_is_wrong_with_the_program_itself_ends_it_and_is_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(valuing, "_watch", breaks)

    async def wait() -> None:
        async with taken((80, 24)) as pilot:
            for _ in range(500):
                await pilot.pause(0.02)

    with pytest.raises(ZeroDivisionError):
        await wait()
    assert not multiprocessing.active_children()


async def test_what_goes_wrong_in_a_process_is_said_and_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(valuing, "_watch", fails)
    async with taken((80, 24)) as pilot:
        await pilot.press("4")
        for _ in range(500):
            if "cannot be valued" in page(pilot):
                break
            await pilot.pause(0.02)
        assert "the decisions cannot be valued: no luck" in page(pilot)


def fails(_run: Run, _part: int) -> Watched:
    """Stands for what goes wrong in another process."""
    raise RunError("no luck")


def breaks(_run: Run, _part: int) -> Watched:
    """Stands for a mistake in the program."""
    raise ZeroDivisionError


@pytest.mark.parametrize("name", ["fifty-five-minutes", "single-line", "harvest"])
@pytest.mark.parametrize("width", [78, 118])
def test_bars_add_up_and_nothing_is_too_wide(name: str, width: int) -> None:
    found = debrief(played(name, 1, "novice"))
    rows = taken_apart.time_rows(found.dwells, width)
    rows += taken_apart.point_rows(shipped(name), found, width)
    assert all(cell_len(row.text) <= width for row in rows)
    longest = max(found.dwells, key=lambda dwell: dwell.total_s)
    bar = next(row for row in rows if row.spans and row.spans[0].text.strip() == longest.train and len(row.spans) > 2)
    assert sum(len(span.text) for span in bar.spans[1:-1]) == width - 16


def test_who_lost_nothing_and_had_no_customs_desk_is_told_so() -> None:
    assert "was not yours" in taken_apart.eye_rows([])[0].text
    rows = taken_apart.decision_rows(shipped(LEVEL), Progress(6, 6, (), 0), 80)
    assert "no single decision made a difference" in rows[-1].text


def test_what_the_whole_shift_cost_has_no_moment_and_what_is_next_to_nothing_is_counted() -> None:
    level, score = shipped(LEVEL), played(LEVEL, 1, "novice").score
    reasons = (
        Reason("resources", "lifts", ("35",), 35.0, 0, 9_000),
        Reason("resources", "undelivered", ("30",), 180.0, 0, 9_000),
        Reason("time", "wait", ("X8001", "path", "dispatch", 12), 12.0, 7_000, 7_720),
        Reason("time", "wait", ("X8001", "path", "dispatch", 0), 0.04, 7_800, 7_801),
    )
    rows = taken_apart.point_rows(level, Debrief(replace(score, reasons=reasons), (), ()), 100)
    keys = {row.text.split()[0]: row.key for row in rows if row.text.strip()}
    assert keys["35.0"] == ""
    assert taken_apart.place_of(keys["180.0"]) == 9_000
    assert f"180.0  {clock(level.start_s, 9_000)} " in rows[2].text
    assert taken_apart.place_of(keys["12.0"]) == 7_000
    assert rows[-1].text == "and 1 of next to nothing"


async def test_what_other_processes_tell_is_said_in_the_language_of_the_screen() -> None:
    with speaking("ru"):
        async with taken((120, 40)) as pilot:
            await pilot.press("4")
            for _ in range(1_500):
                head = page(pilot).split("\n")[0]
                if "█" in head and "оценено" in head:
                    break
                await pilot.pause(0.02)
            assert "decisions" not in page(pilot)
            assert re.search(r"оценено решений: \d+ из \d+", head)


async def test_a_key_tells_what_nobody_could_have_surpassed_and_its_process_ends_with_the_screen() -> None:
    async with taken((120, 40)) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, Debriefing)
        await pilot.press("b")
        for _ in range(2_000):
            if "nobody could have reached more than" in page(pilot):
                break
            await pilot.pause(0.1)
        text = page(pilot)
        assert "the reference 100, nobody could have reached more than 100.5 on this seed" in text
        assert "where the difference lies" in text
        await pilot.press("escape")
    assert not multiprocessing.active_children()


async def test_the_debriefing_explains_its_views_and_keys() -> None:
    async with taken(SIZES[0]) as pilot:
        for number in range(1, len(VIEWS) + 1):
            await pilot.press(str(number))
            await pilot.pause()
            keys = pilot.app.screen.query_one("#keys", Bar).text
            assert "? help" in keys
            assert cell_len(keys) <= SIZES[0][0]
        await pilot.press("question_mark")
        await until(pilot, Reader)
        told = "\n".join(each.text for each in pilot.app.screen.query_one(Rows).rows)
        assert all(f"  {number}  {view}: " in told for number, view in enumerate(VIEWS, 1))
        await pilot.press("escape")
        await until(pilot, Debriefing)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_help_of_the_debriefing_has_room_in_every_language(language: Language) -> None:
    with speaking(language):
        assert all(cell_len(each.text) <= 76 for each in help_rows(76))
