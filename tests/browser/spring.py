"""An edition for tests in a browser, and what they ask of its page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Page
from typer.testing import CliRunner

PARAGRAPH = "春天到了，河上的冰裂開了。鳥飛過山谷，風很輕。「好天氣！」老人說。孩子們笑了。"
_SECTIONS = (
    ("解凍", f"{PARAGRAPH}\n\n> 一年之計在於春。\n\n{PARAGRAPH}"),
    ("播種", f"{PARAGRAPH}\n\n- 小麥\n- 玉米和大豆\n- 高粱\n\n{PARAGRAPH}"),
    ("等待", f"{PARAGRAPH}\n\n{PARAGRAPH}"),
)
ARTICLE = f"# 北方的春天\n\n{PARAGRAPH}" + "".join(f"\n\n## {a}\n\n{b}" for a, b in _SECTIONS)


def build_edition(
    folder: Path, text: str = ARTICLE, formats: str = "mp3,html,json", name: str = "spring.md"
) -> Path:
    """The folder with the edition ``spring``, on the silent engine, which times every character."""
    from readaloud.cli import app

    (folder / name).write_text(text, encoding="utf-8")
    words = ["build", str(folder / name), "--voice", "silent", "--format", formats]
    words += ["--out", str(folder), "--cache-dir", str(folder / "cache")]
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 0, result.output
    return folder


def open_settings(page: Page) -> None:
    page.locator(".options summary").click()


def start_s(report: dict[str, Any], name: str) -> float:
    return float(next(u["start_ms"] for u in report["utterances"] if u["id"] == name)) / 1000


def time_s(page: Page) -> float:
    return float(page.evaluate("document.querySelector('audio').currentTime"))
