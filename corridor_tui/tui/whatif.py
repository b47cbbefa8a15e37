"""What an order would do to every train, shown before it is given."""

from collections.abc import Sequence

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import ModalScreen

from corridor_tui.language import N_, _
from corridor_tui.level.model import Level
from corridor_tui.session import prospects
from corridor_tui.session.whatif import Answer, Prospect, UnforeseenError, ask_leave, understood
from corridor_tui.tui.asking import Asking
from corridor_tui.tui.bar import Bar
from corridor_tui.tui.pane import Rows
from corridor_tui.tui.rows import Part, Row, fit, row, wrap

_WIDEST = 132
_ROOMY = 108
"""From so many cells on all stages of a train are shown; below only when it leaves."""
_GAP = 2


class WhatIf(ModalScreen[bool]):
    """Asks and shows the answer; returns True where the order is to be given. The desk goes on below."""

    CSS = """
    WhatIf { align: center middle; background: $background 45%; }
    WhatIf:ansi { background: transparent; }
    WhatIf > Rows { background: $panel; border: round $accent; padding: 0 1; }
    WhatIf > Bar { background: $panel; }
    """
    BINDINGS = [
        Binding("escape,q", "leave", "back"),
        Binding("enter", "go", "give it"),
        Binding("up,k", "step(-1)"),
        Binding("down,j", "step(1)"),
        Binding("pageup", "step(-8)"),
        Binding("pagedown", "step(8)"),
    ]

    def __init__(self, asking: Asking, order: str) -> None:
        super().__init__()
        self._asking = asking
        self._order = order
        self._answer: Answer | None = None
        self._trouble: str | None = None
        self._agreed = not asking.shift.level.aids.priced or self._refused

    @property
    def answered(self) -> bool:
        """Whether an answer stands there, or why there is none."""
        return self._answer is not None or self._trouble is not None

    @property
    def _refused(self) -> bool:
        return understood(self._asking.shift, self._order)[1] is not None

    def compose(self) -> ComposeResult:
        """Build it."""
        yield Rows(_("what if"), id="answer")
        yield Bar(id="keys")

    def on_mount(self) -> None:
        """Ask, where that costs nothing; else say first what it costs."""
        self.query_one(Rows).focus()
        self._lay()
        if self._agreed:
            self.run_worker(self._ask(), exclusive=True)

    def on_resize(self) -> None:
        """Lay out for the width."""
        self.call_after_refresh(self._lay)

    async def _ask(self) -> None:
        try:
            self._answer = await self._asking.ask(self._order)
        except UnforeseenError as error:
            self._trouble = str(error)
        self._lay()

    def _lay(self) -> None:
        if not self.is_mounted:
            return
        pane, bar = self.query_one(Rows), self.query_one(Bar)
        width, height = self.app.size
        pane.styles.width = bar.styles.width = min(_WIDEST, width - 2)
        rows = self._rows(min(_WIDEST, width - 2) - 5)
        pane.styles.height = min(len(rows) + 2, height - 3)
        pane.show(rows)
        bar.show(row(*self._keys()))

    def _keys(self) -> list[Part]:
        keys: list[Part] = []
        if not self._agreed:
            keys += [(" enter ", "key", "go"), (_("ask") + "  ", "dim", "go")]
        elif self._answer is not None and self._answer.order and self._answer.refusal is None:
            keys += [(" enter ", "key", "go"), (_("give the order") + "  ", "dim", "go")]
        return [*keys, (" escape ", "key", "leave"), (_("back"), "dim", "leave")]

    def _rows(self, width: int) -> list[Row]:
        level, answer = self._asking.shift.level, self._answer
        if not self._agreed:
            costs = f"{level.aids.what_if_costs:g}"
            head = _("What would `{order}` do?", order=self._order) if self._order else _("How does it stand?")
            said = _("An answer costs {costs} units of the resources, and stands in the log.", costs=costs)
            return [row((line, "head")) for line in wrap(head, width)] + [
                row((line, "warn")) for line in wrap(said, width)
            ]
        if self._trouble is not None:
            return [row((line, "bad")) for line in wrap(self._trouble, width)]
        if answer is None:
            return [row((_("running ahead ..."), "dim"))]
        return answer_rows(level, answer, width)

    async def on_bar_pressed(self, message: Bar.Pressed) -> None:
        """A click on a hint does what its key does."""
        message.stop()
        await self.run_action(message.key)

    def action_step(self, step: int) -> None:
        """Scroll."""
        self.query_one(Rows).move(step)

    def action_go(self) -> None:
        """Agree to the price; then give the order."""
        answer = self._answer
        if not self._agreed:
            self._agreed = True
            self._trouble = ask_leave(self._asking.shift, self._order)
            self._lay()
            if self._trouble is None:
                self.run_worker(self._ask(), exclusive=True)
        elif answer is not None and answer.order and answer.refusal is None:
            self.dismiss(True)
        else:
            self.app.bell()

    def action_leave(self) -> None:
        """Go back; whoever waits for the answer no longer does."""
        self.dismiss(False)


