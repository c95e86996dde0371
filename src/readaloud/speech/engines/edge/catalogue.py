"""Which Chinese voices the service offers now."""

from __future__ import annotations

import asyncio
from typing import Literal

import edge_tts

from readaloud.config.voices import online_voice
from readaloud.model import Voice
from readaloud.speech.engines.edge.client import CONNECT_S, find_proxy, translate

_GENDERS: dict[str, Literal["female", "male"]] = {"Female": "female", "Male": "male"}


def list_online() -> list[Voice]:
    """The Chinese voices of the service, in its order.

    Raises:
        EngineError: it can't be asked.
        ConfigError: the proxy can't be used.
    """
    proxy = find_proxy()

    async def ask() -> list[Voice]:
        async with asyncio.timeout(2 * CONNECT_S):
            listed = await edge_tts.list_voices(proxy=proxy)
        found = (online_voice(entry["ShortName"], _GENDERS[entry["Gender"]]) for entry in listed)
        return [voice for voice in found if voice and voice.locale.startswith("zh-")]

    try:
        return asyncio.run(ask())
    except Exception as error:
        raise translate(error) from error
