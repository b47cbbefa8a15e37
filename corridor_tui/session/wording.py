"""The words for codes: refusals, events, orders and stages in the terms of the trade."""

from collections.abc import Mapping
from string import Template
from types import MappingProxyType

from corridor_tui.corridor.events import Event
from corridor_tui.corridor.orders import WHAT_IF, Order
from corridor_tui.corridor.refusals import Refusal
from corridor_tui.level.model import Level

REFUSALS: Mapping[str, str] = MappingProxyType({
    "no_order": "there is no such order: $0",
    "closed": "the shift is closed",
    "other_desk": "that is an order of the $0 desk",
    "no_unit": "there is no train or rake $0",
    "has_left": "$0 has left",
    "moving": "$0 is moving; wait until it stands",
    "not_here": "$0 does not stand on one of our tracks yet",
    "no_track": "there is no track $0",
    "gauge": "track $0 is $1 mm gauge, $2 runs on $3 mm",
    "too_short": "track $0 has $1 m, $2 needs $3 m",
    "track_held": "track $0 is held by $1",
    "already_in": "$0 is in, or on its way in",
    "not_offered": "the neighbour has not offered $0 yet",
    "already_accepted": "$0 is accepted already, for track $1",
    "no_way": "no line leads $0 straight to track $1",
    "nothing_to_hold": "$0 is not accepted, or has started: it cannot be held back",
    "already_ordered": "$1 is ordered or done already for $0",
    "no_loco": "no locomotive is on $0",
    "being_secured": "$0 is being secured: the locomotive must hold it until the skates lie",
    "nothing_to_inspect": "there is nothing to inspect on $0",
    "shunt_ordered": "the shunter already has an order for $0",
    "loco_on": "the line locomotive is still on $0: uncouple it first",
    "there_already": "$0 stands on $1 already",
    "being_worked": "people are at work on $0 ($1): nobody moves it over them",
    "no_shunt_way": "the shunter has no way for $0 to $1",
    "not_in_park": "$0 is not in a park to be called from",
    "already_called": "$0 is called already",
    "has_loco": "$0 has a locomotive, or one is called",
    "goes_nowhere": "$0 has nowhere to go yet",
    "no_locomotive": "no locomotive of $0 mm is free; one comes back when its turn is done",
    "not_loaded": "$0 is not loaded yet",
    "not_nearly_loaded": "$0 is not nearly loaded: the list would be wrong",
    "no_test": "there is no brake test `$0`; there are full, yard and short",
    "test_needs_loco": "a $1 test of $0 needs its locomotive",
    "short_needs_yard": "a short test is enough only after one from the yard plant on $0",
    "no_line_here": "$0 does not stand where its line begins: pull it to the station first",
    "no_path_needed": "$0 needs no path: its line is free when its section is",
    "has_path": "$0 has a path at $T1 already",
    "no_paths_left": "no more paths this week for $0",
    "no_path": "$0 has no path",
    "not_cleared": "$0: $1 consignments on it are not released, the first is $2",
    "no_waybill": "$0 has no wagon list and waybill",
    "no_wagon": "$0 has no wagon $1",
    "still_lifting": "the cranes are not done with $0",
    "no_train": "there is no train $0 to work on",
    "not_under_cranes": "$0 does not stand on a crane track",
    "transfer_planned": "the transfer of $0 is planned already",
    "rakes_suffice": "the rakes of $0 have room for all of it",
    "stack_full": "the stack takes no more than $0 TEU",
    "no_rake": "there is no rake $0",
    "rake_taken": "$0 already takes the load of $1",
    "other_way": "$0 goes to $1, and the load of $2 to $3",
    "no_crane": "there is no crane $0",
    "crane_free": "$0 is on no transfer",
    "no_transfer": "$0 has no transfer: plan it first",
    "crane_there": "$0 works on $1 already",
    "no_box": "there is no container $0",
    "grounded_already": "$0 is in the stack, or on its way there",
    "in_the_air": "$0 hangs on a crane, or is out of reach",
    "set_out": "the wagon of $0 is set out",
    "not_in_stack": "$0 is not in the stack",
    "by_road": "$0 goes into the zone by lorry: `fetch` its consignment once it is released",
    "by_rail": "$0 goes on by rail: only what stays in the zone is fetched",
    "not_released": "$0 is not released yet: nothing of it leaves the port before",
    "nothing_to_fetch": "nothing of $0 stands in the stack for a lorry",
    "warehouse_full": "the bonded warehouse has room for $1 TEU, $0 needs $2",
    "no_room": "$0 has no room left",
    "not_built": "$0 is not built: `buy $1` first, and wait until it stands",
    "no_offer": "there is no offer $0",
    "bought_before": "$0 is bought already",
    "offer_needs": "$0 needs $1: buy that first",
    "no_money": "$0 costs $1, there is $2 left: $3 short; the next quarter brings $4 on $D5",
    "no_money_left": "$0 costs $1, there is $2 left: $3 short, and no more money comes in this shift",
    "crane_down": "$0 stands still: it has to be ready first",
    "no_block": "the stack has no block $0",
    "block_full": "block $0 has no room for it",
    "no_part": "wagons are given as the first and the last of a train, such as 1-20: $0 is not of $1, which has $2",
    "part_of_train": "a part is counted in the wagons of the train that is emptied, and $0 is filled",
    "crane_tied": "$0 is tied down: untie it first",
    "crane_untied": "$0 is not tied down",
    "crane_runs": "$0 has no fault that the fitters could mend",
    "crane_lifts": "$0 is on a transfer: take it off first",
    "no_grain_train": "$0 is no train of grain",
    "not_at_silo": "$0 does not stand on a track of the grain terminal",
    "no_grain_rake": "$0 is no rake of 1435 mm wagons for grain",
    "grain_promised": "the grain of $0 already goes onto $1",
    "nothing_in_silo": "nothing of $0 comes into the silo yet: unload it first",
    "rake_too_small": "$0 has $1 wagons; the grain of $2 needs $3, since no two consignments are mixed in one wagon",
    "no_sample_wanted": "plant health wants no sample of $0, or has its result",
    "not_sampled": "plant health wants a sample of $0 first: order it early, the laboratory works while the train is unloaded",
    "no_result": "the sample of $0 waits for the laboratory: nothing of it leaves before the result",
    "result_due": "the laboratory has the sample of $0 until about $T1: nothing of it leaves before the result",
    "cargo_not_taken": "$0 takes no more trains with $1 for now, so $2 has to wait; it still takes $3 others",
    "papers_held": "another authority has the papers of $0 until about $T1",
    "not_taken": "$0 takes no more trains for now: $1 has to wait",
    "rule_not_here": "this level does not allow $0",
    "rule_is_so": "$0 is $1 already",
    "no_limit": "`$0` is no limit: a number from 1 to $1, or off",
    "not_on_off": "`$0` is no setting: on or off",
    "loop_short": "the loop $0 is too short for $1, which needs $2 m",
    "no_loop": "there is no loop $0",
    "no_room_to_meet": "$1 and $2 cannot meet at $0: both fit only its track $3",
    "is_past": "$0 does not come to $1 any more",
    "track_locked": "$0 has left the last loop: its way onto track $1 is locked",
    "meets_itself": "$0 cannot wait for itself",
    "meet_is_so": "$0 waits at $1 for $2 already",
    "no_meet": "$0 is not to wait at $1",
    "not_in_loop": "$0 does not wait in a loop",
    "no_loop_behind": "there is no loop behind $0 to go back to",
    "no_price": "a what-if costs nothing here: it is no order",
    "no_upset": "there is no disruption $0 that waits for the instructor; there are: $1",
    "upset_begun": "$0 has begun already",
    "no_call": "no call $0 waits for an answer",
    "no_answer": "`$0` is no answer to that; there are $1",
    "no_consignment": "there is no consignment $0",
    "not_lodged": "the papers of $0 are not lodged yet",
    "decided": "$0 is $1 already",
    "being_released": "an officer is releasing $0",
    "nothing_green": "nothing of $0 can be released in bulk: no lodged green or blue consignment is left open",
    "finding_open": "a finding on $0 waits for its answer",
    "rung_running": "$0 is being checked: wait for the officer",
    "uncorrected": "the error in $0 is not corrected yet",
    "yellow_unchecked": "$0 is yellow: its documents must be checked first",
    "red_unopened": "$0 is red: it must be scanned or opened first",
    "no_scanner": "there is no scanner here",
    "no_bay": "there is no inspection bay here",
    "no_document": "there is no document `$0`; there are $1",
    "no_rule": "there is no rule `$0`; there are $1",
    "no_field": "there is no field `$0` in the papers of $1",
    "same_field": "a finding needs two fields, not `$0` twice",
    "no_finding": "no finding on $0 is open",
    "no_lane": "there is no lane `$0`; there are green, blue, yellow and red",
    "same_lane": "$0 is in the $1 lane already",
    "no_criteria": "the criteria of the risk engine are not this desk's to set",
    "no_criterion": "there is no criterion `$0`; there are $1",
    "no_setting": "`$0` is no setting of $1; there are $2",
    "set_already": "$0 is set to $1 already",
    "supervisor_asked": "the supervisor was asked about $0",
})  # fmt: skip

