"""A few broken bytes, and text that was decoded wrongly before it was saved."""

from __future__ import annotations

import pytest

from readaloud.errors import UnreadableSourceError
from readaloud.model import Block, Document, Removal, Source
from readaloud.sources import readers
from readaloud.sources.readers.shared.half_characters import without_halves
from readaloud.sources.readers.shared.repair import UNREADABLE
from readaloud.sources.text_encodings import decode

LINES = (
    "渡口的老船工退休以后，每天早上还是到码头上坐一会儿。",
    "他说水涨了要看岸边的石阶，淹到第七级就不能再开船了。",
    "年轻人学了两年，才记住哪里有暗流，哪里可以放心下锚。",
)
TEXT = "\n".join(LINES)
TRADITIONAL = (
    "渡口的老船工退休以後，每天早上還是到碼頭上坐一會兒。\n"
    "年輕人學了兩年，才記住哪裡有暗流，哪裡可以放心下錨。"
)


def cut(data: bytes, *places: int) -> bytes:
    """The bytes without those at some places."""
    return bytes(byte for place, byte in enumerate(data) if place not in places)


def blocks(data: bytes, suffix: str = ".txt") -> list[str]:
    document = readers.read(Source("a", "a", suffix, data))
    return [block.text for block in document.blocks]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("place", [0, 5, 30, 31, 80, -1, -2])
def test_a_lost_byte_costs_its_character_alone(encoding: str, place: int) -> None:
    data = TEXT.encode(encoding)
    read = decode(cut(data, place % len(data)), "a.txt")
    assert sum(a == b for a, b in zip(read.split("\n"), LINES, strict=True)) == 2
    assert "\ufffd" in read
    words = [word for line in LINES for word in line.split("，")]
    assert sum(word in read for word in words) >= len(words) - 2


@pytest.mark.parametrize(
    ("text", "encoding"), [(TEXT, "utf-8"), (TEXT, "gb18030"), (TRADITIONAL, "cp950")]
)
def test_a_byte_that_is_none_is_left_out_on_record_with_its_line(text: str, encoding: str) -> None:
    first, second = (line.encode(encoding) for line in text.split("\n")[:2])
    data = first + b"\n" + second[:6] + b"\xff" + second[6:]
    document = readers.read(Source("a", "a", ".txt", data))
    assert [block.text for block in document.blocks] == text.split("\n")[:2]
    assert [(gone.line, gone.text, gone.reason) for gone in document.removed] == [
        (2, "\ufffd", UNREADABLE)
    ]


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_stray_zero_or_control_makes_no_file_binary(suffix: str, encoding: str) -> None:
    data = TEXT.replace("船工", "船\0工\x07").encode(encoding)
    document = readers.read(Source("a", "a", suffix, data))
    assert "老船工退休" in "".join(block.text for block in document.blocks)
    assert [gone.text for gone in document.removed] == ["U+0000 U+0007"]


def test_many_controls_still_are_a_binary_file() -> None:
    with pytest.raises(UnreadableSourceError, match="binary"):
        decode(b"\x01\x02\x03\x04 some words and \x05\x06\x0e", "a.txt")


@pytest.mark.parametrize("wrong", ["latin-1", "cp1252"])
@pytest.mark.parametrize("times", [1, 2])
def test_letters_that_were_bytes_are_text_again(wrong: str, times: int) -> None:
    garbled = TEXT.encode()
    for _ in range(times):
        letters = "".join(_letter(byte, wrong) for byte in garbled)
        garbled = letters.encode()
    assert decode(garbled, "a.txt") == TEXT


def _letter(byte: int, encoding: str) -> str:
    """What a browser shows for a byte."""
    return bytes([byte]).decode(encoding, "ignore") or chr(byte)


def test_gbk_that_was_read_as_latin_letters_is_text_again() -> None:
    assert decode(TEXT.encode("gbk").decode("latin-1").encode(), "a.txt") == TEXT


