"""A bound looked for by another process meanwhile, which ends with whoever asked for it."""

import sys
from collections.abc import Callable
from contextlib import redirect_stderr
from multiprocessing import get_context

from corridor_tui.hindsight.asking import WORK, bound_of
from corridor_tui.hindsight.found import Bound
from corridor_tui.hindsight.scope import NoBoundError
from corridor_tui.language import Language, speaking, spoken
from corridor_tui.scoring.score import Score
from corridor_tui.session.run import Run, RunError


class Asking:
    """Looks for the bound of a run from now until it is found or ended; `told` hears of it, or why not, in another thread.

    What went wrong in the program itself comes as it is, for whoever hears of it to raise.
    """

    def __init__(
        self, run: Run, score: Score, told: Callable[[Bound | str | Exception], object], work: float = WORK
    ) -> None:
        # the process is begun with the real error stream: that of a screen has no number which it could inherit
        with redirect_stderr(sys.__stderr__):
            self._pool = get_context("spawn").Pool(1)
        self._pool.apply_async(
            _bound_in,
            (spoken(), run, score, work),
            callback=told,
            error_callback=lambda error: told(
                str(error) if isinstance(error, (NoBoundError, RunError)) else _fault(error)
            ),
        )

    def end(self) -> None:
        """End the process, whatever it is at."""
        self._pool.terminate()
        self._pool.join()


def _fault(error: BaseException) -> Exception:
    return error if isinstance(error, Exception) else RuntimeError(repr(error))


def _bound_in(language: Language, run: Run, score: Score, work: float) -> Bound:
    """The bound of a run; why there is none is said in a language."""
    with speaking(language):
        return bound_of(run, score, work)
