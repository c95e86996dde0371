"""What each kind of source offers, and how its server is asked."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path

import pytest

from readaloud.errors import ReadaloudError, TimeOverError, UnreadableSourceError
from readaloud.morning.addresses import key_of
from readaloud.morning.database import Database
from readaloud.morning.offers import MOST
from readaloud.morning.offers.feeds import feed_offers
from readaloud.morning.offers.list_pages import list_offers
from readaloud.morning.offers.maildirs import mail_offers
from readaloud.morning.offers.sitemaps import sitemap_offers
from readaloud.morning.polite import Polite
from readaloud.morning.servers import Servers
from readaloud.sources.fetch import Fetched

BASE = "https://example.com/news/"


def fetched(data: bytes | str, kind: str = "") -> Fetched:
    raw = data.encode() if isinstance(data, str) else data
    return Fetched(raw, "", None, BASE, {"content-type": kind} if kind else {})


RSS = """<rss version="2.0"><channel><title>报</title><ttl>90</ttl>
<item><title>桥 &amp;amp; 路</title><link>1.html</link>
<pubDate>Mon, 23 Nov 2026 05:00:00 +0800</pubDate></item>
<item><title>没有链接</title><guid isPermaLink="false">x1</guid>
<description>&lt;p&gt;全文。&lt;/p&gt;</description></item>
</channel></rss>"""


def test_rss() -> None:
    offers = feed_offers(fetched(RSS), whole_text=False)
    one, other = offers.articles
    assert (one.address, one.title) == (f"{BASE}1.html", "桥 & 路")
    assert one.published == datetime(2026, 11, 22, 21, tzinfo=UTC)
    assert offers.holds == timedelta(minutes=90)
    assert other.source is not None
    assert "全文。" in other.source.data.decode()


def test_a_feed_in_another_encoding_that_breaks_off() -> None:
    feed = f'<?xml version="1.0" encoding="gbk"?>{RSS}'.encode("gbk")
    assert feed_offers(fetched(feed), whole_text=False).articles[0].title == "桥 & 路"
    broken = feed_offers(fetched(feed[: len(feed) * 2 // 3]), whole_text=False)
    assert broken.broken
    for data in (feed[:60], b"<html><p>404</html>", b"", b"{}", b'{"items": 1}'):
        with pytest.raises(UnreadableSourceError, match="is no feed"):
            feed_offers(fetched(data), whole_text=False)


def test_whole_texts_are_taken_from_the_feed() -> None:
    feed = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>甲</title>
    <link href="/a"/><content type="html">&lt;p&gt;第一段。&lt;/p&gt;</content></entry></feed>"""
    (offer,) = feed_offers(fetched(feed), whole_text=True).articles
    assert offer.source is not None
    assert offer.source.name == offer.address == "https://example.com/a"
    assert "<h1>甲</h1><p>第一段。</p>" in offer.source.data.decode()


def test_json_feed() -> None:
    feed = """{"version": "https://jsonfeed.org/version/1.1", "items": [
    {"id": "1", "url": "2.html", "title": "乙", "date_published": "2026-11-23T05:00:00+08:00"},
    {"id": "2", "content_text": "只有文字。\\n两行。"}, 7]}"""
    one, other = feed_offers(fetched(feed), whole_text=False).articles
    assert (one.address, one.published) == (
        f"{BASE}2.html",
        datetime.fromisoformat("2026-11-23T05:00:00+08:00"),
    )
    assert other.source is not None
    assert "<p>两行。</p>" in other.source.data.decode()


def test_sitemaps() -> None:
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    news = 'xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"'
    urls = "".join(
        f"<url><loc>/{day}.html</loc><n:news><n:publication_date>2026-11-{day}</n:publication_date>"
        f"<n:title>第{day}日</n:title></n:news></url>"
        for day in (21, 23, 22)
    )
    sitemap = f"<urlset {space} {news}>{urls}<url><loc>/old.html</loc></url></urlset>".encode()
    for data in (sitemap, gzip.compress(sitemap)):
        found = sitemap_offers(fetched(data)).articles
        assert [each.title for each in found] == ["第23日", "第22日", "第21日", ""]
        assert found[0].published == datetime(2026, 11, 23, tzinfo=UTC)
    index = "".join(
        f"<sitemap><loc>/s{n}.xml</loc><lastmod>2026-11-0{n}</lastmod></sitemap>"
        for n in range(1, 6)
    )
    further = sitemap_offers(fetched(f"<sitemapindex {space}>{index}</sitemapindex>")).further
    assert further == tuple(f"https://example.com/s{n}.xml" for n in (5, 4, 3))
    for wrong in ("<html/>", "no", sitemap[:50]):
        with pytest.raises(UnreadableSourceError):
            sitemap_offers(fetched(wrong))


