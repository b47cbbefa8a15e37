"""The port of a year, calibrated and not enriched: published plant and traffic, weeks of trains by chance, the reference at every desk.

What is fitted, since nothing is published of it, is named where it is set.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

from conftest import shipped
from helpers import variant

from corridor_tui.corridor.events import Event
from corridor_tui.level.model import Level
from corridor_tui.scenario.draw import resolve
from corridor_tui.session.shift import Shift

HOUR_S, DAY_S = 3_600, 86_400
_SEA = shipped("across-the-sea")
_LATER = ("PN4", "PN5")
BASE = variant(
    _SEA,
    stations__2__tracks=[track.model_dump() for track in _SEA.stations[2].tracks if track.id not in _LATER],
)
"""Its plant before the second facility: six tracks under three RMGs, six of 1435 mm and ten of 1520 mm in the station."""
WARM_D = 2
"""Days that are left out of every count, until the tracks have filled."""
_T = TypeVar("_T")


def service(name: str, kind: str, per_day: float, **more: object) -> dict[str, object]:
    """Trains by chance from Horgos: 45-50 wagons, full, 15 % of the boxes of twenty feet, declared electronically."""
    return {
        "id": name, "kind": kind, "entry": "horgos", "exit": "zhetygen", "per_day": per_day, "wagon": "flat40-cn",
        "wagons": {"least": 46, "most": 50}, "twenties_share": 0.15, "consignments": {"least": 8, "most": 12},
        "papers": "electronic", "stay_h": 12.0, "forecast_h": 12.0,
    } | more  # fmt: skip


def eastbound(per_day: float, **more: object) -> dict[str, object]:
    """Loaded trains to China on 1520 mm, by chance."""
    way: dict[str, object] = {"entry": "zhetygen", "exit": "horgos", "wagon": "grain-flat", "twenties_share": 0.0}
    return service("KZ", "through", per_day, consignments={"least": 3, "most": 5}, **way | more)


def empties(per_day: float, **more: object) -> dict[str, object]:
    """Rakes of empty 80-foot platforms for what the cranes lift, by chance: their owners send them, not the desk."""
    way: dict[str, object] = {"entry": "zhetygen", "exit": None, "wagon": "flat80", "wagons": {"least": 26, "most": 27}}
    return service("EM", "empties", per_day, consignments=None, stay_h=None, **way | more)


def tracks(station: int, more: Iterable[dict[str, object]]) -> list[object]:
    """The tracks of a station of the base level and more."""
    return [*(track.model_dump() for track in BASE.stations[station].tracks), *more]


SECOND_FACILITY = {
    "stations__2__tracks": tracks(2, (track.model_dump() for track in _SEA.stations[2].tracks if track.id in _LATER))
}
"""Two additional tracks, 2022; of 1435 mm by the trade press."""
TEN_TRACKS = {
    "stations__1__tracks": tracks(
        1,
        (
            {"id": f"W{n}", "gauge": 1520, "length_m": 1050.0, "use": use}
            for n, use in enumerate(["receiving"] * 3 + ["storage"] * 3 + ["departure"] * 4, 11)
        ),
    )
}
"""Ten new broad-gauge tracks, 2025, for sorting, formation and storage of trains; which is for what is assumed."""


def line(pairs: float, rails: int = 1) -> dict[str, object]:
    """The line towards Zhetygen with so many paths a day each way: 17-18 as built, 33 after the works of 2026."""
    at = [round(n * 1_440 / pairs) for n in range(int(pairs))]
    main = [{"id": f"main{n}", "gauge": 1520, "sections": 2} for n in range(rails)]
    return {"lines__2__paths": [f"{m // 60:02d}:{m % 60:02d}" for m in at], "lines__2__tracks": main}


LIFE: list[dict[str, object]] = [
    {"kind": "crane-stop", "id": "minor", "every_h": 120.0},
    {"kind": "crane-stop", "id": "major", "every_h": 3_000.0, "repair": {"median_min": 1_800.0, "p95_min": 5_000.0, "max_min": 5_760.0}},
    *({"kind": "crane-service", "id": f"service{n}", "crane": f"RMG{n}", "every_h": 168.0} for n in (1, 2, 3)),
    {"kind": "wind", "id": "wind", "every_h": 8_760 / 8, "speed_ms": 22.0},
]  # fmt: skip
"""Stops, services and wind as often as assumed: about 97 % of the cranes' time is left."""


