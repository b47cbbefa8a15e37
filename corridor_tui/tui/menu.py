"""A menu over the desk: a letter picks, escape leaves; what is picked may lead to further entries in the same place."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from string import ascii_lowercase, ascii_uppercase

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import ModalScreen

from corridor_tui.language import N_, _
from corridor_tui.tui.bar import Bar
from corridor_tui.tui.keys import sign
from corridor_tui.tui.over import OVER, Over
from corridor_tui.tui.pane import Rows
from corridor_tui.tui.rows import Row, fit, row, wrap
from corridor_tui.tui.seams import OverRows

LETTERS = "123456789" + ascii_lowercase + ascii_uppercase
_EXPLAINED = 6
"""The most lines kept for why the chosen entry cannot be picked, or what it does."""
_WIDEST, _MOST_WIDE = 84, 124
"""The cells of a menu where there is room, and of one with longer entries."""
_BESIDE = 11
"""The cells beside what an entry says: the border, its letter and signs."""
_EDGES = 5
"""The cells beside a row: the border, a space on either side of it, and the pointer's column."""


@dataclass(frozen=True, slots=True)
class Item:
    """An entry: what is returned, what it says, its letter (none: the next free one), what it is about, and why it
    would be refused now (None: it would not).
    """

    key: str
    label: str
    letter: str = ""
    about: str = ""
    objection: str | None = None


def lettered(items: list[Item]) -> list[tuple[str, Item]]:
    """Entries with their letters; those that find none left have to be chosen with the arrows."""
    own = {item.letter for item in items if item.letter}
    free = iter([letter for letter in LETTERS if letter not in own])
    return [(item.letter or next(free, " "), item) for item in items]


@dataclass(frozen=True, slots=True)
class Page:
    """A menu's title and entries."""

    title: str
    items: list[Item]


@dataclass(frozen=True, slots=True)
class Question:
    """How it is asked what an order would do: the keys, and what is told the order and what to do if it is then wanted."""

    keys: tuple[str, ...]
    ask: Callable[[str, Callable[[], object]], None]

    @property
    def hint(self) -> str:
        """What the keys are good for."""
        return _("{key} what if", key=sign(self.keys[0]))

    @property
    def as_hint(self) -> tuple[str, str, str]:
        """The same among the hints of what it is asked from."""
        return sign(self.keys[0]), N_("what if"), "what_if"


@dataclass(frozen=True, slots=True)
class Choice:
    """What a menu is asked for.

    `further` says which page an entry leads to; None: it is the answer. `pointed`: the entries that the guide points at, on
    whichever page they stand.
    """

    title: str
    items: list[Item]
    further: Callable[[str], Page | None] | None = None
    question: Question | None = None
    pointed: frozenset[str] = frozenset()


