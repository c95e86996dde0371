"""Processor time to read and edit: pages of about 100 kB, and a text of 3 MB.

python tests/benchmarks/editing_speed.py FOLDER    the folder of tests/corpus/wild_pages.py
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from readaloud.editing import decide
from readaloud.errors import ReadaloudError
from readaloud.model import EditingRules, ReadingRules, Source
from readaloud.sources import readers

PAGE_BYTES = 100_000
TEXT_BYTES = 3_000_000
PASSES = 3


def measure(name: str, suffix: str, data: bytes) -> float:
    """Seconds of the quickest pass."""
    spent = []
    for _ in range(PASSES):
        start = time.process_time()
        decide(readers.read(Source(name, name, suffix, data), ReadingRules()), EditingRules())
        spent.append(time.process_time() - start)
    return min(spent)


def main() -> None:
    """Print the pages nearest to 100 kB, then the longest dumps one after the other."""
    folder = Path(sys.argv[1])
    pages = sorted(
        (folder / "html").glob("*.html"), key=lambda page: abs(page.stat().st_size - PAGE_BYTES)
    )
    for page in pages[:5]:
        data = page.read_bytes()
        try:
            print(f"{page.name:24}{len(data):>10} bytes{measure(page.stem, '.html', data):8.3f} s")
        except ReadaloudError as error:
            print(f"{page.name:24}{error}")
    dumps = sorted((folder / "dump").glob("*.txt"), key=lambda dump: -dump.stat().st_size)
    text = b"".join(dump.read_bytes() for dump in dumps)
    text = (text * (TEXT_BYTES // len(text) + 1))[:TEXT_BYTES].decode("utf-8", "ignore").encode()
    print(f"{'all dumps':24}{len(text):>10} bytes{measure('all', '.txt', text):8.3f} s")


if __name__ == "__main__":
    main()
