"""The embedded voice against kokoro-onnx: the same weights, symbols and style, side by side.

Real-time factor (seconds of work a second of audio) on one core and on two, seconds to load, peak
memory of all processes; medians of three rounds in which all take turns. Then how far the plain and
the fast path are from the decoder in float.

python -m pip install kokoro-onnx && python tests/benchmarks/embedded.py
"""

from __future__ import annotations

import json
import os
import queue
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from typing import Any

import numpy as np

from readaloud.config.voices import find_style, load_voices
from readaloud.model import Utterance, Voice
from readaloud.speech.engines.kokoro import decoder, derived, fast, original, source
from readaloud.speech.engines.kokoro.inputs import Inputs, inputs_of, symbols_of
from readaloud.speech.engines.kokoro.weights import find_model
from readaloud.spoken import pronounce

SENTENCES = (
    "昨天下午，市政府在新闻发布会上表示，今年将新建十二所小学和三所医院，以满足居民的需要。",
    "气象台预计，未来三天北方大部分地区气温将下降八到十度，局部地区有大雪。",
    "据介绍，这座图书馆收藏了超过一百万册图书，每天接待读者五千多人。",
    "专家提醒，老年人在冬季应注意保暖，外出时要避开结冰的路面。",
    "公司去年营业收入达到二百三十亿元，同比增长百分之十五点六。",
    "她说，自己小时候常常跟着外婆去河边洗衣服，那时的河水清澈见底。",
    "比赛在雨中进行了两个多小时，最终主队以三比二获胜，球迷们欢呼雀跃。",
    "这项研究发表在国际期刊上，研究人员用了七年时间追踪了四千名志愿者的睡眠情况。",
)
ROUNDS = 3
FOR_SPEED = 4
"""Sentences that are timed; the others are compared in quality."""


def paths_here() -> list[str]:
    """The paths that this machine can run."""
    os.environ.pop(derived.PATH_VARIABLE, None)
    return ["plain", "fast"] if derived.choose_path() == "fast" else ["plain"]


def said(sentence: str, voice: Voice) -> tuple[Utterance, Inputs]:
    """The utterance and what the model is given of it."""
    utterance = pronounce(sentence, voice)
    return utterance, inputs_of(utterance, symbols_of(utterance), voice)


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

    def __init__(self, contender: Contender, core: int) -> None:
        command = [sys.executable, __file__, "speak", contender.path, str(contender.threads)]
        cores = [core] if contender.threads == 1 else [0, 1]
        command.append(",".join(map(str, cores)))
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.load_s = float(self._ask(None))

    def speak(self, number: int) -> float:
        """Seconds of audio."""
        return float(self._ask(number))

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


def speak(path: str, threads: int, cores: str) -> None:
    """In a process of its own: load, then answer numbers with seconds of audio."""
    os.sched_setaffinity(0, set(map(int, cores.split(","))))
    voice = load_voices()["xiaoxiao"]
    prepared = [said(sentence, voice) for sentence in SENTENCES]
    start = time.perf_counter()
    run = _readaloud(path, prepared) if path else _kokoro_onnx(threads, voice, prepared)
    print(json.dumps(time.perf_counter() - start), flush=True)
    for line in sys.stdin:
        message = json.loads(line)
        if message == "end":
            print(json.dumps(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024), flush=True)
            return
        print(json.dumps(run(message) / source.SAMPLE_RATE_HZ), flush=True)


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


def speak_all(speakers: list[Speaker]) -> float:
    """All sentences, longest first: real-time factor."""
    waiting: queue.SimpleQueue[int] = queue.SimpleQueue()
    for number in sorted(range(FOR_SPEED), key=lambda n: -len(SENTENCES[n])):
        waiting.put(number)
    spoken: list[float] = []

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
    return (time.perf_counter() - start) / sum(spoken)


def compare_speed() -> None:
    """Print a row a contender; last, its speed against kokoro-onnx on as many cores."""
    contenders = [c for c in CONTENDERS if c.path in paths_here() or not c.path]
    teams = {c: [Speaker(c, core) for core in range(c.processes)] for c in contenders}
    factors: dict[Contender, list[float]] = {c: [] for c in contenders}
    for number in range(ROUNDS + 1):
        for contender, team in teams.items():
            factor = speak_all(team)
            if number:  # the first round warms up
                factors[contender].append(factor)
    print(f"{'':28}{'cores':>6}{'RTF':>8}{'load s':>8}{'MiB':>7}{'times':>7}")
    bases: dict[int, float] = {}
    for contender, team in teams.items():
        factor = statistics.median(factors[contender])
        base = bases.setdefault(contender.cores, factor)
        load_s = max(speaker.load_s for speaker in team)
        peak_mib = sum(speaker.peak_mib() for speaker in team)
        print(
            f"{contender.name:28}{contender.cores:>6}{factor:>8.3f}{load_s:>8.2f}"
            f"{peak_mib:>7.0f}{base / factor:>7.2f}"
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
            for sentence in SENTENCES[FOR_SPEED:]:
                _, inputs = said(sentence, voice)
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
    compare_speed()
    compare_quality()


if __name__ == "__main__":
    if sys.argv[1:2] == ["speak"]:
        speak(sys.argv[2], int(sys.argv[3]), sys.argv[4])
    else:
        main()
