"""What a trainee goes through after the first page: what broke off, the shift, its result, the debriefing, the questions.

It brings most of the program along, so that it is imported while the first page is read.
"""

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from textual.app import App

from corridor_tui.language import _
from corridor_tui.level.model import Level
from corridor_tui.level.shelf import data_dir
from corridor_tui.level.text import flowing
from corridor_tui.records.keeper import Keeper, now_ms
from corridor_tui.scoring.words import reason_text
from corridor_tui.session.debrief import debrief, when_text
from corridor_tui.session.journal import JournalError
from corridor_tui.session.replay import Replay
from corridor_tui.session.result import Result, result_of
from corridor_tui.session.run import Run, RunError, level_of, rebuild
from corridor_tui.session.shift import Shift
from corridor_tui.tui import keeping
from corridor_tui.tui.briefing import answer_rows
from corridor_tui.tui.debriefing import Debriefing
from corridor_tui.tui.desk import Desk
from corridor_tui.tui.menu import Choice, Item, MenuScreen
from corridor_tui.tui.reader import Reader
from corridor_tui.tui.reliving import Reliving
from corridor_tui.tui.replay import ReplayScreen
from corridor_tui.tui.result import result_rows
from corridor_tui.tui.settings import Settings
from corridor_tui.tui.start import Start
from corridor_tui.tui.story import APART, MOMENT, Story
from corridor_tui.tui.timeline import costliest


