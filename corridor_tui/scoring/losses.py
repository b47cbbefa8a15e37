"""What a run lost, by component, every lost point with its reason."""

from corridor_tui.corridor.chain import is_load, load_left_s
from corridor_tui.corridor.lifts import STACK
from corridor_tui.corridor.orders import ADVISE, RUNGS, Order, parse
from corridor_tui.level.base import Desk
from corridor_tui.level.goals import TimeLoss
from corridor_tui.level.model import Level
from corridor_tui.scoring.dwell import Span, charge
from corridor_tui.scoring.record import Record, stored_teu_s
from corridor_tui.scoring.score import NOT_AT_ALL, Component, Reason


def lateness_s(record: Record) -> dict[str, int]:
    """How late each load left, in seconds, less the delay it brought with it; open ones count to the end of the run."""
    late: dict[str, int] = {}
    for name, unit in record.view.units.items():
        if not is_load(unit) or unit.due_s is None or unit.offered_s is None:
            continue
        departed, due_s = load_left_s(record.view, unit), unit.due_s
        if unit.due_there_s is not None:
            due_s = unit.due_there_s
        out_s = record.closed_s if departed is None else departed
        brought = max(0, unit.offered_s - (unit.planned_s or 0)) if unit.offered_s > 0 else 0
        late[name] = max(0, out_s - due_s - brought)
    return late


def time_reasons(level: Level, record: Record, desks: frozenset[Desk]) -> list[Reason]:
    """Late minutes, each charged once to its first cause, and fees for late acceptance."""
    rates = level.scoring.time
    reasons: list[Reason] = []
    for name, late_s in lateness_s(record).items():
        kept = [span for span in charge(record.dwells.get(name, ()), late_s) if theirs(span, desks)]
        for span in kept:
            if span.length_s:
                loss = span.length_s / 60 * rates.late_minute * record.view.units[name].late_times
                args = (name, span.cause, span.desk or "", round(span.length_s / 60))
                reasons.append(Reason("time", "wait", args, loss, span.from_s, span.to_s))
        times = fee_times(rates, late_s)
        # What goes on to a destination pays there, by when it is accepted.
        onward = any(each in record.deliveries for each in record.view.cargo.get(name, ()))
        boxes = 0 if onward else record.view.units[name].total
        if times and boxes and kept:
            due = record.view.units[name].due_s or 0
            reasons.append(Reason("time", "fee", (name, boxes), times * rates.tariff * boxes, due, due + late_s))
    return reasons


def fee_times(rates: TimeLoss, seconds: int) -> float:
    """How many times the tariff is due for a container accepted so many seconds late."""
    return max((fee.times for fee in rates.fees if seconds >= fee.from_h * 3_600), default=0.0)


def theirs(span: Span, desks: frozenset[Desk]) -> bool:
    """Whether lost seconds are the trainee's: not where a desk somebody else works was to act."""
    if span.desk is not None:
        return span.desk in desks
    return not (span.cause == "papers" and "customs" not in desks)


_COST_OF: dict[str, frozenset[Desk]] = {
    "lifts": frozenset({"terminal"}),
    "officers": frozenset({"customs"}),
    "shunts": frozenset({"dispatch"}),
    "locomotives": frozenset({"dispatch"}),
    "rakes": frozenset({"dispatch"}),
    "storage": frozenset({"terminal"}),
    "undelivered": frozenset({"dispatch", "terminal", "customs"}),
}
"""Whose work brings each cost about: it is charged where the trainee works one of these desks."""


def used(record: Record) -> tuple[float, float]:
    """The hours for which locomotives and rakes were kept."""
    units = record.view.units

    def hours(name: str, from_s: int) -> float:
        departed = units[name].departed_s
        return max(0, (record.closed_s if departed is None else departed) - from_s) / 3_600

    loco_h = sum(hours(name, at_s) for name, at_s in record.loco_on_s.items())
    rakes = {**record.paired_s, **record.emptied_s}
    return loco_h, sum(hours(name, at_s) for name, at_s in rakes.items())


def missing(record: Record) -> int:
    """The containers that were not on their way when the shift ended, those sent over another border among them.

    What was rightly detained is not missed.
    """
    return record.left_at_over + record.diverted - _rightly_held(record)


