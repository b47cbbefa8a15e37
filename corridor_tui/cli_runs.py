"""The commands about runs that were played: list, verify, export and import them, and look after the records."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from corridor_tui.cli_common import (
    Database,
    Trainee,
    alone,
    busy,
    course,
    fail,
    needs_terminal,
    read,
    trainee_name,
    warn,
    write,
)
from corridor_tui.language import _, ngettext

if TYPE_CHECKING:
    from corridor_tui.records.journals import Journals
    from corridor_tui.records.store import Records
    from corridor_tui.records.values import RecordsError
    from corridor_tui.session.replay import Replay
    from corridor_tui.session.result import Result

RunName = Annotated[
    str, typer.Argument(metavar="RUN", help="a run's key or the beginning of it, as `corridor runs` tells it")
]


def _journals() -> "Journals":
    from corridor_tui.level.shelf import data_dir
    from corridor_tui.records.journals import Journals, default_folder

    return Journals(default_folder(data_dir()))


def _records(server: str | None = None) -> "Records":
    from corridor_tui.level.shelf import data_dir
    from corridor_tui.records.store import Records, default_path

    return Records(server or default_path(data_dir()))


def _broken(error: "RecordsError") -> NoReturn:
    from corridor_tui.level.errors import plain

    fail(plain(str(error)), 1)


def unfinished(name: str) -> str:
    """The key of a run without a result, by its key or the beginning of it; ends the command where there is none."""
    from corridor_tui.level.errors import brief

    keys = [found.key for found in _journals().all() if name and found.key.startswith(name)]
    if len(keys) != 1:
        fail(
            _("more than one run begins with {name}: see `corridor runs`", name=brief(name))
            if keys
            else _("no run that broke off begins with {name}: see `corridor runs`", name=brief(name))
        )
    return keys[0]


def kept(name: str) -> "Result":
    """A finished run by its key or the beginning of it; ends the command where there is none."""
    from corridor_tui.level.errors import brief
    from corridor_tui.records.values import RecordsError

    try:
        keys = _records().run_keys(name) if name else []
        found = _records().result(keys[0]) if len(keys) == 1 else None
    except RecordsError as error:
        _broken(error)
    if found is None:
        fail(
            _("more than one run begins with {name}: see `corridor runs`", name=brief(name))
            if keys
            else _("no finished run begins with {name}: see `corridor runs`", name=brief(name))
        )
    return _whole(found)


def _whole(result: "Result") -> "Result":
    """A run of the first records with the level that it was played on, where that is still on the shelf."""
    if result.run.level_text:
        return result
    from corridor_tui.level.errors import LevelFileError
    from corridor_tui.level.load import load
    from corridor_tui.level.shelf import NoLevelError, find
    from corridor_tui.session.result import of_first_records
    from corridor_tui.session.run import RunError

    try:
        return of_first_records(result, load(find(result.run.level_id)))
    except (LevelFileError, NoLevelError, OSError, RunError):
        fail(
            _(
                "run {run} was kept without its level, and {level} is not any more what it was",
                run=result.run.key,
                level=result.run.level_id,
            ),
            1,
        )


def deliver(server: str) -> None:
    """Send a server what it does not have; where it does not answer, say so: the results are here and go another time."""
    from corridor_tui.level.errors import plain
    from corridor_tui.records.values import RecordsError

    try:
        with busy(_("sending results")):
            _records().send(_records(server))
    except RecordsError as error:
        warn(_("{why}; they are kept here and sent next time", why=plain(str(error))))


def runs() -> None:
    """List every run. Finished, interrupted (`corridor play` offers to go on), and abandoned ones."""
    from corridor_tui.level.errors import plain
    from corridor_tui.records.values import RecordsError
    from corridor_tui.tables import show
    from corridor_tui.tables_runs import runs_table

    try:
        finished = _records().all()
    except RecordsError as error:
        warn(plain(str(error)))
        finished = []
    show(runs_table(_journals().all(), finished))


def verify(
    run: Annotated[str, typer.Argument(metavar="RUN", help="a run's key or the beginning of it, or an exported file")],
) -> None:
    """Live a run again and say whether it is true. Its events and its score are compared; the exit code is 1 where they differ."""
    result = result_named(run)
    _verified(result)


def _exported(path: Path) -> "Result":
    from corridor_tui.level.errors import plain
    from corridor_tui.session.result import MOST_BYTES, ExportError, read_export

    try:
        return read_export(read(path, MOST_BYTES))
    except ExportError as error:
        fail(f"{plain(str(path))}: {plain(str(error))}", 1)


def _verified(result: "Result") -> None:
    """Say what came of a verification; ends the command where the run is not true."""
    from corridor_tui.level.errors import plain
    from corridor_tui.session.verify import verify as look

    run = result.run
    with busy(_("living the run again")):
        verdict = look(result)
    title = _(
        "run {run}, {trainee}, {level}, seed {seed}",
        run=run.key,
        trainee=plain(run.trainee),
        level=plain(run.level_id),
        seed=run.seed,
    )
    if not verdict.true:
        typer.echo(f"{title}: " + (_("CANNOT BE VERIFIED") if verdict.foreign else _("NOT TRUE")))
        for fault in verdict.faults:
            typer.echo(f"  {plain(fault)}")
        raise typer.Exit(1)
    told = _(
        "true: {orders} orders, {points:.2f} points, events {events}",
        orders=run.heard,
        points=result.score.total,
        events=result.events_digest,
    )
    typer.echo(f"{title}: {told}")


def export(
    run: RunName,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="the file to write: the run as JSON; `-`: standard output"),
    ] = None,
    cast: Annotated[
        Path | None,
        typer.Option(
            "--cast",
            metavar="FILE",
            help="the file to write: its replay as an asciicast, for a player in a browser; `-`: standard output",
        ),
    ] = None,
    columns: Annotated[int, typer.Option("--columns", min=80, max=400, help="with --cast: how wide it is drawn")] = 120,
    lines: Annotated[int, typer.Option("--lines", min=24, max=200, help="with --cast: how high")] = 40,
    speed: Annotated[
        int, typer.Option("--speed", min=1, max=3_600, help="with --cast: simulated seconds a second")
    ] = 120,
) -> None:
    """Write a finished run to one file. With its level: whoever has it can verify, import and replay it.

    Or write its replay as an asciicast: what the control room showed, to be looked at anywhere.
    """
    from corridor_tui.session.result import export as text_of

    if output is None and cast is None:
        fail(_("name the file to write: -o FILE for the run, --cast FILE for its replay"))
    alone(output, cast)
    result = result_named(run)
    if output is not None:
        write(output, text_of(result))
    if cast is not None:
        write(cast, _cast(result, (columns, lines), speed))


def _cast(result: "Result", size: tuple[int, int], speed: int) -> str:
    """The replay of a run as an asciicast, in the same colours whatever terminal this is."""
    from corridor_tui.level.errors import plain
    from corridor_tui.session.replay import Replay
    from corridor_tui.session.run import RunError

    os.environ["TEXTUAL_COLOR_SYSTEM"] = "truecolor"
    from corridor_tui.tui.cast import cast

    try:
        replay = Replay.of(result)
    except RunError as error:
        fail(_("run {run} cannot be played back: {why}", run=result.run.key, why=plain(str(error))), 1)
    with course(replay.level, _("drawing the replay of {run}", run=result.run.key)) as told:
        return cast(replay, size, speed, told)


def replay(
    run: Annotated[str, typer.Argument(metavar="RUN", help="a run's key or the beginning of it, or an exported file")],
    trainee: Trainee = None,
) -> None:
    """Play a run back, finished or not. The desk can be taken over at any second of it: a branch, which counts as no best result."""
    from corridor_tui.level.errors import plain
    from corridor_tui.session.replay import Replay
    from corridor_tui.session.run import RunError

    who = trainee_name(trainee)
    try:
        result: Result | None
        with busy(_("living the run again")):
            if run.endswith(".json"):
                result = _exported(Path(run))
                found = Replay.of(result)
            else:
                found, result = _lived(run)
    except RunError as error:
        fail(_("run {run} cannot be played back: {why}", run=plain(run), why=plain(str(error))), 1)
    needs_terminal()
    from corridor_tui.tui.app import look_back

    raise typer.Exit(look_back(found, who, result))


def result_named(run: str) -> "Result":
    """A finished run by its key or the beginning of it, or an exported one by its file."""
    return _exported(Path(run)) if run.endswith(".json") else kept(run)


def _lived(name: str) -> "tuple[Replay, Result | None]":
    """A finished run with its result, or one that broke off, by its key or the beginning of it."""
    from corridor_tui.session.replay import Replay

    waiting = [
        found.run for found in _journals().all() if name and found.key.startswith(name) and found.run is not None
    ]
    if len(waiting) == 1:
        return Replay(waiting[0]), None
    result = kept(name)
    return Replay.of(result), result


def import_(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="exported runs")],
) -> None:
    """Verify exported runs and keep those that are true."""
    from corridor_tui.records.values import RecordsError

    bad = False
    for path in files:
        try:
            result = _exported(path)
            _verified(result)
            if not _records().keep(result, "imported"):
                typer.echo(_("  a run of this key is kept already; it stays as it is"))
        except RecordsError as error:
            _broken(error)
        except typer.Exit:
            bad = True
    if bad:
        raise typer.Exit(1)


def records(
    as_csv: Annotated[bool, typer.Option("--csv", help="print every finished run as CSV")] = False,
    backup: Annotated[
        Path | None, typer.Option("--backup", metavar="FILE", help="copy the records to a file; `-`: standard output")
    ] = None,
    forget: Annotated[
        str | None, typer.Option("--forget", metavar="TRAINEE", help="delete a trainee with every run of his, for good")
    ] = None,
    send: Annotated[bool, typer.Option("--send", help="send the server what it does not have")] = False,
    database: Database = None,
) -> None:
    """Show the results of all trainees. Those kept here or, with --db, on a server."""
    from corridor_tui.records.values import RecordsError
    from corridor_tui.tables import show
    from corridor_tui.tables_runs import records_csv, records_table

    if sum((as_csv, backup is not None, forget is not None, send)) > 1:
        fail(_("only one of {options} at a time", options="--csv, --backup, --forget, --send"))
    try:
        if send:
            if not database:
                fail(_("--send needs a server: --db URL, or CORRIDOR_DB"))
            sent = _records().send(_records(database))
            typer.echo(ngettext("{n} run sent", "{n} runs sent", sent))
        elif backup is not None:
            _back_up(_records(database), backup)
        elif forget is not None:
            _forget(forget, database)
        elif as_csv:
            typer.echo(records_csv(_records(database).all()), nl=False)
        else:
            show(records_table(_records(database).all()))
    except RecordsError as error:
        _broken(error)


def _back_up(records: "Records", copy: Path) -> None:
    """Copy the records; to standard output once the copy is whole."""
    if not alone(copy):
        records.back_up(copy)
        return
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "records.db"
        records.back_up(whole)
        write(copy, whole.read_bytes())


def _forget(trainee: str, database: str | None) -> None:
    """Delete what there is of a trainee: results and journals; and say which copies still hold some of it."""
    from corridor_tui.level.errors import brief, plain
    from corridor_tui.session.journal import JournalError

    there = _records(database)
    count, journals, broken = there.forget(trainee), 0, list[str]()
    for found in [] if database else _journals().all():
        if found.run is not None and found.run.trainee == trainee:
            try:
                _journals().discard(found.key)
                journals += 1
            except JournalError as error:
                broken.append(f"run {found.key}: {error}")
    if count is None and not journals and not broken:
        fail(_("nobody is kept under the name {name}", name=brief(trainee)))
    told = _(
        "{runs} runs and {journals} journals of {name} deleted", runs=count or 0, journals=journals, name=brief(trainee)
    )
    typer.echo(told)
    for path in there.backups():
        typer.echo(
            _("  {path} is a copy made before a migration, and still holds what was there then", path=plain(str(path)))
        )
    for path in [] if database else _journals().damaged():
        typer.echo(_("  {path} is damaged, and may hold something of anybody", path=plain(str(path))))
    for line in broken:
        fail(plain(line), 1)


def doctor(context: typer.Context, database: Database = None) -> None:
    """Say what is in use and what stands in the way. Versions, database, paths and terminal; the exit code is 1 where something does."""
    from corridor_tui.doctor import examine
    from corridor_tui.level.text import cells

    blocked = False
    for finding in examine(dict(os.environ), database, str(context.obj)):
        what = _(finding.what)
        typer.echo(f"{finding.mark}  {what}{' ' * (12 - cells(what))} {finding.told}")
        blocked = blocked or finding.mark == "!!"
    if blocked:
        raise typer.Exit(1)
