"""Locomotives that alone run over the border, and come back over the line by themselves, against cases worked by hand."""

from conftest import shipped
from helpers import calm, give, refused, until, variant

from corridor_tui.corridor.chain import chain
from corridor_tui.corridor.options import verbs_for
from corridor_tui.corridor.view import View
from corridor_tui.level.model import Level
from corridor_tui.session.foreseen import Foreseen
from corridor_tui.session.seen import Seen
from corridor_tui.session.shift import Shift, play
from corridor_tui.session.wording import clock
from corridor_tui.tui.panel import panel_rows
from corridor_tui.tui.staff import locomotives

STAY_S = 280 * 60
RUN_S = 18 * 60
"""12 km at 40 km/h."""
THROAT_S = 3 * 60


def turning(count: int = 3, **changes: object) -> Level:
    """Harvest on a quiet day with 2402 still to come, where locomotives stand at Horgos for exactly 280 minutes."""
    stay = {"min_min": 280.0, "mode_min": 280.0, "max_min": 280.0}
    pools = [{"gauge": 1435, "count": 3}, {"gauge": 1520, "count": count, "turns": [{"to": "horgos", "stay": stay}]}]
    desks = dict.fromkeys(("customs", "terminal"), "reference")
    coming = {"trains__1__standing": None, "trains__1__at": "06:08", "plant_health": None}
    return variant(calm("harvest"), locomotives=pools, desks=desks, **coming | changes)


def in_the_station(level: Level) -> Shift:
    """2402 stands on W2 with the locomotive that brought it from Zhetygen."""
    shift = Shift(level, 1)
    until(shift, "offered", "2402")
    give(shift, "accept 2402 W2")
    until(shift, "arrived", "2402")
    give(shift, "inspect 2402")
    return shift


def sent(level: Level) -> tuple[Shift, int]:
    """2402 has changed its locomotive and is away; the second at which it came to Horgos."""
    shift = in_the_station(level)
    take_off(shift, "2402")
    give(shift, "call-loco 2402")
    until(shift, "loco_on", "2402")
    give(shift, "brake-test 2402 full")
    until(shift, "done", "2402", "brake_full")
    depart(shift, "2402")
    return shift, until(shift, "gone", "2402")


def take_off(shift: Shift, train: str) -> None:
    """Take the locomotive that brought a train off it."""
    until(shift, "arrived", train)
    give(shift, f"secure {train}")
    until(shift, "done", train, "secure")
    give(shift, f"uncouple {train}")
    until(shift, "loco_off", train)


def depart(shift: Shift, train: str) -> None:
    """Send a train as soon as it may go."""
    until(shift, "done", train, "technical")
    for _ in range(400):
        if shift.order(f"depart {train}").accepted:
            return
        shift.advance(shift.now_s + 60)
    raise AssertionError(shift.order(f"depart {train}").reason)


def told(shift: Shift) -> str:
    return " ".join(" ".join(row.text for row in locomotives(shift.view, 200)).split())


def test_the_locomotive_that_brought_a_train_does_not_take_it_over_the_border() -> None:
    shift = in_the_station(turning())
    assert "does not run to horgos" in refused(shift, "depart 2402")
    assert "does not run to horgos" in refused(shift, "brake-test 2402 full")
    steps = [step.name for step in chain(shift.view, shift.view.units["2402"])]
    assert steps == ["accept", "run", "secure", "uncouple", "inspect", "loco", "brake", "papers", "depart"]
    assert {"secure", "uncouple", "call-loco", "brake-test"} <= set(verbs_for(shift.view, "2402"))


def test_without_the_key_a_train_keeps_the_locomotive_that_brought_it() -> None:
    plain = variant(turning(), locomotives__1__turns=[])
    shift = in_the_station(plain)
    assert not {"secure", "uncouple", "call-loco", "brake-test"} & set(verbs_for(shift.view, "2402"))
    assert "locomotive" not in refused(shift, "depart 2402")


