"""Labels as the program would write them itself, for a person to check."""

from __future__ import annotations

import json
from collections.abc import Iterable

from labelled import DRAFT

from readaloud.errors import ReadaloudError
from readaloud.model import Article, Script

_HEAD = f"""# As the program has it now. Hold each line against the input and mend what is wrong;
# then say in kind what the case is about, in place of {DRAFT}, and take these lines out.
kind = "{DRAFT}"
"""
_LONGEST = 200
"""Of a longer line the beginning is enough."""


def draft(planned: Script | ReadaloudError) -> str:
    """The text of a ``wanted.toml`` that a plan agrees with."""
    if isinstance(planned, ReadaloudError):
        return f"{_HEAD}exit = {planned.exit_code}\n"
    article = planned.article
    return "".join(
        [
            _HEAD,
            f"title = {_quote(article.title or '')}\n",
            _array("headings", _headings(article)),
            _array("must_speak", (b.text for c in article.chapters for b in c.blocks)),
            _array("must_not_speak", (gone.text for gone in article.removed)),
        ]
    )


def _headings(article: Article) -> list[str]:
    names = [chapter.title.text if chapter.title else "" for chapter in article.chapters]
    return names[1:] if names[:1] in ([""], [article.title]) else names


def _array(key: str, lines: Iterable[str]) -> str:
    quoted = "".join(f"  {_quote(line[:_LONGEST])},\n" for line in lines)
    return f"{key} = [\n{quoted}]\n" if quoted else f"{key} = []\n"


def _quote(text: str) -> str:
    """A basic string of TOML, which is one of JSON but for one sign."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
