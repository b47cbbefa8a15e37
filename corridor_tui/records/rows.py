"""What is read from the tables of the records and written to them, inside a transaction that somebody has opened."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, replace

from sqlalchemy import ColumnElement, Connection, RowMapping, Table, delete, func, insert, select, true, update
from sqlalchemy.dialects import postgresql, sqlite

from corridor_tui.corridor.orders import ALLOW, allowance_in
from corridor_tui.level.base import DESKS, Desk
from corridor_tui.records.schema import levels, marks, orders, reasons, runs, scores, trainees
from corridor_tui.records.values import Best, Kept
from corridor_tui.scoring.score import Score
from corridor_tui.session.journal import Given
from corridor_tui.session.marks import MOST_MARKS, Mark
from corridor_tui.session.result import Result, score_of, score_text
from corridor_tui.session.run import Run

LOOKED_BACK = 50
"""Of how many runs what was ordered is looked at, to see what a trainee can do; assumed."""
_MOST_KEYS = 500
"""How many keys one question names."""


def keep(connection: Connection, result: Result, origin: str) -> bool:
    """Keep a result; False where a run of its key is kept already."""
    number = _keep_run(connection, result, origin)
    if number is None:
        add_marks(connection, result.run.key, result.marks, of=result.events_digest)
        return False
    _keep_orders(connection, number, result)
    _keep_score(connection, number, result.score)
    add_marks(connection, result.run.key, result.marks)
    return True


def _keep_run(connection: Connection, result: Result, origin: str) -> int | None:
    """Keep who played what; the run's number, or None where its key is there already."""
    run = result.run
    _put(connection, trainees, {"name": run.trainee})
    trainee = connection.execute(select(trainees.c.id).where(trainees.c.name == run.trainee)).scalar_one()
    if run.level_text:
        _put(connection, levels, {"digest": run.level_digest, "level": run.level_id, "text": run.level_text})
    return _put(
        connection,
        runs,
        {
            "key": run.key,
            "trainee_id": trainee,
            "level": run.level_id,
            "level_digest": run.level_digest,
            "seed": run.seed,
            "engine": run.engine,
            "desks": json.dumps(dict(run.desks)),
            "origin": origin,
            "branch": run.branch,
            "head_link": result.links[0],
            "clock_s": run.clock_s,
            "events_digest": result.events_digest,
            "started_ms": run.started_ms,
            "finished_ms": result.finished_ms,
        },
    )


def _keep_orders(connection: Connection, number: int, result: Result) -> None:
    rows = zip(result.run.given, result.links[1:], strict=True)
    _add(
        connection,
        orders,
        (
            {"run_id": number, "seq": seq, "t": one.t, "text": one.text, "heard": one.heard, "link": link}
            for seq, (one, link) in enumerate(rows, 1)
        ),
    )


def _keep_score(connection: Connection, number: int, score: Score) -> None:
    """Keep a score, and each of its reasons in a row of its own."""
    connection.execute(
        insert(scores),
        {
            "run_id": number,
            "total": score.total,
            "stars": score.stars,
            "safety": score.safety,
            "time_loss": score.losses.time,
            "detection_loss": score.losses.detection,
            "resources_loss": score.losses.resources,
            "score": score_text(replace(score, reasons=())),
        },
    )
    _add(
        connection,
        reasons,
        (
            {
                "run_id": number,
                "seq": seq,
                "component": reason.component,
                "code": reason.code,
                "args": json.dumps(reason.args),
                "loss": reason.loss,
                "from_s": reason.from_s,
                "to_s": reason.to_s,
            }
            for seq, reason in enumerate(score.reasons, 1)
        ),
    )


def add_marks(connection: Connection, key: str, found: Iterable[Mark], of: str | None = None) -> bool:
    """Mark a run, as far as it bears so many marks; one that is there stays, and one that was taken away after it was set
    stays away. False where no such run is kept.

    `of`: the digest of the events that are marked; a run of the same key with other events is none of them.
    """
    query = select(runs.c.id).where(runs.c.key == key)
    number = connection.execute(query if of is None else query.where(runs.c.events_digest == of)).scalar()
    if number is None:
        return False
    mine = marks.c.run_id == number
    count = connection.execute(select(func.count()).where(mine, marks.c.gone_ms.is_(None))).scalar_one()
    for mark in list(found)[: max(0, MOST_MARKS - count)]:
        connection.execute(delete(marks).where(mine, *_same(mark), marks.c.gone_ms < mark.set_ms))
        _put(connection, marks, {"run_id": number, **asdict(mark)})
    return True