class Menu(Over):
    """Shows entries with their letters; its answer is the key of the one picked, or None."""

    DEFAULT_CSS = """
    Menu { background: $panel; }
    Menu > Rows { height: 1fr; }
    Menu > Rows, Menu > Rows:focus {
        background: $panel; border: round $accent; padding: 0 1; border-title-color: $text-muted; border-title-style: none;
    }
    """
    BINDINGS = [
        Binding("up", "step(-1)"),
        Binding("down", "step(1)"),
        Binding("pageup", "step(-8)"),
        Binding("pagedown", "step(8)"),
        Binding("enter", "pick"),
    ]
    HINTS = (("↑↓", N_("choose"), "step(1)"), ("enter", N_("takes it"), "pick"), ("escape", N_("back"), "leave"))

    def __init__(self) -> None:
        super().__init__()
        self.pane = OverRows("")
        self._choice = Choice("", [])
        self._pages: list[Page] = []
        self.entries: list[tuple[str, Item]] = []
        """What stands there now, each with its letter."""
        self._told = 1
        self._head: list[Row] = []

    @property
    def hints(self) -> Sequence[tuple[str, str, str]]:
        """With what an entry would do, where that can be asked."""
        question = self._choice.question
        return self.HINTS if question is None else (*self.HINTS, question.as_hint)

    @property
    def points(self) -> bool:
        """Whether the guide points at an entry of the page that is open."""
        return any(item.key in self._choice.pointed for item in self._pages[-1].items)

    @property
    def answers_call(self) -> bool:
        """Whether it is for somebody who calls and waits."""
        return all(item.key.startswith("answer ") for item in self._choice.items)

    @property
    def _asked(self) -> str:
        """What is said of all entries alike, such as the question that they answer: it stands above them."""
        items = self._pages[-1].items
        return items[0].about if len(items) > 1 and len({item.about for item in items}) == 1 else ""

    def compose(self) -> ComposeResult:
        """Build it."""
        yield self.pane

    def ask(self, choice: Choice, then: Callable[[str | None], object]) -> None:
        """Let something be picked."""
        self._choice, self._pages = choice, [Page(choice.title, choice.items)]
        self.show(self.pane, then)
        self._open()

    def _open(self) -> None:
        """Show the last page from its beginning."""
        page, pane, question = self._pages[-1], self.pane, self._choice.question
        self.entries = lettered(page.items)
        pane.entitle(page.title if question is None else f"{page.title}   {question.hint}")
        pane.show(())
        pane.choice = ""
        self.lay()
        for key in self._choice.pointed:
            pane.choose(key)

    def lay(self) -> None:
        """As high as the page needs."""
        page, (width, height) = self._pages[-1], self.app.size
        needed = max(cell_len(item.label) for item in page.items) + _BESIDE
        breadth = min(max(_WIDEST, min(needed, _MOST_WIDE)), width - 4)
        self._room = breadth - _EDGES
        self._head = [row((line, "bold")) for line in wrap(self._asked, self._room)] if self._asked else []
        texts = [self._said_of(item)[0] for item in page.items]
        self._told = min(
            _EXPLAINED, max(len(wrap(text, self._room)) if text or not self._head else 0 for text in texts)
        )
        self.place(breadth, min(len(self._head) + len(page.items) + self._told + 2, height - 2))
        self._fill()

    def _fill(self) -> None:
        pane, width = self.pane, self._room
        rows: list[Row] = []
        for letter, item in self.entries:
            refused = item.objection is not None
            text = fit(f"{'✕ ' if refused else '  '}{item.label}", max(1, width - 3))
            rows.append(
                row((f"{letter}  ", "faint" if refused else "key"), (text, "dim" if refused else ""), key=item.key)
            )
        pane.point(self._choice.pointed, whole=False)
        pane.show(rows, self._head, self._explained(pane.choice or rows[0].key))

    def _said_of(self, item: Item) -> tuple[str, str]:
        """What is said of an entry below all of them, and how it looks."""
        if item.objection is not None:
            return item.objection, "bad"
        return ("" if self._head else item.about), "dim"

    def _explained(self, key: str) -> list[Row]:
        item = next((item for _letter, item in self.entries if item.key == key), None)
        text, style = ("", "") if item is None else self._said_of(item)
        lines = wrap(text, max(10, self._room))[: self._told]
        return [*(row((line, style)) for line in lines), *(row("") for _ in range(self._told - len(lines)))]

    def on_rows_chosen(self, message: Rows.Chosen) -> None:
        """Explain the entry that the choice moved to."""
        message.stop()
        self.pane.show(self.pane.body, self._head, self._explained(message.key))

    def on_key(self, event: events.Key) -> None:
        """A letter picks its entry."""
        question = self._choice.question
        if question is not None and event.key in question.keys:
            event.stop()
            self.action_what_if()
            return
        for letter, item in self.entries:
            if event.character and event.character == letter != " ":
                event.stop()
                self._take(item)
                return

    def on_rows_opened(self, message: Rows.Opened) -> None:
        """A double click picks too."""
        message.stop()
        self.action_pick()

    def action_pick(self) -> None:
        """Take the chosen entry."""
        choice = self.pane.choice
        for _letter, item in self.entries:
            if item.key == choice:
                self._take(item)
                return

    def action_what_if(self) -> None:
        """Ask what the chosen entry would do; of a kind of order first which one."""
        choice, question = self.pane.choice, self._choice.question
        item = next((item for _letter, item in self.entries if item.key == choice), None)
        if item is None or question is None:
            self.app.bell()
        elif item.objection is None and self._leads_to(item) is not None:
            self._take(item)
        else:
            question.ask(item.key, lambda: self.dismiss(item.key))

    def _leads_to(self, item: Item) -> Page | None:
        further = self._choice.further
        return further(item.key) if further is not None and len(self._pages) == 1 else None

    def _take(self, item: Item) -> None:
        pane = self.pane
        if item.objection is None:
            page = self._leads_to(item)
            if page is None:
                self.dismiss(item.key)
            else:
                self._pages.append(page)
                self._open()
        elif pane.choice == item.key:
            self.app.bell()
        else:
            pane.choose(item.key)

    def action_step(self, step: int) -> None:
        """Move the choice."""
        self.pane.move(step)

    def action_leave(self) -> None:
        """Go back a page; from the first one leave without picking."""
        if len(self._pages) > 1:
            self._pages.pop()
            self._open()
        else:
            self.dismiss(None)


class MenuScreen(ModalScreen[str | None]):
    """A menu over whatever screen there is; returns its answer."""

    CSS = """
    MenuScreen { layers: default over; background: $background 45%; }
    MenuScreen:ansi { background: transparent; }
    MenuScreen > Bar { dock: bottom; }
    """

    def __init__(self, choice: Choice) -> None:
        super().__init__()
        self._choice = choice
        self._menu = Menu()
        self._keys = Bar(id="hints")

    def compose(self) -> ComposeResult:
        """Build it."""
        yield self._menu
        yield self._keys

    def on_mount(self) -> None:
        """Ask."""
        self._menu.ask(self._choice, self.dismiss)
        self._keys.show(self._menu.hints_row)

    def on_resize(self) -> None:
        """Lay out for the width."""
        self._menu.lay()

    async def on_bar_pressed(self, message: Bar.Pressed) -> None:
        """A click on a hint does what its key does."""
        await self._menu.run_action(message.key.removeprefix(OVER))

    def on_click(self, event: events.Click) -> None:
        """A click outside leaves."""
        if event.widget is self:
            self._menu.dismiss(None)
