"""`corridor new`: a level file to begin with."""

import json
import shlex
from pathlib import Path
from typing import Annotated

import typer

from corridor_tui.cli_common import Levels, fail, writing
from corridor_tui.language import _


def new(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="the level file to write, such as my-level.toml")],
    like: Annotated[
        str | None, typer.Option("--like", metavar="LEVEL", help="begin with a copy of this level instead")
    ] = None,
    title: Annotated[str | None, typer.Option("--title", help="default: made of the file's name")] = None,
    levels: Levels = None,
) -> None:
    """Write a level file to begin with. A small one that can be checked and played, or a copy of another.

    Beside it lies the schema, by which an editor completes and explains the keys. No file is written over.
    """
    from corridor_tui.instructor.scaffold import ScaffoldError, check_names, from_guide
    from corridor_tui.instructor.scaffold import like as like_level
    from corridor_tui.level.errors import plain
    from corridor_tui.level.schema import level_schema
    from corridor_tui.level.shelf import NoLevelError, find

    name = file.stem
    if file.suffix != ".toml":
        fail(_("a level file ends with .toml: {file}", file=plain(f"{file}.toml")))
    if file.exists():
        fail(_("{file} is there already: name another file", file=plain(str(file))))
    told = name.replace("-", " ").capitalize() if title is None else title
    try:
        check_names(name, told)
        text = from_guide(name, told) if like is None else like_level(find(like, levels), name, told)
    except (NoLevelError, ScaffoldError) as error:
        fail(str(error))
    with writing(file) as out:
        out.write(text)
    schema = file.with_name("level.schema.json")
    if not schema.exists():
        with writing(schema) as out:
            out.write(json.dumps(level_schema(), indent=2) + "\n")
    typed = shlex.quote(plain(str(file)))
    typer.echo(_("written: {file}", file=plain(str(file))))
    typer.echo(_("check it with: {command}", command=f"corridor check {typed}"))
    typer.echo(_("play it with: {command}", command=f"corridor play {typed}"))
