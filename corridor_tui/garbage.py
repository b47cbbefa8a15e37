"""When Python looks for garbage: cycles of things that nobody holds any more. While the program is put together there is none."""

import gc


def never() -> None:
    """Not until something is at work: a tenth of the time to the first page would go into it."""
    gc.disable()


def seldom() -> None:
    """A run lets few cycles go and keeps most of what it makes: to look all the time would be a third of its work."""
    _from_now_on(20_000, 50, 100)


def in_small_steps() -> None:
    """At the desk, where a key waits while it is looked for: often, and each time among few.

    What is drawn holds on to itself, and is let go only when all is looked through: so that too often enough that it stays little.
    """
    _from_now_on(2_000, 5, 20)


def _from_now_on(young: int, older: int, all_of_it: int) -> None:
    gc.freeze()  # what is there by now stays
    gc.set_threshold(young, older, all_of_it)
    gc.enable()
