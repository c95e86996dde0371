"""The online voices of Microsoft Edge, through edge-tts, with every answer checked."""

from readaloud.speech.engines.edge.engine import EdgeEngine

ENGINE = EdgeEngine
