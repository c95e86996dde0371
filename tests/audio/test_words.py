"""Times of what is said, laid on what is shown."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from readaloud.audio.words import into_words, to_shown
from readaloud.model import Word


def each(spoken: str) -> list[Word]:
    """A word a character, 100 ms each; marks have no time."""
    return [Word(c, n * 100, n * 100 + 100) for n, c in enumerate(spoken) if c.isalnum()]


def test_another_script_and_marks() -> None:
    shown = to_shown(each("简单，对。"), "简单，对。", "簡單，對。")
    assert [word.text for word in shown] == ["簡", "單，", "對。"]
    assert shown[2] == Word("對。", 300, 400)


def test_a_number_is_one_word_from_its_first_syllable_to_its_last() -> None:
    spoken, text = "在二零二零年说", "在2020年說"
    shown = to_shown(each(spoken), spoken, text)
    assert "".join(word.text for word in shown) == text
    assert shown[-1] == Word("說", 600, 700)
    percent = to_shown(each("占百分之五"), "占百分之五", "占5%")
    assert "".join(word.text for word in percent) == "占5%"
    assert percent[-1].end_ms == 500


@given(st.text("甲乙丙12，。", max_size=12), st.text("甲乙丙3%、", max_size=12))
def test_words_rise_and_make_up_the_text(spoken: str, text: str) -> None:
    shown = to_shown(each(spoken), spoken, text)
    if shown:
        assert "".join(word.text for word in shown) == text
    assert all(before.start_ms <= after.start_ms for before, after in pairwise(shown))
    assert to_shown([], spoken, text) == ()


def test_characters_become_words_where_words_begin() -> None:
    spoken = "今天，天氣很好好。"
    times = [Word(c, n * 100, n * 100 + 90) for n, c in enumerate(spoken) if c not in "，。"]
    words = into_words(times, spoken, (0, 3, 5, 6))
    assert [(word.text, word.start_ms, word.end_ms) for word in words] == [
        ("今天", 0, 190),
        ("天氣", 300, 490),
        ("很", 500, 590),
        ("好好", 600, 790),
    ]
    assert into_words(times, spoken, ()) == times
    parted = into_words(times, spoken, (0,))
    assert [word.text for word in parted] == ["今天", "天氣很好好"]
