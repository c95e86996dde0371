"""The embedded voice against kokoro-onnx: the same weights, symbols and style, side by side.

Each says the first 60 utterances of the sample article, no two alike, once: a sentence that was
said before can be quicker. All take turns, six utterances at a time. A row has the seconds of work
a second of audio by the clock (RTF), which says nothing on a machine that others use, and in
processor time (busy); seconds to load; the highest memory of all its processes together. Last, how
far the plain and the fast path are from the decoder in float.

python -m pip install kokoro-onnx && python tests/benchmarks/embedded.py [UTTERANCES]
"""

from __future__ import annotations

import json
import os
import queue
import resource
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from readaloud.audio.ahead import usable_cores
from readaloud.config.run_options import Options
from readaloud.config.voices import find_style, load_voices
from readaloud.editions.scripting import make_script
from readaloud.editions.voice_and_lexicon import find_lexicon, find_voice
from readaloud.model import Utterance, Voice
from readaloud.sources.find import load_source
from readaloud.speech.engines.kokoro import decoder, derived, fast, original, source
from readaloud.speech.engines.kokoro.inputs import Inputs, inputs_of, symbols_of
from readaloud.speech.engines.kokoro.processor import flags
from readaloud.speech.engines.kokoro.weights import find_model
from readaloud.spoken import pronounce

QUALITY = (
    "公司去年营业收入达到二百三十亿元，同比增长百分之十五点六。",
    "她说，自己小时候常常跟着外婆去河边洗衣服，那时的河水清澈见底。",
    "比赛在雨中进行了两个多小时，最终主队以三比二获胜，球迷们欢呼雀跃。",
    "这项研究发表在国际期刊上，研究人员用了七年时间追踪了四千名志愿者的睡眠情况。",
)
"""Sentences that the fast path was not calibrated on."""
SEED = Path(__file__).parents[2] / "seeds" / "000_e3a6cd2e3146a029.txt"
UTTERANCES, AT_ONCE = 60, 6


def paths_here() -> list[str]:
    """The paths that this machine can run."""
    os.environ.pop(derived.PATH_VARIABLE, None)
    return ["plain", "fast"] if derived.choose_path() == "fast" else ["plain"]


def said(utterance: Utterance, voice: Voice) -> tuple[Utterance, Inputs]:
    """The utterance and what the model is given of it."""
    return utterance, inputs_of(utterance, symbols_of(utterance), voice)


def utterances(count: int) -> list[Utterance]:
    """The first of the sample article, no two alike."""
    options = Options()
    voice = find_voice(options)
    script = make_script(load_source(SEED), voice, find_lexicon(options), options)
    return list({each.spoken: each for each in script.utterances}.values())[:count]


def processor() -> str:
    """Its name, and the instruction sets that matter."""
    text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    name = next(line for line in text.splitlines() if line.startswith("model name"))
    sets = [each for each in ("avx2", "avx512_vnni", "amx_tile") if each in flags()]
    return f"{name.partition(':')[2].strip()}, {usable_cores()} cores, {' '.join(sets)}"


@dataclass(frozen=True)
class Contender:
    """A program on some processes of some threads; ``path`` is readaloud's own."""

    name: str
    processes: int
    threads: int
    path: str = ""

    @property
    def cores(self) -> int:
        """How many it may use."""
        return self.processes * self.threads


CONTENDERS = (
    Contender("kokoro-onnx", 1, 1),
    Contender("readaloud, plain path", 1, 1, "plain"),
    Contender("readaloud, fast path", 1, 1, "fast"),
    Contender("kokoro-onnx", 1, 2),
    Contender("kokoro-onnx, two processes", 2, 1),
    Contender("readaloud, plain path", 2, 1, "plain"),
    Contender("readaloud, fast path", 2, 1, "fast"),
)


