"""The words for why points were lost."""

from corridor_tui.language import N_, NP_, _
from corridor_tui.level.model import Level
from corridor_tui.scenario.rules import family
from corridor_tui.scoring.score import NOT_AT_ALL, ObjectiveResult, Reason

_CAUSES = {
    "trainee": N_("{train} waited {minutes} min for an order of the {desk} desk"),
    "track": N_("{train} waited {minutes} min for a free track"),
    "staff": N_("{train} waited {minutes} min for people"),
    "crane": N_("{train} waited {minutes} min for a crane"),
    "machine": N_("{train} waited {minutes} min for a machine of the stack"),
    "silo": N_("{train} waited {minutes} min for room in the silo"),
    "stack": N_("{train} waited {minutes} min for room in the stack"),
    "papers": N_("{train} waited {minutes} min for its papers"),
    "wagons": N_("{train} waited {minutes} min for wagons"),
    "locomotive": N_("{train} waited {minutes} min for a locomotive"),
    "path": N_("{train} waited {minutes} min for its path"),
    "neighbour": N_("{train} waited {minutes} min for the neighbour"),
    "line": N_("{train} waited {minutes} min for the line"),
    "work": N_("{train}: work took {minutes} min longer than its time allowed"),
}
_DESKS = {"dispatch": N_("dispatch"), "terminal": N_("terminal"), "customs": N_("customs")}
_COMPONENTS = {
    "time": NP_("part of the score", "time"),
    "detection": NP_("part of the score", "detection"),
    "resources": NP_("part of the score", "resources"),
    "safety": NP_("part of the score", "safety"),
}
_RUNGS = {
    "check": N_("document check"),
    "request": N_("request for a document"),
    "scan": N_("scan"),
    "open": N_("opening"),
    "unload": N_("full unloading"),
    "supervisor": N_("question to the supervisor"),
}
_UNDELIVERED = {
    (True, False): N_("containers not on their way at the end of the shift: {count}"),
    (False, True): N_("wagons of grain not on their way at the end of the shift: {count}"),
    (True, True): N_("containers and wagons of grain not on their way at the end of the shift: {count}"),
}
"""By whether a level has loads in containers, and in bulk."""
_OF_FAMILIES = ("miss", "wrong_detention", "wrong_reason", "wrong_rule")
_MEASURES = {
    "trains_out": N_("trains out"),
    "containers_out": N_("containers out"),
    "grain_out_t": N_("tonnes of grain out"),
    "faults_missed": N_("faults missed"),
    "false_alarms": N_("false alarms"),
    "hit_pct": N_("per cent of faults found"),
    "false_alarm_pct": N_("per cent of false alarms"),
    "safety_mistakes": N_("safety mistakes"),
    "rehandles": N_("containers moved aside in the stack"),
    "calls_failed": N_("calls failed"),
    "late_min": N_("late minutes"),
    "connections_made": N_("connections made"),
    "connections_missed": N_("connections missed"),
    "promises_kept": N_("per cent of promises kept"),
}
_UNITS = {
    "_min": NP_("unit", "min"),
    "_pct": NP_("unit", "%"),
    "promises_kept": NP_("unit", "%"),
    "_t": NP_("unit", "t"),
}
"""How the names of measures with a unit end, and what is written after the figure."""
_TEXTS = {
    "fee": N_("{0} was accepted so late that a fee is due for {1} containers"),
    "late_acceptance": N_("{0}: {1} containers for {2} are accepted {3} h late"),
    "missed_sailing": N_("{0}: {1} containers for {2} missed {4} (cut-off {5}) and are accepted {3} h late"),
    "miss": N_("{0} was released with a discrepancy ({1})"),
    "undecided": N_("{0} was left undecided"),
    "false_alarm": N_("a finding on {0} did not stand"),
    "wrong_reason": N_("the finding on {0} named the wrong fields for what is wrong ({1})"),
    "wrong_rule": N_("the finding on {0} named another rule than {1}"),
    "wrong_detention": N_("{0} was detained, and is no offence ({1})"),
    "no_reason": N_("{0} was detained and no fields were named for it"),
    "no_rule": N_("{0} was detained and no rule was named for it"),
    "unjustified": N_("{0}: {1} without ground"),
    "lifts": N_("{0} crane lifts"),
    "officers": N_("{0} officer hours"),
    "shunts": N_("{0} pulls by the shunter"),
    "locomotives": N_("{0} hours of locomotives standing coupled"),
    "rakes": N_("{0} hours of rakes on the tracks"),
    "storage": N_("{0} TEU-hours in the stack beyond the free time of what goes into the zone"),
    "spoilt": N_("what is in {0} is spoilt: it stood too long without a socket"),
    "advice": N_("help was asked for with {0}: {1}"),
    "what_if": N_("it was asked what `{0}` would do"),
    "unsecured": N_("SAFETY: the locomotive was taken off {0} before it was secured"),
    "no_brake_test": N_("SAFETY: {0} left without a brake test"),
    "overloaded": N_("SAFETY: {0} left with an overloaded wagon"),
    "uninspected": N_("SAFETY: {0} was moved on without its inspection"),
    "deadlock": N_("SAFETY: {0} and others on the line were run into a knot"),
    "wind": N_("SAFETY: {0} lifted above the wind limit"),
    "overfull": N_("SAFETY: {0} was set down where the stack had no place"),
    "unplugged": N_("SAFETY: {0} is refrigerated and was put where no socket was free"),
    "segregation": N_("SAFETY: {0} was put into a block with dangerous goods that it must be apart from"),
    "undeclared": N_("SAFETY: {0} was released with dangerous goods that nobody had declared"),
    "untied": N_("SAFETY: {0} was not tied down when the storm came"),
}


