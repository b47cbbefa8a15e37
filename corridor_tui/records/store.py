"""Results of trainees, kept in an embedded SQLite database."""

import json
import time
from dataclasses import asdict
from pathlib import Path

from corridor_tui.records.values import Best, RecordsError
from corridor_tui.session.outcome import Outcome


class Records:
    """The database of results at a path. Every method raises `RecordsError` where it cannot be read or written.

    The file is opened for each reading or writing and let go of at once. SQLAlchemy, which is slow to import, waits for
    the first of them.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def save(self, outcome: Outcome, trainee: str) -> int:
        """Keep a finished run and return its number."""
        from corridor_tui.records import database  # noqa: PLC0415

        run: dict[str, str | int | float] = {
            "level": outcome.level,
            "level_digest": outcome.level_digest,
            "seed": outcome.seed,
            "engine": outcome.engine,
            "events_digest": outcome.digest,
            "desks": json.dumps(dict(outcome.desks)),
            "total": outcome.score.total,
            "stars": outcome.score.stars,
            "score": json.dumps(asdict(outcome.score), allow_nan=False),
            "orders": json.dumps(outcome.orders),
            "finished_ms": time.time_ns() // 1_000_000,
        }
        return database.keep(self._path, trainee, run)

    def best(self, trainee: str, level: str) -> Best | None:
        """A trainee's best result on a level, or None where there is none."""
        return self.bests(trainee).get(level)

    def bests(self, trainee: str) -> dict[str, Best]:
        """A trainee's best results by level."""
        try:
            if not self._path.exists():
                return {}
        except OSError as error:
            raise RecordsError(f"results cannot be read from {self._path}: {error.strerror}") from error
        from corridor_tui.records import database  # noqa: PLC0415

        return database.bests(self._path, trainee)


def default_path(data: Path) -> Path:
    """Where the database lies in a data directory."""
    return data / "records.sqlite3"


__all__ = ["Best", "Records", "RecordsError", "default_path"]
