"""The pages of the documentation: their files, their commands, and what these name."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = [
    *sorted(ROOT.glob("README*.md")),
    *sorted((ROOT / "docs").glob("*/*.md")),
    *sorted((ROOT / "docs").glob("*.md")),
]
_BLOCK = re.compile(
    r"(?:<!-- (?P<mark>[^>]*) -->\n)?^```(?P<kind>\w*)(?: title=\"(?P<title>[^\"]+)\")?\n"
    r"(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
_INLINE = re.compile(r"`(readaloud (?:[^`])+)`")


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, its file name, what stands in it, and the mark above it."""

    kind: str
    title: str
    text: str
    mark: str

    @property
    def runs(self) -> bool:
        """Whether nothing stands in the way of running it here."""
        return not self.mark.startswith("not run: ")


def blocks(page: Path) -> list[Block]:
    """The blocks of a page, in order."""
    found = _BLOCK.finditer(page.read_text("utf-8"))
    return [Block(m["kind"], m["title"] or "", m["text"], m["mark"] or "") for m in found]


def commands(block: Block) -> list[list[str]]:
    """The words of each command of a block of sh."""
    lines = [part for line in block.text.splitlines() for part in line.split("&&")]
    return [words for line in lines if (words := shlex.split(line, comments=True))]


def named_commands(page: Path) -> Iterator[list[str]]:
    """Every command line of readaloud on a page, in blocks and in sentences, without its name."""
    text = page.read_text("utf-8")
    shells = [block for block in blocks(page) if block.kind in {"sh", "bash"}]
    lines = [line for block in shells for line in block.text.splitlines()]
    for line in [*lines, *_INLINE.findall(text)]:
        for part in re.split(r"&&|\|\||\|", line):
            words = shlex.split(part, comments=True)
            if words[:1] == ["readaloud"] and len(words) > 1:
                yield words[1:]


def bare_options(page: Path) -> list[str]:
    """Options that stand in a sentence by themselves."""
    return re.findall(r"`(--[a-z][\w-]*)[^`]*`", page.read_text("utf-8"))
