"""Made-up texts of the kinds that the rules have to tell apart."""

from __future__ import annotations

from readaloud.editing import edit
from readaloud.model import Article, Block, Document

PROSE = [
    "一场没有硝烟的战争不期而至，面对突如其来的疫情，除了临床医务人员奋战在第一线之外，"
    "还有一群身处平凡岗位、默默无闻却同样肩负着重要工作的队伍，他们从除夕一直忙到元宵。",
    "物资服务中心迅速调配人员，多方筹措，火速开展物资调配工作。在各方的积极协调下，"
    "会议结束当天，口罩和病床就送到了医院，司机师傅连水都没有喝一口，又开车赶往下一站。",
    "除夕当日，由于过年期间物流停运，工作人员自驾前往郊区取货。没有工人，小伙子们在零下"
    "二十度的室外亲自搬运，有的手被冻伤，有的手被划伤，他们没有丝毫怨言。",
    "为改建符合标准的发热门诊与隔离病房，总务科克服一切困难，绘画图纸、切割材料，经过两天"
    "两夜加班加点手工制作，隔离门终于制作完成，解决了改造过程中的一大难题。",
    "特殊时期，保证大家的饮食安全也是十分重要的工作。每天早上的首要工作，就是叮囑每一位"
    "食堂工作人员，要认真做好早晚两次的消毒工作，杜绝病从口入，进行自我防控。",
    "在这场战斗中，他们岗位平凡，却无比重要，虽然没有身处一线，但也在默默奉献，以实际行动"
    "守护着这座城市。春天来的时候，人们会记得他们的名字，也会记得这个冬天。",
]

POEM = [
    "轻轻的我走了",
    "正如我轻轻的来",
    "我轻轻的招手",
    "作别西天的云彩",
    "那河畔的金柳",
    "是夕阳中的新娘",
    "轻轻的我走了",
    "正如我轻轻的来",
]

STORY = [
    "那天夜里下着很大的雨，他一个人坐在车站的长椅上，等最后一班开往县城的车，怀里抱着母亲留下的"
    "旧皮箱，箱子里只有两件衣服和一沓没有寄出去的信。",
    "“你在等谁？”",
    "他抬起头，看见一个穿红色雨衣的女孩站在面前，雨水顺着帽檐往下滴，她的手里提着一盏灯，灯光在风里"
    "晃来晃去，照得地上的水洼一闪一闪的。",
    "没有人回答。",
    "女孩在他身边坐下来，把灯放在两个人中间，说自己也在等车，可是这条路上的末班车，去年冬天就已经停了，"
    "从那以后再也没有人在这个时候来过车站。",
    "怎么可能！",
    "他站起来，走到站牌下面，借着灯光去看那张发黄的时刻表，上面的字已经被雨水泡得看不清楚，只剩下一行"
    "小字还能认出来，那是他出生的村子的名字。",
    "雨停了。",
    "天快亮的时候，远处传来一阵汽笛声，他回过头去，长椅上空空的，只有那盏灯还亮着，灯下压着一封信，信封"
    "上写着他的名字，是母亲的字迹。",
]


def article(*lines: str | Block, gap: int = 1, title: str | None = None) -> Article:
    """Edit lines that stand ``gap`` lines apart in a file."""
    blocks = [
        line if isinstance(line, Block) else Block(line, 1 + number * gap)
        for number, line in enumerate(lines)
    ]
    return edit(Document("a.txt", tuple(blocks), title=title))


def headings(found: Article) -> list[str | None]:
    """The chapters' titles."""
    return [chapter.title.text if chapter.title else None for chapter in found.chapters]


def spoken(found: Article) -> list[str]:
    """Everything that is spoken, in order."""
    texts: list[str] = []
    for chapter in found.chapters:
        texts += [chapter.title.text] if chapter.title else []
        texts += [block.text for block in chapter.blocks]
    return texts
