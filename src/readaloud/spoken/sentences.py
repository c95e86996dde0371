"""Where a sentence ends.

No character is lost: the sentences, joined, are the text.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from readaloud.spoken.stops import CLOSERS, DOTS, HAN, OPENERS, STOPS, is_ellipsis, is_stop

_PAIR = dict(zip(CLOSERS, OPENERS, strict=True))
_TITLES = frozenset("《〈︽")
_QUOTES = frozenset('“‘「『﹁﹃"')
_WHOLE_TO = 60
"""Characters up to which what stands in brackets is not broken at its stops."""
_PHRASE_TO = 20
"""Characters up to which a quotation may be a name or a slogan inside a clause."""
_NAME_TO = 8
_DEEPEST = 20
"""How many marks may be open at once; more are noise."""
_ANY_MARK = re.compile("[" + re.escape(OPENERS + CLOSERS) + '"]')
_MAYBE_A_STOP = re.compile("[" + re.escape("".join(sorted(STOPS | DOTS))) + "]")
_GOES_ON = frozenset("，、；：,;:—─")
_CLAUSE_AFTER = re.compile(
    r"为(?!什|何|了|此|啥|甚)|為(?!什|何|了|此|啥|甚)|[的地得等之和与與及跟或是叫让讓使令像如似般]|[时時](?!间|間|代|光|钟|鐘|任|值|装|裝|年|隔)|[后後](?!来|來|面|天|者)"
    r"|[这這那][样樣]?的?(?:句|话|話|个|個|种|種|首|声|聲|本)|[这這]一(?!天|次|年|刻|切|来|來|夜|回|下)|[一二三四两兩几幾数數](?:个|個)?(?:词|詞|语|語|句|声|聲|字|文|题|題|类|類|歌|书|書|说|說|番|首|幅|条|條)"
    r"|[声聲](?!音|明|称|稱)|字样|字樣|口号|口號|标语|標語|的话|的話|作为|作為|成为|成為|成了|响|響|回荡|迴盪|传遍|傳遍|表达|表達"
    r"|代表(?!们|們|团|團)|意味|体现|體現|道出|引发|引發|引起|不绝|不絕|此起彼|随口|隨口|脱口"
)
"""What can't begin a sentence of its own, behind a quotation: its clause goes on."""
_SAID_AFTER = re.compile(
    "[^，。！？；：、“”「」]{0,10}?[说說道喊问問答叫嚷吼][道着著]?[，。]|[^，。！？；：、“”「」]{1,8}(?:嘀咕|嘟囔|念叨|感叹|感嘆|惊呼|驚呼)[道着著]?[，。]"
)
"""Who cried or asked, behind a short quotation: “谁在外面？快开门！”奶奶高声喊道。"""
_SUBJECT_TAGS = frozenset("rnts")
_AFTER_ELLIPSIS = re.compile(
    r"\s*(?:但|可(?!能|以)|却|卻|而|才|就|还|還|也|又|都|的|等|不过|不過|只是|直到|总之|總之|反正|样样|樣樣|应有|應有|一个|一個)"
)
_SHORT_CLAUSE = re.compile(
    r"(?:^|[，。！？；：、“‘「『,!?;:\s…⋯])[^，。！？；：、“‘「『,!?;:\s…⋯]{1,3}\Z"
)
_LISTING = re.compile(r"、[^，。！？；：,!?;:]{1,12}\Z")


@dataclass(frozen=True, slots=True)
class _Span:
    """Two marks that belong together, and where they stand."""

    opening: int
    closing: int
    mark: str

    @property
    def size(self) -> int:
        return self.closing - self.opening - 1


def find_sentences(text: str) -> Iterator[tuple[int, str]]:
    """Split at 。！？… and what stands for them, each sentence with its place in the text.

    Closing quotes and brackets stay with their sentence.

    A stop inside 《》 or （）, or one that the clause goes on after (“…！”，他说), is no end. A line
    break always is. Pieces without a letter or a digit join their neighbour.
    """
    start = 0
    for line in text.splitlines(keepends=True):
        position = start
        for sentence in _sentences_of_line(line.splitlines()[0]):
            yield position, sentence
            position += len(sentence)
        start += len(line)


def split_sentences(text: str) -> list[str]:
    """The sentences of ``find_sentences`` without their places."""
    return [sentence for _, sentence in find_sentences(text)]


def _sentences_of_line(line: str) -> list[str]:
    return _without_stranded(list(_split_line(line))) if line.strip() else []


def _split_line(line: str) -> Iterator[str]:
    spans = deque(_pair_marks(line))
    around: list[_Span] = []
    start = done = 0
    for found in _MAYBE_A_STOP.finditer(line):
        position = found.start()
        if position < done or not is_stop(line, position):
            continue
        while spans and spans[0].opening < position:
            around.append(spans.popleft())
        around = [span for span in around if span.closing > position]
        done = _run_of_stops(line, position, around)
        if _ends_sentence(line, start, position, done, around):
            while line[done : done + 1].isspace():
                done += 1
            yield line[start:done]
            start = done
    if start < len(line):
        yield line[start:]


