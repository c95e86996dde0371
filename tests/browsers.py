"""A real browser, and axe in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.resources import files

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from conftest import require

_CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
_SWITCHES = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
)
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@contextmanager
def open_browser() -> Iterator[Browser]:
    """Chromium; the test is skipped where there is none."""
    require(_CHROMIUM is not None, "chromium")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=_CHROMIUM, args=_SWITCHES)
        yield running
        running.close()


@contextmanager
def keeps_to_itself(page: Page, address: str) -> Iterator[None]:
    """Go to a page, which may neither complain nor ask for anything from elsewhere."""
    complaints: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    yield
    assert not complaints, complaints
    folder = f"{address.rpartition('/')[0]}/"
    assert [url for url in asked if not url.startswith((folder, "data:"))] == []


def wait_until(page: Page, condition: str) -> None:
    """The page's policy forbids what Playwright would wait with."""
    for _ in range(50):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"never: {condition}")


def axe_violations(
    page: Page, more: Sequence[str] = (), *, least_passes: int
) -> list[tuple[str, list[str]]]:
    """What axe has against a page, by rule; so many of its rules have to apply at least."""
    page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8"))
    found = page.evaluate("tags => axe.run({ runOnly: tags })", [*_RULES, *more])
    assert len(found["passes"]) > least_passes
    return [(v["id"], [n["html"][:80] for n in v["nodes"]]) for v in found["violations"]]
