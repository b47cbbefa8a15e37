"""The documents of a consignment side by side: a row for each field, a column for each document, two cells to mark."""

from typing import NamedTuple

from rich.cells import cell_len
from textual import events
from textual.message import Message

from corridor_tui.corridor.state import Dossier
from corridor_tui.language import _
from corridor_tui.scenario.rules import MISSING, NO_LICENCE, NOT_DECLARED, UNPAID, UNSECURED, addresses
from corridor_tui.scenario.values import Papers
from corridor_tui.session.wording import word
from corridor_tui.session.wording.fields import DOCUMENTS, field_name
from corridor_tui.tui.pane import POINTER, Rows
from corridor_tui.tui.rows import Part, Row, fit, row, unbroken, wrap

_LABEL = 11
_BESIDE = {name: place for place, name in enumerate((
    "danger", "un", "proper_name", "class", "group", "marks", "placard", "procedure", "duty", "paid", "covers",
))}  # fmt: skip
"""Fields that one sheet has and another has under another name, in the order in which they are read."""
MARKED = "◉"


class Sheet(NamedTuple):
    """One document as a column: its kind, its title and its fields."""

    kind: str
    title: str
    fields: dict[str, str]

    @property
    def breadth(self) -> int:
        """The cells that its widest value needs, with room for a mark before it."""
        return max(cell_len(value) for value in self.fields.values()) + 1

    @property
    def least(self) -> int:
        """The cells without which a number in it would be broken; with less room columns are left out and scrolled to."""
        return max(cell_len(_(DOCUMENTS[self.kind])), *map(unbroken, self.fields.values())) + 1


def sheets_of(papers: Papers) -> list[Sheet]:
    """The columns; one that ought to be there and is not gets a column too."""
    sheets = [Sheet(item.kind, _(item.title), dict(item.fields)) for item in papers.documents]
    there = addresses(papers)
    absent = {
        MISSING: _("Certificate"), NO_LICENCE: _("Licence"), NOT_DECLARED: _("Dangerous goods"),
        UNPAID: _("Payment of duties"), UNSECURED: _("Transit guarantee"),
    }  # fmt: skip
    for cell, title in absent.items():
        if cell in there:
            sheets.append(Sheet(cell.partition(".")[0], title, {"missing": _("NOT THERE")}))
    return sheets


