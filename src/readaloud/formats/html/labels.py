"""The words of the read-along page, in the article's script."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Labels:
    """What the page says of itself."""

    skip: str
    chapters: str
    player: str
    play: str
    pause: str
    back: str
    forward: str
    previous: str
    next: str
    speed: str
    times: str
    theme: str
    themes: tuple[tuple[str, str], ...]
    """Value and name: ``auto``, ``light``, ``dark``."""
    keys: str
    shortcuts: tuple[tuple[tuple[str, ...], str], ...]
    """Keys pressed together, and what they do."""
    voice: str
    length: str
    made: str


_SIMPLIFIED = Labels(
    skip="跳到正文",
    chapters="章节",
    player="播放",
    play="播放",
    pause="暂停",
    back="上一句",
    forward="下一句",
    previous="上一章",
    next="下一章",
    speed="语速",
    times="倍",
    theme="外观",
    themes=(("auto", "跟随系统"), ("light", "浅色"), ("dark", "深色")),
    keys="键盘操作",
    shortcuts=(
        (("空格",), "播放或暂停"),
        (("←",), "上一句"),
        (("→",), "下一句"),
        (("Shift", "←"), "上一章"),
        (("Shift", "→"), "下一章"),
        (("Shift", "↑"), "加快语速"),
        (("Shift", "↓"), "放慢语速"),
        (("Tab",), "走到当前句"),
        (("↑",), "在句子上：移到上一句"),
        (("↓",), "在句子上：移到下一句"),
        (("Enter",), "在句子上：从这一句播放"),
    ),
    voice="朗读",
    length="时长",
    made="由合成语音朗读。点按任一句，即从该句播放。",
)
_TRADITIONAL = Labels(
    skip="跳到正文",
    chapters="章節",
    player="播放",
    play="播放",
    pause="暫停",
    back="上一句",
    forward="下一句",
    previous="上一章",
    next="下一章",
    speed="語速",
    times="倍",
    theme="外觀",
    themes=(("auto", "跟隨系統"), ("light", "淺色"), ("dark", "深色")),
    keys="鍵盤操作",
    shortcuts=(
        (("空白鍵",), "播放或暫停"),
        (("←",), "上一句"),
        (("→",), "下一句"),
        (("Shift", "←"), "上一章"),
        (("Shift", "→"), "下一章"),
        (("Shift", "↑"), "加快語速"),
        (("Shift", "↓"), "放慢語速"),
        (("Tab",), "走到目前的句子"),
        (("↑",), "在句子上：移到上一句"),
        (("↓",), "在句子上：移到下一句"),
        (("Enter",), "在句子上：從這一句播放"),
    ),
    voice="朗讀",
    length="時長",
    made="由合成語音朗讀。點按任一句，即從該句播放。",
)
LABELS = {"zh-Hans": _SIMPLIFIED, "zh-Hant": _TRADITIONAL}
