"""The log of messages: folded, searched, gone back in while it goes on, and a way to what each of them is about."""

from conftest import shipped
from hands import Hands, at_the_desk
from helpers import give, variant

from corridor_tui.corridor.events import Event
from corridor_tui.corridor.orders import Order
from corridor_tui.session.shift import Shift
from corridor_tui.tui.messages import Messages, subject_of
from corridor_tui.tui.rows import Row


def texts(rows: list[Row]) -> list[str]:
    return [item.text for item in rows]


def test_what_repeats_is_folded_though_something_else_stands_between_but_not_after_half_an_hour() -> None:
    log = Messages(shipped("first-train"), mistakes=True)
    cut, other = ("horgos", 2, 9_000), ("X1",)
    told = [Event(60, "crane_up", cut[:1]), Event(120, "offered", other), Event(180, "crane_up", cut[:1])]
    assert texts(log.rows(told, 70)) == [
        "10:02 X1 is offered by the neighbour",
        "10:03 crane horgos is ready again: put it to work (x2 since 10:01)",
    ]
    later = [*told, Event(180 + 1_801, "crane_up", cut[:1])]
    assert texts(log.rows(later, 70))[-1] == "10:33 crane horgos is ready again: put it to work"
    assert log.count == 3


def test_all_words_that_are_looked_for_must_be_in_a_message_or_its_time_and_stand_out() -> None:
    log = Messages(shipped("first-train"), mistakes=True)
    told = [Event(60, "offered", ("X1",)), Event(120, "offered", ("X2",)), Event(180, "weighed", ("X1", ""))]
    log.wanted = "x1 OFFERED"
    rows = log.rows(told, 60)
    assert texts(rows) == ["10:01 X1 is offered by the neighbour"]
    assert [span.text for span in rows[0].spans if span.style == "mark"] == ["X1", "offered"]
    log.wanted = "10:03"
    assert texts(log.rows(told, 60)) == ["10:03 X1 is weighed: all within their limits"]
    log.wanted = "[x(*"
    assert log.rows(told, 60) == []
    log.wanted = ""
    assert len(log.rows(told, 60)) == 3


def test_a_message_is_about_the_first_thing_that_it_names() -> None:
    shift = Shift(shipped("fifty-five-minutes"), 1)
    view = shift.view
    assert subject_of(view, Event(0, "lodged", ("X8041-03", "yellow"))) == "X8041-03"
    assert subject_of(view, Event(0, "refused", ("dispatch", "move R2 PW2", "busy"))) == "R2"
    assert subject_of(view, Event(0, "crane_stopped", ("RMG2", "stopped"))) == "RMG2"
    assert subject_of(view, Event(0, "deadlock", ("2402,X8041",))) == "2402"
    number, box = next(iter(view.boxes.items()))
    assert subject_of(view, Event(0, "dark", (number,))) == box.consignment
    assert subject_of(view, Event(0, "frost", (1,))) == ""


async def ran(hands: Hands, until_s: int) -> None:
    hands.desk.shift.advance(until_s)
    hands.desk.pace.jump(until_s)
    hands.desk.paint()
    await hands.pilot.pause()


async def test_the_log_goes_on_with_what_happens_until_one_goes_back_in_it() -> None:
    async with at_the_desk(shipped("fifty-five-minutes")) as hands:
        await hands.press("5", "up", "up")
        log = hands.desk.messages
        chosen, shown = log.choice, log.render_line(0).text
        await ran(hands, 1_500)
        assert log.choice == chosen
        assert log.render_line(0).text == shown
        await hands.press("0")
        await ran(hands, 3_000)
        assert log.choice == log.spots[-1].key
        last = hands.shown("messages").splitlines()[-1]
        assert last.strip() in log.render_line(log.lines - 1).text


