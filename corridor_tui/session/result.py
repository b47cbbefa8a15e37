"""A finished run with what it came to, as plain values: what is kept, sent, exported and verified."""

import json
from dataclasses import asdict, dataclass, replace
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from corridor_tui.language import _
from corridor_tui.level.base import DESKS, Desk
from corridor_tui.level.errors import brief, plain
from corridor_tui.level.model import Level
from corridor_tui.level.text import Ident, Line, one_line
from corridor_tui.scoring.score import Score
from corridor_tui.session.journal import MOST_ORDER, Given
from corridor_tui.session.marks import MOST_MARKS, MOST_WHO, MOST_WORDS, Mark
from corridor_tui.session.outcome import Outcome
from corridor_tui.session.run import KEY_LENGTH, KEY_SIGNS, Run, as_trainee

VERSION = 2
"""The version of an exported run. Whoever changes what an export holds raises it, and still reads the older ones."""
MOST_BYTES = 4_000_000
"""An exported run is no larger."""
_SCORE = TypeAdapter(Score)

_Whole = Annotated[int, Field(ge=0, le=2**53)]
_Second = Annotated[int, Field(ge=0, lt=2**31)]
"""A second of a shift, as far as the tables of the records hold one."""
_Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
_Link = Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]

_Mark = tuple[
    _Second,
    Annotated[Line, Field(max_length=MOST_WHO)],
    Annotated[str, Field(min_length=1, max_length=MOST_WORDS), AfterValidator(one_line)],
    Annotated[_Whole, Field(ge=1)],
]
"""A mark: its second, who set it, the words, and when."""


class ExportError(ValueError):
    """A file that is no exported run; the message is one plain line."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a run came to. `links` is the chain of its orders as it was kept (see `Run.links`).

    `finished_ms` is milliseconds since 1970 UTC.
    """

    run: Run
    events_digest: str
    score: Score
    finished_ms: int
    links: tuple[str, ...]
    marks: tuple[Mark, ...] = ()
    """What was marked after the shift."""


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)


class _Level(_Strict):
    id: Ident
    digest: _Digest
    text: str


class _Desks(_Strict):
    dispatch: Ident
    terminal: Ident
    customs: Ident


class _Export(_Strict):
    """An exported run; docs/runs.md says what each part means."""

    format: Literal["corridor run"] = "corridor run"
    version: Literal[1, 2] = 2
    run: Annotated[str, Field(pattern=f"^[{KEY_SIGNS}]{{{KEY_LENGTH}}}$")]
    trainee: Line
    engine: Annotated[Line, Field(max_length=24)]
    seed: _Whole
    desks: _Desks
    started_ms: _Whole
    branch: Annotated[str, Field(pattern=f"^([{KEY_SIGNS}]{{{KEY_LENGTH}}}@[0-9]{{1,9}})?$")]
    level: _Level
    head: _Link
    orders: tuple[tuple[_Whole, _Second, Annotated[str, Field(max_length=MOST_ORDER)], bool, _Link], ...]
    clock_s: _Second
    finished_ms: _Whole
    events_digest: _Digest
    score: Score
    marks: Annotated[tuple[_Mark, ...], Field(max_length=MOST_MARKS)] = ()


def result_of(run: Run, outcome: Outcome, finished_ms: int) -> Result:
    """A run that has just been finished."""
    return Result(run, outcome.digest, outcome.score, finished_ms, run.links)


def of_first_records(result: Result, level: Level) -> Result:
    """A run of the first records, which kept neither level nor chain: made whole with its level, should that be unchanged.

    Raises `RunError` where it is another level.
    """
    run = as_trainee(replace(result.run, level_text=level.text))
    return replace(result, run=run, links=run.links)


def score_text(score: Score) -> str:
    """A score as JSON."""
    return json.dumps(asdict(score), allow_nan=False)


def score_of(text: str) -> Score:
    """The score that `score_text` wrote; raises `ExportError` where it is none."""
    try:
        return _SCORE.validate_json(text, strict=True)
    except ValidationError as error:
        raise ExportError(_("its score cannot be read: {why}", why=_first(error))) from None


def export(result: Result) -> str:
    """A result as one JSON object of a few lines."""
    run = result.run
    rows = zip(run.given, result.links[1:], strict=True)
    document = _Export(
        run=run.key,
        trainee=run.trainee,
        engine=run.engine,
        seed=run.seed,
        desks=_Desks(**{str(desk): name for desk, name in run.desks}),
        started_ms=run.started_ms,
        branch=run.branch,
        level=_Level(id=run.level_id, digest=run.level_digest, text=run.level_text),
        head=result.links[0],
        orders=tuple((seq, one.t, one.text, one.heard, link) for seq, (one, link) in enumerate(rows, 1)),
        clock_s=run.clock_s,
        finished_ms=result.finished_ms,
        events_digest=result.events_digest,
        score=result.score,
        marks=tuple((one.t, one.who, one.words, one.set_ms) for one in result.marks),
    )
    return document.model_dump_json() + "\n"


def read_export(text: str) -> Result:
    """The result in an exported file; raises `ExportError`. Only its shape is believed: `verify` does the rest."""
    if len(text) > MOST_BYTES:
        raise ExportError(_("it is larger than {most} MB; a run is not", most=MOST_BYTES // 1_000_000))
    if (version := _version(text)) > VERSION:
        raise ExportError(
            _(
                "it has version {version} of the format, and this program reads up to {most}",
                version=version,
                most=VERSION,
            )
        )
    try:
        data = _Export.model_validate_json(text)
    except ValidationError as error:
        raise ExportError(_("it is no exported run: {why}", why=_first(error))) from None
    players: tuple[tuple[Desk, str], ...] = tuple((desk, getattr(data.desks, desk)) for desk in DESKS)
    level = data.level
    for number, (seq, *_rest) in enumerate(data.orders, 1):
        if seq != number:
            raise ExportError(
                _("order {number} is missing: in its place stands order {other}", number=number, other=seq)
            )
    run = Run(
        data.run,
        data.trainee,
        level.id,
        level.digest,
        level.text,
        data.seed,
        data.engine,
        players,
        data.started_ms,
        data.branch,
        tuple(Given(t, text, heard) for _, t, text, heard, _ in data.orders),
        data.clock_s,
        ended=True,
    )
    links = (data.head, *(row[4] for row in data.orders))
    marks = tuple(sorted({Mark(*mark) for mark in data.marks}))
    return Result(run, data.events_digest, data.score, data.finished_ms, links, marks)


def _version(text: str) -> int:
    """The version of the format that a text claims; 0 where it claims none."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return 0
    version = data.get("version") if isinstance(data, dict) else None
    return version if isinstance(version, int) else 0


def _first(error: ValidationError) -> str:
    detail = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(str(part) for part in detail["loc"])
    return f"{brief(place)}: {plain(detail['msg'])[:200]}" if place else plain(detail["msg"])[:200]
