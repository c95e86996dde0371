"""Five made-up newspapers on loopback, a folder and a mailbox, over as many days as one likes.

Each day each site has two new articles; one of the second site is the first site's, led in
otherwise. What a site shows depends on the day, which can be set, and on the fault it has that day.
"""

from __future__ import annotations

import json
import os
import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Literal

FIRST = date(2026, 3, 2)
VOICE = (Path(__file__).parents[1] / "voices" / "quick.toml").read_text("utf-8")
"""A silent voice in a hurry."""
SITES = ("江城日报", "山海晚报", "河畔新闻", "北岭时报", "南桥周刊")
KINDS = ("feed", "feed", "feed", "sitemap", "page")
A_DAY = 2
SHOWN_DAYS = 2
"""How far back a site's list goes."""
Fault = Literal["", "down", "slow", "changed", "not UTF-8", "broken"]

_CHARACTERS = "岚澄棠瑜衡谷淮沛茵黎榕柏岑泽麓潭渡堰汀圩浦岗坳屿"
_BODIES = (
    "水利局",
    "图书馆",
    "环保所",
    "文化站",
    "地铁公司",
    "植物园",
    "气象台",
    "博物馆",
    "邮政所",
)
_THINGS = (
    "渡口",
    "老戏台",
    "湿地公园",
    "夜间公交",
    "社区食堂",
    "盲道",
    "古城墙",
    "小学操场",
    "堤坝",
)
_DEEDS = ("完成修缮", "开始试运行", "向公众开放", "延长开放时间", "启用新设备", "公布检查结果")
_SENTENCES = (
    "{body}负责人{name}在现场介绍，工程历时{n}个月，比原计划提前{m}天。",
    "附近居民{name}说，过去要绕行{n}公里，如今只要{m}分钟。",
    "据统计，{place}今年已有{n}万人次前往{thing}，比去年多{m}%。",
    "{name}和邻居们最关心的是{thing}冬天会不会结冰，{body}答应安排{m}名工人值守。",
    "记者看到，{thing}旁边立起了{n}块说明牌，上面有{place}的地图和盲文。",
    "专家{name}认为，{place}的做法值得周边{m}个县参考，但费用仍需公开。",
    "下一步，{body}还将在{place}西边的{other}修建{n}米长的步道。",
    "因为{name}的建议，{thing}的门票从{n}元降到{m}元，老人和学生免费。",
)


@dataclass(frozen=True, slots=True)
class Story:
    """An article as its author meant it."""

    site: int
    day: date
    number: int
    title: str
    paragraphs: tuple[str, ...]
    copied: bool = False

    @property
    def path(self) -> str:
        return f"/{self.day:%Y%m%d}/{self.number}.html"


def write_story(site: int, day: date, number: int) -> Story:
    """The article of that day, the same each time."""
    if site == 1 and number == 0:
        own = write_story(0, day, 0)
        lead = f"本报综合报道，{own.title}的消息引起了读者的兴趣。"
        return Story(site, day, number, f"快讯：{own.title}", (lead, *own.paragraphs), copied=True)
    dice = random.Random(f"{site} {day} {number}")
    place, other = ("".join(dice.sample(_CHARACTERS, 2)) + dice.choice("镇乡村区") for _ in "ab")
    body, thing = dice.choice(_BODIES), dice.choice(_THINGS)
    title = f"{place}{thing}{dice.choice(_DEEDS)}"
    sentences = [
        each.format(
            body=place + body,
            thing=thing,
            place=place,
            other=other + dice.choice(_THINGS),
            name=dice.choice("赵钱孙李周吴郑王") + "".join(dice.sample(_CHARACTERS, 2)),
            n=dice.randint(3, 99),
            m=dice.randint(2, 60),
        )
        for each in dice.sample(_SENTENCES, 2)
    ]
    season = dice.choice("春夏秋冬")
    lead = f"{place}{body}宣布，{thing}的工程已经结束，{season}天里{other}的人也能来。"
    return Story(site, day, number, title, (lead, *sentences))