class Speaker:
    """A process that speaks sentences by their numbers."""

    def __init__(self, contender: Contender, core: int, count: int) -> None:
        command = [sys.executable, __file__, "speak", contender.path, str(contender.threads)]
        command.append(str(count))
        cores = [core] if contender.threads == 1 else [0, 1]
        command.append(",".join(map(str, cores)))
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.load_s = float(self._ask(None))

    def speak(self, number: int) -> tuple[float, float]:
        """Seconds of audio, and of processor time."""
        audio_s, busy_s = self._ask(number)
        return audio_s, busy_s

    def peak_mib(self) -> float:
        """End the process; the most memory that it ever had."""
        peak = float(self._ask("end"))
        self._process.wait()
        return peak

    def _ask(self, message: Any) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        if message is not None:
            self._process.stdin.write(json.dumps(message) + "\n")
            self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())


def speak(path: str, threads: int, count: int, cores: str) -> None:
    """In a process of its own: load, then answer numbers with seconds of audio and of work."""
    os.sched_setaffinity(0, set(map(int, cores.split(","))))
    voice = load_voices()["xiaoxiao"]
    prepared = [said(utterance, voice) for utterance in utterances(count)]
    start = time.perf_counter()
    run = _readaloud(path, prepared) if path else _kokoro_onnx(threads, voice, prepared)
    print(json.dumps(time.perf_counter() - start), flush=True)
    for line in sys.stdin:
        message = json.loads(line)
        if message == "end":
            print(json.dumps(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024), flush=True)
            return
        busy = time.process_time()
        audio_s = run(message) / source.SAMPLE_RATE_HZ
        print(json.dumps((audio_s, time.process_time() - busy)), flush=True)


def _readaloud(path: str, prepared: list[tuple[Utterance, Inputs]]) -> Any:
    os.environ[derived.PATH_VARIABLE] = path
    opened = derived.open_path()
    return lambda number: len(opened.run(prepared[number][1]).samples)


def _kokoro_onnx(threads: int, voice: Voice, prepared: list[tuple[Utterance, Inputs]]) -> Any:
    import onnxruntime
    from kokoro_onnx import Kokoro

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(
        str(find_model()), options, providers=["CPUExecutionProvider"]
    )
    style = np.fromfile(find_style(voice), "<f4").reshape(510, 1, 256)
    with tempfile.NamedTemporaryFile(suffix=".npz") as file:
        np.savez(file.name, voice=style)
        kokoro = Kokoro.from_session(session, file.name)

    def run(number: int) -> int:
        utterance = prepared[number][0]
        symbols = "".join(symbol for symbol, _, _ in symbols_of(utterance))
        samples, _ = kokoro.create(symbols, style, is_phonemes=True, trim=False)
        return len(samples)

    return run


@dataclass
class Spent:
    """Seconds that a contender took, and of the audio that it made."""

    clock: float = 0.0
    busy: float = 0.0
    audio: float = 0.0


def speak_some(speakers: list[Speaker], numbers: list[int], spent: Spent) -> None:
    """Some utterances, in this order, on all processes of a contender."""
    waiting: queue.SimpleQueue[int] = queue.SimpleQueue()
    for number in numbers:
        waiting.put(number)
    spoken: list[tuple[float, float]] = []

    def work(speaker: Speaker) -> None:
        while True:
            try:
                spoken.append(speaker.speak(waiting.get_nowait()))
            except queue.Empty:
                return

    threads = [threading.Thread(target=work, args=(speaker,)) for speaker in speakers]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    spent.clock += time.perf_counter() - start
    spent.audio += sum(audio for audio, _ in spoken)
    spent.busy += sum(busy for _, busy in spoken)


