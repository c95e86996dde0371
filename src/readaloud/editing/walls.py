"""Pages that are no article: a check of the reader, a log-in, a deleted post, a server's error.

A page is one only where hardly anything else stands on it: an article may tell of all of these.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from readaloud.editing.line_shape import ends_sentence, size
from readaloud.editing.rulebook import bare, house_rules, mark
from readaloud.errors import EmptyArticleError, Message, msg
from readaloud.model import Block, Removal

MOST_CHARS = 800
"""A page with more text is read, whatever it says."""
MOST_REST = 60
"""Characters that a wall may have beside its own: a site's name, a menu."""
_SAVED = msg("Open it in a browser, and save the page once the article shows.")
_KINDS = ("wall: check", "wall: gone", "wall: login", "wall: error", "wall: cookies")
_MARKS = {name: mark(name) for name in _KINDS}
_WORD = mark("wall word")
_SENTENCE = re.compile("[^。！？]+[。！？]?")


def refuse_wall(source_name: str, blocks: Sequence[Block], title: str | None) -> None:
    """Raise an error that names what stands in the article's place.

    Raises:
        EmptyArticleError: the page is no article.
    """
    if not blocks or sum(size(block.text) for block in blocks) > MOST_CHARS:
        return
    found = next(((each, b.text) for b in blocks if (each := _kind(b.text))), None)
    if found and _is_wall(blocks, title):
        raise EmptyArticleError(*_describe(found[0], source_name, found[1]))


def _describe(kind: str, source_name: str, line: str) -> tuple[Message, Message]:
    """What stands there, and what to do."""
    match kind:
        case "wall: check":
            text = msg(
                "{source_name} is no article but a check of who reads: “{line}”.",
                source_name=source_name,
                line=line,
            )
            return text, _SAVED
        case "wall: gone":
            text = msg(
                "{source_name} is no article but the notice that it is gone: “{line}”.",
                source_name=source_name,
                line=line,
            )
            return text, msg("Look for the article elsewhere.")
        case "wall: login":
            text = msg(
                "{source_name} is no article but a log-in: “{line}”.",
                source_name=source_name,
                line=line,
            )
            return text, msg("Log in with a browser, and save the page once the article shows.")
        case "wall: error":
            text = msg(
                "{source_name} is no article but a server's error: “{line}”.",
                source_name=source_name,
                line=line,
            )
            return text, msg("Try again later, or look for the article elsewhere.")
        case _:
            text = msg(
                "{source_name} is no article but a notice of cookies or scripts: “{line}”.",
                source_name=source_name,
                line=line,
            )
            return text, _SAVED


def refuse_pictures(
    source_name: str, kept: Sequence[Block], title: Block | None, removed: Iterable[Removal]
) -> None:
    """Raise an error where only a title, or scraps, are left of what a reading program showed.

    Raises:
        EmptyArticleError: no text stands below the title.
    """
    rest = [block for block in kept if block is not title and not block.picture]
    shown = sum(removal.rule in {"interface", "closing line"} for removal in removed)
    # Words of the program that no rule knew: short, none a sentence, fewer than what is known.
    left = rest if title is None else [title, *rest]
    scraps = len(left) < shown and not any(ends_sentence(block.text) for block in left)
    few = sum(size(block.text) for block in left) <= MOST_REST
    if shown and (not rest or (scraps and few)):
        raise EmptyArticleError(
            msg("{source_name} has a title and no text below it.", source_name=source_name),
            msg("A post of pictures has nothing to speak."),
        )


def _kind(text: str) -> str | None:
    """What kind of wall a line is of, as a whole or sentence by sentence."""
    kind = next((name for name, wall in _MARKS.items() if bare(text) in wall), None)
    sentences = _SENTENCE.findall(text)
    if kind or len(sentences) < 2:
        return kind
    kinds = [_kind(sentence.strip()) for sentence in sentences]
    return kinds[0] if all(kinds) else None


def _is_wall(blocks: Sequence[Block], title: str | None) -> bool:
    rest = [
        block
        for block in blocks
        if block.text != title and not _kind(block.text) and bare(block.text) not in _WORD
    ]
    own = [block for block in rest if not house_rules().find(block)]
    told = any(ends_sentence(b.text) for b in own)
    return not told and sum(size(block.text) for block in own) <= MOST_REST
