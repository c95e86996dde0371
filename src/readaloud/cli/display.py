"""Plans, tables, checks and pronunciations, for a person or for another program."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from readaloud.cli.terminal import clock, left_out, open_console, print_json, say
from readaloud.errors import ReadaloudError
from readaloud.model import Explanation, Planned, Removal, Script, Utterance, Voice

if TYPE_CHECKING:
    from readaloud.editions.check import Checked


def show_plan(planned: Planned, *, json: bool) -> int:
    """Print what would be spoken of one source; return its exit code."""
    if planned.script is None or planned.error is not None:
        error = planned.error or ReadaloudError("nothing was planned")
        if json:
            print_json({"source": planned.source, "error": error.message, "remedy": error.remedy})
        say(f"{planned.source}: Error: {error}")
        return error.exit_code
    if json:
        print_json(plan_object(planned.source, planned.script, planned.estimated_ms))
    else:
        _draw_plan(planned.source, planned.script, planned.estimated_ms)
    return 0


def show_explanation(source: str, told: list[Explanation] | ReadaloudError, *, json: bool) -> int:
    """Print what became of each line and which rule spoke; return the source's exit code."""
    if isinstance(told, ReadaloudError):
        return show_plan(Planned(source, error=told), json=json)
    if json:
        print_json({"source": source, "lines": [asdict(entry) for entry in told]})
        return 0
    from rich.text import Text

    console = open_console()
    console.print(Text(source, style="bold"))
    for entry in told:
        line = Text(f"{entry.line:5} {entry.verdict:8} ", style="cyan")
        line.append(entry.text, style="dim" if entry.verdict == "removed" else "")
        line.append(f"  ({entry.rule})" if entry.rule else "", style="green")
        console.print(line, soft_wrap=True)
    return 0


def plan_object(source: str, script: Script, estimated_ms: int) -> dict[str, Any]:
    """The plan as one JSON object; its keys are documented in the README."""
    article = script.article
    return {
        "source": source,
        "title": article.title,
        "byline": article.byline,
        "language": article.language,
        "chapters": [
            {
                "id": chapter.id,
                "title": chapter.title.text if chapter.title else None,
                "utterances": [
                    {"id": item.id, "text": item.text, "spoken": item.spoken}
                    for item in script.utterances
                    if item.chapter_id == chapter.id
                ],
            }
            for chapter in article.chapters
        ],
        "removed": [
            {"line": gone.line, "text": gone.text, "reason": gone.reason} for gone in _gone(script)
        ],
        "estimated_ms": estimated_ms,
    }


def show_voices(voices: Sequence[Voice], *, json: bool) -> None:
    """Print the voices as a table, or one JSON object a line."""
    if json:
        for voice in voices:
            print_json(
                {
                    "name": voice.name,
                    "engine": voice.engine,
                    "engine_voice": voice.engine_voice,
                    "locale": voice.locale,
                    "gender": voice.gender,
                    "rate": voice.prosody.rate,
                    "description": voice.description,
                }
            )
        return
    from rich.table import Table

    table = Table("voice", "engine", "locale", "gender", "rate", "description", box=None)
    for voice in voices:
        rate = f"{voice.prosody.rate:g}"
        cells = (voice.name, voice.engine, voice.locale, voice.gender, rate, voice.description)
        table.add_row(*cells)
    open_console().print(table)


def show_engines(voices: Sequence[Voice], *, json: bool) -> None:
    """Print how the voices' engines run on this machine, a line or a JSON object each."""
    from readaloud.speech.engines import load_engine

    for name in sorted({voice.engine for voice in voices}):
        line = load_engine(name).describe()
        if json:
            print_json({"engine": name, "runs": line})
        else:
            print(f"{name}: {line}")  # noqa: T201


def show_check(checked: Checked, *, json: bool) -> int:
    """Print what is wrong with an edition, a line each; return 1 if anything is."""
    if json:
        print_json(check_object(checked))
        return int(bool(checked.problems))
    for problem in checked.problems:
        print(f"{checked.file}: {problem}")  # noqa: T201
    hearing = checked.hearing
    heard = ""
    if hearing is not None:
        heard = (
            f", {hearing.errors} of {hearing.syllables} syllables heard differently "
            f"({hearing.error_rate:.1%})"
        )
    if heard or not checked.problems:
        verdict = "not sound" if checked.problems else "sound"
        print(f"{checked.file}: {verdict}{heard}")  # noqa: T201
    return int(bool(checked.problems))


def check_object(checked: Checked) -> dict[str, Any]:
    """What a check found as one JSON object; its keys are documented in the README."""
    shown: dict[str, Any] = {"file": checked.file, "problems": list(checked.problems)}
    if checked.hearing is not None:
        shown["syllables"] = checked.hearing.syllables
        shown["errors"] = checked.hearing.errors
        shown["utterances"] = [
            {**asdict(item), "sounds_wrong": item.sounds_wrong}
            for item in checked.hearing.utterances
        ]
    return shown


def show_pronunciation(utterance: Utterance, *, json: bool) -> None:
    """Print what will be said: the spoken form, and its pinyin."""
    pinyin = [reading for reading in utterance.readings if reading]
    if json:
        print_json({"text": utterance.text, "spoken": utterance.spoken, "pinyin": pinyin})
        return
    print(utterance.spoken)  # noqa: T201
    print(_interleave(utterance))  # noqa: T201


def _interleave(utterance: Utterance) -> str:
    """Pinyin for each Chinese character; the rest of the text stands as it is."""
    parts: list[str] = []
    for character, reading in zip(utterance.spoken, utterance.readings, strict=True):
        if reading:
            parts.append(f" {reading} ")
        else:
            parts.append(character)
    return " ".join("".join(parts).split())


def _draw_plan(source: str, script: Script, estimated_ms: int) -> None:
    """Chapters as a tree, then the removed lines, dim, with their reasons."""
    from rich.text import Text
    from rich.tree import Tree

    console = open_console()
    article = script.article
    head = f"{article.title or source}  ~{clock(estimated_ms)}"
    tree = Tree(Text(head, style="bold"))
    if article.byline:
        tree.add(Text(f"byline: {article.byline}"))
    for number, chapter in enumerate(article.chapters, 1):
        name = chapter.title.text if chapter.title else f"{number}"
        branch = tree.add(Text(f"{chapter.id} {name}", style="bold cyan"))
        for item in script.utterances:
            if item.chapter_id == chapter.id:
                branch.add(_utterance_line(item))
    console.print(tree)
    told = left_out(len(article.removed), script.unspoken)
    console.print(Text(told), soft_wrap=True)
    for removal in _gone(script):
        line = f"  {removal.line}: {removal.text}  ({removal.reason})"
        console.print(Text(line, style="dim"), soft_wrap=True)


def _utterance_line(utterance: Utterance) -> Any:
    from rich.text import Text

    line = Text(f"{utterance.id} {utterance.text}")
    if utterance.spoken != utterance.text:
        line.append(f"\n      → {utterance.spoken}", style="green")
    return line


def _gone(script: Script) -> list[Removal]:
    """All that is not spoken, by line."""
    return sorted((*script.article.removed, *script.skipped), key=lambda gone: gone.line)
