"""What each event adds to the record of a run: a function a code, named after it."""

from collections.abc import Callable

from corridor_tui.corridor.chain import goes_over
from corridor_tui.corridor.checks_customs import PHYSICAL
from corridor_tui.corridor.events import Event
from corridor_tui.corridor.orders import ADVISE, WHAT_IF
from corridor_tui.corridor.work import POOL_OF
from corridor_tui.scenario.rules import RULES
from corridor_tui.scenario.values import Truth
from corridor_tui.scoring.record import Call, Delivery, Record, Settled, stored_teu_s

RUNGS = ("check", "request", "scan", "open", "unload")


def _over(record: Record, event: Event) -> None:
    view = record.view
    record.over_s = event.t
    gone = sum(len(boxes) for boxes in record.cargo_out.values())
    record.left_at_over = sum(unit.total for unit in view.units.values()) - gone


def _closed(record: Record, event: Event) -> None:
    record.closed_s = event.t


def _audited(record: Record, event: Event) -> None:
    name, kind, family, fields = event.args
    if family in RULES:
        record.audit[str(name)] = Truth(str(kind), RULES[str(family)].code, frozenset(str(fields).split()))


def _diverted(record: Record, event: Event) -> None:
    record.diverted += int(event.args[1] or 0)


def _mistake(record: Record, event: Event) -> None:
    if record.over_s is None:
        record.mistakes.append((str(event.args[0]), str(event.args[1]), event.t))


def _ordered(record: Record, event: Event) -> None:
    text = str(event.args[1])
    climbed = record.climbed.hear(text)
    if text.startswith(WHAT_IF):
        record.asked.append((text, event.t))
    elif climbed:
        subject = text.split()[1]
        record.asked += [(f"{ADVISE} {subject} {rung}", event.t) for rung in climbed]


def _started(record: Record, event: Event) -> None:
    subject, task = str(event.args[0]), str(event.args[1])
    if task == "shunt":
        record.shunts += 1
    if task in RUNGS and subject in record.view.dossiers and record.over_s is None:
        record.rungs.setdefault(subject, []).append((task, event.t))


def _done(record: Record, event: Event) -> None:
    subject, task = str(event.args[0]), str(event.args[1])
    if POOL_OF.get(task) == "officers":
        record.officer_s += event.t - record.view.dossiers[subject].jobs[task].since_s


def _detained(record: Record, event: Event) -> None:
    if record.over_s is None:
        record.detained.setdefault(str(event.args[0]), event.t)


def _released(record: Record, event: Event) -> None:
    if record.over_s is None:
        record.released.setdefault(str(event.args[0]), event.t)


def _seen(record: Record, event: Event) -> None:
    name, rung, result = (str(arg) for arg in event.args)
    if record.over_s is not None:
        return
    if rung in PHYSICAL and result != "clean":
        record.grounds.add(name)
    elif rung.startswith("supervisor:") and result == "no":
        record.denied.append((name, event.t))


def _lodged(record: Record, event: Event) -> None:
    record.lanes[str(event.args[0])] = str(event.args[1])


def _lane(record: Record, event: Event) -> None:
    if record.over_s is None and event.args[1] != "green":
        record.rungs.setdefault(str(event.args[0]), []).append(("lane", event.t))


def _settled(record: Record, event: Event) -> None:
    if record.over_s is not None:
        return
    name, outcome = str(event.args[0]), str(event.args[1])
    findings = record.view.dossiers[name].findings
    claim = findings[-1] if findings else None
    first, second, rule = ("", "", "") if claim is None else (claim.first, claim.second, claim.rule)
    record.settled.append(Settled(name, outcome, first, second, rule, event.t))
    if outcome == "upheld":
        record.grounds.add(name)


def _spoilt(record: Record, event: Event) -> None:
    if record.over_s is None:
        record.spoilt.append((str(event.args[0]), event.t))


def _trucked(record: Record, event: Event) -> None:
    record.stored_teu_s += stored_teu_s(record, record.view.boxes[str(event.args[0])], event.t)


def _hauled(record: Record, event: Event) -> None:
    number = str(event.args[0])
    record.cargo_out.setdefault(record.view.boxes[number].train, {}).setdefault(number, event.t)


def _loco_on(record: Record, event: Event) -> None:
    record.loco_on_s[str(event.args[0])] = event.t


def _paired(record: Record, event: Event) -> None:
    if event.args[1] is not None:
        record.paired_s.setdefault(str(event.args[1]), event.t)


def _emptied(record: Record, event: Event) -> None:
    record.emptied_s[str(event.args[0])] = event.t


def _answered(record: Record, event: Event) -> None:
    if not event.args[2] and record.over_s is None:
        record.failed_calls.append((str(event.args[0]), str(event.args[1]), event.t))


def _call_missed(record: Record, event: Event) -> None:
    if record.over_s is None:
        record.failed_calls.append((str(event.args[0]), None, event.t))


def _departed(record: Record, event: Event) -> None:
    unit = record.view.units[str(event.args[0])]
    if not goes_over(unit):
        for number in unit.boxes:
            record.cargo_out.setdefault(record.view.boxes[number].train, {}).setdefault(number, event.t)


def _delivered(record: Record, event: Event) -> None:
    name, goal, at_s, swift_s, promised_s = event.args
    record.deliveries[str(name)] = Delivery(
        str(goal), int(at_s or 0), int(swift_s or 0), None if promised_s is None else int(promised_s),
        event.code == "delivered",
    )  # fmt: skip


def _called(record: Record, event: Event) -> None:
    name, connection, cutoff_s, reached_s, sails_s = event.args
    call = Call(
        str(connection), int(cutoff_s or 0), int(reached_s or 0), int(sails_s or 0), event.code != "sailing_missed"
    )
    record.connections.setdefault(str(name), []).append(call)


NOTES: dict[str, Callable[[Record, Event], None]] = {
    "over": _over,
    "closed": _closed,
    "audited": _audited,
    "mistake": _mistake,
    "spoilt": _spoilt,
    "trucked": _trucked,
    "hauled": _hauled,
    "diverted": _diverted,
    "ordered": _ordered,
    "started": _started,
    "done": _done,
    "detained": _detained,
    "released": _released,
    "seen": _seen,
    "lodged": _lodged,
    "lane": _lane,
    "settled": _settled,
    "loco_on": _loco_on,
    "paired": _paired,
    "emptied": _emptied,
    "departed": _departed,
    "delivered": _delivered,
    "stranded": _delivered,
    "connected": _called,
    "sailing_closed": _called,
    "sailing_missed": _called,
    "answered": _answered,
    "call_missed": _call_missed,
}
