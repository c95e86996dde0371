"""What files say of themselves, less what the programs that wrote them put there."""

from __future__ import annotations

import re

from readaloud.sources.readers.shared.repair import repair

MAX_TITLE = 80

_NO_TITLE = re.compile(
    r"(?:microsoft (?:word|powerpoint|excel)|powerpoint|slide \d|document\d{0,3}$|untitled"
    r"|about:blank|https?:|file:|无标题|無標題|未命名|新建|unknown|title$|文档\d{0,3}$|文件\d{0,3}$|[\W\d_]{0,80}$)"
    r"|.{0,200}\.(?:docx?|pdf|wps|pptx?|xlsx?|txt|rtf|html?|indd|pages|odt|tex|dvi|qxd)$",
    re.IGNORECASE,
)
_NO_AUTHOR = re.compile(
    r"(?:admin(?:istrator)?|users?|微软用户|微軟用戶|windows 用户|作者|windows user"
    r"|unknown|anonymous"
    r"|owner|python-docx|pc|lenovo|dell|hp|佚名|[\W\d_]{0,80})$",
    re.IGNORECASE,
)


def stated_title(text: str | None) -> str | None:
    """The title a file states; None for file names, programs' names and placeholders."""
    title = repair(text or "")
    return title if len(title) <= MAX_TITLE and title and not _NO_TITLE.match(title) else None


def stated_author(text: str | None) -> str | None:
    """The author a file states; None for the accounts that computers come with."""
    author = repair(text or "")
    return author if author and len(author) <= 60 and not _NO_AUTHOR.match(author) else None
