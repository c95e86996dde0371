"""Pictures and faces in running text: said where they stand for a word, left out where they adorn.

Nearly all of them adorn. One stands for a word where the sentence needs one: as what is counted
(一朵🌹), as what is eaten or kept (吃🍎), alone in quotes (回了一个“👍”), a heart as the verb (我❤你).
"""

from __future__ import annotations

import re
from functools import cache

from readaloud.config.compiled_patterns import compile_pattern
from readaloud.spoken.reading_lists import read_list

_HAN = "[一-鿿]"
_COUNTED = "(?<=[一二两三四五六七八九十几半这那每某点来送买了][个只朵颗块杯条张把头匹碗瓶支枝束辆架艘座棵片包盒份件双根枚])"
_EATEN = "(?<=[去想要就在能只不给请先]吃)|(?<=[去想要在能只不给请先]喝)|(?<=[养种骑])"
_FACES = "\U0001f600-\U0001f64f\U0001f90d-\U0001f93e\U0001f970-\U0001f97a\u2764\u2665"
_KEYCAP = re.compile("([0-9#*])\ufe0f?\u20e3")
_LOVE = re.compile(f"(?<=[我你您他她们])[\u2764\u2665]\ufe0f?(?={_HAN})")
_NO = "A-Za-z0-9()（）一-鿿\n"
_EYES = re.escape("^＾≧≦＞＜><°ﾟ゜\u309a・･◕⊙●◉;；_－-￣´｀`＠@ಠಥ╥˘•≖╯╰⌒∩ˊˋ︶ˇ๑✿◔♥")
_PAIRS = ("≧≦", "＞＜", "><", "´｀", "`´", "ˊˋ", "╯╰", "´`")
_EYED = rf"(?P<eye>[{_EYES}])[\u0300-\u036f]?(?!(?P=eye))(?:[owvuO3]|[^{_NO}]{{1,3}})(?P=eye)"
_PAIRED = "|".join(
    rf"{re.escape(pair[0])}(?:[owvuO3]|[^{_NO}]{{1,3}}){re.escape(pair[1])}" for pair in _PAIRS
)
KAOMOJI = compile_pattern(
    rf"[ヽヾ٩ᕙ╰]?[(（][^{_NO}]{{0,3}}(?:{_EYED}|{_PAIRED})[^{_NO}]{{0,3}}[)）](?:[ﾉノ╯つっシ✧♡♪☆彡งو]|︵ ?┻━┻)*"
    r"|(?<![A-Za-z0-9^_])(?:\^_{1,3}\^|\^o\^|T_{1,2}T|>_{1,3}<|-_{1,3}-|O_O|o_o|@_@)(?![A-Za-z0-9^_])"
)
"""Two like eyes with a mouth between them, in brackets; and the faces of keyboards."""


def say_emoji(text: str) -> tuple[str, list[tuple[str, str]], list[str]]:
    """The text with its pictures said or, of faces made of signs, left out.

    Returns:
        The text, in which pictures that adorn still stand; each picture that is said, with what is
        said for it; and the faces that are left out.
    """
    if text.isascii() and "^" not in text and "_" not in text:
        return text, [], []
    instead: list[tuple[str, str]] = []
    gone: list[str] = []

    def put(match: re.Match[str]) -> str:
        written = match[0]
        said = _names().get(written.rstrip("\ufe0f"), "")
        if not said:
            return written
        instead.append((written, said))
        return said

    def drop(match: re.Match[str]) -> str:
        gone.append(match[0])
        return " "

    def love(match: re.Match[str]) -> str:
        instead.append((match[0], "爱"))
        return "爱"

    text = KAOMOJI.sub(drop, _KEYCAP.sub(r"\1", text))
    text = _LOVE.sub(love, text)
    return standing().sub(put, text), instead, gone


@cache
def standing() -> re.Pattern[str]:
    """A picture that stands for a word."""
    any_name = "|".join(sorted(map(re.escape, _names()), key=len, reverse=True))
    thing = f"(?![{_FACES}])(?:{any_name})"
    return compile_pattern(
        rf"(?:{_COUNTED}(?:{any_name})|(?:{_EATEN})(?:{thing})"
        rf"|(?<=[“‘「『])(?:{any_name})(?=\ufe0f?[”’」』]))\ufe0f?"
    )


@cache
def _names() -> dict[str, str]:
    return {row[0]: row[1] for row in read_list("emoji_names")}