def test_utf_8_that_was_read_as_gbk_is_refused_where_much_is_lost() -> None:
    garbled = TEXT.encode().decode("gbk", "replace")
    assert garbled.startswith("娓″彛")
    with pytest.raises(UnreadableSourceError, match="garbled"):
        decode(garbled.encode(), "a.txt")


def test_utf_8_that_was_read_as_gbk_is_mended_where_all_is_there() -> None:
    whole = "山上的树" * 3
    garbled = whole.encode().decode("gbk")
    assert decode(f"{TEXT}\n{garbled}".encode(), "a.txt") == f"{TEXT}\n{whole}"


@pytest.mark.parametrize(
    "text",
    [
        "村口的老仓房改成了一家café，门上写着Crème brûlée。",
        "招牌上写着“café”……另一块写着“élan”——都是法文。",
        "São Paulo和Århus都有人来，Zoë住了三天。",
        "他说，乱码里最有名的是“锟斤拷锟斤拷”，还有“烫烫烫”。",
        "饕餮、貔貅、魍魉、魑魅、鸱鸮、螭吻、狻猊、狴犴、囚牛、睚眦。",
        "한국어와 日本語のテキスト。",
        "Вот русский текст. Ελληνικά. עברית.",
        "ÀÈÌÒÙ àèìòù äöüß ñçø",
        "温度为25°±2°，误差½，价格£5，§3。",
    ],
)
def test_true_letters_are_left_alone(text: str) -> None:
    assert decode(text.encode(), "a.txt") == text


def test_a_space_after_every_character_is_no_text() -> None:
    spaced = "通 知\n我 们 今 天 上 午 去 公 园 植 树， 请 大 家 在 2 0 2 5 年 到 场 。"
    assert blocks(spaced.encode()) == ["通知", "我们今天上午去公园植树，请大家在2025年到场。"]
    kept = ["甲 5 乙 12 丙 30", "今天 明天 后天 大后天 昨天 前天", "a b c d e f g", "张三 李四"]
    assert blocks("\n".join(kept).encode()) == kept


def test_a_line_in_gbk_between_lines_in_utf_8_is_read() -> None:
    data = (TEXT + "\n").encode() + LINES[0].encode("gbk") + b"\n" + TEXT.encode()
    assert decode(data, "a.txt") == "\n".join([TEXT, LINES[0], TEXT])


def test_text_that_is_mostly_lost_is_refused() -> None:
    garbled = TEXT.encode().decode("cp950", "replace")
    with pytest.raises(UnreadableSourceError, match="garbled"):
        decode(garbled.encode(), "a.txt")


@pytest.mark.parametrize("code", [0, 1, 8, 11, 12, 14, 27, 28, 31, 0xFFFE, 0xFFFF])
def test_no_control_character_ends_a_page(code: int) -> None:
    for sign in (chr(code), f"&#{code};", f"&#x{code:x};", f"&#0{code} "):
        page = f"<h1>标题</h1><p>前{sign}文<sup>1</sup>后{sign}<del>旧{sign}</del>的字{sign}。</p>"
        read = "".join(blocks((page + f"<p>{TEXT * 9}</p>").encode(), ".html"))
        assert read.startswith("标题前")
        assert "的字" in read
        noted = f"前{sign}文~~旧{sign}~~后{sign}的字[^1]。\n\n{TEXT * 9}\n\n[^1]: 注\n"
        assert blocks(noted.encode(), ".md")


def test_half_a_character_is_the_sign_of_a_lost_one() -> None:
    half = chr(0xD800)
    block, gone = Block(f"渡口{half}的船", 1), Removal(2, half, "why")
    found = without_halves(Document("a.pdf", (block,), f"标{half}题", removed=(gone,)))
    told = (found.title, found.blocks[0].text, found.removed[0].text)
    assert told == ("标\ufffd题", "渡口\ufffd的船", "\ufffd")
