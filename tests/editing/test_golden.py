"""The sample article comes out exactly: the test of all the rules together."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from readaloud.editing import edit
from readaloud.model import Article
from readaloud.sources.find import load_source
from readaloud.sources.readers import read

RECORD = Path(__file__).with_name("sample_article.json")


@pytest.fixture
def article(seed: Path) -> Article:
    return edit(read(load_source(seed)))


def outline_of(article: Article) -> dict[str, Any]:
    """All of an article but its text."""
    titles = [(c.id, c.title) for c in article.chapters if c.title]
    return {
        "title": article.title,
        "byline": article.byline,
        "language": article.language,
        "date": article.date,
        "chapters": [
            {"id": name, "line": t.line, "kind": t.kind, "level": t.level, "text": t.text}
            for name, t in titles
        ],
        "removed": [f"{gone.line}: {gone.text} ({gone.reason})" for gone in article.removed],
    }


def test_its_outline_is_as_on_record(article: Article, golden: Callable[[Path, str], None]) -> None:
    made = json.dumps(outline_of(article), ensure_ascii=False, indent=1) + "\n"
    golden(RECORD, made)


def test_every_paragraph_is_kept_whole_and_in_order(article: Article, seed: Path) -> None:
    raw = seed.read_text("utf-8").splitlines()
    lines = {number: line for number, line in enumerate(raw, 1) if line}
    spoken = [(b.line, b.text) for c in article.chapters for b in c.blocks]
    headings = [c.title.line for c in article.chapters if c.title]
    gone = [removal.line for removal in article.removed]
    assert spoken == [(n, text) for n, text in lines.items() if n not in {*headings, *gone}]
    assert spoken[0][1].endswith("機關黨支部")
    assert spoken[-1][1].endswith("(姜曉萌 趙太迎)")
