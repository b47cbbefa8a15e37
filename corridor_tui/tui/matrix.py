"""The documents of a consignment side by side: a row for each field, a column for each document, two cells to mark."""

from textual import events
from textual.binding import Binding
from textual.message import Message

from corridor_tui.scenario.rules import MISSING, addresses
from corridor_tui.scenario.values import Papers
from corridor_tui.tui.rows import Row, Rows, fit, row

_LABEL = 11
_LEAST = 13
_NAMES = {"gross_kg": "gross kg", "net_kg": "net kg", "tare_kg": "tare kg", "usd_per_kg": "USD per kg",
          "range_usd_kg": "range USD/kg", "containers_of": "boxes", "old_seal": "old seal", "new_seal": "new seal"}  # fmt: skip


class Matrix(Rows):
    """The pane of papers, with a cursor on one cell and up to two marks."""

    BINDINGS = [
        Binding("left,h", "column(-1)", "column", show=False),
        Binding("right,l", "column(1)", "column", show=False),
        Binding("m", "mark", "mark", show=False),
    ]

    class Marked(Message):
        """A cell was marked or unmarked."""

    def __init__(self, title: str, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(title, id=id)
        self._papers: Papers | None = None
        self._column = 0
        self.marks: list[str] = []

    def lay(self, papers: Papers | None, title: str) -> None:
        """Put other papers, or papers as corrected, on the desk."""
        if self._papers is None or papers is None or papers.consignment != self._papers.consignment:
            self.marks.clear()
            self._column = 0
        self._papers = papers
        if self.border_title != title:
            self.border_title = title
        self._draw_cells()

    def hide(self, title: str) -> None:
        """Cover the papers."""
        self._papers = None
        self.border_title = title
        self.show([row(("covered while the clock stands", "dim"))])

    @property
    def _documents(self) -> list[tuple[str, str, dict[str, str]]]:
        if self._papers is None:
            return []
        sheets = [(item.kind, item.title, dict(item.fields)) for item in self._papers.documents]
        if MISSING in addresses(self._papers):
            sheets.append(("certificate", "Certificate", {"missing": "NOT THERE"}))
        return sheets

    def _fields(self) -> list[str]:
        """Field names, those that stand on several documents first."""
        counts: dict[str, int] = {}
        for _, _, fields in self._documents:
            for name in fields:
                counts[name] = counts.get(name, 0) + 1
        return sorted(counts, key=lambda name: counts[name] == 1)

    def _draw_cells(self) -> None:
        documents, width = self._documents, self.room
        if not documents:
            self.show([row(("no papers on the desk", "dim"))])
            return
        seen = max(1, min(len(documents), (width - _LABEL) // _LEAST))
        each = (width - _LABEL) // seen
        first = max(0, min(self._column - seen + 1, len(documents) - seen))
        first = max(first, min(self._column, len(documents) - seen)) if self._column < first else first
        shown = documents[first : first + seen]
        more = ("‹" if first else " ") + ("›" if first + seen < len(documents) else " ")
        rows: list[Row] = [row((fit(more, _LABEL), "warn"), *((fit(title, each), "head") for _, title, _ in shown))]
        for name in self._fields():
            lines = (
                self._lines([fields.get(name, "") for _, _, fields in shown], each - 2) if name == self.choice else 1
            )
            for line in range(lines):
                label = fit(_NAMES.get(name, name), _LABEL) if line == 0 else " " * _LABEL
                parts: list[str | tuple[str, str]] = [(label, "dim")]
                for place, (kind, _, fields) in enumerate(shown, first):
                    value = fields.get(name)
                    piece = value if value is None or lines == 1 else value[line * (each - 2) : (line + 1) * (each - 2)]
                    parts.append(self._cell(f"{kind}.{name}", piece or None, place, name, each))
                rows.append(row(*parts, key=name))
        self.show(rows)

    @staticmethod
    def _lines(values: list[str], width: int) -> int:
        """How many lines the chosen field needs to show its longest value whole."""
        return max(1, *(-(-len(value) // max(1, width)) for value in values)) if values else 1

    def _cell(self, address: str, value: str | None, place: int, name: str, each: int) -> tuple[str, str]:
        if value is None:
            return (" " * each, "")
        marked = address in self.marks
        cursor = place == self._column and name == self.choice
        text = f"{'◉' if marked else '›' if cursor else ' '}{value}"
        return (fit(text, each - 1) + " ", "warn" if marked else "bold" if cursor else "")

    def move(self, step: int) -> None:
        """Move the cursor to another field."""
        super().move(step)
        self._draw_cells()

    def action_column(self, step: int) -> None:
        """Move the cursor to another document."""
        self._column = max(0, min(len(self._documents) - 1, self._column + step))
        self._draw_cells()

    def action_mark(self) -> None:
        """Mark the cell under the cursor, or take its mark away."""
        documents = self._documents
        if not documents:
            return
        kind, _, fields = documents[self._column]
        address = f"{kind}.{self.choice}"
        if address in self.marks:
            self.marks.remove(address)
        elif self.choice in fields:
            self.marks = [*self.marks[-1:], address]
        self._draw_cells()
        self.post_message(self.Marked())

    def on_click(self, event: events.Click) -> None:
        """Mark the cell under the mouse."""
        offset = event.get_content_offset(self)
        if offset is None or not self._documents:
            return
        super().on_click(event)
        seen = max(1, min(len(self._documents), (self.room - _LABEL) // _LEAST))
        each = (self.room - _LABEL) // seen
        first = max(0, min(self._column - seen + 1, len(self._documents) - seen))
        if offset.x > _LABEL and offset.y > 0:
            self._column = min(len(self._documents) - 1, first + (offset.x - 1 - _LABEL) // each)
            self.action_mark()

    def on_resize(self) -> None:
        """Lay the columns out anew."""
        super().on_resize()
        if self._papers is not None:
            self._draw_cells()
