"""Parts of the desk by themselves, without a screen: the clock, a number that is typed, what is read of the score."""

from conftest import shipped
from textual.events import Key

from corridor_tui.session.guide import Guide
from corridor_tui.session.running import Meter
from corridor_tui.session.shift import Shift
from corridor_tui.tui.arrange import Before
from corridor_tui.tui.clock import Clock
from corridor_tui.tui.loss import READ_S, Loss
from corridor_tui.tui.numbers import Number

LEVEL = "fifty-five-minutes"


class Chosen:
    """Notes what is chosen by its number, and whether what was so before is again."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def show(self, name: str) -> None:
        self.told.append(name)

    def remember(self) -> Before:
        return Before({"trains": "2402"}, "all", None, None)

    def recall(self, before: Before) -> None:
        self.told.append(f"again {before.choices['trains']}")


def test_the_clock_goes_on_when_the_last_reason_to_stand_is_gone() -> None:
    wall, shift = [0.0], Shift(shipped(LEVEL), 1)
    begun_s = shift.now_s
    clock = Clock(shift, lambda: wall[0], Guide(shift))
    assert (clock.held, clock.stands) == (True, True)
    clock.turn()
    assert (clock.held, clock.stands) == (False, False)
    clock.cover()
    assert (clock.held, clock.stands) == (True, False)
    clock.hold("guide", on=True)
    clock.uncover()
    assert (clock.held, clock.stands) == (True, True)
    wall[0] += 0.5
    assert clock.catch_up(shift) is None
    assert shift.now_s == begun_s
    clock.hold("guide", on=False)
    assert (clock.held, clock.stands) == (False, False)
    wall[0] += 0.5
    clock.catch_up(shift)
    assert shift.now_s - begun_s == shift.level.shift.default_speed // 2


def test_running_on_stops_by_itself_and_says_why() -> None:
    shift = Shift(shipped(LEVEL), 1)
    clock = Clock(shift, lambda: 0.0, Guide(shift))
    clock.turn()
    clock.running_on = True
    why = None
    while why is None:
        why = clock.catch_up(shift)
    assert why == "08:09: your turn"  # somebody calls; what they ask stands beside it
    assert shift.view.ringing(shift.desks)
    assert not clock.running_on
    assert clock.pace.due_s() == shift.now_s


def test_a_number_chooses_as_it_is_typed_and_escape_takes_that_back() -> None:
    view, chosen, went, refused = Shift(shipped(LEVEL), 1).view, Chosen(), list[str](), list[int]()
    number = Number(chosen, went.append, lambda: None, lambda: refused.append(1))

    def press(*keys: str) -> list[bool]:
        return [number.takes(Key(key, key if len(key) == 1 else None), view, bound=False) for key in keys]

    assert press(*"2402") == [False] * 4  # digits alone are keys of the desk
    assert press("X", *"8041", "enter") == [True] * 6
    assert chosen.told[-1] == "X8041"
    assert went == ["X8041"]
    assert press("X", "Q", "escape") == [True] * 3
    assert refused == [1]
    assert chosen.told[-1] == "again 2402"
    assert went == ["X8041"]


def test_what_is_lost_is_read_when_something_happened_and_no_oftener_than_is_worth_it() -> None:
    wall = [0.0]
    loss = Loss(Meter(Shift(shipped(LEVEL), 1)), lambda: wall[0])
    due = [loss.due]
    loss.read()
    assert loss.last is not None
    wall[0] += 2 * READ_S
    due.append(loss.due)
    loss.happened()
    due.append(loss.due)
    loss.read()
    loss.happened()
    due.append(loss.due)
    assert due == [True, False, True, False]
