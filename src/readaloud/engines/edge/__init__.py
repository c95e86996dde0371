"""The online voices of Microsoft Edge, through edge-tts, with every answer checked."""

from readaloud.engines.edge.engine import EdgeEngine

__all__ = ["EdgeEngine"]
