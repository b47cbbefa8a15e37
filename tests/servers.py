"""A PostgreSQL server of the tests' own, in a directory that is thrown away."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

REQUIRED = "CORRIDOR_NEEDS_POSTGRES"
"""Where this is set, tests that need a server fail without one; elsewhere they are skipped."""
_PLACES = "/usr/lib/postgresql/*/bin", "/usr/local/bin", "/usr/local/pgsql/bin", "/opt/homebrew/bin"
_PATIENCE_S = 30.0


def program(name: str) -> str | None:
    """The path of one of the server's programs; distributions keep them out of PATH."""
    found = [str(path) for place in _PLACES for path in sorted(Path("/").glob(f"{place[1:]}/{name}"))]
    return shutil.which(name) or (found[-1] if found else None)


class Server:
    """A running server; `url` names its database."""

    def __init__(self, folder: Path, user: list[str], postgres: str) -> None:
        self._folder = folder
        self._command = [*user, postgres, "-D", str(folder / "data"), "-k", str(folder), "-c", "listen_addresses="]
        self._command += ["-c", "fsync=off"]
        self._process: subprocess.Popen[bytes] | None = None
        self.url = f"postgresql://corridor@/postgres?host={quote(str(folder))}"

    @property
    def runs(self) -> bool:
        """Whether it is running."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Start it and wait until it answers."""
        import psycopg

        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(self._command, stdout=log, stderr=log, cwd=self._folder)
        end = time.monotonic() + _PATIENCE_S
        while True:
            try:
                psycopg.connect(self.url).close()
                return
            except psycopg.OperationalError:
                if time.monotonic() > end or self._process.poll() is not None:
                    raise AssertionError((self._folder / "log").read_text(encoding="utf-8")) from None
                time.sleep(0.1)

    def empty(self) -> None:
        """Leave nothing on it."""
        import psycopg

        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute("DROP SCHEMA public CASCADE")
            connection.execute("CREATE SCHEMA public")

    def stop(self) -> None:
        """Stop it, cutting whoever is connected."""
        lines = (self._folder / "data" / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        os.kill(int(lines[0]), 2)  # its fast shutdown
        assert self._process is not None
        self._process.wait(_PATIENCE_S)


@contextmanager
def running() -> Iterator[Server]:
    """A new server, thrown away afterwards. It refuses to run as root, so root lends it to `nobody`."""
    initdb, postgres = program("initdb"), program("postgres")
    assert initdb is not None
    assert postgres is not None
    user = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] if os.geteuid() == 0 else []
    with tempfile.TemporaryDirectory(prefix="corridor-pg-") as name:
        folder = Path(name)
        if user:
            shutil.chown(folder, "nobody", "nogroup")
        made = subprocess.run(
            [
                *user,
                initdb,
                "-D",
                str(folder / "data"),
                "-U",
                "corridor",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--no-sync",
                "--locale=C",
            ],
            capture_output=True,
            text=True,
            check=False,
            cwd=folder,
        )
        assert made.returncode == 0, made.stdout + made.stderr
        server = Server(folder, user, postgres)
        server.start()
        try:
            yield server
        finally:
            if (folder / "data" / "postmaster.pid").exists():
                server.stop()
