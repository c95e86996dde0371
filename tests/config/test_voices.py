"""Voice profiles: found, checked, hidden by the user's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from readaloud.config.voices import broken_profiles, find_style, find_voice, load_voices
from readaloud.errors import ConfigError, VoiceNotFoundError

PROFILE = """
engine = "kokoro"
engine_voice = "zm_yunxi"
locale = "zh-CN"
gender = "male"
script = "simplified"
"""


def test_all_embedded_voices_have_their_style_vectors() -> None:
    embedded = [v for v in load_voices().values() if v.engine == "kokoro"]
    assert len(embedded) == 8
    for voice in embedded:
        assert find_style(voice.engine_voice).stat().st_size == 510 * 256 * 4


def test_a_voice_is_found_by_its_engines_name_in_any_case() -> None:
    assert find_voice("ZM_YunXi").name == "yunxi"
    assert find_voice("YUNXI").engine_voice == "zm_yunxi"


def test_the_users_own_profile_is_found_first(tmp_path: Path) -> None:
    own = PROFILE + "[prosody]\nrate = 0.9\n[pacing]\nsentence_ms = 500\n"
    (tmp_path / "xiaoxiao.toml").write_text(own, encoding="utf-8")
    voice = find_voice("xiaoxiao", tmp_path)
    assert (voice.engine_voice, voice.prosody.rate, voice.pacing.sentence_ms) == (
        "zm_yunxi",
        0.9,
        500,
    )
    assert voice.pacing.paragraph_ms == 700


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("engine = 3", "engine is 3"),
        ('gender = "robot"', "gender is 'robot'"),
        ('colour = "blue"', "unknown key 'colour'"),
        ("[prosody]\nrate = 9.0", "rate is 9.0"),
        ("[pacing]\nsentence_ms = -1", "sentence_ms is -1"),
        ("[pacing]\nsentence_ms = 1.5", "sentence_ms is 1.5"),
        ("prosody = 3", "prosody is 3; expected a table"),
        ("engine = ", "can't be read"),
        ("spoken_form = 1", "expected true or false"),
        ("[prosody]\nspeed = 1.0", "[prosody] unknown key 'speed'"),
    ],
)
def test_a_wrong_profile_is_named(tmp_path: Path, lines: str, words: str) -> None:
    known = "\n".join(row for row in PROFILE.splitlines() if row.split(" ")[0] not in lines)
    path = tmp_path / "mine.toml"
    path.write_text(f"{known}\n{lines}\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"mine\.toml") as caught:
        find_voice("mine", tmp_path)
    assert words in str(caught.value)
    assert [words in str(error) for error in broken_profiles(tmp_path)] == [True]
    assert find_voice("xiaoxiao", tmp_path).name == "xiaoxiao"


def test_a_profile_without_its_engine_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text('locale = "zh-CN"\n', encoding="utf-8")
    with pytest.raises(ConfigError, match="is missing"):
        find_voice("mine", tmp_path)


def test_unknown_voices_and_folders(tmp_path: Path) -> None:
    with pytest.raises(VoiceNotFoundError, match="yunxi"):
        find_voice("yunxy")
    with pytest.raises(VoiceNotFoundError):
        find_style("../../etc/passwd")
    with pytest.raises(ConfigError, match="no voice folder"):
        load_voices(tmp_path / "nowhere")