EVENTS: Mapping[str, str] = MappingProxyType({
    "announced": "$0 is announced for $D2",
    "advised": "$0 is on its way: the neighbour will offer it at $T1",
    "connected": "$0 makes the sailing of $1 on $D4",
    "sailing_missed": "$0 misses $1: there on $D3, its cut-off was on $D2; it sails on $D4",
    "sailing_closed": "$0 at $1: its sailing is closed by weather; it sails on $D4",
    "delivered": "$0 is delivered at $1 on $D2",
    "stranded": "$0 for $1 never left",
    "offered": "$0 is offered by the neighbour",
    "handed_over": "the papers of $0 are here ahead of it",
    "stood": "$0 stands on $1",
    "accepted": "$0 accepted for track $1",
    "held": "$0 held at the neighbour",
    "moving": "$0 sets off for $1",
    "arrived": "$0 has arrived on $1",
    "departed": "$0 has left track $1",
    "gone": "$0 has left our area",
    "routed": "the route of $0 to $1 is booked",
    "started": "$0: $1 begins",
    "done": "$0: $1 done",
    "already": "$0: $1 was done before the shift",
    "loco_called": "a locomotive is called for $0",
    "loco_on": "the locomotive of $0 is coupled",
    "loco_off": "the locomotive of $0 has gone",
    "parked": "$0: the wagons are back in the park at $1",
    "loco_back": "a $0 mm locomotive is back from its turn",
    "called": "rake $0 is called from the park",
    "weighed": "$0 is weighed",
    "path": "$0 has a path at $T1",
    "path_gone": "$0 gives up its path at $T1",
    "set_out": "wagon $1 of $0 is set out on $2",
    "paired": "the load of $0 goes onto $1",
    "crane_set": "crane $0 goes to $1",
    "emptied": "$0 is empty",
    "nearly": "$0 is nearly loaded: its waybill can be begun",
    "laden": "$0 has its load",
    "dark": "$0 stands in the stack without the socket it needs",
    "spoilt": "what is in $0 is spoilt: it stood too long without a socket",
    "fetching": "lorries are ordered for $0",
    "hauling": "a lorry takes $0",
    "trucked": "$0 is on its lorry",
    "hauled": "$0 has come to the $1",
    "lorry_back": "a lorry is back",
    "warehouse_left": "$0 TEU have left the bonded warehouse",
    "grounding": "container $0 goes to the stack",
    "loading": "container $0 is to be loaded onto $1",
    "discharging": "$0 is to be unloaded into the silo",
    "tipping": "the front unloads wagons of $0",
    "tipped": "a front of $0 is in the silo",
    "silo_full": "the silo has no room for the next wagons of $0: fill a rake from it",
    "filled": "wagon of $0 filled with $2",
    "sample_wanted": "plant health wants a sample of $0",
    "sample_clean": "the laboratory found $0 clean",
    "lodged": "$0 lodged: $1 lane",
    "lane": "$0 is now in the $1 lane",
    "releasing": "an officer reads the papers of $0",
    "released": "$0 is released",
    "detained": "$0 is detained",
    "found": "finding on $0: $1 and $2 clash, rule $3",
    "settled": "the finding on $0: $1",
    "corrected": "the papers of $0 are corrected",
    "requested": "$1 of $0 is asked for",
    "seen": "$0: $1 shows $2",
    "in_loop": "$0 is in on $1",
    "meet_set": "$0 waits at $1 for $2",
    "meet_off": "$0 no longer waits at $1",
    "backing": "$0 runs back to the loop behind it",
    "untied_knot": "the knot of $0 is undone",
    "deadlock": "KNOT on the line: $0 wait for nothing but each other; one of them has to go back",
    "crane_stopped": "crane $0 stands still: $1",
    "quarter": "a new quarter: $0 more to spend; look what holds the trains up, and buy",
    "bought": "$0 is bought for $1",
    "built": "$0 is built",
    "settled_up": "the books are closed on $0",
    "diverted": "$0 is sent over another border with its $1 containers: too many wait",
    "forgotten": "$0 is put into the archive",
    "carrying": "$0 carries $1 to the $2",
    "carried": "$0 has $1 at the $2",
    "machine_stopped": "$0 has broken down: it needs the fitters",
    "machine_up": "$0 is repaired and goes on",
    "crane_up": "crane $0 is ready again: put it to work",
    "tied": "crane $0 is tied down",
    "untied": "crane $0 is untied",
    "wind_warned": "weather service: wind of $0 m/s from $T1",
    "wind": "wind $0 m/s",
    "cut": "$0 takes only $1 more trains until $T2",
    "cut_over": "$0 takes trains as usual again",
    "shortage": "empty wagons are short: $0 % of the usual time until they come, until $T1",
    "shortage_over": "empty wagons come as usual again",
    "papers_held": "the papers of $0 are called in until about $T1",
    "papers_back": "the papers of $0 are back",
    "rule_set": "standing order $0: $1",
    "injected": "the instructor lets $0 begin",
    "by_rule": "$0: $1",
    "mistake": "SAFETY: $1: $0",
    "over": "the shift is over",
    "closed": "everything is closed",
    "rule_told": "rule of the day announced: $0, see the rulebook",
    "rule_in_force": "from this minute the rule $0 counts for what is registered",
    "selected": "criterion $0 is set to $1",
    "came_back": "audit of $0 comes back: $1 $2",
    "audited": "audit of $0: $1 $2 $3",
    "ordered": "$0: $1",
    "refused": "refused: $1",
})  # fmt: skip

