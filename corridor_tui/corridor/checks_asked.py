"""What stands against an answer to a call, against asking for help, and against the setting of a standing order."""

from collections.abc import Callable

from corridor_tui.corridor.orders import ADVISE, RULES, RUNGS, WHAT_IF, risk_limit
from corridor_tui.corridor.refusals import Refusal, because
from corridor_tui.corridor.view import View

_MOST_TRAINS = 99
"""The highest limit that the standing order to accept trains takes."""


def _answer(view: View, call: str, word: str) -> Refusal | None:
    ring = view.calls.get(call)
    if ring is None or not ring.open:
        return because("no_call", call)
    words = [answer.word for answer in view.level.calls[call].answers]
    return None if word in words else because("no_answer", word, ", ".join(words))


def _what_if(view: View, *_order: str) -> Refusal | None:
    return None if view.level.aids.priced else because("no_price")


def _advise(view: View, name: str, rung: str) -> Refusal | None:
    if not view.level.aids.ladder:
        return because("no_ladder")
    if rung not in RUNGS:
        return because("no_rung", rung, ", ".join(RUNGS))
    known = (view.units, view.dossiers, view.cranes, view.calls, view.level.standing_orders)
    sold = () if view.purse is None else (view.purse.unbuilt, view.purse.wagons)
    if any(name in each for each in (*known, *sold)):
        return None
    return because("no_subject", name)


def _rule(rule: str) -> Callable[[View, str], Refusal | None]:
    def check(view: View, setting: str) -> Refusal | None:
        if rule not in view.level.standing_orders:
            return because("rule_not_here", rule)
        if setting == view.standing.get(rule, "off"):
            return because("rule_is_so", rule, setting)
        if rule == "auto-accept":
            fits = setting == "off" or (setting.isascii() and setting.isdigit() and 1 <= int(setting) <= _MOST_TRAINS)
            return None if fits else because("no_limit", setting, _MOST_TRAINS)
        if rule == "auto-release" and setting not in ("on", "off"):
            return _risk_limit(view, setting)
        return None if setting in ("on", "off") else because("not_on_off", setting)

    return check


def _risk_limit(view: View, setting: str) -> Refusal | None:
    if not view.level.customs.signs:
        return because("not_on_off", setting)
    return because("no_risk_limit", setting) if risk_limit(setting) is None else None


CHECKS: dict[str, Callable[..., Refusal | None]] = {
    "answer": _answer,
    WHAT_IF: _what_if,
    ADVISE: _advise,
    **{rule: _rule(rule) for rule in RULES},
}
