"""An article of a bulletin is spoken before it is known which of them the bulletin will hold.

What was spoken is kept, so that the bulletin can then be made without a voice: a voice that dies,
or a deadline, costs the articles that come after it and no more.
"""

from __future__ import annotations

from collections.abc import Callable

from readaloud.editions.bulletin import Bulletin, Part, bulletin_script
from readaloud.editions.run_state import Run
from readaloud.editions.voice_and_lexicon import find_voice
from readaloud.errors import EngineUnavailableError, ServiceDownError, msg
from readaloud.model import Utterance
from readaloud.speech.edition_clips import Speaking


def speak_ahead(
    part: Part, bulletin: Bulletin, run: Run, number: int, ends: Callable[[], float]
) -> Part:
    """Have an article spoken, and what a bulletin says of it in its own words.

    Args:
        part: the article.
        bulletin: what it is for; its own words are in the run's voice.
        run: keeps what was spoken; the caller keeps an edition of it open.
        number: the article's place: those of a lower number are spoken first.
        ends: until when there is time, in seconds of ``time.monotonic``; asked again and again.

    Returns:
        The article, for the fallback voice where its own is down; that is the run's from then on.

    Raises:
        EngineError: an utterance could not be spoken.
        TimeOverError: the time was over before.
        OutputError: the clips can't be kept.
    """
    try:
        _speak(part, bulletin, run, number, ends)
    except (ServiceDownError, EngineUnavailableError) as error:
        if run.options.fallback is None:
            raise
        voice = run.voice = find_voice(run.options, run.options.fallback)
        run.observer.notice(
            msg(
                "{message} {voice} will speak {name} instead.",
                message=error.message,
                name=part.source.name,
                voice=voice.name,
            )
        )
        part = part.said_by(voice, run)
        _speak(part, bulletin, run, number, ends)
    return part


def _speak(
    part: Part, bulletin: Bulletin, run: Run, number: int, ends: Callable[[], float]
) -> None:
    script = bulletin_script([part], bulletin, run.voice, run)
    with Speaking(run.voice, run.clips, run.workers_of, _unheard, number) as speaking:
        speaking.finish(script, ends)


def _unheard(_: Utterance, __: int, ___: bool) -> None:
    """Nobody watches single utterances of what is spoken ahead."""