def reason_text(reason: Reason, level: Level) -> str:
    """One line that says why points were lost in a shift of a level."""
    if reason.code == "call":
        name, given = map(str, reason.args)
        call = level.calls[name]
        if given == NOT_AT_ALL:
            return _("{caller} got no answer", caller=call.caller)
        said = next((str(answer.text) for answer in call.answers if answer.word == given), given)
        return _("{caller} was answered wrongly: {said}", caller=call.caller, said=said)
    if reason.code == "undelivered":
        kinds = {train.kind for train in level.trains} | {service.kind for service in level.services}
        boxes = bool(kinds - {"grain", "empties"}) or "grain" not in kinds
        return _(_UNDELIVERED[boxes, "grain" in kinds], count=reason.args[0])
    if reason.code != "wait":
        return _(_TEXTS[reason.code]).format(*(_named(reason.code, str(arg), level) for arg in reason.args))
    train, cause, desk, minutes = reason.args
    minutes = minutes or "<1"
    return _(_CAUSES[str(cause)], train=train, minutes=minutes, desk=_(_DESKS.get(str(desk), "")))


def _named(code: str, arg: str, level: Level) -> str:
    """What a reason tells, in words where it is a code: the family of a discrepancy, a rung; a place by its name."""
    if code == "unjustified":
        return _(_RUNGS[arg]) if arg in _RUNGS else arg
    if code in _OF_FAMILIES:
        return _("sound") if arg == "sound" else family(arg)
    return str(level.called.get(arg, arg))


def measure_name(name: str) -> str:
    """What a measure of a run is called; one that another version measured stays as it is."""
    return _(_MEASURES[name]) if name in _MEASURES else name


def asked_text(goal: ObjectiveResult) -> str:
    """What came of an objective, and its bound."""
    value = _("nothing to measure") if goal.value is None else _measured(goal.measure, goal.value)
    asked = N_("{value}, asked: at most {bound}") if goal.at_most else N_("{value}, asked: at least {bound}")
    said = _(asked, value=value, bound=_measured(goal.measure, goal.target))
    if goal.met or goal.value is None or (goal.value > goal.target if goal.at_most else goal.value < goal.target):
        return said
    return _("{said}, but only after the shift was over", said=said)


def _measured(measure: str, value: float) -> str:
    unit = next((unit for end, unit in _UNITS.items() if measure.endswith(end)), None)
    return figure(value) if unit is None else f"{figure(value)} {_(unit)}"


def figure(value: float) -> str:
    """A figure as people read it: with one decimal, or whole."""
    return f"{round(value, 1) + 0:.1f}".removesuffix(".0")


def component(name: str) -> str:
    """What a part of the score is called."""
    return _(_COMPONENTS[name])