def test_list_pages() -> None:
    page = "<meta charset=gbk><ul><li><a href='3.html'>丙<b>！</b></a><li><a href='mailto:x'>信</a>"
    (offer,) = list_offers(fetched(page.encode("gbk")), "ul a").articles
    assert (offer.address, offer.title) == (f"{BASE}3.html", "丙！")
    assert list_offers(fetched(page.encode("gbk")), "//li").articles == (offer,)
    with pytest.raises(UnreadableSourceError, match="finds no link"):
        list_offers(fetched(page), "div.news a")
    many = "".join(f"<a href='{n}'>{n}</a>" for n in range(3 * MOST))
    assert len(list_offers(fetched(many), "a").articles) == MOST


def mail(subject: str, text: str, *attached: tuple[str, bytes]) -> bytes:
    message = EmailMessage()
    message["Subject"], message["From"] = subject, "a@example.com"
    message.set_content(text)
    for name, data in attached:
        message.add_attachment(data, "application", "octet-stream", filename=name)
    return bytes(message)


def test_mails(tmp_path: Path) -> None:
    for part in ("new", "cur", "tmp"):
        (tmp_path / part).mkdir()
    (tmp_path / "new" / "1").write_bytes(mail("水情", "河水上涨。"))
    (tmp_path / "cur" / "2:2,S").write_bytes(
        mail("附件", "请看附件。", ("../稿.txt", "桥通车了。".encode()), ("p.jpg", b"\xff\xd8"))
    )
    (tmp_path / "new" / "3").write_bytes(b"\xff\xfe no mail")
    offers = mail_offers(str(tmp_path)).articles
    taken = {each.source.name: each.source for each in offers if each.source and not each.refused}
    assert taken["水情"].data.decode().startswith("水情\n\n河水上涨。")
    assert taken["附件 (稿.txt)"].suffix == ".txt"
    assert "attachment was taken" in next(each.refused for each in offers if each.title == "附件")
    with pytest.raises(UnreadableSourceError, match="maildir"):
        mail_offers(str(tmp_path / "nowhere"))


def test_one_address_has_one_key() -> None:
    one = "https://Example.com/a?id=5"
    for other in ("http://example.com/a?utm_source=x&id=5", f"{one}&spm=1.2#top", f" {one} "):
        assert key_of(other) == key_of(one)
    assert key_of("https://example.com/a?from=5") != key_of("https://example.com/a?from=6")


class _Server(BaseHTTPRequestHandler):
    asked: list[tuple[str, float]]
    answers: dict[str, tuple[int, dict[str, str], str]]

    def do_GET(self) -> None:
        self.asked.append((self.path, time.monotonic()))
        status, headers, body = self.answers.get(self.path, (404, {}, ""))
        if status == 200 and self.headers.get("If-None-Match") == headers.get("ETag", "?"):
            status, body = 304, ""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        """No line of log into the tests' output."""


@pytest.fixture
def server() -> Iterator[type[_Server]]:
    handler = type("_Own", (_Server,), {"asked": [], "answers": {}})
    web = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=web.serve_forever, args=(0.02,))
    thread.start()
    handler.base = f"http://127.0.0.1:{web.server_port}"  # type: ignore[attr-defined]
    yield handler
    web.shutdown()
    web.server_close()
    thread.join()


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 6, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def polite(tmp_path: Path, clock: Clock) -> Iterator[Polite]:
    with Database(tmp_path / "seen.sqlite") as base:
        yield Polite(Servers(base), clock, allow_private=True)


def soon() -> float:
    return time.monotonic() + 20


