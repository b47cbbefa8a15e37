"""The machines of the stack: reach stackers and RTGs that carry containers between the blocks, the cranes' ground and lorries."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from corridor_tui.corridor.block import Block
from corridor_tui.corridor.checks_terminal import may_stand
from corridor_tui.corridor.halts import Halts, Step
from corridor_tui.corridor.kernel import Kernel
from corridor_tui.corridor.lifts import GROUND, STACK, slower
from corridor_tui.corridor.stack import Stack
from corridor_tui.corridor.state import LORRY

KEPT = 2
"""Places on the ground that what comes out of the stack leaves to the cranes, so that neither waits for the other for ever."""


@dataclass(slots=True)
class _Move:
    number: str
    start: str
    goal: str
    """The stack, the ground, or a lorry; so is `start`."""
    then: Callable[[], object] | None = None
    """What is done when a lorry is loaded or unloaded."""


class Machines:
    """Gives each machine at rest the first move that it can make, and keeps account of the places on the ground.

    `brought` is called when a container is where the cranes reach it.
    """

    def __init__(self, kernel: Kernel, stack: Stack, brought: Callable[[], None]) -> None:
        self._kernel = kernel
        self._stack = stack
        self._halts = Halts(kernel.env)
        self._brought = brought
        self._specs = {machine.id: machine for machine in kernel.level.terminal.machines}
        self._moves: list[_Move] = []
        self._made: dict[str, int] = {}
        self._free = kernel.level.terminal.ground_places
        self.waiting: dict[str, Step] = {}
        """The cranes that wait for a place on the ground, and what each does when one is free."""

    @property
    def there(self) -> bool:
        """Whether machines work in the stack."""
        return self._kernel.view.machines_there

    # for the cranes

    def begin(self, coming: int, wanted: Iterable[str]) -> None:
        """Take the stack over from the cranes, which are about to set so many containers down and want others out of it."""
        self._free -= coming
        for number in wanted:
            self.fetch(number)

    def take(self, places: int) -> bool:
        """Keep places on the ground for what a crane is to set down; whether there were so many."""
        if self._free < places:
            return False
        self._free -= places
        return True

    def set_down(self, number: str) -> None:
        """A crane has set a container down on a place kept for it: carry it into the stack."""
        self._ask(_Move(number, GROUND, STACK))

    def picked_up(self) -> None:
        """A crane has taken a container off its place on the ground."""
        self._leave()

    def fetch(self, number: str) -> None:
        """Have a container out of the stack where the cranes reach it."""
        if self._kernel.view.boxes[number].hold == GROUND:
            self._moves = [move for move in self._moves if move.number != number]
        elif self._kernel.view.boxes[number].hold not in self._specs:
            self._ask(_Move(number, STACK, GROUND))

    def let_go(self, numbers: Iterable[str]) -> None:
        """Let go of what is kept about some containers."""
        for number in numbers:
            self._made.pop(number, None)

    # for the lorries

    def unload(self, number: str, then: Callable[[], object]) -> bool:
        """Take a container off its lorry once it may stand somewhere, and call `then` when it does; whether that began at once."""
        move = _Move(number, LORRY, STACK, then)
        self._ask(move)
        return move not in self._moves

    def load(self, number: str, then: Callable[[], None]) -> None:
        """Put a container of the stack onto a lorry, and call `then` when it is there."""
        self._ask(_Move(number, STACK, LORRY, then))

    # the machines

    def look_again(self) -> None:
        """Start every machine at rest that has something to do."""
        for name in self._specs:
            if name not in self._halts.busy and self._kernel.view.machines[name].down is None:
                move = self._next(name)
                if move is not None:
                    self._halts.work(name, partial(self._work, name, move))

    def _ask(self, move: _Move) -> None:
        self._moves.append(move)
        self.look_again()

    def _leave(self) -> None:
        self._free += 1
        if self.waiting:
            self._kernel.after(0, partial(self._let_go_on, self.waiting))
            self.waiting = {}
        self.look_again()

    @staticmethod
    def _let_go_on(waiting: dict[str, Step]) -> None:
        while waiting:
            waiting.pop(next(iter(waiting)))()

    def _next(self, name: str) -> _Move | None:
        """Take the first move that a machine can make: into and out of blocks that it reaches, and onto a free place."""
        for move in self._moves:
            if (move.goal != GROUND or self._free > KEPT) and self._reaches(name, move):
                self._moves.remove(move)
                self._free -= move.goal == GROUND
                self._stack.digging[name] = move.number  # from now on, since another may choose in this second
                return move
        return None

    def _reaches(self, name: str, move: _Move) -> bool:
        """Whether a machine works in the block that a move is about, and no other one has the container or its pile."""
        view = self._kernel.view
        if any(view.hook(name).box == move.number for name in (*view.cranes, *view.machines)):
            return False
        if move.start == LORRY and not may_stand(view, move.number):
            return False
        block = self._block_of(move)
        if block is None:
            return True
        if view.boxes[move.number].piled:
            pile = block.piles[block.pile_of(move.number)]
            if any(number in pile for number in self._stack.digging.values()):
                return False
        return self._specs[name].serves(block.tiers)

    def _block_of(self, move: _Move) -> Block | None:
        """The block that a move is about; None where the stack has none."""
        return self._stack.block_to_be(move.number) if move.start == LORRY else self._stack.block_for(move.number)

    def _work(self, name: str, move: _Move) -> None:
        """Dig out what a move is about, and make it."""
        self._stack.clear(name, move.number, self._halts, self._move_s, partial(self._carry, name, move))

    def _carry(self, name: str, move: _Move) -> None:
        kernel = self._kernel
        if move.start == LORRY:
            kernel.emit("brought", move.number)
        kernel.emit("carrying", name, move.number, move.goal)
        if move.start == GROUND:
            self._leave()
        self._halts.hang(name, self._move_s(name, move.number), partial(self._carried, name, move))

    def _carried(self, name: str, move: _Move) -> None:
        self._kernel.emit("carried", name, move.number, move.goal)
        self._arrive(move)
        following = None if self._kernel.view.machines[name].down is not None else self._next(name)
        if following is None:
            self._halts.rest(name)
        self.look_again()
        if following is not None:
            self._work(name, following)

    def _arrive(self, move: _Move) -> None:
        if move.start == LORRY:
            self._stack.receive(move.number)
        elif move.goal == STACK:
            self._stack.land(move.number)
        if move.goal == STACK and self._kernel.view.boxes[move.number].goal not in (None, STACK):
            self._moves.append(_Move(move.number, STACK, GROUND))
        if move.goal == GROUND:
            self._brought()
        if move.then is not None:
            move.then()

    def _move_s(self, name: str, number: str) -> int:
        """The seconds of a container's next move by a machine, counted as made."""
        made = self._made.get(number, 0)
        self._made[number] = made + 1
        return self._pace(self._kernel.scenario.move_s(number, made, self._specs[name].takes))

    def _pace(self, seconds: int) -> int:
        return round(seconds * slower(self._kernel.view.weather, self._kernel.level.terminal))

    # what stops a machine

    def stop(self, name: str) -> None:
        """Stop a machine where it is: what it carries waits until it goes again."""
        self._halts.stop(name)

    def start(self, name: str) -> None:
        """Let a machine go on with what it was at."""
        self._kernel.emit("machine_up", name)
        self._halts.start(name)
        self.look_again()
