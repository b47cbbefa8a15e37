"""Every key of a level with its unit, its default and where that comes from, as the last section of the guide, made from the
models. `python tests/keys.py` writes it anew.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypedDict, cast

from corridor_tui.level.schema import level_schema

GUIDE = Path(__file__).resolve().parents[1] / "levels" / "README.md"
BEGIN, END = "<!-- keys: `python tests/keys.py` writes them -->\n", "<!-- end of keys -->\n"
Node = TypedDict(
    "Node",
    {
        "$ref": str, "description": str, "default": object, "properties": "dict[str, Node]", "required": list[str], "anyOf": "list[Node]",
        "oneOf": "list[Node]", "items": "Node", "enum": list[object], "const": object, "type": str, "pattern": str,
    },
    total=False,
)  # fmt: skip
"""A piece of the schema."""
_DURATION = "Triangular"
_TOLD = ("ToldLine", "ToldParagraphs", "ToldTelling")
_UNITS = {
    "_min": "min", "_h": "h", "_d": "days", "_m": "m", "_km": "km", "_t": "t", "_kg": "kg", "_ms": "m/s", "_kmh": "km/h", "_teu": "TEU",
    "km": "km", "weight": "parts of the score", "teu": "TEU", "gauge": "mm", "times": "times", "_times": "times", "share": "0 to 1", "_share": "0 to 1", "_chance": "0 to 1",
    "adds": "0 to 1", "lifted": "0 to 1", "_speed": "simulated s a real s",
}  # fmt: skip
"""The unit of a figure by the end of its name."""
_FIGURES = {
    "TimeLoss": "loss units", "DetectionLoss": "loss units", "ResourceLoss": "loss units", "Safety": "points", "FamilyShares": "parts of the sum",
    "LaneShares": "0 to 1", "Scoring": "points", "Call": "loss units", "Aids": "loss units", "Offer": "money", "Budget": "money",
}  # fmt: skip
"""The unit of other figures by the table they stand in."""
_PLAIN = {
    "id": "By which the file, orders and events name it.",
    "name": "What it is called.",
    "kind": "What it is.",
    "shape": "Follows from the other keys.",
}
_SOURCES = re.compile(r"assum|publish|derived|measured|general knowledge|\(.*20[0-9]{2}.*\)|Hofstra", re.IGNORECASE)
"""What a text says that tells where a figure comes from."""


def _parts(schema: Node) -> dict[str, Node]:
    return cast("dict[str, dict[str, Node]]", schema)["$defs"]


def section() -> str:
    """The section: for each table of a level its keys, those that must be there first said so."""
    schema = cast("Node", level_schema())
    parts = _parts(schema)
    rows = ["| key | unit or kind | default | |", "|---|---|---|---|"]
    said: list[str] = []
    for path, name, part in _tables("", "Level", schema, parts, set()):
        about = " ".join(str(part.get("description", "")).split())
        said += [f"**{path}** {about}".rstrip(), "", *rows]
        required = part.get("required", ())
        for key, node in part["properties"].items():
            said.append(_row(key, node, must=key in required, of=name))
        said.append("")
    return "\n".join(said)


def _tables(
    path: str, name: str, part: Node, parts: Mapping[str, Node], seen: set[str]
) -> Iterator[tuple[str, str, Node]]:
    """Each table of a level once, with how it is written where it first occurs."""
    yield path or "At the top of the file", name, part
    for key, node in part["properties"].items():
        for model, many in _models(node):
            if model in seen or model in (_DURATION, "LogNormal", "Exponential", *_TOLD):
                continue
            seen.add(model)
            inner = f"{path.partition(' ')[0].strip('`[]')}.{key}".strip(".")
            shown = f"`[[{inner}]]`" if many else f"`[{inner}]`"
            kinds = parts[model]["properties"].get("kind", {})
            kind = kinds.get("const") or (
                ", ".join(map(str, kinds["enum"])) if "disruptions" in inner and "enum" in kinds else None
            )
            yield from _tables(f"{shown} {kind}" if kind else shown, model, parts[model], parts, seen)


def _models(node: Node, *, many: bool = False) -> Iterator[tuple[str, bool]]:
    """The tables that a key can have, and whether there can be several."""
    if "$ref" in node:
        yield str(node["$ref"]).rpartition("/")[2], many
    for each in (*node.get("anyOf", ()), *node.get("oneOf", ())):
        yield from _models(each, many=many)
    if isinstance(node.get("items"), dict):
        yield from _models(node["items"], many=True)


def _row(key: str, node: Node, *, must: bool, of: str) -> str:
    text = " ".join(str(node.get("description", "")).split()) or _PLAIN.get(key, "")
    if not text and list(_models(node)) and not _kind(key, node, of).startswith(("text", "min")):
        text = "see its table"
    default = "needed" if must else _default(node)
    return f"| `{key}` | {_kind(key, node, of)} | {default} | {text} |".replace("  ", " ")


def _kind(key: str, node: Node, of: str) -> str:
    """The unit of a figure, else what kind of thing it is."""
    models = [model for model, _ in _models(node)]
    if _DURATION in models:
        return "min, a duration"
    if "Journey" in models:
        return "days, a journey"
    if models and models[0] in _TOLD:
        return "text, in any language"
    if models:
        return "tables" if _is_list(node) else "table"
    shapes = [node, *node.get("anyOf", ())]
    for shape in shapes:
        items = shape.get("items", shape) if shape.get("type") == "array" else shape
        listed = "list of " if items is not shape else ""
        if "enum" in items or "const" in items:
            words = items.get("enum", [items.get("const")])
            return listed + ", ".join(f"`{word}`" for word in words if word is not None)
        if items.get("type") in ("integer", "number"):
            return listed + _unit(key, of, whole=items["type"] == "integer")
        if items.get("type") == "boolean":
            return "`true`, `false`"
        if items.get("type") == "string":
            clock = ":" in str(items.get("pattern", "")) and "[0-5]" in str(items.get("pattern", ""))
            return listed + ("clock time" if clock else "text")
    return "list" if node.get("type") == "array" else "-"


def _is_list(node: Node) -> bool:
    return node.get("type") == "array" or any(each.get("type") == "array" for each in node.get("anyOf", ()))


def _unit(key: str, of: str, *, whole: bool) -> str:
    ends = [end for end in _UNITS if (key.endswith(end) if end.startswith("_") else key == end)]
    if ends:
        return _UNITS[max(ends, key=len)]
    return "how many" if whole and of not in ("Offer", "Budget") else _FIGURES.get(of, "figure")


def _default(node: Node) -> str:
    value = node.get("default")
    if value is None or value == []:
        return "none"
    if isinstance(value, dict):
        return _duration(value) or _duration(value.get("takes")) or "as in its table"
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return "; ".join(", ".join(f"{name} {figure:g}" for name, figure in each.items()) for each in value)
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, str):
        return f"`{value}`"
    return ", ".join(f"{each:g}" for each in value) if isinstance(value, list) else f"{value:g}"


def _duration(value: object) -> str | None:
    if not isinstance(value, dict) or "shape" not in value:
        return None
    if value["shape"] == "triangular":
        return " / ".join(f"{value[end]:g}" for end in ("min_min", "mode_min", "max_min"))
    return f"median {value['median_min']:g}, 95 % under {value['p95_min']:g}"


def unsourced() -> list[str]:
    """The keys whose default is a figure, and of which nothing says where it comes from."""
    schema = cast("Node", level_schema())
    parts = _parts(schema)
    found = []
    for path, _name, part in _tables("", "Level", schema, parts, set()):
        for key, node in part["properties"].items():
            figure = node.get("default")
            own = (
                _models(node)
                and isinstance(figure, dict)
                and _duration(figure) is None
                and _duration(figure.get("takes")) is None
            )
            if not figure or own or isinstance(figure, bool | str) or figure == []:
                continue
            if not _SOURCES.search(f"{node.get('description', '')} {part.get('description', '')}"):
                found.append(f"{path} {key}")
    return found


def written(guide: str) -> str:
    """The guide with the section as it is made now."""
    return re.sub(
        f"{re.escape(BEGIN)}.*{re.escape(END)}", lambda _: f"{BEGIN}\n{section()}\n{END}", guide, flags=re.DOTALL
    )


if __name__ == "__main__":
    GUIDE.write_text(written(GUIDE.read_text(encoding="utf-8")), encoding="utf-8")
