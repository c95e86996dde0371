"""What was decided on single lines of one article, and remembering it for the articles to come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from readaloud.config.own_rules import with_own_rules
from readaloud.config.readaloud_toml import RULES_NAME
from readaloud.config.run_options import Options
from readaloud.errors import ConfigError, msg
from readaloud.model import Text

if TYPE_CHECKING:
    from readaloud.sources.find import Place


def options_for(options: Options, place: Place | None) -> Options:
    """The options with the rules that the article at ``place`` has for itself.

    Raises:
        ConfigError: its file of rules is wrong.
    """
    if not isinstance(place, Path):
        return options
    editing = with_own_rules(options.editing, place)
    return (
        options if editing is options.editing else replace(options, rules=editing, keep=(), drop=())
    )


def check_one(names: Sequence[str | Text], options: Options) -> None:
    """Refuse numbers of lines where several articles are made.

    Raises:
        ConfigError: they would be meant for all of them.
    """
    if not (options.keep or options.drop):
        return
    only = names[0] if len(names) == 1 else None
    if only is None or (isinstance(only, str) and Path(only).is_dir()):
        raise ConfigError(
            msg("--keep and --drop name lines of one article, and there are several."),
            msg("Give one article, or write its lines into a file of rules beside it."),
        )


def remember(names: Sequence[str | Text], options: Options) -> tuple[str, int]:
    """Write the lines that are kept and dropped by number, as rules, for the articles to come.

    Returns:
        The file of rules, and how many were written.

    Raises:
        ConfigError: no lines are named, or one can't be a rule.
        InputError: the article can't be read.
        OutputError: the file can't be written.
    """
    from readaloud import editing
    from readaloud.editions.pipeline import find_files
    from readaloud.editions.remembered_rules import write_rules
    from readaloud.model import Outcome
    from readaloud.sources import readers
    from readaloud.sources.find import load_source

    if not (options.keep or options.drop):
        raise ConfigError(
            msg("--remember needs lines to remember."),
            msg("Name them with --keep or --drop, such as --drop 12,40-44."),
        )
    (place,) = find_files(names)
    if isinstance(place, Outcome):
        raise place.error or ConfigError(msg("It can't be read."))
    source = load_source(place, allow_private=options.allow_private)
    document = readers.read(source, options.reading_rules)
    rules = editing.rules_of(document, options.editing)
    path = Path(options.rules.file or RULES_NAME)
    write_rules(path, rules)
    return str(path), len(rules)
