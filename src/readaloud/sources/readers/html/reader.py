"""HTML pages: the article, with everything else on the page on record as removed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from lxml import etree

from readaloud.chinese.dates import first_day
from readaloud.errors import ConfigError, UnreadableSourceError, msg
from readaloud.model import Block, Cover, Document, ReadingRules, Removal, SiteRule, Source
from readaloud.sources.readers.html.main_text import HIDDEN, Page, choose, survey
from readaloud.sources.readers.html.margins import OUTSIDE, PUBLISHED
from readaloud.sources.readers.html.page_metadata import (
    choose_author,
    choose_title,
    find_site_lines,
    key,
    read_metadata,
)
from readaloud.sources.readers.shared.code_blocks import skip_code
from readaloud.sources.readers.shared.cuts import cut
from readaloud.sources.readers.shared.formulas.in_text import is_traditional
from readaloud.sources.readers.shared.html_walk import parse, walk
from readaloud.sources.readers.shared.inline_marks import settle
from readaloud.sources.readers.shared.repair import take_broken
from readaloud.sources.text_encodings import decode

__all__ = ["DROPPED", "HIDDEN", "OUTSIDE", "read_html"]

DROPPED = msg("left out by a rule for this site")
_CHARSET = re.compile(
    rb"""<(?:meta[^<>]{0,300}charset|\?xml[^<>]{0,100}encoding)\s{0,5}=\s{0,5}["']?([\w-]{1,30})""",
    re.IGNORECASE,
)
_EMBEDDED = re.compile(
    r"data:[a-z]{1,20}/[a-z0-9.+-]{1,60}(?:;[a-z0-9=-]{1,40}){0,4},[^\"'<>()\s]++"
)
"""Pictures and fonts inside a saved page."""
_MOST_CHARS = 8_000_000
_MOST_TAGS = 250_000
"""Long pages of news hold some 5,000 tags; these take some 7 s."""


def read_html(source: Source, rules: ReadingRules = ReadingRules()) -> Document:
    """Cut the page into blocks; what is not of the article goes to ``removed``.

    The first rule for the page's site says where the article is.

    Raises:
        ConfigError: a selector is broken.
        UnreadableSourceError: no text, in no known encoding, too large or nested too deep.
    """
    text, unreadable = take_broken(page_text(source))
    root = parse(text, source.name)
    if root is None:
        return Document(source_name=source.name, blocks=(), removed=unreadable)
    stated = read_metadata(root)
    rule = _find_rule(rules, source.name, stated.address)
    dropped = select(root, rule.drop) if rule else []
    for element in dropped:
        element.set("hidden", "")
    settled = [mark.removal for mark in settle(root, is_traditional(text))]
    page = survey(root, walk(root))
    unframed = [page.reason(passage) for passage in page.passages]
    title = choose_title(stated, page.passages, unframed)
    ruled = select(root, (rule.content,)) if rule and rule.content else []
    reasons = choose(page, title, ruled)
    if title and not ruled:
        for index in find_site_lines(stated, page.passages, title):
            reasons[index] = reasons[index] or OUTSIDE
    _name_dropped(page, reasons, dropped)
    page, reasons = _announce_code(page, reasons, rules)
    blocks, removed = _sort_out(page, reasons)
    return Document(
        source_name=source.name,
        blocks=blocks,
        title=title,
        byline=choose_author(stated),
        date=first_day([*stated.dates, *_shown_dates(page, reasons, title)]),
        removed=(*unreadable, *sorted([*removed, *settled], key=lambda removal: removal.line)),
        address=stated.address,
        cover=Cover(address=stated.image) if stated.image else None,
        bare=not ruled,
    )


def _announce_code(
    page: Page, reasons: Sequence[str], rules: ReadingRules
) -> tuple[Page, list[str]]:
    """The page with its article's code announced, unless it is to be read."""
    if rules.code == "read":
        return page, list(reasons)
    passages, reasons = skip_code(page.passages, reasons)
    return replace(page, passages=passages), reasons


