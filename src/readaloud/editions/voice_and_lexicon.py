"""What a run needs before it begins: its voice, its words, and options that can all be met."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from readaloud.config.run_options import Options
from readaloud.errors import ConfigError, msg
from readaloud.files.atomic import prepare_output
from readaloud.model import Voice

if TYPE_CHECKING:
    from readaloud.editions.run_state import Run
    from readaloud.sources.find import Place
    from readaloud.spoken import Lexicon


def prepare(options: Options) -> Voice:
    """The voice of a run whose options can all be met.

    Raises:
        ConfigError, VoiceNotFoundError, OutputError: one can't.
    """
    from readaloud.formats import find_format

    voice = find_voice(options)
    if options.fallback:
        find_voice(options, options.fallback)
    for name in options.formats:
        find_format(name)
    prepare_output(options.out)
    return voice


def find_lexicon(options: Options, article: Place | None = None, run: Run | None = None) -> Lexicon:
    """The words of the lexicons there are; the nearer to the article, the weightier.

    The working folder's (or the option's) ``lexicon.toml``, then the user's, then the article's
    own: ``news.lexicon.toml`` beside ``news.txt``. A ``run`` reads the first two once.

    Raises:
        ConfigError: one is broken, or the one asked for is not there.
    """
    from readaloud.spoken import read_lexicon

    read = partial(_common_lexicon, options)
    common = run.lexicon(read) if run else read()
    if not isinstance(article, Path):
        return common
    return read_lexicon(lexicon_of(article, options)).over(common)


def lexicon_of(place: Place | None, options: Options) -> Path:
    """Where the words of an article are: beside it, or, for what is no file, where one works."""
    if isinstance(place, Path):
        return place.with_name(f"{place.stem}.lexicon.toml")
    return options.lexicon or Path("lexicon.toml")


def _common_lexicon(options: Options) -> Lexicon:
    from readaloud.config.folders import user_folder
    from readaloud.spoken import Lexicon, read_lexicon

    asked = options.lexicon
    if asked is not None and not asked.is_file():
        raise ConfigError(msg("There is no lexicon {asked}.", asked=asked), msg("Check --lexicon."))
    own = user_folder() / "lexicon.toml"
    near = read_lexicon(lexicon_of(None, options))
    return read_lexicon(own).over(near.over(Lexicon()))


def find_voice(options: Options, name: str | None = None) -> Voice:
    """The voice of that name, else the one that the options name, as the options would have it.

    Raises:
        VoiceNotFoundError: no profile has that name; the remedy lists near ones.
        ConfigError: an option of its engine can't be what it is set to.
    """
    from readaloud.config import voices
    from readaloud.speech.engine_options import with_options
    from readaloud.speech.engines import load_engine

    wanted = name or options.voice
    voice = options.apply_to(voices.find_voice(wanted, options.voices_dir))
    flags = dict(options.engine_options) if wanted == options.voice else {}
    declared = load_engine(voice.engine).options
    profile = dict(voice.options)
    return with_options(voice, declared, options.engines.get(voice.engine, {}), profile, flags)
