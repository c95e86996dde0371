"""Help and usage errors in the person's language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import typer
from typer.core import TyperCommand

from readaloud.cli import translation
from readaloud.cli.library_words import PLACEHOLDERS
from readaloud.cli.terminal import cells, say
from readaloud.cli.translation import shown, shown_library_words
from readaloud.errors import msg

_Context: Any = TyperCommand.context_class
_Formatter: Any = _Context.formatter_class
UsageError: Any = typer.BadParameter.__base__
_EXTRA = re.compile(
    r"(?P<help>.*?)(?:  )?(?:\[(?P<extra>(?:default: |required)[^\]]*)\])?", re.DOTALL
)
"""What an option does, and what typer puts behind it."""
_UNIT = re.compile(r"\s+|[（「『《]*(?:[!-~“”’]+|.)[，。；：、！？）」』》]*", re.DOTALL)
"""What a line may not be broken within: no Chinese line begins with a full stop."""
_PLACEHOLDER = re.compile(rf"(?<=[<\[ ])(?:{'|'.join(map(str, PLACEHOLDERS))})(?=[>\] ]|\.\.\.)")


class HelpPage(_Formatter):  # type: ignore[misc]
    """Help that is translated while it is written; English is left to the library."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The line of words that a command takes."""
        mark = "：" if not translation.is_english() else ": "
        super().write_usage(
            prog, _shown_placeholders(f" {args}")[1:], prefix or f"{shown('Usage')}{mark}"
        )

    def write_heading(self, heading: str) -> None:
        """The name of a section."""
        if translation.is_english():
            super().write_heading(heading)
            return
        self.write(f"{'':>{self.current_indent}}{shown(heading)}：\n")

    def write_text(self, text: str) -> None:
        """A paragraph."""
        if translation.is_english():
            super().write_text(text)
            return
        indent = " " * self.current_indent
        for line in wrap(shown(text), self.width - self.current_indent):
            self.write(f"{indent}{line}\n")

    def write_dl(
        self, rows: Sequence[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """Names, and what they mean."""
        if translation.is_english():
            super().write_dl(rows, col_max, col_spacing)
            return
        rows = [(_shown_placeholders(name), meaning) for name, meaning in rows]
        first = min(max(cells(name) for name, _ in rows), col_max) + col_spacing
        indent = " " * self.current_indent
        for name, meaning in rows:
            lines = wrap(_shown_meaning(meaning), max(self.width - first - 2, 10)) or [""]
            head = f"{indent}{name}"
            if cells(name) > first - col_spacing:
                self.write(f"{head}\n")
                head = indent
            self.write(
                f"{head}{' ' * (first + len(indent) - cells(head))}{lines[0]}".rstrip() + "\n"
            )
            for line in lines[1:]:
                self.write(f"{' ' * (first + len(indent))}{line}\n")


class HelpContext(_Context):  # type: ignore[misc]
    """What a command runs in; its help is translated when it is asked for."""

    formatter_class = HelpPage


def show_usage_error(error: Any) -> None:
    """What is wrong with the words of a command line, and how to see what it takes."""
    told, context = error.format_message(), error.ctx
    if translation.is_english() or (context is not None and told == context.get_help()):
        error.show()
        return
    if context is not None:
        page = f"{context.command_path} {context.help_option_names[0]}"
        say(context.get_usage())
        say(msg("Try “{page}” for help.", page=page))
        say("")
    say(msg("Error: {error}", error=shown_library_words(told)))


def wrap(text: str, width: int) -> list[str]:
    """A text in lines of at most ``width`` columns; breaks of paragraphs stay."""
    lines: list[str] = []
    for paragraph in text.split("\n\n") if text else ():
        lines += [""] * bool(lines)
        line = ""
        for unit in _UNIT.findall(" ".join(paragraph.split())):
            if line and cells(line) + cells(unit.rstrip()) > width:
                lines.append(line.rstrip())
                line = ""
            line += unit if line or not unit.isspace() else ""
        lines.append(line.rstrip())
    return lines


def _shown_placeholders(words: str) -> str:
    return _PLACEHOLDER.sub(lambda match: shown(match[0]), words)


def _shown_meaning(meaning: str) -> str:
    parted = _EXTRA.fullmatch(meaning)
    if parted is None or parted["extra"] is None:
        return shown(meaning)
    extra = "；".join(map(shown_library_words, parted["extra"].split("; ")))
    return f"{shown(parted['help'])} [{extra}]".strip()
