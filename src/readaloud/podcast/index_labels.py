"""The words of the index of editions, in the editions' script."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class IndexLabels:
    """What the index says of itself."""

    feed: str
    length: str
    hours: str
    minutes: str
    seconds: str
    play: str
    read: str
    download: str
    folders: str
    others: str
    nothing: str
    search: str
    found: str
    """With ``{count}`` for a number, which the page's script fills in."""
    months: str
    chapters: str

    def duration(self, duration_ms: int) -> str:
        """In words, which a screen reader says better than colons: 9 分 53 秒."""
        minutes, seconds = divmod(round(duration_ms / 1000), 60)
        hours, minutes = divmod(minutes, 60)
        parts = ((hours, self.hours), (minutes, self.minutes), (seconds, self.seconds))
        return (
            " ".join(f"{number} {unit}" for number, unit in parts if number) or f"0 {self.seconds}"
        )

    @staticmethod
    def month(published: datetime) -> str:
        """As people write it: 2026年11月."""
        return f"{published.year}年{published.month}月"

    @staticmethod
    def day(published: datetime) -> str:
        """As people write it: 2026年11月23日."""
        return f"{published.year}年{published.month}月{published.day}日"


INDEX_LABELS = {
    "zh-Hans": IndexLabels(
        feed="用播客应用订阅",
        length="时长",
        hours="小时",
        minutes="分",
        seconds="秒",
        play="播放",
        read="边听边读",
        download="下载",
        folders="文件夹",
        others="其他文件",
        nothing="这里还没有音频。",
        search="搜索标题、日期和目录",
        found="找到 {count} 期",
        months="按月份",
        chapters="目录",
    ),
    "zh-Hant": IndexLabels(
        feed="用播客應用訂閱",
        length="時長",
        hours="小時",
        minutes="分",
        seconds="秒",
        play="播放",
        read="邊聽邊讀",
        download="下載",
        folders="資料夾",
        others="其他檔案",
        nothing="這裡還沒有音訊。",
        search="搜尋標題、日期和目錄",
        found="找到 {count} 期",
        months="按月份",
        chapters="目錄",
    ),
}
