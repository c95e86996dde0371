"""Ten hours of marker tones in MP3, M4B and Opus: is the last one still where its cue says?

python tests/benchmarks/drift.py [hours]
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "formats"))

from marker_tones import heard_late_ms, write_marked
from narrations import write

from readaloud.formats import audio_formats


def main() -> None:
    """Print a line a format: how late the last tone and the latest one are, size, time taken."""
    hours = float(sys.argv[1]) if len(sys.argv) > 1 else 10.0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        narration = write_marked(folder, minutes=round(hours * 60))
        for audio_format in [each.name for each in audio_formats()]:
            began = time.perf_counter()
            path = write(audio_format, narration, folder)
            seconds = time.perf_counter() - began
            late = heard_late_ms(path, narration.cues)
            print(
                f"{audio_format}, {narration.duration_ms / 3_600_000:.2f} h: last of {len(late)} "
                f"tones {late[-1]:+.2f} ms, worst {max(late, key=abs):+.2f} ms; "
                f"{path.stat().st_size / 1e6:.0f} MB, encoded in {seconds:.0f} s",
                flush=True,
            )
            path.unlink()


if __name__ == "__main__":
    main()
