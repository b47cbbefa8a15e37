"""What `corridor check --prove` prints for people."""

from statistics import quantiles

from rich.console import Group
from rich.text import Text

from corridor_tui.instructor.proof import Proof
from corridor_tui.language import _
from corridor_tui.tables import table

_PLOT = 30
"""How many columns wide scores from 0 to 100 are drawn."""


def proof_tables(proof: Proof) -> Group:
    """The scores of every player over the seeds of a level, what they show of it, and what speaks against it."""
    rows = []
    for name in proof.players:
        totals = proof.totals(name)
        low, mid, high = quantiles(totals, n=4, method="inclusive") if len(totals) > 1 else totals * 3
        ends = (min(totals), mid, max(totals))
        rows.append((name, *(f"{figure:.1f}" for figure in ends), _box((ends[0], low, mid, high, ends[2]))))
    headings = (_("player"), _("least"), _("median"), _("most"), f"0{'100':>{_PLOT - 1}}")
    pairs = [
        (
            _("{low} below {high}", low=pair.low, high=pair.high),
            _("{n} of {of}", n=pair.below, of=pair.of),
            _("holds") if pair.holds else _("FAILS"),
        )
        for pair in proof.pairs
    ]
    goals = [(goal, _("{n} of {of}", n=proof.reached(goal), of=len(proof.seeds))) for goal in proof.objectives]
    told = Text(_("The level tells skill from the lack of it, and what it asks can be reached."))
    return Group(
        table(_("{level}: totals over {seeds} seeds", level=proof.level, seeds=len(proof.seeds)), headings, rows),
        table(_("Who ends below whom"), (_("on the median and nine seeds of ten"), _("seeds"), ""), pairs),
        table(_("What the reference meets"), (_("objective"), _("seeds")), goals),
        *([Text(f"{proof.level}: {fault}") for fault in proof.faults] or [told]),
    )


def _box(figures: tuple[float, ...]) -> str:
    """The least, the quarters and the most of some totals on a line from 0 to 100."""
    least, low, mid, high, most = (round(min(100.0, max(0.0, figure)) / 100 * (_PLOT - 1)) for figure in figures)
    line = [" "] * _PLOT
    line[least : most + 1] = "-" * (most - least + 1)
    line[low : high + 1] = "=" * (high - low + 1)
    line[mid] = "#"
    return "".join(line)
