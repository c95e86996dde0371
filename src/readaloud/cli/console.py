"""The terminal that rich draws on; what strangers wrote can't steer it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rich.console import Console
from rich.segment import Segment

from readaloud.cli.visible import visible_cells


class SafeConsole(Console):
    """Its own colours and movements alone get out as such."""

    def render(self, *args: Any, **settings: Any) -> Iterable[Segment]:
        """The pieces of what is drawn."""
        for piece in super().render(*args, **settings):
            safe = piece.control or piece.text.isprintable()
            yield piece if safe else Segment(visible_cells(piece.text), piece.style)
