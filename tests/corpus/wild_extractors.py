"""What other programs take for the article of a web page, where they are installed.

pip install trafilatura readability-lxml resiliparse boilerpy3
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from lxml import html as lxml_html


@dataclass(frozen=True, slots=True)
class Extract:
    """The text of a page, a block a line; no title or headings where a program gives none."""

    text: str
    title: str | None = None
    headings: tuple[str, ...] | None = None


def _read_marked(page: str, title: str) -> Extract:
    """What is left of a page as HTML."""
    root = lxml_html.fromstring(page) if page.strip() else lxml_html.Element("div")
    headings = tuple(
        " ".join(node.text_content().split()) for node in root.iter() if _is_heading(node.tag)
    )
    return Extract("\n".join(map(str, root.itertext())), title, headings)


def _is_heading(tag: object) -> bool:
    return isinstance(tag, str) and re.fullmatch("h[1-6]", tag) is not None


def _trafilatura(page: str) -> Extract:
    program = import_module("trafilatura")
    text = program.extract(page, output_format="html", include_comments=False) or ""
    about = program.extract_metadata(page)
    return _read_marked(text, (about.title if about else "") or "")


def _readability(page: str) -> Extract:
    document = import_module("readability").Document(page)
    return _read_marked(document.summary(), document.short_title())


def _resiliparse(page: str) -> Extract:
    program = import_module("resiliparse.extract.html2text")
    return Extract(program.extract_plain_text(page, main_content=True, alt_texts=False))


def _boilerpy(page: str) -> Extract:
    program = import_module("boilerpy3.extractors")
    found = program.ArticleExtractor(raise_on_failure=False).get_doc(page)
    return Extract(found.content, found.title or "")


_ALL: dict[str, tuple[str, Callable[[str], Extract]]] = {
    "trafilatura": ("trafilatura", _trafilatura),
    "readability-lxml": ("readability", _readability),
    "resiliparse": ("resiliparse", _resiliparse),
    "boilerpy3": ("boilerpy3", _boilerpy),
}


def installed() -> dict[str, Callable[[str], Extract]]:
    """Those that are here, by name."""
    return {name: extract for name, (module, extract) in _ALL.items() if find_spec(module)}
