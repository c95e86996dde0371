"""The names that an article has: words of it, at whose edges its lines are cut.

A segmenter knows a line, not the article: 罗单宁 is a name in one sentence and cut in two in the next.
What is a name in one place is one in all: persons behind 记者 or before 表示, persons and places
that the segmenter itself finds more than once, places behind a province's, and titles in 《》.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from readaloud.spoken.reading_lists import SURNAMES

Words = tuple[tuple[str, str], ...]
"""Words with their parts of speech."""
OWN_NAME = "nr!"
"""The part of speech of a person whom the article itself shows to be one."""
COMMON_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧肖程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾"
    "丁魏薛叶阎余潘杜戴夏钟汪田任姜范石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙段雷钱汤尹黎易"
    "武乔贺赖龚文牟庞樊兰殷施陶洪翟安颜倪严温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝"
    "左涂谷祁舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍覃霍翁隋甘景薄单包司柏宁柯阮桂闵"
)
"""Without those that are as often something else before 一: 万一, 方一, 常一."""
_SURNAMES = COMMON_SURNAMES | set(SURNAMES) | set("方万常")
_HAN = "[一-鿿]"
_NAME = f"[{''.join(sorted(_SURNAMES))}]{_HAN}{{1,2}}"
_BEHIND = re.compile(
    rf"(?:记者|通讯员|特派员|撰稿人?|作者|编辑|主编|责编|编译|摄影|撰文|[文图]/)[：: \u3000]*({_NAME})"
    r"(?=$|[\s，。、；：:/）)（(]|报道|摄)", re.MULTILINE,
)  # fmt: skip
_BEFORE = re.compile(
    rf"(?:^|[，。！？；：“”、\s])({_NAME})(?=表示|介绍|告诉|认为|指出|坦言|回忆|透露|[说称]，)",
    re.MULTILINE,
)
_PLACE = re.compile(rf"[省州市]({_HAN}{{2}}[市县区镇乡])")
"""安徽省长丰县 has no 省长."""
_TITLE = re.compile(rf"《({_HAN}{{4,16}})》")
_OFTEN = 2
_MOST_NAMES = 500


@dataclass(frozen=True)
class OwnNames:
    """Names of an article, each with the words that it is made of."""

    words: Mapping[str, Words] = field(default_factory=dict)

    def segment(self, text: str) -> Iterator[tuple[str, str]]:
        """The words of a text, with their parts of speech; none passes the edge of a name."""
        import rjieba

        at = 0
        for found in self._pattern.finditer(text) if self._pattern else ():
            if found.start() > at:
                yield from rjieba.tag(text[at : found.start()])
            yield from self.words[found[0]]
            at = found.end()
        if at < len(text):
            yield from rjieba.tag(text[at:])

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        longest_first = sorted(self.words, key=len, reverse=True)
        return re.compile("|".join(longest_first)) if longest_first else None


NO_NAMES = OwnNames()


def find_names(lines: Iterable[str]) -> OwnNames:
    """The names that lines of an article, in Simplified characters, have more than once."""
    import rjieba

    text = "\n".join(lines)
    tags: Counter[tuple[str, str]] = Counter(rjieba.tag(text))
    words: dict[str, Words] = {title: tuple(rjieba.tag(title)) for title in _TITLE.findall(text)}
    words |= {place: ((place, "ns"),) for place in _PLACE.findall(text)}
    for (word, tag), count in tags.items():
        person = tag.startswith("nr") and re.fullmatch(_NAME, word)
        place = tag == "ns" and len(word) > 2 and re.fullmatch(f"{_HAN}+", word)
        if (person or place) and count >= _OFTEN and 2 * count >= text.count(word):
            words[word] = ((word, tag),)
    for name in (*_BEHIND.findall(text), *_BEFORE.findall(text)):
        if (name, "nr") in tags or not rjieba.has_word(name):
            words[name] = ((name, OWN_NAME),)
    counts = {name: text.count(name) for name in words}
    often = sorted(words, key=lambda name: -counts[name])[:_MOST_NAMES]
    return OwnNames({name: words[name] for name in often if counts[name] >= _OFTEN})