def test_a_page_is_asked_whether_it_has_changed(
    server: type[_Server], polite: Polite, clock: Clock
) -> None:
    address = server.base + "/rss"  # type: ignore[attr-defined]
    server.answers["/rss"] = (200, {"ETag": '"1"', "Cache-Control": "public, max-age=600"}, "x")
    first = polite.page(address, 0, soon(), for_programs=True)
    assert first is not None
    assert polite.page(address, 0, soon(), for_programs=True) is not None, "nothing was remembered"
    polite.remember(address, first, timedelta(0))
    asked = len(server.asked)
    assert polite.page(address, 0, soon(), for_programs=True) is None
    assert len(server.asked) == asked, "it was asked before its time"
    clock.now += timedelta(minutes=11)
    assert polite.page(address, 0, soon(), for_programs=True) is None
    assert len(server.asked) == asked + 1
    server.answers["/rss"] = (200, {"ETag": '"2"'}, "y")
    again = polite.page(address, 0, soon(), for_programs=True)
    assert again is not None
    assert again.data == b"y"


def test_a_long_ttl_does_not_cost_a_day(
    server: type[_Server], polite: Polite, clock: Clock
) -> None:
    address = server.base + "/rss"  # type: ignore[attr-defined]
    server.answers["/rss"] = (200, {}, "x")
    found = polite.page(address, 0, soon(), for_programs=True)
    assert found is not None
    polite.remember(address, found, timedelta(days=2))
    clock.now += timedelta(hours=23, minutes=50)
    assert polite.page(address, 0, soon(), for_programs=True) is not None


def test_a_server_that_wants_to_be_left_alone_is(
    server: type[_Server], polite: Polite, clock: Clock
) -> None:
    address = server.base + "/rss"  # type: ignore[attr-defined]
    server.answers["/rss"] = (503, {"Retry-After": "3600"}, "")
    with pytest.raises(UnreadableSourceError, match="503"):
        polite.page(address, 0, soon(), for_programs=True)
    assert polite.page(address, 0, soon(), for_programs=True) is None
    clock.now += timedelta(minutes=61)
    with pytest.raises(UnreadableSourceError, match="503"):
        polite.page(address, 0, soon(), for_programs=True)


def test_robots(server: type[_Server], polite: Polite, clock: Clock) -> None:
    base = server.base  # type: ignore[attr-defined]
    rules = (
        "User-agent: *\nDisallow: /\nUser-agent: readaloud\nDisallow: /*.pdf$\nCrawl-delay: 0.3\n"
    )
    server.answers |= {
        "/robots.txt": (200, {}, rules),
        "/a": (200, {}, "a"),
        "/b.pdf": (200, {}, "b"),
    }
    for _ in range(3):
        assert polite.article(base + "/a", 0, soon()).data == b"a"
    with pytest.raises(UnreadableSourceError, match=r"robots\.txt"):
        polite.article(base + "/b.pdf", 0, soon())
    paths = [path for path, _ in server.asked]
    assert paths.count("/robots.txt") == 1
    assert "/b.pdf" not in paths
    times = [at for path, at in server.asked if path == "/a"]
    assert min(b - a for a, b in pairwise(times)) > 0.25
    assert polite.page(base + "/b.pdf", 0, soon(), for_programs=True) is not None


@pytest.mark.parametrize(("status", "fine"), [(404, True), (403, True), (500, False), (429, False)])
def test_without_a_robots_txt(
    server: type[_Server], polite: Polite, status: int, fine: bool
) -> None:
    server.answers |= {"/robots.txt": (status, {}, ""), "/a": (200, {}, "a")}
    address = server.base + "/a"  # type: ignore[attr-defined]
    if fine:
        assert polite.article(address, 0, soon()).data == b"a"
        return
    with pytest.raises(UnreadableSourceError):
        polite.article(address, 0, soon())


def test_no_time_is_no_request(server: type[_Server], polite: Polite) -> None:
    server.answers["/a"] = (200, {}, "a")
    address = server.base + "/a"  # type: ignore[attr-defined]
    with pytest.raises(TimeOverError):
        polite.article(address, 0, time.monotonic() - 1)
    polite.article(address, 60, soon())
    with pytest.raises(ReadaloudError, match="no time to fetch"):
        polite.article(address, 60, soon())
