"""A shift as a dialogue of plain lines, for screen readers, dumb terminals and scripts: time moves only when told to."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass

from corridor_tui.corridor.orders import RUNGS, VERBS, WHAT_IF, OrderError
from corridor_tui.language import N_, _
from corridor_tui.level.text import flowing
from corridor_tui.level.wording import meant
from corridor_tui.session import covering, prospects, reports
from corridor_tui.session.calls import QUIET, TELLING
from corridor_tui.session.hints import Hints
from corridor_tui.session.holdups import holdup_lines
from corridor_tui.session.journal import MARK, JournalError
from corridor_tui.session.ladder import Ladder, no_help
from corridor_tui.session.on_the_line import ahead_lines
from corridor_tui.session.outcome import Outcome
from corridor_tui.session.people import people_lines
from corridor_tui.session.rivals import Rivals
from corridor_tui.session.shift import Shift
from corridor_tui.session.skill import Skill
from corridor_tui.session.status import Since
from corridor_tui.session.undo import Given, undoing_text
from corridor_tui.session.whatif import Follower, UnforeseenError, ask_leave
from corridor_tui.session.wording import day_clock, event_text, order_text, word

_LOOK_S, _LOOKS = 60, 1_000
"""How often it is seen what each train waits for while time runs, and how often at the most in one go."""
_LONG = 10_000
"""Into how many looks a whole shift is parted at the most where it is run on: one of a week or less is seen every minute."""
_LOG = 20
"""How many of the last messages `log` tells where no number is given."""
_LODGED = 12
"""More consignments lodged at once than are told one by one."""
_LEAVING = ("quit", "exit", "q", "bye")
"""What people write to leave a dialogue elsewhere."""
_MARK = MARK.strip()
_CLOCK = re.compile(r"^([0-2]?[0-9]):([0-5][0-9])(?::([0-5][0-9]))?$")


@dataclass(frozen=True, slots=True)
class _Word:
    """A command: what follows it, what it does, and whether it may stand alone."""

    args: str
    about: str


_WORDS = {
    "trains": _Word("", N_("every train and rake: where it is, what it waits for, its papers, its deadline")),
    "train": _Word("NUMBER", N_("one train: its chain of work, and what can be ordered about it")),
    "options": _Word(
        "NAME [ORDER]", N_("what can be ordered about a train, a rake or a consignment; or only of one kind of order")
    ),
    "customs": _Word("", N_("the consignments, those first that hold a train or need a decision")),
    "papers": _Word("NAME", N_("the documents of a consignment, field by field")),
    "rules": _Word("", N_("the rulebook of the customs desk")),
    "tracks": _Word("", N_("every track and section, and who holds it")),
    "cranes": _Word("", N_("what each crane does, and the stack")),
    "holdups": _Word("", N_("what holds the traffic up: how many loads wait for what, and what is taken")),
    "people": _Word("", N_("who is free and who works at what until when: gangs, officers, bays, locomotives")),
    "graph": _Word("", N_("what lies ahead on the line: when each train comes, and who waits where for whom")),
    "calls": _Word("", N_("who waits for an answer")),
    "standing": _Word("[RULE] [SETTING]", N_("standing orders; of one what it would do at once, before it is set")),
    "clock": _Word("", N_("the time, and how it stands")),
    "score": _Word("", N_("what is lost so far and for what, as far as the level lets it be seen")),
    "log": _Word("[COUNT]", N_("the last messages")),
    "next": _Word("", N_("run on until something needs you")),
    "run": _Word("MINUTES", N_("run on for so many minutes")),
    "until": _Word("HH:MM[:SS]", N_("run on until a time")),
    "proposed": _Word("", N_("what is proposed, where the level has a coach")),
    "ask": _Word(
        "",
        N_("help with what has waited longest: where to look, what is wanted, then the order; a level may set prices"),
    ),
    WHAT_IF: _Word("[ORDER]", VERBS[WHAT_IF].help),
    _MARK: _Word("WORDS", N_("set a mark here for the debriefing")),
    "undo": _Word("", N_("take the last order back, where that can be")),
    "again": _Word("", N_("give the last order again")),
    "briefing": _Word("", N_("the briefing once more")),
    "help": _Word("[WORD]", N_("the commands; of an order what follows it")),
    "end": _Word("", N_("end the shift now and be scored")),
    "leave": _Word("", N_("leave for good without a result")),
    "later": _Word("", N_("leave now, and go on another time with `corridor play --line --resume`")),
}
"""The commands. Every other line is an order."""


def _about(name: str) -> str:
    about = _(_WORDS[name].about)
    return _("{about}; without one how it stands", about=about) if name == WHAT_IF else about


class Dialogue:
    """Answers lines with lines, each said by `say`. `play` returns the outcome, or None where the trainee left."""

    def __init__(self, shift: Shift, say: Callable[[str], None], skill: Skill = Skill()) -> None:  # noqa: B008 - it is frozen
        self._shift = shift
        self._say = say
        self._hints = Hints(shift, skill)
        self._since = Since()
        self._given = Given()
        self._ladder = Ladder(shift, self._since)
        self._heard = 0
        self._follower: Follower | None = None
        self._left = False
        self.gave_up = False
        """Whether the trainee has left for good; else the run can be gone on with."""
        limits = shift.level.shift
        self._hidden = QUIET if limits.feedback != "none" else QUIET | TELLING

    def play(self, lines: Iterable[str], *, end_scores: bool) -> Outcome | None:
        """Play until the shift is over, or the lines are: then it is scored if `end_scores`, else left."""
        with closing(Rivals(self._shift)) as rivals:
            return self._play(lines, rivals, end_scores=end_scores)

    def _play(self, lines: Iterable[str], rivals: Rivals, *, end_scores: bool) -> Outcome | None:
        shift = self._shift
        self._tell(reports.briefing_lines(shift.level, shift.seed))
        self._say(_("`help` tells the commands. Time stands until you let it run."))
        if shift.level.coach:
            self._say(
                _("Keys that a text names are those of the desk on the screen; here `proposed` tells the next order.")
            )
        self._events()
        for line in lines:
            self.hear(line)
            if self._left:
                return None
            if shift.over:
                break
        if not shift.over and not end_scores:
            return None
        with suppress(JournalError):  # then a program that ends before the result is kept asks for it again
            shift.keep_end()
        self._say(_("the shift is over: what is open is finished by others, and the score is made"))
        outcome = shift.finish(played=rivals.raw)
        self._tell(reports.result_lines(shift.level, outcome.score))
        return outcome

    def hear(self, line: str) -> None:
        """Answer one line: a command, or an order."""
        words = line.split()
        if not words or words[0].startswith("#"):
            return
        name, args = words[0], words[1:]
        if name == WHAT_IF:
            self._what_if(" ".join(args))
        elif name == "standing" and args:
            self._covers(" ".join(args))
        elif name == _MARK:
            self._order(" ".join(words))
        elif name in _WORDS:
            wanted = _WORDS[name].args.split()
            least = sum(not word.startswith("[") for word in wanted)
            if not least <= len(args) <= len(wanted):
                shape = _WORDS[name].args or _("nothing")
                self._no(_("`{verb}` is followed by {shape}", verb=name, shape=shape))
                return
            self._command(name, *args)
        elif name in VERBS:
            self._order(" ".join(words))
        else:
            hint = meant(name, (*_WORDS, *VERBS)) or _("; `help` tells them")
            if name in _LEAVING:
                hint = _("; `later` leaves and goes on another time, `leave` leaves for good")
            self._no(_("there is no command or order {name}", name=name) + hint)

    def _command(self, name: str, arg: str = "", *more: str) -> None:
        shift, view = self._shift, self._shift.view
        plain: dict[str, Callable[[], Iterator[str]]] = {
            "trains": lambda: reports.train_lines(view, self._since), "customs": lambda: reports.customs_lines(view),
            "rules": lambda: reports.rule_lines(view), "tracks": lambda: reports.track_lines(view),
            "cranes": lambda: reports.crane_lines(view), "holdups": lambda: holdup_lines(view),
            "people": lambda: people_lines(view), "graph": lambda: ahead_lines(view),
            "calls": lambda: reports.call_lines(shift), "standing": lambda: reports.standing_lines(shift),
            "clock": lambda: iter([reports.clock_line(shift)]), "score": lambda: reports.score_lines(shift),
            "briefing": lambda: reports.briefing_lines(shift.level, shift.seed), "proposed": self._proposed,
        }  # fmt: skip
        with_arg: dict[str, Callable[[str], None]] = {
            "train": self._train, "options": lambda name: self._options(name, *more), "papers": self._papers, "log": self._log, "run": self._run,
            "until": self._until, "help": self._help,
        }  # fmt: skip
        alone: dict[str, Callable[[], None]] = {
            "ask": self._ask, "next": self._next, "undo": self._undo, "again": self._again, "end": self._end, "leave": self._leave, "later": self._later,
        }  # fmt: skip
        if name in plain:
            self._tell(plain[name]())
        elif name in with_arg:
            with_arg[name](arg)
        else:
            alone[name]()

    def _tell(self, lines: Iterable[str]) -> None:
        for line in lines:
            self._say(line)

    def _events(self) -> None:
        """Tell what happened since."""
        self._since.look(self._shift.view)
        level = self._shift.level
        events = self._shift.since(self._heard)
        lodged = sum(event.code == "lodged" for event in events)
        for event in events:
            if event.code == "lodged" and lodged > _LODGED:
                continue
            if event.code not in self._hidden and event.code != "refused":
                self._say(f"{day_clock(level.start_s, event.t)} {event_text(event, level)}")
            elif event.code == "hint":
                told = next(hint for hint in level.hints if hint.id == event.args[0])
                if self._hints.tells(told):
                    self._say(_("hint: {text}", text=flowing(str(told.text))))
        if lodged > _LODGED:
            self._say(_("{n} consignments are lodged; `customs` tells them", n=lodged))
        self._heard = self._shift.count

    # orders

    def _order(self, text: str) -> None:
        back = undoing_text(self._shift.view, text)
        answer = self._shift.order(text)
        self._given.note(text, back, accepted=answer.accepted)
        if answer.accepted:
            self._say(_("yes: {order}", order=text))
        else:
            self._no(f"{text}: {answer.reason}")
        self._events()

    def _what_if(self, text: str) -> None:
        """Tell what an order would do; pay for it where the level has set a price."""
        fault = ask_leave(self._shift, text)
        if fault is not None:
            self._no(fault)
            return
        if self._follower is None:
            self._follower = Follower(self._shift)
        try:
            self._tell(prospects.lines(self._shift.level, self._follower.ask(text)))
        except UnforeseenError as error:
            self._no(str(error))

    def _covers(self, text: str) -> None:
        """Tell what a standing order would do at once."""
        try:
            self._tell(covering.lines(self._shift, text))
        except OrderError as error:
            self._no(str(error))

    def _no(self, why: str) -> None:
        self._say(_("no: {why}", why=why))

    def _ask(self) -> None:
        matter = self._ladder.matter()
        if matter is None:
            self._no(no_help(self._shift))
            return
        if matter.climbed < len(RUNGS):
            costs = self._ladder.price(matter)
            answer = self._ladder.climb(matter)
            if not answer.accepted:
                self._no(answer.reason)
                return
            matter = self._ladder.matter() or matter
            self._events()
            told = self._ladder.told(matter)
            text = N_("help for {price}: {told}") if costs else N_("help: {told}")
            self._say(_(text, price=f"{costs:g}", told=told))
        else:
            self._say(_("help: {told}", told=self._ladder.told(matter)))

    def _again(self) -> None:
        if self._given.texts:
            self._order(self._given.texts[-1])
        else:
            self._no(_("nothing was ordered yet"))

    def _undo(self) -> None:
        last = self._given.last
        if last is None:
            self._no(_("there is no order to take back"))
        elif last[1] is None:
            self._no(_("`{order}` cannot be taken back: what is set going goes on", order=last[0]))
        else:
            self._order(last[1].text)
            if self._given.last is not None and self._given.last[0] == last[1].text:
                self._given.taken_back()

    def _proposed(self) -> Iterator[str]:
        if not self._shift.level.coach:
            yield _("this level has no coach")
            return
        order = next(self._shift.proposals(), None)
        if order is None:
            yield _("nothing is proposed now: `next`")
        else:
            yield _("proposed: {order} ({about})", order=order.text, about=order_text(order, self._shift.level))

    # reports

    def _train(self, name: str) -> None:
        unit = self._shift.view.units.get(name)
        if unit is None or unit.gone_s is not None:
            self._no(_("there is no train or rake {name} here", name=name))
        else:
            self._tell(reports.one_train_lines(self._shift, unit, self._since))

    def _options(self, name: str, verb: str = "") -> None:
        view = self._shift.view
        if verb and verb not in VERBS:
            self._no(_("there is no order `{word}`", word=verb) + meant(verb, VERBS))
        elif name in view.dossiers or name in view.units:
            self._tell(reports.option_lines(self._shift, name, verb))
        else:
            self._no(_("there is no train, rake or consignment {name}", name=name))

    def _papers(self, name: str) -> None:
        if name in self._shift.view.dossiers:
            self._tell(reports.papers_lines(self._shift, name))
        else:
            self._no(_("there is no consignment {name}", name=name))

    def _log(self, count: str) -> None:
        if count and not (count.isascii() and count.isdigit()):
            self._no(_("`log` is followed by how many messages"))
            return
        level = self._shift.level
        told = [event for event in self._shift.events if event.code not in self._hidden]
        for event in told[-int(count or _LOG) :]:
            self._say(f"{day_clock(level.start_s, event.t)} {event_text(event, level)}")

    def _help(self, name: str) -> None:
        if name in _WORDS:
            self._say(f"{name} {_WORDS[name].args}: {_about(name)}")
        elif name in VERBS:
            verb = VERBS[name]
            about = _("{about} ({desk} desk)", about=_(verb.help), desk=word(verb.desk))
            self._say(f"{verb.word} {verb.shape}: {about}")
        elif name:
            self._no(_("there is no command or order {name}", name=name))
        else:
            self._tell(f"{name} {one.args}".strip() + f": {_about(name)}" for name, one in _WORDS.items())
            self._say(_("orders: {orders}; `help ORDER` tells more", orders=", ".join(VERBS)))

    # time

    def _advance(self, to_s: int) -> None:
        shift = self._shift
        step_s = max(_LOOK_S, (to_s - shift.now_s) // _LOOKS)
        while not shift.over and shift.now_s < to_s:
            shift.advance(min(shift.now_s + step_s, to_s))
            self._since.look(shift.view)
        self._passed()

    def _passed(self) -> None:
        """Tell what happened and what the clock says; note that in the journal."""
        try:
            self._shift.keep_time()
        except JournalError as error:
            self._say(str(error))
        self._events()
        self._say(reports.clock_line(self._shift))

    def _run(self, minutes: str) -> None:
        try:
            length_s = round(float(minutes) * 60)
        except (ValueError, OverflowError):
            length_s = 0
        if not 0 < length_s <= self._shift.level.shift_s:
            self._no(_("`run` is followed by a number of minutes"))
        else:
            self._advance(self._shift.now_s + length_s)

    def _until(self, text: str) -> None:
        found = _CLOCK.match(text)
        if found is None:
            self._no(_("`until` is followed by a time such as 10:30 or 10:30:15"))
            return
        hours, minutes, seconds = (int(part or 0) for part in found.groups())
        at_s = hours * 3_600 + minutes * 60 + seconds - self._shift.level.start_s
        at_s += 86_400 * max(0, -(-(self._shift.now_s - at_s) // 86_400))  # that time of the day when it comes next
        self._advance(at_s)

    def _next(self) -> None:
        shift = self._shift
        step_s = max(_LOOK_S, shift.level.shift_s // _LONG)
        while not shift.over and not shift.run_on(shift.now_s + step_s):
            self._since.look(shift.view)
        self._passed()

    def _end(self) -> None:
        self._shift.advance(self._shift.level.shift_s)
        self._events()

    def _leave(self) -> None:
        self._left = self.gave_up = True

    def _later(self) -> None:
        self._left = True
