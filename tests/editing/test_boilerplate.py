from __future__ import annotations

import time

import pytest

from conftest import UNDER_COVERAGE
from readaloud.editing.boilerplate import RULES, find_boilerplate, find_rule
from readaloud.editing.findings import sweep
from readaloud.model import Block, BlockKind

FURNITURE = """\
分享到:
分享到：微信 新浪微博 QQ空间
转发至：
分享 微信 微博
责任编辑：张三
(责任编辑：李四)
責任編輯：王小明
编辑：张三 审核：李四 校对：王五
编辑/张三 排版/李四
编辑丨小李飞刀
责编 张三
来源：新华社
來源：中央社
文章来源: 人民日报客户端
本文转载自公众号“医学界”
（来源：央视新闻）
原标题：武汉抗疫，一线医生的故事
原標題:某某
长按二维码关注我们
扫码关注公众号
扫描二维码，关注我们
点击上方蓝字关注我们
点击下方名片，关注我们！
欢迎关注微信公众号
下载人民日报客户端
打开APP阅读全文
點擊下載APP
点赞 在看 分享
点个在看
觉得不错请点个赞吧！
喜欢就点个在看吧
[返回列表页]
【返回首頁】
【打印】【关闭】
阅读原文
登录 注册
发表评论
上一篇：某某新闻
下一篇：另一条新闻
阅读 1234
浏览次数：1,234
阅读量：10万+
发布时间：2020-02-05 10:00 来源：某某网
版权声明：本文为原创，未经授权不得转载。
免责声明：本文仅代表作者个人观点，与本站无关。
未经授权，禁止转载！
转载请注明出处
轉載請註明出處
版权所有 不得转载
本文不代表本站观点。
如有侵权，请联系删除。
侵权必删
声明：本文版权归作者所有，转载请联系授权。
图源：网络
图源网络
圖／記者王小明攝
图片来源：视觉中国
图片来自网络
摄影：张三
攝影/李四
新华社记者 张三 摄
图/张三
▲图源：微博
投稿邮箱：abc@example.com
商务合作：13800000000
END
—— END ——
（完）
- THE END -
Copyright © 2020 Example
© 2020 某某公司
新闻热线：0451-12345678
制图：张三
视频来源：央视
首页 > 新闻 > 正文
当前位置：首页 > 社会
网站地图 | 联系我们 | 关于我们
京ICP备12345678号
【广告】
廣告
请继续往下阅读
点击进入专题：人口普查
更多精彩资讯请在应用市场下载“央广新闻”客户端。
扫码下载客户端，看更多本地新闻
星标我们，不错过每一次更新
喜歡這篇文章嗎？歡迎按讚並分享給朋友！
加入LINE好友，掌握最新消息
点击下方小程序，领取5元优惠券
进入小程序 立即购买
【招聘】本号招聘编辑、视频剪辑，简历请发至：job@example.com
商务合作请加微信：zhou2023
晚安，世界。
登录后发表评论
共有23条评论
我来说两句
字号：大 中 小
字体：【大 中 小】
點閱數：3,208
1.2万阅读
新闻中心 > 国际新闻 > 正文
010020020110000000000000011100001252
不用抽 不用搶 現在用APP看新聞　點我下載APP　按我看活動辦法
發表意見
本文专家：马建国，市第一医院骨科主任医师
转给身边需要的人吧！
↓↓↓点击“阅读原文”，预约专家门诊
点击↑蓝字关注，每天学点健康知识
分享、点赞、在看，安排一下？
""".splitlines()

PROSE = """\
他把照片分享到朋友圈，引来许多人点赞。
分享
编辑：你怎么看这件事？
编辑部的灯一直亮到深夜
编辑们在连夜赶稿
来源于生活，高于生活
水的来源：雨水
扫码支付成为新习惯
扫描二维码就能看到老人的健康档案。
关注我们身边的老人
下载客户端的人越来越多，服务器一度瘫痪。
点赞！为这座城市的英雄
版权意识正在觉醒
声明：本公司与此事无关
他在声明中说，转载此文的网站应当道歉。
图为工作人员正在消毒
图：正在搬运物资的工作人员，他们已经两天没有合眼
摄影师张三说
完了
上一篇论文发表之后，他沉寂了三年。
阅读是一种习惯
大家都在看他
推荐信
更多的人加入了队伍
相关文章指出，病毒可以通过飞沫传播。
正确
错误
正確
錯誤
关注
评论
收藏
中
大
更多
返回
来源：雨水渗入地下后形成的地下水，经过多年的沉积，最终成为泉水。
转载自然科学论文需要授权，这是常识。
点击链接后手机被锁
文章来源不明，专家提醒不要轻信。
审核机制
编辑 校对
合作：双赢的选择
原题为《春天》的诗
责任编辑是谁
摄影展
视频号里的老人
攝影是他一生的熱愛
加入我们身边的志愿者队伍
供图
一审判决：被告人无罪
二审：维持原判
一审：死刑
终审判决
转给他一封信
分享给更多的人是他的心愿，他说。
合作社：去年收入增加到12000元，今年要翻一番。
扫地机器人，看起来很普通，却让老人省了不少力气。
首页上写着他的名字
广告里的老人
晚安，妈妈
晚安
字里行间
点击量创下新高
点击鼠标，进入另一个世界，他买下了那座岛
回复领取了奖金的人
招聘会上来了三千人
他进入商店购买了一把伞
微信
位置很好
登录火星之后
三条评论改变了他
""".splitlines()