def _sort_out(page: Page, reasons: Sequence[str]) -> tuple[tuple[Block, ...], tuple[Removal, ...]]:
    """The article's blocks, and the others; what the user's own rule drops, none keeps."""
    blocks: list[Block] = []
    removed: list[Removal] = []
    for passage, reason in zip(page.passages, reasons, strict=True):
        if not reason:
            blocks.append(passage.block)
        elif reason == DROPPED:
            removed.append(replace(cut(passage.block, reason, len(blocks)), cut=None))
        else:
            removed.append(cut(passage.block, reason, len(blocks)))
    return tuple(blocks), tuple(removed)


def page_text(source: Source) -> str:
    """The page's text without the files inside it.

    Raises:
        UnreadableSourceError: no text, in no known encoding, or too large.
    """
    declared = _CHARSET.search(source.data[:4096])
    charset = source.charset or (declared[1].decode() if declared else None)
    text = decode(source.data, source.name, charset)
    if len(text) > _MOST_CHARS // 10:
        text = _EMBEDDED.sub("", text)
    if len(text) > _MOST_CHARS or text.count("<") > _MOST_TAGS:
        raise UnreadableSourceError(
            msg(
                "{name} is too large for an article: {characters:,} characters and {tags:,} tags; "
                "at most {most_chars:,} and {most_tags:,} are read.",
                name=source.name,
                characters=len(text),
                tags=text.count("<"),
                most_chars=_MOST_CHARS,
                most_tags=_MOST_TAGS,
            ),
            msg("Save only the article, as HTML or plain text."),
        )
    return text


def _find_rule(rules: ReadingRules, *addresses: str) -> SiteRule | None:
    """The first rule for the host of the page's own address, or for all hosts."""
    hosts = [host for address in addresses if (host := _host(address))]
    for rule in rules.selectors:
        wanted = rule.host.lower()
        if wanted == "*" or any(host == wanted or host.endswith(f".{wanted}") for host in hosts):
            return rule
    return None


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""


def select(root: etree._Element, selectors: tuple[str, ...]) -> list[etree._Element]:
    """The elements that CSS or XPath selectors lead to.

    Raises:
        ConfigError: one is broken, or leads to something else than elements.
    """
    from cssselect import HTMLTranslator, SelectorError

    found: list[etree._Element] = []
    for selector in selectors:
        is_path = selector.startswith(("/", "./", "("))
        try:
            path = selector if is_path else HTMLTranslator().css_to_xpath(selector)
            elements = root.getroottree().xpath(path)
        except (SelectorError, etree.XPathError) as error:
            raise ConfigError(
                msg(
                    "The selector {selector!r} is not valid: {error}.",
                    selector=selector,
                    error=error,
                ),
                msg("Correct it."),
            ) from error
        if not isinstance(elements, list) or not all(map(etree.iselement, elements)):
            raise ConfigError(
                msg("The selector {selector!r} does not select elements.", selector=selector),
                msg("Correct it."),
            )
        found += elements
    return found


def _name_dropped(page: Page, reasons: list[str], dropped: Sequence[etree._Element]) -> None:
    """Tell what a rule took from what the page hides itself; a line's piece is its block's."""
    around = {holder for element in dropped for holder in (element, *element.iterancestors())}
    for index, passage in enumerate(page.passages):
        if passage.hidden and around and not around.isdisjoint(_climb(passage.owner, dropped)):
            reasons[index] = DROPPED


def _climb(owner: etree._Element, dropped: Sequence[etree._Element]) -> list[etree._Element]:
    """The element itself, and those of the dropped ones that it lies in."""
    return [owner, *(each for each in owner.iterancestors() if each in dropped)]


def _shown_dates(page: Page, reasons: Sequence[str], title: str | None) -> list[str]:
    """Short lines between the title and the text, where pages show their date."""
    wanted = key(title or "")
    texts = [passage.block.text for passage in page.passages]
    at = next((index for index, text in enumerate(texts) if key(text) == wanted), None)
    below = range(at + 1, min(at + 9, len(texts))) if at is not None else range(0)
    return [texts[index] for index in below if reasons[index] in {OUTSIDE, PUBLISHED}]
