"""Workers of a Dask cluster on this machine: efficiency, and what the scheduler costs.

python tests/benchmarks/cluster.py [UTTERANCES]    empty ones for the scheduler's cost; else 100,000

The embedded voice says the same utterances with 1 and 2 workers of a cluster, and with 1 and 2
processes without one, in turn; each time the voice is loaded before the clock starts. Efficiency is
the time of one worker over twice that of two. The clips are kept nowhere. Then come utterances that
take time but no core, which shows what the cluster alone loses, on a busy machine too; then empty
ones. All pass through the same queue, with as many under way as the program has with so many
workers.
"""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from distributed import Client, LocalCluster

from readaloud.config.run_options import Options
from readaloud.editions.scripting import make_script
from readaloud.editions.voice_and_lexicon import find_lexicon, find_voice
from readaloud.model import Utterance, Voice
from readaloud.sources.find import load_source
from readaloud.speech import worker as speaking
from readaloud.speech.clip_cache import clip_key
from readaloud.speech.dask_cluster import ClusterSpeech, identify, open_cluster
from readaloud.speech.engines import load_engine
from readaloud.speech.utterance_queue import Crew, Workers, open_workers
from readaloud.speech.worker_processes import Speak

SEED = Path(__file__).parents[2] / "seeds" / "000_e3a6cd2e3146a029.txt"
SPOKEN, REPEATS = 12, 3
"""Utterances an embedded run; runs of each kind."""
AT_ONCE, FEW = (2, 200, 20), 20
"""Sizes of clusters whose window is tried; all but the last with a twentieth of the utterances."""


def _say(workers: Workers, utterances: list[Utterance], voice: Voice) -> tuple[float, float]:
    """Seconds for all, and seconds of audio."""
    start = time.perf_counter()
    spoken = [
        workers.ask(clip_key(each, voice, ""), each, voice, 0, lambda _: None)
        for each in utterances
    ]
    audio_ms = sum(each.result() for each in spoken)
    return time.perf_counter() - start, audio_ms / 1000


@contextmanager
def _cluster(workers: int) -> Iterator[LocalCluster]:
    with LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",
        silence_logs=logging.ERROR,
    ) as running:
        yield running


def _on_cluster(count: int, utterances: list[Utterance], voice: Voice) -> tuple[float, float]:
    engine = load_engine(voice.engine)
    with _cluster(count) as running, Client(running.scheduler_address) as client:
        client.run(speaking.warm, voice.engine)
        with open_cluster(running.scheduler_address, engine, print) as workers:
            return _say(workers, utterances, voice)


def _here(count: int, utterances: list[Utterance], voice: Voice) -> tuple[float, float]:
    with open_workers(load_engine(voice.engine), count) as workers:
        workers.warm(count)
        while workers._at_work:
            time.sleep(0.01)
        return _say(workers, utterances, voice)


def _efficiency(utterances: list[Utterance], voice: Voice) -> None:
    """Print the medians of interleaved runs."""
    kinds = {"cluster": _on_cluster, "processes": _here}
    seconds: dict[tuple[str, int], list[float]] = {}
    for _ in range(REPEATS):
        for name, run in kinds.items():
            for count in (1, 2):
                took, audio = run(count, utterances, voice)
                seconds.setdefault((name, count), []).append(took)
    for name in kinds:
        one, two = median(seconds[name, 1]), median(seconds[name, 2])
        print(
            f"{name}: {len(utterances)} utterances, {audio:.0f} s of audio; 1: {one:.1f} s, "
            f"2: {two:.1f} s, efficiency {one / 2 / two:.2f}"
        )
    ratio = median(seconds["cluster", 2]) / median(seconds["processes", 2])
    print(f"2 workers of a cluster against 2 processes: {ratio:.2f} of the time")


def empty(utterance: Utterance, voice: Voice) -> tuple[bytes, int]:
    """What an utterance costs that takes no time to speak."""
    return b"", 1


def pause(utterance: Utterance, voice: Voice) -> tuple[bytes, int]:
    """As long as a quick voice would need, on a core of its own."""
    time.sleep(0.01 * len(utterance.spoken))
    return b"", 1


def _crew(client: Client, does: Speak, at_once: int) -> Workers:
    """A cluster that does something else than speak; what it does first doesn't count."""
    there = ClusterSpeech(client, identify("silent"), does)
    there.speak(Utterance("", "", "sentence", "", ""), find_voice(Options(voice="silent")))
    return Workers(Crew(lambda: there.speak, lambda: at_once))


def _pauses(utterances: list[Utterance]) -> None:
    """Print the efficiency of two workers for utterances that take no core."""
    voice, seconds = find_voice(Options(voice="silent")), []
    for count in (1, 2):
        with _cluster(count) as running, Client(running.scheduler_address) as client:
            seconds.append(_say(_crew(client, pause, 10), utterances, voice)[0])
    one, two = seconds
    print(
        f"{len(utterances)} utterances that take no core; 1: {one:.1f} s, 2: {two:.1f} s, "
        f"efficiency {one / 2 / two:.2f}",
        flush=True,
    )


def _scheduling(count: int) -> None:
    """Print the cost of an utterance, for windows of clusters of several sizes."""
    voice = find_voice(Options(voice="silent"))
    with _cluster(2) as running, Client(running.scheduler_address) as client:
        for size in AT_ONCE:
            some = count if size == AT_ONCE[-1] else count // FEW
            utterances = [Utterance(f"u{n}", "c1", "sentence", "", str(n)) for n in range(some)]
            workers = _crew(client, empty, 2 * size + 2)
            busy = time.process_time()
            took, _ = _say(workers, utterances, voice)
            busy = time.process_time() - busy
            print(
                f"{some} empty utterances, {2 * size + 2} under way: {took / some * 1e6:.0f} "
                f"microseconds each, {busy / some * 1e6:.0f} of them of a core for scheduler and "
                "client",
                flush=True,
            )


def main() -> None:
    """Print what the cluster loses, what the scheduler costs, and the voice's efficiency."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    options = Options()
    voice = find_voice(options)
    script = make_script(load_source(SEED), voice, find_lexicon(options), options)
    _pauses(list(script.utterances))
    _scheduling(count)
    _efficiency(list(script.utterances[:SPOKEN]), voice)


if __name__ == "__main__":
    main()
