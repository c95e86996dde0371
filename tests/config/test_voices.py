"""Voice profiles: found, checked, hidden by the user's own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from readaloud.config.voices import broken_profiles, find_style, find_voice, load_voices
from readaloud.errors import ConfigError, VoiceNotFoundError
from readaloud.model import Utterance
from readaloud.speech.clip_cache import clip_key

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
        assert find_style(voice).stat().st_size == 510 * 256 * 4


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
        find_style(replace(find_voice("xiaoxiao"), engine_voice="../../etc/passwd"))
    with pytest.raises(ConfigError, match="no voice folder"):
        load_voices(tmp_path / "nowhere")


KEY = "6d23d9f9bfa443c2a355401cf0d1dfcb63e0c25ce65659788db8cd0b4cacd865"
"""The key of a clip before voices had files of their own."""
OWN = PROFILE.replace("zm_yunxi", "my_own")


def test_a_style_is_found_beside_its_profile(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(OWN, encoding="utf-8")
    with pytest.raises(VoiceNotFoundError, match=r"my_own\.bin"):
        find_style(find_voice("mine", tmp_path))
    style = tmp_path / "my_own.bin"
    style.write_bytes(b"one")
    first = find_voice("mine", tmp_path)
    assert find_style(first) == style.resolve()
    style.write_bytes(b"two")
    assert first.style_sha256 != find_voice("mine", tmp_path).style_sha256
    style.unlink()
    with pytest.raises(VoiceNotFoundError, match="my_own"):
        find_style(first)


def test_a_style_in_the_users_folder_serves_a_profile_of_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    users = tmp_path / "config"
    monkeypatch.setattr("platformdirs.user_config_path", lambda _: users)
    (users / "voices").mkdir(parents=True)
    (users / "voices" / "my_own.bin").write_bytes(b"one")
    (tmp_path / "mine.toml").write_text(OWN, encoding="utf-8")
    found = find_style(find_voice("mine", tmp_path))
    assert found == (users / "voices" / "my_own.bin").resolve()


def test_our_voices_carry_no_file_and_keep_the_keys_of_their_clips(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(Path(__file__).parents[2])
    (tmp_path / "zm_yunxi.bin").write_bytes(b"a stranger")
    (tmp_path / "mine.toml").write_text(PROFILE.replace("zm_yunxi", "zf_xiaoxiao"), "utf-8")
    said = Utterance("u1", "c01", "sentence", "好。", "好。", ("hao3", ""), (0,))
    ours = find_voice("xiaoxiao")
    assert {ours.style_file, find_voice("mine", tmp_path).style_file} == {""}
    assert find_voice("yunxi", tmp_path).style_file == ""
    assert find_voice("xiaoxiao", Path("voices")).style_file == ""
    assert clip_key(said, ours, "model") == KEY
    assert clip_key(said, replace(ours, style_sha256="ab"), "model") != KEY


def test_a_copy_of_our_style_is_ours(tmp_path: Path) -> None:
    """A checkout's folder of voices, beside an installed program."""
    shipped = find_style(find_voice("xiaoxiao"))
    (tmp_path / "mine.toml").write_text(PROFILE.replace("zm_yunxi", "zf_xiaoxiao"), "utf-8")
    copied = tmp_path / "zf_xiaoxiao.bin"
    copied.write_bytes(shipped.read_bytes())
    assert find_voice("mine", tmp_path).style_file == ""
    copied.write_bytes(shipped.read_bytes()[:-4] + b"\0\0\0\1")
    assert find_voice("mine", tmp_path).style_file == str(copied.resolve())
