"""100 utterances of an online voice, against a stand-in of the service on loopback.

The stand-in waits 0.4 s before the first byte and sends audio at 60 times real time. Wall time is
held against requests one by one, and against the bound: total service time divided by jobs.

    python tests/benchmarks/online.py
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "speech"))

from edge_service import Service, mp3_of, serving

from readaloud.config.voices import find_voice
from readaloud.model import Article, Chapter, Script, Utterance
from readaloud.speech.clip_cache import ClipCache
from readaloud.speech.edition_clips import Speaking
from readaloud.speech.engines.edge.engine import EdgeEngine
from readaloud.speech.utterance_queue import open_workers

COUNT, FIRST_BYTE_S, SPEED = 100, 0.4, 60.0


def _script() -> Script:
    texts = [f"第{n}句說的是一件平常的事，說話的人慢慢地說。" for n in range(COUNT)]
    items = tuple(Utterance(f"u{n}", "c1", "sentence", t, t) for n, t in enumerate(texts))
    return Script(Article("a", None, None, None, "zh-Hant", (Chapter("c1", None, ()),), ()), items)


def _seconds(script: Script, jobs: int, folder: Path) -> float:
    start = time.perf_counter()
    voice, cache = find_voice("zh-CN-XiaoxiaoNeural"), ClipCache(folder / str(jobs))
    with (
        open_workers(EdgeEngine, jobs) as workers,
        Speaking(voice, cache, lambda _: workers, lambda *_: None) as speaker,
    ):
        speaker.finish(script)
    return time.perf_counter() - start


def main() -> None:
    """Print wall time for 1 and 6 jobs, and the ratio to the bound."""
    script = _script()
    for item in script.utterances:
        mp3_of(item.spoken)  # the stand-in's encoding is none of the client's time
    service_s = sum(FIRST_BYTE_S + len(mp3_of(u.spoken)) / 6000 / SPEED for u in script.utterances)
    with (
        serving(Service(first_byte_s=FIRST_BYTE_S, speed=SPEED)),
        tempfile.TemporaryDirectory() as f,
    ):
        for jobs in (6, 1):
            wall_s = _seconds(script, jobs, Path(f))
            bound_s = service_s / jobs
            print(
                f"{jobs} at once: {wall_s:.1f} s for {COUNT} utterances; bound {bound_s:.1f} s, "
                f"ratio {wall_s / bound_s:.2f}"
            )


if __name__ == "__main__":
    main()
