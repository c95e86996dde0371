"""Bytes to text: UTF-8, UTF-16, GB18030 and Big5, told apart by how likely the Chinese is.

A detector that weighs whole languages is sure of long texts only: charset-normalizer 3.5 gets 57
per cent of samples of 10 characters and 89 per cent of 20. Here every candidate encoding decodes
strictly, and the text with the most everyday characters wins: Big5 read as GB18030, or the other
way round, is full of rare ones.

Per cent of texts read wrong or refused, by length in characters. Left: sentences from news and
stories, 133 to 244 for each cell. Right: dictionary words strung together, the hardest there are,
300 for each cell.

    encoding   script         8     12    20    50   |   4     8     12    20    50
    GB18030    simplified     0     0     0     0    |   0.7   0.3   0     0     0
    GB18030    traditional    0     0     0     0    |   0.3   0     0     0     0
    Big5       traditional    0     0     0     0    |   1.6   0     0     0     0
    UTF-16-LE  both           0.2   0     0     0    |   7.0   0     0     0     0
    UTF-16-BE  both           0     0     0     0    |   6.3   0.3   0     0     0

UTF-16 is meant without its mark. UTF-8 comes first: other encodings fit it by chance hardly ever.
"""

from __future__ import annotations

import codecs
import re

from readaloud.errors import UnreadableSourceError, msg
from readaloud.sources.damaged_bytes import decode_damaged
from readaloud.sources.likelihood import likelihood, wide
from readaloud.sources.mojibake import mend

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CHINESE = ("gb18030", "cp950", "big5hkscs")
_NAMES = {"utf-8": "UTF-8", "gb18030": "GB18030", "cp950": "Big5"}
_WIDE = ("utf-16-le", "utf-16-be")
_DECLARED = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "cp950",
    "cp950": "cp950",
    "big5-hkscs": "big5hkscs",
}
"""What a page means by the name it declares: the superset, as browsers read it."""

_BINARY = (
    (b"PK\x03\x04", msg("a ZIP archive or an Office document")),
    (b"%PDF-", msg("a PDF document")),
    (b"\xd0\xcf\x11\xe0", msg("an old Office document")),
    (b"\x89PNG\r\n", msg("a picture")),
    (b"\xff\xd8\xff", msg("a picture")),
    (b"GIF89a\x00", msg("a picture")),
    (b"Rar!\x1a", msg("an archive")),
    (b"7z\xbc\xaf", msg("an archive")),
    (b"\x1f\x8b\x08", msg("an archive")),
    (b"ID3\x03\x00", msg("an audio file")),
)
_SHIFTED = re.compile(rb"~\{[!-}]{2,2000}~\}|\x1b\$\)?[A-H@]")
"""HZ, and the escapes of the ISO-2022 family: all bytes ASCII, but no text as it stands."""
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_FEW_CONTROLS, _MOST_CONTROLS = 3, 0.04
"""A stray one makes no file binary; bytes at random hold a tenth of them."""
_FEW_ZEROS = 0.05
"""Share of zero bytes in what is not UTF-16: a line of pure Chinese may hold less."""
_MIN_SCORE = 0.15
"""Of a short text, or one in the encoding that it names."""
_MIN_LONG_SCORE = 0.4
_LONG = 30
"""From this many characters on Chinese prose scores 0.6 at least, the oddest words strung together
0.41; Korean read as GB18030 0.35, a wrong decoding of Chinese below 0.2."""
_MIN_SURE = 6
"""Chinese characters before a damaged place that make its encoding sure."""


