"""``[rules] keep`` wins over every step but the user's own ``drop``, the reader's cuts too."""

from __future__ import annotations

import re

import pytest
from labelled import Case, find_cases

from readaloud.editing import edit
from readaloud.model import Article, Block, Document, EditingRules, Removal
from readaloud.sources.find import load_source
from readaloud.sources.readers import read

pytestmark = pytest.mark.no_cover
CASES = find_cases()


def document_of(case: Case) -> Document:
    return read(load_source(case.path))


def pattern(text: str) -> str:
    return f"^{re.escape(text[:60])}"


def lines_of(article: Article) -> list[Block]:
    return [
        block
        for chapter in article.chapters
        for block in (*((chapter.title,) if chapter.title else ()), *chapter.blocks)
    ]


def gone(article: Article) -> set[str]:
    return {each.text for each in article.removed}


def cuts_of(document: Document) -> list[Removal]:
    return [each for each in document.removed if each.cut is not None]


@pytest.mark.corpus
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_everything_a_reader_or_a_rule_takes_can_be_kept(case: Case) -> None:
    document = document_of(case)
    taken = [each.cut.text for each in cuts_of(document) if each.cut]
    taken += sorted({each.text for each in edit(document).removed} - gone_for_good(document))
    for text in dict.fromkeys(taken):
        rules = EditingRules(keep=(pattern(text),))
        assert text not in gone(edit(document, rules)), text
        dropped = EditingRules(keep=rules.keep, drop=rules.keep)
        assert text in gone(edit(document, dropped)), text


def gone_for_good(document: Document) -> set[str]:
    """Marks inside lines, and names of the site glued to a title: no whole lines."""
    marks = {each.text for each in document.removed if each.cut is None}
    blocks = {block.text for block in document.blocks}
    return marks | {each.text for each in edit(document).removed if each.text not in blocks}


@pytest.mark.corpus
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_all_of_it_comes_back_in_the_order_of_the_source(case: Case) -> None:
    document = document_of(case)
    article = edit(document, EditingRules(keep=(r"[\s\S]",)))
    assert not [each for each in article.removed if each.cut is not None]
    lines = [block.line for block in lines_of(article)]
    if not case.name.startswith("markdown-footnotes"):  # notes stand behind their paragraphs
        assert lines == sorted(lines)
