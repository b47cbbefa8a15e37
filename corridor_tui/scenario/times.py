"""The durations of a level's work: what a desk plans with, and what is drawn for every train, consignment and container."""

from corridor_tui.level.base import Duration, Triangular
from corridor_tui.level.model import Level
from corridor_tui.level.road import Regime
from corridor_tui.scenario.streams import Draws, expected_s, sampler
from corridor_tui.scenario.values import Work

TASK_NAMES = (
    "secure", "uncouple", "border", "commercial", "technical", "shunt", "shunt2", "weigh", "waybill", "brake_full",
    "brake_yard", "brake_short", "couple", "empty", "loco",
)  # fmt: skip


def _task(level: Level, task: str) -> tuple[Triangular, float | None]:
    """A task's duration, and the number of wagons it holds for; None: for any."""
    spec = getattr(level.tasks, "shunt" if task == "shunt2" else task)
    return spec.takes, spec.per_wagons or None


def task_expected_s(level: Level, task: str, wagons: int) -> int:
    """What the desk plans with for a task on a train of so many wagons, in seconds."""
    takes, per_wagons = _task(level, task)
    return expected_s(takes, factor=wagons / per_wagons if per_wagons else 1.0)


def check_of(level: Level, regime: Regime | None) -> Duration:
    """How long an officer checks the documents of a flagged consignment."""
    return level.customs.imports.check if regime == "import" else level.customs.work.check


class Times:
    """Draws a level's durations; what they are made of is read from the level once."""

    def __init__(self, level: Level) -> None:
        self.lift_s = sampler(level.terminal.lift)
        notice = next((pool.notice for pool in level.locomotives), None)
        self._notice_s = None if notice is None else sampler(notice)
        tasks = {task: _task(level, task) for task in TASK_NAMES if task != "loco"}
        self._tasks = [(task, sampler(takes), per_wagons) for task, (takes, per_wagons) in tasks.items()]
        work = level.customs.work
        self._green_s, self._scan_s = sampler(work.green), sampler(work.scan)
        self._check_s, self._import_check_s = sampler(check_of(level, None)), sampler(check_of(level, "import"))
        later = (work.request, work.open, work.unload, work.correct, work.answer, work.supervisor)
        self._later_s = tuple(map(sampler, later))
        self._consent_share = work.consent_share

    def tasks(self, draws: Draws, wagons: int) -> dict[str, int]:
        """The seconds of each task on a train of so many wagons."""
        drawn = {
            task: takes_s(draws.random(), wagons / per_wagons if per_wagons else 1.0)
            for task, takes_s, per_wagons in self._tasks
        }
        u = draws.random()
        drawn["loco"] = 1 if self._notice_s is None else self._notice_s(u)
        return drawn

    def work(self, draws: Draws, boxes: int, regime: Regime | None) -> Work:
        """How long each rung takes for a consignment of so many containers, and whether the supervisor consents."""
        chance, green_s, green = draws.random, self._green_s, 0
        for _ in range(boxes):
            green += green_s(chance())
        scan = self._scan_s(chance()) * boxes
        check = (self._import_check_s if regime == "import" else self._check_s)(chance())
        request, opened, unload, correct, answer, supervisor = [takes_s(chance()) for takes_s in self._later_s]
        consents = chance() < self._consent_share
        return Work(green, check, request, scan, opened, unload, correct, answer, supervisor, consents)
