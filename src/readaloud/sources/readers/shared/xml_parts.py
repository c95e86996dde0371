"""Parses the XML inside EPUB and DOCX files: no entities, no network, no depth without bound."""

from __future__ import annotations

import html
import re

from lxml import etree

from readaloud.errors import UnreadableSourceError, msg
from readaloud.sources.text_encodings import decode

MAX_NODES = 1_000_000
"""Elements and attributes of one part: libxml2 takes about 200 bytes for each."""

_ENCODING = re.compile(rb"<\?xml[^<>]{0,100}encoding\s{0,5}=\s{0,5}[\"']([\w-]{1,30})")
_DECLARATION = re.compile(r"\s{0,99}<\?xml[^<>]{0,200}\?>")
_DOCTYPE = re.compile(r"<!DOCTYPE[^<>\[\]]{0,500}>", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,30});")
_KEPT = frozenset({"amp", "lt", "gt", "quot", "apos"})


def decode_part(data: bytes, name: str) -> str:
    """The text of an XML part, without its declaration and its DOCTYPE.

    Raises:
        UnreadableSourceError: it is no text, declares entities, or has more nodes than MAX_NODES.
    """
    declared = _ENCODING.search(data[:300])
    text = decode(data, name, declared[1].decode() if declared else None)
    text = _CONTROL.sub("\ufffd", text)  # a mark that no XML can hold, for the record
    if "<!ENTITY" in text:
        raise UnreadableSourceError(
            msg("{name} declares entities of its own, which readaloud does not follow.", name=name),
            msg("Save the text again with another program."),
        )
    if text.count("<") - text.count("</") + text.count("=") > MAX_NODES:
        raise UnreadableSourceError(
            msg("{name} has more markup than any book needs.", name=name),
            msg("Save the text again, or split it."),
        )
    return _DOCTYPE.sub("", _DECLARATION.sub("", text, count=1), count=1)


def parse_xml(data: bytes, name: str) -> etree._Element:
    """Parse an XML part; tags lose their namespaces, attributes keep them.

    Raises:
        UnreadableSourceError: see ``decode_part``; or it is not well-formed, or nested too deep.
    """
    try:
        return parse_strict(decode_part(data, name))
    except etree.XMLSyntaxError as error:
        raise UnreadableSourceError(
            msg("{name} is damaged: {msg}.", name=name, msg=error.msg),
            msg("Download or save the file again."),
        ) from error


def parse_strict(text: str) -> etree._Element:
    """Parse what ``decode_part`` returns; HTML's named characters are known.

    Raises:
        etree.XMLSyntaxError: not well-formed, nested over 256 deep, or a text over 10 MB.
    """
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False
    )
    root = etree.fromstring(_ENTITY.sub(_character, text).encode("utf-8", "replace"), parser)
    for element in root.iter(etree.Element):
        tag = str(element.tag)
        if tag.startswith("{"):
            element.tag = tag.rpartition("}")[2]
    return root


def attribute(element: etree._Element, name: str) -> str:
    """An attribute by its local name, whatever its namespace; an empty string for none."""
    if (plain := element.get(name)) is not None:
        return str(plain)
    for key, value in element.attrib.items():
        if str(key).endswith(f"}}{name}"):
            return str(value)
    return ""


def text_of(element: etree._Element) -> str:
    """All text inside an element."""
    return "".join(element.itertext())


def _character(match: re.Match[str]) -> str:
    """A named character of HTML as itself; XML's own five, and unknown names, stay."""
    return match[0] if match[1] in _KEPT else html.unescape(match[0])