class Lead:
    """Leads through the screens of an app and keeps what is played on them; see `CorridorApp` for what it is given."""

    def __init__(
        self,
        app: App[None],
        level: Level | None,
        seed: int,
        trainee: str,
        levels: Path | None,
        wall: Callable[[], float],
        resume: str | None,
        settings: Settings,
        *,
        instructor: bool,
        allowance: int,
        result: Result | None,
        others: Sequence[Result],
    ) -> None:
        self._app = app
        self._level = level
        self._seed = seed
        self._trainee = trainee
        self._levels = levels
        self._wall = wall
        self._resume = resume
        self.settings = settings
        self._result = result
        self._others = others
        self._seen = {one.run.key: one for one in (result, *others) if one is not None}
        """Finished runs, by their keys, that a branch of them can be set beside."""
        self.parting: list[str] = []
        """What is said of each shift once the terminal is as it was."""
        self.finished: Level | None = None
        """The level of the shift that came to its result last; None where the last shift was left before its end."""
        self._outcome = ""
        self.keeper = Keeper(data_dir(), trainee, instructor=instructor, allowance=allowance)

    async def play(self, level: Level) -> None:
        """Begin a shift and play it to its result."""
        await self.sit(self.keeper.begin(level, self._seed))

    async def go_on(self) -> bool:
        """Go on with the run that was asked for, or offer what broke off last; whether a shift was played."""
        key = self._resume
        if key is None:
            waiting = self.keeper.interrupted(None if self._level is None else self._level.id)
            for found in waiting[:1]:
                if found.run is None:
                    continue
                try:
                    level = level_of(found.run)
                except RunError:
                    continue
                changed = self._level is not None and self._level.digest != level.digest
                question = keeping.offer(found, found.run, level, len(waiting) - 1, changed=changed)
                answer = await self._app.push_screen_wait(MenuScreen(Choice(*question)))
                if answer == keeping.GO_ON:
                    key = found.key
                elif answer == keeping.GIVE_UP:
                    self.keeper.give_up(found.key)
        if key is None:
            return False
        try:
            with self.keeper.reopened(key) as writer:
                shift = await self._lived_again(writer.run)
                if shift is None:
                    return False
                self.keeper.go_on(shift, writer)
        except (JournalError, RunError) as error:
            self.keeper.trouble = _("run {run} cannot be gone on with: {error}", run=key, error=error)
            return False
        await self.sit(shift, ended=writer.run.ended)
        return True

    async def _lived_again(self, run: Run) -> Shift | None:
        """The shift of a run that broke off; None where somebody waited no longer. Raises `RunError`."""
        level = level_of(run)
        if level.shift.settle_h is None:
            return rebuild(run)
        lived = await self._app.push_screen_wait(Reliving(run, level))
        if isinstance(lived, RunError):
            raise lived
        return lived

    async def show(self, replay: Replay, why: str = "") -> bool:
        """Play a run back, and say why; from where it is left the desk can be taken over: whether it was."""
        if not await self._app.push_screen_wait(ReplayScreen(replay, self._wall, self.keeper, why)):
            return False
        await self._take_over(replay)
        return True

    async def pick(self) -> Level | None:
        """Show the levels, with what came of the shift before; which is to be played now, or None to leave."""
        bests, after = self.keeper.bests(), self.finished
        return await self._app.push_screen_wait(
            Start(self._trainee, self._seed, bests, self._levels, after, self._outcome)
        )

    async def sit(self, shift: Shift, *, ended: bool = False) -> None:
        """Play a shift to its result; `ended`: it was ended before, and only its result is wanted."""
        level, settings = shift.level, self.settings
        skill, notices = self.keeper.skill(level), [*settings.faults[:1]]
        if shift.journal is None and self.keeper.trouble:
            notices.insert(0, _("not journalled: {trouble}", trouble=self.keeper.trouble))
        desk = Desk(
            shift, self._wall, skill, settings.keyboard, "; ".join(notices), ended=ended, alerts=settings.alerts
        )
        outcome = await self._app.push_screen_wait(desk)
        self.finished = None if outcome is None else level
        if outcome is None:
            self._outcome = ""
            self.keeper.left(shift.now_s, later=desk.later)
            if desk.later and self.keeper.trouble is None:
                command = f"corridor play --resume {self.keeper.run_of(shift).key}"
                self.parting.append(_("go on with: {command}", command=command))
            return
        kept = self.keeper.finish(shift, outcome)
        run = self.keeper.run_of(shift)
        stars = "★" * outcome.score.stars + "☆" * (3 - outcome.score.stars)
        said = _("{level}: {points:.1f} points {stars}", level=level.title, points=outcome.score.total, stars=stars)
        self._outcome = said
        if kept is None:
            said += "; " + _("take it apart with: {command}", command=f"corridor debrief {run.key}")
        self.parting.append(said)
        # what keeps no events cannot be seen again
        seen = level.shift.settle_h is None
        moments = costliest(outcome.score) if seen else []
        result = partial(result_rows, level, outcome.score, run, kept)
        self._seen[run.key] = taken = result_of(run, outcome, now_ms())
        behind = _("to the levels")
        further, back = (_("a question"), behind) if level.questions else (behind, "")
        while (
            picked := await self._app.push_screen_wait(Story(result, further, len(moments), apart=seen, back=back))
        ) >= APART:
            replay = await asyncio.to_thread(Replay.of, self.keeper.result(run.key) or taken)
            if picked == APART:
                branched = await self.take_apart(replay, taken)
            else:
                moment = moments[picked - MOMENT - 1]
                replay.jump(moment.from_s)
                branched = await self.show(replay, f"{when_text(level, moment)} {reason_text(moment, level)}")
            if branched:
                return
        if picked:
            await self.ask(level, behind)

    async def take_apart(self, replay: Replay, result: Result, bound: float | None = None) -> bool:
        """Show the debriefing of a run, and any moment of it again; whether the desk was taken over from there.

        `bound`: how much work a solver may do for what nobody could have surpassed, where that is asked for at once.
        """
        found = await asyncio.to_thread(debrief, result)
        screen = Debriefing(
            replay,
            found,
            lambda one, why: ReplayScreen(one, self._wall, self.keeper, why),
            self._others_of(result),
            bound,
        )
        if not await self._app.push_screen_wait(screen):
            return False
        await self._take_over(replay)
        return True

    async def _take_over(self, replay: Replay) -> None:
        """Take the desk over at the second that a replay shows."""
        await self.sit(self.keeper.branch(replay.branch(self._trainee, now_ms())))

    def _others_of(self, result: Result) -> list[Result]:
        """What a run is to be set beside: what was asked for, and the run that it branched off."""
        others = list(self._others) if result is self._result else []
        key = result.run.branch.partition("@")[0]
        if key and key not in [one.run.key for one in others]:
            parent = self._seen.get(key) or self.keeper.result(key)
            others += [] if parent is None else [parent]
        return others

    async def ask(self, level: Level, behind: str) -> None:
        """The questions of the debriefing, one after another; escape leaves them for what comes behind them, which is told."""
        for number, question in enumerate(level.questions, 1):
            said = flowing(str(question.text))
            items = [Item(answer.word, str(answer.text), "", said) for answer in question.answers]
            word = await self._app.push_screen_wait(MenuScreen(Choice(_("to think about"), items)))
            if word is None:
                return
            page = partial(answer_rows, question, word)
            last = number == len(level.questions)
            read = Reader(_("to think about"), page, behind if last else _("the next question"), "" if last else behind)
            if not await self._app.push_screen_wait(read):
                return
