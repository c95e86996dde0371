"""``readaloud voices``: the voices there are, samples of them, and their preparation."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from readaloud.cli.flags import (
    Json,
    Out,
    VoicesDir,
)
from readaloud.cli.terminal import is_plain, open_console, print_json, say, tell, tell_fields
from readaloud.cli.translation import shown
from readaloud.errors import Message, msg

if TYPE_CHECKING:
    from readaloud.model import Voice

_COLUMNS = (
    msg("voice"),
    msg("engine"),
    msg("locale"),
    msg("gender"),
    msg("rate"),
    msg("description"),
)
_GENDERS: dict[str, Message] = {"female": msg("female"), "male": msg("male")}


def voices(
    name: Annotated[
        str | None,
        typer.Argument(help="A voice. Without it, all. The word prepare gets them ready for use."),
    ] = None,
    sample: Annotated[bool, typer.Option("--sample", help="Write a short sample.")] = False,
    online: Annotated[
        bool, typer.Option("--online", help="Ask the online service which voices it has.")
    ] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", help="Also show how each engine runs on this computer.")
    ] = False,
    out: Out = None,
    voices_dir: VoicesDir = None,
    json: Json = False,
) -> None:
    """List the voices, write a sample of one, or get them ready for use."""
    from readaloud.cli import progress
    from readaloud.config.run_options import make_options
    from readaloud.config.voices import broken_profiles, find_voice, load_voices
    from readaloud.editions import plan as preview
    from readaloud.editions.sample import write_sample

    if online:
        show_voices(preview.online_voices(progress.NoticesOnly()), json=json)
        return
    if name == "prepare":
        preview.prepare_engines(progress.NoticesOnly())
        show_engines(list(load_voices(voices_dir).values()), json=json)
        return
    chosen = [find_voice(name, voices_dir)] if name else list(load_voices(voices_dir).values())
    for error in [] if name else broken_profiles(voices_dir):
        say(msg("Error: {error}", error=error))
    if not sample:
        show_voices(chosen, json=json)
        if verbose:
            show_engines(chosen, json=json)
        return
    for each in chosen:
        options = make_options({"voice": each.name, "out": out, "voices_dir": voices_dir})
        tell(str(write_sample(options)))


def show_voices(voices: Sequence[Voice], *, json: bool) -> None:
    """Print the voices as a table, or one JSON object a line."""
    if json:
        for voice in voices:
            print_json(
                {
                    "name": voice.name,
                    "engine": voice.engine,
                    "engine_voice": voice.engine_voice,
                    "locale": voice.locale,
                    "gender": voice.gender,
                    "rate": voice.prosody.rate,
                    "description": voice.description,
                }
            )
        return
    if is_plain(sys.stdout):
        for voice in voices:
            tell_fields(_fields(voice))
            tell("")
        return
    from rich.table import Table

    table = Table(*map(shown, _COLUMNS), box=None)
    for voice in voices:
        table.add_row(*_fields(voice).values())
    open_console().print(table)


def _fields(voice: Voice) -> dict[str, str]:
    """What a person is told of a voice, by name."""
    rate, gender = f"{voice.prosody.rate:g}", shown(_GENDERS.get(voice.gender, ""))
    described = shown(voice.description)
    values = (voice.name, voice.engine, voice.locale, gender, rate, described)
    return dict(zip(_COLUMNS, values, strict=True))


def show_engines(voices: Sequence[Voice], *, json: bool) -> None:
    """Print how the voices' engines run on this machine, a line or a JSON object each."""
    from readaloud.editions.plan import describe_engines

    for name, line in describe_engines(voices):
        if json:
            print_json({"engine": name, "runs": line})
        else:
            tell(msg("{engine}: {line}", engine=name, line=line))
