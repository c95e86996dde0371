"""Pages as sites make them, each with what has to be spoken and what must not."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

CORPUS = Path(__file__).parents[1] / "corpus"

A = "市气象台今天发布预报，未来三天将有一次明显的降雨过程，请市民出行时注意安全。"
B = "据了解，本次降雨主要集中在夜间，累计雨量可达五十毫米，山区局部还会更大一些。"
C = "“我们已经做好了准备。”防汛办主任李明告诉记者，全市三百支队伍已经到岗值守。"
D = "专家提醒，降雨结束之后气温会明显下降，早晚温差加大，要及时增添衣物预防感冒。"
SIDE = "昨天的另一场发布会上，教育局介绍了新学年的招生安排，引起了许多家长的关注。"
WORD = "写得真好，我们这里昨天晚上也下了大雨，路上积水很深，大家出门一定要小心啊。"


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the corpus; ``spoken`` are whole blocks in order, ``silent`` stands in no block."""

    name: str
    title: str
    spoken: tuple[str, ...]
    silent: tuple[str, ...]
    headings: tuple[str, ...] = ()
    encoding: str = "utf-8"

    @property
    def html(self) -> str:
        folder = CORPUS / f"html-{self.name.replace(' ', '_')}"
        return (folder / "input.html").read_bytes().decode(self.encoding)


PAGES = (
    Page(
        "newspaper",
        "降雨将至请注意",
        ("降雨将至请注意", A, "图为防汛队伍。", "山区雨大", B, "雨具备好。", C, D),
        ("首页", "招生安排", WORD, SIDE, "热点", "版权所有", "分享到"),
        ("山区雨大",),
    ),
    Page(
        "wechat",
        "一场雨的准备",
        ("一场雨的准备", A, "01 山区", B, C, D),
        (
            "预览时标签不可点",
            "阅读原文",
            "微信扫一扫",
            "关注该公众号",
            "关注城市大小事",
            "江城发布",
        ),
    ),
    Page(
        "blog",
        "雨天随笔",
        (
            "雨天随笔",
            A,
            "雨伞",
            "雨鞋",
            "夜里",
            B,
            "——气象台",
            "此处为代码，略。",
            f"{C}链接文字",
        ),
        ("小王的博客", "关于", "标签：天气", "晴天随笔", WORD, "最近文章", "分享此文"),
        ("夜里",),
    ),
    Page(
        "taiwan",
        "豪雨將至 市府籲防範",
        (
            "豪雨將至 市府籲防範",
            "豪雨示意圖",
            "▲豪雨將至。（圖／氣象署）",
            A,
            "▌山區注意",
            B,
            C,
            D,
        ),
        ("即時", "廣告", "另一場大雨的故事", "明星結婚", SIDE),
        ("▌山區注意",),
    ),
    Page(
        "tables in GBK",
        "降雨将至",
        ("降雨将至", A, B, C, D),
        ("栏目一", "论坛", "版权所有"),
        encoding="gbk",
    ),
    Page(
        "amp",
        "大雨将至全城戒备",
        ("大雨将至全城戒备", D, A, B, C),
        ("菜单", "广告", "关于我们"),
    ),
    Page(
        "JSON-LD and itemprop",
        "雨中的守护者",
        ("雨中的守护者", "记一支防汛队伍", A, "地点，雨量", "东山，52毫米", B),
        ("登录", SIDE),
        ("记一支防汛队伍",),
    ),
    Page(
        "only div and br",
        "雨夜",
        (A, B, "短。", C),
        ("上一页",),
    ),
    Page(
        "very short",
        "网页标题",
        ("网页标题", "第一段。", "第二段。"),
        ("首页", "版权"),
    ),
    Page(
        "short article",
        "短文",
        (
            "短文",
            "开头一段话。",
            "一张图",
            "图说。",
            "小节",
            "文字继续。",
            "甲，乙",
            "一项",
            "引文。",
            "代码",
        ),
        ("看不见",),
        ("小节",),
    ),
    Page(
        "no article element",
        "寻常的雨",
        ("寻常的雨", A, B, "夜雨", C, D, "（完）"),
        ("要闻", "某地开通地铁的消息", "今日推荐"),
        ("夜雨",),
    ),
    Page(
        "gallery",
        "雨中的城市",
        ("雨中的城市", A, "行人撑伞", "行人撑伞走过大桥。", "江水上涨。", "队员夜间巡堤。"),
        ("1", "2"),
    ),
    Page(
        "text in pieces",
        "分段的雨",
        ("分段的雨", A, B, C),
        ("广告", "别的", SIDE),
    ),
    Page(
        "names that mislead",
        "评论：雨后的思考",
        ("评论：雨后的思考", A, B, C, "社会各界都在关心这场雨，志愿者也来了。"),
        ("首页",),
    ),
    Page(
        "form around all",
        "关于防汛工作的通知",
        (
            "关于防汛工作的通知",
            "各区人民政府：",
            f"一、{A}",
            f"二、{B}",
            "江城市人民政府",
            "2024年5月6日",
            "附件：防汛名单",
        ),
        ("政务公开", "打印"),
    ),
)
