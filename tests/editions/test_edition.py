"""A good edition is sound; each thing that can break is named."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from mutagen.id3 import ID3, TIT2
from typer.testing import Result

from readaloud.audio.loudness import CEILING_DBTP, TARGET_LUFS
from readaloud.editions.check import check

Cli = Callable[..., Result]
ARTICLE = (
    "# 早間新聞\n\n今天氣溫零下20度。天氣很冷。\n\n## 出行\n\n道路結冰。\n\n## 四季\n\n春天到了！\n"
)


def report(mp3: Path) -> Any:
    return json.loads(mp3.with_suffix(".json").read_text(encoding="utf-8"))


def rewrite(mp3: Path, edit: Callable[[Any], object]) -> None:
    """Write the report back as ``edit`` has changed it."""
    changed = report(mp3)
    edit(changed)
    mp3.with_suffix(".json").write_text(json.dumps(changed), encoding="utf-8")


def problems(mp3: Path) -> str:
    (checked,) = check([str(mp3)])
    return "\n".join(checked.problems)


def test_a_fresh_edition_is_sound(cli: Cli, mp3: Path) -> None:
    result = cli("check", mp3)
    assert (result.exit_code, result.stdout) == (0, f"{mp3}: sound\n")
    result = cli("check", mp3, "--json")
    assert json.loads(result.stdout) == {"file": str(mp3), "problems": []}


def test_folders_are_walked_and_one_bad_edition_does_not_hide_the_others(
    cli: Cli, mp3: Path
) -> None:
    bad = mp3.with_name("bad.mp3")
    bad.write_bytes(mp3.read_bytes())
    result = cli("check", mp3.parent, mp3)
    assert result.exit_code == 1
    first, second = result.stdout.splitlines()
    assert first.startswith(f"{bad}: The report bad.json can't be read")
    assert second == f"{mp3}: sound"


def test_a_missing_file(cli: Cli, tmp_path: Path) -> None:
    result = cli("check", tmp_path / "none.mp3")
    assert result.exit_code == 1
    assert "no such file" in result.stdout


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"utterances": 5}', "\x00"])
def test_a_report_that_is_none(mp3: Path, text: str) -> None:
    mp3.with_suffix(".json").write_text(text, encoding="utf-8")
    assert "not a readaloud report" in problems(mp3)


@pytest.mark.parametrize("kept", [0.5, 0.9, 0.99])
def test_truncated_audio(mp3: Path, kept: float) -> None:
    data = mp3.read_bytes()
    mp3.write_bytes(data[: int(len(data) * kept)])
    assert "The audio lasts" in problems(mp3)


def test_what_is_no_audio(mp3: Path) -> None:
    mp3.write_bytes(b"no audio at all")
    found = problems(mp3)
    assert "can't be decoded" in found
    assert "tags can't be read" in found


def test_a_length_that_is_not_the_reports(mp3: Path) -> None:
    rewrite(mp3, lambda r: r.update(duration_ms=r["duration_ms"] + 40))
    assert "The audio lasts" in problems(mp3)


def test_loudness_that_is_not_the_reports(mp3: Path) -> None:
    rewrite(mp3, lambda r: r.update(loudness_lufs=-16.4, true_peak_dbtp=None))
    found = problems(mp3)
    assert "but the report says -16.4" in found
    assert "but the report says None" in found


@pytest.mark.parametrize(("gain_db", "named"), [(-6, "loudness is"), (6, "true peak is")])
def test_audio_that_is_too_soft_or_too_loud(
    mp3: Path, monkeypatch: pytest.MonkeyPatch, gain_db: int, named: str
) -> None:
    """The gain of every MP3 granule can't be edited by hand: the targets move instead."""
    from readaloud.formats.mp3 import check as mp3_check

    monkeypatch.setattr(mp3_check, "TARGET_LUFS", TARGET_LUFS - gain_db)
    monkeypatch.setattr(mp3_check, "CEILING_DBTP", CEILING_DBTP - 4 * gain_db)
    assert named in problems(mp3)


def test_missing_renamed_moved_and_added_chapters(mp3: Path) -> None:
    tags = ID3(mp3)
    tags.delall("CHAP:c02")
    tags["CHAP:c01"].sub_frames.add(TIT2(1, ["別的"]))
    tags["CHAP:c03"].start_time += 10
    extra = tags["CHAP:c03"]
    tags.save(mp3, v2_version=3)
    found = problems(mp3)
    assert "Chapter c02 of the report is not in the tags." in found
    assert "Chapter c01 has another title or time" in found
    assert "Chapter c03 has another title or time" in found
    extra.element_id = "c09"
    tags.add(extra)
    tags.save(mp3, v2_version=3)
    assert "a chapter c09 too many" in problems(mp3)


