"""Which of the articles that wait go into today's bulletin, and in which order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from readaloud.errors import Message, msg
from readaloud.morning.seen import Article
from readaloud.morning.settings import Morning


@dataclass(frozen=True, slots=True)
class Choice:
    """What becomes of the articles that wait."""

    taken: tuple[Article, ...]
    """Source by source, as the settings have them; late ones first, then the newest."""
    over: tuple[Article, ...]
    """There were too many; they wait on."""
    gone: tuple[tuple[Article, Message], ...]
    """Too old, or of a source that is none any more, with the reason."""


def choose(waiting: Sequence[Article], morning: Morning, now: datetime) -> Choice:
    """Choose within the limits of each source, and of the bulletin."""
    taken: list[Article] = []
    over: list[Article] = []
    gone: list[tuple[Article, Message]] = []
    for source in morning.sources:
        own = sorted((each for each in waiting if each.source == source.name), key=_order)
        oldest = now - timedelta(days=source.days)
        fresh = [each for each in own if each.late or each.published >= oldest]
        told = msg("older than {days:g} days", days=source.days)
        gone += [(each, told) for each in own if each not in fresh]
        taken += fresh[: source.most]
        over += fresh[source.most :]
    told = msg("its source is no longer in the settings")
    gone += [(each, told) for each in waiting if morning.source(each.source) is None]
    kept = _fair(taken, morning.most)
    over += [each for each in taken if each not in kept]
    return Choice(tuple(each for each in taken if each in kept), tuple(over), tuple(gone))


def _order(article: Article) -> tuple[bool, float, int]:
    return not article.late, -article.published.timestamp(), article.id


def _fair(taken: Sequence[Article], most: int) -> list[Article]:
    """Where there are too many in all, the first of each source, then the second, and so on."""
    if len(taken) <= most:
        return list(taken)
    counts: dict[str, int] = {}
    ranked: list[tuple[int, int, Article]] = []
    for place, each in enumerate(taken):
        counts[each.source] = counts.get(each.source, 0) + 1
        ranked.append((counts[each.source], place, each))
    return [each for _, _, each in sorted(ranked, key=lambda one: one[:2])[:most]]
