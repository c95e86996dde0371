"""One request to the service through the stock edge-tts client; what it hides is found here.

The client takes a connection that closed in the midst of an answer for the end of it. Its state
shows the difference: at ``turn.end`` it books the audio bytes of the request, else it does not.
Everything that it or aiohttp raises is translated by ``TRANSLATIONS``.
"""

from __future__ import annotations

import asyncio
import time
import urllib.request
from collections.abc import Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp
import edge_tts
from edge_tts import constants
from edge_tts import exceptions as vendor

from readaloud.errors import (
    ConfigError,
    EngineError,
    EngineUnavailableError,
    IncompleteAudioError,
    Message,
    NoAudioError,
    msg,
)
from readaloud.model import Voice

CONNECT_S = 10
IDLE_S = 15.0
"""Longest silence of the service, before the first byte and between two messages."""
TOTAL_S = 90.0
"""Longest time for a request as a whole; an utterance is some ten seconds of audio."""
_TICKS_A_MS = 10_000

_AGAIN = msg("Run again later: everything spoken so far is kept.")
_NETWORK = msg(
    "Check the network, and HTTPS_PROXY if you need one. "
    "Run again later: everything spoken so far is kept."
)
_REFUSED = msg(
    "Upgrade the client (pip install --upgrade edge-tts) and check the clock; the service may also "
    "be closed to your network's region."
)
_NO_AUDIO = msg(
    "The voice may have been withdrawn, or may not know the script of the text: see readaloud "
    "voices --online."
)

TRANSLATIONS: tuple[tuple[type[BaseException], type[EngineError], Message, Message], ...] = (
    (vendor.NoAudioReceived, NoAudioError, msg("the service answered without audio"), _NO_AUDIO),
    (
        vendor.SkewAdjustmentError,
        EngineUnavailableError,
        msg("the service refuses (403)"),
        _REFUSED,
    ),
    (vendor.WebSocketError, EngineUnavailableError, msg("the connection broke"), _NETWORK),
    (
        vendor.UnknownResponse,
        EngineUnavailableError,
        msg("the answer is of an unknown kind"),
        _REFUSED,
    ),
    (vendor.UnexpectedResponse, EngineUnavailableError, msg("the answer is malformed"), _AGAIN),
    (vendor.EdgeTTSException, EngineUnavailableError, msg("the client failed"), _REFUSED),
    (aiohttp.ClientHttpProxyError, EngineUnavailableError, msg("the proxy refuses"), _NETWORK),
    (aiohttp.ClientResponseError, EngineUnavailableError, msg("the service refuses"), _AGAIN),
    (aiohttp.ClientConnectorError, EngineUnavailableError, msg("no connection"), _NETWORK),
    (aiohttp.ClientError, EngineUnavailableError, msg("the connection broke"), _NETWORK),
    (TimeoutError, EngineUnavailableError, msg("the service stopped answering"), _NETWORK),
    (OSError, EngineUnavailableError, msg("the connection broke"), _NETWORK),
    (
        UnicodeError,
        EngineError,
        msg("the text contains half a character"),
        msg("Correct the article's encoding."),
    ),
    # What is raised while an answer is taken apart: ValueError, KeyError, JSONDecodeError, …
    (Exception, EngineUnavailableError, msg("the answer is malformed"), _AGAIN),
)
"""(theirs, ours, what failed, what to do): the first that fits."""


@dataclass(frozen=True, slots=True)
class Boundary:
    """A word as the service heard it, and its time from the start of the audio."""

    text: str
    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class Answer:
    """MP3 bytes as they came, and the boundaries of words."""

    mp3: bytes
    boundaries: tuple[Boundary, ...]


class ThrottledError(EngineUnavailableError):
    """The service asks for less (429, 503); ``retry_after_s`` where it says for how long."""

    retry_after_s: float | None = None


async def ask(text: str, voice: Voice) -> Answer:
    """Send one text and take the whole answer.

    Raises:
        ConfigError: the voice's name or prosody, or the proxy, is one that the client refuses.
        ThrottledError: 429 or 503.
        NoAudioError: the turn ended without audio.
        IncompleteAudioError: the connection closed before the turn ended.
        EngineUnavailableError: any other failure that may pass.
        EngineError: one that will not.
    """
    request = _make_request(text, voice)
    messages: list[Any] = []
    try:
        await _until_done(asyncio.create_task(_collect(request, messages)), messages)
    except Exception as error:
        raise translate(error) from error
    if request.state["chunk_audio_bytes"]:
        raise IncompleteAudioError(
            msg("the connection closed in the middle of the answer"), _NETWORK
        )
    audio = b"".join(message["data"] for message in messages if message["type"] == "audio")
    heard = (_boundary(message) for message in messages if message["type"] != "audio")
    return Answer(audio, tuple(heard))


