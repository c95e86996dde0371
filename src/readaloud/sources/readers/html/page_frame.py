"""Knows the frame around an article: navigation, comments, related lists, by tag, role and name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml import etree

from readaloud.errors import msg
from readaloud.sources.readers.shared.passages import Passage
from readaloud.sources.readers.shared.tags import NOTE_KINDS

_TAGS = {
    "nav": msg("navigation"),
    "menu": msg("navigation"),
    "footer": msg("footer"),
    "aside": msg("sidebar"),
    "button": msg("page controls"),
    "select": msg("page controls"),
    "textarea": msg("page controls"),
    "amp-ad": msg("advertisement"),
    "amp-sidebar": msg("navigation"),
}
COMMENTS = msg("comments")
_FORM = msg("page controls")
_WHOLE = frozenset({"html", "body", "main", "article"})
_FIELDS = frozenset({"", "text", "password", "email", "search", "tel", "url", "radio", "checkbox"})
_FORM_CHARS = 400
"""A form with more text is the page itself: some publishing systems put all of it in one."""
_AD = msg("advertisement")
_AD_NAME = re.compile(r"(?:ads?|advert|guanggao)[-_](?!free|hoc|less)|ads?$|guanggao")
_AD_CHARS = 300
_ANSWER = re.compile("comment|repl(?:y|ies)|respond|pinglun|liuyan", re.IGNORECASE)
_ROLES = {
    "navigation": msg("navigation"),
    "menu": msg("navigation"),
    "menubar": msg("navigation"),
    "search": msg("page controls"),
    "toolbar": msg("page controls"),
    "complementary": msg("sidebar"),
    "contentinfo": msg("footer"),
    "dialog": msg("page controls"),
    "alertdialog": msg("page controls"),
}


@dataclass(frozen=True, slots=True)
class _Name:
    """Words in a class or id that name a part of the frame, and how far they are trusted."""

    reason: str
    words: frozenset[str]
    most_chars: int = 1_000_000
    links: float = 0.0
    """At least this share of the part's characters has to be link text."""
    sure: bool = True
    """Whether the words count as part of a longer name too, around written text."""


def _name(
    reason: str, words: str, most_chars: int = 1_000_000, links: float = 0.0, *, sure: bool = True
) -> _Name:
    return _Name(reason, frozenset(words.split()), most_chars, links, sure)


_NAMES = (
    _name(COMMENTS, "comment comments commentlist disqus respond pinglun livefyre fb-comments"),
    _name(msg("sidebar"), "sidebar sidebars sidenav siderbar rightbar leftbar widget-area"),
    _name(
        msg("related articles"),
        "related relate recommend recommended recommends recommendation recommendations tuijian "
        "xiangguan outbrain taboola popular trending prevnext post-nav nav-links jp-relatedposts",
        links=0.3,
    ),
    _name(
        msg("navigation"),
        "nav navbar navigation menu submenu breadcrumb breadcrumbs crumb crumbs pagination pager "
        "topbar toolbar topnav subnav mainnav toc",
        links=0.3,
    ),
    _name(msg("navigation"), "breadcrumb breadcrumbs crumb crumbs", 80),
    _name(msg("navigation"), "catlinks navbox nav-box navibox contentsub sitesub", 3_000),
    _name(
        msg("page controls"),
        "noprint no-print d-print-none hidden-print mw-jump-link skip-link skiplink "
        "skip-to-content ambox tmbox sitenotice site-notice",
        300,
        sure=False,
    ),
    _name(msg("tags"), "tags taglist tagcloud tag-list keywords", 300, 0.5),
    _name(
        msg("share bar"),
        "share sharing sharebar bdsharebuttonbox social-share "
        "social-links social-icons sns bshare addtoany sharedaddy",
        80,
        sure=False,
    ),
    _name(
        msg("advertisement"),
        "ad ads advert advertisement adsbygoogle sponsored adbox ad-box ad_box ad-container "
        "ad-wrapper ad-slot ad-banner ad-unit ad-block google-ad google-ads",
        300,
        sure=False,
    ),
    _name(msg("footer"), "footer colophon site-info", 1_500),
    _name(
        msg("about the author"),
        "authorinfo author-box "
        "author-bio author-card author-info author-profile authorbox about-author "
        "profile-card mp-common-profile mp_profile_iframe_wrp profile_inner",
        600,
    ),
    _name(
        msg("call to subscribe"),
        "subscribe subscription newsletter signup paywall qrcode qr_code qr-code app-download "
        "download-app qr_code_pc_outer ewm erweima tjewm promo",
        300,
    ),
)
_NOTES = NOTE_KINDS | {"footnotes", "endnotes", "rearnotes", "footnotes-list", "doc-endnotes"}
_COMMENT_NAMES = _NAMES[0].words
_CHINESE_NAMES = re.compile("评论|評論|留言|回复|回覆|回應|跟帖")
_WORD = re.compile(r"[A-Za-z][a-z0-9]*|[A-Z]+")
_PROSE_CHARS = 20
_STOPS = frozenset("。！？，")


@dataclass(slots=True)
class Weights:
    """How much text each element holds, in characters; invisible text does not count."""

    chars: dict[etree._Element, int] = field(default_factory=dict)
    linked: dict[etree._Element, float] = field(default_factory=dict)
    prose: dict[etree._Element, int] = field(default_factory=dict)


def weigh(root: etree._Element, passages: Sequence[Passage]) -> Weights:
    """Sum the passages up over all elements around them, each element once."""
    weights = Weights()
    for passage in passages:
        if not passage.hidden:
            _add(weights, passage.owner, _measure(passage))
    for element in reversed(list(root.iter())):
        parent = element.getparent()
        if parent is not None and element in weights.chars:
            own = weights.chars[element], weights.linked[element], weights.prose[element]
            _add(weights, parent, own)
    return weights


