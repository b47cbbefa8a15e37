"""What opens over the desk: menus of orders, the command line, pages to read, the question whether to leave."""

from collections.abc import Callable
from functools import partial

from textual import events

from corridor_tui.corridor.orders import VERBS, WHAT_IF, Order
from corridor_tui.language import _
from corridor_tui.session.forecast import Forecast
from corridor_tui.session.outcome import Outcome
from corridor_tui.session.pace import Pace
from corridor_tui.session.running import Meter
from corridor_tui.session.shift import Shift
from corridor_tui.session.undo import Given
from corridor_tui.session.wording.fields import cells_text
from corridor_tui.tui import bulk, choices, meets
from corridor_tui.tui.asking import Asking
from corridor_tui.tui.command import CommandLine
from corridor_tui.tui.completing import thing_named
from corridor_tui.tui.keys import Keyboard
from corridor_tui.tui.menu import Choice, Item, Menu, Page, Question
from corridor_tui.tui.over import Over, Overlaid
from corridor_tui.tui.pages import help_rows, rulebook_rows
from corridor_tui.tui.reader import Reader
from corridor_tui.tui.rows import Part, Row, row
from corridor_tui.tui.so_far import so_far_rows
from corridor_tui.tui.things import BOX, CRANE, PLACE, TRACK
from corridor_tui.tui.whatif import WhatIf

_OVER = "over"
"""Why the clock stands while something lies over the desk."""


