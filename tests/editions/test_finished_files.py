"""All formats of one edition together: published, on record, fresh, none of them too loud."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import Result

from readaloud.audio.loudness import CEILING_DBTP, measure_file
from readaloud.audio.loudness import master as real_master
from readaloud.editions import finished_files
from readaloud.formats import FORMATS, audio_formats
from readaloud.model import Loudness

Cli = Callable[..., Result]
ALL = ",".join(each.name for each in FORMATS.all())
ARTICLE = "北風\n\n北風呼嘯著吹過山谷。\n\n第二天，他們又出發了。\n"


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "north.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def _build(cli: Cli, article: Path, out: Path, formats: str) -> dict[str, object]:
    options = ("--voice", "silent", "--out", out, "--format", formats, "--json")
    result = cli("build", article, *options)
    assert result.exit_code == 0, result.stderr
    return dict(json.loads(result.stdout))


def test_every_format_is_published_and_on_record(cli: Cli, article: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = _build(cli, article, out, ALL)
    expected = {f"north{each.extension}" for each in FORMATS.all()}
    assert {path.name for path in out.iterdir()} == expected
    report = json.loads((out / "north.json").read_text(encoding="utf-8"))
    assert set(report["files"]) == {each.name for each in FORMATS.all()} - {"json"}
    assert done["fresh"] is False
    for each in audio_formats():
        assert measure_file(each.path(out, "north"))[0].true_peak_dbtp <= CEILING_DBTP
    assert _build(cli, article, out, ALL)["fresh"] is True


def test_the_loudest_file_decides_and_the_first_is_reported(
    cli: Cli, article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An Opus file over the ceiling has all files mastered again, lower by what it was over."""
    ceilings: list[float] = []
    measured: list[Loudness] = []

    def measure(path: Path) -> tuple[Loudness, int]:
        loudness, length_ms = measure_file(path)
        if path.suffix == ".opus" and len(ceilings) == 1:
            loudness = replace(loudness, true_peak_dbtp=CEILING_DBTP + 1)
        if path.suffix == ".mp3":
            measured.append(loudness)
        return loudness, length_ms

    def master(raw: Path, rate_hz: int, out: Path, *, ceiling_dbtp: float) -> Loudness:
        ceilings.append(ceiling_dbtp)
        return real_master(raw, rate_hz, out, ceiling_dbtp=ceiling_dbtp)

    monkeypatch.setattr(finished_files, "master", master)
    monkeypatch.setattr(finished_files, "measure_file", measure)
    done = _build(cli, article, tmp_path / "out", "opus,m4b,mp3,json")
    assert len(ceilings) == 2
    assert ceilings[1] == pytest.approx(ceilings[0] - 1.2)
    assert done["true_peak_dbtp"] == pytest.approx(measured[-1].true_peak_dbtp, abs=0.01)
