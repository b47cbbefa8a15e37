"""Results of trainees, kept in an embedded SQLite database or sent to a PostgreSQL server."""

from pathlib import Path

from corridor_tui.language import _
from corridor_tui.records.values import Best, Kept, RecordsError
from corridor_tui.session.marks import Mark
from corridor_tui.session.result import Result


class Records:
    """The records at a path or a server's URL. Every method raises `RecordsError` where they cannot be read or written.

    A file is opened for each reading or writing and let go of at once. SQLAlchemy, which is slow to import, waits for
    the first of them. Only writing makes a file.
    """

    def __init__(self, place: Path | str) -> None:
        self.place = place

    def keep(self, result: Result, origin: str = "played") -> bool:
        """Keep a finished run; False where a run of its key is kept already."""
        from corridor_tui.records import database, rows  # noqa: PLC0415

        with database.opened(self.place, "kept in") as connection:
            return rows.keep(connection, result, origin)

    def bests(self, trainee: str) -> dict[str, Best]:
        """A trainee's best results by level."""
        if not self._there():
            return {}
        from corridor_tui.records import database, rows  # noqa: PLC0415

        with database.opened(self.place, "read from") as connection:
            return rows.bests(connection, trainee)

    def given(self, trainee: str) -> list[list[tuple[str, bool]]]:
        """What a trainee was heard to order in each of the last runs that earned a star, and what was not heard, notes among it."""
        if not self._there():
            return []
        from corridor_tui.records import database, rows  # noqa: PLC0415

        with database.opened(self.place, "read from") as connection:
            return rows.given(connection, trainee)

    def all(self) -> list[Kept]:
        """Every run in short, the latest first."""
        if not self._there():
            return []
        from corridor_tui.records import database, rows  # noqa: PLC0415

        with database.opened(self.place, "read from") as connection:
            return rows.kept(connection)

    def run_keys(self, start: str = "") -> list[str]:
        """The keys of runs that begin so."""
        if not self._there():
            return []
        from corridor_tui.records import database, rows  # noqa: PLC0415

        with database.opened(self.place, "read from") as connection:
            return rows.keys(connection, start)

    def result(self, key: str) -> Result | None:
        """A run with all that is kept of it; None where there is none."""
        if not self._there():
            return None
        from corridor_tui.records import database, rows  # noqa: PLC0415

        with database.opened(self.place, "read from") as connection:
            return rows.result(connection, key)

    def mark(self, key: str, mark: Mark) -> bool:
        """Mark a run; False where no run of that key is kept."""
        if not self._there():
            return False
        from corridor_tui.records import database, rows  # noqa: PLC0415

        with database.opened(self.place, "kept in") as connection:
            return rows.add_marks(connection, key, [mark])

    def unmark(self, key: str, mark: Mark, at_ms: int) -> None:
        """Take a mark away from a run, now; where the run is sent it is taken away too."""
        if not self._there():
            return
        from corridor_tui.records import database, rows  # noqa: PLC0415

        with database.opened(self.place, "kept in") as connection:
            rows.drop_mark(connection, key, mark, at_ms)

    def forget(self, trainee: str) -> int | None:
        """Delete a trainee, every run of his and every mark; how many runs there were, or None where nobody has that name."""
        if not self._there():
            return None
        from corridor_tui.records import database, rows  # noqa: PLC0415

        with database.opened(self.place, "deleted from") as connection:
            return rows.forget(connection, trainee)

    def send(self, server: "Records") -> int:
        """Send a server every run that it does not have, and the marks of those that it has; how many runs there were."""
        from corridor_tui.records import database, rows  # noqa: PLC0415

        here = self.run_keys()
        if not here:
            return 0
        with database.opened(self.place, "read from") as connection:
            marked, unmarked = rows.marked(connection), rows.unmarked(connection)
        with database.opened(server.place, "sent to") as connection:
            wanted = rows.missing(connection, here)
            for key, found in marked.items():
                rows.add_marks(connection, key, found)
            for key, mark, at_ms in unmarked:
                rows.drop_mark(connection, key, mark, at_ms)
        for key in wanted:
            result = self.result(key)
            if result is not None:
                server.keep(result, "sent")
        return len(wanted)

    def back_up(self, copy: Path) -> None:
        """Copy the records of a path as they are now."""
        if isinstance(self.place, str):
            raise RecordsError(_("a server's records are backed up by the server: pg_dump"))
        if not self._there():
            raise RecordsError(_("there are no records at {place}", place=self.place))
        from corridor_tui.records import database  # noqa: PLC0415

        database.back_up(self.place, copy)

    def backups(self) -> list[Path]:
        """The copies made before migrations."""
        return [] if isinstance(self.place, str) else sorted(self.place.parent.glob(f"{self.place.name}.before-*"))

    def _there(self) -> bool:
        if isinstance(self.place, str):
            return True
        try:
            return self.place.exists()
        except OSError as error:
            raise RecordsError(
                _("results cannot be read from {place}: {why}", place=self.place, why=error.strerror)
            ) from error


def default_path(data: Path) -> Path:
    """Where the database lies in a data directory."""
    return data / "records.sqlite3"


__all__ = ["Best", "Kept", "Records", "RecordsError", "default_path"]
