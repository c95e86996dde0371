"""Writes a word into a lexicon that a person may have written, and may go on writing."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

from readaloud.editions.users_files import write_users_file
from readaloud.errors import ConfigError, msg
from readaloud.files.outside import is_file, read_outside_text

_WORDS = re.compile(r"(?m)^[ \t]*\[[ \t]*words[ \t]*\][^\n]*\n?")


def write_word(path: Path, word: str, pinyin: str) -> None:
    """Add a word with its pinyin, in place of what the file said of it.

    Raises:
        ConfigError: what is in the file is no lexicon, or one in which the word has no place.
        OutputError: it can't be written.
    """
    from readaloud.spoken import read_lexicon

    text = ""
    if is_file(path):
        read_lexicon(path)
        text = read_outside_text(path)
    write_users_file(path, _with_word(text, word, pinyin, path))


def _with_word(text: str, word: str, pinyin: str, path: Path) -> str:
    key = json.dumps(word, ensure_ascii=False)
    entry = f'{key} = "{pinyin}"\n'
    same = re.compile(
        rf"(?m)^[ \t]*(?:{re.escape(key)}|'{re.escape(word)}'|{re.escape(word)})[ \t]*=.*\n?"
    )
    kept = same.sub("", text)
    head = _WORDS.search(kept)
    if head is None:
        kept = f"{kept.rstrip()}\n\n[words]\n{entry}".lstrip()
    else:
        line = head[0] if head[0].endswith("\n") else f"{head[0]}\n"
        kept = f"{kept[: head.start()]}{line}{entry}{kept[head.end() :]}"
    try:
        if tomllib.loads(kept)["words"][word] == pinyin:
            return kept
    except (tomllib.TOMLDecodeError, KeyError, TypeError):
        pass
    raise ConfigError(
        msg("{path} is written in a way that {word} can't be added to.", path=path, word=word),
        msg("Write it there yourself: {entry}", entry=entry.strip()),
    )
