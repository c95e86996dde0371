"""What the elements of HTML mean for reading."""

from __future__ import annotations

from readaloud.model import BlockKind


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


INLINE = _names(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark nobr o:p "
    "q rb rt rtc ruby s samp small span strike strong sub sup time tt u var wbr"
)
"""Part of the line they stand in; every other element begins and ends a block."""

UNSEEN = _names(
    "annotation annotation-xml audio canvas datalist defs desc embed iframe metadata noscript "
    "object rp script style template title video"
)
"""Browsers show nothing of what is in them. A head is none of them: text in it is shown."""

UNSEEN_CLASSES = _names(
    "sr-only screen-reader-text visually-hidden visuallyhidden sr-only-focusable"
)
"""Class names that by convention hide an element from sight."""

READINGS = _names("rt rtc")
"""Readings above characters."""

KINDS: dict[str, BlockKind] = {
    "li": "item",
    "dt": "item",
    "dd": "item",
    "blockquote": "quote",
    "figcaption": "caption",
    "caption": "caption",
    "pre": "code",
}

IN_MARKDOWN = _names(
    "a abbr address article b big blockquote br caption center cite dd del details div dl dt em "
    "figcaption figure font h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark ol p pre q rb "
    "rp rt ruby s section small span strong sub summary sup table tbody td tfoot th thead tr u ul"
)
"""Tags that Markdown files use on purpose; none of them hides what follows."""

NOTE_KINDS = _names("footnote endnote rearnote doc-footnote doc-endnote")
"""What ``epub:type`` and DPUB-ARIA's ``role`` call a note."""
CONTENT_IDS = _names(
    "js_content artibody article_content articlecontent article-content articlebody article-body "
    "article_body contenttext zoom ozoom main-content-body rwb_zw vsb_content endtext text-content "
    "post-body post-content entry-content storybody story_body_content"
)
"""Ids by which publishing systems name the article's text, lower case."""

CONTENT_CLASSES = _names(
    "rich_media_content article-content article_content articlecontent article-body article_body "
    "article__body article-content-body articlebody article-text article_text article-detail "
    "article-main entry-content post-content post_content post-body post_body post__content "
    "story-body story_body story-content news-content news_content news-text newscontent "
    "content-article content_area content-detail detail-content text-content text_content tyb_art "
    "rm_txt_con trs_editor trs_paper_preview left_zw main-aticle detail-body caas-body "
    "markdown-body post_body_content articletext td-post-content single-content"
)
"""Classes by which they do."""

LEADS = _names(
    "lead lede summary subtitle subhead subheadline deck dek standfirst abstract intro excerpt "
    "daodu zhaiyao digest description"
)
"""Words in the names of what stands between a title and its text, and belongs to the article."""
