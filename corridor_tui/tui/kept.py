"""Settings that are chosen at the desk and kept for good: one line of the config file changes, all else in it stays as it is."""

from pathlib import Path

import tomli
import tree_sitter_toml
from tree_sitter import Language, Node, Parser

from corridor_tui.language import _
from corridor_tui.level.errors import plain
from corridor_tui.whole import replacing


def keep(path: Path, name: str, value: str) -> str | None:
    """Set a top-level key of a TOML file to a plain word; what is in the way, or None. A file in which anything is wrong is left alone."""
    try:
        source = path.read_bytes() if path.exists() else b""
        wanted = {**tomli.loads(source.decode("utf-8")), name: value}
        written = _with(source, name, f'"{value}"'.encode())
        if tomli.loads(written.decode("utf-8")) != wanted:
            return _("{path} says `{name}` in a way that has to be changed by hand", path=path, name=name)
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path) as file:
            file.write(written)
    except OSError as error:
        return _("{path}: it cannot be written: {why}", path=path, why=error.strerror)
    except (UnicodeDecodeError, tomli.TOMLDecodeError, ValueError, RecursionError):
        return _("{path} is not to be read, so nothing is written into it", path=path)
    return None


def _with(source: bytes, name: str, value: bytes) -> bytes:
    """A TOML text with the value of a top-level key changed, or with that key as the last one before the first table."""
    root = Parser(Language(tree_sitter_toml.language())).parse(source).root_node
    for node in root.named_children:
        if node.type == "pair" and _key(node) == name:
            old = node.named_children[1]
            return source[: old.start_byte] + value + source[old.end_byte :]
    end = b"\r\n" if b"\r\n" in source else b"\n"
    line = name.encode() + b" = " + value + end
    pairs = [node for node in root.named_children if node.type == "pair"]
    if not pairs:
        at = next(
            (n.start_byte for n in root.named_children if n.type in ("table", "table_array_element")), len(source)
        )
        before, after = source[:at], source[at:]
        return before + (end if before and not before.endswith(b"\n") else b"") + line + (end if after else b"") + after
    rest = source.find(b"\n", pairs[-1].end_byte)
    if rest < 0:
        return source + end + line
    return source[: rest + 1] + line + source[rest + 1 :]


def _key(pair: Node) -> str:
    text = (pair.named_children[0].text or b"").decode("utf-8")
    return next(iter(tomli.loads(f"{text} = 0"))) if pair.named_children[0].type == "quoted_key" else text


def kept_text(path: Path, told: str, trouble: str | None) -> str:
    """What is said of a setting that was chosen: that it was kept, and where, or why it holds only for now."""
    if trouble is not None:
        return plain(_("{setting} for now only: {why}", setting=told, why=trouble))
    return plain(_("{setting}: kept in {path}", setting=told, path=path))
