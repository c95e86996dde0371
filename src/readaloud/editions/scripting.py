"""From a source to the script of its edition: read, edited, put into utterances, and marked."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from readaloud.config.run_options import Options
from readaloud.editions.spoken_mark import make_mark, with_mark
from readaloud.model import Article, Script, Source, Utterance, Voice

if TYPE_CHECKING:
    from readaloud.spoken import Lexicon

OnUtterance = Callable[[Utterance], object]
"""Told of each utterance as it is made."""


def make_script(source: Source, voice: Voice, lexicon: Lexicon, options: Options) -> Script:
    """Read, edit and script one source for a voice, without a mark of synthetic speech.

    Raises:
        InputError: it can't be read, or nothing is left to speak.
    """
    return script_of(_edit(source, options), voice, lexicon)


def make_marked_script(
    source: Source,
    voice: Voice,
    lexicon: Lexicon,
    options: Options,
    on_utterance: OnUtterance = lambda _: None,
) -> Script:
    """The script of a whole edition: ``make_script``, and the mark that the options ask for.

    A mark at the end is not told of: it is made last, and stands in the script.

    Raises:
        InputError: it can't be read, or nothing is left to speak.
    """
    article, label = _edit(source, options), options.mark
    mark = make_mark(label, article, voice.pacing, partial(script_of, voice=voice, lexicon=lexicon))
    if label.where == "beginning":
        for each in mark:
            on_utterance(each)
    script = script_of(article, voice, lexicon, on_utterance)
    return with_mark(script, mark, label, voice.pacing)


def marked(script: Script, voice: Voice, lexicon: Lexicon, options: Options) -> Script:
    """A script that was put together, with the mark that the options ask for."""
    label, say = options.mark, partial(script_of, voice=voice, lexicon=lexicon)
    mark = make_mark(label, script.article, voice.pacing, say)
    return with_mark(script, mark, label, voice.pacing)


def script_of(
    article: Article,
    voice: Voice,
    lexicon: Lexicon,
    on_utterance: OnUtterance = lambda _: None,
) -> Script:
    """Script an article for a voice.

    Raises:
        EmptyArticleError: nothing in it can be spoken.
    """
    from readaloud import spoken
    from readaloud.speech.engines import load_engine

    engine = load_engine(voice.engine)
    needs = engine.needs_readings
    return spoken.make_script(
        article, voice, engine.max_chars, needs, engine.can_say, lexicon, on_utterance
    )


def _edit(source: Source, options: Options) -> Article:
    from readaloud import editing
    from readaloud.sources import readers

    return editing.edit(readers.read(source, options.reading_rules), options.editing)
