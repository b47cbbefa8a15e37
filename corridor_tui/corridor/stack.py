"""The stack, where a level has divided it into blocks: piles of containers, what has to be moved aside, and what stands wrongly."""

from collections.abc import Callable, Collection

from corridor_tui.corridor.block import Block
from corridor_tui.corridor.checks_terminal import fitting, misplaced
from corridor_tui.corridor.halts import Halts, Step
from corridor_tui.corridor.kernel import Kernel
from corridor_tui.corridor.lifts import STACK
from corridor_tui.corridor.state import NEVER_S


class Stack:
    """Finds places in the blocks and tells where containers are put; nothing forbids a wrong place, as in life."""

    def __init__(self, kernel: Kernel) -> None:
        self._kernel = kernel
        self._blocks = kernel.view.blocks
        self.digging: dict[str, str] = {}
        """Machine or crane -> the container that it clears of what stands on it."""

    def clear(self, name: str, number: str, halts: Halts, takes_s: Callable[[str, str], int], then: Step) -> None:
        """Have a machine or a crane move aside what stands on a container that it digs for, each in its time, and then go on."""
        above = self.above(number)
        if not above:
            del self.digging[name]
            then()
            return
        self._kernel.emit("moving_aside", name, above[0], number)

        def moved() -> None:
            self._aside(name, above[0], number)
            self.clear(name, number, halts, takes_s, then)

        halts.hang(name, takes_s(name, above[0]), moved)

    def above(self, number: str) -> list[str]:
        """What stands on a container in the stack, the topmost first."""
        box = self._kernel.view.boxes[number]
        return self._blocks[box.block].above(number) if box.piled else []

    def dug_by_others(self, number: str) -> bool:
        """Whether a container is to be dug out of a pile in which somebody digs: each would move aside what the other is after."""
        if not self.above(number):
            return False
        block = self._blocks[self._kernel.view.boxes[number].block]
        pile = block.piles[block.pile_of(number)]
        return any(dug in pile for dug in self.digging.values())

    def block_for(self, number: str) -> Block | None:
        """The block in which a container stands, or will: the one that was ordered, or the first one that has room."""
        if not self._blocks:
            return None
        box = self._kernel.view.boxes[number]
        blocks = [*([self._blocks[box.block]] if box.block else []), *self._blocks.values()]
        if box.piled:
            return blocks[0]
        found = next((block for block in blocks if block.place(box.teu) is not None), None)
        return blocks[0] if found is None else found

    def block_to_be(self, number: str) -> Block | None:
        """The block for a container that a lorry brings: the first in which nothing is wrong with it."""
        return fitting(self._kernel.view, number) or self.block_for(number)

    def land(self, number: str) -> None:
        """Put a container that a crane set down into the block it is for."""
        block = self.block_for(number)
        if block is None:
            return
        wrong = self._put(number, block)
        for kind in wrong:
            self._kernel.emit("mistake", kind, number)
        if "unplugged" in wrong:
            self._grow_warm(number)

    def receive(self, number: str) -> None:
        """Put a container that a lorry brought where it may stand; that no desk chose the place is no mistake of any."""
        block = self.block_to_be(number)
        if block is not None and "unplugged" in self._put(number, block):
            self._grow_warm(number)

    def _put(self, number: str, block: Block) -> tuple[str, ...]:
        """Put a container into a block; what is wrong with that."""
        dug = self._dug(block)
        pile = self._pile(number, block, besides=dug)
        if pile is None and dug:
            pile = self._pile(number, block)
        self._kernel.emit("stacked", number, block.id, block.beside() if pile is None else pile)
        wrong = misplaced(self._kernel.view, number, block)
        return wrong if pile is not None else ("overfull", *wrong)

    def _dug(self, block: Block) -> frozenset[int]:
        """The piles of a block in which somebody digs: who set anything down there would have it moved again at once."""
        there = {number: pile for pile, stood in block.piles.items() for number in stood}
        return frozenset(there[number] for number in self.digging.values() if number in there)

    def _pile(self, number: str, block: Block, besides: Collection[int] = ()) -> int | None:
        """The pile of a block for a container, by what the desks know; None: there is no room."""
        teu = self._kernel.view.boxes[number].teu
        if self._kernel.level.terminal.stacking == "lowest":
            return block.place(teu, besides)
        leaves_s = {each: self._leaves_s(each) for stood in block.piles.values() for each in stood}
        return block.place_by_due(teu, self._leaves_s(number), leaves_s, besides)

    def _leaves_s(self, number: str) -> int:
        """When a container is to leave: what is detained last, and what is ordered out first of all."""
        view = self._kernel.view
        box = view.boxes[number]
        if view.dossiers[box.consignment].state == "detained":
            return NEVER_S
        if box.goal is not None and box.at == STACK:
            return 0
        train = view.units[box.train]
        return next((at_s for at_s in (train.leave_by_s, train.due_s) if at_s is not None), NEVER_S - 1)

    def _grow_warm(self, number: str) -> None:
        """A reefer without a socket keeps its cold for so long; then what is in it is spoilt, if it still stands there."""
        cargo, boxes, since_s = self._kernel.level.cargo, self._kernel.view.boxes, self._kernel.now
        if cargo is None:
            return
        self._kernel.emit("dark", number)

        def warm() -> None:
            if number in boxes and boxes[number].dark_s == since_s:
                self._kernel.emit("spoilt", number)

        self._kernel.after(round(cargo.power_h * 3_600), warm)

    def _aside(self, crane: str, number: str, under: str) -> None:
        """Put a container that stood on another onto a pile of the block in which nobody digs, or beside them if there is no room."""
        boxes = self._kernel.view.boxes
        block = self._blocks[boxes[under].block]
        pile = self._pile(number, block, besides=self._dug(block))
        self._kernel.emit("moved_aside", crane, number)
        self._kernel.emit("stacked", number, block.id, block.beside() if pile is None else pile)