def _same(mark: Mark) -> tuple[ColumnElement[bool], ...]:
    return marks.c.t == mark.t, marks.c.who == mark.who, marks.c.words == mark.words


def drop_mark(connection: Connection, key: str, mark: Mark, at_ms: int) -> None:
    """Take a mark away, unless it was set anew after that time."""
    number = select(runs.c.id).where(runs.c.key == key).scalar_subquery()
    there = (marks.c.run_id == number, *_same(mark), marks.c.gone_ms.is_(None), marks.c.set_ms <= at_ms)
    connection.execute(update(marks).where(*there).values(gone_ms=at_ms))


def unmarked(connection: Connection) -> list[tuple[str, Mark, int]]:
    """The marks that were taken away: the keys of their runs, and when."""
    query = select(runs.c.key, marks).join(runs, runs.c.id == marks.c.run_id).where(marks.c.gone_ms.is_not(None))
    return [(row["key"], _mark(row), row["gone_ms"]) for row in connection.execute(query).mappings()]


def marked(connection: Connection) -> dict[str, list[Mark]]:
    """The marks of all runs that bear some, by their keys."""
    query = select(runs.c.key, marks).join(runs, runs.c.id == marks.c.run_id).order_by(marks.c.t, marks.c.set_ms)
    query = query.where(marks.c.gone_ms.is_(None))
    found: dict[str, list[Mark]] = {}
    for row in connection.execute(query).mappings():
        found.setdefault(row["key"], []).append(_mark(row))
    return found


def _mark(row: RowMapping) -> Mark:
    return Mark(row["t"], row["who"], row["words"], row["set_ms"])


def bests(connection: Connection, trainee: str) -> dict[str, Best]:
    """A trainee's best results by level; of runs played from the start, for a branch knows what comes."""
    query = (
        select(runs.c.level, func.max(scores.c.total), func.max(scores.c.stars), func.count())
        .join(trainees)
        .join(scores)
        .where(trainees.c.name == trainee, runs.c.branch == "")
        .group_by(runs.c.level)
    )
    return {level: Best(total, stars, count) for level, total, stars, count in connection.execute(query)}


def given(connection: Connection, trainee: str) -> list[list[tuple[str, bool]]]:
    """The texts that a trainee gave, and whether each was heard, run by run; of the last runs that earned a star."""
    last = (
        select(runs.c.id)
        .join(trainees)
        .join(scores)
        .where(trainees.c.name == trainee, scores.c.stars > 0)
        .order_by(runs.c.finished_ms.desc(), runs.c.id.desc())
        .limit(LOOKED_BACK)
    )
    query = (
        select(orders.c.run_id, orders.c.text, orders.c.heard)
        .where(orders.c.run_id.in_(last))
        .order_by(orders.c.run_id, orders.c.seq)
    )
    found: dict[int, list[tuple[str, bool]]] = {}
    for run, text, heard in connection.execute(query):
        found.setdefault(run, []).append((text, bool(heard)))
    return list(found.values())


def kept(connection: Connection) -> list[Kept]:
    """Every run in short, the latest first."""
    allowed = (
        select(orders.c.text)
        .where(orders.c.run_id == runs.c.id, orders.c.heard == true(), orders.c.text.startswith(f"{ALLOW} "))
        .order_by(orders.c.seq.desc())
        .limit(1)
        .correlate(runs)
        .scalar_subquery()
        .label("allowed")
    )
    query = (
        select(
            runs,
            trainees.c.name,
            *(column for column in scores.c if column.name not in ("run_id", "score")),
            func.count(orders.c.seq).filter(orders.c.heard == true()).label("given"),
            allowed,
        )
        .join(trainees, trainees.c.id == runs.c.trainee_id)
        .join(scores, scores.c.run_id == runs.c.id)
        .outerjoin(orders, orders.c.run_id == runs.c.id)
        .group_by(runs.c.id, trainees.c.name, scores.c.run_id)
        .order_by(runs.c.finished_ms.desc(), runs.c.id.desc())
    )
    return [
        Kept(
            row["key"], row["name"], row["level"], row["level_digest"], row["seed"], row["engine"], row["origin"], row["branch"],
            row["events_digest"], row["started_ms"], row["finished_ms"], row["given"],
            allowance_in(row["allowed"] or ""), row["total"], row["stars"],
            row["safety"], row["time_loss"], row["detection_loss"], row["resources_loss"],
        )
        for row in (one._mapping for one in connection.execute(query))  # noqa: SLF001 - its public name
    ]  # fmt: skip


