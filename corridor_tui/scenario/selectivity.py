"""The risk engine: which lane a consignment gets, from what is declared, the criteria in force and its own hidden lots.

Nothing here draws: other criteria send other consignments to other lanes, and chance stays as it was.
"""

from collections.abc import Iterable, Mapping, Sequence
from math import prod
from typing import TypeAlias

from corridor_tui.level.base import Lane
from corridor_tui.level.risk import Pattern, Selectivity, Sign
from corridor_tui.scenario.papers import Declared

Settings: TypeAlias = Mapping[str, str]
"""How the criteria are set: a criterion's lane or `off`; `random` and `blue` in per cent; `top-up` as a number."""
RANDOM, BLUE, TOP_UP = "random", "blue", "top-up"
PER_CENT = ("0", "5", "10", "20", "30", "50", "100")
"""The shares that the desk may set."""
TOP_UPS = ("0", "1", "2", "3", "5", "8")
LOTS = 4
"""How many hidden lots a consignment has: for the criteria, the random share, the blue share, the top-up."""


def opening(selectivity: Selectivity) -> dict[str, str]:
    """The settings at the start of the shift."""
    return {
        **{item.id: item.lane for item in selectivity.criteria},
        RANDOM: f"{selectivity.random_share * 100:g}",
        BLUE: f"{selectivity.blue_share * 100:g}",
        TOP_UP: str(selectivity.top_up),
    }


def choices(name: str) -> tuple[str, ...]:
    """What a criterion may be set to."""
    if name == TOP_UP:
        return TOP_UPS
    return PER_CENT if name in (RANDOM, BLUE) else ("off", "yellow", "red")


def risk(signs: Iterable[Sign], item: Declared) -> float:
    """How risky what is declared looks, from 0 to 1: the chance that one of the signs is right, each by itself."""
    return 1 - prod(1 - sign.adds for sign in signs if matches(sign, item))


def matches(criterion: Pattern, item: Declared) -> bool:
    """Whether what is declared meets all that a criterion sets."""
    return (
        (not criterion.regimes or item.regime in criterion.regimes)
        and (not criterion.chapters or item.hs[:2] in criterion.chapters)
        and (not criterion.goods or item.goods in criterion.goods)
        and (not criterion.origins or item.origin in criterion.origins)
        and (not criterion.consignors or item.consignor in criterion.consignors)
        and (criterion.value_usd_from is None or item.value_usd >= criterion.value_usd_from)
        and (criterion.mass_t_from is None or item.mass_t >= criterion.mass_t_from)
    )


def lanes(
    selectivity: Selectivity, settings: Settings, items: Sequence[Declared], lots: Sequence[tuple[float, ...]]
) -> list[Lane]:
    """The lane of each consignment of a train under the criteria in force."""
    found = [_lane(selectivity, settings, item, lot) for item, lot in zip(items, lots, strict=True)]
    short = int(settings[TOP_UP]) - sum(lane in ("yellow", "red") for lane in found)
    free = sorted((lots[place][3], place) for place, lane in enumerate(found) if lane not in ("yellow", "red"))
    for _, place in free[: max(0, short)]:
        found[place] = "yellow"
    return found


def _lane(selectivity: Selectivity, settings: Settings, item: Declared, lot: tuple[float, ...]) -> Lane:
    picked = [
        settings[criterion.id]
        for criterion in selectivity.criteria
        if settings[criterion.id] != "off" and lot[0] < criterion.share and matches(criterion, item)
    ]
    if picked:
        return "red" if "red" in picked else "yellow"
    if lot[1] * 100 < float(settings[RANDOM]):
        return "yellow"
    return "blue" if lot[2] * 100 < float(settings[BLUE]) else "green"
