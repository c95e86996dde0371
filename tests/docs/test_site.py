"""The site builds strictly and without the network; tables and READMEs agree with the program."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from doc_pages import PAGES, ROOT
from lxml import html
from playwright.sync_api import Browser
from typer.testing import Result

from browsers import axe_violations
from conftest import EVERY_PAGE, require
from readaloud.config.voices import load_voices
from readaloud.formats import FORMATS

LANGUAGES = ("en", "zh")
REMOTE = re.compile(r"(?:https?:)?//")


def first_column(page: Path) -> list[str]:
    """The code in the first cells of a page's tables."""
    return re.findall(r"^\| `([\w-]+)` \|", page.read_text("utf-8"), re.MULTILINE)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole site, built where warnings are errors; links and anchors are among them."""
    require(importlib.util.find_spec("zensical") is not None, "zensical")
    folder = tmp_path_factory.mktemp("site")
    for part in ("docs", "docs-theme"):
        shutil.copytree(ROOT / part, folder / part)
    shutil.copy(ROOT / "zensical.toml", folder)
    command = [sys.executable, "-m", "zensical", "build", "--strict", "--clean"]
    built = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    return folder / "site"


def test_every_page_is_there_in_its_language(site: Path) -> None:
    for page in (ROOT / "docs").rglob("*.md"):
        place = page.relative_to(ROOT / "docs")
        stem = place.with_suffix("") if place.stem != "index" else place.parent
        made = html.fromstring((site / stem / "index.html").read_bytes())
        assert made.get("lang") == ("zh" if place.parts[0] == "zh" else "en"), place
        assert len(made.cssselect("h1")) == 1, place


def test_no_page_asks_another_server_for_anything(site: Path) -> None:
    made = list(site.rglob("*.html"))
    assert len(made) > 30
    for path in made:
        root = html.fromstring(path.read_bytes())
        loaded = root.xpath("//script/@src | //img/@src | //iframe/@src | //source/@src")
        loaded += root.xpath("//link[not(@rel='canonical' or @rel='alternate')]/@href")
        assert [url for url in loaded if REMOTE.match(url)] == [], path
    for path in site.rglob("*.css"):
        text = path.read_text("utf-8")
        assert not re.search(r"""(?:@import|url\()\s*["']?(?:https?:)?//""", text), path


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(site: Path, browser: Browser, scheme: Any) -> None:
    """On a page of each kind, and in light colours on all Chinese guides; all by command."""
    page = browser.new_page(viewport={"width": 1280, "height": 800}, color_scheme=scheme)
    kinds = ("index.html", "zh/first-edition/index.html", "reference/settings/index.html")
    guides = sorted((site / "zh").rglob("index.html")) if scheme == "light" else []
    every = sorted(site.rglob("index.html"))
    for path in every if EVERY_PAGE else [*(site / kind for kind in kinds), *guides]:
        page.goto(path.as_uri())
        assert axe_violations(page, least_passes=10) == [], path
    page.close()


def test_both_languages_have_the_same_pages() -> None:
    english, chinese = ({p.name for p in (ROOT / "docs" / each).glob("*.md")} for each in LANGUAGES)
    assert english == chinese
    for page in (ROOT / "docs" / "zh").glob("*.md"):
        assert page.read_text("utf-8").startswith("---\nlanguage: zh\n---\n"), page


@pytest.mark.parametrize("language", LANGUAGES)
def test_tables_of_the_guides_are_whole(language: str) -> None:
    guide = ROOT / "docs" / language
    assert first_column(guide / "formats.md") == [each.name for each in FORMATS.all()]
    codes = re.findall(r"^\| (\d+) ", (guide / "exit-codes.md").read_text("utf-8"), re.MULTILINE)
    there = re.findall(
        r"^\| (\d+) ", (ROOT / "docs/reference/exit-codes.md").read_text("utf-8"), re.M
    )
    assert codes == sorted({*there, "0", "1", "130"}, key=int)


def test_all_embedded_voices_are_measured() -> None:
    measured = (ROOT / "docs" / "measured.md").read_text("utf-8")
    embedded = {voice.name for voice in load_voices().values() if voice.engine == "kokoro"}
    tables = re.findall(r"^\| voice \|.*\n\|[ |-]*\n((?:\|.*\n)+)", measured, re.MULTILINE)
    assert len(tables) == 2
    for rows in tables:
        assert set(re.findall(r"^\| (\w+) \|", rows, re.MULTILINE)) == embedded


def test_benchmarks_that_are_named_exist() -> None:
    for page in PAGES:
        for path in re.findall(r"`python ([\w/]+\.py)`", page.read_text("utf-8")):
            assert (ROOT / path).is_file(), (page, path)


@pytest.mark.parametrize("page", sorted(ROOT.glob("README*.md")), ids=lambda page: page.name)
def test_the_readmes_are_short_and_lead_somewhere(page: Path) -> None:
    text = page.read_text("utf-8")
    assert len(text.splitlines()) < 130
    assert "python -m pip install . && readaloud build seeds/" in text
    assert 'python -m pip install ".[test]" && python -m pytest -n auto --dist worksteal' in text
    assert "Python 3.11" in text
    links = re.findall(r"\]\(([^)#]+)", text)
    assert len(links) > 15
    assert [link for link in links if not (ROOT / link).is_file()] == []


def test_the_form_asks_for_what_doctor_prints(cli: Callable[..., Result]) -> None:
    form = yaml.safe_load((ROOT / ".github" / "ISSUE_TEMPLATE" / "bug.yml").read_text("utf-8"))
    fields = [part for part in form["body"] if part["type"] != "markdown"]
    assert all(field["validations"]["required"] for field in fields)
    labels = " ".join(field["attributes"]["label"] for field in fields)
    asked = re.findall(r"`readaloud ([^`]+)`", labels)
    assert asked == ["doctor"]
    assert cli(*asked).exit_code == 0
