"""An edition to check."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result


@pytest.fixture
def mp3(cli: Callable[..., Result], tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """The test module's ``ARTICLE`` on the silent engine, its report beside it."""
    article = tmp_path / "news.md"
    article.write_text(request.module.ARTICLE, encoding="utf-8")
    result = cli("build", article, "--voice", "silent", "--out", tmp_path / "out")
    assert result.exit_code == 0, result.stderr
    return tmp_path / "out" / "news.mp3"
