"""Disruptions at work: each begins at its second or on its condition, takes its course, and is told as events."""

from functools import partial
from typing import TypeAlias

from corridor_tui.corridor.conditions import Lulls, once
from corridor_tui.corridor.customs import Post
from corridor_tui.corridor.events import Arg, Event
from corridor_tui.corridor.kernel import Kernel
from corridor_tui.corridor.state import NEVER_S
from corridor_tui.corridor.terminal import Terminal
from corridor_tui.level.disruptions import (
    AcceptanceCut,
    Call,
    ClosedBlock,
    Cold,
    CraneService,
    CraneStop,
    DocumentHold,
    LateTrain,
    MachineStop,
    WagonShortage,
    Wind,
)
from corridor_tui.scenario.disruptions import Upcoming
from corridor_tui.scenario.loading import consignment_id
from corridor_tui.scenario.streams import expected_s
from corridor_tui.scenario.times import task_expected_s

Hindrance: TypeAlias = AcceptanceCut | WagonShortage | DocumentHold | ClosedBlock | LateTrain


class Upsets:
    """Lets the scenario's disruptions happen, and does what the desks order against them."""

    def __init__(self, kernel: Kernel, terminal: Terminal, post: Post) -> None:
        self._kernel = kernel
        self._terminal = terminal
        self._post = post
        self._repair_s: dict[str, tuple[int, int]] = {}
        self._winds: dict[str, float] = {}
        self._ends_s: dict[tuple[Arg, ...], int] = {}
        """When that is over which lasts now, by the event that tells it."""
        self.begun: dict[str, int] = {}
        """The disruptions that have begun, and when."""
        self._unheard: dict[str, int] = {}
        """By how much later trains come that are late before they are announced."""
        kernel.watch("announced", self._announced)
        self._live = {item.id: item for item in kernel.scenario.disruptions if item.spec.live}
        lulls = Lulls(kernel)
        for turn, item in enumerate(kernel.scenario.disruptions):
            if item.at_s is not None:
                kernel.after(self._lead_s(item), partial(self._begin, item))
            elif item.spec.when is not None:
                once(kernel, item.spec.when, partial(self._begin, item), lulls, turn)

    def _lead_s(self, item: Upcoming) -> int:
        warning_s = round(item.spec.warning_min * 60) if isinstance(item.spec, Wind) else 0
        return max(0, (item.at_s or 0) - warning_s)

    # what happens

    def _begin(self, item: Upcoming) -> None:
        spec = item.spec
        self.begun[item.id] = self._kernel.now
        match spec:
            case CraneStop():
                self._stop(item)
            case MachineStop():
                self._break_down(item, spec)
            case CraneService():
                self._serve(item)
            case Wind():
                self._wind_comes(item, spec)
            case Cold():
                self._kernel.emit(spec.kind, 1)
                self._end_after(item.lasts_s, spec.kind, 0)
            case Call():
                self._kernel.emit("call", item.id, self._kernel.now + item.lasts_s)
                self._kernel.after(item.lasts_s, partial(self._hang_up, item.id))
            case _:
                self._hinder(item, spec)

    def _hinder(self, item: Upcoming, spec: Hindrance) -> None:
        """Have trains, wagons or papers come later or not go on, and tell until when."""
        emit = self._kernel.emit
        match spec:
            case AcceptanceCut():
                until_s = self._end_after(item.lasts_s, "cut_over", spec.neighbour)
                emit("cut", spec.neighbour, spec.trains, until_s, spec.grain, spec.containers)
            case WagonShortage():
                emit("shortage", round(spec.times * 100), self._end_after(item.lasts_s, "shortage_over"))
            case DocumentHold():
                self._post.call_in(consignment_id(spec.train or "", spec.consignment or 0), item.lasts_s)
            case ClosedBlock():
                emit("line_closed", spec.track, self._end_after(item.lasts_s, "line_opened", spec.track))
            case LateTrain():
                self._delay(spec.train, item.lasts_s)

    def _stop(self, item: Upcoming) -> None:
        crane = self._kernel.view.cranes[item.plant or ""]
        if crane.down is None and isinstance(item.spec, CraneStop):
            self._repair_s[crane.id] = (item.lasts_s, expected_s(item.spec.repair))
            self._kernel.emit("crane_stopped", crane.id, "stopped")
            self._terminal.cranes.stop(crane.id)

    def _break_down(self, item: Upcoming, spec: MachineStop) -> None:
        machine = self._kernel.view.machines[item.plant or ""]
        if machine.down is None:
            self._repair_s[machine.id] = (item.lasts_s, expected_s(spec.repair))
            self._kernel.emit("machine_stopped", machine.id)
            self._terminal.machines.stop(machine.id)

    def _serve(self, item: Upcoming) -> None:
        """Take a crane away for its service: it ends its lift first."""
        crane = self._kernel.view.cranes[item.plant or ""]
        if crane.down is None:
            self._kernel.emit("crane_stopped", crane.id, "service")
            self._terminal.cranes.leave(crane.id)
            self._kernel.after(item.lasts_s, partial(self._terminal.cranes.start, crane.id))

    def _wind_comes(self, item: Upcoming, spec: Wind) -> None:
        kernel, warning_s = self._kernel, round(spec.warning_min * 60)
        if warning_s:
            kernel.emit("wind_warned", round(spec.speed_ms), kernel.now + warning_s)
        kernel.after(warning_s, partial(self._blow, item.id, spec.speed_ms))
        kernel.after(warning_s + item.lasts_s, partial(self._blow, item.id, 0.0))

    def _blow(self, wind: str, speed_ms: float) -> None:
        """Let a wind rise or fall; of several at once the strongest counts."""
        self._winds[wind] = speed_ms
        now_ms = round(max(self._winds.values()))
        self._kernel.emit("wind", now_ms)
        if now_ms >= self._kernel.level.terminal.tie_ms:
            for crane in self._kernel.view.cranes.values():
                if not crane.tied and crane.down != "unbuilt":
                    self._kernel.emit("mistake", "untied", crane.id)

    def _end_after(self, lasts_s: int, *event: Arg) -> int:
        """Have an event tell the end of something; where it comes twice at a time, the later end is that of both. When that will be."""
        now = self._kernel.now
        self._ends_s[event] = until_s = max(now + lasts_s, self._ends_s.get(event, 0))
        self._kernel.after(lasts_s, partial(self._end, event))
        return until_s

    def _end(self, event: tuple[Arg, ...]) -> None:
        if self._ends_s.get(event, NEVER_S) <= self._kernel.now:
            del self._ends_s[event]
            self._kernel.emit(str(event[0]), *event[1:])

    def _delay(self, train: str, more_s: int) -> None:
        """Have a train come so much later, and the neighbour say when; one that is offered already has come."""
        unit = self._kernel.view.units.get(train)
        if unit is None:  # a train of a service of which nobody has heard yet
            self._unheard[train] = self._unheard.get(train, 0) + more_s
        elif unit.offered_s is None:
            comes_s = self._kernel.scenario.plans[train].offered_s if unit.advised_s is None else unit.advised_s
            self._kernel.emit("delayed", train, comes_s + more_s)

    def _announced(self, event: Event) -> None:
        train = str(event.args[0])
        if train in self._unheard:
            self._kernel.after(0, partial(self._delay, train, self._unheard.pop(train)))

    def _hang_up(self, call: str) -> None:
        if self._kernel.view.calls[call].open:
            self._kernel.emit("call_missed", call)

    # orders

    def repair(self, name: str) -> None:
        """Send the fitters; a repaired crane has to be put to work again, a machine of the stack goes on by itself."""
        takes_s, expected = self._repair_s[name]
        start = self._terminal.cranes.start if name in self._kernel.view.cranes else self._terminal.machines.start
        self._kernel.crews.work(name, "repair", takes_s, expected, partial(start, name))

    def tie(self, crane: str) -> None:
        """Tie a crane down."""
        self._work_on(crane, "tie", "tied")

    def untie(self, crane: str) -> None:
        """Make a tied crane ready."""
        self._work_on(crane, "untie", "untied")

    def _work_on(self, crane: str, task: str, then: str) -> None:
        level, scenario = self._kernel.level, self._kernel.scenario
        takes_s = scenario.crane_s(crane, f"{task}/{self._kernel.now}")
        self._kernel.crews.work(
            crane, task, takes_s, task_expected_s(level, "tie", 1), partial(self._kernel.emit, then, crane)
        )

    def inject(self, upset: str) -> None:
        """Let a disruption begin that waits for the instructor; of wind one is warned as of any other."""
        self._kernel.emit("injected", upset)
        self._begin(self._live[upset])

    def answer(self, call: str, word: str) -> None:
        """Answer a call."""
        answers = self._kernel.level.calls[call].answers
        right = next(answer.right for answer in answers if answer.word == word)
        self._kernel.emit("answered", call, word, int(right))
