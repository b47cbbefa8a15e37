"""A block of the stack: how its boxes are piled, and where one more finds a place."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field


@dataclass(slots=True)
class Block:
    """A block of the stack: its piles, each of boxes of one length from the ground up.

    A pile of forty-foot boxes takes one of the block's slots, of twenty-foot boxes half of one. `sizes` is the TEU of a
    box of each pile.
    """

    id: str
    slots: int
    tiers: int
    plugs: int
    piles: dict[int, list[str]] = field(default_factory=dict)
    sizes: dict[int, int] = field(default_factory=dict)

    def place(self, teu: int, besides: Collection[int] = ()) -> int | None:
        """The pile for one more box: a new one while there is a slot, else the lowest but `besides`; None: there is no room."""
        if sum(size for pile, size in self.sizes.items() if not self.spills(pile)) + teu <= 2 * self.slots:
            return next(pile for pile in range(2 * self.slots) if pile not in self.piles)
        low = [
            pile
            for pile, size in self.sizes.items()
            if size == teu and pile not in besides and not self.spills(pile) and len(self.piles[pile]) < self.tiers
        ]
        return min(low, key=lambda pile: (len(self.piles[pile]), pile), default=None)

    def place_by_due(
        self, teu: int, due_s: int, leaves_s: Mapping[str, int], besides: Collection[int] = ()
    ) -> int | None:
        """The pile for one more box by when boxes leave: one that all leaves after it, soonest; else a new one while there is a slot;
        else the one that stays longest. `leaves_s`: when each box of the block is to leave. None: there is no room.
        """
        first_s = {
            pile: min(leaves_s[number] for number in self.piles[pile])
            for pile, size in self.sizes.items()
            if size == teu and pile not in besides and not self.spills(pile) and len(self.piles[pile]) < self.tiers
        }
        later = [pile for pile, at_s in first_s.items() if at_s > due_s]
        if later:
            return min(later, key=lambda pile: (first_s[pile], pile))
        free = self.place(teu, besides)
        if free is None or free not in self.piles:
            return free
        return max(first_s, key=lambda pile: (first_s[pile], -len(self.piles[pile]), -pile))

    def beside(self) -> int:
        """A pile on the ground beside the slots, for a box for which there is no room."""
        return max(max(self.piles, default=0), 2 * self.slots - 1) + 1

    def spills(self, pile: int) -> bool:
        """Whether a pile stands beside the slots."""
        return pile >= 2 * self.slots

    def pile_of(self, number: str) -> int:
        """The pile a container stands on."""
        return next(pile for pile, stood in self.piles.items() if number in stood)

    def above(self, number: str) -> list[str]:
        """What stands on a container, the topmost first."""
        stood = self.piles[self.pile_of(number)]
        return stood[: stood.index(number) : -1]

    def put(self, number: str, pile: int, teu: int) -> None:
        """Let a container stand on a pile."""
        self.piles.setdefault(pile, []).append(number)
        self.sizes[pile] = teu

    def take(self, number: str) -> None:
        """Let a container be off its pile."""
        pile = self.pile_of(number)
        self.piles[pile].remove(number)
        if not self.piles[pile]:
            del self.piles[pile], self.sizes[pile]
