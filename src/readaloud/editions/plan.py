"""What would be spoken, and how; nothing is synthesised here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from readaloud.config.run_options import Options
from readaloud.editions.observer import Observer
from readaloud.editions.own_rules import check_one, options_for
from readaloud.editions.pipeline import find_files
from readaloud.editions.scripting import make_marked_script, script_of
from readaloud.editions.voice_and_lexicon import find_lexicon, find_voice
from readaloud.errors import EngineError, ReadaloudError, msg
from readaloud.model import Explanation, Outcome, Planned, Script, Text, Utterance, Voice

if TYPE_CHECKING:
    from readaloud.sources.find import Place

Made = TypeVar("Made")


def plan(place: Place, options: Options, voice: Voice | None = None) -> Script:
    """What would be spoken of one source, and what was removed; nothing is synthesised.

    The voice is that of the options, where none is given.

    Raises:
        InputError: it can't be read, or nothing is left to speak.
        VoiceNotFoundError: there is no such voice.
    """
    from readaloud.sources.find import load_source

    source = load_source(place, allow_private=options.allow_private)
    own = options_for(options, place)
    who, lexicon = voice or find_voice(options), find_lexicon(options, place)
    return make_marked_script(source, who, lexicon, own)


def plan_all(names: Sequence[str | Text], options: Options) -> Iterator[Planned]:
    """Plan every source that ``names`` lead to, in turn; a bad one is an error of its own.

    Raises:
        ConfigError, VoiceNotFoundError: nothing could be begun.
    """
    from readaloud.spoken import estimate_ms

    voice = find_voice(options)
    for source, made in make_each(names, options, partial(plan, options=options, voice=voice)):
        if isinstance(made, ReadaloudError):
            yield Planned(source, error=made)
        else:
            yield Planned(source, made, estimate_ms(made, voice))


def explain_all(
    names: Sequence[str | Text], options: Options
) -> Iterator[tuple[str, list[Explanation] | ReadaloudError]]:
    """For every source, what became of each of its lines and which rule spoke.

    What is not spoken is what ``plan_all`` has of it, no more and no less.

    Raises:
        ConfigError, VoiceNotFoundError: nothing could be begun.
    """
    voice = find_voice(options)
    yield from make_each(names, options, partial(_explain, options=options, voice=voice))


def make_each(
    names: Sequence[str | Text], options: Options, make: Callable[[Place], Made]
) -> Iterator[tuple[str, Made | ReadaloudError]]:
    """What is made of every source that ``names`` lead to, in turn; why not, of a bad one.

    Raises:
        ConfigError: lines are named by numbers, and there are several articles.
    """
    check_one(names, options)
    for found in find_files(names):
        if isinstance(found, Outcome):
            yield found.source, found.error or ReadaloudError(msg("it can't be read"))
            continue
        try:
            made = make(found)
        except ReadaloudError as error:
            yield str(found), error
        else:
            yield str(found), made


def _explain(place: Place, options: Options, voice: Voice) -> list[Explanation]:
    from readaloud import editing, spoken
    from readaloud.sources import readers
    from readaloud.sources.find import load_source

    source = load_source(place, allow_private=options.allow_private)
    rules = options_for(options, place).editing
    decision = editing.decide(readers.read(source, options.reading_rules), rules)
    article = decision.article
    script = script_of(article, voice, find_lexicon(options, place))
    said = {utterance.block for utterance in script.utterances}
    blocks = enumerate(spoken.blocks_of(article), 1)
    silent = [block for number, block in blocks if number not in said]
    return editing.explain(decision, script.skipped, silent)


def pronounce(text: str, options: Options) -> Utterance:
    """What the voice would say of one line.

    Raises:
        VoiceNotFoundError: there is no such voice.
    """
    return pronouncer(options)(text)


def pronouncer(options: Options) -> Callable[[str], Utterance]:
    """What says of a line what the voice would say; voice and lexicon are looked up once.

    Raises:
        VoiceNotFoundError: there is no such voice.
    """
    from readaloud import spoken
    from readaloud.sources.readers.shared.repair import repair
    from readaloud.speech.engines import load_engine

    voice = find_voice(options)
    lexicon = find_lexicon(options)
    engine = load_engine(voice.engine)
    takes_readings = engine.needs_readings or voice.engine == "silent"

    def say(text: str) -> Utterance:
        text = repair(text)  # as a reader would have it
        return spoken.pronounce(text, voice, takes_readings, lexicon, engine.can_say)

    return say


def online_voices(observer: Observer) -> list[Voice]:
    """The Chinese voices that the online service offers now; where it can't be asked, those known.

    Raises:
        ConfigError: the proxy can't be used.
    """
    from readaloud.config.voices import load_voices
    from readaloud.speech.engines.edge.catalogue import list_online

    try:
        return list_online()
    except EngineError as error:
        observer.notice(
            msg("The online service can't be asked: {error} These voices are known:", error=error)
        )
        return [voice for voice in load_voices().values() if voice.engine == "edge"]


def prepare_engines(observer: Observer) -> None:
    """Make what the engines need once on this machine, before a run does.

    Raises:
        MissingDependencyError, OutputError, EngineError: it can't be made.
    """
    from readaloud.speech.engines import ENGINES

    for engine in ENGINES.all():
        engine.prepare(observer.notice)


def describe_engines(voices: Iterable[Voice]) -> Iterator[tuple[str, str]]:
    """The engines of the voices by name, and how each runs on this machine, in a line.

    Raises:
        ConfigError: there is no such engine.
    """
    from readaloud.speech.engines import load_engine

    for name in sorted({voice.engine for voice in voices}):
        yield name, load_engine(name).describe()
