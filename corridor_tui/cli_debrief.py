"""`corridor debrief`: what a finished run teaches, as tables, as a page or on the screen."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from corridor_tui.cli_bound import Limit, bound_of, no_bound
from corridor_tui.cli_common import alone, busy, check_place, fail, needs_terminal, together, trainee_name, warn, write
from corridor_tui.cli_runs import result_named
from corridor_tui.language import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corridor_tui.session.decisions import Worth
    from corridor_tui.session.result import Result


def debrief(
    run: Annotated[str, typer.Argument(metavar="RUN", help="a run's key or the beginning of it, or an exported file")],
    decisions: Annotated[
        bool, typer.Option("--decisions/--no-decisions", help="what each decision was worth; takes some seconds")
    ] = True,
    as_csv: Annotated[
        Path | None, typer.Option("--csv", metavar="FILE", help="write the measures here, as CSV; `-`: see above")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            help="write the debriefing here, as one page of HTML with charts, or as a PDF where FILE ends in .pdf; `-`: see above",
        ),
    ] = None,
    against: Annotated[
        str | None,
        typer.Option(
            "--against", metavar="RUN", help="with -o or --screen: side by side with another run, such as its branch"
        ),
    ] = None,
    bound: Annotated[
        bool,
        typer.Option("--bound", help="what nobody could have surpassed on this seed, where the level is small enough"),
    ] = False,
    limit: Limit = None,
    screen: Annotated[
        bool, typer.Option("--screen", help="take it apart on the screen, and see any moment of it again")
    ] = False,
) -> None:
    """Take a finished run apart. Where the points went, how each train's time was spent, how good the eye was, and what each decision was worth.

    A decision is valued by living the shift again with that one taken as the reference dispatcher would have taken it.

    Where FILE is `-` it is written to standard output, and the tables to standard error.
    """
    from corridor_tui.hindsight.asking import WORK
    from corridor_tui.level.errors import plain
    from corridor_tui.session.run import RunError

    if against is not None and output is None and not screen:
        fail(_("--against is for the page and the screen: name a file with -o, or give --screen"))
    together("--limit", limit is not None, "--bound", bound)
    aside = _places(as_csv, output, screen=screen)
    result, other = result_named(run), None if against is None else result_named(against)
    try:
        if screen:
            _on_screen(result, other, (limit or WORK) if bound else None)
        worths, said = _told(result, as_csv, bounded=bound, limit=limit, decisions=decisions, aside=aside)
        if output is not None:
            with busy(_("drawing the charts")):
                write(output, _report(result, worths, other, said, printed=_is_pdf(output)))
    except RunError as error:
        fail(_("run {run} cannot be taken apart: {why}", run=plain(run), why=plain(str(error))), 1)


def _places(as_csv: Path | None, output: Path | None, *, screen: bool) -> bool:
    """End the command where it could not show or write in the end what takes long to find out; whether tables go to standard error."""
    aside = alone(as_csv, output)
    if screen:
        if output is not None or as_csv is not None:
            fail(_("--screen writes no file: leave it out, or -o and --csv"))
        needs_terminal()
    if output is not None:
        _check_output(output)
    if as_csv is not None:
        check_place(as_csv)
    return aside


def _on_screen(result: "Result", other: "Result | None", work: float | None) -> NoReturn:
    """Take a run apart on the screen, and end the command with it; `work`: for its bound. Raises `RunError`."""
    from corridor_tui.session.replay import Replay
    from corridor_tui.tui.app import take_apart

    with busy(_("living the run again")):
        replay = Replay.of(result)
    raise typer.Exit(take_apart(replay, result, trainee_name(None), [] if other is None else [other], work))


def _told(
    result: "Result", as_csv: Path | None, *, bounded: bool, limit: float | None, decisions: bool, aside: bool
) -> "tuple[Sequence[Worth], list[str]]":
    """Take a run apart as tables, `aside` on standard error; what its decisions were worth, and what was said of its bound. Raises `RunError`."""
    from corridor_tui.session.debrief import debrief
    from corridor_tui.session.run import level_of
    from corridor_tui.tables import show
    from corridor_tui.tables_score import debrief_tables, measures_csv, worth_table

    with busy(_("living the run again")):
        found, level = debrief(result), level_of(result.run)
    if as_csv is not None:
        write(as_csv, measures_csv(result.score))
    show(debrief_tables(level, found), aside=aside)
    said = _hindsight(result, limit, aside=aside) if bounded else []
    worths = _worths(result) if decisions else []
    if decisions:
        show(worth_table(level, worths), aside=aside)
    return worths, said


def _is_pdf(output: Path) -> bool:
    return output.suffix.lower() == ".pdf"


def _check_output(output: Path) -> None:
    """End the command where it could not be written in the end what takes long to find out."""
    from corridor_tui.instructor.pdf import PdfError, check_pdf

    check_place(output)
    if _is_pdf(output):
        try:
            check_pdf()
        except PdfError as error:
            fail(_("{why}; or write it as HTML and print it from a browser", why=str(error)), 1)


def _hindsight(result: "Result", limit: float | None, *, aside: bool) -> list[str]:
    """What nobody could have surpassed, said and handed on to the page; or why that is not known."""
    from corridor_tui.hindsight.found import bound_lines
    from corridor_tui.hindsight.scope import NoBoundError

    try:
        lines = bound_lines(bound_of(result, limit), result.score)
    except NoBoundError as error:
        warn(why := no_bound(error))
        return [why]
    for line in lines:
        typer.echo(line, err=aside)
    return lines


def _report(
    result: "Result", worths: "Sequence[Worth]", other: "Result | None", said: "Sequence[str]", *, printed: bool
) -> str | bytes:
    """The debriefing as a page, or `printed`: as a PDF."""
    from corridor_tui.instructor.page import page
    from corridor_tui.instructor.pdf import is_chinese, lacks_chinese, pdf

    drawn = page(result, worths, other, said, printed=printed)
    if printed and is_chinese(drawn) and (why := lacks_chinese()) is not None:
        warn(why)
    return pdf(drawn) if printed else drawn


def _worths(result: "Result") -> "Sequence[Worth]":
    """What each decision was worth, found out by two processes at once, with a bar on a terminal. Raises `RunError`."""
    from queue import SimpleQueue

    from rich.console import Console
    from rich.progress import Progress as Bar

    from corridor_tui.session.run import RunError
    from corridor_tui.session.valuing import Progress, Valuing

    console, heard = Console(stderr=True), SimpleQueue[Progress]()
    with (
        Bar(console=console, transient=True, disable=not console.is_terminal) as bar,
        Valuing(result.run, heard.put),
    ):
        looking = _("looking for decisions")
        shown = bar.add_task(looking)
        while not (come := heard.get()).over:
            many = come.decisions
            what = looking if many is None else ngettext("valuing {n} decision", "valuing {n} decisions", many)
            bar.update(shown, description=what, completed=come.done, total=come.of)
    if come.fault is not None:
        raise come.fault
    if come.trouble is not None:
        raise RunError(come.trouble)
    return come.worths
