"""The control desk: wires the panes to the shift; the session owns all state."""

from collections.abc import Callable

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.screen import Screen

from corridor_tui.corridor.options import orders_for, verbs_for
from corridor_tui.corridor.orders import VERBS, Order
from corridor_tui.scenario.rules import RULES
from corridor_tui.session.outcome import Outcome
from corridor_tui.session.pace import Pace
from corridor_tui.session.shift import Shift
from corridor_tui.tui.bar import Bar
from corridor_tui.tui.command import CommandLine
from corridor_tui.tui.header import header_row, hints_row, notice_row, tabs_row
from corridor_tui.tui.lists import Since, customs_rows, message_rows, train_rows
from corridor_tui.tui.matrix import Matrix
from corridor_tui.tui.menu import Item, Menu
from corridor_tui.tui.pages import help_rows, rulebook_rows
from corridor_tui.tui.panel import panel_rows
from corridor_tui.tui.reader import Reader
from corridor_tui.tui.rows import Row, Rows, row

FRAMES = 20
WIDE = (120, 40)
LEAST = (80, 24)
PANES = ("panel", "trains", "customs", "papers", "messages")
RUN_ON_S = 900
"""How far one frame runs on at the most, so that keys are still heard on the way."""


class Desk(Screen[Outcome | None]):
    """One shift at the desk. Returns the outcome, or None where the trainee left."""

    CSS_PATH = "desk.tcss"
    AUTO_FOCUS = None
    BINDINGS = [
        Binding("space", "pause", "pause"),
        Binding("plus,equals_sign", "speed(1)", "faster"),
        Binding("minus", "speed(-1)", "slower"),
        Binding("n", "run_on", "next event"),
        Binding("c", "coach", "as proposed"),
        Binding("enter", "menu", "orders"),
        Binding("f", "find", "finding"),
        Binding("r", "rulebook", "rules"),
        Binding("colon", "command", "order as text"),
        Binding("question_mark,f1", "help", "help"),
        Binding("q,ctrl+c", "leave", "leave"),
        Binding("up,k", "move(-1)", show=False),
        Binding("down,j", "move(1)", show=False),
        Binding("pageup", "move(-8)", show=False),
        Binding("pagedown", "move(8)", show=False),
        Binding("tab", "turn(1)", show=False),
        Binding("shift+tab", "turn(-1)", show=False),
        *(Binding(str(place + 1), f"pane('{name}')", show=False) for place, name in enumerate(PANES)),
    ]

    def __init__(self, shift: Shift, wall: Callable[[], float]) -> None:
        super().__init__()
        self.shift = shift
        limits = shift.level.shift
        self.pace = Pace(wall, shift.now_s, limits.default_speed, limits.max_speed)
        self._since = Since()
        self._active = "trains"
        self._notice = ("press space to begin, ? for help", "warn")
        self._running_on = False
        self._seen = -1
        self._minute = -1
        self._ending = False
        self._small = False

    def compose(self) -> ComposeResult:
        """Build it."""
        yield Bar(id="header")
        yield Bar(id="tabs")
        with Horizontal(id="body"):
            with Vertical(id="left"):
                yield Rows("1 panel", id="panel")
                yield Rows("2 trains", id="trains")
            with Vertical(id="right"):
                yield Rows("3 customs", id="customs")
                yield Matrix("4 papers", id="papers")
                yield Rows("5 messages", id="messages")
        yield Bar(id="notice")
        yield Bar(id="hints")
        yield Bar(id="small")

    def on_mount(self) -> None:
        """Start the one clock of the desk."""
        self.set_interval(1 / FRAMES, self.tick)
        self._focus_pane("trains")

    def on_resize(self) -> None:
        """Side by side where there is room, as tabs where not."""
        width, height = self.size
        self._small = width < LEAST[0] or height < LEAST[1]
        self.set_class(self._small, "too-small")
        self.set_class(width < WIDE[0] or height < WIDE[1], "tabbed")
        self.set_class(height >= 48, "roomy")
        if self._small:
            if not self.pace.paused:
                self.pace.toggle()
            self.query_one("#small", Bar).show(row((f"make the terminal at least {LEAST[0]}x{LEAST[1]}", "bad")))
        self._show_active()
        self.call_after_refresh(self.paint)

    # time

    def tick(self) -> None:
        """One frame: let the shift catch up with the clock, then draw what changed."""
        due = self.pace.due_s()
        if self._running_on:
            called = self.shift.run_on(self.shift.now_s + RUN_ON_S)
            self.pace.jump(self.shift.now_s)
            if called:
                self._running_on = False
        elif due > self.shift.now_s:
            self.shift.advance(due)
        if len(self.shift.events) != self._seen or self.shift.now_s // 60 != self._minute:
            self.paint()
        else:
            self._show_header()
        if self.shift.over and not self._ending:
            self._finish()

    def paint(self) -> None:
        """Draw every pane that is in sight; panes draw only the rows that changed."""
        self._seen, self._minute = len(self.shift.events), self.shift.now_s // 60
        view = self.shift.view
        self._show_header()
        drawings: dict[str, Callable[[int], list[Row]]] = {
            "panel": lambda width: panel_rows(view, width),
            "trains": lambda width: train_rows(view, width, self._since),
            "customs": lambda width: customs_rows(view, width),
        }
        for name, draw in drawings.items():
            pane = self.query_one(f"#{name}", Rows)
            pane.show(draw(pane.room or self.size.width // 2))
        self._show_papers()
        messages = self.query_one("#messages", Rows)
        if messages.room:
            messages.show(message_rows(view.messages[-120:], self.shift.level.start_s, messages.room))
            messages.to_end()
        self._show_notice()

    def _show_header(self) -> None:
        self.query_one("#header", Bar).show(header_row(self.shift, self.pace, running_on=self._running_on))

    def _show_notice(self) -> None:
        proposal = next(self.shift.proposals(), None) if self.shift.level.coach and not self.shift.over else None
        self.query_one("#notice", Bar).show(notice_row(self._notice, proposal))
        self.query_one("#hints", Bar).show(hints_row(self._active, coach=self.shift.level.coach))

    def _show_papers(self) -> None:
        papers = self.query_one("#papers", Matrix)
        name = self.query_one("#customs", Rows).choice
        dossier = self.shift.view.dossiers.get(name)
        title = "4 papers" if dossier is None else f"4 papers {name} {dossier.lane or ''} {dossier.state}"
        if self.pace.paused and self.shift.level.shift.pause == "covered" and self.shift.now_s > 1:
            papers.hide(title)
        elif papers.room:
            papers.lay(self.shift.view.papers(name) if dossier else None, title)

    # panes

    def _focus_pane(self, name: str) -> None:
        self._active = name
        self._show_active()
        self.query_one(f"#{name}").focus()
        self.call_after_refresh(self.paint)

    def _show_active(self) -> None:
        tabbed = self.has_class("tabbed")
        for name in PANES:
            self.query_one(f"#{name}").display = not tabbed or name == self._active
        self.query_one("#left").display = not tabbed or self._active in ("panel", "trains")
        self.query_one("#right").display = not tabbed or self._active in ("customs", "papers", "messages")
        self.query_one("#tabs", Bar).show(tabs_row(PANES, self._active))

    def action_pane(self, name: str) -> None:
        """Go to a pane."""
        self._focus_pane(name)

    def action_turn(self, step: int) -> None:
        """Go to the next pane."""
        self._focus_pane(PANES[(PANES.index(self._active) + step) % len(PANES)])

    def action_move(self, step: int) -> None:
        """Move the choice in the active pane."""
        self.query_one(f"#{self._active}", Rows).move(step)

    def on_descendant_focus(self) -> None:
        """A click on a pane makes it the active one."""
        focused = self.focused
        if focused is not None and focused.id in PANES and focused.id != self._active:
            self._active = focused.id
            self._show_notice()

    def on_rows_chosen(self, message: Rows.Chosen) -> None:
        """Another consignment: lay its papers out."""
        if message.pane.id == "customs":
            self._show_papers()

    def on_rows_opened(self, message: Rows.Opened) -> None:
        """A double click opens the menu."""
        if message.pane.id in ("trains", "customs"):
            self.action_menu()

    def on_matrix_marked(self) -> None:
        """Say what the marks are good for."""
        marks = self.query_one("#papers", Matrix).marks
        self._say(
            f"marked {' and '.join(marks)}" + (": press f to claim that they clash" if len(marks) == 2 else ""), ""
        )

    # orders

    @property
    def subject(self) -> str:
        """The train or consignment that orders are about now."""
        pane = "customs" if self._active in ("customs", "papers") else "trains"
        return self.query_one(f"#{pane}", Rows).choice

    def _say(self, text: str, style: str) -> None:
        self._notice = (text, style)
        self._show_notice()

    def give(self, text: str) -> None:
        """Give an order and show at once what became of it."""
        answer = self.shift.order(text)
        self._say(
            f"✓ {text}" if answer.accepted else f"✗ {text}: {answer.reason}", "good" if answer.accepted else "bad"
        )
        self.paint()

    def action_coach(self) -> None:
        """Do as proposed."""
        if not self.shift.level.coach:
            self._say("this level has no coach", "warn")
            return
        proposal = next(self.shift.proposals(), None)
        if proposal is None:
            self._say("nothing is proposed now: press n to run on", "warn")
        else:
            self.give(proposal.text)

    @work
    async def action_menu(self) -> None:
        """The orders for what is chosen: first the kind, then what is still open of it."""
        subject, view = self.subject, self.shift.view
        if not subject:
            self._say("choose a train or a consignment first", "warn")
            return
        items = [self._verb_item(verb, subject) for verb in verbs_for(view, subject)]
        verb = await self.app.push_screen_wait(Menu(f"{subject}: orders", items))
        if verb is None:
            return
        if verb == "find":
            self.action_find()
            return
        orders = orders_for(view, verb, subject)
        if len(orders) == 1:
            self.give(orders[0].text)
            return
        choices = [Item(order.text, order.text, self.shift.refusal(order)) for order in orders]
        choices.sort(key=lambda item: item.objection is not None)
        text = await self.app.push_screen_wait(Menu(f"{subject}: {verb}", choices, VERBS[verb].help))
        if text is not None:
            self.give(text)

    def _verb_item(self, verb: str, subject: str) -> Item:
        orders = orders_for(self.shift.view, verb, subject)
        label = f"{verb:<11} {VERBS[verb].help}"
        if verb == "find":
            return Item(verb, label)
        if not orders:
            return Item(verb, label, "nothing of that kind can be ordered here now")
        objections = [self.shift.refusal(order) for order in orders]
        return Item(verb, label, None if None in objections else objections[0])

    @work
    async def action_find(self) -> None:
        """Claim that the two marked cells clash, under a rule."""
        papers = self.query_one("#papers", Matrix)
        name = self.query_one("#customs", Rows).choice
        if len(papers.marks) != 2:
            self._say("mark two cells of the papers first: pane 4, arrows, then m on each", "warn")
            return
        first, second = papers.marks
        items = [
            Item(
                rule.code,
                f"{rule.title:<22} {rule.text}",
                self.shift.refusal(Order("find", (name, first, second, rule.code))),
            )
            for rule in RULES.values()
        ]
        rule = await self.app.push_screen_wait(Menu(f"{first} and {second} clash. Which rule?", items))
        if rule is not None:
            self.give(f"find {name} {first} {second} {rule}")

    @work
    async def action_command(self) -> None:
        """Write an order."""
        text = await self.app.push_screen_wait(CommandLine(self.shift))
        if text:
            self.give(text)

    # the clock and the end

    def action_pause(self) -> None:
        """Pause or go on."""
        if self.shift.level.shift.pause == "never" and not self.pace.paused:
            self._say("this shift cannot be paused", "warn")
        elif not self._small:
            self._running_on = False
            self.pace.toggle()
            self._notice = ("", "")
            self.paint()

    def action_speed(self, step: int) -> None:
        """Change the speed."""
        self.pace.change(step)
        self._show_header()

    def action_run_on(self) -> None:
        """Run on to the next event that needs the trainee."""
        self._running_on = not self._running_on

    @work
    async def action_help(self) -> None:
        """Keys, signs and the way of a train."""
        await self._read(Reader("help", help_rows, "escape: back to the desk"))

    @work
    async def action_rulebook(self) -> None:
        """The rules of the customs desk."""
        await self._read(Reader("rulebook", rulebook_rows, "escape: back to the desk"))

    async def _read(self, reader: Reader) -> None:
        await self.app.push_screen_wait(reader)

    @work
    async def action_leave(self) -> None:
        """Ask, then leave."""
        was_paused = self.pace.paused
        if not was_paused:
            self.pace.toggle()
        items = [
            Item("stay", "stay at the desk"),
            Item("end", "give up: nobody is at your desks until the end, then it is scored"),
            Item("leave", "leave without a result"),
        ]
        answer = await self.app.push_screen_wait(Menu("Leave the shift?", items))
        if answer == "end":
            self._finish()
        elif answer == "leave":
            self.dismiss(None)
        elif not was_paused:
            self.pace.toggle()

    def _finish(self) -> None:
        self._ending = True
        if not self.pace.paused:
            self.pace.toggle()
        self._say("the shift is over: what is open is finished, and the score is made ...", "warn")
        self._score()

    @work(thread=True, exclusive=True)
    def _score(self) -> None:
        outcome = self.shift.finish()
        self.app.call_from_thread(self.dismiss, outcome)
