"""EPUB 3 with media overlays: text and speech together, sentence by sentence."""

from __future__ import annotations

from pathlib import Path

from readaloud.formats.epub import parts as epub_parts
from readaloud.formats.shared.archive import Archive, add_audio, open_archive
from readaloud.formats.shared.read_along import parts_of
from readaloud.model import Narration

_PNG = b"\x89PNG"


def write_epub(narration: Narration, path: Path) -> None:
    """Write the book; see ``readaloud.formats.Format``. The same edition is the same file."""
    parts, article = parts_of(narration), narration.script.article
    with open_archive(path) as archive:
        archive.add("mimetype", b"application/epub+zip", stored=True)
        archive.add("META-INF/container.xml", epub_parts.container())
        cover = _add_cover(archive, narration)
        _add(archive, "package.opf", epub_parts.package(narration, parts, cover))
        _add(archive, "nav.xhtml", epub_parts.navigation(parts, article))
        _add(archive, epub_parts.STYLE, epub_parts.CSS.encode())
        for part in parts:
            page = epub_parts.chapter_page(part, parts, narration)
            _add(archive, epub_parts.text_name(part), page)
            _add(archive, epub_parts.overlay_name(part), epub_parts.overlay(part))
        add_audio(archive, f"EPUB/{epub_parts.AUDIO}", narration, path.parent)


def _add(archive: Archive, name: str, data: bytes) -> None:
    archive.add(f"EPUB/{name}", data)


def _add_cover(archive: Archive, narration: Narration) -> str | None:
    """Add the cover and its page; the image's name, which follows its bytes and not its suffix."""
    if narration.cover is None:
        return None
    image = narration.cover.read_bytes()
    name = "cover.png" if image.startswith(_PNG) else "cover.jpg"
    archive.add(f"EPUB/{name}", image, stored=True)
    _add(archive, epub_parts.COVER_PAGE, epub_parts.cover_page(name, narration))
    return name
