"""Online voices against a stand-in of the service: every fault, and nothing lost."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import aiohttp
import av
import edge_tts.exceptions
import numpy as np
import pytest
from edge_service import FAULTS, Service, addresses, mp3_of, seconds_of, serving, tones_of
from typer.testing import Result

from conftest import slowness
from readaloud.errors import ConfigError, EngineError, EngineUnavailableError, NoAudioError
from readaloud.model import Prosody, Voice
from readaloud.speech import worker as speaking
from readaloud.speech.engines.edge import client, engine, traffic
from readaloud.speech.engines.edge.client import Boundary, find_proxy, translate
from readaloud.speech.engines.edge.mpeg import DamagedAudioError, decode_mp3
from readaloud.speech.engines.edge.words import align, reaches_end

Cli = Callable[..., Result]
VOICE = "zh-CN-XiaoxiaoNeural"
SENTENCES = [f"第{n}句講{what}的故事。" for n, what in enumerate("春夏秋冬風霜雨雪山川湖海" * 2)]
ARTICLE = "四季的故事\n\n" + "\n\n".join(
    "".join(SENTENCES[i : i + 6]) for i in range(0, len(SENTENCES), 6)
)
UTTERANCES = 1 + len(SENTENCES)


@pytest.fixture(autouse=True)
def _in_haste(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "IDLE_S", 0.7)  # of a machine that does other things, too
    monkeypatch.setattr(client, "TOTAL_S", 6.0)
    monkeypatch.setattr(speaking, "FIRST_WAIT_S", 0.05)
    monkeypatch.setattr(speaking, "LONGEST_WAIT_S", 0.2)
    monkeypatch.setattr(traffic, "SHORTEST_PAUSE_S", 0.05)
    for name in ("HTTPS_PROXY", "ALL_PROXY", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "news.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


@pytest.fixture
def service() -> Iterator[Service]:
    with serving(Service()) as running:
        yield running


def heard(mp3: Path) -> list[tuple[str, tuple[int, int]]]:
    """(spoken, the two loudest tones) for each cue of the report, from the finished audio."""
    report = json.loads(mp3.with_suffix(".json").read_text(encoding="utf-8"))
    with av.open(str(mp3)) as container:
        rate = container.streams.audio[0].rate
        samples = np.concatenate([f.to_ndarray()[0] for f in container.decode(audio=0)])
    found = []
    for cue in report["utterances"]:
        start, end = (cue[key] * rate // 1000 for key in ("start_ms", "end_ms"))
        piece = samples[start:end]
        spectrum = np.abs(np.fft.rfft(piece * np.hanning(len(piece)), rate))
        low = 250 + int(np.argmax(spectrum[250:1450]))
        high = 1550 + int(np.argmax(spectrum[1550:3650]))
        found.append((cue["spoken"], (round(low, -1), round(high, -1))))
    return found


def check_whole(mp3: Path, count: int) -> None:
    """Every utterance is there once, in order, with its own sound, for its whole length."""
    told = heard(mp3)
    assert len(told) == count
    assert [tones for _, tones in told] == [tones_of(spoken) for spoken, _ in told]
    report = json.loads(mp3.with_suffix(".json").read_text(encoding="utf-8"))
    for cue in report["utterances"]:
        seconds = (cue["end_ms"] - cue["start_ms"]) / 1000
        assert seconds == pytest.approx(seconds_of(cue["spoken"]), abs=0.15)


def build(cli: Cli, article: Path, *more: object) -> Result:
    return cli("build", article, "--voice", VOICE, "--out", article.parent / "out", *more)


def test_a_healthy_service(cli: Cli, article: Path, service: Service) -> None:
    result = build(cli, article)
    assert result.exit_code == 0, result.stderr
    assert "sent to Microsoft" in result.stderr
    check_whole(article.parent / "out" / "news.mp3", UTTERANCES)
    assert sorted(service.asked) == sorted({s for s, _ in heard(article.parent / "out/news.mp3")})
    assert service.most_seen <= 6
    assert set(service.voices) == {
        "Microsoft Server Speech Text to Speech Voice (zh-CN, XiaoxiaoNeural)"
    }
    again = build(cli, article)
    assert "sent to Microsoft" not in again.stderr
    assert len(service.asked) == len(set(service.asked))


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_that_passes_loses_nothing(cli: Cli, article: Path, fault: str) -> None:
    with serving(Service(faults=(fault,), share=0.2)) as service:
        result = build(cli, article)
    assert service.met[fault] > 0
    assert result.exit_code == 0, result.stderr
    check_whole(article.parent / "out" / "news.mp3", UTTERANCES)


def test_all_faults_together_lose_nothing(cli: Cli, article: Path) -> None:
    with serving(Service(faults=FAULTS, share=0.2, seed=7)) as service:
        result = build(cli, article)
    assert len(service.met) > 3
    assert result.exit_code == 0, result.stderr
    check_whole(article.parent / "out" / "news.mp3", UTTERANCES)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_that_stays_is_named_and_what_was_made_is_kept(
    cli: Cli, article: Path, fault: str
) -> None:
    by_text = not fault.startswith(("403", "429", "503"))
    only = "第七句" if by_text else ""
    with serving(Service(faults=(fault,), share=1.0, only=only)) as service:
        result = build(cli, article)
    assert result.exit_code == 4, result.stderr
    assert list((article.parent / "out").iterdir()) == []
    assert "u0009" in result.stderr if by_text else "could not be spoken" in result.stderr
    assert "Traceback" not in result.stderr
    asked = set(service.asked)
    with serving(Service()) as healthy:
        assert build(cli, article).exit_code == 0
    if by_text:
        assert len(asked) == UTTERANCES
        assert len(healthy.asked) == 1
    check_whole(article.parent / "out" / "news.mp3", UTTERANCES)


def test_a_limit_of_connections_is_found(cli: Cli, article: Path) -> None:
    with serving(Service(most_connections=2, first_byte_s=0.02)) as service:
        result = build(cli, article, "--jobs", 12)
    assert service.met["parallel"] > 0
    assert result.exit_code == 0, result.stderr
    check_whole(article.parent / "out" / "news.mp3", UTTERANCES)


def test_retry_after_is_waited_for_by_all(cli: Cli, article: Path) -> None:
    with serving(Service(faults=("429",), share=0.2)) as service:
        start = time.monotonic()
        assert build(cli, article).exit_code == 0
    assert service.met["429"] > 0
    assert time.monotonic() - start >= 1.0


def test_a_service_that_is_down_is_given_up_early(cli: Cli, article: Path) -> None:
    with serving(Service(faults=("closed before audio",), share=1.0)) as service:
        result = build(cli, article, "--jobs", 3)
    assert result.exit_code == 4
    assert "times in a row" in result.stderr
    assert len(service.asked) <= traffic.MOST_FAILURES + 3


def test_no_service_at_all(cli: Cli, article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("edge_tts.communicate.WSS_URL", addresses(9)["WSS_URL"])
    result = build(cli, article)
    assert result.exit_code == 4
    assert "no connection" in result.stderr
    listed = cli("voices", "--online")
    assert listed.exit_code == 0


def test_the_whole_edition_falls_back(cli: Cli, article: Path) -> None:
    with serving(Service(faults=("403 with Date",), share=1.0)):
        result = build(cli, article, "--fallback", "silent")
    assert result.exit_code == 0, result.stderr
    report = json.loads((article.parent / "out" / "news.json").read_text(encoding="utf-8"))
    assert report["voice"]["name"] == "silent"
    assert "silent will speak" in result.stderr


def test_what_no_voice_can_say_is_not_sent(cli: Cli, tmp_path: Path, service: Service) -> None:
    path = tmp_path / "a.txt"
    path.write_text("今日要聞\n\n天氣很好。\n\n😀😀\n\n……！！\n\n出門走走。\n", encoding="utf-8")
    result = cli("build", path, "--voice", VOICE, "--out", tmp_path / "out")
    assert result.exit_code == 0, result.stderr
    assert sorted(service.asked) == sorted(["今日要闻", "天气很好。", "出门走走。"])
    report = json.loads((tmp_path / "out" / "a.json").read_text(encoding="utf-8"))
    assert [gone["text"] for gone in report["skipped"]] == ["😀😀", "……！！"]


def test_prosody_and_the_script_of_the_region(cli: Cli, tmp_path: Path, service: Service) -> None:
    path = tmp_path / "a.txt"
    path.write_text("气温\n\n里面的气温是零下20度，占10%。\n", encoding="utf-8")
    flags = ("--rate", "+10%", "--pitch", "-5Hz", "--volume", "+20%")
    for voice in ("zh-TW-HsiaoChenNeural", "zh-HK-HiuMaanNeural"):
        result = cli("build", path, "--voice", voice, *flags, "--out", tmp_path / voice)
        assert result.exit_code == 0, result.stderr
    assert "裡面的氣溫是零下二十度，佔百分之十。" in service.asked
    assert "裏面的氣温是零下二十度，佔百分之十。" in service.asked
    assert "rate='+10%'" in service.ssml[0]
    assert "pitch='-5Hz'" in service.ssml[0]
    assert "volume='+20%'" in service.ssml[0]


def test_a_profile_may_leave_numbers_to_the_service(
    cli: Cli, tmp_path: Path, service: Service
) -> None:
    (tmp_path / "own.toml").write_text(
        'engine = "edge"\nengine_voice = "zh-CN-XiaoxiaoNeural"\nlocale = "zh-CN"\n'
        'gender = "female"\nscript = "simplified"\nspoken_form = false\n',
        encoding="utf-8",
    )
    path = tmp_path / "a.txt"
    path.write_text("一共20人😀。\n", encoding="utf-8")
    words = ("--voice", "own", "--voices-dir", tmp_path, "--out", tmp_path / "out")
    assert cli("build", path, *words).exit_code == 0
    assert service.asked == ["一共20人。"]


def test_the_services_voices_are_listed(cli: Cli, service: Service) -> None:
    result = cli("voices", "--online", "--json")
    names = [json.loads(line)["name"] for line in result.stdout.splitlines()]
    assert names == ["zh-CN-XiaoxiaoNeural", "zh-TW-NewNeural"]


def test_word_times_lie_on_the_words(cli: Cli, article: Path, service: Service) -> None:
    speaker = engine.EdgeEngine()
    try:
        from readaloud.model import Utterance

        voice = Voice("x", "edge", VOICE, "zh-CN", "female", "simplified")
        clip = speaker.synthesize(
            Utterance("u1", "c1", "sentence", "", "春天来了，天气好。"), voice
        )
    finally:
        speaker.close()
    assert "".join(word.text for word in clip.words) == "春天来了天气好"
    assert clip.words[0].start_ms == pytest.approx(100, abs=2)
    assert clip.words[-1].end_ms == pytest.approx(100 + 1000 * seconds_of("春天来了天气好"), abs=3)


SCRIPT = """
import sys
sys.path.insert(0, sys.argv.pop(1))
import edge_tts.communicate
edge_tts.communicate.WSS_URL = sys.argv.pop(1)
from readaloud.cli import main
main()
"""


def test_a_stop_in_mid_flight_ends_at_once_and_keeps_what_was_finished(
    article: Path, tmp_path: Path
) -> None:
    with serving(Service(first_byte_s=0.3)) as service:
        url = addresses(service.port)["WSS_URL"]
        words = ["build", str(article), "--voice", VOICE, "--out", str(tmp_path / "out")]
        process = subprocess.Popen(
            [sys.executable, "-c", SCRIPT, ".", url, *words, "--cache-dir", str(tmp_path / "c")],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        deadline = time.monotonic() + 20
        while not list((tmp_path / "c").rglob("*.flac")) and time.monotonic() < deadline:
            time.sleep(0.02)
        service.first_byte_s = 3600.0
        time.sleep(0.5)
        start = time.monotonic()
        os.kill(process.pid, signal.SIGINT)
        _, said = process.communicate(timeout=30)
    assert time.monotonic() - start < 2 * slowness()
    assert process.returncode == 130
    assert "Stopped." in said.decode()
    assert list((tmp_path / "c").rglob("*.flac"))
    assert list((tmp_path / "out").iterdir()) == []


def test_a_proxy_is_used_for_the_websocket(monkeypatch: pytest.MonkeyPatch) -> None:
    assert find_proxy() is None
    monkeypatch.setenv("ALL_PROXY", "http://all.example:1")
    assert find_proxy() == "http://all.example:1"
    monkeypatch.setenv("HTTPS_PROXY", "proxy.example:3128")
    assert find_proxy() == "http://proxy.example:3128"
    monkeypatch.setenv("NO_PROXY", "bing.com")
    assert find_proxy() is None
    monkeypatch.delenv("NO_PROXY")
    monkeypatch.setenv("HTTPS_PROXY", "socks5://proxy.example:1080")
    with pytest.raises(ConfigError, match="socks5"):
        find_proxy()


def test_requests_go_through_the_proxy(
    cli: Cli, article: Path, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A proxy for plain addresses is asked by the whole address: the stand-in may be its own."""
    monkeypatch.setattr(
        "edge_tts.communicate.WSS_URL", "ws://speech.example/edge/v1?TrustedClientToken=x"
    )
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{service.port}")
    assert build(cli, article).exit_code == 0
    assert len(service.asked) >= UTTERANCES  # a busy machine asks again


