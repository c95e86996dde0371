"""``build --stream``: an edition is heard while it is made, and is the same edition."""

from __future__ import annotations

import subprocess
import sys
import wave
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

import readaloud

Cli = Callable[..., Result]
TEXT = "北風\n\n北風呼嘯，大雪紛飛。\n\n第二天，天氣好了，大家都出門了。\n\n北風呼嘯，大雪紛飛。\n"


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_the_whole_article_is_heard_and_the_edition_is_the_same(
    cli: Cli, article: Path, tmp_path: Path
) -> None:
    options = ("--voice", "silent", "-f", "mp3,json")
    heard = tmp_path / "live.wav"
    streamed = cli("build", article, *options, "--out", tmp_path / "a" / "out", "--stream", heard)
    plain = cli("build", article, *options, "--out", tmp_path / "b" / "out")
    assert (streamed.exit_code, plain.exit_code) == (0, 0)
    for name in ("a.mp3", "a.json"):
        one, other = (tmp_path / folder / "out" / name for folder in "ab")
        assert one.read_bytes() == other.read_bytes()
    with wave.open(str(heard)) as sound:
        live_ms = sound.getnframes() * 1000 // sound.getframerate()
    folder = tmp_path / "a" / "out"
    made = readaloud.build(article, voice="silent", formats=("mp3", "json"), out=folder)
    assert made[0].edition is not None
    assert abs(live_ms - made[0].edition.duration_ms) <= 500


def test_an_edition_that_is_up_to_date_is_heard_too(
    cli: Cli, article: Path, tmp_path: Path
) -> None:
    sizes = []
    for name in ("one.wav", "two.wav"):
        done = cli(
            *("build", article, "--voice", "silent", "--out", tmp_path / "out"),
            *("--stream", tmp_path / name),
        )
        assert done.exit_code == 0
        sizes.append((tmp_path / name).stat().st_size)
    assert sizes[0] == sizes[1] > 100_000


def test_standard_output_carries_sound_alone(article: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "readaloud", "build", article, "--voice", "silent"]
    done = subprocess.run(
        [*map(str, command), "--out", str(tmp_path / "out"), "--stream", "-"],
        capture_output=True,
        check=True,
    )
    assert done.stdout.startswith(b"RIFF")
    assert done.stdout[36:40] == b"data"
    assert len(done.stdout) % 2 == 0
    assert b"a.mp3" in done.stderr


@pytest.mark.parametrize(
    ("more", "told"), [(("--json",), "--json"), (("--fallback", "yunxi"), "--fallback")]
)
def test_what_does_not_go_with_it_is_refused(
    cli: Cli, article: Path, tmp_path: Path, more: tuple[str, ...], told: str
) -> None:
    done = cli("build", article, "--voice", "silent", "--out", tmp_path, "--stream", "-", *more)
    assert done.exit_code == 2
    assert told in done.stderr
    assert not list(tmp_path.glob("*.mp3"))


def test_a_stream_that_cannot_be_opened_is_named(cli: Cli, article: Path, tmp_path: Path) -> None:
    target = tmp_path / "none" / "a.wav"
    done = cli("build", article, "--voice", "silent", "--out", tmp_path, "--stream", target)
    assert done.exit_code == 5
    assert str(target) in done.stderr
