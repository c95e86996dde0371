"""What Chinese Markdown holds beyond CommonMark: rules for the parser, all without styling.

Footnotes stand behind the paragraph that names them; their marks, and those of task lists, go on
record. Definition lists, tables and strikethrough are parsed. Emphasis
works beside Chinese punctuation, where CommonMark leaves ``**“好”**说`` as it is
(github.com/tats-u/markdown-cjk-friendly tells why).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, reference
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote.index import footnote_def

from readaloud.errors import msg
from readaloud.model import Removal

MAX_NESTING = 100
"""Quotes and lists within each other: what is deeper the parser drops."""
FOOTNOTE = msg("footnote mark")
TASK = msg("task mark")
NOTE = "data-note"
"""The attribute of an element that holds a footnote."""

_MAX_BRACKETS = 50
_DEFINITION = re.compile(r"\[[^^\[\]][^\[\]]{0,200}\]:[ \t]{0,9}<?(?:https?:|mailto:|[./#])[!-~]+")
_MARK = re.compile(r"\[\^([^\s\[\]]{1,60})\]")
_INLINE_NOTE = re.compile(r"\^\[([^\[\]\n]{1,500})\]")
_TASK = re.compile(r"\[[ xX]\](?=[ \t])")


def make_parser() -> MarkdownIt:
    """A parser with all of it; ``parse`` with an environment that holds an empty list, "removed".

    Marks that are not spoken are added to that list as removals.
    """
    parser = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING})
    parser.enable(["table", "strikethrough"])
    # Nothing follows a link here: one to a script shows its text, too.
    parser.validateLink = _is_link  # type: ignore[method-assign]
    deflist_plugin(parser)
    parser.block.ruler.at("reference", _define_link, {"alt": []})
    parser.block.ruler.before(
        "reference", "footnote_def", footnote_def, {"alt": ["paragraph", "reference"]}
    )
    parser.core.ruler.after("block", "tasks", _take_tasks)
    parser.core.ruler.after("tasks", "brackets", _limit_brackets)
    parser.core.ruler.push("notes", _place_notes)
    parser.inline.ruler.at("emphasis", _emphasis)
    parser.inline.ruler.before("link", "footnote_mark", _footnote_mark)
    parser.add_render_rule("footnote_mark", lambda *_: "")
    return parser


def _is_link(url: str) -> bool:  # noqa: ARG001
    """Whether ``](…)`` holds an address: any."""
    return True


def _define_link(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Markdown's link definitions, but only of addresses: 「[注]: 说明」 is text."""
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    match = _DEFINITION.match(line)
    return match is not None and reference(state, start, end, silent)


def _take_tasks(state: StateCore) -> None:
    """The boxes of task lists: ``- [x] 完成`` is read as 完成."""
    for before, token in zip(state.tokens[1:], state.tokens[2:], strict=False):
        match = _TASK.match(token.content) if token.type == "inline" else None
        if match and before.type == "paragraph_open" and before.level > 1 and token.map:
            state.env["removed"].append(Removal(token.map[0] + 1, match[0], TASK))
            token.content = token.content[match.end() :].lstrip()


def _limit_brackets(state: StateCore) -> None:
    """Make text of brackets nested without sense: the search for links is quadratic in them."""
    for token in state.tokens:
        if token.type == "inline" and _depth(token.content) > _MAX_BRACKETS:
            token.content = token.content.replace("[", "&#91;")


def _depth(text: str) -> int:
    depth = deepest = 0
    for char in text if text.count("[") > _MAX_BRACKETS else "":
        depth = depth + 1 if char == "[" else max(depth - (char == "]"), 0)
        deepest = max(deepest, depth)
    return deepest


