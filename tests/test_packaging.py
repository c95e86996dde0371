"""What the package says of itself, and what its messages tell people to install."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

import readaloud
from readaloud.errors import install_remedy

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
MODULES = sorted((ROOT / "src").rglob("*.py"))
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
A_STRANGERS = re.compile(r"""pip3? install (?:-\S+ )*["']?readaloud\b(?!-zh)""")
"""On the package index this name is somebody else's."""


@pytest.mark.parametrize("path", [*MODULES, *PAGES], ids=str)
def test_nobody_is_told_to_install_a_strangers_package(path: Path) -> None:
    assert not A_STRANGERS.search(path.read_text("utf-8"))


def test_the_search_finds_what_it_looks_for() -> None:
    for line in ('pip install "readaloud[listen]"', "pip install --no-deps readaloud"):
        assert A_STRANGERS.search(line)
    assert not A_STRANGERS.search(install_remedy("listen"))
    assert not A_STRANGERS.search('pip install "readaloud-zh[listen]"')


def test_remedies_name_extras_that_exist() -> None:
    texts = (path.read_text("utf-8") for path in MODULES)
    named = {name for text in texts for name in re.findall(r'install_remedy\("(\w+)"\)', text)}
    assert named
    assert named <= set(PROJECT["optional-dependencies"])


def test_the_version_is_one_that_an_index_takes() -> None:
    assert PROJECT["name"] == "readaloud-zh"
    assert re.fullmatch(r"\d+\.\d+\.\d+(?:(?:a|b|rc)\d+)?", readaloud.__version__)