def _measure(passage: Passage) -> tuple[int, float, int]:
    text = passage.block.text
    prose = is_prose(passage)
    return len(text), passage.link_share * len(text), len(text) if prose else 0


def is_prose(passage: Passage) -> bool:
    """Whether a passage is written text: a sentence, and no link."""
    text = passage.block.text
    long = len(text) >= _PROSE_CHARS or not _STOPS.isdisjoint(text)
    return long and passage.link_share < 0.5 and not passage.hidden


def _add(weights: Weights, element: etree._Element, own: tuple[int, float, int]) -> None:
    weights.chars[element] = weights.chars.get(element, 0) + own[0]
    weights.linked[element] = weights.linked.get(element, 0.0) + own[1]
    weights.prose[element] = weights.prose.get(element, 0) + own[2]


class Frames:
    """Tells of elements of one page whether they belong to its frame."""

    def __init__(self, root: etree._Element, weights: Weights) -> None:
        """``weights`` are those of the whole page."""
        self._weights = weights
        self._total = weights.prose.get(root, 0)
        self._known: dict[etree._Element, str] = {}
        for area in root.iter("textarea"):
            if (form := self._find_form(area)) is not None:
                self._known[form] = COMMENTS

    def _find_form(self, area: etree._Element) -> etree._Element | None:
        """The largest part around an area for comments that has no more text than a form has."""
        found = None
        for element in area.iterancestors():
            if element.tag in _WHOLE or self._weights.chars.get(element, 0) > _FORM_CHARS:
                break
            if next(element.iter("h1"), None) is not None:
                break
            found = element
        return None if found is None or self._holds_article(found) else found

    def reason(self, element: etree._Element) -> str:
        """Which part of the frame an element is in; an empty string where it is in none."""
        path: list[etree._Element] = []
        at: etree._Element | None = element
        while at is not None and at not in self._known:
            path.append(at)
            at = at.getparent()
        reason = self._known[at] if at is not None else ""
        for each in reversed(path):
            reason = reason or self._own(each)
            self._known[each] = reason
        return reason

    def _own(self, element: etree._Element) -> str:
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in {"html", "head", "body", "main", ""} or _holds_quotation(element, tag):
            return ""
        if names_note(element):
            return ""
        reason = _TAGS.get(tag) or _ROLES.get(element.get("role", "")) or self._named(element)
        if not reason and names_comments(element):
            reason = COMMENTS
        if not reason and tag == "form" and self._asks(element):
            reason = COMMENTS if _answers(element) else _FORM
        return "" if reason and self._holds_article(element) else reason

    def _named(self, element: etree._Element) -> str:
        words = name_words(element)
        if not words or element.get("itemprop") == "articleBody":
            return ""
        chars = self._weights.chars.get(element, 0)
        share = self._weights.linked.get(element, 0.0) / max(chars, 1)
        whole = _whole_names(element)
        prose = self._weights.prose.get(element, 0)
        if chars <= _AD_CHARS and any(map(_AD_NAME.match, whole)):
            return _AD
        for name in _NAMES:
            fits = chars <= name.most_chars and share >= name.links
            if fits and name.words & (words if name.sure or not prose else whole):
                return name.reason
        return ""

    def _asks(self, form: etree._Element) -> bool:
        """Whether a form is to be filled in: a login, a search, a vote, a comment."""
        fields = (field.get("type", "").lower() in _FIELDS for field in form.iter("input"))
        asks = next(form.iter("textarea"), None) is not None or any(fields)
        return asks and self._weights.chars.get(form, 0) <= _FORM_CHARS

    def _holds_article(self, element: etree._Element) -> bool:
        """Whether most of the page's prose is in it: then its name says something else."""
        prose = self._weights.prose.get(element, 0)
        if prose * 2 <= self._total:
            return False
        return prose * 5 > self._total * 4 or next(element.iter("h1"), None) is not None


def _answers(form: etree._Element) -> bool:
    """Whether a form is for a comment."""
    names = " ".join(form.get(name, "")[:200] for name in ("id", "class", "name", "action"))
    return next(form.iter("textarea"), None) is not None or bool(_ANSWER.search(names))


def name_words(element: etree._Element) -> frozenset[str]:
    """The names in an element's class and id, whole and as the words they are made of."""
    whole = _whole_names(element)
    text = f"{element.get('class', '')} {element.get('id', '')}"[:300]
    return whole | {word.lower() for word in _WORD.findall(text)}


def names_note(element: etree._Element) -> bool:
    """Whether an element is a note or a list of them, as DPUB-ARIA, EPUB and blogs name them."""
    kinds = f"{element.get('epub:type', '')} {element.get('role', '')}".split()
    return not _NOTES.isdisjoint({*kinds, *_whole_names(element)})


def names_comments(element: etree._Element) -> bool:
    """Whether an element's names or its type say that it holds comments."""
    names = f"{element.get('class', '')} {element.get('id', '')}"[:300]
    typed = element.get("itemtype", "").endswith(("schema.org/Comment", "schema.org/UserComments"))
    found = not _COMMENT_NAMES.isdisjoint(name_words(element)) or _CHINESE_NAMES.search(names)
    return bool(found) or typed or element.get("itemprop") == "comment"


def _whole_names(element: etree._Element) -> frozenset[str]:
    text = f"{element.get('class', '')} {element.get('id', '')}"[:300]
    return frozenset(text.lower().split())


def _holds_quotation(element: etree._Element, tag: str) -> bool:
    """The footer of a quotation names its author."""
    return tag == "footer" and next(element.iterancestors("blockquote", "figure"), None) is not None
