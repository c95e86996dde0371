"""The pages of docs/reference, written from the program."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from described import WORDS, describe, field_docs, kind_of, rows_of, table
from typer.main import get_command
from typer.testing import CliRunner

from readaloud.cli import app
from readaloud.config.programme import Music, Programme, Section
from readaloud.config.run_options import Options
from readaloud.config.voices import load_voices
from readaloud.errors import ReadaloudError
from readaloud.formats import FORMATS
from readaloud.formats.report import report_schema
from readaloud.model import ChapterMark, Label, LineRule, Pacing, Prosody, SiteRule, Voice
from readaloud.morning.settings import Morning, SourceSettings
from readaloud.podcast.feed_settings import Channel
from readaloud.publishing.settings import Publishing
from readaloud.speech.engines import ENGINES

_ENGLISH = {"COLUMNS": "88", "TERM": "dumb", "LC_ALL": "C.UTF-8", "LANGUAGE": "en", "LANG": ""}
_HEAD = ("key", "kind", "default", "meaning")
_FLAGS = {"pitch_hz": "pitch", "volume_percent": "volume"}
"""Options whose flag has another name."""


def command_names() -> list[str]:
    """Every command, in the order of the help."""
    return list(get_command(app).commands)  # type: ignore[attr-defined]


def command_line() -> str:
    """The help of the program and of every command."""
    parts = ["# Command line\n"]
    for words in ([], *([name] for name in command_names())):
        shown = CliRunner(env=_ENGLISH).invoke(app, [*words, "--help"], prog_name="readaloud")
        assert shown.exit_code == 0, shown.output
        lines = "\n".join(line.rstrip() for line in shown.output.strip().splitlines())
        parts.append(f"## {' '.join(['readaloud', *words])}\n\n```text\n{lines}\n```\n")
    return "\n".join(parts)


def settings() -> str:
    """The keys of readaloud.toml, of voice profiles and of lexicons."""
    words = WORDS["settings"]
    params = get_command(app).commands["build"].params  # type: ignore[attr-defined]
    helps = {param.name: getattr(param, "help", "") or "" for param in params}
    flags = {key: helps.get(_FLAGS.get(key, key), "") for key in Options.__slots__}
    build = rows_of(
        Options,
        (
            "rules",
            "reading",
            "engines",
            "programme",
            "engine_options",
            "keep",
            "drop",
            "cache_max_gb",
            "label_table",
        ),
        flags,
    )
    cache = [("`max_gb`", "number", f"`{Options().cache_max_gb:g}`", words["max_gb"])]
    programme = [*rows_of(Programme, ("sections", "music"))]
    voice = [*rows_of(Voice, ("prosody", "pacing", "options", "secrets"))]
    rules = [(f"`{key}`", kind, "", told) for key, (kind, told) in words["rules"].items()]
    return "\n".join(
        [
            f"# Settings\n\n{words['about'].strip()}\n",
            f"## build\n\n{words['build']}\n\n{table(_HEAD, build)}",
            f"## rules\n\n{words['rules_about']}\n\n{table(_HEAD, rules)}",
            f"### rule\n\n{words['rule']}\n\n{table(_HEAD, rows_of(LineRule, ('where',)))}",
            f"## sites\n\n{words['sites']}\n\n{table(_HEAD, rows_of(SiteRule, ('host',)))}",
            f"## engines\n\n{words['engines']}\n",
            f"## cache\n\n{words['cache']}\n\n{table(_HEAD, cache)}",
            f"## programme\n\n{words['programme']}\n\n{table(_HEAD, programme)}",
            f"### music\n\n{words['music']}\n\n{table(_HEAD, rows_of(Music))}",
            f"### section\n\n{words['section']}\n\n{table(_HEAD, rows_of(Section))}",
            f"## label\n\n{words['label']}\n\n{table(_HEAD, rows_of(Label))}",
            f"## feed\n\n{words['feed']}\n\n{table(_HEAD, rows_of(Channel))}",
            f"## publish\n\n{words['publish']}\n\n{table(_HEAD, rows_of(Publishing))}",
            f"## morning\n\n{words['morning']}\n\n{table(_HEAD, rows_of(Morning, ('sources',)))}",
            f"### source\n\n{words['source']}\n\n{table(_HEAD, rows_of(SourceSettings))}",
            f"## Voice profiles\n\n{words['voices']}\n\n{table(_HEAD, voice)}",
            f"### prosody\n\n{words['prosody']}\n\n{table(_HEAD, rows_of(Prosody))}",
            f"### pacing\n\n{words['pacing']}\n\n{table(_HEAD, rows_of(Pacing))}",
            f"## Lexicons\n\n{words['lexicon'].strip()}\n",
        ]
    )


def formats() -> str:
    """The formats there are."""
    head = ("format", "file", "media type", "what it is for", "in a feed")
    rows = (
        (f"`{f.name}`", f"`x{f.extension}`", f"`{f.media_type}`", f.purpose, f.feed_place)
        for f in FORMATS.all()
    )
    return f"# Formats\n\n{WORDS['formats']['about']}\n\n{table(head, rows)}"


def voices() -> str:
    """The voices that come with the program."""
    head = ("voice", "engine", "locale", "gender", "script", "description")
    rows = (
        (f"`{v.name}`", f"`{v.engine}`", v.locale, v.gender, v.script, v.description)
        for v in load_voices().values()
    )
    return f"# Voices\n\n{WORDS['voices']['about']}\n\n{table(head, rows)}"


def engines() -> str:
    """The engines, and the options that each declares."""
    parts = [f"# Engines\n\n{WORDS['engines']['about']}\n"]
    for engine in ENGINES.all():
        takes = "pinyin" if engine.needs_readings else "text"
        parts.append(
            f"## {engine.name}\n\n{describe('engines', engine.name, engine.notice)} "
            f"It takes {takes}, at most {engine.max_chars} characters at once.\n"
        )
        rows = [
            (f"`{o.name}`", kind_of(o.kind), f"`{o.default}`" if o.default else "", o.help)
            for o in engine.options
        ]
        parts.append(
            table(("option", "kind", "default", "meaning"), rows) if rows else "No options.\n"
        )
    return "\n".join(parts)


def exit_codes() -> str:
    """Exit codes, and the errors behind them."""
    rows = [
        (f"{kind.exit_code}", f"`{kind.__name__}`", (inspect.getdoc(kind) or "").partition("\n")[0])
        for kind in sorted(_errors(ReadaloudError), key=lambda k: (k.exit_code, k.__name__))
    ]
    about = WORDS["exit_codes"]["about"]
    return f"# Exit codes\n\n{about}\n\n{table(('code', 'error', 'meaning'), rows)}"


def _errors(kind: type[ReadaloudError]) -> Iterator[type[ReadaloudError]]:
    """The subclasses that ``errors.py`` has of an error, at any depth."""
    for below in kind.__subclasses__():
        if below.__module__ == ReadaloudError.__module__:
            yield below
            yield from _errors(below)


def report() -> str:
    """The report's keys."""
    from readaloud.formats import report as module

    own = (module.Report, module.Said, module.Unsaid, module.WrittenFile, module.Labelled)
    kinds = [*own, Voice, Prosody, Pacing, ChapterMark]
    return f"# The report\n\n{WORDS['report']['about'].strip()}\n\n{_keys(report_schema(), kinds)}"


