"""``readaloud cache``: how much room the spoken clips take, and how it is freed."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from readaloud.cli.flags import Config, Json
from readaloud.cli.terminal import print_json, tell, tell_fields
from readaloud.errors import Message, msg, msg_count

if TYPE_CHECKING:
    from readaloud.editions.kept_clips import Kept


def cache(
    clear: Annotated[
        bool, typer.Option("--clear", help="Remove all clips that no running build needs.")
    ] = False,
    cache_dir: Annotated[
        Path | None, typer.Option(help="Where clips are kept. Without it, as for build.")
    ] = None,
    config: Config = None,
    json: Json = False,
) -> None:
    """Show how much room the spoken clips take, or clear them away."""
    from readaloud.config.folders import cache_folder
    from readaloud.config.run_options import make_options
    from readaloud.editions.kept_clips import clear_clips, look_at_clips

    options = make_options({"cache_dir": cache_dir}, config)
    folder = cache_folder(options.cache_dir)
    removed = clear_clips(folder) if clear else None
    kept = look_at_clips(folder)
    if json:
        print_json(_object(folder, kept, removed, options.cache_max_gb))
        return
    if removed is not None:
        tell(msg("Removed: {clips}.", clips=_clips(removed)))
    fields: dict[str, object] = {
        msg("folder"): folder,
        msg("clips"): _clips(kept),
        msg("limit"): msg("{size:g} GB ([cache] max_gb)", size=options.cache_max_gb),
    }
    if kept.oldest_s is not None:
        fields[msg("longest unused since")] = f"{_moment(kept.oldest_s):%Y-%m-%d}"
    tell_fields(fields)


def _object(folder: Path, kept: Kept, removed: Kept | None, limit_gb: float) -> dict[str, Any]:
    """All of it as one JSON object; sizes are bytes, times as ISO 8601 has them."""
    oldest = None if kept.oldest_s is None else _moment(kept.oldest_s).isoformat("T", "seconds")
    return {
        "folder": str(folder),
        "clips": kept.count,
        "bytes": kept.size,
        "max_bytes": int(limit_gb * 1e9),
        "longest_unused_since": oldest,
        "removed": removed.count if removed else 0,
        "removed_bytes": removed.size if removed else 0,
    }


def _clips(kept: Kept) -> Message:
    size = kept.size / 1e6
    return msg_count(
        "{count} clip, {size:.1f} MB", "{count} clips, {size:.1f} MB", kept.count, size=size
    )


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds).astimezone()
