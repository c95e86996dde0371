"""Alternative texts of pictures that are not said, or not said once more."""

from __future__ import annotations

import re
from collections.abc import Sequence

from readaloud.chinese.fold import fold
from readaloud.editing.findings import Finding
from readaloud.errors import msg
from readaloud.model import AltText, Block

RULE = "alternative text"
_OFF = Finding(RULE, msg("alternative text of a picture"))
_EMPTY = Finding(RULE, msg("alternative text that describes nothing"))
_TOLD = Finding(RULE, msg("alternative text that is said elsewhere"))

_NOTHING = re.compile(
    r"\S{1,300}\.(?:jpe?g|png|gif|webp|bmp|svg|avif|heic|tiff?)"
    r"|(?:(?:微信|本地|默认|预设|文章|封面|新闻)?(?:图片|图像|照片)|[配插题头截]图|封面图?|图|截屏"
    r"|屏幕截图|萤幕撷取画面"
    r"|image|images|img|photo|picture|pic|figure|logo|banner|icon|thumbnail|cover|screenshot"
    r"|screen shot|untitled|undefined|null|alt|dsc|dscn|wx|mmexport)[\s\d_.:：()（）-]{0,40}"
    r"|[\d\s_.-]{1,60}|[0-9a-f-]{16,80}|https?://\S{1,500}|data:\S{1,500}",
    re.IGNORECASE,
)
"""Names of files, and what editors and cameras put where nobody wrote anything, folded."""
_NEAR = 2


def find_unsaid(blocks: Sequence[Block], alt_text: AltText) -> dict[int, Finding]:
    """Alternative texts that describe nothing; all of them where none is wanted."""
    found: dict[int, Finding] = {}
    for index, block in enumerate(blocks):
        if block.described and _NOTHING.fullmatch(fold(block.text)):
            found[index] = _EMPTY
        elif block.described and alt_text == "off":
            found[index] = _OFF
    return found


def find_told(blocks: Sequence[Block], title: str | None) -> dict[int, Finding]:
    """Those that another line says as well, a caption near by says too, or an earlier picture.

    ``title`` is what the file states: it is said whether a line shows it or not.
    """
    lines = {_key(title or ""), *(_key(block.text) for block in blocks if not block.described)}
    found: dict[int, Finding] = {}
    for index, block in enumerate(blocks):
        if not block.described:
            continue
        key = _key(block.text)
        beside = blocks[max(index - _NEAR, 0) : index + _NEAR + 1]
        captions = (b for b in beside if b.picture == block.picture and not b.described)
        if key in lines or any(key in _key(caption.text) for caption in captions):
            found[index] = _TOLD
        lines.add(key)
    return found


def _key(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()
