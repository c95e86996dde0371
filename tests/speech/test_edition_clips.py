"""Engines that fail: what was made is kept, what was not is named, nothing becomes silence."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pytest

from readaloud.errors import EngineError, IncompleteAudioError, NoAudioError, OutputError
from readaloud.model import Article, Chapter, Clip, Script, Utterance, Voice
from readaloud.speech import worker as speaking
from readaloud.speech.clip_cache import ClipCache
from readaloud.speech.edition_clips import Clips, OnClip, Speaking
from readaloud.speech.engines import silent
from readaloud.speech.engines.silent import SilentEngine
from readaloud.speech.utterance_queue import Crew, Workers

VOICE = Voice("x", "silent", "x", "zh-CN", "female", "simplified")
TEXTS = ["春天來了。", "夏天到了，天氣很熱。", "秋天。", "冬天下雪了嗎？"]


class OddEngine(SilentEngine):
    """Hums, but does to some texts what real engines do at their worst."""

    name = "silent"
    faults: ClassVar[dict[str, str]] = {}

    def synthesize(self, utterance: Utterance, voice: Voice) -> Clip:
        clip = super().synthesize(utterance, voice)
        match self.faults.get(utterance.text):
            case "silence":
                return Clip(clip.utterance_id, bytes(len(clip.pcm)), clip.sample_rate_hz)
            case "half":
                return Clip(clip.utterance_id, clip.pcm[: len(clip.pcm) // 8 * 2], 24_000)
            case "nothing":
                return Clip(clip.utterance_id, b"", clip.sample_rate_hz)
            case "refuses":
                raise NoAudioError("the engine has nothing to say.", "Try another voice.")
        return clip


@pytest.fixture(autouse=True)
def _engines(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(silent, "ENGINE", OddEngine)
    monkeypatch.setattr(speaking, "FIRST_WAIT_S", 0.01)
    speaking.close_engines()
    yield
    speaking.close_engines()
    OddEngine.faults = {}


@pytest.fixture
def cache(tmp_path: Path) -> ClipCache:
    return ClipCache(tmp_path)


def script() -> Script:
    items = tuple(
        Utterance(f"u{n}", "c1", "sentence", text, text) for n, text in enumerate(TEXTS, 1)
    )
    return Script(Article("a", None, None, None, "zh-Hant", (Chapter("c1", None, ()),), ()), items)


def say(cache: ClipCache, seen: list[bool] | None = None) -> Clips:
    heard = seen if seen is not None else []
    workers = Workers(Crew(lambda: speaking.speak, lambda: 2))
    return synthesize(cache, workers, lambda _, __, cached: heard.append(cached))


def synthesize(cache: ClipCache, workers: Workers, on_clip: OnClip = lambda *_: None) -> Clips:
    with Speaking(VOICE, cache, lambda _: workers, on_clip) as speaker:
        return speaker.finish(script())


def test_clips_come_in_order_and_once(cache: ClipCache) -> None:
    seen: list[bool] = []
    clips = say(cache, seen)
    assert [clip.utterance_id for clip in clips] == ["u1", "u2", "u3", "u4"]
    assert (clips.synthesized, seen) == (4, [False] * 4)
    seen.clear()
    assert (say(cache, seen).synthesized, seen) == (0, [True] * 4)


def test_a_clip_in_the_place_of_another_is_spoken_again(cache: ClipCache) -> None:
    clips = say(cache)
    first, second = map(cache.path, clips.keys[:2])
    first.write_bytes(second.read_bytes())
    assert say(cache).synthesized == 1
    first.write_bytes(second.read_bytes())
    with pytest.raises(IncompleteAudioError, match="u1"):
        list(clips)


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ("silence", NoAudioError),
        ("nothing", NoAudioError),
        ("half", IncompleteAudioError),
        ("refuses", NoAudioError),
    ],
)
def test_a_fault_is_named_and_the_rest_is_kept(
    cache: ClipCache, fault: str, kind: type[EngineError]
) -> None:
    OddEngine.faults = {TEXTS[1]: fault}
    with pytest.raises(kind, match=r"1 utterance could not be spoken: u2 “夏天到了") as caught:
        say(cache)
    assert caught.value.exit_code == 4
    OddEngine.faults = {}
    assert say(cache).synthesized == 1


def test_a_cache_that_can_not_be_written_is_an_output_error(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_bytes(b"")
    with pytest.raises(OutputError, match="cache"):
        say(ClipCache(blocked))
