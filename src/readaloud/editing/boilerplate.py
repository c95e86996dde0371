"""Single lines of furniture, and what only shows beside them: platforms, steps of review."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping, Sequence

from readaloud.editing.findings import Finding
from readaloud.editing.foreign_sections import find_sections
from readaloud.editing.line_shape import DECORATION
from readaloud.editing.rules import Rule
from readaloud.editing.rules_calls import CALLS, PLATFORM
from readaloud.editing.rules_credits import CREDITS, REVIEW
from readaloud.editing.rules_site import SITE
from readaloud.model import Block

RULES = (*CALLS, *CREDITS, *SITE)
"""The first that matches gives the reason."""
FURNITURE_KINDS = frozenset({"paragraph", "item", "caption"})
FLOOD_CHARS = 4000
FLOOD_RATIO = 0.12
"""Prose in UTF-8 keeps a third of its bytes or more; what repeats itself keeps next to nothing."""

_PLATFORMS = re.compile(rf"{PLATFORM}(?:[ 、,/|]{{1,3}}{PLATFORM}){{0,9}}")
_REVIEW = re.compile(REVIEW)
_BUTTON = re.compile(rf"{PLATFORM}|[评評][论論]|收藏|打印|列印|留言|[点點][赞讚]")
_ANY_BUTTON = re.compile(
    rf"{PLATFORM}|[评評][论論]|收藏|打印|列印|留言|[点點][赞讚]|分享|[转轉][发發]|[举舉][报報]|[赞讚]|在看|[+＋]\d{{1,3}}"
)
_FOLLOW = re.compile(r"[关關]注[\w]{2,8}|分享.{0,4}")
_BAR = Finding("share", "share bar")
MIN_BUTTONS = 3
_GOODNIGHT = re.compile(r"[晚早午]安[。！!~～]{0,3}")


def find_boilerplate(blocks: Sequence[Block]) -> dict[int, Finding]:
    """The lines that a rule knows, by index, and the sections that are not the article's own."""
    found = {
        index: Finding(rule.name, rule.reason)
        for index, block in enumerate(blocks)
        if (rule := find_rule(block)) is not None
    }
    found |= _find_bars(blocks)
    found |= _find_followers(blocks, found)
    found |= _find_buttons_below(blocks, found)
    found |= {n: Finding("flood", "repeats itself endlessly") for n in _find_floods(blocks)}
    return {**find_sections(blocks, found), **found}


def find_rule(block: Block) -> Rule | None:
    """The rule that knows a block as boilerplate, if any does."""
    if block.kind not in FURNITURE_KINDS or len(block.text) > 300:
        return None
    core = block.text.strip(DECORATION)
    return next((r for r in RULES if len(core) <= r.max_chars and r.pattern.fullmatch(core)), None)


def _find_followers(blocks: Sequence[Block], found: Mapping[int, Finding]) -> dict[int, Finding]:
    """Names of platforms below a share bar, and 二审：某某 below an editor's line."""
    result: dict[int, Finding] = {}
    for index in range(1, len(blocks)):
        above = result.get(index - 1) or found.get(index - 1)
        if index in found or above is None or len(blocks[index].text) > 60:
            continue
        text = blocks[index].text.strip(DECORATION)
        pattern = {"share": _PLATFORMS, "editor": _REVIEW}.get(above.rule)
        if pattern is not None and pattern.fullmatch(text):
            result[index] = above
        elif _GOODNIGHT.fullmatch(text):
            result[index] = Finding("farewell", "farewell of the account")
    return result


def _find_buttons_below(
    blocks: Sequence[Block], found: Mapping[int, Finding]
) -> dict[int, Finding]:
    """Single buttons, one a line, where nothing but furniture stands below and some beside them."""
    result: dict[int, Finding] = {}
    for index in reversed(range(len(blocks))):
        if index in found:
            continue
        if not (len(blocks[index].text) <= 8 and _ANY_BUTTON.fullmatch(blocks[index].text)):
            break
        result[index] = Finding("controls", "page controls")
    beside = any(n - 1 in found or n + 1 in found for n in result)
    return result if beside else {}


def _find_bars(blocks: Sequence[Block]) -> dict[int, Finding]:
    """Buttons one a line: three platforms or more in a row, with a 关注某某 above them."""
    result: dict[int, Finding] = {}
    run: list[int] = []
    for index in range(len(blocks) + 1):
        text = blocks[index].text if index < len(blocks) else ""
        if len(text) <= 12 and _BUTTON.fullmatch(text):
            run.append(index)
            continue
        if len(run) >= MIN_BUTTONS and any(_PLATFORMS.fullmatch(blocks[n].text) for n in run):
            head = run[0] - 1
            led = head >= 0 and _FOLLOW.fullmatch(blocks[head].text[:20])
            result |= dict.fromkeys([head, *run] if led else run, _BAR)
        run = []
    return result


def _find_floods(blocks: Sequence[Block]) -> list[int]:
    long = (n for n, b in enumerate(blocks) if len(b.text) >= FLOOD_CHARS and b.kind != "code")
    return [n for n in long if _repeats_itself(blocks[n].text)]


def _repeats_itself(text: str) -> bool:
    data = text.encode("utf-8", "replace")
    return len(zlib.compress(data, 1)) < len(data) * FLOOD_RATIO
