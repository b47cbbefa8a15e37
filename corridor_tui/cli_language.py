"""`--lang`, which every command takes: the language of the program, and of its help."""

import os
import sys
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Annotated, Any

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from corridor_tui.cli_words import error_in_words, help_in_words
from corridor_tui.config import config_path, language_of
from corridor_tui.language import N_, Language, _, is_language, of_locale, speaking, unknown_language

FLAG = "--lang"


def _known(value: str | None) -> str | None:
    if value is not None and not is_language(value):
        raise typer.BadParameter(unknown_language(value))
    return value


Lang = Annotated[
    str | None,
    typer.Option(
        FLAG,
        metavar="LANGUAGE",
        callback=_known,
        is_eager=True,
        help=N_("speak another language: en, ru, kk or zh; default: what the config file or the locale says"),
    ),
]


def chosen(words: Sequence[str], environment: Mapping[str, str]) -> tuple[Language, str]:
    """The language to speak, and what says so: the command line, the config file, or a variable of the locale (none: empty)."""
    given = [second if first == FLAG else second.removeprefix(f"{FLAG}=") for first, second in pairwise(("", *words))
             if first == FLAG or second.startswith(f"{FLAG}=")]  # fmt: skip
    for word in reversed(given):
        if is_language(word):
            return word, FLAG
    if configured := language_of(config_path()):
        return configured, "config.toml"
    return of_locale(environment)


def _examples(commands: str) -> str:
    """What stands below a help: commands to copy, each on a line, with a remark of its own behind a `#`."""
    parts = [line.partition(" # ") for line in commands.splitlines()]
    if len(parts) == 1:
        return _("Example:  {command}", command=commands)
    wide = max((len(command) for command, _sign, remark in parts if remark), default=0)
    lines = [f"  {command:{wide}}{sign}{remark and _(remark)}".rstrip() for command, sign, remark in parts]
    return "\n".join(["\b", _("Examples:"), *lines])


class OneCommand(TyperCommand):
    """A command whose help and usage are in the language that is spoken."""

    def get_help(self, ctx: Any) -> str:
        """Its help."""
        return help_in_words(super().get_help(ctx))

    def get_usage(self, ctx: Any) -> str:
        """How it is used, in a line."""
        return help_in_words(super().get_usage(ctx))


def _tell(error: typer.TyperException) -> None:
    """Say what is wrong with the command line, how the command is used, and where its help is."""
    context = getattr(error, "ctx", None)
    if context is not None:
        typer.echo(context.get_usage(), err=True)
        command, option = context.command_path, context.help_option_names[0]
        typer.echo(_("Try '{command} {option}' for help.", command=command, option=option), err=True)
        typer.echo(err=True)
    typer.echo(_("Error: {what}", what=error_in_words(error.format_message())), err=True)


class Program(TyperGroup):
    """The commands, in the language that is asked for: it is chosen before anything is read or said."""

    def main(self, args: Sequence[str] | None = None, *rest: Any, **named: Any) -> Any:
        """Choose the language, then do what the command line asks; what the language comes from is the object of its context."""
        words = sys.argv[1:] if args is None else list(args)
        language, because = chosen(words, os.environ)
        lang = next(param for param in self.params if param.name == "lang")
        lang.expose_value = False
        params = list(self.params)
        with speaking(language):
            for command in self.commands.values():
                params += command.params
                command.params.append(lang)
            for command in (self, *self.commands.values()):
                command.help = command.help and _(command.help)
                command.epilog = command.epilog and _examples(command.epilog)
            for param in params:
                if isinstance(param, (TyperArgument, TyperOption)):
                    param.help = param.help and _(param.help)
            try:
                code = super().main(words, *rest, obj=because, **{**named, "standalone_mode": False})
            except typer.TyperException as error:
                _tell(error)
                sys.exit(error.exit_code)
            except typer.Abort:
                typer.echo(_("Aborted!"), err=True)
                sys.exit(1)
            sys.exit(code or 0)

    def get_help(self, ctx: Any) -> str:
        """Its help."""
        return help_in_words(super().get_help(ctx))

    def get_usage(self, ctx: Any) -> str:
        """How it is used, in a line."""
        return help_in_words(super().get_usage(ctx))