@dataclass(slots=True)
class World:
    """The sites as they are today."""

    folder: Path
    today: date = FIRST
    faults: dict[int, Fault] = field(default_factory=dict)
    slow_s: float = 60.0
    asked: list[tuple[int, str, int]] = field(default_factory=list)
    """Site, path and status of each request."""
    servers: list[ThreadingHTTPServer] = field(default_factory=list)

    def address(self, site: int) -> str:
        return f"http://127.0.0.1:{self.servers[site].server_port}"

    def fault(self, site: int) -> Fault:
        return self.faults.get(site, "")

    def stories(self, site: int) -> list[Story]:
        """What the site's list shows today, the newest first."""
        days = [self.today - timedelta(days=back) for back in range(SHOWN_DAYS)]
        return [
            write_story(site, day, number)
            for day in days
            if day >= FIRST
            for number in range(A_DAY)
        ]

    def settings(self, **more: object) -> str:
        """A readaloud.toml for all of it."""
        lists = ("/rss.xml", "/atom.xml", "/feed.json", "/sitemap.xml", "/index.html")
        parts = [
            '[morning]\nname = "晨间新闻"\nby = "07:00"\nspare_minutes = 0\n'
            'data = "data"\nchime = false\n'
        ]
        for site, name in enumerate(SITES):
            where = f'{KINDS[site]} = "{self.address(site)}{lists[site]}"\n'
            links = 'links = "ul.news a"\n' if KINDS[site] == "page" else ""
            parts.append(f'[[morning.source]]\nname = "{name}"\ndelay_s = 0\n{where}{links}')
        for kind in ("folder", "maildir"):
            own = self.folder / kind
            parts.append(f'[[morning.source]]\nname = "{kind}"\n{kind} = "{own}"\n')
        given = "".join(f"{key} = {json.dumps(value)}\n" for key, value in more.items())
        parts.append(f'[build]\nvoice = "quick"\nallow_private = true\n{given}')
        parts.append('[feed]\naddress = "http://127.0.0.1/news"\nauthor = "本报"\n')
        return "\n".join(parts)

    def drop(self, day: date) -> list[str]:
        """A saved page and a mail come in; their titles."""
        page, mail = write_story(7, day, 0), write_story(8, day, 0)
        for part in ("folder", "maildir/new", "maildir/cur", "maildir/tmp"):
            (self.folder / part).mkdir(parents=True, exist_ok=True)
        path = self.folder / "folder" / f"{day}.html"
        path.write_bytes(_page(page))
        message = EmailMessage()
        message["Subject"], message["From"] = mail.title, "editor@example.com"
        message.set_content("\n\n".join(mail.paragraphs))
        (self.folder / "maildir" / "new" / f"{day}.1").write_bytes(bytes(message))
        long_ago = time.time() - 60
        os.utime(path, (long_ago, long_ago))
        return [page.title, mail.title]


def _page(story: Story, encoding: str = "utf-8", *, changed: bool = False) -> bytes:
    body = "".join(f"<p>{escape(each)}</p>" for each in story.paragraphs)
    if changed:
        body = "<script>load()</script>"
    meta = f'<meta charset="{encoding}">' if encoding == "utf-8" else ""
    page = (
        f"<!doctype html><html><head>{meta}<title>{story.title}</title></head><body>"
        f'<nav><a href="/">首页</a></nav><article><h1>{story.title}</h1>{body}</article>'
        "</body></html>"
    )
    return page.encode(encoding, "replace")


def _rss(world: World, site: int) -> bytes:
    items = "".join(
        f"<item><title>{each.title}</title><link>{world.address(site)}{each.path}</link>"
        f"<pubDate>{format_datetime(_time(each))}</pubDate></item>"
        for each in world.stories(site)
    )
    feed = f"<rss version='2.0'><channel><title>{SITES[site]}</title>{items}</channel></rss>"
    return f"<?xml version='1.0' encoding='utf-8'?>{feed}".encode()


def _atom(world: World, site: int) -> bytes:
    """In GB18030, as it says; entries have relative links."""
    items = "".join(
        f"<entry><title>{each.title}</title><link href='{each.path}'/><id>{each.path}</id>"
        f"<updated>{_time(each).isoformat()}</updated></entry>"
        for each in world.stories(site)
    )
    feed = f"<feed xmlns='http://www.w3.org/2005/Atom'><title>{SITES[site]}</title>{items}</feed>"
    return f"<?xml version='1.0' encoding='gb18030'?>{feed}".encode("gb18030")


