"""Which stops end a sentence, and where a long one is broken between phrases."""

from __future__ import annotations

import pytest

from readaloud.spoken.phrases import split_long
from readaloud.spoken.sentences import split_sentences


@pytest.mark.parametrize(
    "sentences",
    [
        # brackets
        "展馆（周一闭馆！节假日除外。）全年免费开放。|请提前预约。",
        "公告全文已经公布（见本报第三版。）|请各单位遵照执行。",
        "老人摆摆手（他耳朵背，听不清吗？）继续往前走。|我追了上去。",
        "（灯光渐暗。众人下场。）|第二幕的布景是一间茶馆。",
        "他说（没有说完。|后来又来了。",
        # numbers of lists
        "（1）检查电源。|（2）按下开关。|（3）等待十秒。",
        "1. 带好身份证。|2. 提前半小时到场。|10. 保管好随身物品。",
        "游客须知：1. 不要喂食。|2. 不要攀爬。",
        "图1. 古城平面。|其余见表2.各县人口。",
        # dots
        "这条步道全长3.8公里.|沿途设有五个观景台.",
        "测试机重1.35kg.|续航可达12小时.",
        "增速降至4.9%.|出口仍是短板.",
        "參觀者眾多．|明日閉館．",
        "史蒂夫.乔布斯创办了苹果公司。|他很喜欢书法。",
        "请登录市政府.政务 查询。|电话不变。",
        "参赛作品须为PDF格式.|文件不超过20MB.|逾期不候.",
        "列车时速可达350km/h.|全程只需2小时.",
        "达.芬奇的手稿首次来华展出。|展期三个月。",
        "马丁.路德.金的演讲被译成多种语言。|学生们争相传阅。",
        "微软的.NET平台开放源代码。|开发者表示欢迎。",
        # Latin names
        "该片由E! News独家报道。|票房尚未公布。",
        "T.S.艾略特写过这座城市。|诗集已经绝版。",
        "雅虎（Yahoo!）日本站明日关闭。|用户须备份邮件。",
        "Yahoo!新闻今日改版。|网友反应不一。",
        "Yahoo! Japan宣布涨价。|OK！|我们走。",
        "OK!我们走.|再见!".replace("OK!", "OK!|"),
        "《哈利·波特》的作者J. K. 罗琳出席了活动。|现场座无虚席。",
        "据Dr. Chen介绍，该药已获批。|副作用很小。",
        # quotations
        "他在“您好！”和“谢谢！”之间停顿了很久。|会场安静下来。",
        "“快跑！”|时隔多年，他还记得那声喊。|那天是周三。",
        "“妈妈！”的喊声从楼道里传来。|她推开了门。",
        "“你好！李焕英”展映单元开幕。|影迷排起长队。",
        "一句“辛苦了！”让他红了眼眶。|队伍继续前进。",
        "会议强调“绿水青山就是金山银山。”这一理念。|各地要抓落实。",
        "他写下“终不负少年头。”|为什么会这样？",
        "他说：“走吧！|别回头。”|说完就走了。",
        # ellipses
        "她说：“我……我不是故意的。”|老师没有责备她。",
        "车站里卖烧饼、豆浆、茶叶蛋……样样都有。|天还没亮。",
        "他没有再说下去……|第二天，他离开了。",
        "他想走……但最终没有开口。|门外传来脚步声。",
    ],
)
def test_a_sentence_ends_where_a_reader_ends_it(sentences: str) -> None:
    text = sentences.replace("|", "")
    assert [sentence.strip() for sentence in split_sentences(text)] == sentences.split("|")


@pytest.mark.parametrize(
    "pieces",
    [
        "这家创办于上世纪八十年代初期的乡镇纺织厂|在经历了三次大规模技术改造和两次股权重组之后终于在去年年底成功登陆了北京证券交易所",
        "由三十多名水利专家和本地老河工共同组成的巡查小组昨天夜里|冒着大雨沿着新修的堤坝徒步走了将近二十公里才在下游的一处涵洞口发现了渗水点",
        "为了让偏远山区的孩子也能够喝上热水吃上热饭学校利用暑假期间|对食堂和锅炉房进行了全面改造并且聘请了三名有经验的厨师和一名专职营养员",
    ],
)
def test_a_long_clause_is_broken_between_phrases(pieces: str) -> None:
    assert split_long(pieces.replace("|", ""), 60) == pieces.split("|")


@pytest.mark.parametrize("size", range(61, 120, 7))
def test_no_scrap_is_left_at_the_end(size: int) -> None:
    text = (
        "去年春天起这座老戏楼经过两次论证之后终于开始了大修的第一步工作即对梁柱逐一编号登记造册" * 3
    )
    pieces = split_long(text[:size] + "。", 60)
    assert min(map(len, pieces)) > 12
    assert max(map(len, pieces)) <= 60


def test_hostile_lines_are_split_in_time() -> None:
    for line in (
        "(" * 40000 + ")" * 40000,
        "“好！" * 20000,
        "好！”" * 20000,
        "字" * 50000,
        "a." * 30000,
    ):
        assert "".join(split_sentences(line)) == line
        assert "".join(split_long(line, 60)) == line
