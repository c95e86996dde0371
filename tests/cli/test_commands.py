"""plan, voices and pronounce, as a person or a script meets them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from conftest import slowness

Cli = Callable[..., Result]


def test_plan_shows_every_line_as_spoken_or_removed(cli: Cli, seed: Path) -> None:
    result = cli("plan", seed, "--json")
    assert result.exit_code == 0, result.stderr
    plan = json.loads(result.stdout)
    assert list(plan) == [
        "source", "title", "byline", "language", "chapters", "removed", "estimated_ms",
        "doubtful_readings",
    ]  # fmt: skip
    assert plan["language"] == "zh-Hant"
    assert plan["byline"] == "姜曉萌 趙太迎"
    spoken = "".join(u["text"] for c in plan["chapters"] for u in c["utterances"])
    removed = "".join(gone["text"] for gone in plan["removed"])
    source = seed.read_text(encoding="utf-8")
    assert sorted("".join(source.split())) == sorted("".join((spoken + removed).split()))
    said = "".join(u["spoken"] for c in plan["chapters"] for u in c["utterances"])
    for words in ("三点五万支", "一月二十三日", "十五张", "零下二十度"):
        assert words in said


def test_a_plan_in_lines_names_each_thing_and_the_reasons(cli: Cli, seed: Path) -> None:
    result = cli("plan", seed)
    assert result.exit_code == 0
    assert "chapter: c02 為保證" in result.stdout
    assert "left out, line 98: 分享到:  (share bar)" in result.stdout
    assert "三点五万支" in result.stdout
    explained = cli("plan", seed, "--explain").stdout
    assert "line 98, removed: 分享到:  (share bar)" in explained


def test_plan_of_a_missing_file_fails_alone(cli: Cli, seed: Path) -> None:
    result = cli("plan", "nowhere.txt", seed, "--json")
    assert result.exit_code == 3
    first, second = map(json.loads, result.stdout.splitlines())
    assert "nowhere.txt" in first["error"]
    assert second["title"]


def test_voices_are_listed(cli: Cli) -> None:
    result = cli("voices", "--json")
    names = [json.loads(line)["name"] for line in result.stdout.splitlines()]
    assert {"xiaoxiao", "yunxi", "silent"} <= set(names)
    assert "yunxi" in cli("voices").stdout


@pytest.mark.voice
def test_how_the_engines_run_is_told_and_they_can_be_made_ready(cli: Cli) -> None:
    told = cli("voices", "xiaoxiao", "--verbose").stdout.splitlines()
    assert told[-1].startswith("kokoro: ")
    assert "path" in told[-1]
    lines = cli("voices", "prepare", "--json").stdout.splitlines()
    runs = {line["engine"]: line["runs"] for line in map(json.loads, lines)}
    assert {"kokoro", "edge", "silent"} <= runs.keys()
    assert runs["kokoro"].endswith("; prepared")


def test_a_sample_of_a_voice_is_written(cli: Cli, tmp_path: Path) -> None:
    result = cli("voices", "silent", "--sample", "--out", tmp_path)
    assert result.exit_code == 0, result.stderr
    assert Path(result.stdout.strip()).stat().st_size > 1000


def test_pronounce_gives_a_pinyin_a_syllable(cli: Cli) -> None:
    result = cli("pronounce", "重庆银行2020年增长5.2%", "--json")
    said = json.loads(result.stdout)
    assert said["text"] == "重庆银行2020年增长5.2%"
    assert said["spoken"].startswith("重庆银行二零二零年增长百分之五点二")
    assert said["pinyin"][:4] == ["chong2", "qing4", "yin2", "hang2"]
    assert "chong2 qing4" in cli("pronounce", "重庆").stdout


def test_pronounce_reads_lines(cli: Cli) -> None:
    result = cli("pronounce", "--json", stdin="第一行\n第二行\n")
    assert [json.loads(line)["text"] for line in result.stdout.splitlines()] == ["第一行", "第二行"]


def test_broken_configuration_is_named(cli: Cli, tmp_path: Path) -> None:
    config = tmp_path / "readaloud.toml"
    config.write_text('[build]\nvoise = "x"\n', encoding="utf-8")
    result = cli("plan", "x.txt", "--config", config)
    assert result.exit_code == 2
    assert "voise" in result.stderr


def test_configuration_gives_way_to_flags(cli: Cli, seed: Path, tmp_path: Path) -> None:
    config = tmp_path / "readaloud.toml"
    config.write_text('[build]\nvoice = "silent"\nrate = "+50%"\n', encoding="utf-8")
    fast = json.loads(cli("plan", seed, "--config", config, "--json").stdout)["estimated_ms"]
    slow = json.loads(cli("plan", seed, "--config", config, "--rate", "1.0", "--json").stdout)[
        "estimated_ms"
    ]
    assert fast < slow


def test_help_is_there_at_once() -> None:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("COV")}
    command = [sys.executable, "-m", "readaloud", "--help"]
    times_s = []
    for _ in range(3):
        before = os.times()
        subprocess.run(command, check=True, capture_output=True, env=environment)
        after = os.times()
        # Of the processor: what else the machine does is no fault of the program.
        user_s = after.children_user - before.children_user
        times_s.append(user_s + after.children_system - before.children_system)
    assert min(times_s) < 0.3 * slowness()


def run(*words: str, **streams: object) -> subprocess.CompletedProcess[bytes]:
    """The program itself, with the streams that a shell would give it."""
    return subprocess.run(  # type: ignore[call-overload, no-any-return]
        [sys.executable, "-m", "readaloud", *words], check=False, **streams
    )


def test_version(cli: Cli) -> None:
    assert cli("--version").stdout.startswith("readaloud ")


PRINTING = (
    "--help", "--version", "build --help", "pronounce 好", "plan {seed}", "plan {seed} --explain",
    "plan {seed} --json", "voices", "check {seed}", "doctor", "doctor --json",
    "build {seed} --voice silent --format json --json",
)  # fmt: skip
"""Each way of printing once; the help of all commands goes the same way."""


@pytest.mark.parametrize("words", PRINTING)
def test_a_full_disk_and_a_closed_pipe_behind_what_is_printed(words: str, seed: Path) -> None:
    """The first is an error line, the second is no error: the reader has seen enough."""
    command = words.format(seed=seed).split()
    with Path("/dev/full").open("wb") as full:
        done = run(*command, stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 5
    assert done.stderr.startswith(b"Error: The output can't be written")
    assert b"Traceback" not in done.stderr
    end, pipe = os.pipe()
    os.close(end)
    done = run(*command, "-q" if words.startswith("build {") else "--plain", stdout=pipe, stderr=-1)
    os.close(pipe)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize(
    "words",
    [
        "build {seed} --out",
        "plan {seed} --config",
        "pronounce 好 --lexicon",
        "build {seed} --cover",
    ],
)
def test_an_empty_path_is_no_folder(cli: Cli, seed: Path, words: str) -> None:
    """A shell's variable that is not set would make the working folder of it."""
    *command, option = words.format(seed=seed).split()
    done = cli(*command, option, "")
    assert (done.exit_code, done.stderr) == (
        2,
        f"Error: {option} is empty. Name a file or a folder.\n",
    )
    assert not list(Path().iterdir())


