"""Utterances become clips: engines, the pool and cluster that run them, the cache of clips."""
