"""Markdown: rendered to HTML whose elements know their lines, and walked like a page."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, reference
from markdown_it.token import Token

from readaloud.errors import UnreadableSourceError
from readaloud.models import Document, Source
from readaloud.readers.decoding import decode
from readaloud.readers.frontmatter import read_front_matter
from readaloud.readers.tags import IN_MARKDOWN
from readaloud.readers.walking import parse, walk

MAX_NESTING = 100
"""Quotes and lists within each other: what is deeper the parser would drop, so it is refused."""

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]{0,15})\b([^<>]*)>|<")
_DEFINITION = re.compile(r"\[[^^\[\]][^\[\]]{0,200}\]:[ \t]{0,9}<?(?:https?:|mailto:|[./#])[!-~]+")
_ALT = re.compile(r"""\balt\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)


class MarkdownReader:
    """Reads CommonMark with tables and front matter."""

    suffixes = frozenset({".md", ".markdown", ".mdown", ".mkd"})

    def detect(self, source: Source) -> bool:
        """By suffix: no first bytes tell Markdown from text."""
        return source.suffix in self.suffixes

    def read(self, source: Source) -> Document:
        """Make a block of every heading, paragraph, list item, table row and line of code.

        Links keep their text alone; an image becomes a caption, its description. Front matter
        gives title, author and date.

        Raises:
            UnreadableSourceError: no text, in no known encoding, or nested too deep.
        """
        text = decode(source.data, source.name)
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        front = read_front_matter(lines)
        # Empty lines in its place keep the numbers of the lines that follow.
        body = "\n".join([*[""] * front.lines, *lines[front.lines :]])
        root = parse(_render(body, source.name), source.name)
        passages = walk(root, marked_lines=True) if root is not None else []
        return Document(
            source_name=source.name,
            blocks=tuple(passage.block for passage in passages),
            title=front.title,
            byline=front.byline,
            date=front.date,
            removed=front.removed,
        )


def _render(text: str, name: str) -> str:
    """HTML with a ``data-line`` on every element that begins on a line of its own.

    What Markdown hides but prose may hold stays: a Chinese remark behind a code fence, a
    footnote that looks like the definition of a link.
    """
    parser = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING})
    parser.enable(["table", "strikethrough"])
    parser.add_render_rule("html_inline", _render_raw)
    parser.add_render_rule("html_block", _render_raw)
    parser.block.ruler.at("reference", _define_link, {"alt": []})
    tokens = parser.parse(text)
    if max((token.level for token in tokens), default=0) >= MAX_NESTING - 1:
        raise UnreadableSourceError(
            f"{name} nests quotes or lists more than {MAX_NESTING // 2} deep.",
            "Flatten them, or save the article as plain text.",
        )
    for token in tokens:
        remark = token.type == "fence" and not token.info.isascii()
        if remark:
            token.content = f"{token.info}\n{token.content}"
        if token.map and token.type != "inline":
            fence = token.type == "fence" and not remark
            token.attrSet("data-line", str(token.map[0] + 1 + fence))
    return str(parser.renderer.render(tokens, parser.options, {}))


def _define_link(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Markdown's link definitions, but only of addresses: 「[注]: 说明」 is text."""
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    match = _DEFINITION.match(line)
    return match is not None and reference(state, start, end, silent)


def _render_raw(_self: Any, tokens: Sequence[Token], index: int, *_: Any) -> str:
    """HTML inside Markdown, tamed: an unclosed ``<style>`` must not swallow the rest."""
    token = tokens[index]
    raw = _TAG.sub(_tame, _drop_comments(token.content))
    return f'<div data-line="{token.map[0] + 1}">{raw}</div>' if token.map else raw


def _drop_comments(raw: str) -> str:
    """Blank closed comments; one that never closes stays, as text."""
    *closed, rest = raw.split("-->")
    parts = []
    for part in closed:
        before, mark, comment = part.partition("<!--")
        parts.append(before + "\n" * comment.count("\n") if mark else f"{part}-->")
    return "".join([*parts, rest])


def _tame(match: re.Match[str]) -> str:
    """Keep known tags without their attributes, drop comments, show the rest as text."""
    tag = (match[2] or "").lower()
    if tag not in IN_MARKDOWN:
        return html.escape(match[0])
    alt = _ALT.search(match[3]) if tag == "img" else None
    described = f' alt="{html.escape(alt[1] or alt[2] or "")}"' if alt else ""
    return f"<{match[1]}{tag}{described}>" + "\n" * match[0].count("\n")
