"""Markdown: rendered to HTML whose elements know their lines, and walked like a page."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from markdown_it.token import Token

from readaloud.errors import UnreadableSourceError, msg
from readaloud.model import Block, Document, ReadingRules, Removal, Source
from readaloud.sources.readers.markdown.dialect_marks import take_dialect_marks
from readaloud.sources.readers.markdown.formula_marks import take_formulas
from readaloud.sources.readers.markdown.front_matter import read_front_matter
from readaloud.sources.readers.markdown.layout_marks import (
    link_cards,
    take_layout_marks,
    take_outer_fence,
)
from readaloud.sources.readers.markdown.syntax import MAX_NESTING, NOTE, make_parser
from readaloud.sources.readers.shared.code_blocks import skip_code
from readaloud.sources.readers.shared.cuts import cut
from readaloud.sources.readers.shared.html_walk import parse, walk
from readaloud.sources.readers.shared.inline_marks import settle
from readaloud.sources.readers.shared.passages import Passage
from readaloud.sources.readers.shared.repair import strip_invisible, take_unreadable
from readaloud.sources.readers.shared.tags import IN_MARKDOWN
from readaloud.sources.text_encodings import decode

_LINE_END = re.compile(r"\r\n|\r|\n")
_HEADING = re.compile(r"^( {0,3})(?:(#{2,6})(?=[\u3400-\u9fff“‘「『（【《])|(#{1,6})[\u3000\xa0]+)")
"""Second-level headings and below without a space are written often; ``#话题`` is a hashtag."""
_FIRST_LEVEL = re.compile(r"^( {0,3}#)(?=[\u3400-\u9fff“‘「『（【《][^#]*$)")
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]{0,15})\b([^<>]*)>|<")
_NAVIGATION = msg("navigation")
_STOP = re.compile("[。！？]")
_LINKED, _MENU, _MOST_LINKS = 0.8, 3, 12
"""Share of link text in a link, links in a row that are a menu, and in a file that is no page."""
_ALT = re.compile(r"""\balt\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_LANGUAGE = re.compile(r"""\slang\s{0,9}=\s{0,9}["']?([A-Za-z-]{2,35})\b""", re.I)
_NUMBERS = re.compile(
    r"""\b(?:(?:start|value)\s{0,9}=\s{0,9}["']?[+-]?\d{1,6}\b["']?|reversed)""", re.I
)


def read_markdown(source: Source, rules: ReadingRules = ReadingRules()) -> Document:
    """Make a block of every heading, paragraph, list item and table row.

    Links keep their text alone; an image becomes a caption, its description. Front matter
    gives title, author and date. Footnotes follow the paragraph that names them. Code is
    announced and skipped.

    Raises:
        UnreadableSourceError: no text, in no known encoding, or nested too deep.
    """
    text, unreadable = take_unreadable(decode(source.data, source.name))
    lines, fence = take_outer_fence(_LINE_END.split(strip_invisible(text)))
    front = read_front_matter(lines)
    # Empty lines in its place keep the numbers of the lines that follow.
    rest, formulas = take_formulas(lines[front.lines :], front.lines + 1)
    rest, dialect = take_dialect_marks(rest, front.lines + 1)
    rest, layout = take_layout_marks(link_cards(rest), front.lines + 1)
    rest = _space_headings(rest)
    page, marks = _render("\n".join([*[""] * front.lines, *rest]), source.name)
    root = parse(page, source.name)
    settled = [mark.removal for mark in settle(root, written=False)] if root is not None else []
    passages = walk(root, marked_lines=True) if root is not None else []
    blocks, code = _announce_code(passages, rules)
    removed = [
        *front.removed,
        *unreadable,
        *fence,
        *formulas,
        *dialect,
        *layout,
        *marks,
        *settled,
        *code,
    ]
    return Document(
        bare=True,
        source_name=source.name,
        blocks=tuple(blocks),
        title=front.title,
        byline=front.byline,
        date=front.date,
        removed=tuple(sorted(removed, key=lambda removal: removal.line)),
    )


def _space_headings(lines: Sequence[str]) -> list[str]:
    """The lines with a space behind the marks of their headings.

    ``#标题`` is one where it opens the file, or where others are written like it: ``##``.
    """
    first = next((n for n, line in enumerate(lines) if line.strip()), None)
    alike = any(match[2] for line in lines if (match := _HEADING.match(line)))
    spaced = [_HEADING.sub(r"\1\2\3 ", line) for line in lines]
    return [
        _FIRST_LEVEL.sub(r"\1 ", line) if alike or n == first else line
        for n, line in enumerate(spaced)
    ]


def _find_menus(passages: Sequence[Passage]) -> list[str]:
    """Why passages go: nothing but a link, three or more in a row, above all sentences or below."""
    told = [n for n, passage in enumerate(passages) if _STOP.search(passage.block.text)]
    reasons = [""] * len(passages)
    links = [p.link_share >= _LINKED and p.block.kind != "heading" for p in passages]
    if sum(links) > _MOST_LINKS:
        return reasons  # a whole page: its menus tell how it is made up
    for is_link, group in groupby(range(len(passages)), links.__getitem__):
        run = list(group)
        outside = bool(told) and not told[0] < run[0] < told[-1]
        if is_link and outside and len(run) >= _MENU:
            for n in run:
                reasons[n] = _NAVIGATION
    return reasons


def _announce_code(
    passages: list[Passage], rules: ReadingRules
) -> tuple[list[Block], list[Removal]]:
    """The blocks, code announced in its place unless it is to be read, menus and code."""
    reasons = _find_menus(passages)
    if rules.code == "skip":
        passages, reasons = skip_code(passages, reasons)
    blocks: list[Block] = []
    removed: list[Removal] = []
    for passage, reason in zip(passages, reasons, strict=True):
        if reason:
            removed.append(cut(passage.block, reason, len(blocks)))
        else:
            blocks.append(_block(passage))
    return blocks, removed


def _block(passage: Passage) -> Block:
    """A passage's block; a footnote's paragraphs are notes."""
    block = passage.block
    if _leads_away(passage):
        block = replace(block, linked=True)
    if block.kind != "paragraph":
        return block
    owners = (passage.owner, *passage.owner.iterancestors("div"))
    noted = any(NOTE in owner.attrib for owner in owners)
    return replace(block, kind="note") if noted else block


def _leads_away(passage: Passage) -> bool:
    """Whether a passage is nothing but links, not to a place in its own page."""
    links = passage.owner.iter("a") if passage.link_share >= _LINKED else ()
    return any(not link.get("href", "#").startswith("#") for link in links)


def _render(text: str, name: str) -> tuple[str, list[Removal]]:
    """HTML with a ``data-line`` on every element that begins on a line of its own.

    What Markdown hides but prose may hold stays: a Chinese remark behind a code fence, a
    remark that looks like the definition of a link. With it come the marks that are not spoken.
    """
    parser = make_parser()
    parser.add_render_rule("html_inline", _render_raw)
    parser.add_render_rule("html_block", _render_raw)
    removed: list[Removal] = []
    tokens = parser.parse(text, {"removed": removed})
    if max((token.level for token in tokens), default=0) >= MAX_NESTING - 1:
        raise UnreadableSourceError(
            msg(
                "{name} nests quotes or lists more than {max_nesting} levels deep.",
                name=name,
                max_nesting=MAX_NESTING // 2,
            ),
            msg("Flatten them, or save the article as plain text."),
        )
    for token in tokens:
        remark = token.type == "fence" and not token.info.isascii()
        if remark:
            token.content = f"{token.info}\n{token.content}"
            token.info = ""
        if token.map and token.type != "inline":
            fence = token.type == "fence" and not remark
            token.attrSet("data-line", str(token.map[0] + 1 + fence))
    return str(parser.renderer.render(tokens, parser.options, {})), removed


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
    """Keep known tags, drop comments, show the rest as text.

    Of their attributes only languages, numbers of lists and the texts of pictures stay.
    """
    tag = (match[2] or "").lower()
    if tag not in IN_MARKDOWN:
        return html.escape(match[0])
    alt = _ALT.search(match[3]) if tag == "img" else None
    told = f' alt="{html.escape(alt[1] or alt[2] or "")}"' if alt else ""
    if tag in {"ol", "li"}:
        told = "".join(f" {number}" for number in _NUMBERS.findall(match[3]))
    if match[3] and (language := _LANGUAGE.search(match[3])):
        told += f' lang="{language[1]}"'
    return f"<{match[1]}{tag}{told}>" + "\n" * match[0].count("\n")
