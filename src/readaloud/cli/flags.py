"""Arguments and flags that several commands take."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def complete_voice(begun: str) -> list[str]:
    """The names of voices that begin so."""
    from readaloud.config.voices import load_voices

    return sorted(name for name in load_voices() if name.startswith(begun))


def complete_formats(begun: str) -> list[str]:
    """Formats by comma: what may stand behind the last of them."""
    from readaloud.formats import FORMATS

    before, comma, last = begun.rpartition(",")
    names = [each.name for each in FORMATS.all() if each.name.startswith(last)]
    return sorted(f"{before}{comma}{name}" for name in names)


Sources = Annotated[
    list[str],
    typer.Argument(help="Articles to read: files, web addresses, folders; - is standard input."),
]
Called = Annotated[
    str | None,
    typer.Option(
        "--name",
        help="A name for standard input: news, news.md, page.html. Without it, the last part of "
        "--url, or stdin.",
    ),
]
TypeOfInput = Annotated[
    str | None,
    typer.Option("--type", help="What standard input is: text, markdown or html."),
]
AddressOfInput = Annotated[
    str | None,
    typer.Option(
        "--url", help="Where on the web standard input stands: for rules of sites, and as a link."
    ),
]
AllowPrivate = Annotated[
    bool, typer.Option("--allow-private", help="Also fetch addresses inside your own network.")
]
VoiceName = Annotated[
    str | None,
    typer.Option(
        "--voice",
        "-v",
        help="The voice. To see them all: readaloud voices.",
        autocompletion=complete_voice,
    ),
]
Rate = Annotated[str | None, typer.Option(help="Speed: 1.1 or +10%.")]
Pitch = Annotated[str | None, typer.Option(help="Pitch, for voices that can change it: +5Hz.")]
Volume = Annotated[str | None, typer.Option(help="Loudness of the voice before mastering: -10%.")]
VoicesDir = Annotated[Path | None, typer.Option(help="A folder with your own voice profiles.")]
LexiconFile = Annotated[
    Path | None, typer.Option("--lexicon", help="A file of words and how to say them.")
]
AltText = Annotated[
    str | None,
    typer.Option("--alt-text", help="How much to say about pictures: off, short or full."),
]
CodeFlag = Annotated[
    str | None,
    typer.Option("--code", help="What to do with program code: skip (announce it) or read."),
]
LabelFlag = Annotated[
    str | None,
    typer.Option(
        "--label",
        help="Mark editions as synthetic speech, by the rules of China or the EU: cn, eu or off.",
    ),
]
Config = Annotated[
    Path | None, typer.Option(help="A file of settings. Without it, ./readaloud.toml.")
]
EngineOptions = Annotated[
    list[str] | None,
    typer.Option(
        "--engine-option", help="An option of the voice's engine: NAME=VALUE. May be repeated."
    ),
]
Keep = Annotated[
    list[str] | None,
    typer.Option(
        "--keep", help="Lines to speak, by the numbers that plan --explain shows: 12,40-44."
    ),
]
Drop = Annotated[
    list[str] | None, typer.Option("--drop", help="Lines to leave out, by their numbers.")
]
Remember = Annotated[
    bool,
    typer.Option(
        "--remember",
        help="Write a rule for each line of --keep and --drop, for the articles to come.",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, one object per line.")]
Out = Annotated[
    Path | None,
    typer.Option("--out", "-o", help="Where editions go. Without it, the folder output."),
]
