"""The words for codes: refusals, events, orders and stages in the terms of the trade."""

from collections.abc import Mapping
from string import Template
from types import MappingProxyType

from corridor_tui.corridor.events import Event
from corridor_tui.corridor.orders import WHAT_IF, Order
from corridor_tui.corridor.refusals import Refusal
from corridor_tui.language import N_, NP_, _
from corridor_tui.level.model import Level

REFUSALS: Mapping[str, str] = MappingProxyType({
    "no_order": N_("there is no such order: $0"),
    "closed": N_("the shift is closed"),
    "other_desk": N_("that is an order of the $0 desk"),
    "no_unit": N_("there is no train or rake $0"),
    "has_left": N_("$0 has left"),
    "moving": N_("$0 is moving; wait until it stands"),
    "not_here": N_("$0 does not stand on one of our tracks yet"),
    "no_track": N_("there is no track $0"),
    "gauge": N_("track $0 is $1 mm gauge, $2 runs on $3 mm"),
    "too_short": N_("track $0 has $1 m, $2 needs $3 m"),
    "track_held": N_("track $0 is held by $1"),
    "already_in": N_("$0 is in, or on its way in"),
    "not_offered": N_("the neighbour has not offered $0 yet"),
    "already_accepted": N_("$0 is accepted already, for track $1"),
    "no_way": N_("no line leads $0 straight to track $1"),
    "nothing_to_hold": N_("$0 is not accepted, or has started: it cannot be held back"),
    "already_ordered": N_("$1 is ordered or done already for $0"),
    "no_loco": N_("no locomotive is on $0"),
    "being_secured": N_("$0 is being secured: the locomotive must hold it until the skates lie"),
    "nothing_to_inspect": N_("there is nothing to inspect on $0"),
    "shunt_ordered": N_("the shunter already has an order for $0"),
    "loco_on": N_("the line locomotive is still on $0: uncouple it first"),
    "there_already": N_("$0 stands on $1 already"),
    "being_worked": N_("people are at work on $0 ($1): nobody moves it over them"),
    "no_shunt_way": N_("the shunter has no way for $0 to $1"),
    "not_in_park": N_("$0 is not in a park to be called from"),
    "already_called": N_("$0 is called already"),
    "has_loco": N_("$0 has a locomotive, or one is called"),
    "goes_nowhere": N_("$0 has nowhere to go yet"),
    "no_locomotive": N_("no locomotive of $0 mm is free; one comes back when its turn is done"),
    "not_loaded": N_("$0 is not loaded yet"),
    "not_nearly_loaded": N_("$0 is not nearly loaded: the list would be wrong"),
    "no_test": N_("there is no brake test `$0`; there are full, yard and short"),
    "test_needs_loco": N_("a $1 test of $0 needs its locomotive"),
    "short_needs_yard": N_("a short test is enough only after one from the yard plant on $0"),
    "no_line_here": N_("$0 does not stand where its line begins: pull it to the station first"),
    "no_path_needed": N_("$0 needs no path: its line is free when its section is"),
    "has_path": N_("$0 has a path at $T1 already"),
    "no_paths_left": N_("no more paths this week for $0"),
    "no_path": N_("$0 has no path"),
    "not_cleared": N_("$0: $1 consignments on it are not released, the first is $2"),
    "no_waybill": N_("$0 has no wagon list and waybill"),
    "no_wagon": N_("$0 has no wagon $1"),
    "still_lifting": N_("the cranes are not done with $0"),
    "no_train": N_("there is no train $0 to work on"),
    "not_under_cranes": N_("$0 does not stand on a crane track"),
    "transfer_planned": N_("the transfer of $0 is planned already"),
    "rakes_suffice": N_("the rakes of $0 have room for all of it"),
    "stack_full": N_("the stack takes no more than $0 TEU"),
    "no_rake": N_("there is no rake $0"),
    "rake_taken": N_("$0 already takes the load of $1"),
    "other_way": N_("$0 goes to $1, and the load of $2 to $3"),
    "no_crane": N_("there is no crane $0"),
    "crane_free": N_("$0 is on no transfer"),
    "no_transfer": N_("$0 has no transfer: plan it first"),
    "crane_there": N_("$0 works on $1 already"),
    "no_box": N_("there is no container $0"),
    "grounded_already": N_("$0 is in the stack, or on its way there"),
    "in_the_air": N_("$0 hangs on a crane, or is out of reach"),
    "set_out": N_("the wagon of $0 is set out"),
    "not_in_stack": N_("$0 is not in the stack"),
    "by_road": N_("$0 goes into the zone by lorry: `fetch` its consignment once it is released"),
    "comes_by_road": N_("$0 comes by lorry straight into the stack"),
    "list_closed": N_("the list of $0 was closed at $T1 to what comes by road: $2 goes with a later one"),
    "by_rail": N_("$0 goes on by rail: only what stays in the zone is fetched"),
    "not_released": N_("$0 is not released yet: nothing of it leaves the port before"),
    "nothing_to_fetch": N_("nothing of $0 stands in the stack for a lorry"),
    "warehouse_full": N_("the bonded warehouse has room for $1 TEU, $0 needs $2"),
    "no_room": N_("$0 has no room left"),
    "not_built": N_("$0 is not built: `buy $1` first, and wait until it stands"),
    "no_offer": N_("there is no offer $0"),
    "bought_before": N_("$0 is bought already"),
    "offer_needs": N_("$0 needs $1: buy that first"),
    "no_money": N_("$0 costs $1, there is $2 left: $3 short; the next quarter brings $4 on $D5"),
    "no_money_left": N_("$0 costs $1, there is $2 left: $3 short, and no more money comes in this shift"),
    "crane_down": N_("$0 stands still: it has to be ready first"),
    "no_block": N_("the stack has no block $0"),
    "block_full": N_("block $0 has no room for it"),
    "no_part": N_("wagons are given as the first and the last of a train, such as 1-20: $0 is not of $1, which has $2"),
    "part_of_train": N_("a part is counted in the wagons of the train that is emptied, and $0 is filled"),
    "crane_tied": N_("$0 is tied down: untie it first"),
    "crane_untied": N_("$0 is not tied down"),
    "crane_runs": N_("$0 has no fault that the fitters could mend"),
    "crane_lifts": N_("$0 is on a transfer: take it off first"),
    "no_grain_train": N_("$0 is no train of grain"),
    "not_at_silo": N_("$0 does not stand on a track of the grain terminal"),
    "no_grain_rake": N_("$0 is no rake of 1435 mm wagons for grain"),
    "grain_promised": N_("the grain of $0 already goes onto $1"),
    "nothing_in_silo": N_("nothing of $0 comes into the silo yet: unload it first"),
    "rake_too_small": N_("$0 has $1 wagons; the grain of $2 needs $3, since no two consignments are mixed in one wagon"),
    "no_sample_wanted": N_("plant health wants no sample of $0, or has its result"),
    "not_sampled": N_("plant health wants a sample of $0 first: order it early, the laboratory works while the train is unloaded"),
    "no_result": N_("the sample of $0 waits for the laboratory: nothing of it leaves before the result"),
    "result_due": N_("the laboratory has the sample of $0 until about $T1: nothing of it leaves before the result"),
    "cargo_not_taken": N_("$0 takes no more trains with $1 for now, so $2 has to wait; it still takes $3 others"),
    "papers_held": N_("another authority has the papers of $0 until about $T1"),
    "not_taken": N_("$0 takes no more trains for now: $1 has to wait"),
    "rule_not_here": N_("this level does not allow $0"),
    "rule_is_so": N_("$0 is $1 already"),
    "no_limit": N_("`$0` is no limit: a number from 1 to $1, or off"),
    "not_on_off": N_("`$0` is no setting: on or off"),
    "loop_short": N_("the loop $0 is too short for $1, which needs $2 m"),
    "no_loop": N_("there is no loop $0"),
    "no_room_to_meet": N_("$1 and $2 cannot meet at $0: both fit only its track $3"),
    "is_past": N_("$0 does not come to $1 any more"),
    "track_locked": N_("$0 has left the last loop: its way onto track $1 is locked"),
    "meets_itself": N_("$0 cannot wait for itself"),
    "meet_is_so": N_("$0 waits at $1 for $2 already"),
    "no_meet": N_("$0 is not to wait at $1"),
    "not_in_loop": N_("$0 does not wait in a loop"),
    "no_loop_behind": N_("there is no loop behind $0 to go back to"),
    "no_price": N_("a what-if costs nothing here: it is no order"),
    "no_ladder": N_("this level gives no help"),
    "no_rung": N_("there is no rung $0; there are $1"),
    "no_subject": N_("there is nothing called $0 to ask help for"),
    "no_upset": N_("there is no disruption $0 that waits for the instructor; there are: $1"),
    "upset_begun": N_("$0 has begun already"),
    "no_call": N_("no call $0 waits for an answer"),
    "no_answer": N_("`$0` is no answer to that; there are $1"),
    "no_consignment": N_("there is no consignment $0"),
    "not_lodged": N_("the papers of $0 are not lodged yet"),
    "decided": N_("$0 is $1 already"),
    "being_released": N_("an officer is releasing $0"),
    "nothing_green": N_("nothing of $0 can be released in bulk: no lodged green or blue consignment is left open"),
    "finding_open": N_("a finding on $0 waits for its answer"),
    "rung_running": N_("$0 is being checked: wait for the officer"),
    "uncorrected": N_("the error in $0 is not corrected yet"),
    "yellow_unchecked": N_("$0 is yellow: its documents must be checked first"),
    "red_unopened": N_("$0 is red: it must be scanned or opened first"),
    "no_scanner": N_("there is no scanner here"),
    "no_bay": N_("there is no inspection bay here"),
    "no_document": N_("there is no document `$0`; there are $1"),
    "no_rule": N_("there is no rule `$0`; there are $1"),
    "no_field": N_("there is no field `$0` in the papers of $1"),
    "same_field": N_("a finding needs two fields, not `$0` twice"),
    "no_finding": N_("no finding on $0 is open"),
    "no_lane": N_("there is no lane `$0`; there are green, blue, yellow and red"),
    "same_lane": N_("$0 is in the $1 lane already"),
    "no_criteria": N_("the criteria of the risk engine are not this desk's to set"),
    "no_criterion": N_("there is no criterion `$0`; there are $1"),
    "no_setting": N_("`$0` is no setting of $1; there are $2"),
    "set_already": N_("$0 is set to $1 already"),
    "supervisor_asked": N_("the supervisor was asked about $0"),
})  # fmt: skip

