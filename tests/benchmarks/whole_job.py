"""The whole job, a file of text to finished audio: this program against kokoro-onnx.

python tests/benchmarks/whole_job.py PYTHON [CHARACTERS]

PYTHON is that of an environment with kokoro-onnx, soundfile and "misaki[zh]". Both read the first
CHARACTERS of the sample article, all where none are given, with the same weights and the same
voice, on the cores that there are, and keep no clip. kokoro-onnx has no program: its own example's
steps are taken, a paragraph at a time, in one process with a thread a core. It writes a WAV file;
there is no editing, loudness or encoding in its time. Processor time counts where others use the
machine too.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from embedded import SEED, processor
from measure import Run, run

from readaloud.audio.loudness import measure_file
from readaloud.config.voices import find_style, load_voices
from readaloud.speech.engines.kokoro.weights import find_model

_KOKORO_ONNX = """
import sys
import numpy as np
import soundfile
from kokoro_onnx import Kokoro
from misaki.zh import ZHG2P

text, model, style, out = sys.argv[1:]
kokoro, g2p = Kokoro(model, style), ZHG2P()
said, rate = [], 24000
for line in filter(None, map(str.strip, open(text, encoding="utf-8"))):
    symbols, _ = g2p(line)
    samples, rate = kokoro.create(symbols, "voice", is_phonemes=True)
    said.append(samples)
soundfile.write(out, np.concatenate(said), rate)
"""


def _busy() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _show(name: str, done: Run, busy_s: float, audio: Path) -> None:
    audio_s = measure_file(audio)[1] / 1000
    print(
        f"| {name} | {audio_s:.0f} | {done.seconds:.0f} | {busy_s:.0f} | {busy_s / audio_s:.2f} "
        f"| {done.peak_mib:.0f} |",
        flush=True,
    )


def _readaloud(article: Path, folder: Path) -> None:
    places = ("--out", str(folder), "--cache-dir", str(folder / "cache"))
    before = _busy()
    done = run([sys.executable, "-m", "readaloud", "build", str(article), *places, "--quiet"])
    _show("readaloud: MP3, chapters, report", done, _busy() - before, folder / "article.mp3")


def _kokoro_onnx(python: str, article: Path, folder: Path) -> None:
    style = np.fromfile(find_style(load_voices()["xiaoxiao"]), "<f4").reshape(510, 1, 256)
    np.savez(folder / "voice.npz", voice=style)
    out, before = folder / "spoken.wav", _busy()
    paths = map(str, (article, find_model(), folder / "voice.npz", out))
    done = run([python, "-c", _KOKORO_ONNX, *paths])
    _show("kokoro-onnx: WAV", done, _busy() - before, out)


def main() -> None:
    """Print a table; a run that fails says why, and the other is shown all the same."""
    count = int(sys.argv[2]) if len(sys.argv) > 2 else None
    print(f"{processor()}\n\n| | audio, s | seconds | processor s | a second of audio | MiB |")
    print("| --- | --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        article = folder / "article.txt"
        article.write_text(SEED.read_text(encoding="utf-8")[:count], encoding="utf-8")
        _readaloud(article, folder)
        try:
            _kokoro_onnx(sys.argv[1], article, folder)
        except (RuntimeError, subprocess.SubprocessError) as error:
            print(f"| kokoro-onnx | it failed: {str(error).strip().splitlines()[-1]} |")


if __name__ == "__main__":
    main()
