"""How soon there is something: processor time of the short commands, and the first sound.

python tests/benchmarks/start_up.py

Processor time is that of the whole command with its processes. The first sound is timed from the
start of ``build --stream -`` to the first samples of speech: with the voice still to be loaded, and
with clips that are kept. Compiled patterns are used where the package was built (or installed in
place), as ``pip install`` does.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SEED = Path(__file__).parents[2] / "seeds" / "000_e3a6cd2e3146a029.txt"
SENTENCE = "重庆银行2020年增长5.2%"
ROUNDS = 5
_HEADER_BYTES, _SPEECH_BYTES = 44, 4800


def processor_s(*arguments: str) -> float:
    """The least of some runs of a command, in seconds of processor time."""
    found = []
    for _ in range(ROUNDS):
        before = _children_s()
        command = [sys.executable, "-m", "readaloud", *arguments]
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
        found.append(_children_s() - before)
    return min(found)


def first_sound_s(article: Path, folder: Path) -> tuple[float, float]:
    """Seconds from the start to the first sound, and to the end of the edition."""
    where = ["--out", str(folder / "out"), "--cache-dir", str(folder / "cache")]
    command = [sys.executable, "-m", "readaloud", "build", str(article), *where, "-q"]
    start = time.perf_counter()
    with subprocess.Popen([*command, "--stream", "-"], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert len(process.stdout.read(_HEADER_BYTES + _SPEECH_BYTES)) > _HEADER_BYTES
        first = time.perf_counter() - start
        while process.stdout.read(65_536):
            pass
    return first, time.perf_counter() - start


def _children_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Print one line a case."""
    print(f"--version: {processor_s('--version'):.2f} s of a core")
    print(f"pronounce, one sentence: {processor_s('pronounce', SENTENCE):.2f} s of a core")
    print(f"plan, the sample: {processor_s('plan', str(SEED)):.2f} s of a core")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for case in ("the voice to be loaded", "clips kept"):
            first, whole = first_sound_s(SEED, folder)
            print(f"first sound, {case}: {first:.1f} s (the whole {whole:.1f} s)")


if __name__ == "__main__":
    main()
