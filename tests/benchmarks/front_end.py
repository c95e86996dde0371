"""Start-up of the front end, and characters a second from written text to symbols, on one core.

The clauses are those of the seeds and of the cases, joined anew, their digits drawn anew, so that
no sentence and no number is seen twice; the words of a language repeat, as they do in articles.
"""

from __future__ import annotations

import json
import random
import re
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CHARACTERS = 200_000


def main() -> None:
    begun = time.perf_counter()
    from readaloud.speech.engines.kokoro.phonemes import to_phonemes
    from readaloud.spoken.pinyin import read_aloud
    from readaloud.spoken.spoken_form import to_spoken

    def say(text: str) -> str:
        spoken = to_spoken(text)
        reading = read_aloud(spoken)
        return to_phonemes(spoken, reading.syllables, reading.word_starts)

    say("中国工程师2020年完成了5.2%的工作。")
    print(f"start-up {time.perf_counter() - begun:.2f} s")
    count, begun = 0, time.perf_counter()
    for sentence in sentences():
        say(sentence)
        count += len(sentence)
        if count >= CHARACTERS:
            break
    print(f"{count / (time.perf_counter() - begun):,.0f} characters a second ({count:,})")


def sentences() -> Iterator[str]:
    """Clauses of real text in a new order for ever, three to a sentence."""
    from readaloud.chinese.convert import convert
    from readaloud.spoken.pinyin import is_readable

    text = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "seeds").iterdir())
    text = convert(text, "simplified", "traditional")
    cases = json.loads((ROOT / "tests/cases/sentences.json").read_text(encoding="utf-8"))
    clauses = (text + "\n".join(case["text"] for case in cases)).replace("。", "\n").splitlines()
    clauses = [part for clause in clauses for part in clause.split("，") if 2 < len(part) < 80]
    clauses = [clause for clause in clauses if all(map(is_readable, clause))]
    chance = random.Random(1)
    while True:
        sentence = "，".join(chance.sample(clauses, 3)) + "。"
        yield re.sub("[1-9]", lambda _: str(chance.randint(1, 9)), sentence)


if __name__ == "__main__":
    main()