EVENTS: Mapping[str, str] = MappingProxyType({
    "announced": N_("$0 is announced for $D2"),
    "advised": N_("$0 is on its way: the neighbour will offer it at $T1"),
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
    "loco_back": N_("a $0 mm locomotive is back from its turn"),
    "called": N_("rake $0 is called from the park"),
    "weighed": N_("$0 is weighed"),
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
    "found": N_("finding on $0: $1 and $2 clash, rule $3"),
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
    "cut": N_("$0 takes only $1 more trains until $T2"),
    "cut_over": N_("$0 takes trains as usual again"),
    "shortage": N_("empty wagons are short: $0 % of the usual time until they come, until $T1"),
    "shortage_over": N_("empty wagons come as usual again"),
    "papers_held": N_("the papers of $0 are called in until about $T1"),
    "papers_back": N_("the papers of $0 are back"),
    "rule_set": N_("standing order $0: $1"),
    "injected": N_("the instructor lets $0 begin"),
    "by_rule": N_("$0: $1"),
    "mistake": N_("SAFETY: $1: $0"),
    "over": N_("the shift is over"),
    "closed": N_("everything is closed"),
    "rule_told": N_("rule of the day announced: $0, see the rulebook"),
    "rule_in_force": N_("from this minute the rule $0 counts for what is registered"),
    "selected": N_("criterion $0 is set to $1"),
    "came_back": N_("audit of $0 comes back: $1 $2"),
    "audited": N_("audit of $0: $1 $2 $3"),
    "ordered": N_("$0: $1"),
    "refused": N_("refused: $1"),
})  # fmt: skip