WORDS: Mapping[str, str] = MappingProxyType({
    "secure": "securing",
    "uncouple": "uncoupling",
    "couple": "coupling",
    "setout": "setting out",
    "shunt": "pull by the shunter",
    "border": "border and seal check",
    "commercial": "commercial inspection",
    "technical": "technical inspection",
    "empty": "return inspection",
    "weigh": "weighing",
    "waybill": "wagon list and waybill",
    "brake_full": "full brake test",
    "brake_yard": "brake test from the yard plant",
    "brake_short": "short brake test",
    "read": "reading of the papers",
    "check": "document check",
    "supervisor": "question to the supervisor",
    "request": "request for a document",
    "scan": "scan",
    "open": "opening",
    "unload": "full unloading",
    "unsecured": "locomotive taken off an unsecured rake",
    "no_brake_test": "departure without a brake test",
    "overloaded": "departure with an overloaded wagon",
    "uninspected": "moved on without inspection",
    "deadlock": "trains run into a knot",
    "wind": "a lift above the wind limit",
    "untied": "a crane not tied down in a storm",
    "overfull": "a container set down where the stack has no place",
    "unplugged": "a refrigerated container without a socket",
    "segregation": "dangerous goods in one block with what they must be apart from",
    "repair": "repair",
    "tie": "tying down",
    "untie": "untying",
    "sample": "sampling",
    "laboratory": "laboratory test",
    "danger": "papers of dangerous goods",
    "concealed": "undeclared dangerous goods",
    "stopped": "a fault, it needs the fitters",
    "service": "planned service",
    "goods": "misdeclared goods",
    "undeclared": "undeclared goods",
    "barred": "barred goods",
    "upheld": "it stands",
    "answered": "the declarant has explained it, nothing is wrong",
    "withdrawn": "withdrawn",
})  # fmt: skip

