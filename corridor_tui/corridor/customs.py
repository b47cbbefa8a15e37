"""The customs post: lanes, the ladder of checks, findings and their answers, release and detention."""

from collections.abc import Callable
from functools import partial

from corridor_tui.corridor.checks_customs import lowers, releasable
from corridor_tui.corridor.kernel import Kernel
from corridor_tui.corridor.state import Dossier
from corridor_tui.level.risk import ERRORS
from corridor_tui.scenario.disruptions import holds
from corridor_tui.scenario.streams import expected_s
from corridor_tui.scenario.times import check_of
from corridor_tui.scenario.values import Consignment


class Post:
    """The customs post of the station."""

    def __init__(self, kernel: Kernel) -> None:
        self._kernel = kernel
        self._green_s = expected_s(kernel.level.customs.work.green)
        self._holds = holds(kernel.level)
        self._begun: dict[str, None] = {}
        """Trains whose declarations were begun at their offer although they bring paper."""

    def receive(self, train: str, since_s: int = 0, times: float = 1.0) -> None:
        """A train's declarations begin to be made, or were begun so many seconds ago; `times` as long as they take on paper."""
        for consignment in self._kernel.scenario.consignments(train):
            self._kernel.after(max(0, round(consignment.ready_s * times) - since_s), partial(self._lodge, consignment))

    def offered(self, train: str, papers: str) -> None:
        """A train is offered: what is declared electronically is begun; where paper has been done away with, all is."""
        customs = self._kernel.level.customs
        if papers == "electronic":
            self.receive(train)
        elif papers == "paper" and self._kernel.view.electronic:
            self._begun[train] = None
            self.receive(train, times=customs.electronic_min / customs.paper_min)

    def arrived(self, train: str, papers: str) -> None:
        """A train is in: what is declared on paper is begun."""
        if papers == "paper" and train not in self._begun:
            self.receive(train)
        self._begun.pop(train, None)

    def proclaim(self) -> None:
        """Have the rules of the day announced, and take effect, at their minutes."""
        level, kernel = self._kernel.level, self._kernel
        for rule in level.customs.rules:
            told_s = 0 if rule.announced is None else level.at_s(rule.announced)
            kernel.after(told_s, partial(kernel.emit, "rule_told", rule.id))
            kernel.after(level.at_s(rule.effective), partial(kernel.emit, "rule_in_force", rule.id))

    def _lodge(self, consignment: Consignment) -> None:
        lane = self._kernel.scenario.lane(consignment, self._kernel.view.selectivity)
        self._kernel.emit("lodged", consignment.id, lane)
        for hold in self._holds:
            lasts_s = self._kernel.scenario.held_s(hold, consignment)
            if lasts_s is not None:
                self.call_in(consignment.id, lasts_s)
        health = self._kernel.level.plant_health
        if health is not None and self._kernel.scenario.sample(consignment.id) is not None:
            self._kernel.emit("sample_wanted", consignment.id)

    def call_in(self, name: str, lasts_s: int) -> None:
        """Have another authority keep the papers of a consignment for a time, unless it is decided on."""
        dossier = self._kernel.view.dossiers.get(name)
        if dossier is not None and dossier.state in ("expected", "lodged"):
            self._kernel.emit("papers_held", name, self._kernel.now + lasts_s)
            self._kernel.after(lasts_s, partial(self._give_back, name))

    def _give_back(self, name: str) -> None:
        """Have the papers back, unless they were called in for longer meanwhile, or nobody knows of them any more."""
        dossier = self._kernel.view.dossiers.get(name)
        if dossier is not None and dossier.held_s is not None and dossier.held_s <= self._kernel.now:
            self._kernel.emit("papers_back", name)

    def select(self, name: str, setting: str) -> None:
        """Set a criterion of the risk engine: it sorts what is lodged from now on."""
        self._kernel.emit("selected", name, setting)

    # orders

    def release(self, name: str) -> None:
        """Release a consignment, or every green and blue one of a train."""
        names = releasable(self._kernel.view, name) if name in self._kernel.view.units else [name]
        for each in names:
            self._release(each)

    def _release(self, name: str) -> None:
        dossier = self._dossier(name)
        if dossier.lane != "green" or dossier.did("check"):
            self._released(name)
            return
        self._kernel.emit("releasing", name)
        takes = self._consignment(name).work.green_s
        self._kernel.crews.work(name, "read", takes, self._green_s * len(dossier.boxes), partial(self._released, name))

    def _released(self, name: str) -> None:
        self._kernel.emit("released", name)
        delay = self._kernel.level.customs.audit_min
        if delay is not None:
            self._kernel.after(max(1, round(delay * 60)), lambda: self._audit(name))

    def _audit(self, name: str) -> None:
        """The audit comes back within the shift: every blue consignment's, and whatever else slipped through."""
        dossier, truth = self._dossier(name), self._kernel.scenario.truth(name)
        fault = truth is not None and truth.kind != "lookalike" and not dossier.corrected
        if not self._kernel.view.over and (fault or dossier.lane == "blue"):
            kind, family = (truth.kind, truth.family) if fault and truth is not None else ("clean", None)
            self._kernel.emit("came_back", name, kind, family)

    def sample(self, name: str) -> None:
        """Take a consignment's sample; the laboratory tests it as soon as a bench is free."""
        crews, health, drawn = self._kernel.crews, self._kernel.level.plant_health, self._kernel.scenario.sample(name)
        assert health is not None
        assert drawn is not None
        test_s = expected_s(health.test, factor=health.times)
        found = partial(self._kernel.emit, "sample_clean", name)
        test = partial(crews.work, name, "laboratory", drawn.test_s, test_s, found)
        crews.work(name, "sample", drawn.sampling_s, expected_s(health.sampling), test)

    def rung(self, task: str, name: str) -> None:
        """Climb a rung of the ladder: check, scan, open or unload."""
        consignment, work = self._consignment(name), self._kernel.level.customs.work
        takes = {
            "check": (consignment.work.check_s, expected_s(check_of(self._kernel.level, consignment.risk.regime))),
            "scan": (consignment.work.scan_s, expected_s(work.scan) * len(consignment.containers)),
            "open": (consignment.work.open_s, expected_s(work.open)),
            "unload": (consignment.work.unload_s, expected_s(work.unload)),
        }[task]
        self._kernel.crews.work(name, task, *takes, self._shows(consignment, task))

    def _shows(self, consignment: Consignment, task: str) -> Callable[[], None]:
        def show() -> None:
            if task != "check":
                self._kernel.emit("seen", consignment.id, task, self._kernel.scenario.shown(consignment.id, task))

        return show

    def request(self, name: str, document: str) -> None:
        """Ask the declarant for a document: it confirms what is there, or shows that there is a discrepancy."""
        consignment = self._consignment(name)
        odd = self._kernel.scenario.bears(name, document)
        self._kernel.emit("requested", name, document)

        def comes() -> None:
            self._kernel.emit("seen", name, f"request:{document}", "suspect" if odd else "clean")

        expected = expected_s(self._kernel.level.customs.work.request)
        self._kernel.crews.work(name, "request", consignment.work.request_s, expected, comes)

    def find(self, name: str, first: str, second: str, rule: str) -> None:
        """Claim that two fields clash; the declarant answers, and an upheld error is corrected in time."""
        consignment, dossier = self._consignment(name), self._dossier(name)
        upheld = not dossier.corrected and self._kernel.scenario.upholds(name, first, second, rule)
        self._kernel.emit("found", name, first, second, rule)
        claim = dossier.finding

        def answered() -> None:
            if dossier.finding is not claim or dossier.state != "lodged":
                return
            self._kernel.emit("settled", name, "upheld" if upheld else "answered")
            if upheld and rule in ERRORS:
                rest = max(1, consignment.work.correct_s - consignment.work.answer_s)
                self._kernel.after(rest, lambda: self._correct(name))

        self._kernel.after(consignment.work.answer_s, answered)

    def _correct(self, name: str) -> None:
        if self._dossier(name).state == "lodged":
            self._kernel.emit("corrected", name)

    def lane(self, name: str, lane: str, _reason: str) -> None:
        """Raise a lane at once; ask the supervisor to lower it."""
        dossier = self._dossier(name)
        if not lowers(dossier, lane):
            self._kernel.emit("lane", name, lane)
            return
        consignment = self._consignment(name)

        def answers() -> None:
            self._kernel.emit("seen", name, f"supervisor:{lane}", "yes" if consignment.work.consents else "no")
            if consignment.work.consents and dossier.state == "lodged":
                self._kernel.emit("lane", name, lane)

        expected = expected_s(self._kernel.level.customs.work.supervisor)
        self._kernel.crews.work(name, "supervisor", consignment.work.supervisor_s, expected, answers)

    def _dossier(self, name: str) -> Dossier:
        return self._kernel.view.dossiers[name]

    def _consignment(self, name: str) -> Consignment:
        return self._kernel.scenario.consignment(name)