WORDS: Mapping[str, str] = MappingProxyType({
    "secure": N_("securing"),
    "uncouple": N_("uncoupling"),
    "couple": N_("coupling"),
    "setout": N_("setting out"),
    "shunt": N_("pull by the shunter"),
    "border": N_("border and seal check"),
    "commercial": N_("commercial inspection"),
    "technical": N_("technical inspection"),
    "empty": N_("return inspection"),
    "weigh": N_("weighing"),
    "waybill": N_("wagon list and waybill"),
    "brake_full": N_("full brake test"),
    "brake_yard": N_("brake test from the yard plant"),
    "brake_short": N_("short brake test"),
    "read": N_("reading of the papers"),
    "check": N_("document check"),
    "supervisor": N_("question to the supervisor"),
    "request": N_("request for a document"),
    "scan": N_("scan"),
    "open": N_("opening"),
    "unload": N_("full unloading"),
    "unsecured": N_("locomotive taken off an unsecured rake"),
    "no_brake_test": N_("departure without a brake test"),
    "overloaded": N_("departure with an overloaded wagon"),
    "uninspected": N_("moved on without inspection"),
    "deadlock": N_("trains run into a knot"),
    "wind": N_("a lift above the wind limit"),
    "untied": N_("a crane not tied down in a storm"),
    "overfull": N_("a container set down where the stack has no place"),
    "unplugged": N_("a refrigerated container without a socket"),
    "segregation": N_("dangerous goods in one block with what they must be apart from"),
    "repair": N_("repair"),
    "tie": N_("tying down"),
    "untie": N_("untying"),
    "sample": N_("sampling"),
    "laboratory": N_("laboratory test"),
    "danger": N_("papers of dangerous goods"),
    "concealed": N_("undeclared dangerous goods"),
    "stopped": N_("a fault, it needs the fitters"),
    "service": N_("planned service"),
    "goods": N_("misdeclared goods"),
    "undeclared": N_("undeclared goods"),
    "barred": N_("barred goods"),
    "upheld": N_("it stands"),
    "answered": N_("the declarant has explained it, nothing is wrong"),
    "withdrawn": N_("withdrawn"),
})  # fmt: skip

