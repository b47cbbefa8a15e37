"""The stack, where a level has divided it into blocks: piles of containers, what has to be moved aside, and what stands wrongly."""

from corridor_tui.corridor.checks_terminal import misplaced
from corridor_tui.corridor.kernel import Kernel
from corridor_tui.corridor.state import Block


class Stack:
    """Finds places in the blocks and tells where containers are put; nothing forbids a wrong place, as in life."""

    def __init__(self, kernel: Kernel) -> None:
        self._kernel = kernel
        self._blocks = kernel.view.blocks

    def above(self, number: str) -> list[str]:
        """What stands on a container in the stack, the topmost first."""
        box = self._kernel.view.boxes[number]
        return self._blocks[box.block].above(number) if box.piled else []

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

    def fitting(self, number: str) -> Block | None:
        """The first block that has room for a container and in which nothing is wrong with it; None: there is none."""
        view, teu = self._kernel.view, self._kernel.view.boxes[number].teu
        blocks = (block for block in self._blocks.values() if block.place(teu) is not None)
        return next((block for block in blocks if not misplaced(view, number, block)), None)

    def land(self, number: str, into: Block | None = None) -> None:
        """Put a container that was set down into a block, or into the one it is for."""
        block = into or self.block_for(number)
        if block is None:
            return
        box = self._kernel.view.boxes[number]
        pile = block.place(box.teu)
        self._kernel.emit("stacked", number, block.id, block.beside() if pile is None else pile)
        wrong = misplaced(self._kernel.view, number, block)
        for kind in wrong if pile is not None else ("overfull", *wrong):
            self._kernel.emit("mistake", kind, number)
        if "unplugged" in wrong:
            self._grow_warm(number)

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

    def aside(self, crane: str, number: str, under: str) -> None:
        """Put a container that stood on another onto another pile of the block, or beside them if there is no room."""
        boxes = self._kernel.view.boxes
        block = self._blocks[boxes[under].block]
        pile = block.place(boxes[number].teu, besides=block.pile_of(under))
        self._kernel.emit("moved_aside", crane, number)
        self._kernel.emit("stacked", number, block.id, block.beside() if pile is None else pile)
