"""What time it is, said between the articles of a bulletin that is broadcast at a known hour.

How long everything before it lasts is known only when it is spoken. So all is spoken first, and
kept, and the times are told by that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import accumulate

from readaloud.audio import SAMPLE_RATE_HZ
from readaloud.audio.chime import CHIME_MS
from readaloud.audio.join import Gaps
from readaloud.config.programme import Programme
from readaloud.model import Script

Make = Callable[[Mapping[int, str]], Script]
Lengths = Callable[[Script], list[int]]
_MOST_ROUNDS = 4
"""What is said of a time moves those behind it; after the second round hardly ever by a minute."""


def with_time_checks(
    make: Make, lengths_of: Lengths, say: Callable[[int], str], programme: Programme, gaps: Gaps
) -> Script:
    """The bulletin with the time told where as many minutes went by since it was told last.

    Args:
        make: makes the script, with what is said before the articles of some numbers, from 0.
        lengths_of: has a script spoken; the length in ms of each of its utterances.
        say: a time as the bulletin says it, by the minute of the day.
        programme: says when it begins, and how often the time is told.
        gaps: what is left for music.
    """
    hours, minutes = map(int, programme.starts.split(":"))
    times: dict[int, str] = {}
    for _ in range(_MOST_ROUNDS):
        script = make(times)
        starts = list(_starts(script, lengths_of(script), gaps))
        wanted = times or dict.fromkeys(_chosen(starts, programme.time_check_minutes), "")
        begins = hours * 60 + minutes
        told = {number: say(begins + starts[number] // 60_000) for number in wanted}
        if told == times:
            break
        times = told
    return make(times)


def _starts(script: Script, lengths: list[int], gaps: Gaps) -> Iterator[int]:
    """When each article begins, in ms, or what the bulletin says itself right before it."""
    heads = {each.chapter for each in script.article.items}
    articles = heads | {each.id for each in script.article.chapters if each.parent in heads}
    between_ms = gaps.between * 1000 // SAMPLE_RATE_HZ or CHIME_MS
    lead_ms = gaps.lead * 1000 // SAMPLE_RATE_HZ
    steps = [
        length + said.pause_after_ms + (between_ms if said.chime_after else 0)
        for said, length in zip(script.utterances, lengths, strict=True)
    ]
    chapter, own_from = "", None
    for said, start in zip(script.utterances, accumulate(steps, initial=lead_ms), strict=False):
        if said.chapter_id == chapter:
            continue
        chapter = said.chapter_id
        if chapter in heads:
            yield start if own_from is None else own_from
        if chapter in articles:
            own_from = None
        elif own_from is None:
            own_from = start


def _chosen(starts: list[int], every_minutes: int) -> Iterator[int]:
    """The numbers of the articles before which the time is told."""
    last_ms = 0
    for number, start_ms in enumerate(starts):
        if start_ms - last_ms >= every_minutes * 60_000:
            last_ms = start_ms
            yield number
