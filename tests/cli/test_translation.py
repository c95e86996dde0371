"""The program in the languages of its users; what machines read stays as it is."""

from __future__ import annotations

import ast
import importlib.util
import json
import os
import re
import string
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
from typer.testing import Result

from readaloud.cli import translation
from readaloud.cli.help_page import wrap
from readaloud.cli.terminal import cells
from readaloud.errors import ConfigError, InputError, Message, Several, msg, msg_count

Cli = Callable[..., Result]


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


catalogues = _module(Path(__file__).with_name("catalogues.py"))
ROOT: Path = catalogues.ROOT
LANGUAGES = catalogues.LANGUAGES


@cache
def gathered() -> set[str]:
    """Every text that a person may be shown."""
    return {message.id for message in catalogues.gather() if message.id}


@pytest.fixture(autouse=True)
def _compiled() -> Iterator[None]:
    """The catalogues as they stand, also where nothing was built; English again at the end."""
    _module(ROOT / "hatch_build.py").compile_catalogues(translation.FOLDER)
    yield
    translation.use_catalogue("")


def fields(text: str) -> set[tuple[str | None, str | None, str | None]]:
    return {(name, spec, how) for _, name, spec, how in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated_and_no_translation_is_stale(language: str) -> None:
    """Where this fails, run: python tests/cli/catalogues.py"""
    told = {each.id: each for each in catalogues.read(language) if each.id}
    assert gathered() - told.keys() == set(), "not in the catalogue"
    assert told.keys() - gathered() == set(), "said nowhere any more"
    assert [text for text, each in told.items() if not each.string or each.fuzzy] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_keep_the_places_of_their_texts(language: str) -> None:
    for each in catalogues.read(language):
        if each.id and "{" in each.id and each.id != "NAME=VALUE":
            assert fields(each.string) == fields(each.id), each.id


ERRORS = {"say", "tell", "echo", "print", "notice", "section", "Finding", "fail"}


def escaping(path: Path) -> Iterator[str]:
    """Texts for people that would be missed: written out where a message is expected."""
    for call in catalogues.calls(path):
        name = catalogues.name_of(call)
        where = f"{path.name}:{call.lineno}"
        for template in catalogues.templates_of(call):
            if not isinstance(template, ast.Constant):
                yield f"{where}: the template of {name} is no literal"
        if name == "Finding":
            told = call.args[1:2]
        elif name == "Removal":
            told = call.args[2:3]
        elif name == "cut":
            told = call.args[1:2]
        elif name in ERRORS or name.endswith("Error"):
            told = call.args[:2]
        else:
            continue
        for argument in told:
            if _is_prose(argument):
                yield f"{where}: {name} is given {ast.unparse(argument)}"


def _is_prose(node: ast.expr) -> bool:
    if isinstance(node, ast.IfExp):
        return _is_prose(node.body) or _is_prose(node.orelse)
    if isinstance(node, ast.JoinedStr):
        parts = (part.value for part in node.values if isinstance(part, ast.Constant))
        return any(map(_has_words, parts))
    return isinstance(node, ast.Constant) and _has_words(node.value)


def _has_words(value: object) -> bool:
    return isinstance(value, str) and any(character.isalpha() for character in value)


INTERNAL = {"number_sayings.py", "rulebook.py", "atomic.py"}
"""Files whose errors only a developer meets: the rules of the house are tested before they ship."""


def test_no_text_for_people_escapes_translation() -> None:
    found = []
    for path in sorted(catalogues.PACKAGE.rglob("*.py")):
        if path.relative_to(catalogues.PACKAGE).parts[0] == "spoken" and path.name in INTERNAL:
            continue
        found += list(escaping(path))
    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        'raise InputError(f"{name} is missing.")',
        'raise ConfigError(msg("x"), "Mend it.")',
        'say("Done.")',
        'Finding("share", "share bar")',
        'Removal(1, text, "hidden")',
        'cut(block, "hidden")',
        'limits.fail("leads nowhere" if a else b)',
        "msg(text)",
    ],
)
def test_what_escapes_is_found(tmp_path: Path, line: str) -> None:
    path = tmp_path / "new.py"
    path.write_text(line, encoding="utf-8")
    assert list(escaping(path))