def test_what_is_lodged_for_a_train_at_one_time_is_told_by_lanes_and_not_one_by_one() -> None:
    log = Messages(shipped("first-train"), mistakes=True)
    lodged = [("X1-01", "green"), ("X1-02", "yellow"), ("X1-03", "green"), ("X2-01", "green"), ("X1-04", "green")]
    told = [Event(60, "lodged", args) for args in lodged]
    assert texts(log.rows(told, 70)) == [
        "10:01 X1-02 lodged: yellow lane",
        "10:01 X2-01 lodged: green lane",
        "10:01 X1-01, X1-03, X1-04 lodged: green lane",
    ]
    later = [*told, Event(90, "lodged", ("X1-05", "green"))]
    last = log.rows(later, 70)[-1]
    assert last.text == "10:01 X1-05 lodged: green lane"
    log.wanted = "x1-03"
    [found] = log.rows(later, 70)
    event = log.event(found.key)
    assert event is not None
    assert event.args[0] == "X1-03"


async def test_enter_goes_to_what_a_message_is_about_and_p_to_its_train_on_the_panel() -> None:
    async with at_the_desk(shipped("fifty-five-minutes")) as hands:
        await hands.press("5", "f", *"X8041-04")
        assert "1 of " in str(hands.desk_below.messages.border_title)
        await hands.press("enter", "enter")
        assert hands.desk.instrument == "customs"
        assert hands.desk.subject == "X8041-04"
        await hands.press("5", "p")
        assert (hands.desk.instrument, hands.desk.subject) == ("panel", "X8041")
        await hands.press("5", "f", "escape")
        assert hands.shown("messages").count("lodged") == 5


async def test_enter_on_a_call_opens_its_answers_while_it_waits() -> None:
    level = shipped("fifty-five-minutes")
    async with at_the_desk(level) as hands:
        await hands.press("5")
        await ran(hands, 600)
        assert "CALL mast" in hands.shown("messages")
        await hands.press("enter")
        assert "Driver of the shunter" in hands.page
        answer = level.calls["mast"].answers[0].word
        await hands.press("escape")
        give(hands.desk.shift, Order("answer", ("mast", answer)).text)
        hands.desk.paint()
        await hands.press("enter")
        assert "about nothing on the desk" in hands.line("status")


async def test_a_click_chooses_a_message_and_a_second_one_goes_there() -> None:
    async with at_the_desk(shipped("fifty-five-minutes")) as hands:
        await hands.press("5")
        log = hands.desk.messages
        await hands.pilot.click("#messages", offset=(10, 2), times=2)
        await hands.pilot.pause()
        event = log.event
        assert event is not None
        assert hands.desk.instrument == "customs"
        assert hands.desk.subject == subject_of(hands.desk.shift.view, event)


async def test_p_finds_the_train_whatever_part_of_the_corridor_the_panel_showed_and_says_where_it_is_not() -> None:
    async with at_the_desk(shipped("fifty-five-minutes"), (160, 50)) as hands:
        await hands.press("1", "v", "v")
        assert "KTZE" in str(hands.desk.panel.border_title)
        await hands.press("2", "colon", *"X8041", "enter", "p")
        assert hands.desk.panel.choice == "X8041"
        await hands.press("colon", *"X8045", "enter", "2", "colon", *"X8045", "enter", "p")
        assert "X8045 is not on our tracks, nor offered" in hands.line("status")


async def test_a_train_chosen_by_number_is_shown_though_the_list_had_left_it_out() -> None:
    level = variant(shipped("fifty-five-minutes"))
    async with at_the_desk(level) as hands:
        await hands.press("2", "f", "f", "f")
        assert "on the line" in str(hands.desk.trains.border_title)
        await hands.press("colon", *"X8043", "enter")
        assert hands.desk.trains.choice == "X8043"
        assert "X8043" in hands.shown("trains")


async def test_another_size_keeps_the_focus_the_message_that_was_chosen_and_the_place_in_the_log() -> None:
    async with at_the_desk(shipped("fifty-five-minutes"), (120, 40)) as hands:
        await ran(hands, 3_000)
        await hands.press("5", *["up"] * 12)
        chosen = hands.desk.messages.choice
        for size in ((80, 24), (160, 50), (60, 15), (120, 40)):
            await hands.pilot.resize_terminal(*size)
            await hands.pilot.pause()
            await hands.pilot.pause()
        log = hands.desk.messages
        assert hands.desk.focused is log
        assert log.choice == chosen
        seen = [log.render_line(line).text for line in range(log.lines)]
        text = next(item.text for item in log.rows if item.key == chosen)
        assert any(text.strip() in line for line in seen)
        await ran(hands, 3_600)
        assert log.choice == chosen
