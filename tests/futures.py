"""Another future behind the same past: for tests that nobody knows what has not shown itself."""

from dataclasses import replace

from corridor_tui.corridor.events import Event
from corridor_tui.scenario.draw import Scenario
from corridor_tui.scenario.values import Consignment, Container
from corridor_tui.session.shift import Shift


class Grafted(Scenario):
    """A scenario that is one seed's until a second, and another's in everything that has not shown itself by then."""

    def __init__(self, known: Scenario, other: Scenario, seen: set[str]) -> None:
        super().__init__(known.level, known.seed)
        self._other = other
        self._seen = seen
        for name, plan in other.plans.items():
            if name not in seen:
                self.plans[name] = plan

    def consignments(self, train: str) -> tuple[Consignment, ...]:
        return (Scenario.consignments(self, train)) if train in self._seen else self._foreign(train)

    def _foreign(self, train: str) -> tuple[Consignment, ...]:
        self._loads[train] = self._other.consignments(train)
        return self._loads[train]


class Turned(Grafted):
    """The same after a shift that has come to some second: what is not done by then takes longer, what is not found out is
    otherwise, and what has not broken breaks at other times.
    """

    def __init__(self, shift: Shift, other: Scenario) -> None:
        known = shift.scenario
        self._events: list[Event] = list(shift.events)
        self._view = shift.view
        seen = {str(e.args[0]) for e in self._events if e.code in ("offered", "stood", "handed_over")}
        # a train that was not offered by now comes later than now, in any future
        for name, plan in other.plans.items():
            other.plans[name] = replace(plan, offered_s=max(plan.offered_s, shift.now_s + 60))
        super().__init__(known, other, seen)
        self._done = {(str(e.args[0]), str(e.args[1])) for e in self._events if e.code == "done"}
        self._shunted = {str(e.args[0]) for e in self._events if e.code == "started" and e.args[1] == "shunt"}
        self._lifted = {str(e.args[1]) for e in self._events if e.code in ("lifting", "twin_lifting", "moving_aside")}
        for name in seen & set(self.plans):
            tasks = {task: self._longer(name, task, seconds) for task, seconds in self.plans[name].tasks_s.items()}
            self.plans[name] = replace(self.plans[name], tasks_s=tasks)
        self.disruptions = tuple(
            item for item in known.disruptions if item.id in shift.begun or item.spec.live
        )  # nothing else breaks

    def _longer(self, name: str, task: str, seconds: int) -> int:
        if task in ("shunt", "shunt2") and name in self._shunted:
            return seconds
        begun = (name, "couple") if task == "loco" else (name, task)
        return seconds if begun in self._done or self._coupling(name, task) else seconds + 411

    def _coupling(self, name: str, task: str) -> bool:
        return task == "loco" and "couple" in self._view.units[name].jobs

    def rake_s(self, rake: str) -> dict[str, int]:
        known = super().rake_s(rake)
        unit = self._view.units.get(rake)
        told = unit is not None and unit.offered_s is not None
        longer = {task: self._longer(rake, task, seconds) for task, seconds in known.items()}
        return longer if not told else {**longer, "notice": known.get("notice", 1)}

    def consignments(self, train: str) -> tuple[Consignment, ...]:
        if train not in self._loads:
            self._loads[train] = tuple(self._turned(item) for item in super().consignments(train))
        return self._loads[train]

    def _turned(self, item: Consignment) -> Consignment:
        dossier = self._view.dossiers.get(item.id)
        lodged = dossier is not None and dossier.lodged_s is not None
        names = {"green_s": "read", "check_s": "check", "scan_s": "scan", "open_s": "open", "unload_s": "unload"}
        rungs = {key: getattr(item.work, key) for key in names}
        longer = {key: value if (item.id, names[key]) in self._done else value + 511 for key, value in rungs.items()}
        work = item.work._replace(**longer)
        boxes = tuple(
            box if box.number in self._lifted else box._replace(gross_kg=box.gross_kg + 40_000)
            for box in item.containers
        )
        if lodged:
            return item._replace(work=work, containers=boxes)
        return item._replace(work=work, containers=boxes, ready_s=item.ready_s and item.ready_s + 911, lane="red")

    def lift_s(self, container: Container, lift: int) -> int:
        known = super().lift_s(container, lift)
        return known if container.number in self._lifted else known + 77