def test_a_turn_is_the_run_the_stay_and_the_run_back() -> None:
    shift, gone_s = sent(turning())
    back_s = gone_s + STAY_S + RUN_S + THROAT_S
    start_s = shift.level.start_s
    assert f"turn to Horgos with 2402, back about {clock(start_s, back_s)}" in told(shift)
    assert "2 free" in told(shift)
    assert until(shift, "loco_turns", most_s=40_000) == gone_s + STAY_S
    assert f"comes back from Horgos, here about {clock(start_s, back_s)}" in told(shift)
    assert "◆2402/L▸" in "\n".join(row.text for row in panel_rows(shift.view, 80, 60))
    assert until(shift, "loco_back", most_s=40_000) == back_s
    assert "Horgos" not in told(shift)
    assert "3 free" in told(shift)


def test_a_light_engine_holds_the_line_and_waits_for_it_like_any_train() -> None:
    """2404 is sent in the minute in which the locomotive of 2402 could come back: that stands until the line is free."""
    shift, gone_s = sent(turning(trains__4__at="09:00"))
    free_s = gone_s + STAY_S
    until(shift, "offered", "2404")
    give(shift, "accept 2404 W3")
    take_off(shift, "2404")
    give(shift, "inspect 2404")
    give(shift, "call-loco 2404")
    until(shift, "loco_on", "2404")
    give(shift, "brake-test 2404 full")
    shift.advance(free_s - 120)
    give(shift, "depart 2404")
    gone_too_s = until(shift, "gone", "2404", most_s=40_000)
    assert gone_too_s > free_s
    held = [event.t for event in shift.events if event.code == "entered" and event.args == ("2402/L", "border-1520/1")]
    shift.advance(gone_too_s + RUN_S + THROAT_S + 60)
    held = [event.t for event in shift.events if event.code == "entered" and event.args == ("2402/L", "border-1520/1")]
    assert held == [gone_too_s]
    assert [event.t for event in shift.events if event.code == "loco_back" and "2402" in event.args] == [
        gone_too_s + RUN_S + THROAT_S
    ]


def test_who_calls_one_too_many_is_told_when_the_next_is_back() -> None:
    shift, gone_s = sent(turning(count=1, trains__4__at="09:00"))
    until(shift, "offered", "2404")
    give(shift, "accept 2404 W3")
    take_off(shift, "2404")
    back = clock(shift.level.start_s, gone_s + STAY_S + RUN_S + THROAT_S)
    assert refused(shift, "call-loco 2404") == (
        f"no locomotive of 1520 mm is free; the one that took 2402 away is back about {back}"
    )


def test_a_train_sent_over_without_a_brake_test_is_a_mistake() -> None:
    shift = in_the_station(turning())
    take_off(shift, "2402")
    give(shift, "call-loco 2402")
    until(shift, "loco_on", "2402")
    depart(shift, "2402")
    assert [event.args for event in shift.events if event.code == "mistake"] == [("no_brake_test", "2402")]


def test_the_automatic_players_send_both_trains_with_locomotives_of_ours() -> None:
    for player in ("novice", "reference"):
        outcome = play(shipped("harvest"), 2, player)
        away = {line.number for line in outcome.score.trains if line.departed_s is not None}
        assert {"2402", "2404"} <= away


def test_a_what_if_expects_the_locomotive_back_by_what_is_known_of_its_stay() -> None:
    """280 minutes are expected of a stay between one and more than eight hours; the true one is known once it has ended."""
    stay = {"min_min": 60.0, "mode_min": 280.0, "max_min": 500.0}
    shift, gone_s = sent(variant(turning(), locomotives__1__turns=[{"to": "horgos", "stay": stay}]))
    true_s = shift.scenario.stay_s("2402", 1520, "horgos")
    assert true_s != STAY_S
    assert expected_by(shift, gone_s + 60) == STAY_S
    turned_s = until(shift, "loco_turns", most_s=45_000)
    assert turned_s == gone_s + true_s
    assert expected_by(shift, turned_s - 1) == max(STAY_S, true_s - 1)
    assert expected_by(shift, turned_s + 1) == true_s


def expected_by(shift: Shift, now_s: int) -> int:
    """The stay of the locomotive of 2402 as the desks have to expect it at a second."""
    seen = Seen(View(shift.level, shift.scenario))
    for event in shift.events:
        if event.t < now_s:
            seen.hear(event)
    return Foreseen(shift.scenario, seen, {}, now_s).stay_s("2402", 1520, "horgos")
