"""Every way in which readaloud can fail, each with its exit code and what to do next.

The command line has the only handler. Exit codes: 2 wrong usage or configuration, 3 input,
4 voice or engine, 5 output, 6 a missing optional part, 130 stopped by the user.
"""

from __future__ import annotations

_MOST_BITS = 1000
"""Of a number that is shown whole; Python itself refuses to write one of 4,300 digits."""


class Several(tuple[object, ...]):
    """Things that a message lists; each language has a comma of its own."""

    __slots__ = ()

    def __str__(self) -> str:
        """As English lists them."""
        return ", ".join(map(str, self))

    def __format__(self, _: str) -> str:
        """In the place of a template."""
        return str(self)


class Message(str):
    """A sentence in English that can still be shown in another language.

    It is its own English text, in which ``values`` stand in their places of ``template``. Reports
    and logs take that text; what a person sees is translated by the template.
    """

    __slots__ = ("template", "values")
    template: str
    values: dict[str, object]

    def __new__(cls, template: str, values: dict[str, object] | None = None) -> Message:
        """``values`` by their names in ``template``, which is as ``str.format`` has it."""
        carried = {name: _carried(value) for name, value in (values or {}).items()}
        self = super().__new__(cls, _filled(template, values or {}, carried))
        self.template = template
        self.values = carried
        return self

    def __reduce__(self) -> tuple[type[Message], tuple[str, dict[str, object]]]:
        """Messages cross process boundaries whole."""
        return Message, (self.template, self.values)


def msg(template: str, /, **values: object) -> Message:
    """A message for people; whoever gathers what is to be translated finds its template by this."""
    return Message(template, values)


def msg_count(one: str, many: str, /, count: int, **values: object) -> Message:
    """The message of ``one`` thing or of ``many``, by ``count``, which both may name."""
    return Message(one if count == 1 else many, {"count": count, **values})


def system_reason(error: OSError) -> Message:
    """What the operating system says of a failure, in a few words without a full stop."""
    return Message(error.strerror or str(error) or type(error).__name__)


def _carried(value: object) -> object:
    """A value of a message, in a form that can cross process boundaries and be translated."""
    if isinstance(value, int) and value.bit_length() > _MOST_BITS:
        return f"{value:#x}"[:20] + "…"
    if isinstance(value, ReadaloudError | str | int | float | Several):
        return value
    if isinstance(value, Exception) and value.args and isinstance(value.args[0], Message):
        return value.args[0]
    try:
        return str(value)
    except (RecursionError, ValueError):  # a table within tables, a number within a list
        return f"({type(value).__name__})"


def _filled(template: str, values: dict[str, object], carried: dict[str, object]) -> str:
    """The English sentence, whatever the values are that strangers gave."""
    if not values:
        return template
    try:
        return template.format(**values)
    except (RecursionError, ValueError):
        return template.format(**carried)


def install_remedy(extra: str) -> Message:
    """What to do where an extra is not installed.

    It names no package of an index: ``readaloud`` there is a stranger's, and a fork has its own.
    """
    return msg(
        'Install the extra “{extra}”: pip install ".[{extra}]" in readaloud\'s folder.', extra=extra
    )


class ReadaloudError(Exception):
    """A failure with a sentence for the person who meets it and the next step to take."""

    exit_code = 1

    def __init__(self, message: str, remedy: str = "") -> None:
        """``message`` says what failed and where; ``remedy`` says what to do about it."""
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        """Both sentences on one line."""
        return f"{self.message} {self.remedy}".strip()

    def __reduce__(self) -> tuple[type[ReadaloudError], tuple[str, str]]:
        """Errors cross process boundaries whole."""
        return type(self), (self.message, self.remedy)


class ConfigError(ReadaloudError):
    """An option or a configuration file is wrong."""

    exit_code = 2


class VoiceNotFoundError(ReadaloudError):
    """No profile and no engine has a voice of this name."""

    exit_code = 2


class MissingDependencyError(ReadaloudError):
    """An optional part is not installed; the message names the extra that brings it."""

    exit_code = 6


class InputError(ReadaloudError):
    """The source can't be turned into an article."""

    exit_code = 3


class UnsupportedFormatError(InputError):
    """No reader knows this kind of file."""


class UnreadableSourceError(InputError):
    """The source is missing, forbidden, broken, or not text in any known encoding."""


class EmptyArticleError(InputError):
    """Nothing is left to speak."""


class EngineError(ReadaloudError):
    """A voice could not speak an utterance."""

    exit_code = 4


class EngineUnavailableError(EngineError):
    """The engine failed in a way that may pass; the only error that is retried."""


class ServiceDownError(EngineError):
    """An online service failed so often that the run was stopped early."""


class UtteranceTooLongError(EngineError):
    """The utterance is over the engine's limit. Engines raise this; they never shorten."""


class NoAudioError(EngineError):
    """The engine answered without audio."""


class IncompleteAudioError(EngineUnavailableError):
    """The audio is shorter than its text or its own bytes say; asking again may help."""


class TimeOverError(ReadaloudError):
    """A deadline came first; what is left waits for the next run."""


class OutputError(ReadaloudError):
    """A result can't be written."""

    exit_code = 5
