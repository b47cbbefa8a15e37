"""The catalogues of the languages: what the program says, what of it is translated, and `python tests/catalogues.py`, which
brings both `.po` and `.mo` files up to date with the code. New texts are then there, waiting for their translation.
"""

import io
import os
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from typer.core import TyperArgument, TyperGroup, TyperOption
from typer.main import get_command

from corridor_tui.cli import program
from corridor_tui.language import DOMAIN, LANGUAGES, LOCALE, OWN, Language

PACKAGE = LOCALE.parent
TRANSLATED = tuple(code for code in LANGUAGES if code != OWN)
_METHODS = [("**.py", "python"), ("**.html", "jinja2.ext:babel_extract")]
_KEYWORDS = {**DEFAULT_KEYWORDS, "NP_": ((1, "c"), 2)}


def source(language: Language) -> Path:
    """The file that translators write."""
    return LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def said(folder: Path = PACKAGE) -> Catalog:
    """Every text of the program, with the files that say it."""
    catalogue = Catalog(domain=DOMAIN)
    for file, _, message, comments, context in extract_from_dir(folder, _METHODS, keywords=_KEYWORDS):
        catalogue.add(message, None, [(f"corridor_tui/{file}", 0)], auto_comments=comments, context=context)
    for text in _helps():
        catalogue.add(text, None, [("corridor_tui/cli.py", 0)])
    return catalogue


def _helps() -> Iterator[str]:
    """What the commands say of themselves and of what they take: they are translated when the command line is read."""
    group = get_command(program())
    assert isinstance(group, TyperGroup)
    for command in (group, *group.commands.values()):
        yield from [command.help] if command.help else []
        yield from re.findall(r" # (.+)", command.epilog or "")
        for param in command.params:
            if isinstance(param, (TyperArgument, TyperOption)) and param.help:
                yield param.help


def read(language: Language) -> Catalog:
    """The catalogue of a language as it is written."""
    with source(language).open("rb") as file:
        return read_po(file, language, DOMAIN)


def updated(language: Language, texts: Catalog) -> Catalog:
    """The catalogue of a language with the texts that are said now, and no others."""
    catalogue = read(language)
    catalogue.update(texts, no_fuzzy_matching=True, update_header_comment=False, update_creation_date=False)
    catalogue.obsolete.clear()
    return catalogue


def written(catalogue: Catalog) -> bytes:
    """A catalogue as its file has it: without line numbers, which every change would move."""
    file = io.BytesIO()
    write_po(file, catalogue, width=120, sort_output=True, include_lineno=False, ignore_obsolete=True)
    return file.getvalue()


def compile_stale() -> None:
    """Compile what is older than its source, or not there."""
    for language in TRANSLATED:
        path = source(language)
        compiled = path.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime <= path.stat().st_mtime:
            compile_one(language)


def compile_one(language: Language) -> None:
    """Compile a catalogue; whoever reads meanwhile finds the old one or the new one."""
    path = source(language).with_suffix(".mo")
    new = path.with_suffix(f".{os.getpid()}")
    with new.open("wb") as file:
        write_mo(file, read(language))
    new.replace(path)


def untranslated(language: Language) -> Iterator[str]:
    """The texts of a language that nobody has translated yet."""
    for message in read(language):
        if message.id and not all(message.string if isinstance(message.string, tuple) else [message.string]):
            yield str(message.id)


def main() -> None:
    """Bring the catalogues up to date."""
    texts = said()
    for language in TRANSLATED:
        source(language).write_bytes(written(updated(language, texts)))
        compile_one(language)
        print(f"{language}: {len(list(untranslated(language)))} of {len(texts)} texts wait for a translation")


if __name__ == "__main__":
    main()
