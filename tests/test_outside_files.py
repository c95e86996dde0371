"""Files of other people's: whole and within limits, or refused at once."""

from __future__ import annotations

import errno
import os
import tracemalloc
from pathlib import Path

import pytest

from readaloud.files.outside import read_outside, read_outside_text

pytestmark = pytest.mark.skipif(os.name == "nt", reason="pipes and devices are files of POSIX")


@pytest.mark.parametrize("size", [0, 1, 1 << 20, (1 << 20) + 1, 3_000_000])
def test_a_file_comes_whole_up_to_its_limit(tmp_path: Path, size: int) -> None:
    path = tmp_path / "a"
    data = os.urandom(size)
    path.write_bytes(data)
    assert read_outside(path, size) == data
    if size:
        with pytest.raises(OSError, match="File too large"):
            read_outside(path, size - 1)


def test_a_file_without_a_size_comes_whole_too() -> None:
    path = Path("/proc/self/status")
    if not path.is_file():
        pytest.skip("no /proc")
    assert path.stat().st_size == 0
    assert b"Threads:" in read_outside(path)


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "sparse"
    with path.open("wb") as file:
        file.truncate(3 << 30)
    tracemalloc.start()
    with pytest.raises(OSError, match="File too large") as caught:
        read_outside(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert caught.value.errno == errno.EFBIG
    assert peak < 1 << 20


def test_pipes_devices_and_links_to_them_are_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "zero").symlink_to("/dev/zero")
    (tmp_path / "link").symlink_to(tmp_path / "pipe")
    for name in ("pipe", "zero", "link"):
        with pytest.raises(OSError, match="Not a regular file"):
            read_outside(tmp_path / name)


@pytest.mark.parametrize("name", ["a\0b", "\ud800", "x" * 5000])
def test_a_name_that_no_system_has_is_an_error_of_the_system(tmp_path: Path, name: str) -> None:
    with pytest.raises(OSError, match=r"Invalid argument|File name too long"):
        read_outside(tmp_path / name)


def test_a_folder_says_what_it_is(tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError, match="Is a directory"):
        read_outside(tmp_path)


def test_text_has_one_line_end_and_no_mark(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(b"\xef\xbb\xbfa\r\nb\rc\n")
    assert read_outside_text(path) == "a\nb\nc\n"
