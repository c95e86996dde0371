"""docs/extending.md as it stands: its parts are installed as a package, and run."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import readaloud

GUIDE = Path(__file__).parents[1] / "docs" / "extending.md"
ROOMS = {
    "org.py": "sources/readers",
    "beep.py": "speech/engines",
    "transcript.py": "formats",
}
ARTICLE = """#+title: 晨間新聞
# 編者：稿子還要再看一遍。

氣溫零下二十度。路面結冰，請小心。

* 交通

高速公路已經封閉。
"""


def files_of_guide() -> dict[str, str]:
    """The guide's blocks that begin with the name of a file."""
    blocks = re.findall(
        r"```(?:python|toml)\n# (\S+\.(?:py|toml))\n(.*?)```", GUIDE.read_text("utf-8"), re.S
    )
    return dict(blocks)


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The guide's package, installed by pip into a folder of its own; nothing is downloaded."""
    project, target = tmp_path_factory.mktemp("project"), tmp_path_factory.mktemp("site")
    write(project, files_of_guide())
    offline = ("--quiet", "--no-index", "--no-deps", "--no-build-isolation")
    command = [sys.executable, "-m", "pip", "install", *offline, "--target", target, project]
    subprocess.run(list(map(str, command)), check=True, capture_output=True)
    shutil.copytree(project / "voices", target / "voices")
    return target


