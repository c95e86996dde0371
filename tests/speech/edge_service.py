"""A stand-in of Microsoft's speech service on loopback, with the faults that the real one has.

It speaks the service's websocket protocol to the real edge-tts client, whose addresses point here.
Each text is answered with real MP3 frames of two tones that stand for it, so that a test hears from
a finished edition what was spoken.
"""

from __future__ import annotations

import asyncio
import hashlib
import html
import json
import random
import re
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import import_module
from typing import Any

import lameenc
import numpy as np
from aiohttp import WSMsgType, web

_COMMUNICATE: Any = import_module("edge_tts.communicate")
_VOICES: Any = import_module("edge_tts.voices")

RATE_HZ = 24_000
CHARACTERS_A_SECOND = 4.5
LEAD_S, TAIL_S = 0.1, 0.6
FRAME_BYTES = 144
FAULTS = (
    "closed before audio",
    "reset before audio",
    "closed in the middle",
    "reset in the middle",
    "turn.end without audio",
    "half of the audio with all metadata",
    "no metadata",
    "corrupt MP3",
    "malformed binary",
    "malformed text",
    "never answering",
    "stalling midway",
    "403 with Date",
    "403 without Date",
    "429",
    "503",
)
_WORD = re.compile(r"[A-Za-z0-9]+|[\u3400-\u9fff]{1,2}")


def tones_of(text: str) -> tuple[int, int]:
    """The two tones, in hertz, that stand for a text."""
    digest = hashlib.sha256(text.encode()).digest()
    return 300 + 10 * (digest[0] % 100), 1600 + 10 * (digest[1] % 200)


def seconds_of(text: str) -> float:
    """How long the tones sound."""
    return max(0.4, sum(character.isalnum() for character in text) / CHARACTERS_A_SECOND)


@lru_cache(maxsize=4096)
def mp3_of(text: str) -> bytes:
    """The answer's audio: silence, tones, silence."""
    times = np.arange(int(seconds_of(text) * RATE_HZ)) / RATE_HZ
    low, high = tones_of(text)
    sound = (np.sin(2 * np.pi * low * times) + np.sin(2 * np.pi * high * times)) * 6000
    whole = np.concatenate(
        [np.zeros(int(LEAD_S * RATE_HZ)), sound, np.zeros(int(TAIL_S * RATE_HZ))]
    )
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_channels(1)
    encoder.set_in_sample_rate(RATE_HZ)
    encoder.set_bit_rate(48)
    encoder.set_quality(7)
    data = bytes(encoder.encode(whole.astype("<i2").tobytes()) + encoder.flush())
    assert len(data) % FRAME_BYTES == 0
    return data


