"""The ladder of help: how far it was climbed on each matter, from the orders that were given."""

from corridor_tui.corridor.orders import ADVISE, RUNGS


class Climbed:
    """The rungs of help that were climbed on each thing since something was last ordered about it."""

    def __init__(self) -> None:
        self.rungs: dict[str, int] = {}
        """How many, by the name of the thing; what help was asked for last stands last."""

    def hear(self, text: str) -> tuple[str, ...]:
        """Take in an order that was accepted; the rungs climbed by it: the one that was asked for and those below it on which
        nobody stood yet.
        """
        verb, *words = text.split()
        if verb != ADVISE:  # something was done about it: what comes next is another matter
            for word in words:
                self.rungs.pop(word, None)
            return ()
        subject, rung = words
        before, asked = self.rungs.pop(subject, 0), RUNGS.index(rung) + 1
        self.rungs[subject] = max(before, asked)
        return RUNGS[before:asked]
