"""What opens over the desk: menus of orders, the command line, pages to read, the question whether to leave."""

from collections.abc import Callable
from functools import partial

from textual import events
from textual.screen import Screen

from corridor_tui.corridor.orders import VERBS
from corridor_tui.session.outcome import Outcome
from corridor_tui.session.pace import Pace
from corridor_tui.session.shift import Shift
from corridor_tui.tui import choices
from corridor_tui.tui.command import CommandLine
from corridor_tui.tui.menu import Item, Menu, Page
from corridor_tui.tui.pages import help_rows, rulebook_rows
from corridor_tui.tui.panel import CRANE, TRACK
from corridor_tui.tui.reader import Reader


class Layers(Screen[Outcome | None]):
    """The layers over the desk, and the clock that some of them stop. What lies below them is for `Desk` to say."""

    def __init__(self, shift: Shift, wall: Callable[[], float]) -> None:
        super().__init__()
        self.shift = shift
        limits = shift.level.shift
        self.pace = Pace(wall, shift.now_s, limits.default_speed, limits.max_speed)
        self._held: set[str] = set() if limits.pause == "never" else {"trainee"}
        self._ending = False
        self.later = False
        """Whether the trainee has left to go on another time."""
        self._settle()

    @property
    def subject(self) -> str:
        """What orders are about now: a train, a consignment, a track or a crane."""
        raise NotImplementedError

    @property
    def marked(self) -> tuple[str, list[str]]:
        """The consignment whose papers lie on the desk, and the cells marked in them."""
        raise NotImplementedError

    def give(self, text: str) -> None:
        """Give an order and show at once what became of it."""
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

    def _settle(self) -> None:
        if self.pace.paused != bool(self._held):
            self.pace.toggle()

    def action_menu(self) -> None:
        """The orders for what is chosen: first the kind, then what is still open of it."""
        subject = self.subject
        if not subject:
            self.say("choose a train, a track, a crane or a consignment first", "warn")
        elif subject.startswith((TRACK, CRANE)):
            items = choices.entries(self.shift, choices.of_place(self.shift, subject))
            self._ask(Menu(subject.partition(":")[2], items), self.give)
        else:
            menu = Menu(f"{subject}: orders", choices.kinds(self.shift, subject), partial(self._further, subject))
            self._ask(menu, partial(self._picked, subject))

    def _further(self, subject: str, verb: str) -> Page | None:
        orders = [] if verb == choices.FIND else choices.orders_of(self.shift, verb, subject)
        if not orders or choices.straight(orders, verb):
            return None
        return Page(f"{subject}: {verb}", choices.entries(self.shift, orders))

    def _picked(self, subject: str, answer: str) -> None:
        """A whole order, or a kind of which there is only one."""
        if answer == choices.FIND:
            self.action_find()
        elif answer in VERBS:
            self.give(choices.orders_of(self.shift, answer, subject)[0].text)
        else:
            self.give(answer)

    def _ask(self, menu: Screen[str | None], then: Callable[[str], None]) -> None:
        def answered(answer: str | None) -> None:
            if answer:
                then(answer)

        self.app.push_screen(menu, answered)

    async def on_key(self, event: events.Key) -> None:
        """Do what a key is bound to, in the order of the keys: what was typed ahead while a menu or a line was being
        opened belongs to that.
        """
        if self.app.screen is not self:
            event.stop()
            self.app.post_message(events.Key(event.key, event.character))
        elif event.key in self._bindings.key_to_bindings:
            event.stop()
            for binding in self._bindings.key_to_bindings[event.key]:
                await self.run_action(binding.action)

    def action_answer(self) -> None:
        """Answer the call that has waited longest."""
        ring = next((ring for ring in self.shift.view.calls.values() if ring.open), None)
        if ring is None:
            self.say("nobody waits for an answer", "warn")
        else:
            caller = self.shift.level.calls[ring.id].caller
            self._ask(Menu(f"{caller} asks", choices.answers(self.shift, ring.id)), self.give)

    def action_standing(self) -> None:
        """Set a standing order, where the level allows any."""
        orders = choices.settable(self.shift)
        if orders:
            self._ask(Menu("standing orders", choices.entries(self.shift, orders)), self.give)
        else:
            self.say("this level allows no standing orders: everything is done by hand", "warn")

    def action_find(self) -> None:
        """Claim that the two marked cells clash, under a rule."""
        name, marks = self.marked
        if len(marks) != 2:
            self.say("mark two cells of the papers first: 4, then the arrows, and m on each of the two", "warn")
            return
        first, second = marks
        menu = Menu(f"{first} and {second} clash: by which rule?", choices.rules(self.shift, name, first, second))
        self._ask(menu, lambda rule: self.give(f"find {name} {first} {second} {rule}"))

    def action_command(self) -> None:
        """Write an order."""
        self._ask(CommandLine(self.shift), self.give)

    def action_help(self) -> None:
        """Keys, signs and the way of a train."""
        self._read(Reader("help", help_rows, "back to the desk"))

    def action_rulebook(self) -> None:
        """The rules of the customs desk."""
        self._read(Reader("rulebook", partial(rulebook_rows, self.shift.view), "back to the desk"))

    def _read(self, reader: Reader) -> None:
        self.hold("reading", on=self.shift.level.shift.pause == "free")
        self.app.push_screen(reader, lambda _: self.hold("reading", on=False))

    def action_leave(self) -> None:
        """Ask, then leave."""
        if self._ending:
            return
        self.hold("asking", on=self.shift.level.shift.pause != "never")
        items = [
            Item("stay", "stay at the desk", "s"),
            Item("end", "end the shift now and be scored", "e", "others finish what is open; its delay counts"),
            Item("leave", "leave without a result", "l"),
        ]
        if self.shift.journal is not None:
            items.insert(1, Item("later", "leave now, and go on another time", "g", "`corridor play` offers it again"))
        self.app.push_screen(Menu("Leave the shift?", items), self._left)

    def _left(self, answer: str | None) -> None:
        self.hold("asking", on=False)
        if answer == "end":
            self.finish()
        elif answer in ("leave", "later"):
            self.later = answer == "later"
            self.dismiss(None)
