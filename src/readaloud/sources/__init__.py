"""Finds, fetches and reads articles: bytes become documents."""
