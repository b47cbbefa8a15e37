"""The server that offers the program to browsers; needs the extra `serve`."""

import asyncio
import logging

import typer
from aiohttp.web import Request, WebSocketResponse, run_app
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

    def serve(self, debug: bool = False) -> None:  # noqa: FBT001, FBT002, ARG002 - as the server has it
        """Listen until ctrl+c or SIGTERM, and say where once it listens. Raises `OSError` where it cannot."""
        self.initialize_logging()
        told = _("corridor: open {url} in a browser; ctrl+c ends it", url=self.public_url)
        run_app(self._make_app(), host=self.host, port=self.port, print=lambda *_words: typer.echo(told))

    async def on_startup(self, app: object) -> None:
        """Nothing is said before it listens."""

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