NAMES: Mapping[str, str] = MappingProxyType({
    "green": N_("green"),
    "yellow": N_("yellow"),
    "red": N_("red"),
    "blue": N_("blue"),
    "dispatch": N_("dispatch"),
    "terminal": N_("terminal"),
    "customs": N_("customs"),
    "instructor": N_("instructor"),
    "expected": N_("expected"),
    "lodged": N_("lodged"),
    "released": N_("released"),
    "detained": N_("detained"),
    "clean": N_("clean"),
    "suspect": N_("suspect"),
    "error": N_("error"),
    "offence": N_("offence"),
    "lookalike": N_("lookalike"),
    "full": N_("full"),
    "yard": N_("yard"),
    "short": N_("short"),
    "note": NP_("document", "note"),
    "declaration": NP_("document", "declaration"),
    "invoice": NP_("document", "invoice"),
    "packing": NP_("document", "packing"),
    "certificate": NP_("document", "certificate"),
    "handover": NP_("document", "handover"),
    "licence": NP_("document", "licence"),
    "reseal": NP_("document", "reseal"),
    "risk": NP_("document", "risk"),
    "grain": N_("grain"),
    "stack": N_("stack"),
    "ground": N_("ground"),
    "road": N_("road"),
    "warehouse": N_("bonded warehouse"),
    "containers": N_("containers"),
    "inspect": NP_("stage", "inspect"),
    "discharge": NP_("stage", "discharge"),
    "depart": NP_("stage", "depart"),
    "back": N_("running back"),
})  # fmt: skip
"""Names that codes have where they stand in a sentence as they are."""
STAGES: Mapping[str, str] = MappingProxyType({
    "call": NP_("stage", "call"),
    "accept": NP_("stage", "accept"),
    "run": NP_("stage", "run"),
    "secure": NP_("stage", "secure"),
    "uncouple": NP_("stage", "uncouple"),
    "inspect": NP_("stage", "inspect"),
    "place": NP_("stage", "place"),
    "discharge": NP_("stage", "discharge"),
    "lift": NP_("stage", "lift"),
    "check": NP_("stage", "check"),
    "out": NP_("stage", "out"),
    "loco": NP_("stage", "loco"),
    "load": NP_("stage", "load"),
    "bring": NP_("stage", "bring"),
    "weigh": NP_("stage", "weigh"),
    "waybill": NP_("stage", "waybill"),
    "brake": NP_("stage", "brake"),
    "papers": NP_("stage", "papers"),
    "path": NP_("stage", "path"),
    "depart": NP_("stage", "depart"),
})  # fmt: skip
"""The stages of a train's chain of work, in a word as short as can be."""

