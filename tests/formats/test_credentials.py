"""Content credentials: valid as the C2PA library reads them; nothing else of the file is lost."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from mutagen.id3 import ID3
from mutagen.mp4 import MP4
from narrations import make_narration, write
from signers import SIGNER, make_key, make_signer

from conftest import require
from readaloud.errors import ConfigError
from readaloud.formats import find_format
from readaloud.formats.report import make_report
from readaloud.formats.shared.credentials import check_signer
from readaloud.model import Label, Narration

TITLES = ["開頭", "第二章 " + "長" * 60, "結尾"]
SIGNED = ("mp3", "m4b")


@pytest.fixture
def label(tmp_path: Path) -> Label:
    certificate, key = make_signer(tmp_path)
    return Label("eu", certificate=certificate, key=key)


@pytest.fixture
def narration(tmp_path: Path, label: Label) -> Narration:
    return replace(make_narration(tmp_path, TITLES), label=label)


def _read(path: Path, name: str) -> tuple[str, dict[str, Any], list[str]]:
    """What the library says of a file: its state, who signed what, and what failed."""
    import c2pa

    with path.open("rb") as file, c2pa.Reader(find_format(name).media_type, file) as reader:
        failed = reader.get_validation_results()["activeManifest"]["failure"]
        state, claim = reader.get_validation_state(), reader.get_active_manifest()
    return state, claim, [each["code"] for each in failed]


def _problems(path: Path, name: str, narration: Narration) -> list[str]:
    report = make_report(replace(narration, files=((name, path.name, ""),)))
    return list(find_format(name).check(path, report))


@pytest.mark.parametrize("name", SIGNED)
def test_what_is_signed(narration: Narration, tmp_path: Path, name: str) -> None:
    path = write(name, narration, tmp_path)
    state, claim, failed = _read(path, name)
    assert (state, failed) == ("Valid", ["signingCredential.untrusted"])
    assert claim["signature_info"]["common_name"] == SIGNER
    assert claim["title"] == narration.title
    (actions,) = (one for one in claim["assertions"] if one["label"].startswith("c2pa.actions"))
    (made,) = actions["data"]["actions"]
    assert made["digitalSourceType"].endswith("/trainedAlgorithmicMedia")
    assert not [told for told in _problems(path, name, narration) if "credentials" in told]


def test_an_mp3_keeps_its_tag_and_gains_a_frame(narration: Narration, tmp_path: Path) -> None:
    signed = write("mp3", narration, tmp_path).read_bytes()
    path = tmp_path / "plain.mp3"
    find_format("mp3").write(replace(narration, label=Label()), path)
    before, after = ID3(path), ID3(tmp_path / "北風.mp3")
    assert after.version == (2, 3, 0)
    assert set(after) == {*before, "GEOB:c2pa manifest store", "COMM::chi"}
    assert after["SYLT::chi"].text == before["SYLT::chi"].text
    assert after["CHAP:c2"].sub_frames["TIT2"] == TITLES[1]
    size, audio = before.size, path.read_bytes()
    assert signed[after.size :] == audio[size:]


@pytest.mark.parametrize("name", SIGNED)
def test_chapters_as_ffprobe_reads_them(narration: Narration, tmp_path: Path, name: str) -> None:
    require(shutil.which("ffprobe") is not None, "ffprobe")
    path = write(name, narration, tmp_path)
    command = ["ffprobe", "-v", "error", "-show_chapters", "-show_format", "-of", "json", str(path)]
    ran = subprocess.run(command, capture_output=True, check=True)
    told = json.loads(ran.stdout)
    assert [chapter["tags"]["title"] for chapter in told["chapters"]] == TITLES
    assert told["format"]["tags"]["title"] == narration.title
    assert told["format"]["tags"]["comment"] == narration.notice


def _turned(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) * 2 // 3] ^= 1
    path.write_bytes(data)


def _taken_out(path: Path) -> None:
    if path.suffix == ".mp3":
        tags = ID3(path)
        tags.delall("GEOB")
        tags.save(path, v2_version=3)
        return
    data = path.read_bytes()
    place = data.index(b"uuid\xd8\xfe\xc3\xd6")
    path.write_bytes(data[:place] + b"free" + data[place + 4 :])


def _tagged_anew(path: Path) -> None:
    if path.suffix == ".mp3":
        tags = ID3(path)
        tags["TIT2"].text = ["別的"]
        tags.save(path, v2_version=3)
        return
    file: Any = MP4(path)
    file.tags["\xa9nam"] = ["別的"]
    file.save()


@pytest.mark.parametrize("name", SIGNED)
@pytest.mark.parametrize(
    ("change", "told"),
    [
        (_turned, "The content credentials don't fit the file."),
        (_tagged_anew, "The content credentials don't fit the file."),
        (_taken_out, "The content credentials are gone."),
    ],
)
def test_check_tells_of_a_change(
    narration: Narration, tmp_path: Path, name: str, change: Callable[[Path], None], told: str
) -> None:
    path = write(name, narration, tmp_path)
    change(path)
    assert told in _problems(path, name, narration)


@pytest.mark.parametrize("curve", [ec.SECP384R1, ec.SECP521R1, None])
def test_other_keys_sign_too(tmp_path: Path, curve: Any) -> None:
    certificate, key = make_signer(tmp_path, make_key(curve))
    check_signer(Label("eu", certificate=certificate, key=key))


def test_signers_that_are_none(label: Label, tmp_path: Path) -> None:
    assert label.certificate is not None
    assert label.key is not None
    other = tmp_path / "other"
    other.mkdir()
    strange = make_signer(other)[1]
    text = tmp_path / "text.pem"
    text.write_text("no key", encoding="utf-8")
    for wrong in (
        replace(label, key=tmp_path / "none.pem"),
        replace(label, key=text),
        replace(label, certificate=text),
        replace(label, key=label.certificate, certificate=label.key),
        replace(label, key=strange),
        replace(label, key=tmp_path),
    ):
        with pytest.raises(ConfigError) as caught:
            check_signer(wrong)
        assert "[label]" in str(caught.value.remedy)
    check_signer(label)
