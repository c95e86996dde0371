"""The language that a person is shown; reports, logs and JSON stay English."""

from __future__ import annotations

import gettext
import locale
import os
import re
import string
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from readaloud.cli.visible import visible, visible_lines
from readaloud.errors import ConfigError, Message, ReadaloudError, Several, msg

VARIABLE = "READALOUD_LANG"
FOLDER = Path(__file__).parent / "locale"
DOMAIN = "readaloud"
LANGUAGES = {"en": "", "zh-CN": "zh_CN", "zh-TW": "zh_TW"}
"""What ``--lang`` takes, and the catalogue of each; English needs none."""
_TRADITIONAL = re.compile(r"zh[-_](?:tw|hk|mo|hant)|chinese[ _(-]+traditional", re.IGNORECASE)
_CHINESE = re.compile(r"zh\b|zh_|chinese\b|chinese_", re.IGNORECASE)
_LOCALES = ("LC_ALL", "LC_MESSAGES", "LANG")
_SYSTEM = (
    msg("No such file or directory"),
    msg("Permission denied"),
    msg("Operation not permitted"),
    msg("Is a directory"),
    msg("Not a directory"),
    msg("File exists"),
    msg("File name too long"),
    msg("File too large"),
    msg("Invalid argument"),
    msg("Not a regular file"),
    msg("No space left on device"),
    msg("Disk quota exceeded"),
    msg("Read-only file system"),
    msg("Input/output error"),
    msg("Too many open files"),
    msg("Address already in use"),
    msg("Connection refused"),
    msg("Connection reset by peer"),
    msg("Network is unreachable"),
    msg("No route to host"),
    msg("Name or service not known"),
    msg("Temporary failure in name resolution"),
    msg("Broken pipe"),
)
"""What the system says most often; the rest is shown as it comes."""

_CLAUSES = msg("{clause}, {next}", clause="{clause}", next="{next}")
_NAMES = msg("{name}, {next}", name="{name}", next="{next}")
_catalogue: gettext.NullTranslations | None = None
"""None for English."""


def choose_language(asked: str | None = None, settings: Mapping[str, str] = os.environ) -> None:
    """Show from now on the language asked for, else that of ``READALOUD_LANG`` or the locale.

    Raises:
        ConfigError: what is asked for is no language of readaloud's.
    """
    name = settings.get(VARIABLE, "") if asked is None else asked
    use_catalogue(_named(name) if name else _guess(settings))


def use_catalogue(name: str) -> None:
    """Show the language of a catalogue; English where it is missing, or ``name`` is empty."""
    global _catalogue  # noqa: PLW0603 - a process speaks one language
    _catalogue = gettext.translation(DOMAIN, FOLDER, [name], fallback=True) if name else None
    _library_words.cache_clear()


def is_english() -> bool:
    """Whether nothing is translated."""
    return _catalogue is None


def take_language(words: Sequence[str]) -> tuple[list[str], str | None]:
    """The words of a command line without ``--lang``, wherever it stands, and what it asks for."""
    left, asked = list(words), None
    place = 0
    while place < len(left) and left[place] != "--":
        name, equals, value = left[place].partition("=")
        if name != "--lang" or (not equals and place + 1 == len(left)):
            place += 1
            continue
        asked = value if equals else left[place + 1]
        del left[place : place + (1 if equals else 2)]
    return left, asked


def shown(text: object) -> str:
    """A text as the person sees it: a message by its template, any other text by itself."""
    if isinstance(text, Several):
        return _listed(text)
    if isinstance(text, ReadaloudError):
        return _joined(shown(text.message), shown(text.remedy))
    if isinstance(text, Message):
        return _fill(_found(text.template), text.values)
    return visible_lines(_found(str(text)))


def shown_library_words(text: str) -> str:
    """What the library of the command line says, by the templates of its own words."""
    for pattern, template in () if _catalogue is None else _library_words():
        if match := pattern.fullmatch(text):
            words = {key: shown_library_words(value) for key, value in match.groupdict().items()}
            return _found(template).format(**words)
    return text


def _found(text: str) -> str:
    return _catalogue.gettext(text) if _catalogue is not None and text else text


def _fill(template: str, values: Mapping[str, object]) -> str:
    return (
        template.format(**{k: _shown_value(v) for k, v in values.items()})
        if values
        else visible_lines(template)
    )


def _shown_value(value: object) -> object:
    """Messages among the values are translated; texts of articles and files stay as they are.

    But for what would steer the terminal, or look like a line of ours.
    """
    if isinstance(value, Message | ReadaloudError | Several):
        return shown(value)
    return visible(value) if isinstance(value, str) else value


def _listed(items: Several) -> str:
    """Names by one comma, clauses by another, in a language that has two."""
    if _catalogue is None:
        return ", ".join(str(_shown_value(each)) for each in items)
    clauses = any(isinstance(each, Message) for each in items)
    pair = _CLAUSES if clauses else _NAMES
    told = [str(_shown_value(each)) for each in items]
    between = re.sub(r"\{\w+\}", "", _found(pair.template))
    return between.join(told)


def _joined(sentence: str, remedy: str) -> str:
    """Chinese sentences stand side by side."""
    gap = "" if sentence.endswith(("。", "！", "？")) else " "
    return f"{sentence}{gap}{remedy}" if remedy else sentence


def _named(name: str) -> str:
    for language, catalogue in LANGUAGES.items():
        if name.replace("_", "-").casefold() == language.casefold():
            return catalogue
    if name.casefold().startswith("zh"):
        return _catalogue_of(name)
    raise ConfigError(
        msg("“{name}” is not a language of readaloud's.", name=name),
        msg("Choose one of {languages}.", languages=Several(LANGUAGES)),
    )


def _guess(settings: Mapping[str, str]) -> str:
    """By the first variable that is set, as POSIX has it; else by what the system says."""
    told = next((settings[name] for name in _LOCALES if settings.get(name)), "")
    if not told and sys.platform in {"win32", "darwin"}:
        told = locale.getlocale()[0] or ""
    return _catalogue_of(told)


def _catalogue_of(name: str) -> str:
    if _TRADITIONAL.match(name):
        return "zh_TW"
    return "zh_CN" if _CHINESE.match(name) else ""


@cache
def _library_words() -> tuple[tuple[re.Pattern[str], str], ...]:
    from readaloud.cli.library_words import TEMPLATES

    return tuple((_pattern_of(template), template) for template in TEMPLATES)


def _pattern_of(template: str) -> re.Pattern[str]:
    """Finds the values of a template in a text that was made of it."""
    parts = (
        re.escape(text) + (f"(?P<{name}>.+?)" if name else "")
        for text, name, _, _ in string.Formatter().parse(template)
    )
    return re.compile("".join(parts), re.DOTALL)
