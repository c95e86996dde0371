"""Options of engines: declared by them, checked in one place, secrets shown nowhere."""

from __future__ import annotations

import pytest

from readaloud.errors import ConfigError
from readaloud.model import OptionValue, Voice
from readaloud.speech.engine_options import EngineOption, with_options

VOICE = Voice("x", "odd", "x", "zh-CN", "", "simplified")
OPTIONS = (
    EngineOption("base_url", str, "http://127.0.0.1/", "Where the service is."),
    EngineOption("seed", int, 7, "Where chance begins."),
    EngineOption("warmth", float, 0.5, "How warm it sounds."),
    EngineOption("stream", bool, True, "Whether audio comes in pieces."),
    EngineOption("model", str, "small", "Which model speaks.", choices=("small", "large")),
    EngineOption("key", str, "", "The account's key.", secret=True),
)


def test_what_nobody_gives_has_its_default_and_the_last_that_is_given_wins() -> None:
    assert with_options(VOICE, OPTIONS).option("seed") == 7
    set_ = with_options(VOICE, OPTIONS, {"seed": 1, "model": "large"}, {"seed": "2"})
    assert (set_.option("seed"), set_.option("model"), set_.option("stream")) == (2, "large", True)
    assert with_options(VOICE, ()).options == ()


@pytest.mark.parametrize(
    ("name", "given", "value"),
    [
        ("seed", "12", 12),
        ("seed", 12.0, 12),
        ("warmth", "0.25", 0.25),
        ("warmth", 1, 1.0),
        ("stream", "False", False),
        ("stream", True, True),
        ("base_url", "https://example.com", "https://example.com"),
    ],
)
def test_values_come_as_text_or_as_they_are(name: str, given: object, value: OptionValue) -> None:
    found = with_options(VOICE, OPTIONS, {name: given}).option(name)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("name", "given", "says"),
    [
        ("seed", "1.5", "a whole number"),
        ("seed", True, "a whole number"),
        ("seed", "1e999", "a whole number"),
        ("warmth", "warm", "a number"),
        ("stream", "yes", "true or false"),
        ("base_url", 5, "a text"),
        ("model", "huge", "small, large"),
        ("sped", 1, "no option “sped”"),
    ],
)
def test_what_can_not_be_is_refused(name: str, given: object, says: str) -> None:
    with pytest.raises(ConfigError, match=says):
        with_options(VOICE, OPTIONS, {name: given})


def test_secrets_are_shown_nowhere() -> None:
    voice = with_options(VOICE, OPTIONS, {"key": "s3cret"})
    assert voice.option("key") == "s3cret"
    assert "s3cret" not in repr(voice)
    assert "key" not in dict(voice.options)
    with pytest.raises(ConfigError) as refused:
        with_options(VOICE, OPTIONS, {"key": ["s3cret"]})
    assert "s3cret" not in str(refused.value)