ORDERS: Mapping[str, str] = MappingProxyType({
    "inject": N_("let {0} begin"),
    "what-if": N_("ask what an order would do: {0}"),
    "advise": N_("ask for help with {0}: {1}"),
    "accept": N_("accept {0} onto track {1}"),
    "hold": N_("hold {0} back at the neighbour"),
    "secure": N_("secure {0} with skates"),
    "uncouple": N_("take the locomotive off {0}"),
    "inspect": N_("have {0} inspected"),
    "move": N_("pull {0} to track {1}"),
    "call-rake": N_("call rake {0} from the park"),
    "call-loco": N_("call a locomotive for {0}"),
    "weigh": N_("weigh {0}"),
    "waybill": N_("write wagon list and waybill of {0}"),
    "brake-test": N_("{1} brake test on {0}"),
    "path": N_("book a path for {0}"),
    "drop-path": N_("give the path of {0} back"),
    "depart": N_("let {0} depart"),
    "set-out": N_("set wagon {1} of {0} out"),
    "transfer": N_("lift the load of {0} onto {1}"),
    "crane": N_("put crane {0} on {1}"),
    "discharge": N_("unload {0} into the silo"),
    "fill": N_("fill {0} with the grain of {1}"),
    "repair": N_("send the fitters to {0}"),
    "tie": N_("tie crane {0} down"),
    "untie": N_("untie crane {0}"),
    "answer": N_("answer call {0}: {1}"),
    "buy": N_("buy {0}"),
    "auto-accept": N_("standing order: accept by itself: {0}"),
    "auto-prepare": N_("standing order: secure, uncouple and inspect: {0}"),
    "auto-place": N_("standing order: pull to the cranes: {0}"),
    "auto-rakes": N_("standing order: call rakes for trains: {0}"),
    "auto-send": N_("standing order: prepare and send what is loaded: {0}"),
    "auto-lift": N_("standing order: plan transfers and cranes: {0}"),
    "auto-release": N_("standing order: release green and blue: {0}"),
    "meet": N_("{0} waits at {1} for {2}"),
    "drop-meet": N_("{0} no longer waits at {1}"),
    "back": N_("run {0} back to the loop behind it"),
    "ground": N_("put container {0} into the stack"),
    "load": N_("load container {0} onto {1}"),
    "fetch": N_("have lorries fetch {0} into the zone"),
    "release": N_("release {0}"),
    "sample": N_("have a sample of {0} tested"),
    "check": N_("have the documents of {0} checked"),
    "request": N_("ask for the {1} of {0}"),
    "scan": N_("scan the containers of {0}"),
    "open": N_("open a container of {0}"),
    "unload": N_("unload the containers of {0} fully"),
    "detain": N_("detain {0}"),
    "find": N_("claim on {0}: {1} and {2} clash, rule {3}"),
    "withdraw": N_("take the finding on {0} back"),
    "lane": N_("put {0} into the {1} lane, reason {2}"),
    "select": N_("set the criterion {0} to {1}"),
})  # fmt: skip
"""What each order tells somebody to do; {0}, {1} are its arguments."""


def word(code: str) -> str:
    """A code in words, as it stands in a sentence; what is no code stays as it is."""
    if code.startswith(_ASKED_FOR):
        return _("the {document} asked for", document=word(code.removeprefix(_ASKED_FOR)))
    text = WORDS.get(code) or NAMES.get(code)
    return code if text is None else _(text)


def clock(level_start_s: int, second: int) -> str:
    """The local clock at a second of the shift, "HH:MM"."""
    minutes = (level_start_s + second) // 60 % 1_440
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def day_clock(level_start_s: int, second: int) -> str:
    """The day of the shift, from 1 on which it starts, and the local clock: "day 4 18:00"; of the first day the clock alone."""
    day = (level_start_s + second) // 86_400 + 1
    at = clock(level_start_s, second)
    return at if day == 1 else _("day {day} {clock}", day=day, clock=at)


class _Pattern(Template):
    idpattern = r"[TD]?[0-9]"


