"""The picture that a book names as its cover."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from readaloud.errors import UnreadableSourceError
from readaloud.model import Cover
from readaloud.sources.readers.epub.package import Package, resolve
from readaloud.sources.readers.shared.html_walk import parse
from readaloud.sources.readers.shared.xml_parts import attribute, decode_part
from readaloud.sources.readers.shared.zip_parts import Archive

_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"RIFF")


def read_cover(archive: Archive, package: Package) -> Cover | None:
    """The first of the pictures that the book names, or that the pages it names show."""
    for path in package.covers:
        for data in _pictures(archive, path):
            if data.startswith(_PICTURES):
                return Cover(data)
    return None


def _pictures(archive: Archive, path: str) -> Iterator[bytes]:
    """A picture, or those on a page; a cover that can't be read stops no book."""
    try:
        data = archive.read(path)
        if data is None:
            return
        yield data
        if data.startswith(_PICTURES):
            return
        root = parse(decode_part(data, path), path)
        for image in root.iter("img", "image") if root is not None else ():
            source = attribute(image, "src") or attribute(image, "href") or _linked(image)
            shown, _ = resolve(posixpath.dirname(path), source)
            yield archive.read(shown) or b""
    except UnreadableSourceError:
        return


def _linked(image: object) -> str:
    """The address of a picture inside SVG, whose attribute HTML's parser leaves its prefix."""
    return str(image.get("xlink:href", ""))  # type: ignore[attr-defined]
