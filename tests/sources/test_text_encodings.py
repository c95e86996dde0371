from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from readaloud.errors import UnreadableSourceError
from readaloud.sources.likelihood import likelihood
from readaloud.sources.text_encodings import decode, is_binary

SIMPLIFIED = (
    "庚子鼠年春节，一场没有硝烟的战争不期而至！面对突如其来的疫情，除了临床医务人员奋战在第一线之外，"
    "还有一群身处平凡岗位、默默无闻却同样肩负着重要工作的队伍。会议结束当天，口罩和病床即刻送至我院。"
    "气象台预计，明天白天晴间多云，北风三四级，最高气温零下五度。她把钥匙放在桌上，转身走进了雨里。"
)
TRADITIONAL = (
    "庚子鼠年春節，一場沒有硝煙的戰爭不期而至！面對突如其來的疫情，除了臨床醫務人員奮戰在第一線之外，"
    "還有一群身處平凡崗位、默默無聞卻同樣肩負著重要工作的隊伍。會議結束當天，口罩和病床即刻送至我院。"
    "氣象台預計，明天白天晴間多雲，北風三四級，最高氣溫零下五度。她把鑰匙放在桌上，轉身走進了雨裡。"
)


def windows(text: str, length: int) -> list[str]:
    return [text[start : start + length] for start in range(0, len(text) - length, 3)]


@pytest.mark.parametrize("length", [8, 12, 20, 50, 120])
@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (SIMPLIFIED, "gb18030"),
        (TRADITIONAL, "gb18030"),
        (TRADITIONAL, "cp950"),
        (SIMPLIFIED, "utf-8"),
        (TRADITIONAL, "utf-16-le"),
        (SIMPLIFIED, "utf-16-be"),
    ],
)
def test_short_texts_are_told_apart(text: str, encoding: str, length: int) -> None:
    for window in windows(text, length):
        assert decode(window.encode(encoding), "a.txt") == window


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_marks_decide(encoding: str) -> None:
    assert decode("字".encode(encoding), "a.txt") == "字"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_found_by_its_zeros(encoding: str) -> None:
    text = "第1段\n第二段，共3行\n他们来了。\n"
    assert decode(text.encode(encoding), "a.txt") == text
    assert decode(b"plain\n".decode().encode(encoding), "a.txt") == "plain\n"


def test_plain_ascii_and_nothing_are_texts() -> None:
    assert decode(b"plain", "a.txt") == "plain"
    assert decode(b"", "a.txt") == ""


def test_the_right_decoding_scores_far_above_the_wrong_one() -> None:
    wrong = TRADITIONAL.encode("cp950").decode("gb18030", "replace")
    assert likelihood(TRADITIONAL) > 0.4
    assert likelihood(wrong) < 0.2
    assert likelihood("ascii") == 0.0


def test_a_declared_encoding_counts_only_where_it_reads_as_chinese() -> None:
    data = TRADITIONAL.encode("cp950")
    assert decode(data, "a.html", "Big5") == TRADITIONAL
    assert decode(data, "a.html", "gb2312") == TRADITIONAL
    assert decode(data, "a.html", "no-such-encoding") == TRADITIONAL


def zipped() -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", "文")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (zipped(), "ZIP"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "picture"),
        (bytes(range(256)) * 4, "not Chinese text"),
        (b"\x01\x02\x03\x04abc", "binary"),
        (SIMPLIFIED.encode("hz"), "old mail encoding"),
        (b"\x1b$)A\x0e5SVP\x0f", "old mail encoding"),
        (
            "오늘은 날씨가 매우 좋고 사람들이 공원에서 산책을 하고 있다.".encode("euc_kr") * 2,
            "not Chinese",
        ),
        ("今日は天気がいいので公園を散歩した。".encode("euc_jp") * 2, "not Chinese text"),
        ("Вот это русский текст".encode("cp1251"), "not Chinese text"),
        ("これは日本語の文章です。漢字とかな".encode("shift_jis"), "not Chinese text"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(UnreadableSourceError, match=words) as caught:
        decode(data, "a.txt")
    assert "a.txt" in caught.value.message
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("text", "encoding", "label"),
    [
        (SIMPLIFIED, "utf-8", "UTF-8"),
        (SIMPLIFIED, "gb18030", "GB18030"),
        (TRADITIONAL, "cp950", "Big5"),
    ],
)
def test_heavy_damage_is_named_with_line_byte_and_encoding(
    text: str, encoding: str, label: str
) -> None:
    whole = f"{text}\n".encode(encoding)
    place = len(whole)
    torn = b"".join(bytes([byte, 0xFF]) for byte in whole)
    with pytest.raises(UnreadableSourceError, match=f"line 2 .byte {place}. is not {label}"):
        decode(whole + b"\xff" + torn, "a.txt")


@pytest.mark.parametrize("text", ["露胆披诚", "腊肉焖饭", "凉拌黄瓜的做法", "联华超市"])
def test_names_and_titles_without_everyday_characters_are_read(text: str) -> None:
    assert decode(text.encode("gb18030"), "a.txt") == text


def test_a_header_without_chinese_does_not_hide_the_encoding() -> None:
    text = "From: a@b.c\nSubject: hello\n" * 2_000 + "驟雨狂風，淚如泉湧。"
    for encoding in ("cp950", "gb18030", "utf-16-le"):
        assert decode(text.encode(encoding), "a.txt") == text


def test_binary_marks() -> None:
    assert is_binary(zipped())
    assert not is_binary("文".encode())
