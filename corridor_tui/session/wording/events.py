"""What events say, in the words of the trade."""

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

from corridor_tui.corridor.events import Event
from corridor_tui.corridor.orders import Order
from corridor_tui.language import N_, _
from corridor_tui.level.model import Level
from corridor_tui.level.text import flowing
from corridor_tui.session.wording.names import station_text, word
from corridor_tui.session.wording.orders import found_text, order_text, said_text
from corridor_tui.session.wording.patterns import fill
from corridor_tui.session.wording.refusals import refusal_text

EVENTS: Mapping[str, str] = MappingProxyType({
    "announced": N_("$0 is announced for $D2"),
    "advised": N_("$0 is on its way: the neighbour will offer it at $D1"),
    "delayed": N_("$0 is late: the neighbour will not offer it before $D1"),
    "connected": N_("$0 makes the sailing of $1 on $D4"),
    "sailing_missed": N_("$0 misses $1: there on $D3, its cut-off was on $D2; it sails on $D4"),
    "sailing_closed": N_("$0 at $1: its sailing is closed by weather; it sails on $D4"),
    "delivered": N_("$0 is delivered at $1 on $D2"),
    "stranded": N_("$0 for $1 never left"),
    "offered": N_("$0 is offered by the neighbour"),
    "handed_over": N_("the papers of $0 are here ahead of it"),
    "stood": N_("$0 stands on $1"),
    "accepted": N_("$0 accepted for track $1"),
    "held": N_("$0 held at the neighbour"),
    "moving": N_("$0 sets off for $1"),
    "arrived": N_("$0 has arrived on $1"),
    "departed": N_("$0 has left track $1"),
    "gone": N_("$0 has left our area"),
    "routed": N_("the route of $0 to $1 is booked"),
    "started": N_("$0: $1 begins"),
    "done": N_("$0: $1 done"),
    "already": N_("$0: $1 was done before the shift"),
    "loco_called": N_("a locomotive is called for $0"),
    "loco_on": N_("the locomotive of $0 is coupled"),
    "loco_off": N_("the locomotive of $0 has gone"),
    "parked": N_("$0: the wagons are back in the park at $1"),
    "loco_joined": N_("a $0 mm locomotive has come into the pool"),
    "loco_turns": N_("the locomotive that took $1 away comes back, here about $T2"),
    "loco_back": N_("a $0 mm locomotive is back from its turn"),
    "called": N_("rake $0 is called from the park"),
    "path": N_("$0 has a path at $T1"),
    "path_gone": N_("$0 gives up its path at $T1"),
    "set_out": N_("wagon $1 of $0 is set out on $2"),
    "paired": N_("the load of $0 goes onto $1"),
    "crane_set": N_("crane $0 goes to $1"),
    "emptied": N_("$0 is empty"),
    "nearly": N_("$0 is nearly loaded: its waybill can be begun"),
    "laden": N_("$0 has its load"),
    "dark": N_("$0 stands in the stack without the socket it needs"),
    "spoilt": N_("what is in $0 is spoilt: it stood too long without a socket"),
    "brought": N_("$0 has come by lorry into the stack"),
    "at_gate": N_("the lorry with $0 waits at the gate: the stack has no place for it"),
    "fetching": N_("lorries are ordered for $0"),
    "hauling": N_("a lorry takes $0"),
    "trucked": N_("$0 is on its lorry"),
    "hauled": N_("$0 has come to the $1"),
    "lorry_back": N_("a lorry is back"),
    "warehouse_left": N_("$0 TEU have left the bonded warehouse"),
    "grounding": N_("container $0 goes to the stack"),
    "loading": N_("container $0 is to be loaded onto $1"),
    "discharging": N_("$0 is to be unloaded into the silo"),
    "tipping": N_("the front unloads wagons of $0"),
    "tipped": N_("a front of $0 is in the silo"),
    "silo_full": N_("the silo has no room for the next wagons of $0: fill a rake from it"),
    "filled": N_("wagon of $0 filled with $2"),
    "sample_wanted": N_("plant health wants a sample of $0"),
    "sample_clean": N_("the laboratory found $0 clean"),
    "lodged": N_("$0 lodged: $1 lane"),
    "lane": N_("$0 is now in the $1 lane"),
    "releasing": N_("an officer reads the papers of $0"),
    "released": N_("$0 is released"),
    "detained": N_("$0 is detained"),
    "settled": N_("the finding on $0: $1"),
    "corrected": N_("the papers of $0 are corrected"),
    "requested": N_("$1 of $0 is asked for"),
    "seen": N_("$0: $1 shows $2"),
    "in_loop": N_("$0 is in on $1"),
    "meet_set": N_("$0 waits at $1 for $2"),
    "meet_off": N_("$0 no longer waits at $1"),
    "backing": N_("$0 runs back to the loop behind it"),
    "untied_knot": N_("the knot of $0 is undone"),
    "deadlock": N_("KNOT on the line: $0 wait for nothing but each other; one of them has to go back"),
    "crane_stopped": N_("crane $0 stands still: $1"),
    "quarter": N_("a new quarter: $0 more to spend; look what holds the trains up, and buy"),
    "bought": N_("$0 is bought for $1"),
    "built": N_("$0 is built"),
    "settled_up": N_("the books are closed on $0"),
    "diverted": N_("$0 is sent over another border with its $1 containers: too many wait"),
    "forgotten": N_("$0 is put into the archive"),
    "carrying": N_("$0 carries $1 to the $2"),
    "carried": N_("$0 has $1 at the $2"),
    "machine_stopped": N_("$0 has broken down: it needs the fitters"),
    "machine_up": N_("$0 is repaired and goes on"),
    "crane_up": N_("crane $0 is ready again: put it to work"),
    "tied": N_("crane $0 is tied down"),
    "untied": N_("crane $0 is untied"),
    "wind_warned": N_("weather service: wind of $0 m/s from $T1"),
    "wind": N_("wind $0 m/s"),
    "cut": N_("$0 takes only $1 more trains until $D2"),
    "cut_over": N_("$0 takes trains as usual again"),
    "shortage": N_("empty wagons are short: $0 % of the usual time until they come, until $D1"),
    "shortage_over": N_("empty wagons come as usual again"),
    "line_closed": N_("$0 is closed until $D1: nothing sets off there"),
    "line_opened": N_("$0 is open again"),
    "papers_held": N_("the papers of $0 are called in until about $D1"),
    "papers_back": N_("the papers of $0 are back"),
    "allowed": N_("the trainee is allowed $0 % more time"),
    "injected": N_("the instructor lets $0 begin"),
    "mistake": N_("SAFETY: $1: $0"),
    "over": N_("the shift is over"),
    "closed": N_("everything is closed"),
    "rule_told": N_("rule of the day announced: $0, see the rulebook"),
    "rule_in_force": N_("from this minute the rule $0 counts for what is registered"),
    "selected": N_("criterion $0 is set to $1"),
    "came_back": N_("audit of $0 comes back: $1 $2"),
    "audited": N_("audit of $0: $1 $2 $3"),
    "ordered": N_("$0: $1"),
})  # fmt: skip


