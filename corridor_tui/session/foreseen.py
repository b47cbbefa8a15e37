"""What a desk has to expect: a scenario whose hidden values are known as far as they have shown themselves, and no further.

All else is what the timetable, the level's mean durations and the papers on the desk say: what has not come is on time, work
that goes on takes its expected time and at least until the next second, nobody comes of whom nothing was heard, and nothing
breaks that has not.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from corridor_tui.corridor.state import Dossier, Unit
from corridor_tui.corridor.work import INSPECTED_SHARE
from corridor_tui.dispatcher.reading import Clash, clashes
from corridor_tui.level.base import Duration, Gauge, Lane
from corridor_tui.level.disruptions import DocumentHold
from corridor_tui.level.drawn import sample as written_out
from corridor_tui.level.risk import ERRORS, OFFENCES
from corridor_tui.level.told import ToldLine
from corridor_tui.level.traffic import Train
from corridor_tui.scenario import bulk
from corridor_tui.scenario.cases import shown
from corridor_tui.scenario.disruptions import Upcoming
from corridor_tui.scenario.draw import Scenario
from corridor_tui.scenario.streams import expected_s
from corridor_tui.scenario.times import check_of, task_expected_s
from corridor_tui.scenario.values import Consignment, Container, Haul, Papers, TrainPlan, Truth, Work
from corridor_tui.session.lasting import Lasting, at_least
from corridor_tui.session.seen import ANSWER, AT_STACK, BACK, CORRECT, LOCO, NOTICE, STAY, THERE, Seen, Spell

TYPICAL = 0
"""The seed of what nobody has seen yet and that a level gives by shares alone: the lanes of trains that are still to come."""


class Foreseen(Scenario):
    """A scenario as the desks know it at `now_s`, the first second not yet simulated.

    Of `known` it asks for nothing but what the events have shown by then. The orders given so far have led to the same events
    on it, up to what becomes of consignments beyond the line. `clock` tells the second at which it is asked something.
    """

    def __init__(self, known: Scenario, seen: Seen, begun: Mapping[str, int], now_s: int) -> None:
        super().__init__(known.level, TYPICAL)
        self.clock: Callable[[], int] = lambda: now_s
        self._known = known
        self._view = seen.view
        self._seen = seen
        self._now_s = now_s
        self._lasting = Lasting(seen, now_s)
        self._scattered = {}
        self._true: dict[str, Container] = {}
        self._readings: dict[str, tuple[Clash, ...]] = {}
        self.plans = {train.number: self._plan(train.number) for train in known.level.trains}
        self.disruptions = tuple(self._upsets(begun))

    # trains

    def arrivals(self) -> Iterator[TrainPlan]:
        """The trains of the services that have been announced."""
        for name in self._seen.services:
            self._order[name] = self._known.order_of(name)
            self.plans[name] = plan = self._plan(name)
            yield plan

    def _plan(self, name: str) -> TrainPlan:
        plan, unit = self._known.plans[name], self._view.units[name]
        heard = plan.service is None or name in self._view.cargo
        spec = plan.spec if heard else self._announced(plan.service or "", unit)
        spec = spec.model_copy(update={"scripted": (), "flagged": None})
        wagons = unit.wagons
        return replace(
            plan,
            spec=spec,
            offered_s=self._offered_s(plan, unit),
            tasks_s=self._tasks(name, unit, plan.tasks_s, wagons),
        )

    def _announced(self, service: str, unit: Unit) -> Train:
        spec = self.level.route.services[service]
        sets = spec.consignments
        train = written_out(spec, unit.wagons, 0 if sets is None else (sets.least + sets.most) // 2)
        at = self.level.clock_at(unit.planned_s or 0)
        return train.model_copy(update={"number": unit.id, "title": ToldLine(unit.title), "at": at})

    def _offered_s(self, plan: TrainPlan, unit: Unit) -> int:
        if unit.offered_s is not None or unit.advised_s is not None:
            return plan.offered_s
        notice_s = 0
        if plan.service is not None:  # it would have been advised by now if it came any sooner
            notice_s = round(self.level.route.services[plan.service].advice_h * 3_600)
        return max(plan.planned_s, self._now_s + notice_s)

    def rake_s(self, rake: str) -> dict[str, int]:
        """The seconds of each task on a rake, its notice and its way back included."""
        unit = self._view.units.get(rake)
        spec = self.level.rake(rake)
        wagons = self._known.plans[rake].spec.wagons if spec is None else spec.wagons
        return self._tasks(rake, unit, self._known.rake_s(rake), wagons)

    def _tasks(self, name: str, unit: Unit | None, true_s: Mapping[str, int], wagons: int) -> dict[str, int]:
        return {task: self._task_s(name, unit, task, true, wagons) for task, true in true_s.items()}

    def _task_s(self, name: str, unit: Unit | None, task: str, true_s: int, wagons: int) -> int:
        job = "shunt" if task == "shunt2" else task
        spells = self._seen.spells.get((name, job), [])
        if job == "shunt":
            spells = spells[1:] if task == "shunt2" else spells[:1]
        expected = self._expected_s(name, unit, task, wagons)
        if any(spell.known for spell in spells):
            return true_s
        spell = spells[-1] if spells else None
        return self._lasting.takes(spell, true_s, expected, 1.0 if spell is None else self._times(spell, expected))

    def _times(self, spell: Spell, expected: int) -> float:
        """How many times longer than usual a work takes that was told to end so much after it began."""
        if spell.expected_s is None:
            return spell.times
        frost = self.level.tasks.frost_times
        told = spell.expected_s / expected
        rest = 1 - INSPECTED_SHARE
        return min((1.0, rest, frost, rest * frost), key=lambda times: abs(times - told))

    def _expected_s(self, name: str, unit: Unit | None, task: str, wagons: int) -> int:
        spec = self.level.rake(name)
        if task in (NOTICE, BACK):
            duration = None if spec is None else spec.notice if task == NOTICE else spec.back
            return 1 if duration is None else expected_s(duration)
        if task == LOCO:
            gauge = None if unit is None else unit.gauge
            pool = next((pool for pool in self.level.locomotives if pool.gauge == gauge), None)
            return 1 if pool is None else round(pool.notice.mean_min * 60)
        return task_expected_s(self.level, task, wagons)

    def stay_s(self, unit: str, gauge: Gauge, neighbour: str) -> int:
        """How long a locomotive stands at a neighbour before it can run back."""
        true_s = self._known.stay_s(unit, gauge, neighbour)
        expected = expected_s(self._view.turns[gauge, neighbour].stay)
        return self._lasting.takes(self._seen.last(unit, STAY), true_s, expected)

    # loads

    def consignments(self, train: str) -> tuple[Consignment, ...]:
        """The consignments of a train: as handed over, or as such a train carries where nothing is known of them."""
        if train not in self._loads:
            typical = super().consignments(train)
            items = self._known.consignments(train) if train in self._view.cargo else typical
            self._loads[train] = tuple(self._foreseen(item, like) for item, like in zip(items, typical, strict=True))
        return self._loads[train]

    def _foreseen(self, item: Consignment, typical: Consignment) -> Consignment:
        dossier = self._view.dossiers.get(item.id)
        if dossier is None or dossier.lodged_s is None:
            risk = typical.risk._replace(regime=item.risk.regime)
            item = item._replace(goods=typical.goods, risk=risk, countries=typical.countries, lane=typical.lane)
        return item._replace(
            case=None,
            containers=tuple(self._container(box) for box in item.containers),
            ready_s=self._ready_s(item, dossier),
            work=self._work(item),
        )

    def _container(self, box: Container) -> Container:
        self._true[box.number] = box
        return box._replace(gross_kg=box.gross_kg if self._is_weighed(box) else box.declared_kg, lifts_s=())

    def _is_weighed(self, box: Container) -> bool:
        """Whether the mass of a container has shown itself; a crane too that leaves it beside another tells that."""
        if box.number in self._seen.weighed:
            return True
        for pair, crane in self._seen.alone.items():
            if box.number in pair:
                most_kg = next(one.lift_t for one in self.level.terminal.cranes if one.id == crane) * 1_000
                boxes = [self._true.get(number) or self._box(number) for number in pair]
                if sum(one.declared_kg for one in boxes) <= most_kg < sum(one.gross_kg for one in boxes):
                    return True
        return False

    def _box(self, number: str) -> Container:
        train = self._view.boxes[number].train
        return next(box for item in self._known.consignments(train) for box in item.containers if box.number == number)

    def _ready_s(self, item: Consignment, dossier: Dossier | None) -> int:
        if dossier is not None and dossier.lodged_s is not None:
            return item.ready_s
        customs, spec = self.level.customs, self.plans[item.train].spec
        if spec.papers == "lodged":
            return 0
        whole = customs.paper_min if spec.papers == "paper" else customs.electronic_min
        expected = max(1, round(whole * 60 * item.number / spec.consignments))
        receipt = self._seen.receipts.get(item.train)
        if receipt is None:
            return expected
        return at_least(expected, self._now_s - receipt.at_s + receipt.since_s, receipt.times)

    def _work(self, item: Consignment) -> Work:
        work, true = self.level.customs.work, item.work

        def takes(task: str, true_s: int, duration: Duration, count: int = 1) -> int:
            spells = self._seen.spells.get((item.id, task), [])
            known = next((spell for spell in spells if spell.known), spells[-1] if spells else None)
            return self._lasting.takes(known, true_s, expected_s(duration) * count)

        boxes = len(item.containers)
        answer_s = takes(ANSWER, true.answer_s, work.answer)
        rest_s = takes(CORRECT, max(1, true.correct_s - true.answer_s), work.correct)
        if self._seen.last(item.id, CORRECT) is None:
            rest_s = max(1, expected_s(work.correct) - expected_s(work.answer))
        return Work(
            green_s=takes("read", true.green_s, work.green, boxes),
            check_s=takes("check", true.check_s, check_of(self.level, item.risk.regime)),
            request_s=takes("request", true.request_s, work.request),
            scan_s=takes("scan", true.scan_s, work.scan, boxes),
            open_s=takes("open", true.open_s, work.open),
            unload_s=takes("unload", true.unload_s, work.unload),
            correct_s=answer_s + rest_s,
            answer_s=answer_s,
            supervisor_s=takes("supervisor", true.supervisor_s, work.supervisor),
            consents=self._seen.consents.get(item.id, work.consent_share >= 0.5),
        )

    # papers

    def papers(self, consignment: str, *, corrected: bool) -> Papers:
        """The documents of a consignment as they lie on the desk; sound ones while none do."""
        dossier = self._view.dossiers.get(consignment)
        if dossier is None or dossier.lodged_s is None:
            return super().papers(consignment, corrected=corrected)
        return self._known.papers(consignment, corrected=corrected and dossier.corrected)

    def lane(self, item: Consignment, settings: Mapping[str, str]) -> Lane:
        """The lane that a consignment was given, or that such a one is given."""
        return self._seen.lanes.get(item.id) or super().lane(item, settings)

    def risk(self, consignment: str) -> float:
        """How risky a consignment looks by what is declared, or such a one does."""
        dossier = self._view.dossiers.get(consignment)
        known = dossier is not None and dossier.lodged_s is not None
        return self._known.risk(consignment) if known else super().risk(consignment)

    def _read(self, consignment: str) -> tuple[Clash, ...]:
        """What a careful officer finds in the papers on the desk."""
        if consignment not in self._readings:
            dossier = self._view.dossiers.get(consignment)
            papers = None if dossier is None else self._view.papers(consignment)
            self._readings[consignment] = () if papers is None else clashes(papers, self._view.rules.values())
        return self._readings[consignment]

    def truth(self, consignment: str) -> Truth | None:
        """What the audit has brought to light within the shift."""
        return self._known.truth(consignment) if consignment in self._seen.came_back else None

    def upholds(self, consignment: str, first: str, second: str, rule: str) -> bool:
        """Whether a claim was upheld, or has to be by what the papers say."""
        outcome = self._seen.answers.get((consignment, first, second, rule))
        if outcome is not None:
            return outcome == "upheld"
        return any(clash.rule == rule for clash in self._read(consignment))

    def bears(self, consignment: str, document: str) -> bool:
        """Whether a request has shown, or the papers say, that something in a document is wrong."""
        result = self._seen.results.get((consignment, f"request:{document}"))
        if result is not None:
            return result == "suspect"
        cells = [cell for clash in self._read(consignment) for cell in (clash.first, clash.second)]
        return any(cell.partition(".")[0] == document for cell in cells)

    def shown(self, consignment: str, rung: str) -> str:
        """What a physical rung has brought to light, or will by what the papers say."""
        result = self._seen.results.get((consignment, rung))
        if result is not None:
            return result
        rules = [clash.rule for clash in self._read(consignment)]
        found = [shown(rung, "error", family) for family in ERRORS if family in rules]
        found += [shown(rung, "offence", family) for family in OFFENCES if family in rules]
        return next((result for result in found if result != "clean"), "clean")

    def sample(self, consignment: str) -> bulk.Sample | None:
        """The sample that plant health wants of a consignment, or of such a one."""
        dossier, health = self._view.dossiers.get(consignment), self.level.plant_health
        if dossier is None or dossier.lodged_s is None or health is None:
            wanted = super().sample(consignment)
        else:
            wanted = self._known.sample(consignment) if dossier.sample != "none" else None
        if wanted is None or health is None:
            return None
        last = self._seen.last
        return bulk.Sample(
            self._lasting.takes(last(consignment, "sample"), wanted.sampling_s, expected_s(health.sampling)),
            self._lasting.takes(
                last(consignment, "laboratory"), wanted.test_s, expected_s(health.test, factor=health.times)
            ),
        )

    def held_s(self, hold: DocumentHold, item: Consignment) -> int | None:
        """For how many seconds papers are called in that have come; of those to come nobody has heard."""
        dossier = self._view.dossiers.get(item.id)
        return None if dossier is None or dossier.lodged_s is None else self._known.held_s(hold, item)

    # work at the cranes, in the silo and on wagons

    def lift_s(self, container: Container, lift: int) -> int:
        """The seconds of a container's lift."""
        number, expected = container.number, expected_s(self.level.terminal.lift)
        if lift >= self._seen.lifted.get(number, 0):
            return expected
        lasting = self._lasting.hangs(number, lift, expected, machines=False)
        return self._known.lift_s(self._true[number], lift) if lasting is None else lasting

    def move_s(self, number: str, move: int, takes: Duration) -> int:
        """The seconds of a container's move by a machine of the stack."""
        expected = expected_s(takes)
        if move >= self._seen.moved.get(number, 0):
            return expected
        lasting = self._lasting.hangs(number, move, expected, machines=True)
        return self._known.move_s(number, move, takes) if lasting is None else lasting

    def haul_s(self, number: str) -> Haul:
        """How long a lorry takes with a container."""
        road, last = self.level.road, self._seen.last
        assert road is not None
        true, drive_s = self._known.haul_s(number), expected_s(road.drive)
        at_stack, there = last(number, AT_STACK), last(number, THERE)
        if at_stack is None:  # an export that is being brought has begun with the one before it
            load_s = at_least(expected_s(road.load), self._now_s - self.clock())
        else:
            load_s = self._lasting.takes(at_stack, true.load_s, expected_s(road.load))
        came_s = None if there is None else there.ended_s
        stay_s = None if road.stay is None else expected_s(road.stay)
        return Haul(
            load_s,
            self._lasting.takes(there, true.there_s, max(1, drive_s // 2)),
            self._lasting.since(came_s, true.back_s, max(1, drive_s - drive_s // 2)),
            stay_s if stay_s is None or true.stay_s is None else self._lasting.since(came_s, true.stay_s, stay_s),
        )

    def crane_s(self, crane: str, purpose: str) -> int:
        """The seconds it takes to tie a crane down or free it."""
        task, _, second = purpose.partition("/")
        spells = self._seen.spells.get((crane, task), [])
        spell = next((spell for spell in spells if spell.began_s >= int(second)), None)
        return self._lasting.takes(spell, self._known.crane_s(crane, purpose), task_expected_s(self.level, "tie", 1))

    def setout_s(self, unit: str, wagon: int) -> int:
        """The seconds it takes to set a wagon out."""
        if (unit, wagon) in self._seen.set_out:
            return self._known.setout_s(unit, wagon)
        spells = self._seen.spells.get((unit, "setout"), [])
        spell = next((spell for spell in spells if not spell.known), None)
        return self._lasting.takes(spell, 0, task_expected_s(self.level, "setout", 1))

    def batch_s(self, train: str, batch: int, wagons: int) -> int:
        """The seconds it takes to unload a train's batch of grain wagons."""
        plant = self.level.grain
        assert plant is not None
        spell = self._seen.batches.get((train, batch * plant.front_wagons))
        expected = expected_s(plant.batch, factor=wagons / plant.front_wagons)
        return self._lasting.takes(spell, self._known.batch_s(train, batch, wagons), expected)

    def fill_s(self, train: str, wagon: int, mass_kg: int) -> int:
        """The seconds it takes to fill a wagon with a train's grain."""
        plant = self.level.grain
        assert plant is not None
        if (train, wagon) in self._seen.filled:
            return self._known.fill_s(train, wagon, mass_kg)
        expected = expected_s(plant.fill, factor=mass_kg / 1_000 / bulk.FILL_T)
        return at_least(expected, self._now_s - self.clock())

    # what upsets the shift

    def _upsets(self, begun: Mapping[str, int]) -> Iterator[Upcoming]:
        """What has begun, and what the instructor may let begin."""
        for item in self._known.disruptions:
            if item.id in begun or item.spec.live:
                yield replace(item, lasts_s=self._lasting.upsets(item, begun.get(item.id)))
