"""The score of a run: its losses set between what do-nothing and the reference lose on the same seed."""

from dataclasses import replace

from corridor_tui.level.model import Level
from corridor_tui.scoring.measures import Raw
from corridor_tui.scoring.score import Component, Losses, ObjectiveResult, Scale, Score

_LEAST_SPAN = 1e-9
"""Baselines that lose as much but for rounding leave nothing to measure."""


def judge(raw: Raw, nothing: Raw | None, reference: Raw | None, level: Level) -> Score:
    """Make the score from what the run and the baselines came to; without these the losses stand for themselves."""
    scale = None if nothing is None or reference is None else Scale(nothing.losses, reference.losses)
    return judge_on(raw, scale, level)


def judge_on(raw: Raw, scale: Scale | None, level: Level) -> Score:
    """Make the score: 0 is what do-nothing loses, 100 what the reference loses, then safety is taken off."""
    score = Score(
        0.0, raw.safety, raw.losses, {}, 0, raw.measures, tuple(_objectives(raw, level)), raw.trains, raw.reasons,
        raw.trains_in, raw.trains_out, raw.containers_out,
    )  # fmt: skip
    return rescaled(score, scale, level)


def rescaled(score: Score, scale: Scale | None, level: Level) -> Score:
    """The score that the same losses come to between other baselines."""
    parts = _parts(score.losses, scale, level)
    value = _total(parts, level)
    if any(reason.component == "safety" for reason in score.reasons):
        value = min(value - score.safety, level.scoring.safety.cap)
    total = round(value, 2)
    stars = sum(total >= threshold for threshold in level.scoring.stars)
    return replace(score, total=total, parts=parts, stars=stars, scaled=scale is not None, scale=scale)


def _weights(level: Level) -> dict[Component, float]:
    rates = level.scoring
    return {"time": rates.time.weight, "detection": rates.detection.weight, "resources": rates.resources.weight}


def worth(scale: Scale, level: Level) -> tuple[dict[Component, float], float]:
    """The points that a loss unit of each component takes off the total, and the total of who loses nothing at all."""
    weights = {part: weight for part, weight in _weights(level).items() if _measurable(scale, part, weight)}
    whole = sum(weights.values())
    spans = {part: scale.nothing.of(part) - scale.reference.of(part) for part in weights}
    points = {part: 100 * weight / whole / spans[part] for part, weight in weights.items()}
    return points, sum(each * scale.nothing.of(part) for part, each in points.items())


def _measurable(scale: Scale, part: Component, weight: float) -> bool:
    return scale.nothing.of(part) - scale.reference.of(part) > _LEAST_SPAN and weight > 0


def _parts(losses: Losses, scale: Scale | None, level: Level) -> dict[Component, float | None]:
    """The components between the baselines; None where these lose the same, or the level gives it no weight."""
    parts: dict[Component, float | None] = {}
    for component, weight in _weights(level).items():
        parts[component] = None
        if scale is not None and _measurable(scale, component, weight):
            most, least = scale.nothing.of(component), scale.reference.of(component)
            parts[component] = 100 * (most - losses.of(component)) / (most - least)
    return parts


def _total(parts: dict[Component, float | None], level: Level) -> float:
    weights = _weights(level)
    counted = [(weights[component], part) for component, part in parts.items() if part is not None]
    whole = sum(weight for weight, _ in counted)
    return sum(weight * part for weight, part in counted) / whole if whole else 0.0


def _objectives(raw: Raw, level: Level) -> list[ObjectiveResult]:
    results = []
    for goal in level.objectives:
        value, in_time = raw.objectives[goal.id]
        at_most = goal.at_most is not None
        target = (goal.at_most if at_most else goal.at_least) or 0.0
        met = in_time and value is not None and (value <= target if at_most else value >= target)
        results.append(ObjectiveResult(goal.id, goal.text.own, goal.measure, value, target, at_most, met))
    return results