ORDERS: Mapping[str, str] = MappingProxyType({
    "inject": "let {0} begin",
    "what-if": "ask what an order would do: {0}",
    "accept": "accept {0} onto track {1}",
    "hold": "hold {0} back at the neighbour",
    "secure": "secure {0} with skates",
    "uncouple": "take the locomotive off {0}",
    "inspect": "have {0} inspected",
    "move": "pull {0} to track {1}",
    "call-rake": "call rake {0} from the park",
    "call-loco": "call a locomotive for {0}",
    "weigh": "weigh {0}",
    "waybill": "write wagon list and waybill of {0}",
    "brake-test": "{1} brake test on {0}",
    "path": "book a path for {0}",
    "drop-path": "give the path of {0} back",
    "depart": "let {0} depart",
    "set-out": "set wagon {1} of {0} out",
    "transfer": "lift the load of {0} onto {1}",
    "crane": "put crane {0} on {1}",
    "discharge": "unload {0} into the silo",
    "fill": "fill {0} with the grain of {1}",
    "repair": "send the fitters to {0}",
    "tie": "tie crane {0} down",
    "untie": "untie crane {0}",
    "answer": "answer call {0}: {1}",
    "buy": "buy {0}",
    "auto-accept": "standing order: accept by itself: {0}",
    "auto-prepare": "standing order: secure, uncouple and inspect: {0}",
    "auto-place": "standing order: pull to the cranes: {0}",
    "auto-rakes": "standing order: call rakes for trains: {0}",
    "auto-send": "standing order: prepare and send what is loaded: {0}",
    "auto-lift": "standing order: plan transfers and cranes: {0}",
    "auto-release": "standing order: release green and blue: {0}",
    "meet": "{0} waits at {1} for {2}",
    "drop-meet": "{0} no longer waits at {1}",
    "back": "run {0} back to the loop behind it",
    "ground": "put container {0} into the stack",
    "load": "load container {0} onto {1}",
    "fetch": "have lorries fetch {0} into the zone",
    "release": "release {0}",
    "sample": "have a sample of {0} tested",
    "check": "have the documents of {0} checked",
    "request": "ask for the {1} of {0}",
    "scan": "scan the containers of {0}",
    "open": "open a container of {0}",
    "unload": "unload the containers of {0} fully",
    "detain": "detain {0}",
    "find": "claim on {0}: {1} and {2} clash, rule {3}",
    "withdraw": "take the finding on {0} back",
    "lane": "put {0} into the {1} lane, reason {2}",
    "select": "set the criterion {0} to {1}",
})  # fmt: skip
"""What each order tells somebody to do; {0}, {1} are its arguments."""


