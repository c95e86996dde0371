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
    rewind: str
    ahead: str
    source: str
    settings: str
    looks: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...]
    """How the text may look: what the styles call it, its name, its values and theirs. The first
    value is what is there without a choice."""
    sleep: str
    sleeps: tuple[tuple[str, str], ...]
    """Minutes, ``chapter`` or nothing, and their names."""
    slept: str
    copy: str
    copied: str
    address: str
    keys: str
    shortcuts: tuple[tuple[tuple[str, ...], str], ...]
    """Keys pressed together, and what they do."""
    voice: str
    length: str
    made: str


_SIZES = (("0.85", "小"), ("1.25", "大"), ("1.5", "特大"), ("2", "最大"))
_MINUTES = (15, 30, 45, 60, 90)
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
    rewind="后退15秒",
    ahead="前进15秒",
    source="原文",
    settings="设置",
    looks=(
        ("size", "字号", (("1", "标准"), *_SIZES)),
        ("spacing", "间距", (("normal", "标准"), ("wide", "宽松"), ("widest", "很宽"))),
        ("font", "字体", (("sans", "黑体"), ("serif", "宋体"), ("kai", "楷体"))),
        ("theme", "外观", (("auto", "跟随系统"), ("light", "浅色"), ("dark", "深色"))),
    ),
    sleep="定时停止",
    sleeps=(("", "关"), *((str(n), f"{n} 分钟后") for n in _MINUTES), ("chapter", "本章结束时")),
    slept="已定时停止。",
    copy="复制这一句的网址",
    copied="已复制。",
    address="这一句的网址",
    keys="键盘操作",
    shortcuts=(
        (("空格",), "播放或暂停"),
        (("←",), "上一句"),
        (("→",), "下一句"),
        (("Ctrl", "←"), "后退15秒"),
        (("Ctrl", "→"), "前进15秒"),
        (("Shift", "←"), "上一章"),
        (("Shift", "→"), "下一章"),
        (("Shift", "↑"), "加快语速"),
        (("Shift", "↓"), "放慢语速"),
        (("Tab",), "走到当前句"),
        (("↑",), "在句子上：移到上一句"),
        (("↓",), "在句子上：移到下一句"),
        (("Enter",), "在句子上：从这一句播放"),
        (("Esc",), "关闭设置"),
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
    rewind="倒退15秒",
    ahead="前進15秒",
    source="原文",
    settings="設定",
    looks=(
        ("size", "字級", (("1", "標準"), *_SIZES)),
        ("spacing", "間距", (("normal", "標準"), ("wide", "寬鬆"), ("widest", "很寬"))),
        ("font", "字體", (("sans", "黑體"), ("serif", "明體"), ("kai", "楷體"))),
        ("theme", "外觀", (("auto", "跟隨系統"), ("light", "淺色"), ("dark", "深色"))),
    ),
    sleep="定時停止",
    sleeps=(("", "關"), *((str(n), f"{n} 分鐘後") for n in _MINUTES), ("chapter", "本章結束時")),
    slept="已定時停止。",
    copy="複製這一句的網址",
    copied="已複製。",
    address="這一句的網址",
    keys="鍵盤操作",
    shortcuts=(
        (("空白鍵",), "播放或暫停"),
        (("←",), "上一句"),
        (("→",), "下一句"),
        (("Ctrl", "←"), "倒退15秒"),
        (("Ctrl", "→"), "前進15秒"),
        (("Shift", "←"), "上一章"),
        (("Shift", "→"), "下一章"),
        (("Shift", "↑"), "加快語速"),
        (("Shift", "↓"), "放慢語速"),
        (("Tab",), "走到目前的句子"),
        (("↑",), "在句子上：移到上一句"),
        (("↓",), "在句子上：移到下一句"),
        (("Enter",), "在句子上：從這一句播放"),
        (("Esc",), "關閉設定"),
    ),
    voice="朗讀",
    length="時長",
    made="由合成語音朗讀。點按任一句，即從該句播放。",
)
LABELS = {"zh-Hans": _SIMPLIFIED, "zh-Hant": _TRADITIONAL}
