"""``readaloud publish``: a folder of editions goes to where listeners find it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from readaloud.cli.flags import Config, Json
from readaloud.cli.terminal import print_json, say, tell
from readaloud.errors import Message, msg, msg_count

if TYPE_CHECKING:
    from readaloud.editions.publish import Published
    from readaloud.publishing.transfer import Change


def publish(
    folder: Annotated[Path, typer.Argument(help="The folder with the editions.")],
    to: Annotated[
        str | None,
        typer.Option(
            help="A folder, s3://bucket/news, sftp://me@host/srv/news or https://host/dav/news. "
            "Without it, the one in [publish]."
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would change, and change nothing.")
    ] = False,
    config: Config = None,
    json: Json = False,
) -> None:
    """Put a folder of editions online, files first and the feed last; run again to go on."""
    from readaloud.editions.publish import publish
    from readaloud.podcast.feed_settings import read_channel
    from readaloud.publishing.settings import read_publishing

    settings, channel = read_publishing(config, to), read_channel(folder, None, config)

    def show(change: Change) -> None:
        if not json:
            tell(_line(change))

    published = publish(folder, settings, channel, dry_run=dry_run, tell=show)
    for line in published.left_out:
        say(msg("Left out: {line}", line=line))
    for line in published.notices:
        say(line)
    if json:
        print_json(_object(published, dry_run))
        return
    if dry_run:
        for change in published.changes:
            show(change)
    tell(_closing(published, dry_run))


def _line(change: Change) -> Message:
    size = f"{change.size / 1e6:.2f} MB"
    lines = {
        "add": msg("new: {path}, {size}", path=change.path, size=size),
        "replace": msg("changed: {path}, {size}", path=change.path, size=size),
        "move": msg("moved away: {path}", path=change.path),
        "remove": msg("removed: {path}", path=change.path),
    }
    return lines[change.kind]


def _closing(published: Published, dry_run: bool) -> Message:
    count, place, same = len(published.changes), published.place, published.unchanged
    if dry_run:
        return msg_count(
            "{place}: {count} change to be made, {same} files are the same",
            "{place}: {count} changes to be made, {same} files are the same",
            count,
            place=place,
            same=same,
        )
    return msg_count(
        "{place}: {count} change made, {same} files were the same",
        "{place}: {count} changes made, {same} files were the same",
        count,
        place=place,
        same=same,
    )


def _object(published: Published, dry_run: bool) -> dict[str, Any]:
    """All of it as one JSON object; sizes are bytes."""
    return {
        "place": published.place,
        "dry_run": dry_run,
        "changes": [
            {"kind": change.kind, "path": change.path, "bytes": change.size}
            for change in published.changes
        ],
        "unchanged": published.unchanged,
        "waiting": list(published.waiting),
        "left_out": list(published.left_out),
        "notices": list(published.notices),
    }
