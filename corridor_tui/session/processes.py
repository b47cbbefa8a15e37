"""Processes beside the one that draws: new ones, not copies of it, so that it may hold a screen and threads."""

import os
import signal
from multiprocessing.connection import Connection
from threading import Thread


def leave_with(alive: Connection) -> None:
    """What such a process does first: it leaves an interruption to the one that began it, and ends when that one does."""

    def watch() -> None:
        alive.poll(None)
        os._exit(0)

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=watch, daemon=True).start()
