"""What goes to the process that reads a PDF, and what comes back: JSON, for nothing runs in it."""

from __future__ import annotations

import json

from readaloud.errors import Message, UnreadableSourceError
from readaloud.model import Block, Document, Removal
from readaloud.sources.readers.shared.cuts import cut

OUT_OF_TIME = 1
"""The exit code of faulthandler's watchdog, and of Python's own failures."""
OUT_OF_MEMORY = 3


def pack_request(name: str, data: bytes) -> bytes:
    """The source's name as a line of JSON, then its bytes."""
    return json.dumps(name).encode() + b"\n" + data


def unpack_request(request: bytes) -> tuple[str, bytes]:
    """The name and the bytes of ``pack_request``."""
    name, _, data = request.partition(b"\n")
    return json.loads(name), data


def pack_document(document: Document) -> bytes:
    """A document of blocks without ruby, which PDF does not have; lines cut are paragraphs."""
    blocks = [[b.text, b.line, b.kind, b.level, b.strong] for b in document.blocks]
    removed = [[r.line, r.text, r.reason, r.before if r.cut else None] for r in document.removed]
    stated = [document.source_name, document.title, document.byline, document.date]
    return json.dumps([stated, blocks, removed], separators=(",", ":")).encode()


def pack_refusal(error: UnreadableSourceError) -> bytes:
    """Both sentences of a refusal, so that they can still be translated."""
    return json.dumps({"said": [_taken_apart(error.message), _taken_apart(error.remedy)]}).encode()


def unpack_answer(answer: bytes) -> Document:
    """The document that was packed.

    Raises:
        UnreadableSourceError: the one that was packed.
        ValueError: the answer is cut short.
    """
    found = json.loads(answer)
    if isinstance(found, dict):
        raise UnreadableSourceError(*(Message(*sentence) for sentence in found["said"]))
    (name, title, byline, date), blocks, removed = found
    return Document(
        name,
        tuple(Block(text, line, kind, level, strong) for text, line, kind, level, strong in blocks),
        title,
        byline,
        date,
        tuple(_unpack_removal(*gone) for gone in removed),
    )


def _unpack_removal(line: int, text: str, reason: str, before: int | None) -> Removal:
    if before is None:
        return Removal(line, text, reason)
    return cut(Block(text, line), reason, before)


def _taken_apart(sentence: str) -> tuple[str, dict[str, object]]:
    if isinstance(sentence, Message):
        return sentence.template, sentence.values
    return sentence, {}
