"""What the commands print for people. Every cell is plain text: nothing in it is read as markup."""

from collections.abc import Iterable, Mapping, Sequence

from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from corridor_tui.corridor.work import INSPECTIONS
from corridor_tui.instructor.load import LoadFigures
from corridor_tui.instructor.preview import Preview
from corridor_tui.language import _, ngettext, pgettext
from corridor_tui.level.model import Level
from corridor_tui.records.values import Best
from corridor_tui.scenario.rules import family
from corridor_tui.session.wording import KINDS, clock, word


def show(*parts: Table | Text | Group, aside: bool = False) -> None:
    """Print on standard output; `aside`: on standard error, where that is kept for something else."""
    console = Console(stderr=aside)
    for part in parts:
        console.print(part, soft_wrap=isinstance(part, Text))


def levels_table(levels: Mapping[str, Level], bests: Mapping[str, Best], trainee: str) -> Table:
    """The levels in their order, with a trainee's best results."""
    rows = []
    for name, level in sorted(levels.items(), key=lambda item: (item[1].order, item[0])):
        best = bests.get(level.id)
        result = ("-", "") if best is None else (f"{best.total:.1f}", stars_text(best.stars))
        rows.append((name, str(level.title), str(level.summary), *result))
    drawn = table(
        _("Levels, best results of {trainee}", trainee=trainee),
        (_("level"), _("title"), _("about"), _("best"), _("stars")),
        rows,
    )
    drawn.columns[0].no_wrap = True  # who plays one types its name
    return drawn


def load_tables(figures: Mapping[str, Sequence[LoadFigures]]) -> Group:
    """The load figures of checked levels, of each seed from 1 on, and below them what is outside the bounds of a good one.

    Of several seeds: the decisions from the fewest to the most, of the others the worst.
    """
    rows = (
        (
            name.rpartition("/")[2],
            "-".join(dict.fromkeys(f"{pick(load.decisions_per_min for load in loads):.1f}" for pick in (min, max))),
            _("{count} s", count=round(max(load.longest_dead_s for load in loads))),
            f"{max(load.busiest_share for load in loads):.0%}",
        )
        for name, loads in figures.items()
    )
    headings = (_("level"), _("decisions/min"), _("dead stretch"), _("fullest 2 min"))
    return Group(
        table(_("Load, from a run by the reference at default speed"), headings, rows),
        *(
            Text(
                f"{name}: {fault}"
                if len(loads) == 1
                else _("{level}, seed {seed}: {fault}", level=name, seed=seed, fault=fault)
            )
            for name, loads in figures.items()
            for seed, load in enumerate(loads, 1)
            for fault in load.faults
        ),
    )


def preview_tables(level: Level, seed: int, seen: Preview) -> Group:
    """What a seed holds in store."""
    trains = (
        (
            train.number,
            _(KINDS[train.kind]),
            clock(level.start_s, train.planned_s),
            clock(level.start_s, train.offered_s),
            str(train.containers or "-"),
            str(train.consignments or "-"),
        )
        for train in seen.trains
    )
    work = (
        (
            train.number,
            minutes_text(max(train.tasks_s[task] for task in INSPECTIONS)),
            minutes_text(train.tasks_s["loco"]),
            "-" if train.lift_s is None else _("{minutes:.1f} min", minutes=train.lift_s / 60),
        )
        for train in seen.trains
    )
    papers = (
        (
            item.id,
            word(item.lane),
            f"{item.containers} {item.goods}",
            f"{word(item.kind)}: {family(item.family)}" if item.family else word(item.kind),
            "\n".join(item.fields) or "-",
            minutes_text(item.check_s),
        )
        for item in seen.consignments
        if item.notable
    )
    odd = ngettext(
        "what is flagged or odd, of {n} consignment",
        "what is flagged or odd, of {n} consignments",
        len(seen.consignments),
    )
    boxes, sheets = pgettext("heading", "boxes"), pgettext("heading", "papers")
    coming = (_("train"), _("kind"), _("timetable"), _("really"), boxes, sheets)
    lasting = (_("train"), _("inspection"), _("locomotive"), _("mean lift"))
    watched = (_("consignment"), _("lane"), _("boxes of"), _("what it is"), _("cells"), pgettext("heading", "check"))
    return Group(
        table(_("{level}, seed {seed}", level=level.id, seed=seed), coming, trains),
        table(_("how long it takes"), lasting, work),
        table(odd, watched, papers),
        *(
            Text(_("rake {rake}: offered {after} after its call", rake=rake, after=minutes_text(notice_s)))
            for rake, notice_s in seen.rakes_s.items()
        ),
        *(Text(_closed(level, name, times)) for name, times in seen.closed_s.items()),
    )


def _closed(level: Level, name: str, times: Iterable[int]) -> str:
    days = ", ".join(map(level.date_at, times)) or _("no day")
    return _("{connection}: closed on {days}", connection=level.route.connections[name].name, days=days)


def table(title: str, headings: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Table:
    """A table of plain text, numbers and words as they are."""
    drawn = Table(title=Text(title))
    for heading in headings:
        drawn.add_column(heading, overflow="fold")
    for row in rows:
        drawn.add_row(*(Text(cell) for cell in row))
    return drawn


def stars_text(count: int) -> str:
    """Stars of three."""
    return "★" * count + "☆" * (3 - count)


def minutes_text(seconds: int) -> str:
    """Seconds, told in minutes."""
    return _("{count} min", count=round(seconds / 60))
