"""Options: defaults, then the file, then flags; what can't work is refused at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from readaloud.config.run_options import Options, from_mapping, make_options
from readaloud.errors import ConfigError
from readaloud.model import Prosody, Voice


def test_flags_win_over_the_file_and_the_file_over_defaults(tmp_path: Path) -> None:
    config = tmp_path / "readaloud.toml"
    config.write_text('[build]\nvoice = "yunxi"\njobs = 3\n', encoding="utf-8")
    options = make_options({"voice": "yunjian", "rate": None}, config)
    assert (options.voice, options.jobs, options.rate, options.formats) == (
        "yunjian",
        3,
        None,
        ("mp3", "json"),
    )


@pytest.mark.parametrize(
    ("value", "rate"), [("+10%", 1.1), ("-25%", 0.75), ("1.5", 1.5), (0.8, 0.8)]
)
def test_rates(value: object, rate: float) -> None:
    assert from_mapping({"rate": value}).rate == pytest.approx(rate)


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("rate", "fast", "rate"),
        ("rate", "+300%", "rate is 4"),
        ("rate", "nan", "rate is nan"),
        ("pitch_hz", "high", "pitch_hz"),
        ("volume_percent", "+101%", "volume"),
        ("jobs", 0, "jobs is 0"),
        ("jobs", "many", "jobs"),
        ("jobs", True, "jobs"),
        ("jobs", 1.5, "jobs"),
        ("rate", True, "rate"),
        ("out", 3, "out"),
        ("out", "", "out"),
        ("formats", [], "No format"),
        ("cover", "nowhere.jpg", "nowhere.jpg"),
        ("colour", 1, "There is no option 'colour'"),
    ],
)
def test_what_can_not_work_is_refused(key: str, value: object, words: str) -> None:
    with pytest.raises(ConfigError) as caught:
        from_mapping({key: value})
    assert words in str(caught.value)


def test_a_broken_file_is_refused(tmp_path: Path) -> None:
    config = tmp_path / "readaloud.toml"
    for content in (b"[build", b"build = 3", b"\xff\xfe", b'[bild]\nvoice = "x"', b'voice = "x"'):
        config.write_bytes(content)
        with pytest.raises(ConfigError, match=r"readaloud\.toml"):
            make_options({}, config)
    with pytest.raises(ConfigError):
        make_options({}, tmp_path / "none.toml")


def test_a_cover_must_be_a_picture(tmp_path: Path) -> None:
    cover = tmp_path / "cover.jpg"
    cover.write_bytes(b"no picture")
    with pytest.raises(ConfigError, match="no JPEG, PNG or WebP"):
        Options(cover=cover)
    cover.write_bytes(b"\xff\xd8\xff\xe0 picture")
    assert Options(cover=cover).cover == cover


def test_names_of_formats_in_any_case_and_once() -> None:
    assert from_mapping({"formats": "MP3, json,mp3,"}).formats == ("mp3", "json")


def test_a_file_saved_with_a_mark_is_read(tmp_path: Path) -> None:
    config = tmp_path / "readaloud.toml"
    config.write_text("[build]\njobs = 2\n", encoding="utf-8-sig")
    assert make_options({}, config).jobs == 2


def test_prosody_of_the_run_replaces_the_profiles() -> None:
    voice = Voice("x", "e", "x", "zh-CN", "male", "simplified", prosody=Prosody(0.9, 5, -10))
    assert Options(rate=1.2).apply_to(voice).prosody == Prosody(1.2, 5, -10)
    assert Options(pitch_hz=-5, volume_percent=0).apply_to(voice).prosody == Prosody(0.9, -5, 0)
