"""A bound once it is found, and the words for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from corridor_tui.language import N_, _
from corridor_tui.scoring.score import Component, Losses, Score

_PARTS: Mapping[Component, str] = {
    "time": N_("time"),
    "detection": N_("detection"),
    "resources": N_("resources"),
}
HINDRANCES: Mapping[str, str] = MappingProxyType(
    {
        "clearance": N_("that cranes stand in each other's way"),
        "disruptions": N_("the disruptions of the shift"),
        "windows": N_("the hours in which a line is closed or slow"),
    }
)
"""What the solver's corridor may leave out, in words."""
_SHOWN = 0.05
"""Points below this are nothing."""


@dataclass(frozen=True, slots=True)
class Bound:
    """What nobody could have surpassed. `total` is on the scale of the score.

    `least`: whether the solver searched to the end; if not, more work might prove less. `losses`: those of its best plan,
    and `worth` the points of a loss unit of each component that counts; None where it found no plan in time.
    """

    total: float
    least: bool
    losses: Losses | None
    worth: dict[Component, float]
    without: tuple[str, ...] = ()
    """Hindrances of the level that are left out, each of which only takes points away: keys of `HINDRANCES`."""

    def gap(self, lost: Losses) -> dict[Component, float]:
        """By how many points the best plan is better in each component than a run that lost so much; empty: not known."""
        if self.losses is None:
            return {}
        return {part: each * (lost.of(part) - self.losses.of(part)) for part, each in self.worth.items()}


def bound_lines(found: Bound, score: Score | None = None) -> list[str]:
    """What a bound says, line by line: set beside a run's score if there is one, and where the difference lies."""
    most = f"{found.total:.1f}"
    if score is None or not score.scaled:
        lines = [_("the reference 100, nobody could reach more than {most} on this seed", most=most)]
    else:
        yours = f"{score.total:.1f}"
        text = _(
            "yours {yours}, the reference 100, nobody could have reached more than {most} on this seed",
            yours=yours,
            most=most,
        )
        lines = [text]
    if score is not None and (parts := _parts(found, score.losses)):
        lines.append(_("where the difference lies, in points: {parts}", parts=parts))
    if found.without:
        left_out = ", ".join(_(HINDRANCES[each]) for each in found.without)
        lines.append(_("left out, since it can only take points away: {what}", what=left_out))
    if found.least:
        lines.append(_("it is proven that nobody could, not that somebody can: the best plan leaves hindrances out"))
    else:
        lines.append(
            _("at most {most}; not proved to be reachable: with more work the solver may prove less", most=most)
        )
    return lines


def _parts(found: Bound, lost: Losses) -> str:
    """The points of each component in which the best plan is better or worse, the most first."""
    gap = sorted(found.gap(lost).items(), key=lambda item: -item[1])
    return ", ".join(f"{_(_PARTS[part])} {points:+.1f}" for part, points in gap if abs(points) >= _SHOWN)