def resource_reasons(
    level: Level, record: Record, desks: frozenset[Desk], loco_h: float, rake_h: float, missing: int
) -> list[Reason]:
    """What the work cost, and the containers that were not on their way when the shift ended."""
    rates, end_s, view = level.scoring.resources, record.closed_s, record.view
    standing = [stored_teu_s(record, box, end_s) for box in view.boxes.values() if box.road and box.at == STACK]
    lifts = sum(crane.lifts for crane in view.cranes.values())
    lifts += sum(machine.lifts for machine in view.machines.values())
    stored_h = round((record.stored_teu_s + sum(standing)) / 3_600, 1)
    costs = (
        ("storage", stored_h, stored_h * rates.storage, end_s),
        ("lifts", lifts, lifts * rates.lift, end_s),
        ("officers", round(record.officer_s / 3_600, 1), record.officer_s / 3_600 * rates.officer_hour, end_s),
        ("shunts", record.shunts, record.shunts * rates.shunt, end_s),
        ("locomotives", round(loco_h, 1), loco_h * rates.locomotive_hour, end_s),
        ("rakes", round(rake_h, 1), rake_h * rates.rake_hour, end_s),
        ("undelivered", missing, missing * rates.undelivered, record.end_s),
    )
    failed = [
        Reason("resources", "call", (name, word or NOT_AT_ALL), level.calls[name].costs, at_s, at_s)
        for name, word, at_s in record.failed_calls
        if level.calls[name].desk in desks
    ]
    spoilt = [
        Reason("resources", "spoilt", (number,), rates.spoilt, at_s, at_s)
        for number, at_s in record.spoilt
        if "terminal" in desks
    ]
    asked = [reason for text, at_s in record.asked if (reason := _asked(level, parse(text), at_s)).loss]
    return [*failed, *spoilt, *asked] + [
        Reason("resources", code, (str(count),), loss, 0, to_s)
        for code, count, loss, to_s in costs
        if loss and desks & _COST_OF[code]
    ]


def _asked(level: Level, order: Order, at_s: int) -> Reason:
    """What an answer or a rung of help cost."""
    if order.verb == ADVISE:
        cost = level.aids.ladder_costs[RUNGS.index(order.args[1])]
        return Reason("resources", "advice", order.args, cost, at_s, at_s)
    return Reason("resources", "what_if", (" ".join(order.args),), level.aids.what_if_costs, at_s, at_s)


def _rightly_held(record: Record) -> int:
    """The containers of offences that were detained before the shift ended."""
    return sum(
        len(record.view.dossiers[name].boxes)
        for name in record.detained
        if name in record.audit and record.audit[name].kind == "offence" and name not in record.released
    )


_AT_THE_CRANES = ("wind", "untied", "overfull", "unplugged", "segregation")


def safety_reasons(level: Level, record: Record, desks: frozenset[Desk]) -> list[Reason]:
    """The fixed deductions for safety mistakes, at the desk whose they are."""
    rates = level.scoring.safety
    points = {
        "unsecured": rates.unsecured,
        "no_brake_test": rates.no_brake_test,
        "overloaded": rates.overloaded,
        "uninspected": rates.uninspected,
        "wind": rates.wind,
        "untied": rates.untied,
        "deadlock": rates.deadlock,
        "overfull": rates.overfull,
        "unplugged": rates.unplugged,
        "segregation": rates.segregation,
    }
    return [
        Reason("safety", kind, (subject,), points[kind], at_s, at_s)
        for kind, subject, at_s in record.mistakes
        if ("terminal" if kind in _AT_THE_CRANES else "dispatch") in desks
    ]


def undeclared(record: Record) -> list[str]:
    """The consignments with dangerous goods that nobody had declared and that were released before the shift ended."""
    hidden = [name for name, truth in record.audit.items() if (truth.kind, truth.family) == ("offence", "concealed")]
    return [name for name in hidden if name in record.released]


def undeclared_reasons(level: Level, record: Record, desks: frozenset[Desk]) -> list[Reason]:
    """The deductions for dangerous goods let go undeclared: told by the audit, so that no event of the shift betrays them."""
    points, at_s = level.scoring.safety.undeclared, record.released
    names = undeclared(record) if "customs" in desks else []
    return [Reason("safety", "undeclared", (name,), points, at_s[name], at_s[name]) for name in names]


def total(reasons: list[Reason], component: Component) -> float:
    """The sum of a component's losses."""
    return sum((reason.loss for reason in reasons if reason.component == component), 0.0)
