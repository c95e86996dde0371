"""Shared by all tests: a cache of one's own, the sample article, builds on the silent engine."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from typer.testing import CliRunner, Result

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_UNDER_COVERAGE = 4 if "coverage" in sys.modules else 1
"""By how much counting lines may slow the program down."""
_WORK_S = 0.09
"""What ``slowness`` takes on the machine that the bounds of time were measured on."""


def slowness() -> float:
    """How much longer this machine takes now than that of the bounds of time; 1 at least."""
    begin = time.process_time()
    counts: dict[tuple[str, int], int] = {}
    for number in range(400_000):
        key = ("work", number % 997)
        counts[key] = counts.get(key, 0) + len(str(number))
    return max(1.0, (time.process_time() - begin) / _WORK_S)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """A bound of processor time, as it was measured; held in this machine's own speed."""
    slower = slowness()
    begin = time.process_time()
    yield
    taken = time.process_time() - begin
    assert taken < seconds * _UNDER_COVERAGE * max(slower, slowness())


settings.register_profile("suite", deadline=None)  # the clock counts what other workers do, too
settings.load_profile("suite")

SEED = Path(__file__).parents[1] / "seeds" / "000_e3a6cd2e3146a029.txt"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--renew-golden",
        action="store_true",
        help="write golden files as the program has them now, and labels of cases that have none",
    )


@pytest.fixture
def renew_golden(request: pytest.FixtureRequest) -> bool:
    """Whether what is on record is to be written anew; its difference is for a person to read."""
    return bool(request.config.getoption("renew_golden"))


@pytest.fixture
def golden(renew_golden: bool) -> Callable[[Path, str], None]:
    """Hold what was made against a file on record."""

    def hold(record: Path, made: str) -> None:
        if renew_golden:
            record.write_text(made, encoding="utf-8")
        assert record.read_text("utf-8") == made, f"{record}: if it is right, --renew-golden"

    return hold


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the user's cache of clips or profiles, nor a readaloud.toml.

    All see English, whoever runs them.
    """
    monkeypatch.setenv("READALOUD_LANG", "en")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, for the tests of a module."""
    from browsers import open_browser

    with open_browser() as running:
        yield running


@pytest.fixture
def seed() -> Path:
    """The sample article."""
    return SEED


@pytest.fixture
def article(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """The test module's ``ARTICLE`` as a file."""
    path = tmp_path / "news.txt"
    path.write_text(request.module.ARTICLE, encoding="utf-8")
    return path


@pytest.fixture
def cli(tmp_path: Path) -> Callable[..., Result]:
    """Run the command line in this process; builds keep their clips below the test's folder."""
    from readaloud.cli import app

    def invoke(*arguments: object, stdin: str | None = None) -> Result:
        words = [str(argument) for argument in arguments]
        if words[0] == "build" and "--cache-dir" not in words:
            words += ["--cache-dir", str(tmp_path / "cache")]
        return CliRunner().invoke(app, words, input=stdin)

    return invoke


@pytest.fixture
def mp3(cli: Callable[..., Result], tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """The test module's ``ARTICLE`` on the silent engine, its report beside it."""
    article = tmp_path / "news.md"
    article.write_text(request.module.ARTICLE, encoding="utf-8")
    result = cli("build", article, "--voice", "silent", "--out", tmp_path / "out")
    assert result.exit_code == 0, result.stderr
    return tmp_path / "out" / "news.mp3"


EVERY_PAGE = bool(os.environ.get("READALOUD_EVERY_PAGE"))
"""Whether tests that try some pages of many try all of them."""


def require(available: bool, what: str) -> None:
    """Skip where a part is missing, but fail where READALOUD_REQUIRE_ALL is set."""
    if available:
        return
    if os.environ.get("READALOUD_REQUIRE_ALL"):
        pytest.fail(f"{what} is required here")
    pytest.skip(f"{what} is not installed")
