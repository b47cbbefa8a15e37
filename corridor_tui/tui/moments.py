"""When points were lost, as a column of a page."""

from collections.abc import Sequence

from rich.cells import cell_len

from corridor_tui.level.model import Level
from corridor_tui.scoring.score import Reason
from corridor_tui.session.debrief import when_text
from corridor_tui.tui.rows import fit

_CLOCKS = 12
"""The cells of a column that has clock times alone, and of any other at the least."""


def when_column(level: Level, reasons: Sequence[Reason]) -> list[str]:
    """When each of some points was lost, all in as many cells as the longest needs."""
    texts = [when_text(level, reason) for reason in reasons]
    wide = max((cell_len(text) for text in texts), default=0)
    return [fit(text, max(_CLOCKS, wide)) for text in texts]
