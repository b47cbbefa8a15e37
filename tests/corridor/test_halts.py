"""What hangs on a crane hangs until it goes again, and the seconds of work it has left are kept."""

from functools import partial

from hypothesis import given
from hypothesis import strategies as st

from corridor_tui.corridor.halts import Halts, Step
from corridor_tui.corridor.kernel import Clockwork


def hung(lasts_s: int, *stands: tuple[int, int]) -> list[int]:
    """When what hangs for so many seconds of work is set down; `stands`: from and until when the crane stands still."""
    env, done = Clockwork(), list[int]()
    halts = Halts(env)

    def set_down() -> None:
        done.append(env.now)
        halts.rest("RMG-1")

    for from_s, until_s in stands:
        env.call(from_s, partial(halts.stop, "RMG-1"))
        env.call(until_s, partial(halts.start, "RMG-1"))
    halts.work("RMG-1", lambda: halts.hang("RMG-1", lasts_s, set_down))
    env.advance(100_000)
    return done


def test_a_lift_takes_its_seconds() -> None:
    assert hung(100) == [100]


def test_a_crane_that_stands_still_ends_its_lift_later_by_as_long() -> None:
    assert hung(100, (40, 70)) == [130]


def test_a_crane_that_stops_in_the_second_in_which_it_goes_again_keeps_what_is_left() -> None:
    assert hung(100, (40, 70), (70, 90)) == [150]


def test_what_begins_in_the_second_of_the_stop_hangs_whole() -> None:
    env, done = Clockwork(), list[int]()
    halts = Halts(env)
    halts.work("RMG-1", lambda: halts.hang("RMG-1", 100, lambda: done.append(env.now)))
    halts.stop("RMG-1")
    env.call(30, partial(halts.start, "RMG-1"))
    env.advance(1_000)
    assert done == [130]


@given(st.integers(1, 500), st.lists(st.integers(1, 100), max_size=8))
def test_work_and_standing_add_up(lasts_s: int, gaps: list[int]) -> None:
    edges, at = list[int](), 0
    for gap in gaps:
        at += gap
        edges.append(at)
    stands = list(zip(edges[::2], edges[1::2], strict=False))
    ends_s = lasts_s
    for from_s, until_s in stands:
        ends_s += until_s - from_s if from_s <= ends_s else 0
    assert hung(lasts_s, *stands) == [ends_s]


def test_who_waits_for_a_place_after_a_lift_can_be_stopped() -> None:
    env, waiting = Clockwork(), dict[str, Step]()
    halts = Halts(env)
    halts.work("RMG-1", lambda: halts.hang("RMG-1", 20, lambda: halts.wait("RMG-1", waiting, lambda: None)))
    env.call(50, partial(halts.stop, "RMG-1"))
    env.advance(100)
    assert not waiting
    assert "RMG-1" in halts.down


def test_who_waits_for_a_place_looks_again_when_it_has_stood_still_meanwhile() -> None:
    env, looked, waiting = Clockwork(), list[int](), dict[str, Step]()
    halts = Halts(env)
    halts.work("RMG-1", lambda: halts.wait("RMG-1", waiting, lambda: looked.append(env.now)))
    env.advance(10)
    assert list(waiting) == ["RMG-1"]
    halts.stop("RMG-1")
    assert not waiting
    env.call(5, partial(halts.start, "RMG-1"))
    env.advance(100)
    assert looked == [5]