def keys(connection: Connection, start: str = "") -> list[str]:
    """The keys of runs that begin so."""
    query = select(runs.c.key).where(runs.c.key.startswith(start, autoescape=True)).order_by(runs.c.key)
    return [str(key) for key in connection.execute(query).scalars()]


def missing(connection: Connection, wanted: Iterable[str]) -> list[str]:
    """Those of some keys of which no run is kept."""
    left = sorted(wanted)
    found = {
        key
        for start in range(0, len(left), _MOST_KEYS)
        for key in connection.execute(
            select(runs.c.key).where(runs.c.key.in_(left[start : start + _MOST_KEYS]))
        ).scalars()
    }
    return [key for key in left if key not in found]


def result(connection: Connection, key: str) -> Result | None:
    """A kept run with all of it; None where there is none. Its level's text is empty where it was not kept."""
    query = (
        select(runs, trainees.c.name, levels.c.text, scores.c.score)
        .join(trainees, trainees.c.id == runs.c.trainee_id)
        .join(scores, scores.c.run_id == runs.c.id)
        .outerjoin(levels, levels.c.digest == runs.c.level_digest)
        .where(runs.c.key == key)
    )
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        return None
    given, links = list[Given](), [row["head_link"]]
    for order in _rows_of(connection, orders, row["id"]):
        given.append(Given(order["t"], order["text"], bool(order["heard"])))
        links.append(order["link"])
    score = json.loads(row["score"])
    score["reasons"] = [
        {
            **{name: reason[name] for name in ("component", "code", "loss", "from_s", "to_s")},
            "args": json.loads(reason["args"]),
        }
        for reason in _rows_of(connection, reasons, row["id"])
    ]
    names = json.loads(row["desks"])
    players: tuple[tuple[Desk, str], ...] = tuple((desk, names[desk]) for desk in DESKS)
    run = Run(
        row["key"], row["name"], row["level"], row["level_digest"], row["text"] or "", row["seed"], row["engine"], players,
        row["started_ms"], row["branch"], tuple(given), row["clock_s"], ended=True,
    )  # fmt: skip
    query_marks = select(marks).where(marks.c.run_id == row["id"], marks.c.gone_ms.is_(None))
    found = tuple(sorted(map(_mark, connection.execute(query_marks).mappings())))
    return Result(run, row["events_digest"], score_of(json.dumps(score)), row["finished_ms"], tuple(links), found)


def _rows_of(connection: Connection, table: Table, number: int) -> Iterator[RowMapping]:
    query = select(table).where(table.c.run_id == number).order_by(table.c.seq)
    yield from connection.execute(query).mappings()


def forget(connection: Connection, trainee: str) -> int | None:
    """Delete a trainee with every run and mark; how many runs there were, or None where nobody has that name."""
    set_by = connection.execute(delete(marks).where(marks.c.who == trainee)).rowcount
    number = connection.execute(select(trainees.c.id).where(trainees.c.name == trainee)).scalar()
    if number is None:
        return 0 if set_by else None
    count = connection.execute(select(func.count()).where(runs.c.trainee_id == number)).scalar_one()
    connection.execute(delete(trainees).where(trainees.c.id == number))
    used: ColumnElement[bool] = levels.c.digest.in_(select(runs.c.level_digest))
    connection.execute(delete(levels).where(~used))
    return int(count)


def _put(connection: Connection, table: Table, values: Mapping[str, object]) -> int | None:
    """Insert a row unless it is there already, which two desks may find at once; its number where it is new."""
    dialect = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    statement = dialect(table).values(**values).on_conflict_do_nothing()
    if "id" not in table.c:
        connection.execute(statement)
        return None
    number = connection.execute(statement.returning(table.c.id)).scalar()
    return None if number is None else int(number)


def _add(connection: Connection, table: Table, rows: Iterable[Mapping[str, object]]) -> None:
    if found := list(rows):
        connection.execute(insert(table), found)