def decode(data: bytes, name: str, declared: str | None = None) -> str:
    """Turn a file's bytes into text.

    Characters of control stay in it, and U+FFFD stands where bytes are broken: ``take_unreadable``
    puts both on record. What was decoded wrongly before it was saved is mended.

    Args:
        data: the file.
        name: what messages call it.
        declared: the encoding that the file itself names, if any.

    Raises:
        UnreadableSourceError: the file is no text, text in no encoding known here, or garbled.
    """
    for mark, kind in _BINARY:
        if data.startswith(mark):
            raise UnreadableSourceError(
                msg("{name} is {kind}, not text.", name=name, kind=kind),
                msg("Save it as plain text."),
            )
    if data.isascii() and _SHIFTED.search(data):
        raise UnreadableSourceError(
            msg("{name} is in an old mail encoding (HZ or ISO-2022).", name=name),
            msg("Open it in an editor and save it as UTF-8."),
        )
    text = _decode_sure(data) or _decode_declared(data, declared) or _decode_likely(data)
    if text is None:
        text = decode_damaged(data)
    if text is None:
        raise _undecodable(data, name)
    if len(_CONTROL.findall(text)) > max(_FEW_CONTROLS, len(text) * _MOST_CONTROLS):
        raise UnreadableSourceError(
            msg("{name} looks like a binary file, not text.", name=name),
            msg("Give the article as text or HTML."),
        )
    return mend(text, name)


def is_binary(data: bytes) -> bool:
    """Whether the first bytes name a format that is no text."""
    return any(data.startswith(mark) for mark, _ in _BINARY)


def _decode_sure(data: bytes) -> str | None:
    """By byte order mark, or as UTF-8, which other encodings hardly ever fit by chance."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    return _try(data, "utf-8") if _few_zeros(data) else None


def _few_zeros(data: bytes) -> bool:
    return data.count(0) <= len(data) * _FEW_ZEROS


def _decode_declared(data: bytes, declared: str | None) -> str | None:
    if not declared or not _few_zeros(data):
        return None
    encoding = _DECLARED.get(declared.strip().lower())
    text = _try(data, encoding) if encoding else None
    return text if text is not None and likelihood(text) >= _MIN_SCORE else None


def _decode_likely(data: bytes) -> str | None:
    """The best of the candidates, None where none reads as Chinese.

    Many zero bytes leave UTF-16 alone; with few it is still possible, in lines of pure Chinese.
    """
    encodings = (*_CHINESE, *_WIDE) if _few_zeros(data) else _WIDE
    texts = [text for encoding in encodings if (text := _try(data, encoding)) is not None]
    best = max(texts, key=_rank, default=None)
    if best is None:
        return None
    floor = _MIN_LONG_SCORE if len(wide(best)) >= _LONG else _MIN_SCORE
    return best if _rank(best) >= floor else None


def _rank(text: str) -> float:
    """UTF-16 English has no Chinese to weigh: there plain letters decide."""
    return likelihood(text) if wide(text) else float("\0" not in text)


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _undecodable(data: bytes, name: str) -> UnreadableSourceError:
    """Where the file is damaged, if all before that place is Chinese in some encoding."""
    remedy = msg("Open it in an editor and save it as UTF-8.")
    found = []
    for encoding, label in _NAMES.items():
        place = _bad_byte(data, encoding)
        before = data[:place].decode(encoding) if place else ""
        if place and len(wide(before)) >= _MIN_SURE:
            found.append((likelihood(before), place, label))
    score, place, label = max(found, default=(0.0, 0, ""))
    if score < _MIN_SCORE:
        return UnreadableSourceError(
            msg("{name} is not Chinese text in UTF-8, UTF-16, GB18030 or Big5.", name=name), remedy
        )
    line = data.count(b"\n", 0, place) + 1
    return UnreadableSourceError(
        msg(
            "{name} is damaged: line {line} (byte {place}) is not {label}.",
            name=name,
            line=line,
            place=place,
            label=label,
        ),
        remedy,
    )


def _bad_byte(data: bytes, encoding: str) -> int | None:
    """The place of the first byte that the encoding can't hold."""
    try:
        data.decode(encoding)
    except UnicodeDecodeError as error:
        return error.start
    return None
