"""What a person's name decides about readings: 一 keeps its tone in it, as in 江一燕."""

from __future__ import annotations

from collections.abc import Sequence

from readaloud.spoken.word_readings import Piece

_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧肖程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾"
    "丁魏薛叶阎余潘杜戴夏钟汪田任姜范石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙段雷钱汤尹黎易"
    "武乔贺赖龚文牟庞樊兰殷施陶洪翟安颜倪严温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝"
    "左涂谷祁舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍覃霍翁隋甘景薄单包司柏宁柯阮桂闵"
)
"""The commonest, without those that are as often something else before 一: 万一, 方一, 常一."""
_COUNTS = frozenset("样点个些下起般次直定切边致半")
"""What 一 makes a word or a count with: 一样, 一点."""


def ones_in_names(pieces: Sequence[Piece]) -> frozenset[int]:
    """Where 一 stands in a given name, in what the segmenter takes for a name of three."""
    return frozenset(
        piece.start
        for piece in pieces
        if piece.text == "一" and piece.offset and _is_name(piece.word, piece.tag)
    )


def _is_name(word: str, tag: str) -> bool:
    fits = tag.startswith("nr") and len(word) == 3 and word[0] in _SURNAMES
    return fits and word[2] not in _COUNTS
