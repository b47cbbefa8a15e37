"""What the customs desk's mistakes cost: verdict, reason and rule each apart; and how good its eye was."""

import math
from dataclasses import dataclass

from corridor_tui.corridor.checks_customs import PHYSICAL
from corridor_tui.level.base import Desk
from corridor_tui.level.model import Level
from corridor_tui.scenario.rules import reason_stands
from corridor_tui.scenario.values import Truth
from corridor_tui.scoring.record import Record
from corridor_tui.scoring.score import Reason

_FAULTS = ("error", "offence")
_Z95 = 1.96


def fault(record: Record, name: str) -> Truth | None:
    """What is wrong with a consignment; None where nothing is, or it only looks so."""
    truth = record.audit.get(name)
    return truth if truth is not None and truth.kind in _FAULTS else None


def detection_reasons(level: Level, record: Record, desks: frozenset[Desk]) -> list[Reason]:
    """Wrong verdicts, and, where the verdict was right, wrong reasons and wrong rules; work without ground; what was left.

    Each reason is an event of its own that nothing later takes back, so that no further mistake makes a loss smaller.
    """
    if "customs" not in desks:
        return []
    reasons = [*_verdicts(level, record), *_claims(level, record), *_rungs(level, record)]
    return sorted(reasons, key=lambda reason: (reason.from_s, reason.args))


def _lost(code: str, name: str, what: str, loss: float, at_s: int) -> Reason:
    return Reason("detection", code, (name, what), loss, at_s, at_s)


def _verdicts(level: Level, record: Record) -> list[Reason]:
    """Release, detention, or nothing decided."""
    rates, reasons = level.scoring.detection, list[Reason]()
    upheld = {answer.consignment for answer in record.settled if answer.outcome == "upheld"}
    for name, dossier in record.view.dossiers.items():
        truth, released_s, detained_s = fault(record, name), record.released.get(name), record.detained.get(name)
        if released_s is not None and truth is not None and name not in upheld:
            loss = rates.offence_miss if truth.kind == "offence" else rates.miss
            reasons.append(_lost("miss", name, truth.family, loss, released_s))
        if detained_s is not None and (truth is None or truth.kind != "offence"):
            what = "sound" if truth is None else truth.family
            reasons.append(_lost("wrong_detention", name, what, rates.wrong_detention, detained_s))
        elif detained_s is not None and name not in record.grounds:
            reasons.append(_lost("no_reason", name, "", rates.wrong_reason, detained_s))
            reasons.append(_lost("no_rule", name, "", rates.wrong_rule, detained_s))
        lodged = dossier.lodged_s is not None and dossier.lodged_s < record.end_s
        if lodged and released_s is None and detained_s is None and name not in upheld:
            reasons.append(_lost("undecided", name, "", rates.undecided, record.end_s))
    return reasons


def _claims(level: Level, record: Record) -> list[Reason]:
    """Findings that fell: a false alarm where nothing is wrong, else whatever of the finding was."""
    rates, reasons = level.scoring.detection, list[Reason]()
    for answer in record.settled:
        if answer.outcome != "answered":
            continue
        name, truth = answer.consignment, fault(record, answer.consignment)
        if truth is None or not answer.rule:
            reasons.append(_lost("false_alarm", name, "", rates.false_alarm, answer.at_s))
            continue
        if not reason_stands(truth, answer.first, answer.second):
            reasons.append(_lost("wrong_reason", name, truth.family, rates.wrong_reason, answer.at_s))
        if answer.rule != truth.family:
            reasons.append(_lost("wrong_rule", name, truth.family, rates.wrong_rule, answer.at_s))
    return reasons


def _rungs(level: Level, record: Record) -> list[Reason]:
    """Rungs of the ladder that nothing called for: neither the lane nor the papers."""
    rates, reasons = level.scoring.detection, list[Reason]()
    for name, rungs in record.rungs.items():
        lane, flawed, physical = record.lanes.get(name), fault(record, name) is not None, False
        for rung, at_s in rungs:
            own = (rung == "check" and lane in ("yellow", "red")) or (
                rung in PHYSICAL and lane == "red" and not physical
            )
            # What looks wrong may be asked about where the lane calls for a look at all.
            curious = rung == "request" and lane in ("yellow", "red") and name in record.audit
            physical = physical or rung in PHYSICAL
            if not (own or curious or flawed):
                reasons.append(_lost("unjustified", name, rung, rates.unjustified, at_s))
    reasons += [_lost("unjustified", name, "supervisor", rates.unjustified, at_s) for name, at_s in record.denied]
    return reasons


@dataclass(frozen=True, slots=True)
class Share:
    """A share with its error: so many of so many, and the half width of its 95 % interval (Wilson)."""

    hits: int
    of: int

    @property
    def value(self) -> float | None:
        """The share; None where there was nothing to be right or wrong about."""
        return self.hits / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval of what lies behind the share."""
        if not self.of:
            return 0.0, 1.0
        n, p, z2 = self.of, self.hits / self.of, _Z95**2
        middle = (p + z2 / (2 * n)) / (1 + z2 / n)
        half = _Z95 / (1 + z2 / n) * math.sqrt(p * (1 - p) / n + z2 / (4 * n * n))
        return max(0.0, middle - half), min(1.0, middle + half)

    def __add__(self, other: "Share") -> "Share":
        return Share(self.hits + other.hits, self.of + other.of)


def found(record: Record) -> Share:
    """The faults among the consignments that were judged, and how many of them were found."""
    judged = [name for name in _judged(record) if fault(record, name) is not None]
    return Share(sum(_alarmed(record, name, "upheld") for name in judged), len(judged))


def alarmed(record: Record) -> Share:
    """The sound consignments among those that were judged, and on how many of them there was a false alarm."""
    judged = [name for name in _judged(record) if fault(record, name) is None]
    return Share(sum(_alarmed(record, name, "answered") for name in judged), len(judged))


def _judged(record: Record) -> list[str]:
    answered = {answer.consignment for answer in record.settled}
    return [
        name for name in record.view.dossiers
        if name in record.released or name in record.detained or name in answered
    ]  # fmt: skip


def _alarmed(record: Record, name: str, outcome: str) -> bool:
    return name in record.detained or any(
        answer.consignment == name and answer.outcome == outcome for answer in record.settled
    )
