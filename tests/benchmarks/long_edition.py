"""Editions of 1 hour and 10 hours on the silent engine: real-time factor and peak memory.

python tests/benchmarks/long_edition.py
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from measure import Run, run

SENTENCE = "第{n}段講的是一件平常的事，說話的人慢慢地說，聽的人慢慢地聽，誰也不著急。"


def _article(path: Path, hours: int) -> None:
    """About ``hours`` of speech in chapters of ten minutes."""
    lines = ["長篇測試"]
    for chapter in range(hours * 6):
        lines.append(f"## 第{chapter + 1}章")
        lines += [SENTENCE.format(n=chapter * 70 + k) * 3 for k in range(25)]
    path.write_text("\n\n".join(lines), encoding="utf-8")


def _build(hours: int, folder: Path) -> tuple[Run, float]:
    article = folder / f"{hours}h.md"
    _article(article, hours)
    command = [sys.executable, "-m", "readaloud", "build", str(article), "--voice", "silent"]
    done = run([*command, "--json", "--out", str(folder / "out"), "--cache-dir", str(folder / "c")])
    return done, json.loads(done.stdout)["duration_ms"] / 1000


def main() -> None:
    """Print one line a length, then the ratio of the peaks."""
    peaks = {}
    with tempfile.TemporaryDirectory() as name:
        for hours in (1, 10):
            done, audio = _build(hours, Path(name))
            peaks[hours] = done.peak_mib
            print(
                f"{audio / 3600:.2f} h of audio: {done.seconds:.1f} s "
                f"({audio / done.seconds:.0f} x real time), peak memory {done.peak_mib:.0f} MiB"
            )
    print(f"peak memory, 10 h against 1 h: {peaks[10] / peaks[1]:.2f}")


if __name__ == "__main__":
    main()