@pytest.mark.parametrize(
    ("settings", "wanted"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh_CN"),
        ({"LANG": "zh_SG"}, "zh_CN"),
        ({"LANG": "zh-Hans-CN"}, "zh_CN"),
        ({"LANG": "zh_TW.Big5"}, "zh_TW"),
        ({"LANG": "zh_HK.UTF-8"}, "zh_TW"),
        ({"LC_ALL": "zh_Hant_MO"}, "zh_TW"),
        ({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, ""),
        ({"LC_ALL": "", "LC_MESSAGES": "zh_TW", "LANG": "zh_CN"}, "zh_TW"),
        ({"LANG": "de_DE.UTF-8"}, ""),
        ({"LANG": "POSIX"}, ""),
        ({"READALOUD_LANG": "zh-TW", "LC_ALL": "zh_CN"}, "zh_TW"),
        ({"READALOUD_LANG": "en", "LC_ALL": "zh_CN"}, ""),
        ({}, ""),
    ],
)
def test_the_language_is_the_persons(settings: dict[str, str], wanted: str) -> None:
    translation.choose_language(None, settings)
    shown = {"": "Formats", "zh_CN": "文章之外", "zh_TW": "頁面按鈕"}[wanted]
    text = {"": "Formats", "zh_CN": "outside the article", "zh_TW": "page controls"}[wanted]
    assert translation.shown(text) == shown


def test_messages_inside_messages_are_translated() -> None:
    translation.use_catalogue("zh_CN")
    inner = msg("{name} is not a file.", name="a.txt")
    assert translation.shown(msg("Error: {error}", error=inner)) == "错误：a.txt 不是文件。"
    error = InputError(inner, msg("Check the file."))
    assert translation.shown(error) == "a.txt 不是文件。请检查文件。"
    counted = msg_count("{count} chapter", "{count} chapters", 1)
    assert (counted, translation.shown(counted)) == ("1 chapter", "1 章")
    named = msg("Choose one of {known}.", known=Several(["a", "b"]))
    assert (named, translation.shown(named)) == ("Choose one of a, b.", "可选：a、b。")
    assert translation.shown(Several([counted, msg("made")])) == "1 章，已制作"
    assert translation.shown(Message("something that a library says")).startswith("something")


def test_a_language_of_no_catalogue_is_refused(cli: Cli) -> None:
    result = cli("voices", "--lang", "xx")
    assert result.exit_code == ConfigError.exit_code
    assert "en, zh-CN, zh-TW" in result.stderr


@pytest.mark.parametrize("words", [("--lang", "zh-TW", "build"), ("build", "--lang=zh-TW")])
def test_lang_stands_before_a_command_or_behind_it(cli: Cli, words: tuple[str, ...]) -> None:
    told = cli(*words, "--help").stdout
    assert "用法：" in told
    assert "要朗讀的文章：檔案、網址或資料夾；- 表示標準輸入。 [必填]" in told
    assert "供 Podcast 使用" in told


def test_usage_errors_are_translated(cli: Cli) -> None:
    for words, told in (
        (("build",), "错误：缺少参数“sources”。"),
        (("nothing",), "错误：没有命令“nothing”。"),
        (("plan", "x", "--lexcon", "y"), "相近的选项"),
        (("voices", "a", "b"), "多余的参数：b"),
        (("serve", "x", "--port"), "后面要有值"),
        (("serve", "x", "--port", "y"), "'y' 不是整数。"),
        (("build", "x", "--date", "y"), "不符合格式"),
    ):
        result = cli(*words, "--lang", "zh-CN")
        assert result.exit_code == 2
        assert told in result.stderr


@pytest.mark.parametrize("language", ["zh-CN", "zh-TW"])
def test_no_help_holds_an_english_sentence(cli: Cli, language: str) -> None:
    for command in ("", "build", "plan", "voices", "check", "feed", "serve", "pronounce"):
        told = cli(*filter(None, (command, "--help", "--lang", language))).stdout
        for text in gathered():
            if " " in text and "{" not in text:
                assert text not in told
        assert not re.search(r"OPTIONS|COMMAND|ARGS|<(?:str|int|path)>", told)
        assert all(cells(line) <= 80 for line in told.splitlines())


def test_lines_break_where_chinese_may() -> None:
    text = "退出码：0 一切正常；1 检查发现问题，或各来源失败的原因不同。"
    lines = wrap(text, 20)
    assert all(cells(line) <= 22 for line in lines)
    assert (
        "".join(lines).replace(" ", "")
        == "退出码：0一切正常；1检查发现问题，或各来源失败的原因不同。"
    )
    assert not [line for line in lines if line[0] in "，。；："]


IN_TURN = """
import json, sys
from readaloud.__main__ import main
for words in json.loads(sys.argv[1]):
    sys.argv[1:] = words
    try:
        main()
    except SystemExit:
        sys.stdout.flush()
"""
"""Runs several commands in one process, which spares their starts."""


def run(language: str, *commands: list[str]) -> tuple[bytes, str]:
    """What the commands print in a locale, one after the other, and what they tell people."""
    environment = {k: v for k, v in os.environ.items() if k not in {"READALOUD_LANG", "LC_ALL"}}
    done = subprocess.run(
        [sys.executable, "-c", IN_TURN, json.dumps(commands)],
        env=environment | {"LANG": language},
        capture_output=True,
        check=True,
    )
    return done.stdout, done.stderr.decode()


def test_what_machines_read_is_the_same_in_every_locale(seed: Path, tmp_path: Path) -> None:
    news, read = tmp_path / "news.txt", {}
    news.write_text("今日要聞\n\n春天來了。\n\n責任編輯：王小明\n", encoding="utf-8")
    for language in ("C", "zh_CN.UTF-8", "zh_TW.UTF-8"):
        work = tmp_path / "run"
        work.mkdir()
        log = work / "log"
        rest = ["nowhere.txt", "--voice", "silent", "--json"]
        folders = ["--out", str(work), "--cache-dir", str(work / "cache"), "--log-json", str(log)]
        printed, told = run(
            language,
            ["build", str(news), *rest, *folders],
            ["plan", str(seed), *rest],
            ["plan", "--explain", str(seed), "--json"],
            ["voices", "--json"],
        )
        lines = [json.loads(line) | {"seconds": 0} for line in log.read_text().splitlines()]
        made = [path.read_bytes() for path in sorted(work.glob("*.json"))]
        work.rename(tmp_path / f"done {language}")
        read[language] = (printed, lines, made)
        assert all(part in printed for part in (b'"utterances"', b'"verdict"', b'"voice"')), printed
        assert ("Error: " in told) is (language == "C")
    assert read["C"] == read["zh_CN.UTF-8"] == read["zh_TW.UTF-8"]


def test_a_plan_tells_its_reasons_in_the_language(cli: Cli, seed: Path) -> None:
    told = cli("plan", seed, "--lang", "zh-TW").stdout
    assert "略去 26 行" in told
    assert "（分享列）" in told or "(分享列)" in told


def test_reasons_are_explained_in_the_persons_language(cli: Cli, tmp_path: Path) -> None:
    article = tmp_path / "news.txt"
    prose = "往返两岛的渡船今天全部停航，何时恢复要看风力。"
    article.write_text(f"{prose}\n{prose[:9]}\n责任编辑：王小明\n", encoding="utf-8")
    told = cli("plan", article, "--explain", "--lang", "zh-CN").stdout
    assert "第 3 行，略去：责任编辑：王小明  (编辑署名)" in told
    assert "第 2 行，朗读，存疑：" in told