def _pair_marks(line: str) -> list[_Span]:
    """Quotes and brackets that are opened and closed, in order of opening; others are none."""
    spans: list[_Span] = []
    open_marks: list[tuple[int, str]] = []
    for found in _ANY_MARK.finditer(line):
        position, character = found.start(), found[0]
        wanted = _PAIR.get(character, '"' if character == '"' else "")
        places = [n for n, (_, mark) in enumerate(open_marks) if mark == wanted] if wanted else []
        if places:
            opening, mark = open_marks[places[-1]]
            spans.append(_Span(opening, position, mark))
            del open_marks[places[-1] :]
        elif character in OPENERS or character == '"':
            open_marks = [*open_marks[-_DEEPEST:], (position, character)]
    return sorted(spans, key=lambda span: span.opening)


def _run_of_stops(line: str, position: int, around: list[_Span]) -> int:
    """Where the stops that begin there, and the closing marks among and behind them, are over."""
    closing = {span.closing for span in around}
    end = position + 1
    while end < len(line):
        character = line[end]
        dotted = character in DOTS and line[end - 1] in DOTS
        if not (character in STOPS or character in CLOSERS or end in closing or dotted):
            break
        end += 1
    return end


def _ends_sentence(line: str, start: int, position: int, end: int, around: list[_Span]) -> bool:
    """Whether a run of stops and closing marks is the end, or its clause goes on."""
    last = max(n for n in range(position, end) if line[n] in STOPS or line[n] in DOTS)
    if any(span.closing >= end and _is_one_piece(line, start, span) for span in around):
        return False
    closed = [span for span in around if last < span.closing < end]
    after = line[end : end + 1]
    if after and after in _GOES_ON and (closed or after not in "—─"):
        return False
    if closed and line[end:].strip():
        return _ends_with(line, start, end, closed)
    if line[last] in STOPS and any(position < span.closing < last for span in around):
        return True  # “等我……”。
    quoted = any(span.mark in _QUOTES and span.closing >= end for span in around)
    pauses = is_ellipsis(line, position) and _goes_on(line, start, position, end, quoted)
    return not (pauses and line[end:].strip())


def _ends_with(line: str, start: int, end: int, closed: Sequence[_Span]) -> bool:
    """Whether a sentence is over with marks that close right behind a stop, the outer one first."""
    if closed[0].mark in _TITLES:
        return False
    quoted = any(span.mark in _QUOTES for span in closed)
    ends = _quotation_ends if quoted else _bracket_ends
    return ends(line, start, end, closed[0])


def _is_one_piece(line: str, start: int, span: _Span) -> bool:
    """Whether no sentence ends inside two marks: titles, brackets, and phrases that are quoted."""
    if span.mark not in _QUOTES:
        return span.size <= _WHOLE_TO
    if span.size > _PHRASE_TO or span.closing + 1 >= len(line):
        return False
    after = line[span.closing + 1]
    if line[span.closing - 1] in STOPS:
        return HAN.match(after) is not None and not _quotation_ends(
            line, start, span.closing + 1, span
        )
    return span.size <= _NAME_TO or (HAN.match(after) is not None and after not in "他她它我")


def _bracket_ends(line: str, start: int, _end: int, bracket: _Span) -> bool:
    """Whether the sentence is over with a bracket: it began it, or says one thing up to a full stop.

    Inside a sentence a bracket may end with ！ or ？, but has no full stop of its own.
    """
    inside = line[bracket.opening : bracket.closing].rstrip(CLOSERS)
    stops = sum(character in STOPS for character in inside)
    return not line[start : bracket.opening].strip() or (stops <= 1 and inside[-1] in "。｡.．")


def _quotation_ends(line: str, start: int, end: int, quoted: _Span) -> bool:
    """Whether the sentence is over with a quotation that has a stop at its end."""
    after = line[end:].lstrip()
    if _CLAUSE_AFTER.match(after) and line[end] == after[0]:
        return False
    before = line[start : quoted.opening]
    cried = line[quoted.closing - 1] not in "。｡"
    if cried and not before.strip() and quoted.size <= _PHRASE_TO and _SAID_AFTER.match(after):
        return False
    if not HAN.match(before[-1:]) or quoted.size > _PHRASE_TO:
        return True
    return _begins_with_a_subject(after)


def _begins_with_a_subject(text: str) -> bool:
    import rjieba

    words = rjieba.tag(text[:8])
    return not HAN.match(text) or words[0][1][:1] in _SUBJECT_TAGS


def _goes_on(line: str, start: int, position: int, end: int, quoted: bool) -> bool:
    """Whether an ellipsis is a pause inside its sentence: a stammer, a list, a turn of thought."""
    before = line[start:position]
    return (
        quoted
        or _AFTER_ELLIPSIS.match(line, end) is not None
        or _SHORT_CLAUSE.search(before[-5:]) is not None
        or _LISTING.search(before) is not None
    )


def _without_stranded(pieces: list[str]) -> list[str]:
    """Join a piece that holds nothing to say to the one before it, or to the one behind."""
    joined: list[str] = []
    waiting = ""
    for piece in pieces:
        if any(character.isalnum() for character in piece):
            joined.append(waiting + piece)
            waiting = ""
        elif joined:
            joined[-1] += piece
        else:
            waiting += piece
    return [*joined, waiting] if waiting else joined