@dataclass
class Service:
    """What the stand-in does, and what it was asked."""

    faults: tuple[str, ...] = ()
    """Faults that requests meet in turn."""
    share: float = 0.0
    """Of the requests that meet one; 1.0 is a fault that stays."""
    only: str = ""
    """Where given, only texts that hold this meet a fault."""
    seed: int = 2026
    most_connections: int = 1000
    first_byte_s: float = 0.0
    speed: float = 0.0
    """Times real time at which audio is sent; 0 is at once."""
    asked: list[str] = field(default_factory=list)
    voices: list[str] = field(default_factory=list)
    ssml: list[str] = field(default_factory=list)
    met: Counter[str] = field(default_factory=Counter)
    most_seen: int = 0
    port: int = 0
    _open: int = 0

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)

    def draw(self) -> str:
        """The fault of the next request, mostly none."""
        if not self.faults or self._chance.random() >= self.share:
            return ""
        return self._chance.choice(self.faults)

    async def speak(self, request: web.Request) -> web.StreamResponse:
        """One connection."""
        self._open += 1
        self.most_seen = max(self.most_seen, self._open)
        try:
            if self._open > self.most_connections:
                self.met["parallel"] += 1
                return web.Response(status=429)
            fault = self.draw() if not self.only else ""
            if fault.startswith(("403", "429", "503")):
                self.met[fault] += 1
                return self._refuse(request, fault)
            return await self._turn(request, fault)
        finally:
            self._open -= 1

    def _refuse(self, request: web.Request, fault: str) -> web.Response:
        if fault == "403 without Date":
            assert request.transport is not None
            request.transport.write(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
            request.transport.close()
        headers = {"Retry-After": "1"} if fault in {"429", "503"} else {}
        return web.Response(status=int(fault[:3]), headers=headers)

    async def _turn(self, request: web.Request, fault: str) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(compress=True)
        await socket.prepare(request)
        text = ""
        async for message in socket:
            if message.type != WSMsgType.TEXT:
                break
            if "Path:ssml" in message.data:
                ssml = message.data.split("\r\n\r\n", 1)[1]
                self.ssml.append(ssml)
                spoken = re.sub(r"<[^>]*>", "", ssml)
                text = html.unescape(spoken)
                self.voices.append(re.findall(r"name='([^']*)'", ssml)[0])
                break
        self.asked.append(text)
        if self.only:
            fault = self.faults[0] if self.only in text else ""
        if fault:
            self.met[fault] += 1
        await self._answer(socket, request, text, fault)
        return socket

    async def _answer(
        self, socket: web.WebSocketResponse, request: web.Request, text: str, fault: str
    ) -> None:
        await asyncio.sleep(self.first_byte_s if fault != "never answering" else 3600)
        if fault == "reset before audio":
            _abort(request)
        if fault in {"reset before audio", "closed before audio"}:
            await socket.close()
            return
        await _say(socket, "turn.start", {"context": {"serviceTag": "x"}})
        await _say(socket, "response", {"context": {"serviceTag": "x"}})
        if fault == "malformed text":
            await socket.send_str("no header at all")
        middle = fault in {"closed in the middle", "reset in the middle", "stalling midway"}
        for piece in _pieces(_audio_of(text, fault, middle)):
            await self._send_audio(socket, piece, fault)
        if fault == "stalling midway":
            await asyncio.sleep(3600)
        if fault == "reset in the middle":
            await asyncio.sleep(0.02)
            _abort(request)
            return
        if fault not in {"no metadata", "turn.end without audio"}:
            for entry in metadata_of(text, 0.5 if middle else 1.0):
                await _say(socket, "audio.metadata", entry)
        if not middle:
            await _say(socket, "turn.end", {})
        await socket.close()

    async def _send_audio(self, socket: web.WebSocketResponse, piece: bytes, fault: str) -> None:
        head = b"X-RequestId:1\r\nContent-Type:audio/mpeg\r\nX-StreamId:1\r\nPath:audio\r\n"
        length = len(head) if fault != "malformed binary" else 60_000
        await socket.send_bytes(length.to_bytes(2, "big") + head + piece)
        if self.speed:
            await asyncio.sleep(len(piece) / 6000 / self.speed)

    async def list_voices(self, _: web.Request) -> web.Response:
        """The list that the service offers."""
        names = {
            "zh-CN-XiaoxiaoNeural": "Female",
            "zh-TW-NewNeural": "Male",
            "en-US-AvaNeural": "Female",
        }
        return web.json_response(
            [
                {"ShortName": name, "Gender": gender, "Locale": name[:5], "Status": "GA"}
                for name, gender in names.items()
            ]
        )


def metadata_of(text: str, share: float) -> Iterator[dict[str, Any]]:
    """Word boundaries, one or two characters each; only those of the first ``share``."""
    length = sum(character.isalnum() for character in text)
    heard = 0
    for match in _WORD.finditer(text):
        start = LEAD_S + heard / length * seconds_of(text)
        heard += len(match[0])
        end = LEAD_S + heard / length * seconds_of(text)
        if heard > length * share:
            return
        yield {
            "Metadata": [
                {
                    "Type": "WordBoundary",
                    "Data": {
                        "Offset": int(start * 1e7),
                        "Duration": int((end - start) * 1e7),
                        "text": {"Text": match[0], "Length": len(match[0]), "BoundaryType": "Word"},
                    },
                }
            ]
        }


def _pieces(audio: bytes) -> Iterator[bytes]:
    for start in range(0, len(audio), 720):
        yield audio[start : start + 720]


def _abort(request: web.Request) -> None:
    assert request.transport is not None
    request.transport.abort()


def _audio_of(text: str, fault: str, middle: bool) -> bytes:
    audio = mp3_of(text)
    half = len(audio) // FRAME_BYTES // 2 * FRAME_BYTES
    if middle or fault == "half of the audio with all metadata":
        return audio[:half]
    if fault == "corrupt MP3":
        return audio[:half] + bytes(300) + audio[half + 300 :]
    return audio if fault != "turn.end without audio" else b""


async def _say(socket: web.WebSocketResponse, path: str, body: dict[str, Any]) -> None:
    head = f"X-RequestId:1\r\nContent-Type:application/json; charset=utf-8\r\nPath:{path}\r\n\r\n"
    await socket.send_str(head + json.dumps(body))


def addresses(port: int) -> dict[str, str]:
    """The addresses of edge-tts that have to point here."""
    return {
        "WSS_URL": f"ws://127.0.0.1:{port}/edge/v1?TrustedClientToken=x",
        "VOICE_LIST": f"http://127.0.0.1:{port}/voices/list?trustedclienttoken=x",
    }


@contextmanager
def serving(service: Service) -> Iterator[Service]:
    """Run the stand-in in a thread, and point the client's addresses to it."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    runner = asyncio.run_coroutine_threadsafe(_start(service), loop).result(10)
    found = addresses(service.port)
    before = _COMMUNICATE.WSS_URL, _VOICES.VOICE_LIST
    _COMMUNICATE.WSS_URL = found["WSS_URL"]
    _VOICES.VOICE_LIST = found["VOICE_LIST"]
    try:
        yield service
    finally:
        _COMMUNICATE.WSS_URL, _VOICES.VOICE_LIST = before
        asyncio.run_coroutine_threadsafe(_stop(runner), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)
        loop.close()


async def _start(service: Service) -> web.AppRunner:
    app = web.Application()
    app.router.add_get("/edge/v1", service.speak)
    app.router.add_get("/voices/list", service.list_voices)
    runner = web.AppRunner(app, shutdown_timeout=0.2)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    service.port = runner.addresses[0][1]
    return runner


async def _stop(runner: web.AppRunner) -> None:
    await runner.cleanup()
    rest = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in rest:
        task.cancel()
    await asyncio.gather(*rest, return_exceptions=True)
