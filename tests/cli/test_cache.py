"""``readaloud cache``: what is kept, and how it is cleared; the limit holds over whole runs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

Cli = Callable[..., Result]


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("READALOUD_CACHE", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)


def _build(cli: Cli, name: str, *lines: str) -> None:
    Path(name).write_text("\n\n".join(("標題", *lines)), encoding="utf-8")
    assert cli("build", name, "--voice", "silent", "--quiet").exit_code == 0


def _cache(cli: Cli, *options: str) -> dict[str, Any]:
    result = cli("cache", "--json", *options)
    assert result.exit_code == 0
    told: dict[str, Any] = json.loads(result.stdout)
    return told


def test_an_empty_cache_is_told_and_not_made(cli: Cli, tmp_path: Path) -> None:
    told = _cache(cli)
    assert (told["clips"], told["bytes"], told["longest_unused_since"]) == (0, 0, None)
    assert told["max_bytes"] == 4_000_000_000
    assert "clips: 0 clips, 0.0 MB" in cli("cache").stdout
    assert not (tmp_path / "cache").exists()


def test_clips_are_shown_and_cleared(cli: Cli, tmp_path: Path) -> None:
    _build(cli, "news.txt", "春天來了，花都開了。", "天氣很好。")
    told = _cache(cli)
    files = [path for path in (tmp_path / "cache" / "clips").rglob("*") if path.is_file()]
    assert told["clips"] == len(files) == 3
    assert told["bytes"] == sum(path.stat().st_size for path in files)
    assert told["longest_unused_since"]
    assert "Removed: 3 clips" in cli("cache", "--clear").stdout
    assert _cache(cli)["clips"] == 0
    assert _cache(cli, "--clear")["removed"] == 0


def test_a_run_keeps_to_the_limit_and_makes_its_edition_all_the_same(cli: Cli) -> None:
    Path("readaloud.toml").write_text("[cache]\nmax_gb = 0\n", encoding="utf-8")
    _build(cli, "news.txt", "春天來了，花都開了。", "天氣很好。")
    assert Path("output/news.mp3").stat().st_size > 10_000
    assert _cache(cli)["clips"] == 0


@pytest.mark.parametrize(
    ("setting", "told"),
    [("max_gb = -1", "must be between 0"), ("max_gb = '2'", "max_gb"), ("max = 2", "max")],
)
def test_a_limit_that_is_none_is_refused(cli: Cli, setting: str, told: str) -> None:
    Path("readaloud.toml").write_text(f"[cache]\n{setting}\n", encoding="utf-8")
    result = cli("cache")
    assert result.exit_code == 2
    assert told in result.stderr


def test_a_cache_that_is_a_file_is_an_error(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "clips").write_bytes(b"")
    result = cli("cache")
    assert result.exit_code == 5
    assert "can't be read" in result.stderr