class Layers(Overlaid[Outcome | None]):
    """The layers over the desk, and the clock that some of them stop. What lies below them is for `Desk` to say."""

    def __init__(self, shift: Shift, wall: Callable[[], float], keyboard: Keyboard) -> None:
        super().__init__()
        self.keyboard = keyboard
        self._bindings = keyboard.bindings
        self.shift = shift
        limits = shift.level.shift
        self.pace = Pace(wall, shift.now_s, limits.default_speed, limits.max_speed)
        self._held: set[str] = set() if limits.pause == "never" else {"trainee"}
        self._ending = False
        self.given = Given()
        self._asking: Asking | None = None
        self.meter = Meter(shift)
        self.menu, self.line = Menu(), CommandLine()
        self._told = True
        """Whether the lines around the panes were drawn since nothing lies over the desk any more."""
        self.later = False
        """Whether the trainee has left to go on another time."""
        self._settle()

    @property
    def asking(self) -> Asking:
        """Who is asked what an order would do."""
        if self._asking is None or self._asking.shift is not self.shift:
            self._asking = Asking(self.shift)
        return self._asking

    async def on_unmount(self) -> None:
        """End the process that is asked, however the desk is left."""
        if self._asking is not None:
            await self._asking.end()

    @property
    def subject(self) -> str:
        """What orders are about now: a train, a consignment, a track or a crane."""
        raise NotImplementedError

    @property
    def marked(self) -> tuple[str, list[str]]:
        """The consignment whose papers lie on the desk, and the cells marked in them."""
        raise NotImplementedError

    def give(self, text: str, *, helped: bool = False) -> bool:
        """Give an order and show at once what became of it; whether it was accepted. `helped`: it is not the trainee's own idea."""
        raise NotImplementedError

    def say(self, text: str, style: str) -> None:
        """Say something in the line of answers."""
        raise NotImplementedError

    def finish(self) -> None:
        """End the shift and have it scored."""
        raise NotImplementedError

    def hold(self, why: str, *, on: bool) -> None:
        """Let the clock stand for a reason, or take the reason away; it runs when there is none."""
        self._held = self._held | {why} if on else self._held - {why}
        self._settle()

    @property
    def stands(self) -> bool:
        """Whether the clock stands for another reason than what lies over the desk."""
        return bool(self._held - {_OVER})

    def cover(self) -> None:
        """Let the clock stand while something lies over the desk, where the trainee could stop it for that."""
        self.hold(_OVER, on=self.shift.level.shift.pause == "free")

    def uncover(self) -> None:
        """What lay over the desk is gone."""
        self.hold(_OVER, on=False)

    def on_screen_suspend(self) -> None:
        """Another screen covers the desk."""
        self.cover()

    def on_screen_resume(self) -> None:
        """The other screen is gone; what lay over the desk before it lies there still."""
        if self.over is None:
            self.uncover()

    def lay_over(self, over: Over) -> None:
        """Make way for something, and show its keys."""
        super().lay_over(over)
        self.cover()
        self._show_status()

    def lay_bare(self) -> None:
        """Go on."""
        super().lay_bare()
        self._told = False
        self.uncover()

    def laid_bare(self) -> None:
        """Show the desk's own keys, if what came of the answer has not shown them."""
        super().laid_bare()
        if not self._told:
            self._show_status()

    def _show_status(self) -> None:
        """Draw the lines around the panes."""
        raise NotImplementedError

    def over_row(self) -> Row | None:
        """The keys of what lies over the desk; None where nothing does."""
        if self.over is None:
            return None
        parts: list[Part] = []
        for key, word in self.over.HINTS:
            parts += [(f" {key}", "key"), (f" {_(word)} ", "dim")]
        return row(*parts)

    def _settle(self) -> None:
        if self.pace.paused != bool(self._held):
            self.pace.toggle()

    def action_menu(self) -> None:
        """The orders for what is chosen: first the kind, then what is still open of it."""
        self._orders_of(self.subject, self.give)

    def _orders_of(self, subject: str, then: Callable[[str], object], head: str = "") -> None:
        """Have an order about something picked; `then` is told its text."""
        if not subject:
            self.say(_("choose a train, a track, a crane or a consignment first"), "warn")
        elif subject.startswith((TRACK, CRANE, PLACE, BOX)):
            items = choices.entries(self.shift, choices.of_place(self.shift, subject))
            self._ask(self._menu(head + subject.partition(":")[2], items), then)
        else:
            kinds = choices.kinds(self.shift, subject)
            further = partial(self._further, subject)
            self._ask(
                self._menu(head + _("{subject}: orders", subject=subject), kinds, further),
                partial(self._picked, subject, then),
            )

    def _menu(self, title: str, items: list[Item], further: Callable[[str], Page | None] | None = None) -> Choice:
        """A menu of orders: what each would do can be asked in it."""
        return Choice(title, items, further, self._question)

    @property
    def _question(self) -> Question | None:
        """How it is asked from a menu or the command line what an order would do; None where that cannot be asked."""
        keys = self.keyboard.beside_text("what-if")
        if not keys or not self.shift.level.aids.what_if:
            return None
        self.run_worker(self.asking.ready(), exit_on_error=False)
        return Question(keys, self._what_if)

    def action_what_if(self) -> None:
        """Ask what an order about what is chosen would do; with nothing chosen how it stands."""
        if not self.shift.level.aids.what_if:
            self.say(_("this level does not tell beforehand what an order would do"), "warn")
        elif self.subject:
            self._orders_of(self.subject, self._what_if_and_give, head=_("what if? "))
        else:
            self._what_if_and_give("")

    def _what_if_and_give(self, order: str) -> None:
        self._what_if(order, partial(self.give, order))

    def _what_if(self, order: str, then: Callable[[], object]) -> None:
        """Show what an order would do; `then` gives it if that is wanted."""

        def answered(given: bool | None) -> None:  # noqa: FBT001 - what the screen returns
            if given:
                then()

        self.app.push_screen(WhatIf(self.asking, self._whole(order)), answered)

    def _whole(self, picked: str) -> str:
        """The order that an entry of a menu stands for: itself, or the only one of its kind."""
        orders = choices.orders_of(self.shift, picked, self.subject) if picked in VERBS and self.subject else []
        return orders[0].text if orders else picked

    def _further(self, subject: str, verb: str) -> Page | None:
        orders = [] if verb == choices.FIND else choices.orders_of(self.shift, verb, subject)
        if not orders or choices.straight(orders, verb):
            return None
        return Page(f"{subject}: {verb}", choices.entries(self.shift, orders))

    def _picked(self, subject: str, then: Callable[[str], object], answer: str) -> None:
        """A whole order, or a kind of which there is only one."""
        if answer == choices.FIND:
            self.action_find()
        elif answer in VERBS:
            then(choices.orders_of(self.shift, answer, subject)[0].text)
        else:
            then(answer)

    def _ask(self, choice: Choice, then: Callable[[str], object]) -> None:
        self.menu.ask(choice, _answered(then))

    async def on_key(self, event: events.Key) -> None:
        """Do what a key is bound to: all of it, where it does several things."""
        if event.key in self._bindings.key_to_bindings:
            event.stop()
            for binding in self._bindings.key_to_bindings[event.key]:
                await self.run_action(binding.action)

    def action_answer(self) -> None:
        """Answer the call that has waited longest."""
        ring = next(iter(self.shift.view.ringing(self.shift.desks)), None)
        if ring is None:
            self.say(_("nobody waits for an answer"), "warn")
        else:
            self._answer(ring.id)

    def _answer(self, call: str) -> None:
        """What can be said to a call."""
        caller = self.shift.level.calls[call].caller
        self._ask(self._menu(_("{caller} asks", caller=caller), choices.answers(self.shift, call)), self.give)

    def action_standing(self) -> None:
        """Set a standing order, buy from the budget, or let happen what the instructor may."""
        orders, purse = choices.settable(self.shift), self.shift.view.purse
        if orders:
            if purse is None:
                head = _("standing orders")
            else:
                head = _("standing orders, and what {money} to spend can buy", money=purse.money)
            head += _("; what the instructor can let happen") if self.shift.instructor else ""
            further = partial(choices.before_set, self.shift)
            self._ask(self._menu(head, choices.entries(self.shift, orders), further), self.give)
        else:
            self.say(_("this level allows no standing orders: everything is done by hand"), "warn")

    def action_bulk(self) -> None:
        """Release by a criterion: first which, then all that it covers, or one of them."""
        items = bulk.criteria(self.shift)
        if not items:
            alien = self.shift.not_given(Order("release", (self.subject,)))
            self.say(alien or _("there is nothing that could be released now"), "warn")
            return
        self._ask(Choice(_("release in bulk: which?"), items, partial(bulk.preview, self.shift)), self._release)

    def _release(self, picked: str) -> None:
        texts = bulk.orders_of(self.shift, picked)
        done = [text for text in texts if self.give(text)]
        if len(texts) > 1:
            said = _("✓ {done} of {all} released in bulk", done=len(done), all=len(texts))
            self.say(said, "good" if len(done) == len(texts) else "warn")

    def action_find(self) -> None:
        """Claim that the two marked cells clash, under a rule."""
        name, marks = self.marked
        if len(marks) != 2:
            self.say(_("mark two cells of the papers first: 4, then the arrows, and m on each of the two"), "warn")
            return
        first, second = marks
        title = _("{cells} clash: by which rule?", cells=cells_text(first, second))
        menu = Choice(title, choices.rules(self.shift, name, first, second))
        self._ask(menu, lambda rule: self.give(f"find {name} {first} {second} {rule}"))

    @property
    def instrument(self) -> str:
        """The instrument that keys go to."""
        raise NotImplementedError

    @property
    def ahead(self) -> Forecast:
        """What the train graph expects."""
        raise NotImplementedError

    def action_meet(self) -> None:
        """Have the chosen train meet another: first which, then where and who waits."""
        unit = self.shift.view.units.get(self.subject)
        items = [] if unit is None else meets.rivals(self.shift, self.ahead, unit.id)
        if unit is None or not items:
            self.say(_("choose a train that is to meet another on the line first"), "warn")
            return

        def further(other: str) -> Page | None:
            if " " in other:
                return None
            title = _("{unit} and {other}: where, and who waits?", unit=unit.id, other=other)
            return Page(title, meets.choices_of(self.shift, unit.id, other))

        self._ask(self._menu(_("{unit} meets", unit=unit.id), items, further), self.give)

    def action_command(self) -> None:
        """Write an order, or the number of a train to choose it."""
        self.line.write(self.shift, self.given.texts, self._question, _answered(self.enter))

    def enter(self, text: str) -> None:
        """Choose what a text names, or give it as an order."""
        name = thing_named(self.shift.view, text)
        if text.partition(" ")[0] == WHAT_IF:
            self._what_if_and_give(text.partition(" ")[2].strip())
        elif name is not None:
            self.select(name)
        else:
            self.give(text)

    def select(self, name: str) -> None:
        """Choose a train, a consignment, a track or a crane, and go where it stands."""
        raise NotImplementedError

    def action_repeat(self) -> None:
        """Give the last order again; with another train or consignment chosen, about that."""
        if not self.given.texts:
            self.say(_("nothing was ordered yet"), "warn")
            return
        words = self.given.texts[-1].split()
        view, subject = self.shift.view, self.subject
        same = (words[1:2] and words[1] in view.units and subject in view.units) or (
            words[1:2] and words[1] in view.dossiers and subject in view.dossiers
        )
        if same:
            words[1] = subject
        self.give(" ".join(words))

    def action_undo(self) -> None:
        """Take the last order back by a new one, where that can be."""
        last = self.given.last
        if last is None:
            self.say(_("there is no order to take back"), "warn")
        elif last[1] is None:
            self.say(_("`{order}` cannot be taken back: what is set going goes on", order=last[0]), "warn")
        elif self.give(last[1].text):
            self.given.taken_back()

    def action_help(self) -> None:
        """What the instrument shows and its keys, then all other keys, signs, orders and the way of a train."""
        self._read(Reader(_("help"), partial(help_rows, self.instrument, self.keyboard), _("back to the desk")))

    def action_score(self) -> None:
        """What is lost so far, and for what."""
        self._read(Reader(_("score"), partial(so_far_rows, self.meter), _("back to the desk")))

    def action_rulebook(self) -> None:
        """The rules of the customs desk."""
        self._read(Reader(_("rulebook"), partial(rulebook_rows, self.shift.view), _("back to the desk")))

    def _read(self, reader: Reader) -> None:
        self.app.push_screen(reader)

    def action_leave(self) -> None:
        """Ask, then leave."""
        if self._ending:
            return
        self.hold("asking", on=self.shift.level.shift.pause != "never")
        items = [
            Item("stay", _("stay at the desk"), "s"),
            Item("end", _("end the shift now and be scored"), "e", _("others finish what is open; its delay counts")),
            Item("leave", _("leave without a result"), "l"),
        ]
        if self.shift.journal is not None:
            items.insert(
                1, Item("later", _("leave now, and go on another time"), "g", _("`corridor play` offers it again"))
            )
        self.menu.ask(Choice(_("Leave the shift?"), items), self._left)

    def _left(self, answer: str | None) -> None:
        self.hold("asking", on=False)
        if answer == "end":
            self.finish()
        elif answer in ("leave", "later"):
            self.later = answer == "later"
            self.dismiss(None)


def _answered(then: Callable[[str], object]) -> Callable[[str | None], object]:
    """Tells an answer; where there is none, nothing."""
    return lambda answer: then(answer) if answer else None
