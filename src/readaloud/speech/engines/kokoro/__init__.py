"""The embedded voice: Kokoro-82M v1.0 on onnxruntime, with its own front end for symbols."""

from readaloud.speech.engines.kokoro.engine import KokoroEngine

ENGINE = KokoroEngine
