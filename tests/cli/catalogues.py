"""Gathers what people are shown, and brings the catalogues of translations up to date.

    python tests/cli/catalogues.py

writes every text that is new into ``src/readaloud/cli/locale/*/LC_MESSAGES/readaloud.po``, takes
out those that are gone, and prints what remains to be translated.
"""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "readaloud"
LOCALES = PACKAGE / "cli" / "locale"
LANGUAGES = ("zh_CN", "zh_TW")
_MAKERS = {"msg": 1, "msg_count": 2}
"""Functions that make messages, and how many templates each takes."""
_TOML = (("src/readaloud/editing/rules", "reason"), ("voices", "description"))


def gather() -> Catalog:
    """Every text that a person may be shown, with the files that it stands in."""
    catalogue = Catalog(project="readaloud", charset="utf-8", fuzzy=False)
    for path in sorted(PACKAGE.rglob("*.py")):
        for text in _templates(path):
            _add(catalogue, text, path)
    for folder, key in _TOML:
        for path in sorted((ROOT / folder).glob("*.toml")):
            for text in _values(tomllib.loads(path.read_text(encoding="utf-8")), key):
                _add(catalogue, text, path)
    for text in _help_texts():
        _add(catalogue, text, PACKAGE / "cli")
    return catalogue


def read(language: str) -> Catalog:
    """A language's catalogue as it stands."""
    path = _path(language)
    if not path.exists():
        return Catalog(locale=language, project="readaloud", charset="utf-8", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def update(language: str, gathered: Catalog) -> Catalog:
    """Write a language's catalogue with what was gathered; translations stay where texts do."""
    told = read(language)
    fresh = Catalog(
        locale=language,
        project="readaloud",
        charset="utf-8",
        creation_date=told.creation_date,
        fuzzy=False,
    )
    for message in sorted(gathered, key=lambda each: (each.locations, str(each.id))):
        if message.id:
            known = told.get(message.id)
            fresh.add(message.id, known.string if known else "", locations=message.locations)
    path = _path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, fresh, width=100, include_lineno=False, omit_header=False)
    return fresh


def templates_of(call: ast.Call) -> list[ast.expr]:
    """The arguments of a call that are templates of messages."""
    return call.args[: _MAKERS.get(name_of(call), 0)]


def name_of(call: ast.Call) -> str:
    """What is called, without what it is an attribute of."""
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def calls(path: Path) -> Iterator[ast.Call]:
    """Every call in a file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield node


def _templates(path: Path) -> Iterator[str]:
    for call in calls(path):
        for argument in templates_of(call):
            if isinstance(argument, ast.Constant):
                yield str(argument.value)


def _values(table: Any, key: str) -> Iterator[str]:
    """The texts below a key, wherever in the file."""
    if isinstance(table, list):
        for each in table:
            yield from _values(each, key)
    elif isinstance(table, dict):
        for name, value in table.items():
            if name == key and isinstance(value, str):
                yield value
            else:
                yield from _values(value, key)


def _help_texts() -> Iterator[str]:
    """What the commands, their arguments and their options say of themselves."""
    import typer.main

    from readaloud.cli import app

    program: Any = typer.main.get_command(app)
    for command in (program, *program.commands.values()):
        yield from filter(None, (command.help, command.epilog))
        yield from filter(None, (getattr(each, "help", None) for each in command.params))


def _add(catalogue: Catalog, text: str, path: Path) -> None:
    if text.strip():
        catalogue.add(text, locations=[(path.relative_to(ROOT).as_posix(), 0)])


def _path(language: str) -> Path:
    return LOCALES / language / "LC_MESSAGES" / "readaloud.po"


def main() -> None:
    """Update all, and say what is missing."""
    gathered = gather()
    for language in LANGUAGES:
        missing = [each.id for each in update(language, gathered) if each.id and not each.string]
        print(f"{language}: {len(gathered)} texts, {len(missing)} to translate")
        for text in missing:
            print(f"  {text}")


if __name__ == "__main__":
    main()
