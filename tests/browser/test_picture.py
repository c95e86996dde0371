"""The picture that the READMEs show: the sample's read-along page, while a sentence is spoken.

``--renew-golden`` takes it anew. Pixels differ from browser to browser, so the picture carries in
a text chunk what the page said when it was taken, and is out of date once the page says otherwise.
"""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from playwright.sync_api import expect
from serving import serve
from spring import build_edition

from browsers import open_browser
from conftest import SEED

PICTURE = Path(__file__).parents[2] / "docs" / "images" / "read-along.png"
SIZE = (1200, 760)
MOST_BYTES = 200_000
CHUNK = "Description"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample's page, its audio beside it."""
    out = tmp_path_factory.mktemp("edition")
    build_edition(out, SEED.read_text("utf-8"), "mp3,html,json", SEED.name)
    return out / f"{SEED.stem}.html"


def outline(page: Path) -> dict[str, Any]:
    """What of a page a reader of the picture sees, or would miss."""
    root = html.fromstring(page.read_bytes())
    return {
        "title": root.findtext(".//title"),
        "first": "".join(root.cssselect(".s")[0].itertext()),
        "headings": ["".join(each.itertext()) for each in root.cssselect("h1, h2, h3")],
        "controls": [each.get("id") for each in root.cssselect(".player [id]")],
    }


def take(page: Path) -> Image.Image:
    """The page in a browser, in its light colours, with its third sentence being spoken."""
    with open_browser() as browser, serve(page.parent) as root:
        width, height = SIZE
        view = browser.new_page(viewport={"width": width, "height": height}, color_scheme="light")
        view.goto(f"{root}{page.name}")
        view.locator("#u0003").click()
        expect(view.locator("#u0003.now")).to_be_visible()
        view.wait_for_timeout(1500)
        view.evaluate("scrollTo(0, 0)")
        picture = Image.open(io.BytesIO(view.screenshot()))
    return picture.convert("RGB").quantize(128)


def test_the_picture_shows_the_page_as_it_is(page: Path, renew_golden: bool) -> None:
    said = outline(page)
    assert said["title"]
    assert said["first"]
    assert len(said["controls"]) > 5
    if renew_golden:
        told = PngInfo()
        told.add_itxt(CHUNK, json.dumps(said, ensure_ascii=False))
        take(page).save(PICTURE, pnginfo=told, optimize=True)
    with Image.open(PICTURE) as picture:
        assert picture.size == SIZE
        assert json.loads(picture.info[CHUNK]) == said, "the page has changed: --renew-golden"
        assert len(set(picture.convert("L").tobytes())) > 20, "it is empty"
    assert PICTURE.stat().st_size <= MOST_BYTES


def test_a_picture_can_be_taken(page: Path) -> None:
    """So that it can be renewed when that is needed."""
    assert take(page).size == SIZE