def _call_text(event: Event, level: Level) -> str:
    name = str(event.args[0])
    call = level.calls[name]
    said = flowing(str(call.text))
    if event.code == "call":
        choices = "; ".join(answer.told for answer in call.answers)
        return _("CALL {name}, {caller}: {said} ({choices})", name=name, caller=call.caller, said=said, choices=choices)
    because = flowing(str(call.because))
    if event.code == "call_missed":
        missed = _("{caller} has waited too long for an answer.", caller=call.caller)
        return f"{missed} {because}"
    said = next((str(answer.text) for answer in call.answers if answer.word == event.args[1]), str(event.args[1]))
    right = N_("{caller} was answered rightly: {said}.")
    wrong = N_("{caller} was answered wrongly: {said}.")
    return f"{_(right if event.args[2] else wrong, caller=call.caller, said=said)} {because}"


def _told(event: Event, level: Level) -> str:
    return fill(EVENTS.get(event.code, event.code), event.args, level.start_s)


def _station(at: int, event: Event, level: Level) -> str:
    """An event with a station among its parameters, told with the name that the level gives it."""
    return _told(
        event._replace(args=(*event.args[:at], station_text(level, str(event.args[at])), *event.args[at + 1 :])), level
    )


def _cut(event: Event, level: Level) -> str:
    said = _station(0, event, level)
    caps = [
        _("{trains} with {cargo}", trains=most, cargo=word(cargo))
        for most, cargo in zip(event.args[3:], ("grain", "containers"), strict=True)
        if most is not None
    ]
    if not caps:
        return said
    return _("{said}, of them at most {caps}", said=said, caps=_(" and ").join(caps))


