"""A real cluster on loopback: the same editions as here, whatever happens to a worker."""

from __future__ import annotations

import hashlib
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from distributed import Client, LocalCluster

import readaloud
from conftest import slowness
from readaloud.editions.observer import EditionObserver, Quiet, QuietEdition
from readaloud.errors import ConfigError, EngineError, MissingDependencyError
from readaloud.model import Utterance, Voice
from readaloud.speech import dask_cluster as cluster
from readaloud.speech.dask_cluster import ClusterSpeech, Identity, identify, open_cluster
from readaloud.speech.engines.silent import SilentEngine
from readaloud.speech.worker import speak

PRELOAD = str(Path(__file__).with_name("preload_slow.py"))
VOICE = Voice("x", "silent", "x", "zh-CN", "female", "simplified")
ARTICLE = "今日要聞\n\n" + "\n\n".join(f"第{n}段講的是一件平常的事。" for n in range(40))


def open_local(workers: int) -> LocalCluster:
    return LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",
        preload=[PRELOAD],
        silence_logs=50,
    )


@pytest.fixture(scope="module")
def two_workers() -> Iterator[LocalCluster]:
    with open_local(2) as running:
        yield running


@pytest.fixture
def computing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The silent engine as one that computes."""
    monkeypatch.setattr(SilentEngine, "parallel", "processes")


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "news.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


class Told(Quiet):
    """Hears of utterances and notices."""

    def __init__(self, on_spoken: Callable[[int], object] = lambda _: None) -> None:
        self.notices: list[str] = []
        self.spoken = 0
        self.on_spoken = on_spoken

    def begin(self, _: str) -> EditionObserver:
        told = self

        class Edition(QuietEdition):
            def spoke(self, utterance: Utterance, duration_ms: int, cached: bool) -> None:
                told.spoken += not cached
                told.on_spoken(told.spoken)

        return Edition()

    def notice(self, text: str) -> None:
        self.notices.append(text)


def build(article: Path, folder: Path, observer: Quiet | None = None, **options: Any) -> Any:
    (outcome,) = readaloud.build(
        article, voice="silent", out=folder, cache_dir=folder / "c", observer=observer, **options
    )
    return outcome


def hashes(folder: Path) -> dict[str, str]:
    """Of the edition and of all clips."""
    files = [folder / "news.mp3", folder / "news.json", *(folder / "c").rglob("*.flac")]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.mark.usefixtures("computing")
@pytest.mark.parametrize("killed", [False, True])
def test_an_edition_of_a_cluster_is_the_local_one(
    article: Path, tmp_path: Path, two_workers: LocalCluster, killed: bool
) -> None:
    here, there = (
        tmp_path / "here" / "o",
        tmp_path / "there" / "o",
    )  # the album is the folder's name

    def kill(spoken: int) -> None:
        if killed and spoken == 5:
            os.kill(next(iter(two_workers.workers.values())).pid, signal.SIGKILL)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SilentEngine, "parallel", "threads")
        assert build(article, here).edition
    outcome = build(article, there, Told(kill), cluster=two_workers.scheduler_address)
    assert outcome.edition, outcome.error
    assert outcome.edition.synthesized == 41
    assert hashes(there) == hashes(here)
    again = build(article, there, cluster=two_workers.scheduler_address, rebuild=True).edition
    assert (again.fresh, again.synthesized) == (False, 0)


@pytest.mark.usefixtures("computing")
def test_many_articles_share_a_cluster(tmp_path: Path, two_workers: LocalCluster) -> None:
    for number in range(6):
        text = f"第{number}則\n\n今天是第{number}天。\n"
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    names = [tmp_path / f"{number}.txt" for number in range(6)]
    options: dict[str, Any] = {"voice": "silent", "out": tmp_path / "o"}
    options["cache_dir"] = tmp_path / "c"
    outcomes = readaloud.build(names, cluster=two_workers.scheduler_address, **options)
    assert [outcome.source for outcome in outcomes] == list(map(str, names))
    assert all(outcome.state == "made" for outcome in outcomes)


@pytest.mark.usefixtures("computing")
def test_another_version_is_refused_before_anything_is_sent(
    article: Path, tmp_path: Path, two_workers: LocalCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = two_workers.scheduler_address
    monkeypatch.setattr(SilentEngine, "model_id", staticmethod(lambda: "silent-99"))
    with pytest.raises(ConfigError, match=r"worker tcp://.* has .*silent-2, .* has .*silent-99"):
        build(article, tmp_path / "o", cluster=address)
    monkeypatch.setattr(cluster, "__version__", "99.0")
    with pytest.raises(
        ConfigError, match=r"has readaloud \d.*, but this computer has readaloud 99\.0"
    ):
        build(article, tmp_path / "o", cluster=address)


def ask(client: Client, expected: Identity, fn: Callable[..., Any] = speak) -> tuple[bytes, int]:
    utterance = Utterance("u1", "c1", "sentence", "春天來了。", "春天來了。")
    return ClusterSpeech(client, expected, fn).speak(utterance, VOICE)


def test_a_worker_that_joined_later_refuses_too_and_names_itself(two_workers: LocalCluster) -> None:
    with Client(two_workers.scheduler_address, set_as_default=False) as client:
        data, duration_ms = ask(client, identify("silent"))
        assert (data[:4], duration_ms > 900) == (b"fLaC", True)
        with pytest.raises(ConfigError, match=r"worker tcp://127.* has readaloud .* 99\.0 with x"):
            ask(client, Identity("99.0", "x"))
        with pytest.raises(EngineError, match=r"worker tcp://127.* failed: .*unknown"):
            ask(client, identify("silent"), _unknown)


def _unknown(utterance: Utterance, voice: Voice) -> tuple[bytes, int]:
    raise LookupError("unknown")


def test_a_connection_that_is_lost_ends_what_waits() -> None:
    with open_local(0) as running, Client(running.scheduler_address, set_as_default=False) as there:
        cluster = ClusterSpeech(there, identify("silent"))
        utterance = Utterance("u1", "c1", "sentence", "春天來了。", "春天來了。")
        with ThreadPoolExecutor(1) as thread:
            waiting = thread.submit(cluster.speak, utterance, VOICE)
            with pytest.raises(TimeoutError):
                waiting.result(timeout=0.3)
            cluster.close()
            with pytest.raises(EngineError, match="connection"):
                waiting.result(timeout=10)
        there.close()
        with pytest.raises(EngineError, match="connection"):
            cluster.speak(utterance, VOICE)


@pytest.mark.usefixtures("computing")
def test_waiting_for_workers_is_said(
    article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "PATIENCE_S", 0.1)
    monkeypatch.setattr(cluster, "_LOOK_S", 0.1)
    told = Told()
    with open_local(0) as empty:
        starter = threading.Timer(1.0, empty.scale, [1])
        starter.start()
        outcome = build(article, tmp_path / "o", told, cluster=empty.scheduler_address)
        starter.join()
    assert outcome.edition
    (notice,) = told.notices
    assert "has no workers. Waiting" in notice


@pytest.mark.usefixtures("computing")
@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nowhere", "gopher://x:1"])
def test_an_address_without_a_scheduler_is_refused_soon(
    article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setattr(cluster, "CONNECT_S", 1.0)
    start = time.monotonic()
    with pytest.raises(ConfigError, match=f"No scheduler answers at {address}"):
        build(article, tmp_path / "o", cluster=address)
    assert time.monotonic() - start < 20 * slowness()


@pytest.mark.usefixtures("computing")
def test_a_missing_extra_is_named(
    article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MissingDependencyError, match="distributed") as caught:
        build(article, tmp_path / "o", cluster="tcp://127.0.0.1:9")
    assert ".[cluster]" in caught.value.remedy


def test_an_engine_that_only_waits_speaks_from_here(article: Path, tmp_path: Path) -> None:
    told = Told()
    assert build(article, tmp_path / "o", told, cluster="tcp://127.0.0.1:9").edition
    assert told.notices == ["The engine silent needs no computing power, so it runs here."]


def test_the_size_of_a_cluster_is_looked_up(two_workers: LocalCluster) -> None:
    notices: list[str] = []
    with open_cluster(two_workers.scheduler_address, SilentEngine, notices.append) as workers:
        assert workers.size == 2 * cluster.LEAST_SIZE + 2
    assert notices == []