def breadths(sheets: list[Sheet], room: int) -> list[int]:
    """Share out the room: nobody gets less than the least, nor more than needed while another is short; what is over is
    spread evenly.
    """
    needs = [sheet.breadth for sheet in sheets]
    spare = room - sum(needs)
    if spare >= 0:
        return [need + min(4, spare // max(1, len(needs))) for need in needs]
    leasts = [sheet.least for sheet in sheets]
    cap = max(needs, default=0)

    def capped() -> list[int]:
        return [max(least, min(need, cap)) for least, need in zip(leasts, needs, strict=True)]

    while cap > 1 and sum(capped()) > room:
        cap -= 1
    return capped()


def in_sight(sheets: list[Sheet], cursor: int, room: int) -> tuple[int, int]:
    """The first of the columns that have room around the one with the cursor, and the one behind the last."""
    first, end = cursor, cursor + 1
    used = sheets[cursor].least
    while True:
        beside = [place for place in (first - 1, end) if 0 <= place < len(sheets)]
        fitting = [place for place in beside if used + sheets[place].least <= room]
        if not fitting:
            return first, end
        # as many on the one side as on the other
        taken = min(fitting, key=lambda place: abs(place - cursor))
        used += sheets[taken].least
        first, end = min(first, taken), max(end, taken + 1)


def fields_of(sheets: list[Sheet]) -> list[str]:
    """Field names, those that stand on several documents first, then those that are compared with one another though they
    have other names; each document has a number of its own.
    """
    counts: dict[str, int] = {}
    for sheet in sheets:
        for name in sheet.fields:
            counts[name] = counts.get(name, 0) + 1
    return sorted(counts, key=lambda name: (counts[name] == 1 or name == "number", _BESIDE.get(name, len(_BESIDE))))


def title_of(dossier: Dossier, risk: float | None) -> str:
    """What stands above the papers of a consignment: its lane, its state, its risk."""
    title = _(
        "4 papers  {consignment}  {lane}  {state}",
        consignment=dossier.id,
        lane=_("not lodged") if dossier.lane is None else word(dossier.lane),
        state=word(dossier.state),
    )
    title += "" if risk is None else _(", risk {risk:.2f}", risk=risk)
    return title + (_(", corrected") if dossier.corrected else "")


class Matrix(Rows):
    """The pane of papers, with a cursor on one cell and up to two marks."""

    class Marked(Message):
        """A cell was marked or unmarked."""

    def __init__(self, title: str, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(title, id=id)
        self._name = ""
        """The consignment whose papers lie here."""
        self._papers: Papers | None = None
        self._sheets: list[Sheet] = []
        self.marks: list[str] = []
        self._shown = (0, 0)
        """The first of the columns in sight, and the one behind the last."""

    def lay(self, name: str, papers: Papers | None, title: str, nothing: str) -> None:
        """Put other papers, or papers as corrected, on the desk; without any say so. Marks go with their consignment."""
        self.entitle(title)
        if name != self._name:
            self._name, self.marks = name, []
        if papers is not None and papers == self._papers:
            return
        self._papers = papers
        self._sheets = [] if papers is None else sheets_of(papers)
        if papers is None:
            self.show([row((nothing, "dim"))])
        else:
            self._lay_cells()

    def _lay_cells(self) -> None:
        if not self._sheets or not self.room:
            return
        room = self.room - _LABEL
        kinds = [sheet.kind for sheet in self._sheets]
        cursor = self.choice.partition(".")[0]
        first, end = in_sight(self._sheets, kinds.index(cursor) if cursor in kinds else 0, room)
        self._shown, shown = (first, end), self._sheets[first:end]
        widths = breadths(shown, room)
        more = ("‹ " if first else "") + _("more") + (" ›" if end < len(kinds) else "")
        heads: list[Part] = [(fit("" if len(shown) == len(kinds) else more, _LABEL), "dim")]
        for sheet, width in zip(shown, widths, strict=True):
            title = sheet.title if cell_len(sheet.title) < width else _(DOCUMENTS[sheet.kind])
            heads.append((fit(f" {title}", width), "head"))
        rows: list[Row] = []
        for name in fields_of(self._sheets):
            cells = [self._cell(sheet, name, width) for sheet, width in zip(shown, widths, strict=True)]
            for line in range(max(len(cell) for cell in cells)):
                label = fit(field_name(name) if line == 0 else "", _LABEL)
                parts = (
                    cell[line] if line < len(cell) else " " * width for cell, width in zip(cells, widths, strict=True)
                )
                rows.append(row((label, "dim"), *parts))
        self.show(rows, [row(*heads)], self._told())

    def _cell(self, sheet: Sheet, name: str, width: int) -> list[Part]:
        """A value over as many lines as it needs: what is cut off could hide what differs."""
        value = sheet.fields.get(name)
        if value is None:
            return [(fit(" ·", width), "faint")]
        address = f"{sheet.kind}.{name}"
        marked = address in self.marks
        style = "mark" if marked else ""
        heads = [MARKED if marked else POINTER if address in self._pointed else " "]
        lines = wrap(value, max(4, width - 1))
        heads += [" "] * (len(lines) - 1)
        return [(fit(f"{head}{line}", width), style, address) for head, line in zip(heads, lines, strict=True)]

    def _told(self) -> list[Row]:
        """The cell under the cursor in full, and the marked ones."""
        # beside others the title says whose papers these are; alone there is none
        whose = "" if self._papers is None else f"{self._papers.consignment}  "
        cursor = row(("▸ ", "key"), (whose, "train"), (self._tell(self.choice), "bold"))
        if not self.marks:
            keys = _("m marks a cell, a second m another; f claims that they clash")
            return [cursor, *(row((line, "dim")) for line in wrap(keys, max(20, self.room)))]
        marks = [f"{MARKED} {self._tell(mark)}" for mark in self.marks]
        if cell_len(beside := "   ".join(marks)) <= self.room:
            marks = [beside]
        return [cursor, *(row((line, "warn")) for mark in marks for line in wrap(mark, self.room))]

    def _tell(self, address: str) -> str:
        kind, _dot, name = address.partition(".")
        sheet = next((sheet for sheet in self._sheets if sheet.kind == kind), None)
        if sheet is None:
            return ""
        value = sheet.fields.get(name, "")
        return _("{sheet}, {field}: {value}", sheet=sheet.title, field=field_name(name), value=value)

    def move(self, down: int, aside: int = 0) -> None:
        """Move the cursor to another cell; to the side to the next document that has the field, in sight or not."""
        kind, _, name = self.choice.partition(".")
        having = [sheet.kind for sheet in self._sheets if name in sheet.fields]
        if aside and kind in having:
            place = max(0, min(having.index(kind) + aside, len(having) - 1))
            if having[place] != kind:
                self._choose(f"{having[place]}.{name}")
        else:
            super().move(down, aside)
        self._lay_cells()

    def on_click(self, event: events.Click) -> None:
        """A click on the word over the fields brings the next document that is out of sight, on the side of the click."""
        at, (first, end) = event.get_content_offset(self), self._shown
        if at is None or at.y or at.x > _LABEL or not self._sheets:
            return
        left, right = first - 1, end if end < len(self._sheets) else -1
        place = left if right < 0 or (left >= 0 and at.x <= _LABEL // 2) else right
        if place >= 0:
            name, sheet = self.choice.partition(".")[2], self._sheets[place]
            self._choose(f"{sheet.kind}.{name if name in sheet.fields else next(iter(sheet.fields))}")
            self._lay_cells()

    def on_mouse_scroll_left(self) -> None:
        """To the document before."""
        self.move(0, -1)

    def on_mouse_scroll_right(self) -> None:
        """To the next document."""
        self.move(0, 1)

    def point(self, things: frozenset[str], *, whole: bool) -> None:
        """Point at cells, too."""
        before = self._pointed
        super().point(things, whole=whole)
        if before != things:
            self._lay_cells()

    def way_to(self, address: str) -> tuple[int, int]:
        """The next step of the cursor to a cell: down and to the side; (0, 0) where it is there, or there is no such cell."""
        fields, kinds = fields_of(self._sheets), [sheet.kind for sheet in self._sheets]
        kind, _, name = self.choice.partition(".")
        to_kind, _, to_name = address.partition(".")
        if not {name, to_name} <= set(fields) or not {kind, to_kind} <= set(kinds):
            return (0, 0)
        down = fields.index(to_name) - fields.index(name)
        aside = kinds.index(to_kind) - kinds.index(kind)
        return ((down > 0) - (down < 0), 0) if down else (0, (aside > 0) - (aside < 0))

    def choose_cell(self) -> None:
        """Draw the cursor where the mouse put it."""
        self._lay_cells()

    def mark(self) -> None:
        """Mark the cell under the cursor, or take its mark away; a third mark replaces the first."""
        if not self._sheets or not self.choice:
            return
        if self.choice in self.marks:
            self.marks = [mark for mark in self.marks if mark != self.choice]
        else:
            self.marks = [*self.marks[-1:], self.choice]
        self._lay_cells()
        self.post_message(self.Marked())

    def unmark(self) -> None:
        """Take the marks away."""
        self.marks = []
        self._lay_cells()

    def on_resize(self) -> None:
        """Lay the columns out anew."""
        super().on_resize()
        self._lay_cells()
