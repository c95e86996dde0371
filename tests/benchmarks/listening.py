"""Eight embedded voices at three rates through the recogniser: errors of toneless pinyin.

python tests/benchmarks/listening.py [folder] [voice ...]

Twelve utterances of news with numbers and names. Spoken clips and editions stay in the folder, so a
second run only listens; without one, a temporary folder is used. Needs the extra "listen".
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import readaloud
from readaloud.config.voices import load_voices
from readaloud.editions.check import check

ARTICLE = Path(__file__).with_suffix(".md")
RATES = (0.9, 1.0, 1.1)


def _edition(voice: str, rate: float, folder: Path) -> Path:
    out = folder / f"{voice}-{rate}"
    mp3 = out / f"{ARTICLE.stem}.mp3"
    if not mp3.is_file():
        (outcome,) = readaloud.build(
            ARTICLE, voice=voice, rate=rate, out=out, cache_dir=folder / "clips"
        )
        if outcome.error:
            raise outcome.error
    return mp3


def _measure(voices: Sequence[str], folder: Path) -> None:
    """Print a line a voice and rate, then the sums of each voice, and the utterances flagged."""
    sums: Counter[str] = Counter()
    flagged: list[str] = []
    print("voice       rate  syllables  errors  per cent  seconds")
    for voice in voices:
        for rate in RATES:
            mp3 = _edition(voice, rate, folder)
            start = time.perf_counter()
            (checked,) = check([str(mp3)], listen=True)
            seconds = time.perf_counter() - start
            hearing = checked.hearing
            if hearing is None:
                raise RuntimeError(checked.problems)
            _print_line(voice, f"{rate:g}", hearing.syllables, hearing.errors, seconds)
            sums[f"{voice} syllables"] += hearing.syllables
            sums[f"{voice} errors"] += hearing.errors
            flagged += [f"{voice} {rate:g}: {problem}" for problem in checked.problems]
    for voice in voices:
        _print_line(voice, "all", sums[f"{voice} syllables"], sums[f"{voice} errors"])
    print(*flagged, sep="\n")


def _print_line(
    voice: str, rate: str, syllables: int, errors: int, seconds: float | None = None
) -> None:
    took = "" if seconds is None else f"{seconds:9.1f}"
    print(f"{voice:10}{rate:>6}{syllables:11}{errors:8}{100 * errors / syllables:10.1f}{took}")


def main() -> None:
    """Print the table."""
    embedded = [voice.name for voice in load_voices().values() if voice.engine == "kokoro"]
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(temporary)
        _measure(sys.argv[2:] or embedded, folder)


if __name__ == "__main__":
    main()
