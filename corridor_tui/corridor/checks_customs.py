"""When the customs desk's orders are accepted or refused."""

from collections.abc import Callable

from corridor_tui.corridor.refusals import Refusal, because
from corridor_tui.corridor.state import Dossier
from corridor_tui.corridor.view import View
from corridor_tui.scenario.rules import RULES, addresses
from corridor_tui.scenario.selectivity import choices

LANES = ("green", "blue", "yellow", "red")
_SEVERITY = {"blue": 0, "green": 0, "yellow": 1, "red": 2}
ABSENT = ("certificate", "licence", "danger", "payment", "guarantee")
"""Documents that can be asked for though they are not there."""
PHYSICAL = ("scan", "open", "unload")


def _lodged(view: View, name: str) -> Dossier | Refusal:
    dossier = view.dossiers.get(name)
    if dossier is None:
        return because("no_consignment", name)
    if dossier.state == "expected":
        return because("not_lodged", name)
    return dossier


def _open(view: View, name: str) -> Dossier | Refusal:
    """A consignment on which the desk has not decided."""
    dossier = _lodged(view, name)
    if isinstance(dossier, Refusal):
        return dossier
    if dossier.state in ("released", "detained"):
        return because("decided", name, dossier.state)
    if dossier.state == "releasing":
        return because("being_released", name)
    return dossier


def releasable(view: View, train: str) -> list[str]:
    """The consignments of a train that a bulk release covers: lodged, green or blue, nothing open against them."""
    dossiers = [view.dossiers[name] for name in view.cargo.get(train, ())]
    return [
        dossier.id
        for dossier in dossiers
        if dossier.state == "lodged" and dossier.lane in ("green", "blue") and _hinders(dossier) is None
    ]


def _release(view: View, name: str) -> Refusal | None:
    if name in view.units:
        return None if releasable(view, name) else because("nothing_green", name)
    dossier = _open(view, name)
    return dossier if isinstance(dossier, Refusal) else _hinders(dossier)


def _hinders(dossier: Dossier) -> Refusal | None:
    """What stands against the release of a consignment on which the desk has not decided."""
    name = dossier.id
    if dossier.finding is not None:
        return because("finding_open", name)
    if dossier.held_s is not None:
        return because("papers_held", name, dossier.held_s)
    if fault := _sampled(dossier):
        return fault
    if any(job.progress != "done" for job in dossier.jobs.values()):
        return because("rung_running", name)
    if dossier.findings and dossier.findings[-1].outcome == "upheld" and not dossier.corrected:
        return because("uncorrected", name)
    if dossier.lane == "yellow" and not dossier.did("check"):
        return because("yellow_unchecked", name)
    if dossier.lane == "red" and not any(dossier.did(rung) for rung in PHYSICAL):
        return because("red_unopened", name)
    return None


def _sampled(dossier: Dossier) -> Refusal | None:
    """Why plant health does not let a consignment be released yet; None where it does."""
    if dossier.sample != "wanted":
        return None
    if "sample" not in dossier.jobs:
        return because("not_sampled", dossier.id)
    test = dossier.jobs.get("laboratory")
    expected_s = None if test is None else test.expected_s
    return because("no_result", dossier.id) if expected_s is None else because("result_due", dossier.id, expected_s)


def _sample(view: View, name: str) -> Refusal | None:
    dossier = _open(view, name)
    if isinstance(dossier, Refusal):
        return dossier
    if dossier.sample != "wanted":
        return because("no_sample_wanted", name)
    if "sample" in dossier.jobs:
        return because("already_ordered", name, "sample")
    return because("not_here", dossier.train) if view.units[dossier.train].arrived_s is None else None


def _rung(rung: str) -> Callable[[View, str], Refusal | None]:
    def check(view: View, name: str) -> Refusal | None:
        dossier = _open(view, name)
        if isinstance(dossier, Refusal):
            return dossier
        if rung in dossier.jobs:
            return because("already_ordered", name, rung)
        if rung == "scan" and not view.pools["scanners"].total:
            return because("no_scanner")
        if rung in ("open", "unload"):
            if not view.pools["bays"].total:
                return because("no_bay")
            train = view.units[dossier.train]
            if train.arrived_s is None:
                return because("not_here", dossier.train)
        return None

    return check


def _request(view: View, name: str, document: str) -> Refusal | None:
    dossier = _open(view, name)
    if isinstance(dossier, Refusal):
        return dossier
    papers = view.papers(name)
    kinds = [item.kind for item in papers.documents] if papers else []
    if document not in kinds and document not in ABSENT:
        return because("no_document", document, ", ".join(kinds))
    if "request" in dossier.jobs and dossier.jobs["request"].progress != "done":
        return because("already_ordered", name, "request")
    return because("already_ordered", name, "request") if document in dossier.requested else None


def _detain(view: View, name: str) -> Refusal | None:
    dossier = _open(view, name)
    return dossier if isinstance(dossier, Refusal) else None


def _find(view: View, name: str, first: str, second: str, rule: str) -> Refusal | None:
    dossier = _open(view, name)
    if isinstance(dossier, Refusal):
        return dossier
    if dossier.finding is not None:
        return because("finding_open", name)
    if dossier.findings and dossier.findings[-1].outcome == "upheld" and not dossier.corrected:
        return because("uncorrected", name)
    if rule not in RULES:
        return because("no_rule", rule, ", ".join(RULES))
    papers = view.papers(name)
    known = addresses(papers) if papers else ()
    for address in (first, second):
        if address not in known:
            return because("no_field", address, name)
    return because("same_field", first) if first == second else None


def _withdraw(view: View, name: str) -> Refusal | None:
    dossier = _lodged(view, name)
    if isinstance(dossier, Refusal):
        return dossier
    return None if dossier.finding is not None else because("no_finding", name)


def _lane(view: View, name: str, lane: str, _reason: str) -> Refusal | None:
    dossier = _open(view, name)
    if isinstance(dossier, Refusal):
        return dossier
    if lane not in LANES:
        return because("no_lane", lane)
    if lane == dossier.lane:
        return because("same_lane", name, lane)
    if lowers(dossier, lane) and "supervisor" in dossier.jobs:
        return because("supervisor_asked", name)
    return None


def _select(view: View, name: str, setting: str) -> Refusal | None:
    rules = view.level.customs.selectivity
    if rules is None or not rules.desk:
        return because("no_criteria")
    if name not in view.selectivity:
        return because("no_criterion", name, ", ".join(view.selectivity))
    if setting not in choices(name):
        return because("no_setting", setting, name, ", ".join(choices(name)))
    return because("set_already", name, setting) if view.selectivity[name] == setting else None


def lowers(dossier: Dossier, lane: str) -> bool:
    """Whether a lane would be a lower one, which needs the supervisor's consent."""
    return _SEVERITY[lane] < _SEVERITY[dossier.lane or "green"]


CHECKS: dict[str, Callable[..., Refusal | None]] = {
    "release": _release,
    "sample": _sample,
    "check": _rung("check"),
    "scan": _rung("scan"),
    "open": _rung("open"),
    "unload": _rung("unload"),
    "request": _request,
    "detain": _detain,
    "find": _find,
    "withdraw": _withdraw,
    "lane": _lane,
    "select": _select,
}