def clock(level_start_s: int, second: int) -> str:
    """The local clock at a second of the shift, "HH:MM"."""
    minutes = (level_start_s + second) // 60 % 1_440
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def day_clock(level_start_s: int, second: int) -> str:
    """The day of the shift, from 1 on which it starts, and the local clock: "day 4 18:00"; of the first day the clock alone."""
    day = (level_start_s + second) // 86_400 + 1
    return clock(level_start_s, second) if day == 1 else f"day {day} {clock(level_start_s, second)}"


class _Pattern(Template):
    idpattern = r"[TD]?[0-9]"


def _fill(pattern: str, args: tuple[object, ...], start_s: int | None) -> str:
    """Put arguments into a pattern: $0, $1 as they are or by their word, $T1 as a clock time, $D1 with the day of the shift."""
    values: dict[str, str] = {}
    for place, arg in enumerate(args):
        text = "-" if arg is None else str(arg)
        values[str(place)] = WORDS.get(text, text)
        if isinstance(arg, int):
            values[f"T{place}"] = f"minute {arg // 60}" if start_s is None else clock(start_s, arg)
            values[f"D{place}"] = day_clock(start_s or 0, arg)
    return _Pattern(pattern).safe_substitute(values)


_CALLS = ("call", "answered", "call_missed")


