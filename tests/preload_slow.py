"""Preloaded by a cluster's workers: the silent engine takes its time, so that one can be killed."""

from __future__ import annotations

import time

from readaloud.engines import ENGINES
from readaloud.engines.silent import SilentEngine
from readaloud.model import Clip, Utterance, Voice

SECONDS = 0.05


class SlowEngine(SilentEngine):
    def synthesize(self, utterance: Utterance, voice: Voice) -> Clip:
        time.sleep(SECONDS)
        return super().synthesize(utterance, voice)


ENGINES["silent"] = f"{__name__}:SlowEngine"
