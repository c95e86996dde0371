"""The kinds of places that files are published to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from readaloud.publishing.settings import Publishing
from readaloud.publishing.targets.folder import FolderTarget
from readaloud.publishing.targets.place import Target, load


def open_target(settings: Publishing) -> Target:
    """The place of the settings.

    Raises:
        ConfigError: it can't be used so.
        MissingDependencyError: its extra is not installed.
        OutputError: it can't be reached.
    """
    scheme = settings.scheme
    if not scheme:
        return FolderTarget(Path(settings.to))
    extra = {"s3": "s3", "sftp": "sftp"}.get(scheme, "webdav")
    made: Target = load(f"publish-{extra}", f"{scheme}://", lambda: _opener(scheme)(settings))
    return made


def _opener(scheme: str) -> Callable[[Publishing], Target]:
    """ImportError where the package that reaches such places is not installed."""
    if scheme == "s3":
        from readaloud.publishing.targets.s3 import open_s3

        return open_s3
    if scheme == "sftp":
        from readaloud.publishing.targets.sftp import open_sftp

        return open_sftp
    from readaloud.publishing.targets.webdav import open_webdav

    return open_webdav
