"""The menus of orders at the desk: what can be ordered about what is chosen, and by which further question."""

from collections.abc import Callable
from functools import partial

from corridor_tui.corridor.orders import VERBS, Order
from corridor_tui.language import _
from corridor_tui.session.outcome import Answer
from corridor_tui.session.undo import Given, undoing_text
from corridor_tui.session.wording import said_text
from corridor_tui.session.wording.fields import cells_text
from corridor_tui.tui import bulk, choices, meets
from corridor_tui.tui.arrange import Instruments
from corridor_tui.tui.menu import Choice, Item, Page
from corridor_tui.tui.teller import Teller
from corridor_tui.tui.things import BOX, CRANE, PLACE, TRACK
from corridor_tui.tui.wondering import Wondering


class Ordering:
    """Has an order picked, about what is chosen in the instruments. `given` is what was given before."""

    def __init__(self, desk: Teller, instruments: Instruments, wondering: Wondering) -> None:
        self._desk = desk
        self._instruments = instruments
        self._wondering = wondering
        self.given = Given()

    def order(self, text: str, *, helped: bool) -> tuple[str, Answer]:
        """Give an order: how it reads, and what became of it."""
        shift, instruments = self._desk.shift, self._instruments
        back = undoing_text(shift.view, text)
        answer = shift.order(text, helped=helped)
        self.given.note(text, back, accepted=answer.accepted)
        if answer.accepted and text.split()[:2] == ["find", instruments.customs.choice]:
            instruments.matrix.unmark()  # what was refused can be corrected from them
        return said_text(text, shift.level), answer

    @property
    def _subject(self) -> str:
        return self._instruments.subject

    def menu(self) -> None:
        """The orders for what is chosen: first the kind, then what is still open of it."""
        self._orders_of(self._subject, self._desk.give)

    def what_if(self) -> None:
        """Ask what an order about what is chosen would do; with nothing chosen how it stands."""
        if not self._desk.shift.level.aids.what_if:
            self._desk.say(_("this level does not tell beforehand what an order would do"), "warn")
        elif self._subject:
            self._orders_of(self._subject, self._wondering.ask_and_give, head=_("what if? "))
        else:
            self._wondering.ask_and_give("")

    def _orders_of(self, subject: str, then: Callable[[str], object], head: str = "") -> None:
        """Have an order about something picked; `then` is told its text."""
        shift = self._desk.shift
        if not subject:
            self._desk.say(_("choose a train, a track, a crane or a consignment first"), "warn")
        elif subject.startswith((TRACK, CRANE, PLACE, BOX)):
            what, items = subject.partition(":")[2], choices.entries(shift, choices.of_place(shift, subject))
            if items:
                self._desk.ask(self._menu(head + what, items), then)
            else:
                self._desk.say(_("{what}: there is nothing to order here now", what=what), "warn")
        else:
            kinds = choices.kinds(shift, subject)
            further = partial(self._further, subject)
            self._desk.ask(
                self._menu(head + _("{subject}: orders", subject=subject), kinds, further),
                partial(self._picked, subject, then),
            )

    def _menu(self, title: str, items: list[Item], further: Callable[[str], Page | None] | None = None) -> Choice:
        """A menu of orders: what each would do can be asked in it."""
        return Choice(title, items, further, self._wondering.question)

    def _further(self, subject: str, verb: str) -> Page | None:
        shift = self._desk.shift
        orders = [] if verb == choices.FIND else choices.orders_of(shift, verb, subject)
        if not orders or choices.straight(orders, verb):
            return None
        return Page(f"{subject}: {verb}", choices.entries(shift, orders))

    def _picked(self, subject: str, then: Callable[[str], object], answer: str) -> None:
        """A whole order, or a kind of which there is only one."""
        if answer == choices.FIND:
            self.find()
        elif answer in VERBS:
            then(choices.orders_of(self._desk.shift, answer, subject)[0].text)
        else:
            then(answer)

    def answer_first(self) -> None:
        """Answer the call that has waited longest."""
        shift = self._desk.shift
        ring = next(iter(shift.view.ringing(shift.desks)), None)
        if ring is None:
            self._desk.say(_("nobody waits for an answer"), "warn")
        else:
            self.answer(ring.id)

    def answer(self, call: str) -> None:
        """What can be said to a call."""
        shift = self._desk.shift
        caller = shift.level.calls[call].caller
        self._desk.ask(self._menu(_("{caller} asks", caller=caller), choices.answers(shift, call)), self._desk.give)

    def standing(self) -> None:
        """Set a standing order, buy from the budget, or let happen what the instructor may."""
        shift = self._desk.shift
        orders, purse = choices.settable(shift), shift.view.purse
        if orders:
            if purse is None:
                head = _("standing orders")
            else:
                head = _("standing orders, and what {money} to spend can buy", money=purse.money)
            head += _("; what the instructor can let happen") if shift.instructor else ""
            further = partial(choices.before_set, shift)
            self._desk.ask(self._menu(head, choices.entries(shift, orders), further), self._desk.give)
        else:
            self._desk.say(_("this level allows no standing orders: everything is done by hand"), "warn")

    def bulk(self) -> None:
        """Release by a criterion: first which, then all that it covers, or one of them."""
        shift = self._desk.shift
        items = bulk.criteria(shift)
        if not items:
            alien = shift.not_given(Order("release", (self._subject,)))
            self._desk.say(alien or _("there is nothing that could be released now"), "warn")
            return
        self._desk.ask(Choice(_("release in bulk: which?"), items, partial(bulk.preview, shift)), self._release)

    def _release(self, picked: str) -> None:
        texts = bulk.orders_of(self._desk.shift, picked)
        done = [text for text in texts if self._desk.give(text)]
        if len(texts) > 1:
            said = _("✓ {done} of {all} released in bulk", done=len(done), all=len(texts))
            self._desk.say(said, "good" if len(done) == len(texts) else "warn")

    def find(self) -> None:
        """Claim that the two marked cells clash, under a rule."""
        name, marks = self._instruments.marked
        if len(marks) != 2:
            shown = self._desk.keyboard.shown
            said = _(
                "mark two cells of the papers first: {papers}, then the arrows, and {mark} on each of the two",
                papers=shown("papers"),
                mark=shown("mark"),
            )
            self._desk.say(said, "warn")
            return
        first, second = marks
        title = _("{cells} clash: by which rule?", cells=cells_text(first, second))
        menu = Choice(title, choices.rules(self._desk.shift, name, first, second))
        self._desk.ask(menu, lambda rule: self._desk.give(f"find {name} {first} {second} {rule}"))

    def meet(self) -> None:
        """Have the chosen train meet another: first which, then where and who waits."""
        shift = self._desk.shift
        unit = shift.view.units.get(self._subject)
        items = [] if unit is None else meets.rivals(shift, self._instruments.graph.ahead, unit.id)
        if unit is None or not items:
            self._desk.say(_("choose a train that is to meet another on the line first"), "warn")
            return

        def further(other: str) -> Page | None:
            if " " in other:
                return None
            title = _("{unit} and {other}: where, and who waits?", unit=unit.id, other=other)
            return Page(title, meets.choices_of(shift, unit.id, other))

        self._desk.ask(self._menu(_("{unit} meets", unit=unit.id), items, further), self._desk.give)

    def repeat(self) -> None:
        """Give the last order again; with another train or consignment chosen, about that."""
        if not self.given.texts:
            self._desk.say(_("nothing was ordered yet"), "warn")
            return
        words = self.given.texts[-1].split()
        view, subject = self._desk.shift.view, self._subject
        same = (words[1:2] and words[1] in view.units and subject in view.units) or (
            words[1:2] and words[1] in view.dossiers and subject in view.dossiers
        )
        if same:
            words[1] = subject
        self._desk.give(" ".join(words))

    def undo(self) -> None:
        """Take the last order back by a new one, where that can be."""
        last = self.given.last
        if last is None:
            self._desk.say(_("there is no order to take back"), "warn")
        elif last[1] is None:
            self._desk.say(_("`{order}` cannot be taken back: what is set going goes on", order=last[0]), "warn")
        elif self._desk.give(last[1].text):
            self.given.taken_back()

    def propose(self, *, own: bool) -> None:
        """Do as the coach proposes, where the level has one. `own`: it is what the trainee is asked for."""
        proposal = next(self._desk.shift.proposals(), None)
        if proposal is None:
            self._desk.say(
                _("nothing is proposed now: {key} runs on to the next call", key=self._desk.keyboard.shown("next")),
                "warn",
            )
        else:
            self._desk.give(proposal.text, helped=not own)
