"""DAISY's Ace on EPUB editions: the sample in Traditional characters, a nested bulletin with lists.

npm install --ignore-scripts @daisy/ace
python tests/benchmarks/ace.py

Needs Node.js, and Chromium where Puppeteer looks for it or where PUPPETEER_EXECUTABLE_PATH says.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "formats")]

from books import write_bulletin  # noqa: E402


def _build(article: Path, folder: Path) -> Path:
    command = [sys.executable, "-m", "readaloud", "build", str(article), "--quiet"]
    command += ["--voice", "silent", "--format", "epub", "--cache-dir", str(folder / "cache")]
    subprocess.run([*command, "--out", str(folder / "out")], check=True)
    return folder / "out" / f"{article.stem}.epub"


def _inspect(book: Path, folder: Path) -> list[str]:
    """An issue a line: its page, its rule, how grave it is."""
    command = ["npx", "ace-puppeteer", "--force", "--silent", "--outdir", str(folder / "ace")]
    subprocess.run([*command, str(book)], check=True)
    report: dict[str, Any] = json.loads((folder / "ace" / "report.json").read_text("utf-8"))
    return [
        f"{page['earl:testSubject']['url']}: {test['dct:title']} ({test['earl:impact']})"
        for page in report["assertions"]
        for test in (found["earl:test"] for found in page["assertions"])
    ]


def main() -> None:
    """Print each book's issues."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for article in (ROOT / "seeds" / "000_e3a6cd2e3146a029.txt", write_bulletin(folder)):
            issues = _inspect(_build(article, folder), folder)
            print(f"{article.name}: {len(issues)} issues", *issues, sep="\n  ")


if __name__ == "__main__":
    main()