def _call_text(event: Event, level: Level | None) -> str:
    name = str(event.args[0])
    if level is None:
        return f"{event.code} {name}"
    call = level.calls[name]
    said = " ".join(call.text.split())
    if event.code == "call":
        choices = "; ".join(f"{answer.word}: {answer.text}" for answer in call.answers)
        return f"CALL {name}, {call.caller}: {said} ({choices})"
    because = " ".join(call.because.split())
    if event.code == "call_missed":
        return f"{call.caller} has waited too long for an answer to {name}. {because}"
    verdict = "right" if event.args[2] else "wrong"
    return f"{name} answered `{event.args[1]}`: {verdict}. {because}"


def _cut_text(event: Event, start_s: int | None) -> str:
    said = _fill(EVENTS["cut"], event.args, start_s)
    caps = [
        f"{most} with {cargo}"
        for most, cargo in zip(event.args[3:], ("grain", "containers"), strict=True)
        if most is not None
    ]
    return f"{said}, of them at most {' and '.join(caps)}" if caps else said


def refusal_text(refusal: Refusal, start_s: int | None = None) -> str:
    """Why an order was refused."""
    return _fill(REFUSALS[refusal.code], refusal.args, start_s)


_BEYOND = frozenset({"connected", "sailing_missed", "sailing_closed", "delivered", "stranded"})
"""What happens beyond the border, told with the names that the level gives to connections and destinations."""


def event_text(event: Event, level: Level | None = None) -> str:
    """What an event says, in one line; with the level in local time and with what a caller says."""
    start_s = None if level is None else level.start_s
    if event.code in ("frost", "fog"):
        return f"{event.code} sets in" if event.args[0] else f"the {event.code} is over"
    if event.code in _CALLS:
        return _call_text(event, level)
    if event.code == "crane_set" and len(event.args) > 2:
        return _fill(f"{EVENTS['crane_set']}, wagons $2 to $3", event.args, start_s)
    if event.code == "cut":
        return _cut_text(event, start_s)
    if event.code in _BEYOND and level is not None:
        name, place, *rest = event.args
        names = {item.id: item.name for item in level.connections} | {item.id: item.name for item in level.destinations}
        return _fill(EVENTS[event.code], (name, names.get(str(place), place), *rest), start_s)
    if event.code == "weighed":
        places = [int(part) + 1 for part in str(event.args[1]).split(",") if part]
        wagons = "all within their limits" if not places else "overloaded wagons: " + ", ".join(map(str, places))
        return f"{event.args[0]} is weighed: {wagons}"
    if event.code == "refused":
        code = str(event.args[2])
        return f"refused: {event.args[1]} - {_fill(REFUSALS[code], event.args[3:], start_s)}"
    return _fill(EVENTS.get(event.code, event.code), event.args, start_s)


def order_text(order: Order) -> str:
    """What an order tells somebody to do, in one line."""
    if order.verb == "crane" and order.args[1] == "off":
        return f"take crane {order.args[0]} off"
    if order.verb == "ground" and len(order.args) > 1:
        return f"put container {order.args[0]} into block {order.args[1]} of the stack"
    if order.verb == "crane" and len(order.args) > 2:
        return f"put crane {order.args[0]} on wagons {order.args[2]} of {order.args[1]}"
    if order.verb == WHAT_IF:
        return ORDERS[WHAT_IF].format(" ".join(order.args))
    if order.verb == "transfer" and order.args[1] == "stack":
        return f"lift the load of {order.args[0]} into the stack"
    return ORDERS[order.verb].format(*order.args)
