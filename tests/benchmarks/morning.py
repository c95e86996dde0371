"""A morning: minutes from the start to the bulletin in its feed, and what each stage costs.

python tests/benchmarks/morning.py [ARTICLES] [CHARACTERS] [VOICE]

40 articles of 600 characters, made up, come from a feed and pages on loopback; the embedded voice
speaks them, on the cores that there are, and no clip was kept before. The bulletin is an MP3 with
its report, and its feed is written. Seconds of a stage are those in which some thread was in it;
reading, editing and scripting go on beside the speaking. Processor time counts where others use the
machine too, and is that of this process and of all workers.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from readaloud.config.run_options import make_options
from readaloud.morning import bulletin_of_day
from readaloud.morning import run as mornings
from readaloud.morning.gathering import Gathering
from readaloud.morning.run import run_morning
from readaloud.morning.settings import read_morning
from readaloud.morning.told import Made, Told

_PLACES = ["城东", "城西", "南桥", "北岭", "江边", "河口", "新区", "老街", "山脚", "湖滨"]
_WHO = ["市民", "老人", "学生", "司机", "护士", "工人", "店主", "游客", "记者", "村民"]
_DID = ["等到了第一班车", "修好了门前的路", "领到了新的证件", "种下了一排柳树", "学会了使用盲文"]
_WHY = [
    "天气转凉",
    "道路封闭",
    "学校开学",
    "河水上涨",
    "节日将近",
    "设备检修",
    "人手不足",
    "订单增加",
]


class Stages:
    """Seconds in which at least one thread was in a stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self._inside: dict[str, int] = defaultdict(int)
        self._since: dict[str, float] = {}
        self._lock = threading.Lock()

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count the body's time, once for all threads in it."""
        with self._lock:
            self._inside[name] += 1
            if self._inside[name] == 1:
                self._since[name] = time.perf_counter()
        try:
            yield
        finally:
            with self._lock:
                self._inside[name] -= 1
                if not self._inside[name]:
                    self.seconds[name] += time.perf_counter() - self._since[name]

    def watch(self, holder: Any, attribute: str, name: str) -> None:
        """Count all calls of a function; one that yields is run to its end."""
        called = getattr(holder, attribute)

        def timed(*given: Any, **named: Any) -> Any:
            with self.stage(name):
                made = called(*given, **named)
                return list(made) if isinstance(made, Iterator) else made

        setattr(holder, attribute, timed)


def write_site(folder: Path, articles: int, characters: int) -> None:
    """A feed and its pages."""
    dice = random.Random(7)
    items = []
    now = format_datetime(datetime.now(UTC))
    for number in range(articles):
        title = f"{dice.choice(_PLACES)}的{dice.choice(_WHO)}{dice.choice(_DID)}，第{number + 1}次"
        text = ""
        paragraphs: list[str] = []
        while len("".join(paragraphs) + text) < characters:
            text += (
                f"因为{dice.choice(_WHY)}，{dice.choice(_PLACES)}的{dice.choice(_WHO)}"
                f"用了{dice.randint(2, 90)}天，终于{dice.choice(_DID)}。"
            )
            if len(text) > 120:
                paragraphs.append(text)
                text = ""
        body = "".join(f"<p>{each}</p>" for each in (*paragraphs, text) if each)
        page = (
            f"<meta charset=utf-8><title>{title}</title><article><h1>{title}</h1>{body}</article>"
        )
        (folder / f"{number}.html").write_text(page, encoding="utf-8")
        items.append(
            f"<item><title>{title}</title><link>{number}.html</link><pubDate>{now}</pubDate></item>"
        )
    feed = f"<rss version='2.0'><channel><title>报</title>{''.join(items)}</channel></rss>"
    (folder / "rss.xml").write_text(feed, encoding="utf-8")


class _Silent(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """No line of log."""


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """The address of a folder while it is served."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Silent, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def processor_s() -> float:
    """Of this process and of the workers that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def watched() -> Stages:
    """The stages of a morning, counted from now on."""
    stages = Stages()
    stages.watch(Gathering, "ask", "ask the sources")
    stages.watch(Gathering, "fetch", "fetch the articles")
    stages.watch(bulletin_of_day, "read_part", "read, edit, script")
    stages.watch(bulletin_of_day, "speak_ahead", "speak")
    stages.watch(bulletin_of_day, "make_bulletin", "join, master, write")
    stages.watch(mornings, "announce", "write the feed")
    return stages


def main() -> None:
    given = sys.argv[1:]
    articles = int(given[0]) if given else 40
    characters = int(given[1]) if len(given) > 1 else 600
    voice = given[2] if len(given) > 2 else "xiaoxiao"
    with tempfile.TemporaryDirectory() as name:
        folder, site = Path(name), Path(name) / "site"
        site.mkdir()
        write_site(site, articles, characters)
        with serve(site) as address:
            config = folder / "readaloud.toml"
            config.write_text(
                f'[morning]\nname = "早安"\nmost = {articles}\ndata = "seen"\n'
                f'[[morning.source]]\nname = "报"\nfeed = "{address}/rss.xml"\n'
                f"most = {articles}\n"
                f'[build]\nvoice = "{voice}"\nallow_private = true\n'
                f'out = "{name}/out"\ncache_dir = "{name}/cache"\n'
                f'[feed]\ntitle = "早安"\naddress = "{address}"\n',
                encoding="utf-8",
            )
            settings, options, stages = read_morning(config), make_options({}, config), watched()
            began, used = time.perf_counter(), processor_s()
            events = list(run_morning(settings, options, config=config))
            report(events, stages, time.perf_counter() - began, processor_s() - used)


def report(events: list[Any], stages: Stages, seconds: float, processor: float) -> None:
    """Minutes, audio, and each stage's seconds."""
    spoken = sum(isinstance(each, Told) and each.fate == "spoken" for each in events)
    (made,) = (each.outcome for each in events if isinstance(each, Made))
    assert made.edition is not None, made.error
    audio_s = made.edition.duration_ms / 1000
    print(f"{spoken} articles, {audio_s / 60:.1f} minutes of audio")
    print(f"{seconds / 60:.1f} minutes from start to feed, {processor / 60:.1f} of processor time")
    for name, took in stages.seconds.items():
        print(f"  {name:20} {took:8.1f} s  {took / audio_s:7.4f} a second of audio")


if __name__ == "__main__":
    main()
