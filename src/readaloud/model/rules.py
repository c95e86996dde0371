"""Editing rules as a file or the user's settings state them, with the examples that test them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

AltText = Literal["off", "short", "full"]
"""How much of the alternative texts of pictures is said."""
Place = Literal["anywhere", "head", "tail", "within"]
Extent = Literal["whole", "start", "within"]
Lines = tuple[tuple[int, int], ...]
"""Ranges of lines by their numbers, first and last; see ``Block.named``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRule:
    """A kind of line that is not the article's own, known by a pattern or by literal phrases."""

    name: str
    """A stable code. Entries of one name are one rule."""
    reason: str
    """What the report says, in English."""
    why: str = ""
    """What whoever looks after the rule has to know."""
    pattern: str = ""
    """A regular expression for a whole line, decoration aside, in Simplified."""
    phrases: tuple[str, ...] = ()
    """Whole lines, in place of a pattern."""
    max_chars: int = 60
    """A longer line is none of this kind."""
    place: Place = "anywhere"
    """``head``: among the first lines of an article, ``tail``: among its last; ``within``: any
    piece of a line, which is cut out of it."""
    below: str = ""
    """Only right below a line that the rule of this name took; ``any``: that any rule took."""
    drops: tuple[str, ...]
    """Examples in either script: lines that the rule takes."""
    keeps: tuple[str, ...]
    """Examples: near misses, which it must not take."""
    keep: bool = False
    """A user's rule only: the lines that it takes are spoken, whatever other rules say. ``keeps``
    are then the lines that it takes, ``drops`` near misses, of which there may be none."""
    every_kind: bool = False
    """A user's rule only: it sees headings, quotations and code too."""
    site: str = ""
    """A user's rule only: for pages of ``example.com`` and of all below it."""
    where: str = field(default="", repr=False, compare=False)
    """File and line of the entry, for messages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineMark:
    """What the program looks for in lines, to decide by more than that one line."""

    name: str
    why: str = ""
    pattern: str = ""
    phrases: tuple[str, ...] = ()
    extent: Extent = "whole"
    """What of a line has to match: all of it, its start, or something within."""
    matches: tuple[str, ...]
    """Examples in either script."""
    misses: tuple[str, ...]
    where: str = field(default="", repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class EditingRules:
    """The user's own rules; ``keep`` wins over all others, ``drop`` over ``keep``."""

    drop: tuple[str, ...] = ()
    """Regular expressions, searched in every whole line as it is written."""
    keep: tuple[str, ...] = ()
    lines: tuple[LineRule, ...] = ()
    """Rules of the form of readaloud's own, which go before those."""
    alt_text: AltText = "short"
    keep_lines: Lines = ()
    """Lines of this article by their numbers; the same for ``drop_lines``."""
    drop_lines: Lines = ()
    keep_texts: tuple[str, ...] = ()
    """Whole lines as they are written; the same for ``drop_texts``."""
    drop_texts: tuple[str, ...] = ()
    file: str = field(default="", repr=False, compare=False)
    """Where decisions of the user's are remembered: a file of rules, there or not."""
    where_drop: str = field(default="", repr=False, compare=False)
    """File, line and table of ``drop``, for messages; the same for ``keep``."""
    where_keep: str = field(default="", repr=False, compare=False)