def _fill(pattern: str, args: tuple[object, ...], start_s: int | None) -> str:
    """Put arguments into a pattern: $0, $1 as they are or by their word, $T1 as a clock time, $D1 with the day of the shift."""
    values: dict[str, str] = {}
    for place, arg in enumerate(args):
        values[str(place)] = "-" if arg is None else word(str(arg))
        if isinstance(arg, int):
            values[f"T{place}"] = _("minute {minute}", minute=arg // 60) if start_s is None else clock(start_s, arg)
            values[f"D{place}"] = day_clock(start_s or 0, arg)
    return _Pattern(_(pattern)).safe_substitute(values)


_ASKED_FOR = "request:"
_CALLS = ("call", "answered", "call_missed")


def _call_text(event: Event, level: Level | None) -> str:
    name = str(event.args[0])
    if level is None:
        return f"{event.code} {name}"
    call = level.calls[name]
    said = " ".join(str(call.text).split())
    if event.code == "call":
        choices = "; ".join(f"{answer.word}: {answer.text}" for answer in call.answers)
        return _("CALL {name}, {caller}: {said} ({choices})", name=name, caller=call.caller, said=said, choices=choices)
    because = " ".join(str(call.because).split())
    if event.code == "call_missed":
        missed = _("{caller} has waited too long for an answer to {name}.", caller=call.caller, name=name)
        return f"{missed} {because}"
    right = N_("{name} answered `{answer}`: right.")
    wrong = N_("{name} answered `{answer}`: wrong.")
    return f"{_(right if event.args[2] else wrong, name=name, answer=event.args[1])} {because}"


def _cut_text(event: Event, start_s: int | None) -> str:
    said = _fill(EVENTS["cut"], event.args, start_s)
    caps = [
        _("{trains} with {cargo}", trains=most, cargo=word(cargo))
        for most, cargo in zip(event.args[3:], ("grain", "containers"), strict=True)
        if most is not None
    ]
    if not caps:
        return said
    return _("{said}, of them at most {caps}", said=said, caps=_(" and ").join(caps))


def refusal_text(refusal: Refusal, start_s: int | None = None) -> str:
    """Why an order was refused."""
    return _fill(REFUSALS[refusal.code], refusal.args, start_s)


_WEATHER = {
    "frost": (N_("frost sets in"), N_("the frost is over")),
    "fog": (N_("fog sets in"), N_("the fog is over")),
}
_BEYOND = frozenset({"connected", "sailing_missed", "sailing_closed", "delivered", "stranded"})
"""What happens beyond the border, told with the names that the level gives to connections and destinations."""


def event_text(event: Event, level: Level | None = None) -> str:
    """What an event says, in one line; with the level in local time and with what a caller says."""
    start_s = None if level is None else level.start_s
    if event.code in ("frost", "fog"):
        return _(_WEATHER[event.code][0 if event.args[0] else 1])
    if event.code in _CALLS:
        return _call_text(event, level)
    if event.code == "crane_set" and len(event.args) > 2:
        return _fill(N_("crane $0 goes to $1, wagons $2 to $3"), event.args, start_s)
    if event.code == "cut":
        return _cut_text(event, start_s)
    if event.code in _BEYOND and level is not None:
        name, place, *rest = event.args
        names = {item.id: item.name for item in level.connections} | {item.id: item.name for item in level.destinations}
        return _fill(EVENTS[event.code], (name, names.get(str(place), place), *rest), start_s)
    if event.code == "weighed":
        places = [int(part) + 1 for part in str(event.args[1]).split(",") if part]
        if not places:
            return _("{unit} is weighed: all within their limits", unit=event.args[0])
        wagons = ", ".join(map(str, places))
        return _("{unit} is weighed: overloaded wagons: {wagons}", unit=event.args[0], wagons=wagons)
    if event.code == "refused":
        code = str(event.args[2])
        reason = _fill(REFUSALS[code], event.args[3:], start_s)
        return _("refused: {order} - {reason}", order=event.args[1], reason=reason)
    return _fill(EVENTS.get(event.code, event.code), event.args, start_s)


_WITH_NAMES = frozenset({"brake-test", "request", "lane"})
"""Orders that take a name of ours for an argument, and not only what levels call their things."""


def order_text(order: Order) -> str:
    """What an order tells somebody to do, in one line."""
    args = order.args
    if order.verb == "crane" and args[1] == "off":
        return _("take crane {crane} off", crane=args[0])
    if order.verb == "ground" and len(args) > 1:
        return _("put container {box} into block {block} of the stack", box=args[0], block=args[1])
    if order.verb == "crane" and len(args) > 2:
        return _("put crane {crane} on wagons {wagons} of {unit}", crane=args[0], wagons=args[2], unit=args[1])
    if order.verb == WHAT_IF:
        return _(ORDERS[WHAT_IF]).format(" ".join(args))
    if order.verb == "transfer" and args[1] == "stack":
        return _("lift the load of {unit} into the stack", unit=args[0])
    if order.verb in _WITH_NAMES:
        args = tuple(word(arg) if arg in NAMES else arg for arg in args)
    return _(ORDERS[order.verb]).format(*args)
