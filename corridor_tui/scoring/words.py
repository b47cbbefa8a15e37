"""The words for why points were lost."""

from corridor_tui.scoring.score import Reason

_CAUSES = {
    "trainee": "for an order of the {desk} desk",
    "track": "for a free track",
    "staff": "for people",
    "crane": "for a crane",
    "machine": "for a machine of the stack",
    "silo": "for room in the silo",
    "papers": "for its papers",
    "wagons": "for wagons",
    "locomotive": "for a locomotive",
    "path": "for its path",
    "neighbour": "for the neighbour",
    "line": "for the line",
}
_TEXTS = {
    "fee": "{0} was accepted so late that a fee is due for {1} containers",
    "late_acceptance": "{0}: {1} containers for {2} are accepted {3} h late",
    "missed_sailing": "{0}: {1} containers for {2} missed {4} (cut-off {5}) and are accepted {3} h late",
    "miss": "{0} was released with a discrepancy ({1})",
    "undecided": "{0} was left undecided",
    "false_alarm": "a finding on {0} did not stand",
    "wrong_reason": "the finding on {0} named the wrong fields for what is wrong ({1})",
    "wrong_rule": "the finding on {0} named another rule than {1}",
    "wrong_detention": "{0} was detained, and is no offence ({1})",
    "no_reason": "{0} was detained and no fields were named for it",
    "no_rule": "{0} was detained and no rule was named for it",
    "unjustified": "{0}: {1} without ground",
    "lifts": "{0} crane lifts",
    "officers": "{0} officer hours",
    "shunts": "{0} pulls by the shunter",
    "locomotives": "{0} hours of locomotives standing coupled",
    "rakes": "{0} hours of rakes on the tracks",
    "storage": "{0} TEU-hours in the stack beyond the free time of what goes into the zone",
    "call": "call {0} was not answered rightly: {1}",
    "spoilt": "what is in {0} is spoilt: it stood too long without a socket",
    "what_if": "it was asked what `{0}` would do",
    "undelivered": "{0} containers or wagons of grain not on their way at the end of the shift",
    "unsecured": "SAFETY: the locomotive was taken off {0} before it was secured",
    "no_brake_test": "SAFETY: {0} left without a brake test",
    "overloaded": "SAFETY: {0} left with an overloaded wagon",
    "uninspected": "SAFETY: {0} was moved on without its inspection",
    "deadlock": "SAFETY: {0} and others on the line were run into a knot",
    "wind": "SAFETY: {0} lifted above the wind limit",
    "overfull": "SAFETY: {0} was set down where the stack had no place",
    "unplugged": "SAFETY: {0} is refrigerated and was put where no socket was free",
    "segregation": "SAFETY: {0} was put into a block with dangerous goods that it must be apart from",
    "undeclared": "SAFETY: {0} was released with dangerous goods that nobody had declared",
    "untied": "SAFETY: {0} was not tied down when the storm came",
}


def reason_text(reason: Reason) -> str:
    """One line that says why points were lost."""
    if reason.code != "wait":
        return _TEXTS[reason.code].format(*reason.args)
    train, cause, desk, minutes = reason.args
    if cause == "work":
        return f"{train}: work took {minutes} min longer than its time allowed"
    return f"{train} waited {minutes} min {_CAUSES[str(cause)].format(desk=desk)}"
