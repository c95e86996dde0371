"""A folder is brought to a place: files, then pages, then the feed; what is old goes after it.

At each moment all that the feed names is there. A run that is cut leaves a place that is whole, and
the next one goes on: what is there with the right bytes is not sent again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Literal, TypeVar

from readaloud.errors import OutputError, msg
from readaloud.podcast.feed_file import is_feed, is_first_page
from readaloud.publishing.records import NAME, Records
from readaloud.publishing.settings import Publishing
from readaloud.publishing.targets.place import PART, ChangedError, Found, Outgoing, Target

ATTEMPTS_AFTER_SECONDS = (1.0, 5.0)
"""What may be a break of the net is tried again."""
Done = TypeVar("Done")
_PAGES = (".html", ".m3u8", ".opml", ".js")
Tell = Callable[["Change"], object]


@dataclass(frozen=True, slots=True)
class Change:
    """What is done, or would be done, to a file at the place."""

    kind: Literal["add", "replace", "move", "remove"]
    path: str
    size: int


@dataclass(frozen=True, slots=True)
class Plan:
    """All that is to be done, in order."""

    send: tuple[tuple[Change, Outgoing], ...]
    """Files, pages, feeds."""
    clear: tuple[Change, ...]
    """What is old, and whose time has come."""
    waiting: tuple[str, ...]
    """What is old, and stays for a while yet."""
    same: tuple[tuple[Outgoing, Found], ...]
    broken: tuple[str, ...]
    """Files that cut runs have left half written."""

    @property
    def changes(self) -> tuple[Change, ...]:
        """As they are told."""
        return (*(change for change, _ in self.send), *self.clear)


def make_plan(
    wanted: Mapping[str, Outgoing],
    target: Target,
    records: Records,
    settings: Publishing,
    now: float,
) -> Plan:
    """What has to change at the place; nothing is changed yet. ``now`` is in seconds since 1970."""
    there = target.find()
    there.pop(NAME, None)
    broken = tuple(path for path in there if PurePosixPath(path).name.startswith(PART))
    send, same = [], []
    for path in sorted(wanted, key=_order):
        outgoing, found = wanted[path], there.get(path)
        if found is not None and _is_there(outgoing, found, target, records):
            same.append((outgoing, found))
        else:
            kind: Literal["add", "replace"] = "add" if found is None else "replace"
            send.append((Change(kind, path, outgoing.size), outgoing))
    clear, waiting = _old(wanted, there, records, settings, now)
    return Plan(tuple(send), clear, waiting, tuple(same), broken)


def _order(path: str) -> tuple[int, str]:
    """What is named comes before what names it."""
    if is_feed(path):
        return (3 if is_first_page(path) else 2), path
    return (1 if path.endswith(_PAGES) else 0), path


def _is_there(outgoing: Outgoing, found: Found, target: Target, records: Records) -> bool:
    known = records.sha256_of(outgoing.path, found)
    return target.is_same(outgoing, found) if known is None else known == outgoing.sha256


def _old(
    wanted: Mapping[str, Outgoing],
    there: Mapping[str, Found],
    records: Records,
    settings: Publishing,
    now: float,
) -> tuple[tuple[Change, ...], tuple[str, ...]]:
    """What is moved or removed now, and what later. What is not ours is never touched."""
    if settings.old == "keep":
        return (), ()
    kind: Literal["move", "remove"] = "move" if settings.old == "move" else "remove"
    clear, waiting = [], []
    for path in sorted(set(there) & records.ours - set(wanted)):
        if now - records.gone_since(path, now) >= settings.old_after_hours * 3600:
            clear.append(Change(kind, path, there[path].size))
        else:
            waiting.append(path)
    return tuple(clear), tuple(waiting)


def carry_out(
    plan: Plan, target: Target, records: Records, settings: Publishing, tell: Tell
) -> None:
    """Change the place as the plan has it.

    Raises:
        OutputError: it can't be written, or a file of the folder changed meanwhile.
    """
    for outgoing, found in plan.same:
        records.put(outgoing, found)
    records.wanted(outgoing.path for _, outgoing in plan.send)
    records.wanted(outgoing.path for outgoing, _ in plan.same)
    for path in plan.broken:
        _attempt(target, _remove, target, path)
    _attempt(target, records.write)
    for change, outgoing in plan.send:
        tell(change)
        records.put(outgoing, _attempt(target, target.put, outgoing))
        if records.is_due():
            _attempt(target, records.write)
    for change in plan.clear:
        tell(change)
        to = f"{settings.old_to}/{change.path}"
        if change.kind == "move":
            _attempt(target, _move, target, change.path, to)
        else:
            _attempt(target, _remove, target, change.path)
        records.removed(change.path)
    _attempt(target, records.write)


def _move(target: Target, path: str, to: str) -> None:
    """Move a file; a run that was cut may have done so."""
    with suppress(FileNotFoundError):
        target.rename(path, to)


def _remove(target: Target, path: str) -> None:
    """Remove a file, if it is still there."""
    with suppress(FileNotFoundError):
        target.remove(path)


def _attempt(target: Target, act: Callable[..., Done], *given: Any) -> Done:
    """Do that, and again after a while where the place does not answer."""
    for wait_s in ATTEMPTS_AFTER_SECONDS:
        try:
            return act(*given)
        except (OutputError, FileNotFoundError):
            time.sleep(wait_s)
        except ChangedError as error:
            raise _changed(error) from error
    try:
        return act(*given)
    except ChangedError as error:
        raise _changed(error) from error
    except FileNotFoundError as error:
        raise OutputError(
            msg("{name} can't be written: {reason}.", name=target.name, reason=error),
            msg("Run again to go on where it stopped."),
        ) from error


def _changed(error: ChangedError) -> OutputError:
    return OutputError(
        msg("{path} changed while it was published.", path=error),
        msg("Wait until nothing is built there, and run again."),
    )
