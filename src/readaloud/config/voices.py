"""Voice profiles: one TOML file a voice, the user's own before those that come with readaloud."""

from __future__ import annotations

import difflib
import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Literal

from readaloud.config.toml_tables import Ranges, read_toml
from readaloud.errors import ConfigError, Several, VoiceNotFoundError, msg, system_reason
from readaloud.files.outside import read_outside
from readaloud.model import Pacing, TextScript, Voice

_LONGEST_PAUSE_MS = 10_000
_RANGES: Ranges = {
    "rate": (0.5, 2.0),
    "pitch_hz": (-100, 100),
    "volume_percent": (-100, 100),
    **{pause.name: (0, _LONGEST_PAUSE_MS) for pause in fields(Pacing)},
}
_UNWRITTEN = {"secrets": (), "style_file": "", "style_sha256": ""}
"""What no profile states."""
_ONLINE = re.compile(
    r"(?P<locale>[a-z]{2,3}-[a-z]{2,4}(?:-[a-z]+)?)-(?P<speaker>\w+Neural)", re.IGNORECASE
)
_SCRIPTS: dict[str, TextScript] = {"zh-TW": "taiwan", "zh-HK": "hongkong"}


def voice_folders(own: Path | None = None) -> list[Path]:
    """Folders of profiles that exist, first the one asked for, then the user's, then ours.

    Raises:
        ConfigError: the folder asked for does not exist.
    """
    import platformdirs

    if own is not None and not own.is_dir():
        raise ConfigError(
            msg("There is no voice folder {own}.", own=own), msg("Check --voices-dir.")
        )
    users = platformdirs.user_config_path("readaloud") / "voices"
    ours = (own, users) if own else (users,)
    return [*(folder for folder in ours if folder.is_dir()), *_shipped_folders()]


def _shipped_folders() -> list[Path]:
    package = Path(__file__).parents[1]
    shipped = (package / "_voices", package.parents[1] / "voices")
    return [folder for folder in shipped if folder.is_dir()]


def load_voices(own: Path | None = None) -> dict[str, Voice]:
    """All sound profiles by name; an earlier folder's hides one of the same name in a later one.

    Raises:
        ConfigError: the folder asked for does not exist.
    """
    return _load(own)[0]


def broken_profiles(own: Path | None = None) -> list[ConfigError]:
    """What is wrong with the profiles that can't be used; each error names file and key."""
    return _load(own)[1]


def _load(own: Path | None) -> tuple[dict[str, Voice], list[ConfigError]]:
    voices: dict[str, Voice] = {}
    errors: list[ConfigError] = []
    folders = voice_folders(own)
    for folder in folders:
        for path in sorted(folder.glob("*.toml")):
            try:
                voice = _with_style(read_profile(path), [folder, *folders])
            except ConfigError as error:
                errors.append(error)
            else:
                voices.setdefault(voice.name, voice)
    return voices, errors


def find_voice(name: str, own: Path | None = None) -> Voice:
    """The voice of that name, or whose engine knows it by that name, in any case.

    A name of Microsoft's (zh-TW-HsiaoChenNeural) needs no profile.

    Raises:
        VoiceNotFoundError: there is none; the remedy lists near names.
        ConfigError: a profile is wrong.
    """
    voices, errors = _load(own)
    wanted = name.casefold()
    for voice in voices.values():
        if wanted in {voice.name.casefold(), voice.engine_voice.casefold()}:
            return voice
    if online := online_voice(name):
        return online
    if errors:  # one of them may be the voice that is meant
        raise errors[0]
    near = difflib.get_close_matches(wanted, voices, n=3, cutoff=0.4)
    remedy = msg("List the voices with: readaloud voices.")
    if near:
        remedy = msg(
            "Did you mean {near}? List the voices with: readaloud voices.", near=Several(near)
        )
    raise VoiceNotFoundError(msg("There is no voice “{name}”.", name=name), remedy)


def online_voice(name: str, gender: Literal["female", "male", ""] = "") -> Voice | None:
    """A voice for a name of Microsoft's; None where the name has another form.

    The script is that of the voice's region: Traditional in its Taiwan or Hong Kong form for those.
    """
    match = _ONLINE.fullmatch(name)
    if match is None:
        return None
    language, region, *parts = match["locale"].split("-")
    locale = "-".join((language.lower(), region.upper(), *parts))
    script = _SCRIPTS.get(locale, "simplified")
    own = f"{locale}-{match['speaker']}"
    return Voice(own, "edge", own, locale, gender, script)


def find_style(voice: Voice) -> Path:
    """The file of an embedded voice's style vectors: its own, or one that comes with readaloud.

    Raises:
        VoiceNotFoundError: it is not there.
    """
    own = Path(voice.style_file) if voice.style_file else None
    path = own if own and own.is_file() else None
    if own is None:
        path = _find_style(voice.engine_voice, _shipped_folders())
    if path is None:
        raise VoiceNotFoundError(
            msg("The style file of “{name}” is missing.", name=voice.engine_voice),
            msg("Put {file} beside the voice's profile.", file=own or f"{voice.engine_voice}.bin"),
        )
    return path


def _find_style(engine_voice: str, folders: Iterable[Path]) -> Path | None:
    if not re.fullmatch(r"\w+", engine_voice):
        return None
    paths = (folder / f"{engine_voice}.bin" for folder in folders)
    return next((path for path in paths if path.is_file()), None)


def _with_style(voice: Voice, folders: Sequence[Path]) -> Voice:
    """The voice with the style vectors that stand beside its profile, or in another folder.

    Ours have none of their own: every process finds them, and their clips keep their keys.
    """
    path = _find_style(voice.engine_voice, folders)
    shipped = _shipped_folders()
    if path is None or path.resolve().parent in [folder.resolve() for folder in shipped]:
        return voice
    try:
        data = read_outside(path)
        ours = _find_style(voice.engine_voice, shipped)
        if ours is not None and ours.read_bytes() == data:  # a copy, as in a checkout's voices
            return voice
    except OSError as error:
        raise ConfigError(
            msg("{path} can't be read: {reason}.", path=path, reason=system_reason(error)),
            msg("Check that you may read it."),
        ) from error
    digest = hashlib.sha256(data).hexdigest()
    return replace(voice, style_file=str(path.resolve()), style_sha256=digest)


def read_profile(path: Path) -> Voice:
    """A profile from its file.

    Raises:
        ConfigError: broken TOML, an unknown key, a wrong type, or a value out of range.
    """
    table = read_toml(path, msg("Correct the profile."))
    own = tuple(table.table("options").scalars().items())
    told = {key: value for key, value in table.values.items() if key != "options"}
    named = replace(table, values={"name": path.stem, **told})
    return named.make(Voice, _RANGES, options=own, **_UNWRITTEN)
