"""What all commands have in common, and the help of the program as a whole."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import suppress
from copy import copy
from typing import Any, NoReturn

from typer.core import TyperCommand, TyperGroup, TyperOption

from readaloud.cli import translation
from readaloud.cli.failures import failures_told
from readaloud.cli.help_page import HelpContext, UsageError, show_usage_error
from readaloud.cli.translation import shown
from readaloud.errors import ConfigError, ReadaloudError, msg

EXAMPLES = (
    ("readaloud build news.txt", msg("An MP3 with chapters, and its report, in output.")),
    ("readaloud build news/ -f mp3,epub,json", msg("An edition of each article of a folder.")),
    ("readaloud build a.md b.md --bulletin 早安", msg("One edition of both.")),
    ("readaloud plan news.txt", msg("What would be spoken, and what left out.")),
    ("readaloud check output", msg("Check finished editions against their reports.")),
)


class Program(TyperGroup):
    """All commands; ``--lang`` may stand before or behind the name of one.

    Whatever fails in a command, or in its help, ends in a line and an exit code.
    """

    context_class = HelpContext

    def main(  # type: ignore[override]
        self, args: Sequence[str] | None = None, prog_name: str | None = None, **settings: Any
    ) -> NoReturn:
        """Choose the language, run a command, and end with its exit code."""
        words, asked = translation.take_language(sys.argv[1:] if args is None else args)
        settings["standalone_mode"] = False
        with failures_told():
            translation.choose_language(asked)
        try:
            code = super().main(words, prog_name, **settings)
        except UsageError as error:
            show_usage_error(error)
            code = error.exit_code
        sys.exit(code)

    def make_context(self, *args: Any, **settings: Any) -> Any:
        """Read the program's own options, and print its help."""
        with failures_told():
            return super().make_context(*args, **settings)

    def invoke(self, ctx: Any) -> Any:
        """Run a command, or print its help."""
        with failures_told():
            return super().invoke(ctx)

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        """Write examples, formats and the voices' count above the exit codes."""
        with formatter.section(msg("Examples")):
            formatter.write_dl(EXAMPLES)
        with suppress(ReadaloudError):  # somebody else's format or profile is broken
            from readaloud.config.voices import load_voices
            from readaloud.formats import FORMATS

            names = ", ".join(each.name for each in FORMATS.all())
            with formatter.section(msg("Formats")):
                formatter.write_text(names)
            with formatter.section(msg("Voices")):
                told = msg(
                    "{count}, and what the online service has: readaloud voices",
                    count=len(load_voices()),
                )
                formatter.write_text(told)
        super().format_epilog(ctx, formatter)


_PATHS = frozenset({"path", "file", "directory"})
_NAMES = frozenset({"sources", "files"})
"""Arguments that name files, which may have names that are no text."""


def _read_with_care(param: Any) -> None:
    """Let an option refuse an empty path (a variable that was not set), and take text for text.

    The bytes of a command line that are no text would stand in titles, and stop what writes them.
    """
    convert, is_path = param.type.convert, param.type.name in _PATHS

    def read(value: Any, which: Any, ctx: Any) -> Any:
        if is_path and value == "":
            raise ConfigError(
                msg("{name} is empty.", name=(which or param).opts[0]),
                msg("Name a file or a folder."),
            )
        if not is_path and isinstance(value, str) and param.name not in _NAMES:
            value = value.encode(errors="replace").decode()
        return convert(value, which, ctx)

    param.type = copy(param.type)  # all texts share one
    param.type.convert = read


class Command(TyperCommand):
    """A command; it takes ``--plain``, as the program itself does."""

    context_class = HelpContext

    def __init__(self, *args: Any, params: list[Any] | None = None, **settings: Any) -> None:
        plain = TyperOption(
            param_decls=["--plain"],
            is_flag=True,
            default=False,
            expose_value=False,
            callback=_be_plain,
            help=PLAIN_HELP,
        )
        super().__init__(*args, params=[*(params or ()), plain], **settings)
        for param in self.params:
            _read_with_care(param)

    def get_short_help_str(self, _: int = 45) -> str:
        """What stands beside its name in the list of commands, whole."""
        return shown(self.help or "")


PLAIN_HELP = "Lines of text alone, for screen readers and logs: no bars, tables or colours."


def _be_plain(_: Any, __: Any, value: bool) -> None:
    from readaloud.cli.terminal import be_plain

    if value:
        be_plain(True)
