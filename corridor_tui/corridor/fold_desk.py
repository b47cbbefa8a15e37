"""How disruptions, calls, standing orders and customs change the view: a function a code, named after it."""

from typing import Literal

from corridor_tui.corridor.freed import free_pool, free_slots
from corridor_tui.corridor.state import Finding, Ring, Slots
from corridor_tui.corridor.view import WORKS, View
from corridor_tui.level.base import Lane
from corridor_tui.scenario.rules import today


def on_crane_stopped(view: View, t: int, crane_id: str, why: Literal["stopped", "service"]) -> None:
    view.cranes[crane_id].down = why
    _halted(view, crane_id)


def on_crane_up(view: View, t: int, crane_id: str) -> None:
    crane = view.cranes[crane_id]
    crane.down = crane.train = None
    crane.jobs.pop("repair", None)
    _halted(view, crane_id)


def on_machine_stopped(view: View, t: int, name: str) -> None:
    view.machines[name].down = "stopped"
    _halted(view, name)


def on_machine_up(view: View, t: int, name: str) -> None:
    machine = view.machines[name]
    machine.down = None
    machine.jobs.pop("repair", None)
    _halted(view, name)


def on_tied(view: View, t: int, crane_id: str) -> None:
    view.cranes[crane_id].tied = True
    del view.cranes[crane_id].jobs["tie"]
    _halted(view, crane_id)


def on_untied(view: View, t: int, crane_id: str) -> None:
    view.cranes[crane_id].tied = False
    del view.cranes[crane_id].jobs["untie"]
    _halted(view, crane_id)


def _halted(view: View, name: str) -> None:
    if view.hook(name).down == "stopped" or (name in view.cranes and view.cranes[name].tied):
        view.halted[name] = None
    else:
        view.halted.pop(name, None)


def on_wind_warned(view: View, t: int, speed_ms: int, at_s: int) -> None:
    view.weather.coming_ms, view.weather.coming_s = speed_ms, at_s


def on_wind(view: View, t: int, speed_ms: int) -> None:
    view.weather.wind_ms, view.weather.coming_s = speed_ms, None


def on_frost(view: View, t: int, on: int) -> None:
    view.weather.frost = bool(on)


def on_fog(view: View, t: int, on: int) -> None:
    view.weather.fog = bool(on)


def on_cut(
    view: View, t: int, neighbour: str, trains: int, until_s: int, grain: int | None, containers: int | None
) -> None:
    view.cuts[neighbour] = Slots(trains, until_s, grain, containers)


def on_cut_over(view: View, t: int, neighbour: str) -> None:
    view.cuts.pop(neighbour, None)
    view.mark(free_slots(neighbour))


def on_shortage(view: View, t: int, percent: int, until_s: int) -> None:
    view.shortage = percent / 100


def on_shortage_over(view: View, t: int) -> None:
    view.shortage = 1.0


def on_line_closed(view: View, t: int, track: str, until_s: int) -> None:
    view.shut[track] = (t, until_s)


def on_line_opened(view: View, t: int, track: str) -> None:
    view.shut.pop(track, None)


def on_papers_held(view: View, t: int, name: str, until_s: int) -> None:
    dossier = view.dossier(name)
    dossier.held_s = max(until_s, dossier.held_s or 0)


def on_papers_back(view: View, t: int, name: str) -> None:
    view.dossier(name).held_s = None


def on_call(view: View, t: int, call: str, until_s: int) -> None:
    view.calls[call] = Ring(call, t, until_s)


def on_answered(view: View, t: int, call: str, word: str, right: int) -> None:
    view.calls[call].answer = word


def on_call_missed(view: View, t: int, call: str) -> None:
    view.calls[call].missed = True


def on_injected(view: View, t: int, upset: str) -> None:
    view.instructed.injected[upset] = t


def on_allowed(view: View, t: int, percent: int) -> None:
    view.instructed.allowance = percent


def on_rule_set(view: View, t: int, rule: str, setting: str) -> None:
    if setting == "off":
        view.standing.pop(rule, None)
    else:
        view.standing[rule] = setting


