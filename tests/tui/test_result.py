"""The result screen: the shift in time, and the five moments that cost most."""

import re
from dataclasses import replace
from typing import TypeVar

import pytest
from conftest import CAMPAIGN, FINALE, shipped
from hands import Hands, at_the_desk
from helpers import variant
from rich.cells import cell_len

from corridor_tui.language import LANGUAGES, Language, _, speaking
from corridor_tui.scoring.score import NOT_AT_ALL, ObjectiveResult, Reason
from corridor_tui.scoring.words import asked_text, figure, reason_text
from corridor_tui.session.debrief import when_text
from corridor_tui.session.outcome import Outcome
from corridor_tui.session.run import new_run
from corridor_tui.session.shift import play
from corridor_tui.tui.bar import Bar
from corridor_tui.tui.menu import MenuScreen
from corridor_tui.tui.pane import Rows
from corridor_tui.tui.reader import Reader
from corridor_tui.tui.replay import ReplayScreen
from corridor_tui.tui.result import result_rows
from corridor_tui.tui.rows import row
from corridor_tui.tui.start import Start
from corridor_tui.tui.story import Story
from corridor_tui.tui.timeline import costliest, moment_rows, timeline_rows

Shown = TypeVar("Shown")


@pytest.fixture(scope="module")
def novice() -> Outcome:
    return play(shipped("fifty-five-minutes"), 1, "novice")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("first-train", "containers not on their way at the end of the shift: 30"),
        ("harvest", "containers and wagons of grain not on their way at the end of the shift: 30"),
    ],
)
def test_what_is_not_on_its_way_is_called_by_what_the_level_has(name: str, said: str) -> None:
    assert reason_text(Reason("resources", "undelivered", ("30",), 180.0, 0, 9_000), shipped(name)) == said


def test_wagons_of_grain_alone_are_no_containers() -> None:
    level = shipped("harvest")
    grain = level.model_copy(
        update={"trains": tuple(train for train in level.trains if train.kind == "grain"), "services": ()}
    )
    said = reason_text(Reason("resources", "undelivered", ("30",), 180.0, 0, 9_000), grain)
    assert said == "wagons of grain not on their way at the end of the shift: 30"


def test_figures_are_whole_or_have_one_decimal() -> None:
    assert [figure(value) for value in (124.62, 208.0, 1_234_567.89, -0.04)] == ["124.6", "208", "1234567.9", "0"]


def test_the_five_costliest_moments_are_those_that_lost_most_and_have_a_time(novice: Outcome) -> None:
    moments = costliest(novice.score)
    assert len(moments) == 5
    losses = [reason.loss for reason in moments]
    assert losses == sorted(losses, reverse=True)
    rest = [reason for reason in novice.score.reasons if reason not in moments and reason.code not in {
        "lifts", "officers", "shunts", "locomotives", "rakes", "undelivered"}]  # fmt: skip
    assert all(reason.loss <= losses[-1] for reason in rest)


def test_each_of_them_is_marked_where_it_began(novice: Outcome) -> None:
    level = shipped("fifty-five-minutes")
    rows = timeline_rows(level, novice.score, 100)
    marks = next(row for row in rows if row.text.startswith("lost"))
    assert {span.text for span in marks.spans if span.style == "mark"} == {"1", "2", "3", "4", "5"}
    first = costliest(novice.score)[0]
    last_s = max(level.shift_s, *(one.to_s for one in costliest(novice.score)),
                 *(line.departed_s or 0 for line in novice.score.trains))  # fmt: skip
    assert marks.text.index("1") - 9 == pytest.approx(first.from_s / last_s * 90, abs=3)
    told = [row.text for row in moment_rows(level, novice.score, 100)]
    assert "costliest moments" in told[0]
    assert f"{first.loss:.1f}" in told[1]


def test_a_train_is_drawn_from_when_it_came_to_when_it_left(novice: Outcome) -> None:
    level = shipped("fifty-five-minutes")
    rows = timeline_rows(level, novice.score, 100)
    told = []
    for line in novice.score.trains:
        text = next(row.text for row in rows if row.text.startswith(line.number))
        assert ("▸" in text) == (line.departed_s is not None)
        if line.cleared_s is None or line.cleared_s == line.departed_s:
            assert "✓" not in text
        elif line.departed_s is None or line.departed_s - line.cleared_s > level.shift_s / 60:
            assert "✓" in text
            told.append(line.number)
    assert len(told) >= 2


def test_a_safety_mistake_is_marked_as_one(novice: Outcome) -> None:
    from dataclasses import replace

    reason = Reason("safety", "deadlock", ("1402",), 0.01, 3_600, 3_600)
    score = replace(novice.score, reasons=(*novice.score.reasons, reason))
    marks = next(row for row in timeline_rows(shipped("fifty-five-minutes"), score, 100) if row.text.startswith("lost"))
    assert reason not in costliest(score)  # there it has a number
    assert "!" in marks.text


