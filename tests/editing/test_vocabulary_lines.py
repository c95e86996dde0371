"""Lines known by their vocabulary: wordings that no rule has, and sentences that must stay."""

from __future__ import annotations

import pytest

from readaloud.editing.vocabulary_lines import find_kind, find_vocabulary_lines
from readaloud.model import Block

INTERFACE = """
长按图片保存到相册
轻触继续播放
动动手指转发到朋友圈，让更多人看到
跳到底部
回到列表
請登入後查看全文
本章未完，请翻页
左右滑动查看更多图片
已有账号，直接登录
后台回复“资料”领取
已有 5 位网友发表看法，点此查看更多评论
"""
NOTICES = """
图源见水印，如有侵权请联系删除
以上圖文來源於網絡，版權歸原作者所有
部分图片无法联系到权利人，请与我们联系以便支付稿酬
如需轉載，請註明作者和出處
配图仅作示意，与正文内容无关
"""
SENTENCES = """
他打开手机，点击了那个链接。
我打开微信，看到了消息。
“快打开视频看看！”
下载量突破一亿
扫码点餐，老人犯了难
关注留守儿童
订阅报纸的人越来越少
朋友圈里晒出了一张老照片
感谢大家的支持
打开窗户，让阳光进来
未经授权使用他人照片，法院判赔三万元。
图片来源于上世纪的一本画册。
版权保护任重道远
作者应当署名
1. 点击右上角的按钮，分享到朋友圈
"""


def lines(text: str) -> list[Block]:
    """A block a line."""
    return [Block(line, number) for number, line in enumerate(text.split("\n"), 1) if line]


@pytest.mark.parametrize("block", lines(INTERFACE), ids=lambda block: block.text)
def test_words_of_a_page_are_known(block: Block) -> None:
    """In whatever order they come, and in either script."""
    kind = find_kind(block)
    assert kind is not None
    assert kind.finding.rule == "interface"


@pytest.mark.parametrize("block", lines(NOTICES), ids=lambda block: block.text)
def test_words_of_a_notice_are_known(block: Block) -> None:
    """On rights, sources and opinions."""
    kind = find_kind(block)
    assert kind is not None
    assert kind.finding.rule == "notice"


@pytest.mark.parametrize("block", lines(SENTENCES), ids=lambda block: block.text)
def test_sentences_and_headings_are_not(block: Block) -> None:
    """Something is told, or one word is the article's."""
    assert find_kind(block) is None


def test_an_article_about_a_program_keeps_its_lines() -> None:
    """What is a button elsewhere is a step there."""
    steps = lines(
        "先打开微信，点击右上角的按钮，再选择添加好友，输入对方的微信号。\n"
        "对方同意以后，打开朋友圈，点击头像，就能查看他分享的图片和视频。\n"
        "长按图片保存到相册\n"
    )
    assert not find_vocabulary_lines(steps, {})
    others = lines("江水涨了。\n村里的人都上了堤，一直守到天亮。\n长按图片保存到相册\n")
    assert list(find_vocabulary_lines(others, {})) == [2]


def test_notices_stand_at_the_ends() -> None:
    """Amid a text such a sentence is its own."""
    middle = lines("\n".join(["水位正在回落，道路已经恢复通行。"] * 10))
    notice = Block("平台应当及时处理侵权投诉。", 99)
    assert not find_vocabulary_lines([*middle, notice, *middle], {})
    assert find_vocabulary_lines([*middle, notice], {})
