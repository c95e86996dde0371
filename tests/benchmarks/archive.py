"""Thousands of short articles on the silent engine: speed, peak memory, and time to skip them.

python tests/benchmarks/archive.py [COUNT ...]    500 and 5,000 articles where none is given
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from measure import Run, run

PARAGRAPHS = (
    "今天是第{n}天，天氣很好，出門的人比昨天多。",
    "明天是第{n}天的第二天，記得帶傘。",
    "第{n}則消息到這裡結束，感謝收聽。",
)


def _write(folder: Path, count: int) -> None:
    """Articles of about 15 seconds, a thousand a folder, no two alike."""
    for number in range(count):
        file = folder / f"{number // 1000:03}" / f"n{number:06}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        lines = [f"第{number}則消息", *(line.format(n=number) for line in PARAGRAPHS)]
        file.write_text("\n\n".join(lines), encoding="utf-8")


def _build(folder: Path) -> Run:
    command = [sys.executable, "-m", "readaloud", "build", str(folder / "in"), "--quiet"]
    command += ["--voice", "silent", "--out", str(folder / "out")]
    return run([*command, "--cache-dir", str(folder / "cache")])


def main() -> None:
    """Print one line a size and pass, then the ratio of the peaks."""
    peaks = []
    for count in [int(word) for word in sys.argv[1:]] or [500, 5000]:
        with tempfile.TemporaryDirectory() as name:
            _write(Path(name) / "in", count)
            for told in ("made", "skipped"):
                done = _build(Path(name))
                print(
                    f"{count} articles {told}: {done.seconds:.1f} s, "
                    f"{count / done.seconds:.1f} a second, peak memory {done.peak_mib:.0f} MiB",
                    flush=True,
                )
                peaks += [done.peak_mib] if told == "made" else []
    print(f"peak memory, the last against the first: {peaks[-1] / peaks[0]:.2f}")


if __name__ == "__main__":
    main()