def test_every_exception_of_the_client_is_translated() -> None:
    theirs = [
        kind
        for kind in vars(edge_tts.exceptions).values()
        if isinstance(kind, type) and issubclass(kind, Exception)
    ]
    assert len(theirs) >= 6
    others = [aiohttp.ClientConnectionError, aiohttp.ClientPayloadError, ConnectionResetError]
    others += [TimeoutError, ValueError, RuntimeError, KeyError, TypeError, OSError]
    for kind in (*theirs, *others):
        mine = translate(kind("x"))
        assert isinstance(mine, EngineError)
        assert mine.remedy
    assert isinstance(translate(edge_tts.exceptions.NoAudioReceived()), NoAudioError)
    half = translate(UnicodeEncodeError("utf-8", "\ud800", 0, 1, "surrogate"))
    assert not isinstance(half, EngineUnavailableError)


def test_damaged_mp3_is_refused() -> None:
    audio = mp3_of("春天來了。")
    pcm, rate = decode_mp3(audio)
    assert rate == 24_000
    assert len(pcm) // 2 == pytest.approx(len(audio) // 144 * 576, abs=1152)
    for damaged in (b"", audio[:-1], audio[:1000] + audio[1010:], b"x" * 144, audio + b"TAG"):
        with pytest.raises(DamagedAudioError):
            decode_mp3(damaged)


def test_boundaries_that_are_not_in_the_text() -> None:
    spoken = "二零二零年，增长了百分之五。"
    odd = [Boundary("2020年", 0, 500), Boundary("增长", 500, 900), Boundary("了", 900, 1000)]
    assert [word.text for word in align(odd, spoken)] == []
    good = [Boundary("二零二零", 0, 400), *odd[1:], Boundary("5%", 1000, 1400)]
    assert [word.text for word in align(good, spoken)] == ["二零二零", "增长", "了"]
    assert reaches_end(good, spoken)
    assert not reaches_end(good[:-1], spoken)
    assert reaches_end([*good[:-1], Boundary("百分之五", 1000, 1400)], spoken)


def test_a_name_that_the_client_refuses(cli: Cli, article: Path, service: Service) -> None:
    assert cli("build", article, "--voice", "zh-CN-NoNeuralX").exit_code == 2
    fast = replace(Prosody(), rate=1.5)
    assert (
        client._make_request(
            "好", Voice("x", "edge", VOICE, "zh-CN", "female", "simplified", prosody=fast)
        ).tts_config.rate
        == "+50%"
    )
