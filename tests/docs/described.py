"""Fields of the program's types, with what their docstrings say of them, as rows of tables."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
import tomllib
import types
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

WORDS = tomllib.loads((Path(__file__).parent / "words.toml").read_text("utf-8"))
"""What is to be said of a field or key that has no docstring, by type and name."""
USED: set[tuple[str, str]] = set()
"""Type and name of all that was described so far."""
_KINDS = {str: "text", int: "whole number", float: "number", bool: "true or false", Path: "path"}


def describe(group: str, name: str, told: str = "") -> str:
    """What a key means: from the words beside this file, else what its docstring tells."""
    USED.add((group, name))
    found = WORDS.get(group, {}).get(name, told)
    assert found, f"nothing is said of {group}.{name}: add it to {Path(__file__).parent}/words.toml"
    return " ".join(found.split()).replace("``", "`")


def field_docs(kind: type) -> dict[str, str]:
    """The docstrings below a class's fields, by field."""
    body = ast.parse(textwrap.dedent(inspect.getsource(kind))).body[0]
    assert isinstance(body, ast.ClassDef)
    told = {}
    for field, below in zip(body.body, body.body[1:], strict=False):
        if isinstance(field, ast.AnnAssign) and isinstance(below, ast.Expr):
            assert isinstance(field.target, ast.Name)
            told[field.target.id] = str(ast.literal_eval(below.value))
    return told


def kind_of(hint: Any) -> str:
    """A type in words: text, list of texts, one of these."""
    if get_origin(hint) in {Union, types.UnionType}:
        named = [kind_of(each) for each in get_args(hint) if each is not type(None)]
        return " or ".join(dict.fromkeys(named))
    if get_origin(hint) is Literal:
        return ", ".join(f"`{value}`" if value else "empty" for value in get_args(hint))
    if get_origin(hint) is tuple:
        return f"list of {kind_of(get_args(hint)[0])}s"
    return _KINDS.get(hint) or re.sub(r".*\.", "", getattr(hint, "__name__", str(hint)))


def default_of(field: Any) -> str:
    """A field's default as TOML has it; empty where there is none."""
    value = field.default
    if value is MISSING or value is None or value in ("", ()):
        return ""
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    listed = ",".join(map(str, value)) if isinstance(value, tuple) else value
    return f"`{listed}`"


def rows_of(kind: type, skip: Iterable[str] = (), told: Mapping[str, str] | None = None) -> Any:
    """Key, kind, default and meaning of each field of a dataclass."""
    hints, docs = get_type_hints(kind), {**(told or {}), **field_docs(kind)}
    for field in fields(kind):
        if field.name not in skip:
            meaning = describe(kind.__name__, field.name, docs.get(field.name, ""))
            yield (f"`{field.name}`", kind_of(hints[field.name]), default_of(field), meaning)


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A table of Markdown."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join(f"| {' | '.join(_cell(each) for each in line)} |\n" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
