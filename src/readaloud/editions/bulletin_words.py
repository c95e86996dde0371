"""What a bulletin says of itself: its name and day, and the user's own words filled in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from readaloud.chinese.lunar import LunarDay, lunar_day, solar_term
from readaloud.config.programme import Programme
from readaloud.config.templates import fill
from readaloud.errors import ConfigError, msg

Language = Literal["zh-Hans", "zh-Hant"]
_WEEKDAYS = "一二三四五六日"
_CONTENTS = {"zh-Hans": "本期内容：", "zh-Hant": "本期內容："}
_CLOSING = {"zh-Hans": "以上是{name}，感谢收听。", "zh-Hant": "以上是{name}，感謝收聽。"}
_TIME_CHECK = {"zh-Hans": "现在是{time}。", "zh-Hant": "現在是{time}。"}
_CORRECTION = {
    "zh-Hans": "更正：第{number}条[《{title}》]之前有误，这里是更正后的内容。",
    "zh-Hant": "更正：第{number}條[《{title}》]之前有誤，這裡是更正後的內容。",
}


@dataclass(frozen=True, slots=True)
class Bulletin:
    """What an edition of several articles is called, of which day it is, and its chime."""

    name: str
    day: date
    chime: bool = True

    @property
    def title(self) -> str:
        """The name and the day, or the name alone where month and day are in it."""
        day = self.day
        if re.search(rf"(?<!\d)0?{day.month}\s?[-/.月]\s?0?{day.day}(?!\d)", self.name):
            return self.name
        return f"{self.name} {spell(day)}"


@dataclass(frozen=True, slots=True)
class BulletinWords:
    """The sentences of one bulletin, in the user's words or the program's."""

    bulletin: Bulletin
    programme: Programme
    language: Language
    count: int
    """How many articles it has."""
    sections: Sequence[str]

    @property
    def title(self) -> str:
        """Of the edition; it is said first."""
        return self._filled(self.programme.title) or self.bulletin.title

    def opening(self) -> list[str]:
        """The paragraphs behind the title: the day, where the user has no other words."""
        if self.programme.opening:
            lines = self._filled(self.programme.opening).splitlines()
            return [line.strip() for line in lines if line.strip()]
        day = self.bulletin.day
        dated = self._weekday if spell(day) in self.title else f"{spell(day)}，{self._weekday}"
        return [f"今天是{dated}。"]

    def contents(self) -> str:
        """What is said before the articles' titles."""
        return self._filled(self.programme.contents or _CONTENTS[self.language])

    def closing(self) -> str:
        """What is said at the end."""
        return self._filled(self.programme.closing or _CLOSING[self.language])

    def time_check(self, minute: int) -> str:
        """What the time is, by the minute of the day."""
        hours, minutes = divmod(minute, 60)
        hour = f"{hours % 24}{'点' if self.language == 'zh-Hans' else '點'}"
        time = f"{hour}{minutes:02}分" if minutes else f"{hour}整"
        template = self.programme.time_check or _TIME_CHECK[self.language]
        return self._filled(template, {"time": time})

    def correction(self, number: int, title: str) -> str:
        """That the article of that number, from 1, is another now."""
        places = {"number": str(number), "title": title}
        own = self._filled(self.programme.correction, places)
        return own or self._filled(_CORRECTION[self.language], places)

    def _filled(self, template: str, more: Mapping[str, str] | None = None) -> str:
        values = more or {}
        return fill(template, lambda name: values[name] if name in values else self._value(name))

    @property
    def _weekday(self) -> str:
        return weekday(self.bulletin.day)

    def _value(self, name: str) -> str:
        values: dict[str, Callable[[], str]] = {
            "name": lambda: self.bulletin.name,
            "date": lambda: spell(self.bulletin.day),
            "weekday": lambda: self._weekday,
            "lunar": lambda: self._lunar().spelled(self.language),
            "lunar_year": lambda: self._lunar().year_spelled(),
            "solar_term": self._solar_term,
            "count": lambda: str(self.count),
            "sections": lambda: "、".join(self.sections),
        }
        return values[name]()

    def _solar_term(self) -> str:
        return solar_term(self.bulletin.day, self.language) if self._lunar() else ""

    def _lunar(self) -> LunarDay:
        found = lunar_day(self.bulletin.day)
        if found is None:
            raise ConfigError(
                msg(
                    "The lunar calendar is known from 1950 to 2050, and the bulletin is of {day}.",
                    day=self.bulletin.day.isoformat(),
                ),
                msg("Take lunar and solar_term out of [programme] in readaloud.toml."),
            )
        return found


def spell(day: date) -> str:
    """The day as people write it."""
    return f"{day.year}年{day.month}月{day.day}日"


def weekday(day: date) -> str:
    """The day of the week."""
    return f"星期{_WEEKDAYS[day.weekday()]}"