def test_a_call_is_told_by_who_called_and_what_was_said_to_them() -> None:
    level = shipped("first-train")
    call = level.calls["count"]
    wrong = next(answer for answer in call.answers if not answer.right)
    said = reason_text(Reason("resources", "call", ("count", wrong.word), 5, 0, 0), level)
    assert said == f"{call.caller} was answered wrongly: {wrong.text}"
    said = reason_text(Reason("resources", "call", ("count", NOT_AT_ALL), 5, 0, 0), level)
    assert said == f"{call.caller} got no answer"


def test_what_was_asked_has_its_unit_and_says_where_it_came_too_late() -> None:
    late = ObjectiveResult("a", "", "clear_and_change_min", 73.0, 81.0, at_most=True, met=False)
    assert asked_text(late) == "73 min, asked: at most 81 min, but only after the shift was over"
    assert asked_text(replace(late, value=90.5)) == "90.5 min, asked: at most 81 min"
    count = ObjectiveResult("a", "", "containers_out", 12.0, 30.0, at_most=False, met=False)
    assert asked_text(count) == "12, asked: at least 30"


def test_a_wait_under_a_minute_is_not_none() -> None:
    reason = Reason("time", "wait", ("X8001", "crane", "terminal", 0), 0.3, 0, 20)
    assert reason_text(reason, shipped("first-train")) == "X8001 waited <1 min for a crane"


def test_nothing_lost_has_no_moments(novice: Outcome) -> None:
    from dataclasses import replace

    score = replace(novice.score, reasons=())
    assert moment_rows(shipped("fifty-five-minutes"), score, 80) == []
    assert not any(row.text.startswith("lost") for row in timeline_rows(shipped("fifty-five-minutes"), score, 80))


@pytest.mark.parametrize("name", [name for name in CAMPAIGN if name in ("single-line", "first-train", "gale")])
@pytest.mark.parametrize("width", [76, 110])
def test_no_row_is_too_wide(name: str, width: int) -> None:
    outcome = play(shipped(name), 1, "do-nothing")
    rows = result_rows(shipped(name), outcome.score, new_run(shipped(name), 1, "Aigul", 1), None, width)
    of_picture = [
        *timeline_rows(shipped(name), outcome.score, width),
        *moment_rows(shipped(name), outcome.score, width),
    ]
    assert all(cell_len(row.text) <= width for row in of_picture), [
        r.text for r in of_picture if cell_len(r.text) > width
    ]
    assert "The shift in time" in "\n".join(row.text for row in rows)


async def test_a_costly_moment_is_seen_again_in_the_replay_and_leads_back_to_the_result() -> None:
    async with at_the_desk(shipped("first-train"), (80, 24)) as hands:
        await hands.press("q", "e")
        page = await hands.until_read()
        assert "costliest moments" in page
        await hands.press("1")
        for _ in range(500):
            if isinstance(hands.pilot.app.screen, ReplayScreen):
                break
            await hands.pilot.pause(0.02)
        replay = hands.pilot.app.screen
        assert isinstance(replay, ReplayScreen)
        first = re.search(r"^ 1  (\d\d:\d\d)", page, re.MULTILINE)
        assert first is not None
        assert first[1] in replay.query_one("#header", Bar).text
        await hands.press("q")
        assert "costliest moments" in await hands.until_read()
        await hands.press("enter")


async def test_a_moment_is_opened_by_a_click_on_it_and_the_page_explains_itself_where_the_arrows_still_scroll() -> None:
    picked: list[int | None] = []
    async with at_the_desk(shipped("first-train"), (80, 24)) as hands:
        app = hands.pilot.app
        story = Story(lambda _width: [row("a line", key="2" if place == 3 else "") for place in range(60)], "", 5)
        app.push_screen(story, picked.append)
        await hands.press("down")
        assert story.query_one(Rows).choice == ""
        await hands.press("up", "question_mark")
        assert isinstance(app.screen, Reader)
        assert "What came of the shift" in hands.page
        await hands.press("escape")
        assert app.screen is story
        await hands.pilot.click(story.query_one(Rows), offset=(4, 4))
        await hands.pilot.pause()
        assert picked == [12]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_keys_of_a_long_result_can_be_read_whole_at_the_narrowest(language: Language) -> None:
    with speaking(language):
        async with at_the_desk(shipped("first-train"), (80, 24)) as hands:
            app = hands.pilot.app
            app.push_screen(Story(lambda _width: [row("a line")] * 60, _("a question"), 5))
            await hands.pilot.pause()
            await hands.pilot.pause()
            keys = app.screen.query_one("#keys", Bar).text
            assert "↑↓" in keys
            assert cell_len(keys) <= 80, keys


