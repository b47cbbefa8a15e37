"""Which consignments are odd, and in what: kinds are drawn first, families after what a consignment can have."""

from collections.abc import Callable
from typing import TypeAlias

from corridor_tui.level.base import Lane
from corridor_tui.level.model import Level
from corridor_tui.level.risk import ERRORS, OFFENCES, Family, FamilyShares
from corridor_tui.level.traffic import Cases, Kind, Train
from corridor_tui.scenario.streams import below, stream

Lot: TypeAlias = tuple[Kind, float]
"""A kind of case that a consignment was given, and the chance by which its family is drawn."""
_OF_KIND: dict[Kind, tuple[Family, ...]] = {
    "error": ERRORS,
    "offence": OFFENCES,
    "lookalike": (*ERRORS, *OFFENCES),
}

_OTHER_GOODS: frozenset[tuple[Kind, Family]] = frozenset(
    {("offence", "goods"), ("offence", "undeclared"), ("offence", "concealed")}
)
_SHOWS: dict[str, frozenset[tuple[Kind, Family]]] = {
    "scan": _OTHER_GOODS | {("error", "mass")},
    "open": _OTHER_GOODS | {("error", "seal")},
    "unload": _OTHER_GOODS | {("error", "seal"), ("error", "packages"), ("error", "mass")},
}
"""What each physical rung can bring to light; barred goods are just what the papers say."""
_IN_TIME = 0.8
"""Papers that should come later than this share of the shift leave too little of it to decide on them; assumed."""


def shown(rung: str, kind: Kind, of: Family) -> str:
    """What a physical rung brings to light of a case: "clean", "suspect" of a scan, or the case's family."""
    if (kind, of) not in _SHOWS[rung]:
        return "clean"
    return "suspect" if rung == "scan" else of


def family(kind: Kind, u: float, shares: FamilyShares, fits: Callable[[Family], bool]) -> Family | None:
    """The family at a share `u` of those that a consignment can have; None where it can have none."""
    table = [(name, float(getattr(shares, name))) for name in _OF_KIND[kind] if fits(name)]
    rest = u * sum(share for _, share in table)
    for name, share in table:
        if rest < share:
            return name
        rest -= share
    return None


def kind_of(cases: Cases, u: float) -> Kind | None:
    """The kind of case at a share `u` of a calibrated level's consignments."""
    if u < cases.offence_share:
        return "offence"
    if u < cases.offence_share + cases.error_share:
        return "error"
    if u < cases.offence_share + cases.error_share + cases.lookalike_share:
        return "lookalike"
    return None


def dressed_share(level: Level) -> float:
    """How often a fault comes with a legal oddity: as often as papers without a fault have one."""
    cases = level.customs.cases
    if cases.errors is None and cases.lookalikes is None:
        sound = 1 - cases.error_share - cases.offence_share
        return min(1.0, cases.lookalike_share / sound) if sound > 0 else 0.0
    count = sum(train.consignments for train in level.trains if train.kind == "container")
    return min(1.0, (cases.lookalikes or 0) / max(1, count - (cases.errors or 0)))


def scatter(
    level: Level, seed: int, lanes: Callable[[Train], list[Lane]], name_of: Callable[[str, int], str]
) -> dict[str, Lot] | None:
    """Spread an exact number of cases, first over what can be worked in the shift; None where shares rule."""
    cases = level.customs.cases
    if cases.errors is None and cases.lookalikes is None:
        return None
    flagged, green = _candidates(level, lanes, name_of)
    draws = stream(seed, "cases", level.id)
    for names in (flagged, green):
        for index in range(len(names) - 1, 0, -1):
            other = below(draws.random(), index + 1)
            names[index], names[other] = names[other], names[index]
        names.sort(key=lambda item: not item[1])
    placed: dict[str, Lot] = {name: ("error", draws.random()) for name, _ in green[: cases.unflagged]}
    kinds: list[Kind] = ["error"] * ((cases.errors or 0) - cases.unflagged)
    kinds += ["lookalike"] * (cases.lookalikes or 0)
    if draws.random() < cases.offence_chance:
        kinds.insert(0, "offence")
    for kind, (name, _) in zip(kinds, flagged, strict=False):
        placed[name] = (kind, draws.random())
    return placed


_Candidates: TypeAlias = list[tuple[str, bool]]
"""Consignments, and whether their papers come early enough to be decided in the shift."""


def _candidates(
    level: Level, lanes: Callable[[Train], list[Lane]], name_of: Callable[[str, int], str]
) -> tuple[_Candidates, _Candidates]:
    """The flagged and the green consignments that may be given a case.

    Where the risk engine works by criteria nobody knows beforehand what it will flag: all are treated alike.
    """
    flagged: _Candidates = []
    green: _Candidates = []
    for train in level.trains:
        scripts = {script.number: script for script in train.scripted}
        for number, lane in enumerate(lanes(train) if train.kind == "container" else [], 1):
            script = scripts.get(number)
            if script is None or (script.case is None and not script.clean):
                alike = level.customs.selectivity is not None or lane in ("yellow", "red")
                (flagged if alike else green).append((name_of(train.number, number), _workable(level, train, number)))
    return flagged, green


def _workable(level: Level, train: Train, number: int) -> bool:
    """Whether a consignment's papers should come early enough in the shift to be decided in it."""
    if train.papers == "lodged":
        return True
    whole = level.customs.paper_min if train.papers == "paper" else level.customs.electronic_min
    arrival = -train.standing.since_min * 60 if train.standing else level.at_s(train.at)
    return arrival + number / train.consignments * whole * 60 < level.shift_s * _IN_TIME
