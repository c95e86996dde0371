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
    list[str], typer.Argument(help="Articles, addresses, folders; - is standard input.")
]
Called = Annotated[
    str, typer.Option("--name", help="What standard input is called: news, news.md, page.html.")
]
AllowPrivate = Annotated[
    bool, typer.Option("--allow-private", help="Fetch from the own network too.")
]
VoiceName = Annotated[
    str | None,
    typer.Option("--voice", "-v", help="See: readaloud voices.", autocompletion=complete_voice),
]
Rate = Annotated[str | None, typer.Option(help="Speed: 1.1 or +10%.")]
Pitch = Annotated[str | None, typer.Option(help="Pitch: +5Hz, for voices that can.")]
Volume = Annotated[str | None, typer.Option(help="The voice's, before mastering: -10%.")]
VoicesDir = Annotated[Path | None, typer.Option(help="A folder of your own voice profiles.")]
LexiconFile = Annotated[Path | None, typer.Option("--lexicon", help="Words and how they are said.")]
AltText = Annotated[
    str | None, typer.Option("--alt-text", help="Texts of pictures: off, short or full.")
]
Config = Annotated[Path | None, typer.Option(help="Settings; else ./readaloud.toml.")]
EngineOptions = Annotated[
    list[str] | None,
    typer.Option("--engine-option", help="NAME=VALUE, for the voice's engine; once for each."),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, one object a line.")]
Out = Annotated[Path | None, typer.Option("--out", "-o", help="Folder of the editions: output.")]
