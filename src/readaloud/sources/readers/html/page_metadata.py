"""What a page says about its article: title, author, date, address."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from functools import partial
from typing import Any

from lxml import etree

from readaloud.model import Block
from readaloud.sources.readers.shared.passages import Passage
from readaloud.sources.readers.shared.repair import repair

_NO_TITLES = frozenset({"", "首页", "首頁", "document", "untitled", "无标题文档", "無標題文件"})
_TITLE_METAS = ("og:title", "twitter:title", "title", "articletitle")
_AUTHOR_METAS = ("author", "article:author", "og:article:author", "dc.creator", "byl")
_DATE_METAS = (
    "article:published_time", "og:published_time", "publishdate", "pubdate", "firstpublishedtime",
    "datepublished", "og:release_date", "weibo: article:create_at", "date", "dc.date",
)  # fmt: skip
_IMAGE_METAS = ("og:image", "og:image:url", "og:image:secure_url", "twitter:image")
_SEPARATOR = re.compile(
    r"\s{0,9}[_|｜—»]{1,3}\s{0,9}|\s{1,9}[-–·:：]\s{1,9}|(?<=\w)[-–](?=[^\W\d_])"
)
_NEAR_TITLE = 3
_PART_END = re.compile(rf"{_SEPARATOR.pattern}|[-–]\s{{1,9}}|\s{{1,9}}[-–]")
_BEHIND_LEMMA = re.compile(r"[（(][^（）()]{1,20}[）)]$")
"""What an encyclopedia tells two entries of one name apart with."""
_SITE_END = re.compile(
    r"(?:[网網报報台臺社]|新[闻聞]|[频頻]道|博客|部落格|日报|[论論]坛|[门門][户戶]|客[户戶]端|[资資][讯訊]|[杂雜]志"
    r"|com|cn|net|org|tw|hk|News|Blog|[专專][栏欄]|中文|周刊|中心|平台|[阅閱][读讀]|知乎|[头頭][条條])$",
    re.I,
)
_WECHAT_TITLE = re.compile(
    r"""var\s{1,5}msg_title\s{0,5}=\s{0,5}(["'])((?:(?!\1)[^\n]){1,300})\1"""
)
_WECHAT_TIME = re.compile(r"""var\s{1,5}(?:ct|oriCreateTime)\s{0,5}=\s{0,5}["'](\d{10})["']""")
_WECHAT_NAME = re.compile(
    r"""var\s{1,5}nickname\s{0,5}=\s{0,5}(?:htmlDecode\()?["']([^"'\n]{1,60})["']"""
)
_CHINA = timezone(timedelta(hours=8))


@dataclass(slots=True)
class Stated:
    """All that a page's head and scripts state, best first."""

    titles: list[str] = field(default_factory=list)
    """Titles of the article alone."""
    page_title: str = ""
    """The window's title: often with the site's name."""
    site: str = ""
    authors: list[str] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)
    address: str = ""
    image: str = ""
    """Address of the picture that stands for the page where it is shared."""


def key(text: str) -> str:
    """Letters and characters alone: marks and spaces differ between what shows a text."""
    return "".join(filter(str.isalnum, text))


def read_metadata(root: etree._Element) -> Stated:
    """Gather what metadata, JSON-LD and WeChat's script say."""
    stated = Stated()
    metas = _metas(root)
    scripts = [script.text for script in root.iter("script") if script.text]
    for script in scripts:
        _read_wechat(script, stated)
    stated.titles += [metas[name] for name in _TITLE_METAS[:2] if name in metas]
    for item in _linked_data(root):
        _read_item(item, stated)
    stated.titles += [metas[name] for name in _TITLE_METAS[2:] if name in metas]
    stated.authors += [metas[name] for name in _AUTHOR_METAS if name in metas]
    stated.dates = [metas[name] for name in _DATE_METAS if name in metas] + stated.dates
    stated.dates += [time.get("datetime", "") for time in root.iter("time")][:3]
    stated.site = metas.get("og:site_name", "")
    stated.page_title = next((repair("".join(t.itertext())) for t in root.iter("title")), "")
    links = (e.get("href", "") for e in root.iter("link") if e.get("rel") == "canonical")
    stated.image = next((metas[name] for name in _IMAGE_METAS if name in metas), "")
    stated.address = metas.get("og:url", "") or next(links, "")
    return stated