def timeline() -> str:
    """The timeline's keys."""
    from readaloud.formats.timeline import file as module

    own = (module.Timeline, module.AudioFile, module.SpokenParagraph, module.SpokenSentence)
    about = WORDS["timeline"]["about"].strip()
    return f"# The timeline\n\n{about}\n\n{_keys(module.timeline_schema(), [*own, ChapterMark])}"


def _keys(schema_of: Mapping[str, Any], kinds: Sequence[type]) -> str:
    """The keys of a file of JSON, object by object, from its schema."""
    parts = []
    told = {kind.__name__: field_docs(kind) for kind in kinds}
    for name, schema in schema_of["$defs"].items():
        rows = [
            (f"`{key}`", _json_kind(one), describe(name, key, told.get(name, {}).get(key, "")))
            for key, one in schema["properties"].items()
            if key != "secrets"
        ]
        parts.append(f"## {name}\n\n{table(('key', 'kind', 'meaning'), rows)}")
    return "\n".join(parts)


def _json_kind(schema: Mapping[str, Any]) -> str:
    """The kind of a value by its JSON Schema."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in schema:
        return " or ".join(_json_kind(each) for each in schema["anyOf"])
    if "enum" in schema:
        return ", ".join(f"`{each}`" if each else "empty" for each in schema["enum"])
    if schema.get("type") == "array" and isinstance(schema.get("items"), dict):
        return f"list of {_json_kind(schema['items'])}"
    if isinstance(schema.get("additionalProperties"), dict):
        return f"object of {_json_kind(schema['additionalProperties'])}"
    return str(schema.get("type", "list"))


def json_keys(samples: Mapping[str, Sequence[Any]]) -> str:
    """The keys of what the commands print, as they printed them."""
    parts = [f"# JSON\n\n{WORDS['json']['about']}\n"]
    for title, objects in samples.items():
        found: dict[str, list[str]] = {}
        for each in objects:
            _gather(each, "", found)
        rows = [
            (f"`{key}`", _either(kinds), describe(f"json {title}", key))
            for key, kinds in found.items()
        ]
        about = WORDS["json"][title]
        parts.append(f"## {title}\n\n{about}\n\n{table(('key', 'kind', 'meaning'), rows)}")
    return "\n".join(parts)


def _either(kinds: Sequence[str]) -> str:
    """Each kind once, in an order that does not depend on which article was ready first."""
    told = set(kinds)
    if any(kind.startswith("list of") for kind in told):
        told.discard("list")  # an empty one, which tells nothing
    return " or ".join(sorted(told, key=lambda kind: (kind == "null", kind)))


def _gather(value: object, key: str, found: dict[str, list[str]]) -> None:
    """The kinds of a value and of all below it, by dotted key."""
    names = {str: "text", int: "whole number", float: "number", bool: "true or false"}
    if isinstance(value, dict):
        for name, below in value.items():
            _gather(below, f"{key}.{name}" if key else name, found)
        return
    if isinstance(value, list):
        inner: dict[str, list[str]] = {}
        for each in value:
            _gather(each, f"{key}[]", inner)
        scalar = inner.pop(f"{key}[]", None)
        found.setdefault(key, []).append(f"list of {scalar[0]}s" if scalar else "list")
        for name, kinds in inner.items():
            found.setdefault(name, []).extend(kinds)
        return
    found.setdefault(key, []).append("null" if value is None else names[type(value)])


PAGES = {
    "command-line.md": command_line,
    "settings.md": settings,
    "formats.md": formats,
    "voices.md": voices,
    "engines.md": engines,
    "exit-codes.md": exit_codes,
    "report.md": report,
    "timeline.md": timeline,
}
