"""Holds what is planned of a case against its labels."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from labelled import DRAFT, Wanted

from readaloud.errors import ReadaloudError
from readaloud.model import Script

_DRESS = re.compile(r"[\s☆★【】\[\]*#]+")
"""What a heading may be dressed with."""
_BEFORE = re.compile(r"^(?:正文)?、?")


@dataclass(frozen=True, slots=True)
class Heard:
    """What a listener would get of an article; ``text`` and ``gone`` are without white space."""

    title: str = ""
    headings: tuple[str, ...] = ()
    text: str = ""
    spoken: str = ""
    cuts: str = ""
    """The text with a ``|`` between utterances."""
    gone: str = ""

    @classmethod
    def of(cls, script: Script) -> Heard:
        """What is compared of a script."""
        article, said = script.article, script.utterances
        title = article.title or ""
        names = [chapter.title.text if chapter.title else "" for chapter in article.chapters]
        if names and squeeze(names[0]) in {"", squeeze(title)}:
            del names[0]
        return cls(
            title,
            tuple(map(undress, names)),
            bare("".join(one.text for one in said)),
            "".join(one.spoken for one in said),
            "|".join(one.text for one in said),
            bare("".join(one.text for one in (*article.removed, *script.skipped))),
        )


def bare(text: str) -> str:
    """The text without white space."""
    return "".join(text.split())


def squeeze(text: str) -> str:
    """The text with one space for each run of white space."""
    return " ".join(text.split())


def undress(heading: str) -> str:
    """A heading without stars, brackets or 正文 before it."""
    return _BEFORE.sub("", _DRESS.sub("", heading))


def faults(wanted: Wanted, planned: Script | ReadaloudError) -> list[str]:
    """Everything in which a plan is not as wanted, a line each."""
    if wanted.kind == DRAFT:
        return ["a draft: hold each line against the input, then say in kind what it is about"]
    code, error = (planned.exit_code, planned) if isinstance(planned, ReadaloudError) else (0, "")
    if code != wanted.exit:
        return [f"exit code {code}, wanted {wanted.exit} {error}"]
    if isinstance(planned, ReadaloudError):
        return []
    heard = Heard.of(planned)
    lost, extra = lost_sentences(wanted, heard), spoken_furniture(wanted, heard)
    return [
        *([] if title_is_right(wanted, heard) else [f"title {heard.title!r}"]),
        *(
            []
            if heard.headings == wanted_headings(wanted, heard)
            else [f"headings {heard.headings}"]
        ),
        *(f"lost: {line}" for line in lost),
        *(f"spoken: {line}" for line in extra),
        *_text_faults(wanted, heard),
        *_spoken_faults(wanted, heard),
    ]


def title_is_right(wanted: Wanted, heard: Heard) -> bool:
    """Whether the title is one of those wanted, if any is."""
    right = [*([] if wanted.title is None else [wanted.title]), *wanted.title_alternatives]
    return not right or squeeze(heard.title) in map(squeeze, right)


def wanted_headings(wanted: Wanted, heard: Heard) -> tuple[str, ...]:
    """The headings wanted; an alternative where it is what is there."""
    if wanted.headings is None:
        return heard.headings
    lists = [wanted.headings, *(line.split("|") for line in wanted.headings_alternatives)]
    right = [tuple(map(undress, headings)) for headings in lists]
    return heard.headings if heard.headings in right else right[0]


def lost_sentences(wanted: Wanted, heard: Heard) -> Counter[str]:
    """Strings that must be spoken, and how often they are missing."""
    asked = Counter(map(bare, wanted.must_speak))
    return +Counter({line: times - heard.text.count(line) for line, times in asked.items()})


def spoken_furniture(wanted: Wanted, heard: Heard) -> Counter[str]:
    """Strings that must not be spoken, and how often they are beyond what else is wanted."""
    asked = [*wanted.must_speak, *(wanted.headings or ()), wanted.title or ""]
    lines = set(map(bare, wanted.must_not_speak))
    return +Counter({line: heard.text.count(line) - _count(line, asked) for line in lines})


def _count(line: str, texts: Iterable[str]) -> int:
    return sum(bare(text).count(line) for text in texts)


def _text_faults(wanted: Wanted, heard: Heard) -> Iterator[str]:
    for line in wanted.spoken_once:
        if (times := heard.text.count(bare(line))) != 1:
            yield f"{times} times: {line}"
    for line in wanted.utterance_whole:
        if not re.search(r"(?:(?<=[，。；：、！？])\|?)?".join(map(re.escape, line)), heard.cuts):
            yield f"cut inside, or not said: {line}"
    for line in map(bare, wanted.must_account):
        if line not in heard.text and line not in heard.gone:
            yield f"lost without a record: {line}"


def _spoken_faults(wanted: Wanted, heard: Heard) -> Iterator[str]:
    spoken = heard.spoken
    yield from (f"not in spoken: {s}" for s in wanted.must_speak_spoken if s not in spoken)
    yield from (f"in spoken: {s}" for s in wanted.must_not_speak_spoken if s in spoken)
    yield from (f"no match: {s}" for s in wanted.spoken_matches if not re.search(s, spoken))
    ways = wanted.said_or_recorded
    if ways and not any(way in spoken or bare(way) in heard.gone for way in ways):
        yield f"neither said nor on record: {' / '.join(ways)}"
