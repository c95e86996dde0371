"""``readaloud plan``: what would be spoken, what was removed and why."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from readaloud.cli.flags import (
    AddressOfInput,
    AllowPrivate,
    AltText,
    Called,
    CodeFlag,
    Config,
    Drop,
    EngineOptions,
    Json,
    Keep,
    LexiconFile,
    Rate,
    Remember,
    Sources,
    TypeOfInput,
    VoiceName,
    VoicesDir,
)
from readaloud.cli.terminal import (
    clock,
    is_plain,
    left_out,
    open_console,
    print_json,
    say,
    tell_fields,
)
from readaloud.cli.translation import shown
from readaloud.errors import ReadaloudError, msg, msg_count

if TYPE_CHECKING:
    from readaloud.config.run_options import Options
    from readaloud.model import Planned, Removal, Script, Text, Utterance


def plan(
    sources: Sources,
    voice: VoiceName = None,
    engine_option: EngineOptions = None,
    rate: Rate = None,
    voices_dir: VoicesDir = None,
    lexicon: LexiconFile = None,
    alt_text: AltText = None,
    code: CodeFlag = None,
    keep: Keep = None,
    drop: Drop = None,
    remember: Remember = False,
    config: Config = None,
    name: Called = None,
    kind: TypeOfInput = None,
    url: AddressOfInput = None,
    allow_private: AllowPrivate = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show for each line which rule decided.")
    ] = False,
    json: Json = False,
) -> None:
    """Show what would be spoken, in which chapters, and what is left out and why."""
    from readaloud.cli import outcomes_and_exit_codes as outcomes
    from readaloud.config.run_options import make_options
    from readaloud.editions import plan as preview
    from readaloud.editions.standard_input import Piped, with_standard_input

    flags = {
        "voice": voice, "rate": rate, "voices_dir": voices_dir, "lexicon": lexicon,
        "alt_text": alt_text, "code": code, "keep": keep, "drop": drop,
        "allow_private": allow_private or None, "engine_options": engine_option,
    }  # fmt: skip
    options = make_options(flags, config)
    names = with_standard_input(sources, Piped(name, kind, url))
    if remember:
        say_remembered(names, options)
    if explain:
        from readaloud.cli.explanation import show_explanation

        codes = [
            show_explanation(source, told, json=json)
            for source, told in preview.explain_all(names, options)
        ]
    else:
        codes = [show_plan(planned, json=json) for planned in preview.plan_all(names, options)]
    raise typer.Exit(outcomes.exit_code(codes))


def say_remembered(names: Sequence[str | Text], options: Options) -> None:
    """Have the lines of ``--keep`` and ``--drop`` remembered, and say where."""
    from readaloud.editions.own_rules import remember

    file, count = remember(names, options)
    say(
        msg_count(
            "{count} rule written to {file}.", "{count} rules written to {file}.", count, file=file
        )
    )


def show_plan(planned: Planned, *, json: bool) -> int:
    """Print what would be spoken of one source; return its exit code."""
    if planned.script is None or planned.error is not None:
        from readaloud.cli.outcomes_and_exit_codes import show_failure

        error = planned.error or ReadaloudError(msg("nothing was planned"))
        return show_failure(planned.source, error, json=json)
    for notice in planned.script.article.notices:
        say(notice)
    if json:
        print_json(plan_object(planned.source, planned.script, planned.estimated_ms))
    else:
        show = _tell_plan if is_plain(sys.stdout) else _draw_plan
        show(planned.source, planned.script, planned.estimated_ms)
    return 0


def plan_object(source: str, script: Script, estimated_ms: int) -> dict[str, Any]:
    """The plan as one JSON object; its keys are documented in the README."""
    article, said = script.article, script.by_chapter()
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
                    for item in said.get(chapter.id, ())
                ],
            }
            for chapter in article.chapters
        ],
        "removed": [
            {"line": gone.named, "text": gone.text, "reason": gone.reason} for gone in _gone(script)
        ],
        "estimated_ms": estimated_ms,
        "doubtful_readings": _doubtful(script),
    }


def _tell_plan(source: str, script: Script, estimated_ms: int) -> None:
    """A line for each thing, its name before it: nothing is said by place or colour."""
    article, chapters = script.article, script.by_chapter()
    head: dict[str, object] = {
        msg("source"): source,
        msg("title"): article.title,
        msg("length"): msg("about {clock}", clock=clock(estimated_ms)),
        msg("byline"): article.byline,
    }
    tell_fields(head)
    for number, chapter in enumerate(article.chapters, 1):
        name = chapter.title.text if chapter.title else f"{number}"
        tell_fields({msg("chapter"): f"{chapter.id} {name}"})
        for item in chapters.get(chapter.id, ()):
            said = item.spoken if item.spoken != item.text else ""
            tell_fields({item.id: item.text, msg("said as"): said})
    tell_fields({msg("doubtful readings"): _doubtful(script) or None})
    tell_fields({msg("left out"): left_out(len(article.removed), script.unspoken)})
    for gone in _gone(script):
        name = msg("left out, line {line}", line=gone.named)
        tell_fields({name: f"{gone.text}  ({shown(gone.reason)})"})


def _draw_plan(source: str, script: Script, estimated_ms: int) -> None:
    """Chapters as a tree, then the removed lines, dim, with their reasons."""
    from rich.text import Text
    from rich.tree import Tree

    console = open_console()
    article, chapters = script.article, script.by_chapter()
    head = f"{article.title or source}  ~{clock(estimated_ms)}"
    tree = Tree(Text(head, style="bold"))
    if article.byline:
        tree.add(Text(shown(msg("byline: {byline}", byline=article.byline))))
    for number, chapter in enumerate(article.chapters, 1):
        name = chapter.title.text if chapter.title else f"{number}"
        branch = tree.add(Text(f"{chapter.id} {name}", style="bold cyan"))
        for item in chapters.get(chapter.id, ()):
            branch.add(_utterance_line(item))
    console.print(tree)
    if doubtful := _doubtful(script):
        told_doubts = msg_count(
            "{count} reading is doubtful: readaloud review {source}",
            "{count} readings are doubtful: readaloud review {source}",
            doubtful,
            source=source,
        )
        console.print(Text(shown(told_doubts)), soft_wrap=True)
    told = left_out(len(article.removed), script.unspoken)
    console.print(Text(shown(told)), soft_wrap=True)
    for removal in _gone(script):
        line = f"  {removal.named}: {removal.text}  ({shown(removal.reason)})"
        console.print(Text(line, style="dim"), soft_wrap=True)


def _utterance_line(utterance: Utterance) -> Any:
    from rich.text import Text

    line = Text(f"{utterance.id} {utterance.text}")
    if utterance.spoken != utterance.text:
        line.append(f"\n      → {utterance.spoken}", style="green")
    return line


def _doubtful(script: Script) -> int | None:
    """How many readings ``readaloud review`` would show; None where the voice does its own."""
    from readaloud.editions.review import count_doubtful

    read = any(utterance.readings for utterance in script.utterances)
    return count_doubtful(script) if read else None


def _gone(script: Script) -> list[Removal]:
    """All that is not spoken, by line."""
    return sorted((*script.article.removed, *script.skipped), key=lambda gone: gone.named)
