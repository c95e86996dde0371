"""Damages files and texts as strangers and bad disks do, by numbers that hypothesis draws."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

from hypothesis import strategies as st

NASTY = (
    *(
        "\0",
        "\x1b[31m",
        "\x9b2J",
        "\ufffe",
        "\u2028",
        "\u202e",
        "\u3000",
        "\r",
        "\ud7ff",
        "\U0010ffff",
    ),
    *(
        "<",
        ">",
        "&",
        "&#0;",
        "&#x110000;",
        "&lt",
        "]]>",
        "<!--",
        "<![CDATA[",
        "<!DOCTYPE a [",
        "<?",
    ),
    *("'", '"', "\\", "{", "}", "[", "]", "[[", "(", ")", "|", "$", "$$", "`", "```", "~~~", "---"),
    *(
        "# ",
        "> ",
        "* ",
        "1. ",
        "[^1]:",
        "![](",
        "](http://[",
        "http://[",
        "file:///etc/passwd",
        "../",
    ),
    *(
        "第一章 ",
        "第九十九亿章 ",
        "１２３",
        "一、",
        "（1）",
        "2020年13月45日",
        "25:61",
        "1/0",
        "-0.0",
        "½",
    ),
    *(
        "NaN",
        "1e999",
        "-1",
        "null",
        "true",
        "{}",
        "[]",
        '""',
        "\\ud800",
        "9" * 400,
        "0x" + "f" * 5000,
    ),
    *(
        "(" * 500,
        "[" * 2000,
        "> " * 500,
        "<div>" * 2000,
        "<b>" * 500,
        "{" * 500,
        "a." * 500,
        "*" * 2000,
    ),
    *("| " * 500, "￥" * 500, "1," * 500, "哈" * 3000, "\n" * 2000, "- a\n" * 500, "&amp;" * 500),
)
"""What readers, patterns and parsers are wont to stumble over."""
Cut = tuple[int, int, int, str]
"""What is done, where and how far (in thousandths of the whole), and with what."""

cuts = st.lists(
    st.tuples(
        st.integers(0, 5), st.integers(0, 1000), st.integers(0, 1000), st.sampled_from(NASTY)
    ),
    min_size=1,
    max_size=6,
)


def damage(data: bytes, done: Sequence[Cut]) -> bytes:
    """The bytes with pieces put in, taken out, doubled, moved, or changed."""
    for what, place, far, token in done:
        start = len(data) * place // 1000
        end = min(len(data), start + max(1, len(data) * far // 8000))
        piece, odd = data[start:end], token.encode("utf-8", "surrogatepass")
        match what:
            case 0:
                data = data[:start] + odd + data[start:]
            case 1:
                data = data[:start] + data[end:]
            case 2:
                data = data[:end] + piece + data[end:]
            case 3:
                data = data[:start] + bytes([far % 256]) + data[start + 1 :]
            case 4:
                data = data[:start] + odd + data[end:]
            case _:
                data = data[:start] + data[end:] + piece
    return data


def damage_archive(data: bytes, part: int, done: Sequence[Cut]) -> bytes:
    """A ZIP file one of whose parts is damaged, and packed again."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        names = old.namelist()
        for name in names:
            content = old.read(name)
            hit = name == names[part % len(names)]
            new.writestr(name, damage(content, done) if hit else content)
    return out.getvalue()
