"""The server that offers the program to browsers; needs the extra `serve`."""

import asyncio
import logging

import typer
from aiohttp.web import Request, WebSocketResponse
from textual_serve.server import Server

from corridor_tui.language import _

_PATIENCE_S = 5
"""How long those who play are waited for when the server ends."""


class Browsers(Server):
    """Says in one plain line where it is, and else only what goes wrong. Ends whoever plays when it ends."""

    def __init__(self, command: str, host: str, port: int, public_url: str | None) -> None:
        super().__init__(command, host, port, "corridor", public_url)
        self._playing: set[asyncio.Task[object]] = set()

    def initialize_logging(self) -> None:
        """Log what goes wrong."""
        logging.basicConfig(level=logging.WARNING, format="corridor: %(message)s")

    async def on_startup(self, app: object) -> None:  # noqa: ARG002 - as the server calls it
        """Say where it is."""
        typer.echo(_("corridor: open {url} in a browser; ctrl+c ends it", url=self.public_url))

    async def handle_websocket(self, request: Request) -> WebSocketResponse:
        """Play with one browser until it is closed."""
        task = asyncio.current_task()
        assert task is not None
        self._playing.add(task)
        try:
            return await super().handle_websocket(request)
        finally:
            self._playing.discard(task)

    async def on_shutdown(self, app: object) -> None:  # noqa: ARG002 - as the server calls it
        """End the program of every browser."""
        for task in self._playing:
            task.cancel()
        if self._playing:
            await asyncio.wait(self._playing, timeout=_PATIENCE_S)
