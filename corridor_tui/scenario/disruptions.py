"""The disruptions of a scenario: when each comes where that is not up to the run, and how long it lasts."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from corridor_tui.level.disruptions import Call, CraneStop, Disruption, DocumentHold, MachineStop
from corridor_tui.level.model import Level
from corridor_tui.scenario.streams import below, seconds, stream


@dataclass(frozen=True, slots=True)
class Upcoming:
    """A disruption that will come: at a second of the shift, or, where that is None, once its condition holds.

    `lasts_s` is how long it lasts, a repair and a caller's patience included; `plant` the crane or machine it stops.
    """

    id: str
    spec: Disruption
    at_s: int | None
    lasts_s: int
    plant: str | None = None


def draw(level: Level, seed: int) -> tuple[Upcoming, ...]:
    """Resolve the disruptions of a level, in the order of the file and, where drawn, of time; but what comes with papers."""
    drawn = holds(level)
    return tuple(item for spec in level.disruptions if spec not in drawn for item in _of(level, seed, spec))


def holds(level: Level) -> tuple[DocumentHold, ...]:
    """The holds of papers that are drawn over the trains."""
    return tuple(spec for spec in level.disruptions if isinstance(spec, DocumentHold) and spec.share is not None)


def held(hold: DocumentHold, seed: int, train: str, consignments: int) -> tuple[int, int] | None:
    """Which consignment of a train a drawn hold is of, from 1, and for how many seconds; None: of none."""
    draws = stream(seed, "hold", f"{hold.id}/{train}")
    if draws.random() >= (hold.share or 0):
        return None
    return 1 + below(draws.random(), consignments), seconds(hold.lasts, draws.random())


def _of(level: Level, seed: int, spec: Disruption) -> Iterator[Upcoming]:
    own = spec.machine if isinstance(spec, MachineStop) else getattr(spec, "crane", None)
    if spec.every_h is None:
        at_s = None if spec.at is None else level.at_s(spec.at)
        yield Upcoming(spec.id, spec, at_s, _lasts_s(spec, stream(seed, "disruption", spec.id).random()), own)
        return
    for name in [own] if own is not None else _plant(level, spec):
        draws, at = stream(seed, "disruption", f"{spec.id}/{name}"), 0.0
        for count in range(1, level.shift_s):
            at += max(1.0, -math.log(1 - draws.random()) * spec.every_h * 3_600)
            lasts_s = _lasts_s(spec, draws.random())
            if at >= level.shift_s:
                break
            yield Upcoming(f"{spec.id}/{name}/{count}" if name else f"{spec.id}/{count}", spec, int(at), lasts_s, name)


def _plant(level: Level, spec: Disruption) -> list[str] | list[None]:
    """What a disruption that names nothing comes to, each on its own calendar."""
    match spec:
        case CraneStop():
            return [crane.id for crane in level.terminal.cranes]
        case MachineStop():
            return [machine.id for machine in level.terminal.machines]
        case _:
            return [None]


def _lasts_s(spec: Disruption, u: float) -> int:
    if isinstance(spec, Call):
        return round(spec.wait_min * 60)
    return seconds(spec.repair if isinstance(spec, CraneStop | MachineStop) else spec.lasts, u)