def test_what_strangers_wrote_does_not_steer_the_terminal(tmp_path: Path) -> None:
    name = tmp_path / "a\x1b[2J\nError: b\x9b.txt"
    name.write_text("标题\n\n春天\x1b]0;x\x07來了。\n", encoding="utf-8")
    for words in (
        ("plan", str(name)),
        ("plan", "--plain", str(name)),
        ("plan", "--json", str(name)),
        ("plan", "--lang", "zh-TW", str(name) + "x"),
        ("plan", "--explain", str(name)),
        ("build", str(name), "--voice", "silent", "--out", str(tmp_path / "out")),
        ("plan", "--\x1b[2J", str(name)),
        ("build", str(name), "--voice", "\x1b[2J", "--out", str(tmp_path / "out")),
    ):
        done = run(*words, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        told = (done.stdout + done.stderr).decode()
        assert not {"\x1b", "\x07", "\x9b"} & set(told), words
        assert "\nError: b" not in told, words


def test_numbers_beyond_all_bounds_are_refused_in_a_line(cli: Cli, seed: Path) -> None:
    for option in ("--rate", "--jobs", "--pitch", "--volume"):
        for value in ("9" * 400, "inf", "nan", "1e999", "-" + "9" * 5000):
            done = cli("build", seed, option, value)
            assert done.exit_code == 2, (option, value)
            assert "Traceback" not in done.stderr


def test_a_bulletin_may_be_named_by_any_bytes(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "news.txt").write_text("今日要聞\n\n春天來了。\n", encoding="utf-8")
    words = ("--voice", "silent", "--out", tmp_path / "out", "--bulletin", "早\udcff安")
    done = cli("build", tmp_path / "news.txt", *words)
    assert done.exit_code == 0, done.stderr


def test_stopped_before_anything_is_loaded() -> None:
    code = (
        "import builtins, os, signal\n"
        "import readaloud.__main__ as start\n"
        "real = builtins.__import__\n"
        "def stop(name, *more):\n"
        "    if name == 'readaloud.cli':\n"
        "        os.kill(os.getpid(), signal.SIGINT)\n"
        "    return real(name, *more)\n"
        "builtins.__import__ = stop\n"
        "start.main()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True)
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


def test_what_nobody_can_read_of_the_progress_stops_no_edition(tmp_path: Path) -> None:
    (tmp_path / "news.txt").write_text("今日要聞\n\n春天來了。\n", encoding="utf-8")
    words = ("build", str(tmp_path / "news.txt"), "--voice", "silent", "--out", str(tmp_path / "o"))
    with Path("/dev/full").open("wb") as full:
        assert run(*words, stderr=full).returncode == 0
        assert (tmp_path / "o" / "news.mp3").is_file()
        assert run("build", "nowhere.txt", stderr=full).returncode == 3


def test_help_lists_formats_voices_and_examples(cli: Cli) -> None:
    shown = cli("--help").stdout
    for name in ("mp3", "m4b", "epub", "daisy"):
        assert name in shown
    voices = len(cli("voices", "--json").stdout.splitlines())
    assert f"Voices:\n  {voices}, " in shown
    assert "readaloud build news.txt" in shown
    assert "Exit codes" in shown


def test_tab_completes_commands_options_and_voices() -> None:
    def complete(words: str) -> list[str]:
        asked = {
            "_READALOUD_COMPLETE": "complete_bash",
            "COMP_WORDS": f"readaloud {words}",
            "COMP_CWORD": str(len(words.split(" "))),
        }
        code = "import sys; sys.argv = ['readaloud']; from readaloud.cli import main; main()"
        done = subprocess.run(
            [sys.executable, "-c", code], env=os.environ | asked, check=True, capture_output=True
        )
        return done.stdout.decode().split()

    assert complete("bu") == ["build"]
    assert "--bulletin" in complete("build --bu")
    assert complete("build --voice yunx") == ["yunxi", "yunxia"]
    assert complete("build --format mp3,m") == ["mp3,m4b", "mp3,mp3"]


def test_standard_input_is_utf8_whatever_the_locale() -> None:
    environment = os.environ | {"PYTHONIOENCODING": "latin-1", "LC_ALL": "C"}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "env": environment}
    done = run("pronounce", "--json", input="\ufeff好。\n".encode(), **pipes)
    assert json.loads(done.stdout)["pinyin"] == ["hao3"]
    done = run("pronounce", "--json", input="好。\n".encode("gb18030"), **pipes)
    assert done.returncode == 3
    assert b"Line 1 of standard input is not UTF-8" in done.stderr


def test_closed_streams_stop_nothing(tmp_path: Path) -> None:
    (tmp_path / "news.txt").write_text("今日要聞\n\n春天來了。\n", encoding="utf-8")
    command = f"{sys.executable} -m readaloud build news.txt --voice silent --out out --cache-dir c"
    subprocess.run(f"{command} >&- 2>&-", shell=True, check=True, cwd=tmp_path)  # noqa: S602
    assert (tmp_path / "out" / "news.mp3").is_file()
    done = subprocess.run(  # noqa: S602
        f"{sys.executable} -m readaloud pronounce <&-", shell=True, check=False, capture_output=True
    )
    assert (done.returncode, b"input is closed" in done.stderr) == (3, True)


def test_voices_are_lines_where_nobody_watches(cli: Cli) -> None:
    lines = cli("voices", "yunxi").stdout.splitlines()
    assert lines[:2] == ["voice: yunxi", "engine: kokoro"]
    assert [line.partition(": ")[0] for line in lines if line] == [
        "voice", "engine", "locale", "gender", "rate", "description",
    ]  # fmt: skip


def test_an_early_reader_of_the_plan_is_no_error(seed: Path) -> None:
    command = f'{sys.executable} -m readaloud plan "{seed}" | head -1'
    done = subprocess.run(command, shell=True, check=False, capture_output=True)  # noqa: S602
    assert done.stderr == b""


def test_a_plan_for_a_file_has_whole_lines(cli: Cli, seed: Path) -> None:
    lines = cli("plan", seed).stdout.splitlines()
    assert any(line.endswith("巍然矗立在龍江大地上!") for line in lines)


def test_names_in_any_bytes_and_of_the_longest_make_editions(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number, name in enumerate(["新闻稿".encode("gbk"), ("题" * 83).encode()], 1):
        text = f"地方新闻\n\n清晨的{number}号码头很安静。\n"
        (folder / os.fsdecode(name + b".txt")).write_text(text, encoding="utf-8")
    (folder / "~$a.docx").write_bytes(b"lock")
    words = ["build", str(folder), "--voice", "silent", "--out", str(tmp_path / "out")]
    for flag in ("--quiet", "--json"):
        done = subprocess.run(
            [sys.executable, "-m", "readaloud", *words, flag], capture_output=True, check=False
        )
        assert done.returncode == 0, done.stderr
        done.stdout.decode()
    made = sorted(file.stem for file in (tmp_path / "out").glob("*.mp3"))
    assert made == ["新闻稿", "题" * 40]