def _json_feed(world: World, site: int) -> bytes:
    items = [
        {
            "id": each.path,
            "url": world.address(site) + each.path,
            "title": each.title,
            "date_published": _time(each).isoformat(),
        }
        for each in world.stories(site)
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": SITES[site], "items": items}
    return json.dumps(feed, ensure_ascii=False).encode()


def _sitemap(world: World, site: int) -> bytes:
    urls = "".join(
        f"<url><loc>{world.address(site)}{each.path}</loc>"
        f"<lastmod>{_time(each).isoformat()}</lastmod></url>"
        for each in world.stories(site)
    )
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f"<?xml version='1.0'?><urlset xmlns='{space}'>{urls}</urlset>".encode()


def _index(world: World, site: int) -> bytes:
    links = "".join(f"<li><a href='{s.path}'>{s.title}</a></li>" for s in world.stories(site))
    shown = "list" if world.fault(site) == "changed" else "news"
    page = f"<html><head><title>{SITES[site]}</title></head><body><ul class='{shown}'>{links}</ul>"
    return page.encode("gbk", "replace")


_LISTS = {
    "/rss.xml": ("application/rss+xml", _rss),
    "/atom.xml": ("application/atom+xml", _atom),
    "/feed.json": ("application/feed+json", _json_feed),
    "/sitemap.xml": ("application/xml", _sitemap),
    "/index.html": ("text/html", _index),
}


def _time(story: Story) -> datetime:
    return datetime(story.day.year, story.day.month, story.day.day, 4, story.number, tzinfo=UTC)


class _Handler(BaseHTTPRequestHandler):
    """One site's server."""

    world: World
    site: int

    def do_GET(self) -> None:
        status, kind, body = self._answer()
        self.world.asked.append((self.site, self.path, status))
        if status == 0:
            return  # the connection is closed without a word
        etag = f'"{hash(body)}"'
        if status == 200 and self.headers.get("If-None-Match") == etag:
            self.world.asked[-1] = (self.site, self.path, 304)
            status, body = 304, b""
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("ETag", etag)
        self.end_headers()
        self._send(body)

    def _answer(self) -> tuple[int, str, bytes]:
        fault = self.world.fault(self.site)
        if fault == "down":
            return 0, "", b""
        if self.path == "/robots.txt":
            return 200, "text/plain", b"User-agent: *\nDisallow: /private/\n"
        if self.path in _LISTS:
            kind, make = _LISTS[self.path]
            body = make(self.world, self.site)
            return 200, kind, body[: len(body) // 3] if fault == "broken" else body
        _, day, name = self.path.split("/")
        written = date(int(day[:4]), int(day[4:6]), int(day[6:]))
        story = write_story(self.site, written, int(name.removesuffix(".html")))
        encoding = "gbk" if fault == "not UTF-8" or self.site == 4 else "utf-8"
        return 200, "text/html", _page(story, encoding, changed=fault == "changed")

    def _send(self, body: bytes) -> None:
        """At once, or a few bytes a second."""
        try:
            if self.world.fault(self.site) == "slow":
                ends = time.monotonic() + self.world.slow_s
                for n in range(0, len(body), 8):
                    self.wfile.write(body[n : n + 8])
                    time.sleep(0.2)
                    if time.monotonic() > ends:
                        return
            else:
                self.wfile.write(body)
        except OSError:
            return

    def log_message(self, *_: object) -> None:
        """No line of log into the tests' output."""


@contextmanager
def open_world(folder: Path) -> Iterator[World]:
    """The sites, served until the body ends."""
    world = World(folder)
    threads = []
    for site in range(len(SITES)):
        handler = type("_Site", (_Handler,), {"world": world, "site": site})
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        server.daemon_threads = True
        world.servers.append(server)
        threads.append(threading.Thread(target=server.serve_forever, args=(0.02,)))
        threads[-1].start()
    try:
        yield world
    finally:
        for server in world.servers:
            server.shutdown()
            server.server_close()
        for thread in threads:
            thread.join()