def test_tags_that_are_gone(mp3: Path) -> None:
    ID3(mp3).delete(mp3)
    assert "tags can't be read" in problems(mp3)


def test_chapters_that_leave_a_gap(mp3: Path) -> None:
    rewrite(mp3, lambda r: r["chapters"][1].update(start_ms=r["chapters"][1]["start_ms"] + 5))
    assert "A chapter ends at" in problems(mp3)


@pytest.mark.parametrize(
    ("edit", "named"),
    [
        ({"chapter": "c77"}, "u0002 belongs to a chapter that does not exist"),
        ({"start_ms": 10**7, "end_ms": 10**7 + 1}, "u0002 is not inside chapter c01"),
        ({"start_ms": 0}, "u0002 begins before u0001 ends"),
        ({"end_ms": 0}, "u0002 is not inside"),
    ],
)
def test_cues_out_of_place(mp3: Path, edit: dict[str, Any], named: str) -> None:
    rewrite(mp3, lambda r: r["utterances"][1].update(edit))
    assert named in problems(mp3)


def test_a_report_without_utterances(mp3: Path) -> None:
    rewrite(mp3, lambda r: r.update(utterances=[]))
    assert "no utterance" in problems(mp3)


def test_a_folder_without_an_edition_is_no_success(cli: Cli, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    result = cli("check", empty)
    assert (result.exit_code, "No edition is here" in result.stdout) == (1, True)
    (empty / "data.json").write_text("{}", encoding="utf-8")
    (empty / "notes.txt").write_text("x", encoding="utf-8")
    assert cli("check", empty).exit_code == 1
    assert cli("check", tmp_path / "nowhere").exit_code == 1


@pytest.mark.parametrize("name", ["m4b", "opus", "epub", "daisy"])
def test_an_edition_without_mp3_is_checked_by_its_files(
    cli: Cli, tmp_path: Path, name: str
) -> None:
    article = tmp_path / "news.md"
    article.write_text(ARTICLE, encoding="utf-8")
    out = tmp_path / "out"
    words = ("build", article, "--voice", "silent", "--out", out, "--format")
    assert cli(*words, f"{name},json,chapters").exit_code == 0
    (made,) = (path for path in out.iterdir() if path.suffix != ".json")
    for named in (out, made, out / "news.chapters.json", out / "news.json"):
        result = cli("check", named)
        assert (result.exit_code, "sound" in result.stdout) == (0, True), result.stdout
        assert len(result.stdout.splitlines()) == 1
    data = made.read_bytes()
    made.write_bytes(data[: len(data) // 2])
    assert cli("check", out).exit_code == 1
    made.unlink()
    result = cli("check", out)
    assert (result.exit_code, f"{made.name} is missing" in result.stdout) == (1, True)
    (out / "news.json").unlink()
    made.write_bytes(data)
    assert cli("check", out).exit_code == 1


def test_a_broken_report_beside_a_book_is_not_passed_by(cli: Cli, mp3: Path) -> None:
    (mp3.parent / "book.epub").write_bytes(b"PK")
    (mp3.parent / "book.json").write_text("{", encoding="utf-8")
    result = cli("check", mp3.parent)
    assert result.exit_code == 1
    assert "book.json is not a readaloud report" in result.stdout


def test_a_sample_of_a_voice_is_no_edition(cli: Cli, mp3: Path, tmp_path: Path) -> None:
    cli("voices", "silent", "--sample", "--out", mp3.parent)
    sample = mp3.with_name("silent-sample.mp3")
    assert sample.is_file()
    result = cli("check", mp3.parent)
    assert (result.exit_code, result.stdout) == (0, f"{mp3}: sound\n")
    alone = tmp_path / "alone"
    alone.mkdir()
    sample.rename(alone / sample.name)
    assert cli("check", alone).exit_code == 1, "nothing there was checked"
    mp3.with_name("other-sample.mp3").write_bytes(mp3.read_bytes())
    assert "other-sample.json can't be read" in cli("check", mp3.parent).stdout


@pytest.mark.parametrize("damage", ["a flipped byte", "cut", "emptied", "gone"])
def test_a_file_that_is_not_the_one_that_was_written_is_named(mp3: Path, damage: str) -> None:
    data = bytearray(mp3.read_bytes())
    data[len(data) // 2] ^= 1
    match damage:
        case "a flipped byte":
            mp3.write_bytes(data)
        case "cut":
            mp3.write_bytes(data[: len(data) // 2])
        case "emptied":
            mp3.write_bytes(b"")
        case _:
            mp3.unlink()
    found = "\n".join(
        line for one in check([str(mp3.with_suffix(".json"))]) for line in one.problems
    )
    assert mp3.name in found
    assert "SHA-256" in found or damage == "gone"
