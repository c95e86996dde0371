"""Options of a run: defaults, then ``readaloud.toml``, then flags; validated when built."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import partial
from pathlib import Path
from typing import Any, get_args

from readaloud.config.line_numbers import parse_lines
from readaloud.config.programme import Programme
from readaloud.config.readaloud_toml import read_settings
from readaloud.config.toml_tables import brief
from readaloud.errors import ConfigError, Message, Several, msg
from readaloud.files.outside import read_outside
from readaloud.files.pictures import picture_kind
from readaloud.model import (
    AltText,
    Code,
    EditingRules,
    Label,
    LabelMode,
    Lines,
    Prosody,
    ReadingRules,
    Voice,
)

DEFAULT_VOICE = "xiaoxiao"
DEFAULT_FORMATS = ("mp3", "json")


@dataclass(frozen=True, slots=True)
class Options:
    """How editions are made. None means: as the voice profile or the machine says."""

    voice: str = DEFAULT_VOICE
    rate: float | None = None
    pitch_hz: int | None = None
    volume_percent: int | None = None
    out: Path = Path("output")
    formats: tuple[str, ...] = DEFAULT_FORMATS
    jobs: int | None = None
    voices_dir: Path | None = None
    cache_dir: Path | None = None
    cache_max_gb: float = 4.0
    """How large the clips kept may grow together, in units of 10^9 bytes; what is in use stays."""
    cover: Path | None = None
    album: str = ""
    """The series that players show the editions under; else that of the feed, the bulletin or the
    folder."""
    lexicon: Path | None = None
    rebuild: bool = False
    """Make editions anew that are there already; kept clips are used all the same."""
    fallback: str | None = None
    """The voice that makes an edition when the online service of ``voice`` is down."""
    cluster: str | None = None
    """The address of a Dask scheduler whose workers speak; ``jobs`` says nothing then."""
    rules: EditingRules = EditingRules()
    keep: Lines = ()
    """Lines of the one article that are spoken, by the numbers that ``plan --explain`` shows."""
    drop: Lines = ()
    """Likewise, lines that are not."""
    alt_text: AltText = "short"
    """How much is said of the alternative texts of pictures."""
    code: Code = "skip"
    """What becomes of program code: announced, or read out."""
    label: LabelMode | None = None
    """By which rules editions are marked as synthetic speech; else as ``[label]`` says."""
    label_table: Label = Label()
    """The mark as ``readaloud.toml`` has it."""
    reading: ReadingRules = ReadingRules()
    programme: Programme = Programme()
    """What a bulletin says in its own words, and its sections."""
    allow_private: bool = False
    """Whether addresses of articles may lead into the own network."""
    engine_options: tuple[tuple[str, str], ...] = ()
    """Options of the voice's engine, by name; they go before those of ``engines``."""
    engines: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    """The same by engine, as ``readaloud.toml`` has them."""

    def __post_init__(self) -> None:
        """Refuse what can't work before any work is done.

        Raises:
            ConfigError: a value is out of its range.
        """
        _within("rate", self.rate, 0.5, 2.0)
        _within("pitch", self.pitch_hz, -100, 100)
        _within("volume", self.volume_percent, -100, 100)
        _within("jobs", self.jobs, 1, 256)
        _within("[cache] max_gb", self.cache_max_gb, 0, 1_000_000)
        if not self.formats:
            raise ConfigError(msg("No format is given."), msg("Give some, such as mp3,json."))
        told = msg("alt_text is {value!r}.", value=self.alt_text)
        _one_of(self.alt_text, get_args(AltText), told)
        _one_of(self.code, get_args(Code), msg("code is {value!r}.", value=self.code))
        _one_of(self.mark.mode, get_args(LabelMode), msg("label is {value!r}.", value=self.label))
        if self.mark.mode == "eu":
            _check_signer(self.mark)
        if self.cover is not None:
            _check_cover(self.cover)

    @property
    def editing(self) -> EditingRules:
        """What the settings and the flags say about editing."""
        keep, drop = (*self.rules.keep_lines, *self.keep), (*self.rules.drop_lines, *self.drop)
        return replace(self.rules, alt_text=self.alt_text, keep_lines=keep, drop_lines=drop)

    @property
    def mark(self) -> Label:
        """How editions say that their speech is synthetic."""
        return replace(self.label_table, mode=self.label or self.label_table.mode)

    @property
    def reading_rules(self) -> ReadingRules:
        """What the settings and the flags say about reading."""
        return replace(self.reading, code=self.code)

    def apply_to(self, voice: Voice) -> Voice:
        """The voice with this run's prosody in place of the profile's."""
        own = voice.prosody
        prosody = Prosody(
            rate=own.rate if self.rate is None else self.rate,
            pitch_hz=own.pitch_hz if self.pitch_hz is None else self.pitch_hz,
            volume_percent=own.volume_percent
            if self.volume_percent is None
            else self.volume_percent,
        )
        return replace(voice, prosody=prosody)


def make_options(flags: Mapping[str, Any], config: Path | None = None) -> Options:
    """Merge defaults, the configuration file and flags (None means: not given).

    ``config`` names the file; without it ``readaloud.toml`` of the working folder is used where
    there is one.

    Raises:
        ConfigError: an unknown key, a wrong type, a value out of range, or broken TOML.
    """
    settings = read_settings(config)
    given = {key: value for key, value in flags.items() if value is not None}
    tables = {
        "rules": settings.rules,
        "reading": settings.reading,
        "engines": settings.engines,
        "programme": settings.programme,
        "label_table": settings.label,
    }
    album = _text(settings.feed.values.get("title"))
    return from_mapping({"album": album, **settings.build, **tables, **given})


