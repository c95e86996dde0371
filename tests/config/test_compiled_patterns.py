"""Patterns that were compiled beforehand are those that Python would compile now."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

from readaloud.config import compiled_patterns
from readaloud.editing.needed_characters import find_needed, needed_characters

ROOT = Path(__file__).parents[2]


def hook() -> ModuleType:
    spec = spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def patterns() -> list[str]:
    return list(dict.fromkeys(hook().find_patterns()))


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory, patterns: list[str]) -> Path:
    file = tmp_path_factory.mktemp("kept") / "patterns.bin"
    rules = (path.read_text("utf-8") for path in hook().find_rules(ROOT))
    compiled_patterns.write_patterns({each: find_needed(each) for each in patterns}, file, rules)
    return file


@pytest.fixture
def kept(written: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(compiled_patterns, "FILE", written)
    return written


def refuse(pattern: str) -> None:
    raise AssertionError(pattern)


@pytest.mark.usefixtures("kept")
def test_they_are_what_python_makes_of_them(
    patterns: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(patterns) > 300
    compiled = [re.compile(pattern) for pattern in patterns]
    monkeypatch.setattr(re, "compile", refuse)
    loaded = [compiled_patterns.compile_pattern(pattern) for pattern in patterns]
    for one, other in zip(loaded, compiled, strict=True):
        assert one == other  # the code as well as the text
        assert (one.groups, one.groupindex) == (other.groups, other.groupindex)


@pytest.mark.usefixtures("kept")
def test_groups_keep_their_names() -> None:
    pattern = next(p for p in hook().find_patterns() if "(?P<" in p)
    found = compiled_patterns.compile_pattern(pattern)
    assert found.groupindex
    assert found.groupindex == re.compile(pattern).groupindex


@pytest.mark.usefixtures("kept")
def test_what_a_pattern_needs_is_kept_too(patterns: list[str]) -> None:
    assert all(compiled_patterns.needed_characters(each)[0] for each in patterns)
    assert [needed_characters(each) for each in patterns] == list(map(find_needed, patterns))


@pytest.mark.usefixtures("kept")
def test_a_pattern_that_is_not_kept_is_compiled() -> None:
    assert compiled_patterns.compile_pattern("今日(?P<what>船班|渡轮)").fullmatch("今日渡轮")
    assert needed_characters("今(?:日|天)x?") == frozenset("今")


@pytest.mark.usefixtures("kept")
def test_rules_are_what_their_files_say(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [path.read_text("utf-8") for path in hook().find_rules(ROOT)]
    said = list(map(tomllib.loads, texts))
    with monkeypatch.context() as patched:
        patched.setattr(tomllib, "loads", refuse)
        assert list(map(compiled_patterns.read_rules, texts)) == said
    changed = texts[0] + '\n[more]\na = "b"\n'
    assert compiled_patterns.read_rules(changed) == tomllib.loads(changed)


def test_another_pythons_and_damaged_ones_are_passed_over(
    kept: Path, patterns: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(compiled_patterns, "_MADE_BY", [sys.implementation.name, 2, 7, 0, 2])
    compiled_patterns._read.cache_clear()
    assert compiled_patterns.compile_pattern(patterns[0]) == re.compile(patterns[0])
    assert not compiled_patterns.needed_characters(patterns[0])[0]
    damaged = tmp_path / "damaged.bin"
    damaged.write_bytes(kept.read_bytes()[:-20])
    monkeypatch.setattr(compiled_patterns, "FILE", damaged)
    assert compiled_patterns.compile_pattern(patterns[0]) == re.compile(patterns[0])
    compiled_patterns._read.cache_clear()


def test_the_build_needs_no_more_than_pyproject_says() -> None:
    """Where a package is built, none of readaloud's own dependencies but opencc are there."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    allowed = {"hatchling", "babel", "opencc"}
    assert {re.split(r"[->=]", each)[0] for each in project["build-system"]["requires"]} == allowed
    code = (
        "import sys, hatch_build\n"
        "before = set(sys.modules)\n"
        f"sys.path.insert(0, {str(ROOT / 'src')!r})\n"
        "assert len(list(hatch_build.find_patterns())) > 300\n"
        "new = {name.split('.')[0] for name in set(sys.modules) - before}\n"
        "print(*sorted(new - sys.stdlib_module_names - {'readaloud', 'opencc'}))"
    )
    out = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert out.stdout.strip() == ""
