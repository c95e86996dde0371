"""``readaloud pronounce``: what will be said, syllable by syllable."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from readaloud.cli.flags import (
    Config,
    EngineOptions,
    Json,
    LexiconFile,
    Out,
    VoiceName,
    VoicesDir,
)
from readaloud.cli.terminal import print_json, say, tell

if TYPE_CHECKING:
    from readaloud.model import Utterance


def pronounce(
    text: Annotated[
        str | None, typer.Argument(help="The text. Without it, or as -, standard input is read.")
    ] = None,
    voice: VoiceName = None,
    engine_option: EngineOptions = None,
    sample: Annotated[bool, typer.Option("--sample", help="Also write an MP3.")] = False,
    out: Out = None,
    voices_dir: VoicesDir = None,
    lexicon: LexiconFile = None,
    config: Config = None,
    json: Json = False,
) -> None:
    """Show what will be said, syllable by syllable."""
    from readaloud.config.run_options import make_options
    from readaloud.editions import plan as preview
    from readaloud.editions.sample import write_sample
    from readaloud.editions.standard_input import MARK, read_lines

    flags = {
        "voice": voice, "out": out, "voices_dir": voices_dir, "lexicon": lexicon,
        "engine_options": engine_option,
    }  # fmt: skip
    options = make_options(flags, config)
    pronounced = preview.pronouncer(options)
    for line in read_lines() if text in {None, MARK} else [text]:
        show_pronunciation(pronounced(line), json=json)
        if sample:
            say(str(write_sample(options, line)))


def show_pronunciation(utterance: Utterance, *, json: bool) -> None:
    """Print what will be said: the spoken form, and its pinyin."""
    pinyin = [reading for reading in utterance.readings if reading]
    if json:
        print_json({"text": utterance.text, "spoken": utterance.spoken, "pinyin": pinyin})
        return
    tell(utterance.spoken)
    tell(_interleave(utterance))


def _interleave(utterance: Utterance) -> str:
    """Pinyin for each Chinese character; the rest of the text stands as it is."""
    parts: list[str] = []
    for character, reading in zip(utterance.spoken, utterance.readings, strict=True):
        if reading:
            parts.append(f" {reading} ")
        else:
            parts.append(character)
    return " ".join("".join(parts).split())
