"""How good the customs desk's eye was for each family of discrepancies."""

from dataclasses import dataclass

from corridor_tui.scoring.detection import fault
from corridor_tui.scoring.record import Record

FEW = 5
"""Fewer faults or fewer sound consignments than this say nothing about an eye; assumed."""


@dataclass(frozen=True, slots=True)
class Eye:
    """One family: faults on the desk, how many were found, and false alarms among the sound consignments that were judged."""

    family: str
    faults: int
    found: int
    sound: int
    false_alarms: int

    @property
    def missed(self) -> int:
        """Faults not found."""
        return self.faults - self.found

    @property
    def a_prime(self) -> float | None:
        """A' (Pollack and Norman), 0.5 for guessing and 1 for a perfect eye; None where there were too few cases."""
        if min(self.faults, self.sound) < FEW:
            return None
        hit, alarm = self.found / self.faults, self.false_alarms / self.sound
        if hit == alarm:
            return 0.5
        if hit > alarm:
            return 0.5 + (hit - alarm) * (1 + hit - alarm) / (4 * hit * (1 - alarm))
        return 0.5 - (alarm - hit) * (1 + alarm - hit) / (4 * alarm * (1 - hit))


def eyes(record: Record) -> list[Eye]:
    """Every family that was on the desk or was claimed, by name.

    A fault counts once its papers were lodged before the shift ended. It is found by a finding that was upheld, or by
    detention; a false alarm is a finding that fell, under the rule that it named.
    """
    faulty: dict[str, set[str]] = {}
    sound: set[str] = set()
    for name, dossier in record.view.dossiers.items():
        if dossier.lodged_s is None or dossier.lodged_s >= record.end_s:
            continue
        truth = fault(record, name)
        if truth is None:
            sound.add(name)
        else:
            faulty.setdefault(truth.family, set()).add(name)
    upheld = {answer.consignment for answer in record.settled if answer.outcome == "upheld"} | set(record.detained)
    alarms: dict[str, set[str]] = {}
    for answer in record.settled:
        if answer.outcome == "answered" and answer.consignment in sound:
            alarms.setdefault(answer.rule, set()).add(answer.consignment)
    return [
        Eye(
            family,
            len(faulty.get(family, ())),
            len(faulty.get(family, set()) & upheld),
            len(sound),
            len(alarms.get(family, ())),
        )
        for family in sorted(faulty.keys() | alarms.keys())
    ]
