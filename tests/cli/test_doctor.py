"""``readaloud doctor``: on a sound machine, and on broken ones."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import Any, NoReturn

import pytest
from typer.testing import Result

from readaloud.editions import doctor

Cli = Callable[..., Result]
_version = metadata.version


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("READALOUD_CACHE", str(tmp_path / "not" / "there"))


def findings(cli: Cli, code: int) -> dict[str, Any]:
    """What is told as JSON, by name; the same ends the readable form."""
    assert cli("doctor").exit_code == code
    result = cli("doctor", "--json")
    assert result.exit_code == code, result.stdout
    told = json.loads(result.stdout)
    assert told["usable"] is (code == 0)
    by_name: dict[str, Any] = {}
    for each in told["findings"]:
        by_name.setdefault(each["name"], each)
    return by_name


def test_a_sound_machine_in_one_screen(cli: Cli, tmp_path: Path) -> None:
    lines = cli("doctor").stdout.splitlines()
    assert len(lines) <= 24
    assert lines[-1] == "All that is needed is there."
    told = findings(cli, 0)
    assert told["Python"]["found"].startswith(".".join(map(str, sys.version_info[:3])))
    assert told["voice"]["found"] == "xiaoxiao, by kokoro"
    assert "path" in told["engine kokoro"]["found"]
    assert "onnxruntime" in told["libraries"]["found"]
    assert "0 MB; " in told["cache"]["found"]
    if sys.platform == "linux":
        assert "at once" in told["memory"]["found"]
    assert not (tmp_path / "not").exists(), "nothing is made"


def test_an_extra_that_is_missing_is_no_error(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metadata, "version", _without("distributed"))
    extra = findings(cli, 0)["extra cluster"]
    assert extra["problem"] == "Not installed."
    assert "pip install" in extra["remedy"]


def test_a_package_that_is_missing_or_does_not_load(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(metadata, "version", _without("pypinyin"))
        told = findings(cli, 6)
        assert "pypinyin is not installed" in told["packages"]["problem"]
        assert told["voices"]["found"], "the rest is told all the same"
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    assert "onnxruntime can't be loaded" in findings(cli, 6)["packages"]["problem"]


def test_settings_voices_and_caches_that_can_not_be_used(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "config" / "readaloud" / "voices"
    own.mkdir(parents=True)
    (own / "mine.toml").write_text("engine = 5", encoding="utf-8")
    assert "mine.toml" in cli("doctor").stdout
    assert cli("doctor").exit_code == 0
    with monkeypatch.context() as patch:
        patch.setenv("READALOUD_KOKORO_PATH", "nonsense")
        assert "nonsense" in findings(cli, 2)["voice"]["problem"]
    (tmp_path / "file").write_text("", encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setenv("READALOUD_CACHE", str(tmp_path / "file"))
        assert "can't be written" in findings(cli, 5)["cache"]["problem"]
    Path("readaloud.toml").write_text("[build]\nvoise = 1\n", encoding="utf-8")
    assert "voise" in findings(cli, 2)["settings"]["problem"]


def test_whatever_goes_wrong_is_told_and_no_traceback(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> NoReturn:
        raise RuntimeError("no such thing")

    monkeypatch.setattr(doctor, "_cache", fail)
    problem = findings(cli, 1)["cache"]["problem"]
    assert problem == "It can't be looked at (RuntimeError: no such thing)."


def _without(name: str) -> Callable[[str], str]:
    def version(asked: str) -> str:
        if asked == name:
            raise metadata.PackageNotFoundError(name)
        return _version(asked)

    return version
