"""Where things stand in a TOML file: the line and column of every key and value, found only once something is wrong."""

from dataclasses import dataclass
from typing import TypeAlias

import tomli
import tree_sitter_toml
from tree_sitter import Language, Node, Parser

from corridor_tui.level.dialect import DEEPEST

Path: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A position in the file, both from 1; columns count characters."""

    line: int
    column: int


class Index:
    """The places of keys and of values, by path."""

    def __init__(self, source: bytes) -> None:
        self._lines = source.split(b"\n")
        self._keys: dict[Path, Place] = {}
        self._values: dict[Path, Place] = {}
        self._counts: dict[Path, int] = {}
        tree = Parser(Language(tree_sitter_toml.language())).parse(source)
        for node in tree.root_node.named_children:
            if node.type == "pair":
                self._pair(node, ())
            elif node.type == "table":
                self._table(node, self._resolve(_parts(node)))
            elif node.type == "table_array_element":
                parts = _parts(node)
                base = (*self._resolve(parts[:-1]), parts[-1])
                count = self._counts.get(base, 0)
                self._counts[base] = count + 1
                self._keys.setdefault(base, self._place(node))
                self._table(node, (*base, count))

    def value(self, path: Path) -> Place:
        """Where a value stands, a table by its header; the nearest part of the path where the file has no such value."""
        return self._nearest(path, self._values)

    def key(self, path: Path) -> Place:
        """Where a key stands."""
        return self._nearest(path, self._keys)

    def _nearest(self, path: Path, first: dict[Path, Place]) -> Place:
        for length in range(len(path), 0, -1):
            part = path[:length]
            place = first.get(part) or self._keys.get(part) or self._values.get(part)
            if place is not None:
                return place
        return Place(1, 1)

    def _place(self, node: Node) -> Place:
        row, column = node.start_point[0], node.start_point[1]
        return Place(row + 1, len(self._lines[row][:column].decode("utf-8", "replace")) + 1)

    def _resolve(self, parts: list[str]) -> Path:
        """A header's path, with the index of the last element wherever it goes through an array of tables."""
        path: Path = ()
        for part in parts:
            path = (*path, part)
            if path in self._counts:
                path = (*path, self._counts[path] - 1)
        return path

    def _table(self, node: Node, path: Path) -> None:
        place = self._place(node)
        self._keys[path] = place
        for length in range(1, len(path)):
            self._keys.setdefault(path[:length], place)
        for child in node.named_children:
            if child.type == "pair":
                self._pair(child, path)

    def _pair(self, node: Node, base: Path) -> None:
        key, value = node.named_children[0], node.named_children[1]
        path: Path = base
        for leaf in _leaves(key):
            path = (*path, _name(leaf))
            self._keys.setdefault(path, self._place(leaf))
        self._value(value, path)

    def _value(self, node: Node, path: Path) -> None:
        self._values[path] = self._place(node)
        if len(path) > DEEPEST:
            return
        if node.type == "inline_table":
            for child in node.named_children:
                if child.type == "pair":
                    self._pair(child, path)
        elif node.type == "array":
            elements = [child for child in node.named_children if child.type != "comment"]
            for number, child in enumerate(elements):
                self._value(child, (*path, number))


def _parts(node: Node) -> list[str]:
    header = next(child for child in node.named_children if child.type in ("bare_key", "quoted_key", "dotted_key"))
    return [_name(leaf) for leaf in _leaves(header)]


def _leaves(node: Node) -> list[Node]:
    """The parts of a key from left to right; a dotted key holds all but its last part in a dotted key."""
    leaves: list[Node] = []
    waiting = [node]
    while waiting:
        here = waiting.pop()
        if here.type == "dotted_key":
            waiting.extend(here.named_children)
        else:
            leaves.append(here)
    return leaves[::-1]


def _name(node: Node) -> str:
    text = (node.text or b"").decode("utf-8", "replace")
    return next(iter(tomli.loads(f"{text} = 0"))) if node.type == "quoted_key" else text
