"""Articles of a bulletin are spoken ahead: the bulletin itself then needs no voice, nor time."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from readaloud.config.run_options import Options, from_mapping
from readaloud.editions.bulletin import Bulletin, Item, make_bulletin, read_part
from readaloud.editions.observer import Quiet
from readaloud.editions.run_state import Run, open_run
from readaloud.editions.spoken_ahead import speak_ahead
from readaloud.editions.voice_and_lexicon import prepare
from readaloud.errors import EngineUnavailableError, TimeOverError
from readaloud.model import Source
from readaloud.speech.engines.silent import SilentEngine

BULLETIN = Bulletin("早安", date(2026, 11, 23))
NEVER = float("inf")
TEXTS = ("桥通车了\n\n昨天下午，新桥通车。\n", "河水涨了\n\n连日大雨，河水上涨。\n")


@contextmanager
def opened(tmp_path: Path, **more: Any) -> Iterator[Run]:
    given = {"voice": "silent", "out": tmp_path / "out", "cache_dir": tmp_path / "cache"}
    options = from_mapping({**given, **more})
    with open_run(prepare(options), options, Quiet()) as run:
        yield run


def items(options: Options) -> list[Item]:
    """Two articles; the second has a voice of its own."""
    sources = [Source(f"{n}.txt", f"{n}", ".txt", text.encode()) for n, text in enumerate(TEXTS)]
    faster = replace(options, rate=1.5)
    return [
        Item(sources[0].name, sources[0]),
        Item(sources[1].name, sources[1], faster),
    ]


def test_a_bulletin_needs_no_voice_for_what_was_spoken_ahead(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(tmp_path) as run:
        parts = [read_part(each, run) for each in items(run.options)]
        ready = [speak_ahead(part, BULLETIN, run, n, lambda: NEVER) for n, part in enumerate(parts)]
        monkeypatch.setattr(SilentEngine, "synthesize", _dead)
        outcome = make_bulletin(ready, BULLETIN, "早安", run)
    assert outcome.error is None
    assert outcome.edition is not None
    assert outcome.edition.synthesized == 0
    report = json.loads((tmp_path / "out" / "早安.json").read_text("utf-8"))
    said = {each["text"]: each for each in report["utterances"]}
    one, other = said["昨天下午，新桥通车。"], said["连日大雨，河水上涨。"]
    assert one["end_ms"] - one["start_ms"] > 1.3 * (other["end_ms"] - other["start_ms"])


def test_what_has_no_time_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    speak = SilentEngine.synthesize

    def slow(self: SilentEngine, utterance: Any, voice: Any) -> Any:
        time.sleep(0.3)
        return speak(self, utterance, voice)

    monkeypatch.setattr(SilentEngine, "synthesize", slow)
    with opened(tmp_path) as run:
        part = read_part(items(run.options)[0], run)
        with pytest.raises(TimeOverError):
            speak_ahead(part, BULLETIN, run, 0, lambda: 0.0)


def test_the_fallback_goes_on_where_the_voice_dies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was spoken stays as it is; the rest, and the bulletin's own words, are the other's."""
    (tmp_path / "voices").mkdir()
    profile = 'engine = "silent"\nengine_voice = "s"\nlocale = "zh-CN"\ngender = ""\n'
    profile += 'script = "simplified"\n[prosody]\nrate = 1.2\n'
    (tmp_path / "voices" / "other.toml").write_text(profile, encoding="utf-8")
    speak = SilentEngine.synthesize

    def dies(self: SilentEngine, utterance: Any, voice: Any) -> Any:
        return speak(self, utterance, voice) if voice.name == "other" else _dead()

    with opened(tmp_path, voices_dir=tmp_path / "voices", fallback="other") as run:
        parts = [read_part(each, run) for each in items(run.options)]
        first = speak_ahead(parts[0], BULLETIN, run, 0, lambda: NEVER)
        monkeypatch.setattr(SilentEngine, "synthesize", dies)
        second = speak_ahead(parts[1], BULLETIN, run, 1, lambda: NEVER)
        outcome = make_bulletin([first, second], BULLETIN, "早安", run)
    assert (first.voice.name, second.voice.name) == ("silent", "other")
    assert outcome.edition is not None
    report = json.loads((tmp_path / "out" / "早安.json").read_text("utf-8"))
    assert report["voice"]["name"] == "other"
    voices = {each["text"]: each.get("voice") for each in report["utterances"]}
    assert voices["昨天下午，新桥通车。"] == "silent"
    assert voices["连日大雨，河水上涨。"] is None


def _dead(*_: object) -> None:
    raise EngineUnavailableError("The voice is dead.")
