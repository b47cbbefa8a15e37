"""Playing shifts by hand in tests."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random

from conftest import shipped

from corridor_tui.corridor.events import Event
from corridor_tui.corridor.options import all_orders
from corridor_tui.corridor.state import LORRY, WAREHOUSE, ZONE
from corridor_tui.corridor.view import View
from corridor_tui.level.model import Level
from corridor_tui.session.shift import Shift


def give(shift: Shift, *orders: str) -> None:
    """Give orders that must be accepted."""
    for text in orders:
        answer = shift.order(text)
        assert answer.accepted, f"{text}: {answer.reason}"


def refused(shift: Shift, order: str) -> str:
    """Give an order that must be refused, and return the reason."""
    answer = shift.order(order)
    assert not answer.accepted, order
    assert answer.reason
    return answer.reason


def until(shift: Shift, code: str, *args: str, most_s: int = 20_000) -> int:
    """Let time pass until an event happens; returns its second."""
    seen = 0
    while shift.now_s < most_s:
        for event in shift.events[seen:]:
            if event.code == code and event.args[: len(args)] == args:
                return event.t
        seen = len(shift.events)
        shift.advance(shift.now_s + 30)
        if shift.over:
            break
    raise AssertionError(f"{code} {args} did not happen by {shift.now_s}")


def one_train() -> Shift:
    """First train on a day without disruptions, with every desk in our hands."""
    return Shift(calm("first-train"), 1)


def being_inspected() -> Shift:
    """The same five seconds after its train, on N1, was ordered to be secured and inspected."""
    shift = one_train()
    until(shift, "offered", "X8001")
    give(shift, "accept X8001 N1")
    until(shift, "arrived", "X8001")
    give(shift, "secure X8001", "inspect X8001")
    shift.advance(shift.now_s + 5)
    return shift


def calm(name: str) -> Level:
    """A shipped level without its disruptions."""
    return variant(shipped(name), disruptions=())


def by_reference(name: str, at_s: int) -> Shift:
    """A shipped level as far as a second, the reference at every desk."""
    shift = Shift(shipped(name), 1, dict.fromkeys(("dispatch", "terminal", "customs"), "reference"))
    shift.advance(at_s)
    return shift


def two_from_zhetygen() -> Level:
    """Four trains without disruptions, of which the empties and the grain come over the single line one after the other."""
    level = calm("fifty-five-minutes")
    at = {train.number: place for place, train in enumerate(level.trains)}
    empties, grain = f"trains__{at['E901']}", f"trains__{at['2402']}"
    return variant(level, **{f"{empties}__standing": None, f"{empties}__at": "08:12", f"{grain}__at": "08:25"})


def to_the_cranes(shift: Shift) -> None:
    """Bring X8001 in, secured, inspected and under the cranes."""
    until(shift, "offered", "X8001")
    give(shift, "accept X8001 N1")
    until(shift, "arrived", "X8001")
    give(shift, "secure X8001", "inspect X8001")
    until(shift, "done", "X8001", "secure")
    give(shift, "uncouple X8001")
    for task in ("border", "commercial", "technical", "uncouple"):
        until(shift, "done", "X8001", task)
    give(shift, "move X8001 PN1")
    until(shift, "arrived", "X8001", "PN1")


def random_orders(view: View, draws: Random, count: int) -> Iterable[str]:
    """Orders a monkey might give: mostly about what is there, sometimes garbage."""
    orders = [order.text for order in all_orders(view)]
    for _ in range(count):
        if draws.random() < 0.1 or not orders:
            yield draws.choice(
                [
                    "",
                    "accept",
                    "move X Y",
                    "release nothing",
                    "crane RMG1 off",
                    "find a b c d",
                    "hold 2402",
                    "set-out R1 ٣",
                ]
            )
        else:
            yield draws.choice(orders)


def at_random(shift: Shift, draws: Random) -> Iterator[None]:
    """Play a shift to its end with a monkey at the desk, who loses no container and hears why it is refused.

    Tells that there is something to look at: when orders were given, and when they had some time.
    """
    while not shift.over:
        for text in random_orders(shift.view, draws, 6):
            answer = shift.order(text)
            assert answer.accepted or answer.reason
            assert "$" not in answer.reason
        check_no_container_is_lost(shift.view)
        yield
        shift.advance(shift.now_s + 60 * (1 + draws.randrange(12)))
        check_no_container_is_lost(shift.view)
        yield


def check_no_container_is_lost(view: View) -> None:
    """Every container or wagonload that came is on a unit, in the stack or the silo, on a crane, or on a siding; once."""
    places = {number: unit.id for unit in view.units.values() for number in unit.boxes}
    for number, box in view.boxes.items():
        assert box.at == places.get(number, box.at)
        by_road = (LORRY, ZONE, WAREHOUSE) if box.road else ()
        assert box.at in view.units or box.at in view.cranes or box.at in ("stack", "siding", "silo", *by_road)
        assert (box.at in view.units) == (number in places)
    assert view.stack_teu == sum(box.teu for box in view.boxes.values() if box.at == "stack")
    stock_t = 0.0 if view.level.grain is None else view.level.grain.stock_t
    assert view.silo.kg == round(stock_t * 1_000) + sum(box.silo_kg for box in view.boxes.values())
    assert all(0 <= box.silo_kg <= box.declared_kg for box in view.boxes.values())
    assert all(0 <= pool.busy <= pool.total and pool.queue >= 0 for pool in view.pools.values())
    assert all(count >= 0 for count in view.locos.values())


def check_nothing_collides(events: list[Event]) -> None:
    """No two units in one throat or section at any time, by the events alone."""
    held: dict[str, str] = {}
    last = 0
    for event in events:
        assert event.t >= last >= 0
        last = event.t
        if event.code == "entered":
            unit, element = str(event.args[0]), str(event.args[1])
            assert element not in held, f"{unit} entered {element}, where {held[element]} is"
            held[element] = unit
        elif event.code == "freed":
            held.pop(str(event.args[1]), None)


def check_tracks(events: list[Event]) -> None:
    """No two units on one track."""
    stands: dict[str, str] = {}
    for event in events:
        if event.code in ("arrived", "stood"):
            unit, track = str(event.args[0]), str(event.args[1])
            assert stands.get(track, unit) == unit
            for other in [place for place, who in stands.items() if who == unit]:
                del stands[other]
            stands[track] = unit
        elif event.code in ("departed", "freed") and stands.get(str(event.args[1])) == event.args[0]:
            del stands[str(event.args[1])]


def variant(level: Level, **changes: object) -> Level:
    """A level with parts of it written otherwise, by dotted path with `__` for the dots: `trains__0__wagons=20`."""
    document = level.model_dump()
    for path, value in changes.items():
        *parents, last = path.split("__")
        place: object = document
        for part in parents:
            place = place[int(part)] if isinstance(place, list | tuple) else _table(place)[part]
        _table(place)[last] = value
    return Level.model_validate(document)


def _table(place: object) -> dict[str, object]:
    assert isinstance(place, dict)
    return place


def killed_with_children(script: Path, *args: str) -> list[int]:
    """The processes that a script had begun and told in its first line, once they have ended because it was killed."""
    with subprocess.Popen([sys.executable, str(script), *args], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        children = [int(pid) for pid in parent.stdout.readline().split()]
        parent.kill()
    end = time.monotonic() + 30
    while any(alive(pid) for pid in children):
        assert time.monotonic() < end
        time.sleep(0.05)
    return children


def alive(pid: int) -> bool:
    """Whether a process runs; one that only waits to be noticed does not."""
    if Path("/proc/self/stat").exists():  # a bare Linux has no `ps`
        try:
            return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
        except OSError:
            return False
    done = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return bool(done.stdout.strip()) and not done.stdout.strip().startswith("Z")


def half_told(_alive: Connection, tells: Connection, _text: str, _seed: int) -> None:
    """What a process does that is ended while it tells of something: of a message only the beginning has come."""
    os.write(tells.fileno(), (100).to_bytes(4, "big") + b"half")
    os.kill(os.getpid(), signal.SIGKILL)