def _emphasis(state: StateInline, silent: bool) -> bool:
    """Markdown's emphasis; marks beside a Chinese character open and close anywhere.

    Between digits a star is a sign: 2*3*4 is no emphasis.
    """
    marker = state.src[state.pos]
    if silent or marker not in "_*":
        return False
    found = state.scanDelims(state.pos, marker == "*")
    opens, closes = found.can_open, found.can_close
    if marker == "*" or found.length > 1:
        before = state.src[state.pos - 1 : state.pos] or " "
        after = state.src[state.pos + found.length : state.pos + found.length + 1] or " "
        times = before.isdigit() and after.isdigit()
        opens = not times and (opens or (_is_wide(before) and not after.isspace()))
        closes = not times and (closes or (_is_wide(after) and not before.isspace()))
    for _ in range(found.length):
        state.push("text", "", 0).content = marker
        position = len(state.tokens) - 1
        state.delimiters.append(Delimiter(ord(marker), found.length, position, -1, opens, closes))
    state.pos += found.length
    return True


def _is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF" or char in "“”‘’…—"


def _footnote_mark(state: StateInline, silent: bool) -> bool:
    """``[^1]`` where that note exists, or looks like one; a note on the spot is a parenthesis."""
    match = _MARK.match(state.src, state.pos, state.posMax)
    if match is None:
        return _inline_note(state, silent)
    label = match[1]
    known = f":{label}" in state.env.get("footnotes", {}).get("refs", {})
    if not known and not (label.isascii() and label.isdigit()):
        return False
    if not silent:
        state.push("footnote_mark", "", 0).meta = {"label": label}
    state.pos = match.end()
    return True


def _inline_note(state: StateInline, silent: bool) -> bool:
    match = _INLINE_NOTE.match(state.src, state.pos, state.posMax)
    if match and not silent:
        state.push("text", "", 0).content = f"（{match[1]}）"
    state.pos = match.end() if match else state.pos
    return match is not None


def _place_notes(state: StateCore) -> None:
    """Move each footnote behind the block that names it first, and put its marks on record."""
    groups = list(_groups(state.tokens))
    notes: dict[str, list[Token]] = {}
    for group in groups:
        if group[0].type == "footnote_reference_open":
            notes.setdefault(group[0].meta["label"], group)
    known = set(map(id, notes.values()))
    placed: set[str] = set()
    ordered: list[Token] = []
    for group in groups:
        state.env["removed"].extend(_marks(group))
        if id(group) not in known:
            ordered += group
            ordered += _named(group, notes, placed)
    left = [label for label in notes if label not in placed]
    for label in left:
        ordered += notes[label]
    state.tokens = ordered
    for token in ordered:
        if token.type in {"footnote_reference_open", "footnote_reference_close"}:
            token.tag = "div"
        if token.type == "footnote_reference_open":
            token.attrSet(NOTE, token.meta["label"])


def _groups(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """The tokens of each block that stands in no other."""
    group: list[Token] = []
    depth = 0
    for token in tokens:
        group.append(token)
        depth += token.nesting
        if depth == 0:
            yield group
            group = []


def _named(group: Sequence[Token], notes: dict[str, list[Token]], placed: set[str]) -> list[Token]:
    """The notes that a block names, with those that they name, each once."""
    found: list[Token] = []
    waiting = [child.meta["label"] for child in _children(group)]
    while waiting:
        label = waiting.pop(0)
        if label in notes and label not in placed:
            placed.add(label)
            found += notes[label]
            waiting += [child.meta["label"] for child in _children(notes[label])]
    return found


def _children(group: Sequence[Token]) -> Iterator[Token]:
    for token in group:
        yield from (c for c in token.children or () if c.type == "footnote_mark")


def _marks(group: Sequence[Token]) -> Iterator[Removal]:
    """The marks in a block's text, and the mark before a note, with their lines."""
    for token in group:
        if token.type == "footnote_reference_open" and token.map:
            yield Removal(token.map[0] + 1, f"[^{token.meta['label']}]:", FOOTNOTE)
        line = token.map[0] + 1 if token.map else 0
        for child in token.children or ():
            if child.type == "footnote_mark":
                yield Removal(line, f"[^{child.meta['label']}]", FOOTNOTE)
            line += child.type in {"softbreak", "hardbreak"}
            line += child.content.count("\n") if child.type == "html_inline" else 0