def compare_speed(count: int) -> None:
    """Print a row a contender; last, its speed against kokoro-onnx on as many cores."""
    contenders = [c for c in CONTENDERS if c.path in paths_here() or not c.path]
    teams = {c: [Speaker(c, core, count) for core in range(c.processes)] for c in contenders}
    spent = {c: Spent() for c in contenders}
    order = sorted(range(count), key=[-len(u.spoken) for u in utterances(count)].__getitem__)
    for start in range(0, count, AT_ONCE):
        for contender, team in teams.items():
            speak_some(team, order[start : start + AT_ONCE], spent[contender])
    print(f"{processor()}; {count} utterances")
    print(f"{'':28}{'cores':>6}{'RTF':>8}{'busy':>8}{'load s':>8}{'MiB':>7}{'times':>7}{'busy':>7}")
    bases: dict[int, Spent] = {}
    for contender, team in teams.items():
        took = spent[contender]
        base = bases.setdefault(contender.cores, took)
        load_s = max(speaker.load_s for speaker in team)
        peak_mib = sum(speaker.peak_mib() for speaker in team)
        print(
            f"{contender.name:28}{contender.cores:>6}{took.clock / took.audio:>8.3f}"
            f"{took.busy / took.audio:>8.3f}{load_s:>8.2f}{peak_mib:>7.0f}"
            f"{base.clock / took.clock:>7.2f}{base.busy / took.busy:>7.2f}"
        )


def compare_quality() -> None:
    """Print how far both paths are from the decoder in float, on sentences not calibrated on."""
    model = original.load(find_model())
    floats = original.read_weights(model)
    around = fast.around_of(floats)
    front = fast.Front(original.cut(model, fast.BETWEEN), around)
    decode = fast.compile_model(decoder.build(floats, {}))
    print(f"\n{'against float':28}{'SNR dB':>8}{'log-mel dB':>12}{'durations that differ':>23}")
    for path in paths_here():
        os.environ[derived.PATH_VARIABLE] = path
        opened = derived.open_path()
        rows = []
        for name in ("xiaoxiao", "yunxi", "yunjian"):
            voice = load_voices()[name]
            for sentence in QUALITY:
                _, inputs = said(pronounce(sentence, voice), voice)
                feed = front.run(inputs)
                spectrum = decode(feed.arrays())["spectrum"][0, :, 0]
                best = source.to_waveform(spectrum, around["basis"])
                found = opened.run(inputs)
                differ = int((found.durations != feed.durations).sum())
                rows.append(
                    (derived.snr_db(best, found.samples), _mel_db(best, found.samples), differ)
                )
        snr, mel, differ = np.array(rows).mean(axis=0)
        print(f"{path + ' path':28}{snr:>8.1f}{mel:>12.2f}{differ:>23.0f}")


def _mel_db(best: np.ndarray, found: np.ndarray) -> float:
    """Root mean square of the difference of 80 log-mel bands, within 60 dB of the loudest."""
    one, other = _log_mel(best), _log_mel(found)
    heard = one > one.max() - 60
    return float(np.sqrt(np.square(one - other)[heard].mean()))


def _log_mel(samples: np.ndarray) -> np.ndarray:
    frames = np.lib.stride_tricks.sliding_window_view(samples, 1024)[::256] * np.hanning(1024)
    power = np.square(np.abs(np.fft.rfft(frames, axis=1)))
    edges = 700 * (10 ** (np.linspace(0, 2595 * np.log10(1 + 12_000 / 700), 82) / 2595) - 1)
    hertz = np.linspace(0, 12_000, power.shape[1])
    rising = (hertz - edges[:-2, None]) / np.diff(edges)[:-1, None]
    falling = (edges[2:, None] - hertz) / np.diff(edges)[1:, None]
    bands = np.clip(np.minimum(rising, falling), 0, None)
    return np.asarray(10 * np.log10(power @ bands.T + 1e-10))


def main() -> None:
    """Prepare all paths, then compare."""
    for path in paths_here():
        os.environ[derived.PATH_VARIABLE] = path
        derived.prepare(print)
    compare_speed(int(sys.argv[1]) if len(sys.argv) > 1 else UTTERANCES)
    compare_quality()


if __name__ == "__main__":
    if sys.argv[1:2] == ["speak"]:
        speak(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), sys.argv[5])
    else:
        main()
