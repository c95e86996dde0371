"""The sample article on the embedded voice: cold cache, warm cache, one sentence edited.

python tests/benchmarks/sample.py
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from measure import Run, run

SEED = Path(__file__).parents[2] / "seeds" / "000_e3a6cd2e3146a029.txt"


def _build(article: Path, folder: Path) -> tuple[Run, float]:
    command = [sys.executable, "-m", "readaloud", "build", str(article), "--json"]
    done = run([*command, "--out", str(folder / "out"), "--cache-dir", str(folder / "cache")])
    return done, json.loads(done.stdout)["duration_ms"] / 1000


def main() -> None:
    """Print one line a case."""
    cold_s = 0.0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        article = folder / "article.txt"
        article.write_bytes(SEED.read_bytes())
        for case in ("cold", "warm", "one sentence edited"):
            if case == "one sentence edited":
                text = article.read_text(encoding="utf-8")
                article.write_text(text.replace("北風呼嘯", "朔風呼嘯"), encoding="utf-8")
            done, audio = _build(article, folder)
            speed, cold_s = audio / done.seconds, cold_s or done.seconds
            print(
                f"{case}: {done.seconds:.1f} s for {audio:.1f} s of audio "
                f"({speed:.1f} x real time, {done.seconds / cold_s:.1%} of the cold one), "
                f"peak memory {done.peak_mib:.0f} MiB"
            )


if __name__ == "__main__":
    main()
