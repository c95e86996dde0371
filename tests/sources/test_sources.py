from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readaloud.errors import UnreadableSourceError, UnsupportedFormatError
from readaloud.sources.find import (
    STEM_BYTES,
    Place,
    find_sources,
    load_source,
    safe_stem,
    same_place,
)


def names(places: Iterable[Place], below: Path) -> list[str]:
    return [Path(str(place)).relative_to(below).as_posix() for place in places]


def test_folders_are_walked_in_order_and_hidden_files_skipped(tmp_path: Path) -> None:
    for name in (
        "b/二.md",
        "a.HTML",
        "b/1.txt",
        ".hidden.txt",
        "~$a.docx",
        ".git/c.txt",
        "d.xyz",
        "c",
    ):
        file = tmp_path / "in" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("文")
    assert names(find_sources([tmp_path / "in"]), tmp_path / "in") == [
        "a.HTML",
        "b/1.txt",
        "b/二.md",
    ]


def test_a_file_is_taken_as_given_and_known_by_all_its_names(tmp_path: Path) -> None:
    file = tmp_path / "x.docx"
    file.write_text("文")
    (tmp_path / "in").mkdir()
    one, other = find_sources([file, tmp_path / "in" / ".." / "x.docx"])
    assert same_place(one) == same_place(other)


def test_what_is_missing_or_empty_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSourceError, match="does not exist"):
        list(find_sources([tmp_path / "none.txt"]))
    (tmp_path / "empty").mkdir()
    with pytest.raises(UnsupportedFormatError, match="can read nothing") as caught:
        list(find_sources([tmp_path / "empty"]))
    assert ".txt" in caught.value.remedy


def test_a_name_longer_than_any_does_not_exist() -> None:
    with pytest.raises(UnreadableSourceError, match="does not exist"):
        list(find_sources(["题" * 90]))


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(UnreadableSourceError, match="not a file"):
        load_source(tmp_path / "pipe.txt")
    with pytest.raises(UnreadableSourceError, match="not a file"):
        list(find_sources([tmp_path / "pipe.txt"]))


def test_a_source_holds_bytes_name_and_suffix(tmp_path: Path) -> None:
    file = tmp_path / "文章 一.TXT"
    file.write_bytes(b"\xff")
    source = load_source(file)
    assert (source.name, source.stem, source.suffix) == (str(file), "文章_一", ".txt")
    assert source.data == b"\xff"


def test_unreadable_files_and_folders_are_said(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSourceError, match="can't be read"):
        load_source(tmp_path / "none.txt")
    if os.geteuid() == 0:
        pytest.skip("everything may be read here")
    (tmp_path / "shut").mkdir(mode=0)
    with pytest.raises(UnreadableSourceError, match="can't be searched"):
        list(find_sources([tmp_path / "shut"]))


@pytest.mark.parametrize(
    ("stem", "safe"),
    [
        ("文章", "文章"),
        ("../../etc/passwd", "etc_passwd"),
        ("..", "article"),
        ("", "article"),
        ("a\x00b\u202ec\n", "a_b_c"),
        ('x:y*"z', "x_y_z"),
        ("CON", "_CON"),
        ("com1.tar", "_com1.tar"),
        ("a\udcff", "a"),
        (os.fsdecode("新闻稿".encode("gbk")), "新闻稿"),
    ],
)
def test_safe_stem(stem: str, safe: str) -> None:
    assert safe_stem(stem) == safe


@given(st.text(max_size=200))
def test_every_stem_is_a_safe_name(stem: str) -> None:
    safe = safe_stem(stem)
    assert 0 < len(safe.encode()) <= STEM_BYTES + 1
    assert not set(safe) & set('/\\:*?"<>|')
    assert ".." not in safe
    assert safe.isprintable()
    assert safe[0] != "."


def test_addresses_are_found() -> None:
    address = "https://example.com/a/%E6%96%87.html?x=1"
    assert list(find_sources([address])) == [address]