def run(place: Path, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """The command line, with ``place`` on the search path and its own cache."""
    path = os.pathsep.join([str(place), *filter(None, [os.environ.get("PYTHONPATH")])])
    return subprocess.run(
        [sys.executable, "-m", "readaloud", *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": path, "READALOUD_CACHE": str(folder / "cache")},
        capture_output=True,
        text=True,
        check=False,
    )


def build(place: Path, voices: Path, folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    (folder / "news.org").write_text(ARTICLE, encoding="utf-8")
    words = ("--voice", "beep", "--voices-dir", str(voices), "--format", "mp3,transcript,json")
    return run(place, folder, "build", "news.org", *words, "--out", "out", *more)


def transcript(folder: Path) -> list[str]:
    lines = (folder / "out" / "news.tsv").read_text("utf-8").splitlines()
    return [line.partition("\t")[2] for line in lines]


SAID = ["晨間新聞", "氣溫零下二十度。", "路面結冰，請小心。", "交通", "高速公路已經封閉。"]


def test_a_package_of_somebody_else_brings_all_three(installed: Path, tmp_path: Path) -> None:
    built = build(installed, installed / "voices", tmp_path)
    assert built.returncode == 0, built.stderr
    assert transcript(tmp_path) == SAID
    report = json.loads((tmp_path / "out" / "news.json").read_text("utf-8"))
    assert report["title"] == "晨間新聞"
    assert [gone["reason"] for gone in report["removed"]] == ["comment"]
    assert report["voice"]["options"] == [["pitch_hz", 660]]
    assert run(installed, tmp_path, "check", "out").stdout == "out/news.mp3: sound\n"
    listed = run(installed, tmp_path, "build", "--help").stdout
    assert re.search(r"transcript +the text with its times", listed)
    (tmp_path / "out" / "news.tsv").write_text("0.0\t別的文字\n", encoding="utf-8")
    checked = run(installed, tmp_path, "check", "out")
    assert checked.returncode == 1
    assert "news.tsv: It does not hold the utterances" in checked.stdout


def test_options_come_from_settings_profile_and_flag(installed: Path, tmp_path: Path) -> None:
    def pitch(*more: str) -> object:
        built = build(installed, installed / "voices", tmp_path, "--rebuild", *more)
        assert built.returncode == 0, built.stderr
        return json.loads((tmp_path / "out" / "news.json").read_text())["voice"]["options"][0][1]

    (tmp_path / "readaloud.toml").write_text("[engines.beep]\npitch_hz = 330\n")
    assert pitch() == 660
    assert pitch("--engine-option", "pitch_hz=440") == 440
    profile = installed / "voices" / "beep.toml"
    (tmp_path / "voices").mkdir()
    plain = profile.read_text("utf-8").partition("[options]")[0]
    (tmp_path / "voices" / "beep.toml").write_text(plain, "utf-8")
    assert pitch("--voices-dir", str(tmp_path / "voices")) == 330


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--engine-option", "pitch=440"), "no option “pitch”"),
        (("--engine-option", "pitch_hz=high"), "expected a whole number"),
        (("--engine-option", "pitch_hz"), "engine_options"),
        (("--format", "tape"), "There is no format “tape”"),
    ],
)
def test_what_can_not_be_is_refused_before_anything_is_spoken(
    installed: Path, tmp_path: Path, words: tuple[str, ...], says: str
) -> None:
    built = build(installed, installed / "voices", tmp_path, *words)
    assert built.returncode == 2
    assert says in built.stderr
    assert "Traceback" not in built.stderr


def test_each_part_is_one_file_in_its_room(copy: Path, tmp_path: Path) -> None:
    """The contract tests find the new parts by themselves, and the command line has them."""
    ours, files = copy, files_of_guide()
    for name, room in ROOMS.items():
        text = files[f"readaloud_example/{name}"]
        write(ours / "readaloud" / room, {name: text})
    write(tmp_path, {"voices/beep.toml": files["voices/beep.toml"]})
    built = build(ours, tmp_path / "voices", tmp_path)
    assert built.returncode == 0, built.stderr
    assert transcript(tmp_path) == SAID
    assert int(run_tests(ours, TESTS / "test_plugins.py", "-k", "contract")) == 25 + len(ROOMS)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The package in a folder that a test may change."""
    source = Path(readaloud.__file__).parent
    shutil.copytree(source, tmp_path / "src" / "readaloud")
    shutil.copytree(TESTS.parent / "voices", tmp_path / "voices")
    return tmp_path / "src"


def run_tests(place: Path, *words: str | Path) -> str:
    """Run tests on the package in ``place``; what pytest says of those that passed."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *map(str, words)],
        env={**os.environ, "PYTHONPATH": str(place), "COVERAGE_PROCESS_START": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    found = re.search(r"(\d+) passed", done.stdout)
    return found[1] if found else "0"


def guide_block(name: str) -> str:
    return files_of_guide()[name]


TESTS = Path(__file__).parent


def test_an_editing_rule_is_one_entry_whose_examples_are_tested(copy: Path) -> None:
    path = copy / "readaloud" / "editing" / "rules" / "adverts.toml"
    entry = guide_block("editing/rules/adverts.toml")
    path.write_text(f"{path.read_text('utf-8')}\n{entry}", "utf-8")
    tests = (TESTS / "editing" / "test_line_rules.py", "-k", "ferry")
    assert int(run_tests(copy, *tests)) >= 1
    news = copy / "news.txt"
    news.write_text("渡船停航一日\n\n今日船班：08:00 10:30\n\n往返兩島的渡船今天停航。\n", "utf-8")
    planned = json.loads(run(copy, copy, "plan", "news.txt", "--json").stdout)
    assert [gone["reason"] for gone in planned["removed"]] == ["timetable put into the text"]


def test_a_spoken_rule_is_one_entry_whose_examples_are_tested(copy: Path) -> None:
    path = copy / "readaloud" / "spoken" / "rules" / "numbers.toml"
    before, mark, after = path.read_text("utf-8").partition('[[rule]]\nname = "two in a name"')
    assert mark
    path.write_text(f"{before}{guide_block('spoken/rules/numbers.toml')}\n{mark}{after}", "utf-8")
    tests = (TESTS / "spoken" / "test_spoken_rules.py", "-k", "rooms")
    assert int(run_tests(copy, *tests)) >= 1
    assert run(copy, copy, "pronounce", "3室2厅").stdout.splitlines()[0] == "三室两厅"


def test_a_reading_is_one_line(copy: Path) -> None:
    found = re.search(r"```\n(阏氏\t.*\n)```", GUIDE.read_text("utf-8"))
    assert found is not None
    path = copy / "readaloud" / "spoken" / "data" / "word_pinyin.tsv"
    path.write_text(path.read_text("utf-8") + found[1], "utf-8")
    assert "yan1 zhi1" in run(copy, copy, "pronounce", "单于和阏氏").stdout
    assert int(run_tests(copy, TESTS / "spoken" / "test_pinyin.py", "-k", "row or list")) >= 1


def test_a_case_is_a_folder_of_two_files(copy: Path, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    shutil.copytree(TESTS / "corpus", corpus, ignore=shutil.ignore_patterns("*-*", "__pycache__"))
    shutil.copy(TESTS / "conftest.py", tmp_path)
    article = re.search(r"```text\n(.*?)```", GUIDE.read_text("utf-8"), re.S)
    assert article is not None
    wanted = guide_block("wanted.toml")
    write(corpus / "text-ferry", {"input.txt": article[1], "wanted.toml": wanted})
    path = copy / "readaloud" / "editing" / "rules" / "adverts.toml"
    entry = guide_block("editing/rules/adverts.toml")
    path.write_text(f"{path.read_text('utf-8')}\n{entry}", "utf-8")
    assert run_tests(copy, corpus / "test_corpus.py", "-k", "test_case") == "1"
