"""Choosing by number: it is typed on the desk, what it means is chosen at once, and the line of keys shows how far it has come."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from rich.cells import cell_len
from textual import events

from corridor_tui.language import N_, _
from corridor_tui.level.plant import Station
from corridor_tui.tui.completing import meant_by
from corridor_tui.tui.routing import Routing
from corridor_tui.tui.rows import Part, Row, cells_of, fit, row
from corridor_tui.tui.things import CRANE, TRACK
from corridor_tui.tui.trains import Keep

_TYPE = N_("type the number of a train, or of whatever stands on the desk")


@dataclass(frozen=True, slots=True)
class Before:
    """What was chosen in each instrument, which trains were listed, and what the panel showed, before a number was begun."""

    choices: Mapping[str, str]
    keep: Keep
    scope: Station | None
    followed: str | None


@dataclass(frozen=True, slots=True)
class Typed:
    """How far a number has come and what it may mean, the likeliest first. `any_case`: small letters are read as capitals."""

    text: str
    found: tuple[str, ...]
    before: Before
    any_case: bool


class Numbered(Routing):
    """A desk on which a number can be typed: one that begins with a capital letter at once, any other behind a key for that."""

    _typed: Typed | None = None

    def _begun(self, *, any_case: bool) -> Typed:
        choices = {name: pane.choice for name, pane in self._panes.items()}
        return Typed("", (), Before(choices, self.trains.keep, self.panel.scope, self.panel.followed), any_case)

    async def on_key(self, event: events.Key) -> None:
        """Take in what belongs to a number; any other key keeps what is chosen and does what it does."""
        if self.over is None and self._takes(event):
            event.stop()
            event.prevent_default()

    def _takes(self, event: events.Key) -> bool:
        typed, char = self._typed, event.character or ""
        if typed is None:
            begins = char.isupper() and event.key not in self._bindings.key_to_bindings
            return begins and self._type(self._begun(any_case=False), char)
        if event.key == "escape":
            self.action_leave_number()
        elif event.key == "enter":
            self.action_keep_number()
        elif event.key == "backspace":
            self._back(typed)
        elif not (char.isalnum() or char == "-") or (char.islower() and not typed.any_case):
            self.action_keep_number()
            return False
        elif not self._type(typed, char):
            if char.islower():
                self.action_keep_number()
                return False
            self.app.bell()
        return True

    def _type(self, typed: Typed, char: str) -> bool:
        """Go on with a number, where anything is meant by it then."""
        found = tuple(meant_by(self.shift.view, typed.text + char))
        if found:
            self._show_number(replace(typed, text=typed.text + char, found=found))
        return bool(found)

    def _back(self, typed: Typed) -> None:
        text = typed.text[:-1]
        if text:
            self._show_number(replace(typed, text=text, found=tuple(meant_by(self.shift.view, text))))
        else:
            self.action_leave_number()

    def _show_number(self, typed: Typed) -> None:
        """Choose what is meant wherever it stands in sight, without going there."""
        self._typed = typed
        name, view = typed.found[0], self.shift.view
        pane, key = self._key_of(name)
        if name in view.units:
            self.trains.bring(name, view)
        elif pane != "panel":
            self._panes[pane].choose(key)
        if (pane == "panel" or name in view.units) and self._in_sight("panel"):
            self.panel.find(key, view)
        self._show_status()

    def action_by_number(self) -> None:
        """Begin a number."""
        self._typed = self._begun(any_case=True)
        self._show_status()

    def action_keep_number(self) -> None:
        """Go to what was chosen."""
        typed, self._typed = self._typed, None
        if typed is not None and typed.found:
            self.select(typed.found[0])
        else:
            self._show_status()

    def action_leave_number(self) -> None:
        """Choose again what was chosen before."""
        typed, self._typed = self._typed, None
        if typed is not None and typed.found:
            before, view = typed.before, self.shift.view
            self.trains.keep = before.keep
            self.trains.draw(view)
            self.panel.scope, self.panel.followed = before.scope, before.followed
            if self._in_sight("panel"):
                self.panel.draw(view)
            for name, choice in before.choices.items():
                self._panes[name].choose(choice)
        self._show_status()

    def on_mouse_down(self) -> None:
        """Whoever takes the mouse has done with the number."""
        if self._typed is not None:
            self._typed = None
            self._show_status()

    def number_row(self, width: int) -> Row | None:
        """The number so far, what it means, and how it goes on; None where none is being typed."""
        typed = self._typed
        if typed is None:
            return None
        tail: list[Part] = [
            (" enter", "key", "keep_number"), (" " + _("keeps it") + " ", "dim", "keep_number"),
            (" escape", "key", "leave_number"), (" " + _("back") + " ", "dim", "leave_number"),
        ]  # fmt: skip
        head: list[Part] = [(f" {typed.text}▏ ", "mark"), (f" {typed.found[0]} " if typed.found else "", "train")]
        room = width - cells_of([*head, *tail])
        others = _("or {others}", others=" ".join(typed.found[1:])) if typed.found[1:] else ""
        said = others if typed.found else _(_TYPE)
        return row(*head, (fit(said, min(cell_len(said), room)), "dim"), " " * max(0, room - cell_len(said)), *tail)

    def _key_of(self, name: str) -> tuple[str, str]:
        """The pane in which a train, a consignment, a track or a crane is chosen, and its key there."""
        view = self.shift.view
        if name in view.dossiers:
            return "customs", name
        if name in view.units:
            return self._active if self._active in ("panel", "graph") else "trains", name
        held = view.units.get(view.holds.get(name, ""))
        if held is not None and held.place == name:
            return "panel", held.id  # who stands on a track stands there for it
        return "panel", f"{TRACK if name in view.level.tracks else CRANE}{name}"

    def select(self, name: str) -> None:
        """Choose a train, a consignment, a track or a crane, and go where it stands."""
        view = self.shift.view
        pane, key = self._key_of(name)
        if name in view.units:
            self.trains.bring(name, view)
        if pane == "panel":
            self.panel.find(key, view)
            if self._entry:  # it is where the route is to go, and what comes of that is told instead
                return
        self._panes[pane].choose(key)
        if name in view.units and self._panes[pane].choice != name:
            pane = "trains"  # it is not drawn where it was looked for
        self._focus_pane(pane)
        self.say(_("{name} is chosen: enter shows its orders", name=key.rpartition(":")[2]), "")
