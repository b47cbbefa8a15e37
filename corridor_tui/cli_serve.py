"""`corridor serve`: the same program in browsers, a process for each."""

import errno
import shlex
import socket
import sys
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer

from corridor_tui.cli_common import Levels, Trainee, fail, level_named, trainee_name, warn
from corridor_tui.language import _, spoken

PORT = 8000
_LAST_PORT = 65_535
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


def serve(
    level: Annotated[
        str | None, typer.Argument(metavar="LEVEL", help="a level's name or file; without one: the start screen")
    ] = None,
    host: Annotated[
        str, typer.Option("--host", help="the address to listen on; this machine alone by default")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=_LAST_PORT, help="the port to listen on")] = PORT,
    public_url: Annotated[
        str | None, typer.Option("--url", metavar="URL", help="what browsers call it, where that is something else")
    ] = None,
    trainee: Trainee = None,
    levels: Levels = None,
) -> None:
    """Offer the control room to browsers. Each tab plays a shift of its own; closing it leaves the shift to be gone on with.

    Nobody is asked for a password: whoever reaches the port plays, under the trainee's name given here.
    """
    try:
        from corridor_tui.browsers import Browsers
    except ImportError:
        fail(_("browsers need an extra that is not installed: pip install 'corridor_tui[serve]'"))
    if public_url is not None and not _is_address(public_url):
        fail(_("{url} is no address for browsers: write it as https://name or http://name:8000", url=public_url))
    name = trainee_name(trainee)
    if level is not None:
        level_named(level, levels)
    words = [sys.executable, "-m", "corridor_tui", "play", "--lang", spoken(), "--trainee", name]
    words += [] if levels is None else ["--levels", str(levels.resolve())]
    words += [] if level is None else [str(Path(level).resolve()) if Path(level).is_file() else level]
    if host not in _LOOPBACK:
        at = f"{host}:{port}"
        warn(_("anybody who reaches {at} can play here as {trainee}, unencrypted", at=at, trainee=name))
    try:
        Browsers(shlex.join(words), host, port, public_url).serve()
    except OSError as error:
        fail(_("{at} cannot be listened on: {why}", at=f"{host}:{port}", why=_cause(error, port)), 1)


def _cause(error: OSError, port: int) -> str:
    """Why a place cannot be listened on, and how to mend it."""
    if error.errno == errno.EADDRINUSE:
        return _("another program listens there already; name another port, such as --port {port}", port=_beside(port))
    if error.errno == errno.EACCES:
        return _("ports below 1024 are the administrator's; name another, such as --port {port}", port=PORT)
    if error.errno == errno.EADDRNOTAVAIL or isinstance(error, socket.gaierror):
        return _("this machine has no such address; --host 127.0.0.1 is this machine alone, 0.0.0.0 all its addresses")
    return str(error.strerror or error)


def _beside(port: int) -> int:
    """The next port, which may well be free."""
    return port + 1 if port < _LAST_PORT else port - 1


def _is_address(url: str) -> bool:
    """Whether a browser can open it, and find the server by it."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)