def _line(event: Event, level: Level) -> str:
    """What happens to a track of a line, told with the places that the line joins."""
    line = next(line for line in level.lines if any(track.id == event.args[0] for track in line.tracks))
    start, end = (station_text(level, throat.partition(".")[0]) for throat in (line.start, line.end))
    name = _("line track {track} ({start} - {end})", track=event.args[0], start=start, end=end)
    return _told(event._replace(args=(name, *event.args[1:])), level)


def _weather(event: Event, _level: Level) -> str:
    sets_in = {"frost": N_("frost sets in"), "fog": N_("fog sets in")}
    over = {"frost": N_("the frost is over"), "fog": N_("the fog is over")}
    return _((sets_in if event.args[0] else over)[event.code])


def _beyond(event: Event, level: Level) -> str:
    """What happens beyond the border, told with the names that the level gives to connections and destinations."""
    name, place, *rest = event.args
    names = {sea.id: str(sea.name) for sea in level.connections} | {
        goal.id: str(goal.name) for goal in level.destinations
    }
    return _told(event._replace(args=(name, names.get(str(place), place), *rest)), level)


def _crane_set(event: Event, level: Level) -> str:
    if len(event.args) > 2:
        return fill(N_("crane $0 goes to $1, wagons $2 to $3"), event.args, level.start_s)
    return _told(event, level)


def _weighed(event: Event, _level: Level) -> str:
    places = [int(part) + 1 for part in str(event.args[1]).split(",") if part]
    if not places:
        return _("{unit} is weighed: all within their limits", unit=event.args[0])
    wagons = ", ".join(map(str, places))
    return _("{unit} is weighed: overloaded wagons: {wagons}", unit=event.args[0], wagons=wagons)


def _refused(event: Event, level: Level) -> str:
    reason = refusal_text(str(event.args[2]), event.args[3:], level)
    return _("refused: {order} - {reason}", order=said_text(str(event.args[1]), level), reason=reason)


def _found(event: Event, _level: Level) -> str:
    return found_text(*map(str, event.args))


def _rule_set(event: Event, level: Level) -> str:
    return order_text(Order(str(event.args[0]), (str(event.args[1]),)), level)


def _by_rule(event: Event, level: Level) -> str:
    return _("by a standing order: {order}", order=said_text(str(event.args[1]), level))


_OWN: Mapping[str, Callable[[Event, Level], str]] = MappingProxyType({
    **dict.fromkeys(("call", "answered", "call_missed"), _call_text),
    **dict.fromkeys(("connected", "sailing_missed", "sailing_closed", "delivered", "stranded"), _beyond),
    **dict.fromkeys(("meet_set", "meet_off"), partial(_station, 1)),
    **dict.fromkeys(("frost", "fog"), _weather),
    **dict.fromkeys(("line_closed", "line_opened"), _line),
    "cut": _cut, "cut_over": partial(_station, 0), "crane_set": _crane_set, "weighed": _weighed, "refused": _refused,
    "found": _found, "rule_set": _rule_set, "by_rule": _by_rule,
})  # fmt: skip
"""Events that need more than a pattern filled with their parameters."""


def event_text(event: Event, level: Level) -> str:
    """What an event says, in one line."""
    return _OWN.get(event.code, _told)(event, level)