def answer_rows(level: Level, answer: Answer, width: int) -> list[Row]:
    """An answer as a table: the trains that the order changes first."""
    when = prospects.at(level, answer.now_s)
    rows = [row((line, "head")) for line in wrap(f"{when}  {prospects.heading(answer)}", width)]
    style = "bad" if answer.refusal is not None else "warn" if answer.changed else "good"
    rows += [row((line, style)) for line in wrap(prospects.verdict(answer), width)]
    if answer.refusal is not None or not answer.trains:
        return rows
    changed = list(answer.changed)
    trains = [*changed, *(train for train in answer.trains if not train.changed)]
    return [*rows, row(""), *_table(level, trains, width, both=bool(changed))]


def _table(level: Level, trains: Sequence[Prospect], width: int, *, both: bool) -> list[Row]:
    roomy = width >= _ROOMY
    head, cells = _cells(level, trains, roomy=roomy, both=both)
    widths = [max(cell_len(line[place]) for line in (head, *cells)) for place in range(len(head))]
    left = width - sum(widths) - _GAP * len(widths)
    rows = [row((_line(head, widths), "dim"))]
    for train, line in zip(trains, cells, strict=True):
        later = train.later_s or 0
        style = "bad" if later > 0 else "good" if later < 0 else "warn" if train.changed else "dim"
        notes = [prospects.wait_text(train.wait), "" if roomy else prospects.moved(train)]
        wait = "; ".join(note for note in notes if note)
        beside = cell_len(wait) <= left
        rows.append(row((_line(line, widths), style), (wait if beside else "", "dim")))
        if not beside:
            rows += [row((f"    {part}", "dim")) for part in wrap(wait, width - 4)]
    return rows


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "".join(fit(cell, size) + " " * _GAP for cell, size in zip(cells, widths, strict=True))


_HEADS = (N_("train"), N_("due"))


def _cells(level: Level, trains: Sequence[Prospect], *, roomy: bool, both: bool) -> tuple[list[str], list[list[str]]]:
    """The head of the table and its cells."""
    head = [_(name) for name in _HEADS]
    stages = [_("in"), _("ready"), _("leaves")] if roomy or not both else [_("leaves")]
    head += stages
    if both:
        head += [_("with it: {stage}", stage=stages[0]), *stages[1:], ""] if stages[1:] else [_("with it"), ""]
    cells = []
    for train in trains:
        line = [train.train, prospects.at(level, train.due_s)]
        for times in (train.stands, train.given) if both else (train.stands,):
            every = (times.in_s, times.ready_s, times.leaves_s)
            line += [prospects.at(level, second) for second in every[-len(stages) :]]
        cells.append([*line, prospects.difference(train.later_s)] if both else line)
    return head, cells
