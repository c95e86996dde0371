"""The read-along page."""
