"""The package of an EPUB: metadata, reading order and table of contents."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from lxml import etree

from readaloud.chinese.dates import read_day
from readaloud.errors import UnreadableSourceError, msg
from readaloud.sources.readers.shared.repair import repair
from readaloud.sources.readers.shared.stated_metadata import stated_author, stated_title
from readaloud.sources.readers.shared.xml_parts import attribute, parse_xml
from readaloud.sources.readers.shared.zip_parts import Archive

_FONTS = frozenset({"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"})
"""Algorithms that only scramble fonts: the text is open."""
_GUIDE = {"cover": "cover", "toc": "table of contents"}


@dataclass(frozen=True, slots=True)
class Part:
    """A document of the spine; ``role`` says why it is not spoken, where it is not."""

    path: str
    media_type: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the table of contents; ``depth`` from 1.

    ``group`` says that it has no place of its own: it stands above the lines below it.
    """

    path: str
    fragment: str
    label: str
    depth: int
    group: bool = False


@dataclass(frozen=True, slots=True)
class Package:
    """What the OPF file and the contents say."""

    parts: tuple[Part, ...]
    entries: tuple[Entry, ...]
    title: str | None
    byline: str | None
    date: str | None
    entry: Callable[[str], str]
    """The archive's own name for a path."""
    covers: tuple[str, ...] = ()
    """Paths of what the book names as its cover, the surest first: pictures and pages."""

    def contents(self, path: str) -> tuple[Entry, ...]:
        """The lines of the contents that lead into one document."""
        wanted = self.entry(path)
        return tuple(line for line in self.entries if self.entry(line.path) == wanted)

    def name_of(self, path: str) -> str:
        """What the contents call a document, an empty string where they don't name it."""
        return next((entry.label for entry in self.contents(path) if not entry.group), "")


@dataclass(frozen=True, slots=True)
class _Item:
    path: str
    media_type: str
    properties: frozenset[str]


def open_package(archive: Archive, name: str) -> Package:
    """Read the package of a book.

    Raises:
        UnreadableSourceError: copy-protected, without OPF file, damaged, or without a spine.
    """
    _refuse_protected(archive, name)
    opf_path = _find_opf(archive, name)
    data = archive.read(opf_path)
    if data is None:
        raise _no_package(name)
    opf = parse_xml(data, f"{name} ({opf_path})")
    items = _manifest(opf, posixpath.dirname(opf_path))
    guide = _guide(opf, posixpath.dirname(opf_path), archive.entry)
    parts = tuple(_spine(opf, items, guide, archive.entry))
    if not parts:
        raise UnreadableSourceError(
            msg("{name} has no text to read.", name=name), msg("Check that it is a book.")
        )
    return Package(
        parts,
        tuple(_contents(archive, opf, items, name)),
        stated_title(_first(opf, "title")),
        _creators(opf),
        next((day for e in opf.iter("date") if (day := read_day((e.text or "").strip()))), None),
        archive.entry,
        tuple(_covers(opf, items, guide)),
    )


def _refuse_protected(archive: Archive, name: str) -> None:
    data = archive.read("META-INF/encryption.xml")
    if data is None:
        return
    for item in parse_xml(data, f"{name} (encryption.xml)").iter("EncryptedData"):
        method = next(item.iter("EncryptionMethod"), None)
        if method is None or attribute(method, "Algorithm") not in _FONTS:
            raise UnreadableSourceError(
                msg("{name} is copy-protected (DRM): its text is encrypted.", name=name),
                msg("Ask the publisher or the library for a copy without protection."),
            )


def _find_opf(archive: Archive, name: str) -> str:
    data = archive.read("META-INF/container.xml")
    if data is not None:
        for root in parse_xml(data, f"{name} (container.xml)").iter("rootfile"):
            if path := attribute(root, "full-path"):
                return path.replace("\\", "/")
    paths = (path.replace("\\", "/") for path in archive.paths)
    found = next((path for path in paths if path.lower().endswith(".opf")), None)
    if found is None:
        raise _no_package(name)
    return found


def _no_package(name: str) -> UnreadableSourceError:
    return UnreadableSourceError(
        msg("{name} is not an EPUB book: it has no package (OPF) file.", name=name),
        msg("Download or export the book again."),
    )


def _manifest(opf: etree._Element, base: str) -> dict[str, _Item]:
    return {
        attribute(item, "id"): _Item(
            resolve(base, attribute(item, "href"))[0],
            attribute(item, "media-type").lower(),
            frozenset(attribute(item, "properties").split()),
        )
        for item in opf.iter("item")
    }


def _guide(opf: etree._Element, base: str, entry: Callable[[str], str]) -> dict[str, str]:
    """Documents that EPUB 2 names as cover or contents."""
    return {
        entry(resolve(base, attribute(reference, "href"))[0]): role
        for reference in opf.iter("reference")
        if (role := _GUIDE.get(attribute(reference, "type")))
    }