def on_hint(view: View, t: int, hint: str) -> None:
    view.hints[hint] = None


def on_hint_over(view: View, t: int, hint: str) -> None:
    view.hints.pop(hint, None)


# customs


def on_lodged(view: View, t: int, name: str, lane: Lane) -> None:
    dossier = view.dossier(name)
    dossier.lodged_s, dossier.lane = t, lane
    if dossier.state == "expected":
        dossier.state = "lodged"


def on_rule_told(view: View, t: int, name: str) -> None:
    rule = next(rule for rule in view.level.customs.rules if rule.id == name)
    view.rules[name] = today(view.level, rule)


def on_selected(view: View, t: int, name: str, setting: str) -> None:
    view.selectivity[name] = setting


def on_came_back(view: View, t: int, name: str, kind: str, family: str | None) -> None:
    view.dossier(name).seen["audit"] = family or kind


def on_lane(view: View, t: int, name: str, lane: Lane) -> None:
    view.dossier(name).lane = lane


def on_released(view: View, t: int, name: str) -> None:
    dossier = view.dossier(name)
    dossier.state, dossier.decided_s = "released", t


def on_detained(view: View, t: int, name: str) -> None:
    dossier = view.dossier(name)
    dossier.state, dossier.decided_s = "detained", t
    view.exported(dossier.train, t)


def on_found(view: View, t: int, name: str, first: str, second: str, rule: str) -> None:
    view.dossier(name).findings.append(Finding(first, second, rule, t))


def on_settled(view: View, t: int, name: str, outcome: str) -> None:
    finding = view.dossier(name).finding
    if finding is not None:
        finding.outcome = "upheld" if outcome == "upheld" else "withdrawn" if outcome == "withdrawn" else "answered"


def on_corrected(view: View, t: int, name: str) -> None:
    view.dossier(name).corrected = True


def on_seen(view: View, t: int, name: str, rung: str, result: str) -> None:
    view.dossier(name).seen[rung] = result


def on_requested(view: View, t: int, name: str, document: str) -> None:
    dossier = view.dossier(name)
    dossier.requested = (*dossier.requested, document)


def on_over(view: View, t: int) -> None:
    view.over = True
    if view.level.road is not None:  # what is for the road is no longer waited for
        view.departures += 1


def on_closed(view: View, t: int) -> None:
    view.closed = True


def on_delivered(view: View, t: int, name: str, *_way: object) -> None:
    view.dossiers[name].delivered = True


def on_forgotten(view: View, t: int, names: str) -> None:
    for name in names.split():
        view.forget(name)


# budget


def on_quarter(view: View, t: int, money: int) -> None:
    if view.purse is not None:
        view.purse.money += money


def on_bought(view: View, t: int, name: str, price: int, ready_s: int) -> None:
    if view.purse is not None:
        view.purse.money -= price
        view.purse.bought[name] = ready_s


def on_built(view: View, t: int, name: str) -> None:
    purse, budget = view.purse, view.level.budget
    if purse is None or budget is None:
        return
    purse.built[name] = None
    offer = next(offer for offer in budget.offers if offer.id == name)
    for element in [element for element, of in purse.unbuilt.items() if of == name]:
        del purse.unbuilt[element]
        if element not in view.cranes and element not in view.machines:
            view.free(element, WORKS)
    come = [rake for rake, of in purse.wagons.items() if of == name]
    for rake in come:
        del purse.wagons[rake]
        spec = view.level.each_rake[rake]
        view.enter_rake(rake, spec, spec.park)
    for rake in reversed(come):  # what was touched last is seen first
        view.mark(rake)
    for pool, more in offer.pools.items():
        view.pools[pool].total += more
        view.mark(free_pool(pool))
    for crane in offer.cranes:
        view.cranes[crane].down = None
    for machine in offer.machines:
        view.machines[machine].down = None
        view.machines_there = True
    view.electronic = view.electronic or offer.electronic
