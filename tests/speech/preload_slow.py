"""Preloaded by a cluster's workers: the silent engine takes its time, so that one can be killed."""

from __future__ import annotations

import time

from readaloud.model import Clip, Utterance, Voice
from readaloud.speech.engines import silent
from readaloud.speech.engines.silent import SilentEngine

SECONDS = 0.05


class SlowEngine(SilentEngine):
    def synthesize(self, utterance: Utterance, voice: Voice) -> Clip:
        time.sleep(SECONDS)
        return super().synthesize(utterance, voice)


silent.ENGINE = SlowEngine