@pytest.mark.parametrize("width", [76, 110])
def test_a_moment_over_several_lines_stands_under_its_beginning(novice: Outcome, width: int) -> None:
    rows = [item.text for item in moment_rows(shipped("fifty-five-minutes"), novice.score, width)][1:]
    firsts = [row for row in rows if row[1].isdigit()]
    rest = [row for row in rows if not row[1].isdigit()]
    assert len(firsts) == 5
    places = {re.match(r" \d  .{12} *\d+\.\d  ", row).end() for row in firsts}  # type: ignore[union-attr]
    assert {len(row) - len(row.lstrip()) for row in rest} <= places
    assert all(cell_len(row) <= width for row in rows)


async def test_who_came_for_one_level_is_led_from_its_result_over_its_questions_to_the_next() -> None:
    level = shipped("first-train")
    async with at_the_desk(level, (80, 24)) as hands:
        app = hands.pilot.app
        await hands.press("q", "e")
        story = await until_shown(hands, Story)
        assert " enter a question  " in story.query_one(Bar).text
        await hands.press("enter")
        for number in range(1, len(level.questions) + 1):
            await until_shown(hands, MenuScreen)
            await hands.press("1")
            read = await until_shown(hands, Reader)
            last = number == len(level.questions)
            assert ("enter to the levels" if last else "enter the next question") in read.query_one(Bar).text
            await hands.press("enter")
        levels = await until_shown(hands, Start)
        told = "\n".join(each.text for each in levels.query_one(Rows).rows)
        assert re.search(r"just played: The first train: -?[\d.]+ points ☆☆☆", told)
        assert levels.query_one(Rows).choice == "fifty-five-minutes"
        await hands.press("enter")
        assert "Fifty-five minutes" in (await hands.until_read())
        await hands.press("escape")
        await until_shown(hands, Start)
        await hands.press("q")
        await hands.pilot.pause()
        assert app.return_code == 0


async def until_shown(hands: Hands, kind: type[Shown]) -> Shown:
    """Wait until a screen of a kind is on top."""
    for _turn in range(1_500):
        await hands.pilot.pause(0.02)
        screen = hands.pilot.app.screen
        if isinstance(screen, kind):
            return screen
    raise AssertionError(f"no {kind.__name__} came: {hands.pilot.app.screen}")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [76, 110])
def test_what_the_picture_of_the_shift_shows_is_told_whole(novice: Outcome, language: Language, width: int) -> None:
    with speaking(language):
        rows = timeline_rows(shipped("fifty-five-minutes"), novice.score, width)
        told = " ".join(each.text for each in rows[:2])
        assert _("  ┄ here ▒ lifted ✓ cleared ▸ left 1-5 costliest ! safety") in told
        assert all(cell_len(each.text) <= width for each in rows)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_lost_days_later_is_told_with_its_day(language: Language, novice: Outcome) -> None:
    level, day = shipped("across-the-sea"), 86_400
    start = level.start_s
    lost = [
        Reason("time", "wait", ("X8107", "crane", "terminal", 41), 40.0, 0, 600),
        Reason("time", "wait", ("X8107", "crane", "terminal", 41), 30.0, day - start + 3_600, day - start + 7_200),
        Reason("time", "wait", ("X8107", "crane", "terminal", 41), 20.0, 5 * day - start, 6 * day - start),
    ]
    with speaking(language):
        told = [when_text(level, reason) for reason in lost]
        assert [sign for text in told for sign in re.findall(r"\b([267])\b", text)] == ["2", "6", "7"]
        rows = timeline_rows(level, replace(novice.score, reasons=tuple(lost), trains=()), 100)
        axis = next(each.text for each in rows if _("day {day}", day=2) in each.text)
        assert [axis.count(_("day {day}", day=number)) for number in (2, 3, 6)] == [1, 1, 1]
        assert all(cell_len(each.text) <= 100 for each in rows)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("days", [1, 2, 3, 6, 10, 20, 40, 90, 200, 366])
def test_times_over_the_picture_stand_apart_however_long_the_shift_was(
    novice: Outcome, language: Language, days: int
) -> None:
    level = variant(shipped(FINALE), shift__length_min=days * 1_440)
    bare = replace(novice.score, trains=(), reasons=())
    with speaking(language):
        for width in (62, 78, 110, 158):
            over = timeline_rows(level, bare, width)[-1].text[9:]
            told = re.split(r"  +", over.strip())
            assert len(told) >= 2
            day = re.escape(_("day {day}", day=0)).replace("0", r"\d+")
            assert all(re.fullmatch(rf"\d\d:\d\d|{day}", label) for label in told), over
