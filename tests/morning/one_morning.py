"""One morning of a made-up world, in a process that can be killed.

python tests/morning/one_morning.py READALOUD_TOML START [--voice-dies AFTER] [--largest-file BYTES]

START is the time that the clock shows at the start, ISO 8601; from there it runs on. The voice dies
for good after so many utterances. No file can grow larger than so many bytes: a disk that is full.
Prints an object of JSON a line: what became of each article, and when the bulletin was there.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from readaloud.config.run_options import make_options
from readaloud.errors import EngineUnavailableError, ReadaloudError
from readaloud.morning.run import run_morning
from readaloud.morning.settings import read_morning
from readaloud.morning.told import Announced, Made, NoBulletin, Told
from readaloud.speech.engines.silent import SilentEngine


def clock_from(start: datetime) -> Callable[[], datetime]:
    """A clock that was set to ``start`` now."""
    began = time.monotonic()
    return lambda: start + timedelta(seconds=time.monotonic() - began)


def dying_after(utterances: int) -> Callable[..., Any]:
    """A voice that speaks so many utterances and no more."""
    speak, spoken = SilentEngine.synthesize, count()

    def dies(self: SilentEngine, utterance: Any, voice: Any) -> Any:
        if next(spoken) >= utterances:
            raise EngineUnavailableError("The voice is dead.", "Wait.")
        return speak(self, utterance, voice)

    return dies


def tell(event: object, clock: Callable[[], datetime]) -> dict[str, Any]:
    """An event as an object."""
    if isinstance(event, Told):
        said = {"fate": event.fate, "title": event.title, "address": event.address}
        return {**said, "source": event.source, "reason": event.reason}
    if isinstance(event, Made):
        error = event.outcome.error
        said = {"made": event.day, "at": clock().isoformat()}
        return {**said, "error": str(error) if error else ""}
    if isinstance(event, NoBulletin):
        return {"none": event.reason}
    if isinstance(event, Announced):
        return {"announced": event.day, "error": str(event.error) if event.error else ""}
    return {}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("config", type=Path)
    parser.add_argument("start", type=datetime.fromisoformat)
    parser.add_argument("--voice-dies", type=int)
    parser.add_argument("--largest-file", type=int)
    given = parser.parse_args()
    if given.voice_dies is not None:
        SilentEngine.synthesize = dying_after(given.voice_dies)  # type: ignore[method-assign]
    if given.largest_file is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (given.largest_file, given.largest_file))
    clock = clock_from(given.start)
    settings, options = read_morning(given.config), make_options({}, given.config)
    try:
        for event in run_morning(settings, options, config=given.config, clock=clock):
            print(json.dumps(tell(event, clock), ensure_ascii=False), flush=True)
    except ReadaloudError as error:
        print(json.dumps({"stopped": str(error)}, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