def _spine(
    opf: etree._Element,
    items: dict[str, _Item],
    guide: dict[str, str],
    entry: Callable[[str], str],
) -> Iterator[Part]:
    """Documents in reading order, each once; those outside of the line of reading last."""
    seen: set[str] = set()
    refs = sorted(opf.iter("itemref"), key=lambda ref: attribute(ref, "linear") == "no")
    for ref in refs:
        item = items.get(attribute(ref, "idref"))
        if item is None:
            yield Part(attribute(ref, "idref"), "")
        elif (path := entry(item.path)) not in seen:
            seen.add(path)
            role = guide.get(path, "")
            yield Part(
                item.path,
                item.media_type,
                "table of contents" if "nav" in item.properties else role,
            )


def _covers(opf: etree._Element, items: dict[str, _Item], guide: dict[str, str]) -> Iterator[str]:
    """As EPUB 3 says it, as EPUB 2 does, and by the names that programs give."""
    yield from (item.path for item in items.values() if "cover-image" in item.properties)
    for meta in opf.iter("meta"):
        if attribute(meta, "name").lower() == "cover":
            named = attribute(meta, "content")
            yield from (item.path for key, item in items.items() if named == key)
    yield from (path for path, role in guide.items() if role == "cover")
    for name, item in items.items():
        if "cover" in name.lower() and item.media_type.startswith("image/"):
            yield item.path


def _contents(
    archive: Archive, opf: etree._Element, items: dict[str, _Item], name: str
) -> Iterator[Entry]:
    nav = next((item for item in items.values() if "nav" in item.properties), None)
    spine = next(opf.iter("spine"), None)
    ncx = items.get(attribute(spine, "toc")) if spine is not None else None
    ncx = ncx or next((i for i in items.values() if i.media_type.endswith("dtbncx+xml")), None)
    for item in (nav, ncx):
        data = archive.read(item.path) if item else None
        if item is None or data is None:
            continue
        try:
            root = parse_xml(data, f"{name} ({item.path})")
        except UnreadableSourceError:
            continue  # the text can be read without its contents
        base = posixpath.dirname(item.path)
        entries = list(_nav_entries(root, base) if item is nav else _ncx_entries(root, base))
        if entries:
            yield from entries
            return


def _nav_entries(root: etree._Element, base: str) -> Iterator[Entry]:
    navs = list(root.iter("nav"))
    toc = next((nav for nav in navs if "toc" in attribute(nav, "type").split()), None)
    toc = toc if toc is not None else next(iter(navs), None)
    if toc is None:
        return
    for item in list(toc.iter("li")) or list(toc.iter("a")):
        link = next((a for a in item.iter("a") if a.get("href")), None)
        if link is None:
            continue
        label = "".join(_own_text(item)) if item.tag == "li" else "".join(item.itertext())
        depth = sum(1 for _ in item.iterancestors("ol", "ul"))
        inner = next((li for li in link.iterancestors("li")), item)
        yield from _entry(base, link.get("href", ""), label, depth, inner is not item)


def _own_text(item: etree._Element) -> Iterator[str]:
    """The text of a list's item without that of the lists in it."""
    yield item.text or ""
    for child in item:
        if child.tag not in {"ol", "ul"} and isinstance(child.tag, str):
            yield from child.itertext()
        yield child.tail or ""


def _ncx_entries(root: etree._Element, base: str) -> Iterator[Entry]:
    for point in root.iter("navPoint"):
        label = next(point.iter("text"), None)
        places = [attribute(content, "src") for content in point.iter("content")]
        own = point.find("content")
        depth = 1 + sum(1 for _ in point.iterancestors("navPoint"))
        target = next(filter(None, places), "")
        if label is not None and target:
            group = own is None or not attribute(own, "src") or target in places[1:]
            yield from _entry(base, target, label.text or "", depth, group)


def _entry(base: str, href: str, label: str, depth: int, group: bool = False) -> Iterator[Entry]:
    path, fragment = resolve(base, href)
    if path and (text := repair(label)):
        yield Entry(path, fragment, text, max(depth, 1), group)


def resolve(base: str, href: str) -> tuple[str, str]:
    """A reference as the archive's path and a fragment."""
    path, _, fragment = href.strip().replace("\\", "/").partition("#")
    if not path:
        return "", fragment
    return posixpath.normpath(posixpath.join(base, _unquote(path))), _unquote(fragment)


def _unquote(text: str) -> str:
    """Percent signs as the characters they stand for, in UTF-8 or in the encoding before it."""
    data = unquote_to_bytes(text)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")


def _first(opf: etree._Element, tag: str) -> str:
    return next((text for e in opf.iter(tag) if (text := "".join(e.itertext()).strip())), "")


def _creators(opf: etree._Element) -> str | None:
    names = [stated_author("".join(e.itertext())) for e in opf.iter("creator")]
    return "、".join(dict.fromkeys(name for name in names if name)) or None
