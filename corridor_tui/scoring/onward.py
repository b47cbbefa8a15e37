"""What a desk's delay costs beyond the border: late acceptance after missed sailings and broken promises."""

from dataclasses import dataclass

from corridor_tui.corridor.chain import load_left_s
from corridor_tui.level.base import Desk
from corridor_tui.level.model import Level
from corridor_tui.scoring.losses import fee_times, theirs
from corridor_tui.scoring.record import Delivery, Record
from corridor_tui.scoring.score import Reason


@dataclass(slots=True)
class _Bill:
    """Consignments of one train to one destination that are equally late: their containers, and the sailing they missed."""

    boxes: int
    hours: float
    from_s: int
    to_s: int
    missed: tuple[str, int] | None


def late_s(delivery: Delivery) -> int:
    """By how much a consignment is accepted later than promised, and than a desk that hurries would have brought it.

    What a train, the weather or a slow run brought on is in both ways and so is nobody's; a promise kept costs nothing.
    """
    free_s = max(delivery.swift_s, delivery.promised_s or 0)
    return max(0, delivery.at_s - free_s)


def onward_reasons(level: Level, record: Record, desks: frozenset[Desk]) -> list[Reason]:
    """Fees for the consignments that are accepted late at their destinations, one reason for each train and destination."""
    rates = level.scoring.time
    bills: dict[tuple[str, str], _Bill] = {}
    for name, delivery in record.deliveries.items():
        times, dossier = fee_times(rates, late_s(delivery)), record.view.dossiers[name]
        if not times or not _kept(record, name, desks):
            continue
        missed = next((call for call in record.connections.get(name, ()) if not call.made), None)
        key = (dossier.train, delivery.goal)
        bill = bills.setdefault(
            key,
            _Bill(0, 0.0, delivery.at_s - late_s(delivery), delivery.at_s,
                  None if missed is None else (missed.connection, missed.cutoff_s)),
        )  # fmt: skip
        bill.boxes += len(dossier.boxes)
        bill.hours = max(bill.hours, late_s(delivery) / 3_600)
    reasons = []
    for (train, goal), bill in bills.items():
        loss = fee_times(rates, round(bill.hours * 3_600)) * rates.tariff * bill.boxes
        place = level.route.destinations[goal].name.own
        args: tuple[str | int, ...] = (train, bill.boxes, place, round(bill.hours))
        code = "late_acceptance"
        if bill.missed is not None:
            connection, cutoff_s = bill.missed
            cut_off = f"{level.date_at(cutoff_s)} {level.clock_at(cutoff_s)}"
            code, args = "missed_sailing", (*args, level.route.connections[connection].name.own, cut_off)
        reasons.append(Reason("time", code, args, loss, bill.from_s, bill.to_s))
    return reasons


def _kept(record: Record, name: str, desks: frozenset[Desk]) -> bool:
    """Whether the trainee's desks had a part in the time a consignment's train was kept."""
    train = record.view.dossiers[name].train
    spans = record.dwells.get(train, ())
    left = load_left_s(record.view, record.view.units[train])
    return any(theirs(span, desks) for span in spans if span.cause != "work" and (left is None or span.from_s < left))


@dataclass(frozen=True, slots=True)
class Reached:
    """Consignments that made and that missed their connections, and promises: how many were kept of how many."""

    made: int = 0
    missed: int = 0
    kept: int = 0
    promised: int = 0

    def __add__(self, other: "Reached") -> "Reached":
        return Reached(
            self.made + other.made,
            self.missed + other.missed,
            self.kept + other.kept,
            self.promised + other.promised,
        )

    @property
    def measures(self) -> dict[str, float | None]:
        """As the measures of a run."""
        return {
            "connections_made": self.made,
            "connections_missed": self.missed,
            "promises_kept": round(100 * self.kept / self.promised, 1) if self.promised else None,
        }


def reached(record: Record) -> Reached:
    """What became of connections and promises."""
    calls = [call for calls in record.connections.values() for call in calls]
    destinations = record.view.level.route.destinations
    lost = sum(
        not delivery.left and any(leg.by is not None for leg in destinations[delivery.goal].legs)
        for delivery in record.deliveries.values()
    )
    promised = [item for item in record.deliveries.values() if item.promised_s is not None]
    kept = sum(item.left and item.at_s <= (item.promised_s or 0) for item in promised)
    made = sum(call.made for call in calls)
    return Reached(made, len(calls) - made + lost, kept, len(promised))
