"""``readaloud review``: readings that may be wrong, and putting them right."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from readaloud.cli.flags import (
    AddressOfInput,
    AllowPrivate,
    Called,
    Config,
    Json,
    LexiconFile,
    Sources,
    TypeOfInput,
    VoiceName,
    VoicesDir,
)
from readaloud.cli.terminal import is_plain, print_json, say, tell
from readaloud.errors import Message, ReadaloudError, msg, msg_count

if TYPE_CHECKING:
    from readaloud.editions.review import DoubtfulReading, Reviewed

_STOP = frozenset("qQ\x04")
_LATER = frozenset("\r\n ")


def review(
    sources: Sources,
    most: Annotated[
        int, typer.Option("--most", min=1, help="How many readings to show of an article.")
    ] = 20,
    ask: Annotated[
        bool | None,
        typer.Option(
            "--ask/--no-ask",
            help="Ask how each is to be read, and write it into the article's lexicon. Without it, "
            "only a person at a terminal is asked.",
        ),
    ] = None,
    voice: VoiceName = None,
    voices_dir: VoicesDir = None,
    lexicon: LexiconFile = None,
    config: Config = None,
    name: Called = None,
    kind: TypeOfInput = None,
    url: AddressOfInput = None,
    allow_private: AllowPrivate = False,
    json: Json = False,
) -> None:
    """Show the readings that are most likely wrong, and write down how they are to be."""
    from readaloud.cli import outcomes_and_exit_codes as outcomes
    from readaloud.config.run_options import make_options
    from readaloud.editions.review import review_all
    from readaloud.editions.standard_input import Piped, with_standard_input

    flags = {
        "voice": voice, "voices_dir": voices_dir, "lexicon": lexicon,
        "allow_private": allow_private or None,
    }  # fmt: skip
    options = make_options(flags, config)
    names = with_standard_input(sources, Piped(name, kind, url))
    asks = ask if ask is not None else not json and sys.stdin.isatty() and sys.stdout.isatty()
    codes = [_show(reviewed, asks=asks, json=json) for reviewed in review_all(names, options, most)]
    raise typer.Exit(outcomes.exit_code(codes))


def _show(reviewed: Reviewed, *, asks: bool, json: bool) -> int:
    if reviewed.error is not None:
        from readaloud.cli.outcomes_and_exit_codes import show_failure

        return show_failure(reviewed.source, reviewed.error, json=json)
    if json:
        print_json(_as_object(reviewed))
        return 0
    tell(_count(reviewed.count, reviewed.source))
    for number, doubtful in enumerate(reviewed.doubtful, 1):
        _tell_reading(number, doubtful)
        if asks and not _ask(doubtful, reviewed.lexicon):
            break
    return 0


def _count(count: int, source: str) -> Message:
    return msg_count(
        "{source}: {count} reading is doubtful.",
        "{source}: {count} readings are doubtful.",
        count,
        source=source,
    )


def _as_object(reviewed: Reviewed) -> dict[str, Any]:
    return {
        "source": reviewed.source,
        "lexicon": str(reviewed.lexicon),
        "count": reviewed.count,
        "doubtful": [
            {
                "character": each.character,
                "word": each.word,
                "chosen": each.chosen,
                "others": list(each.others),
                "doubt": round(each.doubt, 3),
                "pinyin": " ".join(each.readings),
                "line": each.line,
                "text": each.text,
                "count": each.count,
            }
            for each in reviewed.doubtful
        ],
    }


def _tell_reading(number: int, doubtful: DoubtfulReading) -> None:
    """Two lines: the reading, and the sentence. Nothing is said by place or colour."""
    tell(
        msg(
            "{number}. {character} in {word} is read {chosen}, maybe {others}; doubt {percent} %.",
            number=number,
            character=doubtful.character,
            word=doubtful.word,
            chosen=doubtful.chosen,
            others=", ".join(doubtful.others),
            percent=round(doubtful.doubt * 100),
        )
    )
    tell(msg("line {line}: {text}", line=doubtful.line, text=doubtful.text))


def _ask(doubtful: DoubtfulReading, lexicon: Path) -> bool:
    """Ask how it is to be read until that is written or left; False ends the questions."""
    offered = [f"{number} {each}" for number, each in enumerate(doubtful.others, 1)]
    tell(
        msg(
            "0 {chosen} is right, {offered}, or pinyin; Enter leaves it, q ends.",
            chosen=doubtful.chosen,
            offered=", ".join(offered),
        )
    )
    while (answer := _answer()) is not None:
        if not answer:
            return True
        try:
            tell(_write(doubtful, lexicon, answer))
        except ReadaloudError as error:
            say(msg("Error: {error}", error=error))
        else:
            return True
    return False


def _write(doubtful: DoubtfulReading, lexicon: Path, answer: str) -> Message:
    from readaloud.editions.review import write_choice

    readings = [doubtful.chosen, *doubtful.others]
    known = answer.isdecimal() and int(answer) < len(readings)
    said = write_choice(lexicon, doubtful, readings[int(answer)] if known else answer)
    return msg("{word} = {pinyin}, in {file}.", word=doubtful.word, pinyin=said, file=lexicon)


def _answer() -> str | None:
    """One key at a terminal, a line for screen readers and scripts; None ends the questions."""
    if sys.stdin.isatty() and not is_plain(sys.stdout):
        return _key()
    line = sys.stdin.readline()
    answer = line.strip()
    return None if not line or answer in _STOP else answer


def _key() -> str | None:
    """A digit or Enter counts at once; other letters begin pinyin, which Enter ends."""
    key = typer.getchar()
    if key in _STOP:
        return None
    if key in _LATER:
        return ""
    return key if key.isdecimal() else (key + typer.prompt(key, prompt_suffix="")).strip()