async def _collect(request: edge_tts.Communicate, messages: list[Any]) -> None:
    async with aclosing(request.stream()) as stream:
        async for message in stream:
            messages.append(message)  # noqa: PERF401 - those so far are seen while more come


async def _until_done(task: asyncio.Task[None], messages: Sequence[Any]) -> None:
    """Wait for the task within both deadlines.

    A task that is given up is not waited for: aiohttp takes ten seconds to part from a service
    that does not answer.

    Raises:
        TimeoutError: a deadline has passed.
    """
    now = last = time.monotonic()
    end, seen = now + TOTAL_S, 0
    try:
        while not task.done():
            await asyncio.wait({task}, timeout=IDLE_S / 8)
            now = time.monotonic()
            if len(messages) != seen:
                last, seen = now, len(messages)
            if not task.done() and (now >= end or now - last >= IDLE_S):
                raise TimeoutError(
                    msg(
                        "nothing for {idle:.0f} s, {total:g} s at most in all",
                        idle=now - last,
                        total=TOTAL_S,
                    )
                )
    except BaseException:
        _given_up.add(task)
        task.add_done_callback(_forget)
        task.cancel()
        raise
    task.result()


_given_up: set[asyncio.Task[None]] = set()


def _forget(task: asyncio.Task[None]) -> None:
    """Take note of how a given-up task ended, so that asyncio does not complain of it."""
    _given_up.discard(task)
    if not task.cancelled():
        task.exception()


def _make_request(text: str, voice: Voice) -> edge_tts.Communicate:
    prosody = voice.prosody
    try:
        return edge_tts.Communicate(
            text,
            voice.engine_voice,
            rate=f"{round((prosody.rate - 1) * 100):+d}%",
            volume=f"{prosody.volume_percent:+d}%",
            pitch=f"{prosody.pitch_hz:+d}Hz",
            boundary="WordBoundary",
            proxy=find_proxy(voice.option("proxy")),
            connect_timeout=CONNECT_S,
        )
    except UnicodeError as error:
        raise translate(error) from error
    except ValueError as error:
        raise ConfigError(
            msg(
                "edge-tts does not accept the voice {engine_voice}: {error}.",
                engine_voice=voice.engine_voice,
                error=error,
            )
        ) from error


def _boundary(message: Mapping[str, Any]) -> Boundary:
    start = round(message["offset"] / _TICKS_A_MS)
    return Boundary(message["text"], start, start + round(message["duration"] / _TICKS_A_MS))


def translate(error: Exception) -> EngineError:
    """Our error for one of theirs."""
    if isinstance(error, aiohttp.ClientResponseError):
        return _refusal(error)
    ours, what, remedy = next(
        (ours, what, remedy)
        for theirs, ours, what, remedy in TRANSLATIONS
        if isinstance(error, theirs)
    )
    told = error.os_error if isinstance(error, aiohttp.ClientConnectorError) else error
    detail = (
        told.args[0]
        if isinstance(told, TimeoutError) and told.args
        else str(told).strip().rstrip(".")
    )
    return ours(msg("{what} ({detail})", what=what, detail=detail) if detail else what, remedy)


def _refusal(error: aiohttp.ClientResponseError) -> EngineError:
    if error.status in {429, 503}:
        throttled = ThrottledError(
            msg("the service asks for fewer requests ({status})", status=error.status), _AGAIN
        )
        throttled.retry_after_s = _retry_after_s(error.headers)
        return throttled
    remedy = _REFUSED if error.status in {401, 403} else _AGAIN
    return EngineUnavailableError(
        msg("the service refuses ({status})", status=error.status), remedy
    )


def _retry_after_s(headers: Mapping[str, str] | None) -> float | None:
    """Seconds, or a date (RFC 9110, 10.2.3)."""
    value = (headers or {}).get("Retry-After", "")
    if value.strip().isdecimal():
        return float(value)
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except ValueError:
        return None


def find_proxy(own: str | None = None) -> str | None:
    """The engine's ``own``, else the one of HTTPS_PROXY, ALL_PROXY and NO_PROXY.

    aiohttp knows none for its websockets.

    Raises:
        ConfigError: it is of a kind that aiohttp can't use.
    """
    host = constants.BASE_URL.partition("/")[0]
    proxies = urllib.request.getproxies()
    proxy = own or proxies.get("https") or proxies.get("all")
    if not proxy or (not own and urllib.request.proxy_bypass(host)):
        return None
    if not proxy.startswith(("http://", "https://")):
        proxy = proxy if "://" in proxy else f"http://{proxy}"
    if not proxy.startswith("http"):
        kind = proxy.partition(":")[0]
        raise ConfigError(
            msg("A {kind} proxy can't be used for online voices.", kind=kind),
            msg("Set HTTPS_PROXY to an HTTP proxy."),
        )
    return proxy
