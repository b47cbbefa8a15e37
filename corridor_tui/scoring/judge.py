"""The score of a run: its losses set between what do-nothing and the reference lose on the same seed."""

from corridor_tui.level.model import Level
from corridor_tui.scoring.measures import Raw
from corridor_tui.scoring.score import COMPONENTS, Component, ObjectiveResult, Score

_LEAST_SPAN = 1e-9


def judge(raw: Raw, nothing: Raw | None, reference: Raw | None, level: Level) -> Score:
    """Make the score: 0 is what do-nothing loses, 100 what the reference loses, then safety is taken off.

    Without the baselines the losses stand for themselves.
    """
    weights: dict[Component, float] = {
        "time": level.scoring.time.weight,
        "detection": level.scoring.detection.weight,
        "resources": level.scoring.resources.weight,
    }
    parts: dict[Component, float | None] = {}
    for component in COMPONENTS:
        most, least = (0.0 if each is None else each.losses.of(component) for each in (nothing, reference))
        measurable = most - least > _LEAST_SPAN and weights[component] > 0
        parts[component] = 100 * (most - raw.losses.of(component)) / (most - least) if measurable else None
    counted = [(weights[component], part) for component, part in parts.items() if part is not None]
    whole = sum(weight for weight, _ in counted)
    value = sum(weight * part for weight, part in counted) / whole if whole else 0.0
    if any(reason.component == "safety" for reason in raw.reasons):
        value = min(value - raw.safety, level.scoring.safety.cap)
    total = round(value, 2)
    return Score(
        total,
        raw.safety,
        raw.losses,
        parts,
        sum(total >= threshold for threshold in level.scoring.stars),
        raw.measures,
        tuple(_objectives(raw, level)),
        raw.trains,
        raw.reasons,
        raw.trains_in,
        raw.trains_out,
        raw.containers_out,
        scaled=nothing is not None and reference is not None,
    )


def _objectives(raw: Raw, level: Level) -> list[ObjectiveResult]:
    results = []
    for goal in level.objectives:
        value, in_time = raw.objectives[goal.id]
        at_most = goal.at_most is not None
        target = (goal.at_most if at_most else goal.at_least) or 0.0
        met = in_time and value is not None and (value <= target if at_most else value >= target)
        results.append(ObjectiveResult(goal.id, goal.text, goal.measure, value, target, at_most, met))
    return results
