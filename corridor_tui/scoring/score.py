"""The score: what a run measured, what it lost and why, and what that comes to between do-nothing and the reference."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Component: TypeAlias = Literal["time", "detection", "resources"]


COMPONENTS: tuple[Component, ...] = ("time", "detection", "resources")
NOT_AT_ALL = "not at all"
"""Stands in a reason where a call's answer would, if there was none."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One cause of lost points: the component or "safety", a code with its parameters, the points, and when it began
    and ended in seconds of the shift.
    """

    component: Component | Literal["safety"]
    code: str
    args: tuple[str | int, ...]
    loss: float
    from_s: int
    to_s: int


@dataclass(frozen=True, slots=True)
class TrainLine:
    """One train's times in seconds of the shift; None where it did not come to that."""

    number: str
    arrived_s: int | None
    transfer_start_s: int | None
    transfer_end_s: int | None
    cleared_s: int | None
    departed_s: int | None
    containers: int


@dataclass(frozen=True, slots=True)
class ObjectiveResult:
    """An objective, the value the run reached (None: nothing to measure), its target, and whether it was met."""

    id: str
    text: str
    measure: str
    value: float | None
    target: float
    at_most: bool
    met: bool


@dataclass(frozen=True, slots=True)
class Losses:
    """Loss units by component; smaller is better."""

    time: float
    detection: float
    resources: float

    def of(self, component: Component) -> float:
        """One component's loss."""
        return {"time": self.time, "detection": self.detection, "resources": self.resources}[component]


@dataclass(frozen=True, slots=True)
class Scale:
    """What the baselines lose on a seed: where 0 and 100 points are."""

    nothing: Losses
    reference: Losses


@dataclass(frozen=True, slots=True)
class Score:
    """The result of a run.

    `total`: 0 is what do-nothing loses on this seed, 100 what the reference loses, less the safety deductions. `parts`
    are the component scores on that scale (None: nothing to measure on this seed, its weight is shared out).
    """

    total: float
    safety: float
    losses: Losses
    parts: dict[Component, float | None]
    stars: int
    measures: dict[str, float | None]
    objectives: tuple[ObjectiveResult, ...]
    trains: tuple[TrainLine, ...]
    reasons: tuple[Reason, ...]
    trains_in: int
    trains_out: int
    containers_out: int
    scaled: bool = True
    """False where no baselines were played: then the losses stand for themselves, and there is no total and no star."""
    scale: Scale | None = None
    """What the total was set against; None where no baselines were played, and in runs kept before it was noted."""