@pytest.mark.parametrize("line", FURNITURE)
def test_furniture_is_known(line: str) -> None:
    assert find_rule(Block(line, 1)) is not None


@pytest.mark.parametrize("line", PROSE)
def test_prose_that_mentions_it_stays(line: str) -> None:
    assert find_rule(Block(line, 1)) is None


@pytest.mark.parametrize("line", FURNITURE)
def test_a_sentence_that_quotes_furniture_stays(line: str) -> None:
    sentence = f"这一页的最后写着“{line}”，他看了很久，才慢慢把手机放下，望向窗外的雨。"
    assert find_rule(Block(sentence, 1)) is None


def test_every_rule_is_named_and_used() -> None:
    used = {rule.name for line in FURNITURE if (rule := find_rule(Block(line, 1)))}
    assert used == {rule.name for rule in RULES}


def test_code_quotes_and_rows_are_never_furniture() -> None:
    kinds: tuple[BlockKind, ...] = ("code", "quote", "row", "heading", "note")
    assert not any(find_rule(Block("责任编辑：张三", 1, kind)) for kind in kinds)


def removed(*lines: str | Block) -> list[str]:
    blocks = [x if isinstance(x, Block) else Block(x, n) for n, x in enumerate(lines, 1)]
    return [removal.text for removal in sweep(blocks, find_boilerplate(blocks)).removed]


STORY = "这是正文的一段话，讲述了医院后勤人员在春节期间坚守岗位的故事。"


def test_a_list_goes_with_its_header_only_where_it_is_one() -> None:
    teasers = ["一線醫生的故事", "疫情下的城市 他們沒有離開"]
    assert removed(STORY, "相關文章:", *teasers) == ["相關文章:", *teasers]
    assert removed(STORY, "延伸阅读", *teasers, "分享到：") == ["延伸阅读", *teasers, "分享到："]
    assert removed(STORY, "相关阅读：", STORY, STORY) == ["相关阅读："]
    assert removed(STORY, "相关阅读：某地通报新增病例", STORY) == ["相关阅读：某地通报新增病例"]
    assert removed(STORY, "相關文章:") == ["相關文章:"]


def test_marked_items_after_a_header_are_the_list() -> None:
    items = [Block("一条旧闻的标题", 3, "item"), Block("另一条旧闻。", 4, "item")]
    header = Block("相关阅读", 2, "heading", 2)
    assert removed(STORY, header, *items, STORY) == ["相关阅读", "一条旧闻的标题", "另一条旧闻。"]
    assert removed(STORY, header, STORY) == []


def test_headlines_below_a_header_stay_where_the_article_goes_on() -> None:
    assert removed(STORY, "相关阅读", "一條舊聞", STORY) == []


def test_removals_say_line_and_reason() -> None:
    blocks = [Block(STORY, 1), Block("分享到:", 7)]
    found = sweep(blocks, find_boilerplate(blocks))
    assert [(r.line, r.text, r.reason) for r in found.removed] == [(7, "分享到:", "share bar")]
    assert [block.text for block in found.kept] == [STORY]


@pytest.mark.parametrize("start", ["", "编辑：", "声明：", "点赞", "来源：", "关注", "未经", "图/"])
def test_no_line_takes_long(start: str) -> None:
    begin = time.process_time()
    for length in (40, 60, 260, 170_000):
        for part in ("1", "校对/", "点击关注", "转载 ", "微信、", "a b "):
            find_rule(Block((start + part * length)[:length] + "。", 1))
    assert time.process_time() - begin < 2 * UNDER_COVERAGE