def _metas(root: etree._Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        content = repair(meta.get("content", "")[:1000])
        if name and content:
            found.setdefault(name.lower(), content)
    return found


def _read_wechat(script: str, stated: Stated) -> None:
    if "msg_title" not in script and "nickname" not in script:
        return
    if title := _WECHAT_TITLE.search(script):
        stated.titles.append(repair(title[2].replace("\\'", "'").replace('\\"', '"')))
    if name := _WECHAT_NAME.search(script):
        stated.authors.append(repair(name[1]))
    if time := _WECHAT_TIME.search(script):
        stated.dates.append(
            datetime.fromtimestamp(int(time[1]), UTC).astimezone(_CHINA).isoformat()
        )


def _linked_data(root: etree._Element) -> Iterator[dict[str, Any]]:
    """The articles that JSON-LD describes; broken JSON is no metadata."""
    for script in root.iter("script"):
        if script.get("type", "").lower() != "application/ld+json" or not script.text:
            continue
        try:
            found = json.loads(script.text, strict=False)
        except (ValueError, RecursionError):
            continue
        for item in _flatten(found):
            kinds = str(item.get("@type", ""))
            if any(word in kinds for word in ("Article", "Posting", "Report")):
                yield item


def _flatten(found: Any) -> Iterator[dict[str, Any]]:
    """The objects of a list or of a ``@graph``, and the object itself."""
    for item in found if isinstance(found, list) else [found]:
        if isinstance(item, dict):
            yield item
            graph = item.get("@graph")
            yield from (each for each in graph or () if isinstance(each, dict))


def _read_item(item: dict[str, Any], stated: Stated) -> None:
    if isinstance(item.get("headline"), str):
        stated.titles.append(repair(item["headline"]))
    if isinstance(item.get("datePublished"), str):
        stated.dates.append(item["datePublished"])
    listed = item.get("author")
    people = listed if isinstance(listed, list) else [listed]
    names = (one.get("name") if isinstance(one, dict) else one for one in people)
    if found := "、".join(repair(name) for name in names if isinstance(name, str) and name):
        stated.authors.append(found)


def choose_title(stated: Stated, passages: Sequence[Passage], reasons: Sequence[str]) -> str | None:
    """The article's title as the page shows it, else as it states it, without the site's name.

    ``reasons`` says of each passage why it is in no article; those that have one show no title.
    """
    shown = [
        passage.block
        for passage, reason in zip(passages, reasons, strict=True)
        if not reason and len(passage.block.text) <= 200
    ]
    titles = [title for title in stated.titles if title.lower() not in _NO_TITLES]
    for title in [*titles, cut_site(stated.page_title, stated.site), stated.page_title]:
        wanted = key(title)
        near = [block for block in shown if _says(key(block.text), wanted)]
        if not any(block.kind == "heading" for block in near):
            near += _find_parts(shown, title)
        best = max(near, key=partial(_rank, wanted=wanted), default=None)
        if best is not None and title.lower() not in _NO_TITLES:
            return best.text
    first = [block.text for block in shown if block.kind == "heading" and block.level == 1]
    if len(first) == 1 and not titles:
        return first[0]
    title = cut_site(titles[0] if titles else stated.page_title, stated.site)
    return None if title.lower() in _NO_TITLES else title


def _rank(block: Block, wanted: str) -> tuple[bool, bool, int, int]:
    """Headings first; of them those that begin the title: what is behind is the site's name."""
    opens = wanted.startswith(key(block.text))
    return block.kind == "heading", opens, -block.level, len(block.text)


def find_site_lines(stated: Stated, passages: Sequence[Passage], title: str) -> list[int]:
    """Where a page shows above its article's title what its own title says of the site behind it.

    A heading, or a line below that does not say where it is from, may be the article's.
    """
    wanted = key(title)
    texts = [key(passage.block.text) for passage in passages]
    opens = key(stated.page_title).startswith(wanted) and not _SITE_END.search(title)
    if not wanted or wanted not in texts or not opens:
        return []
    parts = {key(part) for part in (stated.site, *_PART_END.split(stated.page_title))}
    named = {part for part in parts if len(part) > 1 and part not in wanted and wanted not in part}
    at = texts.index(wanted)
    near = range(max(at - _NEAR_TITLE, 0), min(at + 2, len(texts)))
    return [
        n
        for n in near
        if passages[n].block.kind != "heading"
        and (n < at or texts[n].startswith(("来自", "來自")))
        and texts[n].removeprefix("来自").removeprefix("來自") in named
    ]


def _find_parts(shown: Sequence[Block], title: str) -> list[Block]:
    """Headings that say, however short, what a title has between its strokes: 石磨_某某百科."""
    parts = {key(_BEHIND_LEMMA.sub("", part.strip())) for part in _PART_END.split(title)}
    return [
        block
        for block in shown
        if block.kind == "heading" and key(block.text) in parts and not _SITE_END.search(block.text)
    ]


def _says(own: str, wanted: str) -> bool:
    """Whether a shown line is a stated title, but for a site's name or a column's."""
    return len(own) * 5 >= len(wanted) * 2 and len(own) >= 2 and own in wanted


def cut_site(title: str, site: str) -> str:
    """A title without the names of site and channel behind it."""
    cuts = list(_SEPARATOR.finditer(title))
    for cut in reversed(cuts):
        tail = title[cut.end() :].strip()
        named = bool(site) and key(tail) in key(site)
        firm = cut[0].strip()[:1] in "_|｜»" and len(tail) <= 12
        if not (named or firm or (len(tail) <= 20 and _SITE_END.search(tail))):
            break
        if len(title[: cut.start()].strip()) >= 2:
            title = title[: cut.start()].strip()
    return title


def choose_author(stated: Stated) -> str | None:
    """The first author that can be a name."""
    for author in stated.authors:
        name = repair(author)
        if 0 < len(name) <= 30 and "http" not in name.lower() and name.lower() != "admin":
            return name
    return None