def from_mapping(values: Mapping[str, Any]) -> Options:
    """Options from names and values in any of the forms that flags and TOML know.

    Raises:
        ConfigError: an unknown key, a wrong type, or a value out of range.
    """
    known = {field.name for field in fields(Options)}
    unknown = sorted(set(values) - known)
    if unknown:
        raise ConfigError(
            msg("There is no option {unknown!r}.", unknown=unknown[0]),
            msg("The options are {listed}.", listed=Several(sorted(known))),
        )
    converted: dict[str, Any] = {key: _convert(key, value) for key, value in values.items()}
    return Options(**converted)


def _convert(key: str, value: object) -> object:
    """Bring a value from TOML or a flag to the option's own type."""
    try:
        return _CONVERTERS.get(key, str)(value)
    except (OverflowError, TypeError, ValueError) as error:
        raise ConfigError(
            msg("{key}: {value} can't be understood.", key=key, value=brief(value)),
            msg("See readaloud build --help."),
        ) from error


def parse_rate(value: object) -> float:
    """A rate: a factor (1.1) or, as in edge-tts, a signed percentage (+10%).

    Raises:
        ValueError: neither.
    """
    if isinstance(value, bool):
        raise ValueError(value)
    if isinstance(value, str) and (match := re.fullmatch(r"([+-]\d{1,3})%", value.strip())):
        return 1 + int(match[1]) / 100
    return float(value)  # type: ignore[arg-type]


def parse_offset(value: object) -> int:
    """A signed whole number with or without its unit: +10, +10%, -5Hz.

    Raises:
        ValueError: anything else.
    """
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    match = re.fullmatch(r"([+-]?\d{1,3})(?:%|Hz)?", str(value).strip())
    if match is None:
        raise ValueError(value)
    return int(match[1])


def _whole(value: object) -> int:
    number = int(value)  # type: ignore[call-overload]
    if isinstance(value, bool) or number != float(value):  # type: ignore[arg-type]
        raise ValueError(value)
    return int(number)


def _number(value: object) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise ValueError(value)
    return float(value)


def _yes_or_no(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError(value)
    return value


def _formats(value: Any) -> tuple[str, ...]:
    """Names by comma or in a list, each once."""
    listed = value.split(",") if isinstance(value, str) else list(value)
    names = (str(name).strip().casefold() for name in listed)
    return tuple(dict.fromkeys(name for name in names if name))


def _pairs(value: Any) -> tuple[tuple[str, str], ...]:
    """Each ``name=value`` in its two parts."""
    parted = [text.partition("=") for text in value]
    if not all(name.strip() and equals for name, equals, _ in parted):
        raise ValueError(value)
    return tuple((name.strip(), said.strip()) for name, _, said in parted)


def _path(value: object) -> Path:
    if not isinstance(value, str | Path) or not str(value).strip():
        raise ValueError(value)
    return Path(value)


def _check_cover(path: Path) -> None:
    try:
        data = read_outside(path)
    except OSError as error:
        raise ConfigError(
            msg("There is no cover image {path}.", path=path), msg("Check --cover.")
        ) from error
    if picture_kind(data) is None:
        raise ConfigError(
            msg("The cover {path} is no JPEG, PNG or WebP.", path=path),
            msg("Convert it to one of them."),
        )


def _check_signer(label: Label) -> None:
    """Content credentials are signed, and only the user has a name to sign with."""
    if label.certificate is None or label.key is None:
        raise ConfigError(
            msg("The label eu signs each file, and has no certificate to sign with."),
            msg("Name certificate and key in [label] of readaloud.toml."),
        )


def _one_of(value: str, known: Sequence[str], told: Message) -> None:
    if value not in known:
        raise ConfigError(told, msg("Choose one of {listed}.", listed=Several(known)))


def _within(name: str, value: float | None, low: float, high: float) -> None:
    if value is not None and not low <= value <= high:
        raise ConfigError(
            msg(
                "{name} is {value}; it must be between {low:g} and {high:g}.",
                name=name,
                value=_brief_number(value),
                low=low,
                high=high,
            )
        )


def _brief_number(value: float) -> str:
    """A number may be whole and of hundreds of digits."""
    try:
        return f"{value:g}"
    except OverflowError:
        return msg("very large")


def _text(value: object) -> str:
    """A text as it is; anything else is none, and the feed says what is wrong with it."""
    return value if isinstance(value, str) else ""


def _as_it_is(value: object) -> object:
    return value


_CONVERTERS: dict[str, Callable[[Any], object]] = {
    "rate": parse_rate,
    "pitch_hz": parse_offset,
    "volume_percent": parse_offset,
    "formats": _formats,
    "engine_options": _pairs,
    **dict.fromkeys(("out", "voices_dir", "cache_dir", "cover", "lexicon"), _path),
    "jobs": _whole,
    "cache_max_gb": _number,
    **dict.fromkeys(("rebuild", "allow_private"), _yes_or_no),
    "keep": partial(parse_lines, where="--keep: "),
    "drop": partial(parse_lines, where="--drop: "),
    **dict.fromkeys(("rules", "reading", "engines", "programme", "label_table"), _as_it_is),
}
"""By option; what is not here is a text."""