def port(days: int, services: list[dict[str, object]], **changes: object) -> Level:
    """The dry port, its station and the border for some days, with services and what is changed of the plant."""
    plain: dict[str, object] = {
        "trains": [], "rakes": [], "services": services, "disruptions": [], "objectives": [], "hints": [], "questions": [],
        "shift__length_min": days * 1_440, "shift__overtime_min": 0.0, "shift__start": "00:00", "shift__settle_h": 48.0,
        "locomotives": [{"gauge": 1435, "count": 6}, {"gauge": 1520, "count": 16}], "customs__officers": 10,
        "desks": dict.fromkeys(("dispatch", "terminal", "customs"), "reference"), "lines__2__paths": [],
    }  # fmt: skip
    return variant(BASE, **plain | changes)


class Tally:
    """What is counted of a run: when each unit came, left and was loaded, and where each container was when."""

    def __init__(self, level: Level, seed: int) -> None:
        self.level = level
        self.days = level.shift_s / DAY_S
        self.codes: Counter[str] = Counter()
        self.offered: dict[str, int] = {}
        self.accepted: dict[str, int] = {}
        self.arrived: dict[str, int] = {}
        self.departed: dict[str, int] = {}
        self.placed: dict[str, int] = {}
        """When each unit came under the cranes."""
        self.released: dict[str, int] = {}
        self.lodged: dict[str, int] = {}
        self.out: list[tuple[str, str, int, int]] = []
        """Each container that left: its train, its rake, its TEU, and when it left."""
        self.handled_h: list[float] = []
        """From its train's coming under the cranes until it stood on a rake, of each container."""
        self._cranes = {name for name, (_, track) in level.tracks.items() if track.use == "crane"}
        self._on: dict[str, list[tuple[str, int]]] = {}
        self._shift = Shift(level, seed, {}, scenario=resolve(level, seed), listener=self._hear)

    def run(self, each_day: Callable[[Shift], None] | None = None) -> "Tally":
        """Play the shift to its end."""
        while not self._shift.over:
            self._shift.advance(self._shift.now_s + DAY_S)
            if each_day is not None:
                each_day(self._shift)
        return self

    def _hear(self, event: Event) -> None:
        code, args = event.code, event.args
        self.codes[code] += 1
        first = {"offered": self.offered, "accepted": self.accepted, "released": self.released, "lodged": self.lodged}
        if code in first:
            first[code].setdefault(str(args[0]), event.t)
        elif code == "arrived":
            times = self.placed if args[1] in self._cranes else self.arrived
            times.setdefault(str(args[0]), event.t)
        elif code == "lifted" and args[2] != "stack":
            box = self._shift.view.boxes[str(args[1])]
            self._on.setdefault(str(args[2]), []).append((box.train, box.teu))
            self.handled_h.append((event.t - self.placed[box.train]) / HOUR_S)
        elif code == "departed":
            self.departed[str(args[0])] = event.t
            self.out += [(train, str(args[0]), teu, event.t) for train, teu in self._on.pop(str(args[0]), ())]

    # what comes out

    @property
    def counted_d(self) -> float:
        """The days that are counted."""
        return self.days - WARM_D

    def teu_a_year(self) -> float:
        """TEU that left towards Zhetygen, a year."""
        return sum(teu for *_, teu, at_s in self.out if at_s >= WARM_D * DAY_S) / self.counted_d * 365

    def boxes_a_day(self) -> float:
        """Containers that left towards Zhetygen, a day."""
        return sum(at_s >= WARM_D * DAY_S for *_, at_s in self.out) / self.counted_d

    def trains_a_day(self, times: dict[str, int], *services: str) -> float:
        """How many trains of some services have a time, a day."""
        return sum(count for count in self.by_day(times, *services)) / self.counted_d

    def by_day(self, times: dict[str, int], *services: str) -> list[int]:
        """How many trains of some services have their time on each day that is counted."""
        found = Counter(at_s // DAY_S for name, at_s in times.items() if name.rstrip("0123456789") in services)
        return [found[day] for day in range(WARM_D, round(self.days))]


def replicate(measure: Callable[[int], _T], count: int) -> list[_T]:
    """What a measure gives for the seeds 1 to `count`; many of them are shared among processes that give way to others."""
    seeds = range(1, count + 1)
    if count < 10:
        return [measure(seed) for seed in seeds]
    with ProcessPoolExecutor(os.cpu_count(), initializer=os.nice, initargs=(10,)) as pool:
        return list(pool.map(measure, seeds))


def staffed(times: int) -> dict[str, object]:
    """So many times the staff of the base level: 83 people in 2015, about 180 in 2021."""
    return {"staff": {name: count * times for name, count in BASE.staff.model_dump().items()}}
