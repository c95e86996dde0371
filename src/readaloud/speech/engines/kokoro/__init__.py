"""The embedded voice: Kokoro-82M v1.0 on onnxruntime, with its own front end for symbols."""

import sys
from typing import Any

from readaloud.speech.engines.kokoro.engine import KokoroEngine

ENGINE = KokoroEngine

# OpenVINO reports each import of itself to its makers; it does not where this module is missing.
_modules: dict[str, Any] = sys.modules
_modules.setdefault("openvino_telemetry", None)
