"""Audio: clips as files, trimming and checking, joining on one timeline, loudness.

All audio inside readaloud is mono 16-bit little-endian PCM at ``SAMPLE_RATE_HZ``.
"""

SAMPLE_RATE_HZ = 24_000
