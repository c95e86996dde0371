"""A feed of thousands of episodes, in pages (RFC 5005, sections 3 and 4).

Pages are counted from the oldest episodes, so that a new episode changes the first page alone. Each
is a page to walk through (``next``) and an archive that does not change (``prev-archive``).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lxml import etree

from readaloud.files.atomic import write_whole
from readaloud.podcast.episodes import Item
from readaloud.podcast.existing_feed import feed_pages
from readaloud.podcast.feed_file import FEED_NAME
from readaloud.podcast.rss_xml import Head, archive_mark, channel_element, document, page_link


def write_pages(
    folder: Path, head: Head, elements: Sequence[etree._Element], trailer: Item | None
) -> None:
    """Write the feed of these items, newest first: its first page last (OSError as it comes)."""
    size, total = head.channel.page_items, len(elements)
    archives = max(total // size - 1, 0) if size else 0
    newest = total - archives * size
    parts = [elements[:newest]]
    parts += [elements[start : start + size] for start in range(newest, total, size or total + 1)]
    names = [FEED_NAME, *(f"feed-{number:04}.xml" for number in range(archives, 0, -1))]
    for number in reversed(range(len(names))):
        channel = channel_element(head, names[number], trailer)
        for mark in _links(head, names, number):
            channel.append(mark)
        channel.extend(parts[number])
        write_whole(folder / names[number], document(channel), mode=0o644)
    for page in feed_pages(folder):
        if page.name not in names:
            page.unlink()


def _links(head: Head, names: Sequence[str], number: int) -> list[etree._Element]:
    """How the pages of a feed name each other; nothing where there is but one."""
    if len(names) == 1:
        return []
    links = [page_link("first", head, names[0]), page_link("last", head, names[-1])]
    if number + 1 < len(names):
        links += [page_link(rel, head, names[number + 1]) for rel in ("next", "prev-archive")]
    if number:
        links.append(page_link("previous", head, names[number - 1]))
        links += [page_link("current", head, names[0]), archive_mark()]
    if number > 1:
        links.append(page_link("next-archive", head, names[number - 1]))
    return links
