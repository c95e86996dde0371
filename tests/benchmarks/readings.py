"""Readings by several systems, in one table: right in per cent, size, and characters a second.

Seconds are of a processor, those of a child included, so that a busy machine changes little.

    python -m venv /tmp/others && . /tmp/others/bin/activate
    python -m pip install . pypinyin-dict g2pM wetext && npm install pinyin-pro
    python tests/benchmarks/readings.py [CASES.json] [recorded.txt] [cpp.sent] [spoken.json]

Without files the cases of tests/cases are read. A CASES.json has marked syllables (the form of
readings_more.json). A recorded.txt has two lines a sentence: number, tab, text with marks #1 to #4;
then the syllables as they were said. There tone 2 against 3, a neutral tone on one side only, and
the r of erhua count as right. A cpp.sent has one character a line marked ▁so▁, its readings in the
.lb beside it. A spoken.json has written lines and what is said for them; only wetext and this
program make that. What isn't installed is left out.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib import import_module, resources
from pathlib import Path
from typing import Any

from readaloud.spoken.word_readings import is_han

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests" / "cases"
NODE = Path("node_modules")
Read = Callable[[list[str]], list[list[str]]]
"""Texts -> for each a syllable a character, '' for what is not Chinese."""
Marked = list[tuple[str, dict[int, frozenset[str]]]]
"""Texts, and the readings that are right at their places."""
PINYIN_PRO = """
const { pinyin } = require('pinyin-pro');
const lines = require('fs').readFileSync(0, 'utf8').split('\\n');
const say = (t) => pinyin(t, { type: 'array', toneType: 'num', v: true });
console.log(JSON.stringify(lines.map(say)));
"""


def this() -> Read:
    from readaloud.chinese.convert import convert, detect_script
    from readaloud.spoken.pinyin import read_aloud

    def read(text: str) -> list[str]:
        script = detect_script(text)
        original = text if script == "traditional" else None
        return list(read_aloud(convert(text, "simplified", script), original).syllables)

    return lambda texts: [read(text) for text in texts]


def pypinyin() -> Read:
    from pypinyin import Style, lazy_pinyin

    apart: Any = list  # what is not Chinese, a character each

    def read(text: str) -> list[str]:
        return lazy_pinyin(
            text,
            style=Style.TONE3,
            errors=apart,
            neutral_tone_with_five=True,
            v_to_u=False,
            tone_sandhi=True,
        )

    return lambda texts: [read(text) for text in texts]


def pypinyin_dict() -> Read:
    read = pypinyin()
    import_module("pypinyin_dict.pinyin_data.ktghz2013").load()
    import_module("pypinyin_dict.phrase_pinyin_data.large_pinyin").load()
    return read


def g2pm() -> Read:
    """It knows Simplified characters only, and says r5 for the 儿 that colours a syllable."""
    from readaloud.chinese.convert import convert, detect_script

    model = import_module("g2pM").G2pM()

    def read(text: str) -> list[str]:
        simplified = convert(text, "simplified", detect_script(text))
        said: list[str] = model(simplified, tone=True, char_split=True)
        return ["er5" if one == "r5" else one for one in said]

    return lambda texts: [read(text) for text in texts]


def pinyin_pro() -> Read:
    if not (NODE / "pinyin-pro").exists():
        raise ModuleNotFoundError("pinyin-pro")

    def read(texts: list[str]) -> list[list[str]]:
        done = subprocess.run(
            ["node", "-e", PINYIN_PRO],
            input="\n".join(texts), capture_output=True, text=True, check=True,
        )  # fmt: skip
        said: list[list[str]] = json.loads(done.stdout)
        return [[re.sub("0$", "5", one) for one in line] for line in said]

    return read


SYSTEMS: dict[str, tuple[Callable[[], Read], tuple[str, ...]]] = {
    "readaloud": (this, ("readaloud.spoken", "rjieba")),
    "pypinyin": (pypinyin, ("pypinyin",)),
    "pypinyin-dict": (pypinyin_dict, ("pypinyin", "pypinyin_dict")),
    "g2pM": (g2pm, ("g2pM",)),
    "pinyin-pro": (pinyin_pro, ()),
}
"""How each is loaded, and the packages whose size is its own."""


def of_cases(path: Path) -> Marked:
    groups = json.loads(path.read_text(encoding="utf-8")).values()
    return [
        (case["text"], {mark["i"]: wanted(mark) for mark in case["targets"]})
        for cases in groups if isinstance(cases, list)
        for case in cases
    ]  # fmt: skip


def wanted(mark: dict[str, Any]) -> frozenset[str]:
    said = mark["pinyin"]
    more = [mark["surface"]] if "surface" in mark else []
    return frozenset([*([said] if isinstance(said, str) else said), *more])


def of_cpp(path: Path) -> Marked:
    lines = path.read_text(encoding="utf-8").splitlines()
    labels = path.with_suffix(".lb").read_text(encoding="utf-8").split()
    return [
        (line.replace("▁", ""), {line.index("▁"): frozenset([label.replace("u:", "v")])})
        for line, label in zip(lines, labels, strict=True)
    ]


def of_recorded(path: Path) -> Marked:
    lines = path.read_text(encoding="utf-8").splitlines()
    pairs = zip(lines[::2], lines[1::2], strict=True)
    texts = ((re.sub(r"#\d", "", line.split("\t")[1]), said.split()) for line, said in pairs)
    return [
        (text, labels) for text, said in texts if not re.search("[A-Za-z0-9]", text)
        for labels in (lay(text, said),) if labels
    ]  # fmt: skip


def lay(text: str, said: list[str]) -> dict[int, frozenset[str]]:
    """The syllables at their characters; {} where they don't fit. A 儿 that colours has none."""
    labels: dict[int, frozenset[str]] = {}
    rest = iter(said)
    last = ""
    for at, sign in enumerate(text):
        if is_han(sign) and not (sign == "儿" and re.fullmatch(r"(?!er).*r\d", last)):
            last = next(rest, "")
            labels[at] = alike(last.replace("ü", "v"))
    return {} if next(rest, None) is not None or not last else labels


def alike(said: str) -> frozenset[str]:
    """What counts as the same: tones 2 and 3, a neutral tone, the r of erhua."""
    bare = (
        said if said.startswith("er") else said.replace("r", "", 1) if said[-2:-1] == "r" else said
    )
    tones = {"2": "235", "3": "235", "5": "12345"}.get(bare[-1], bare[-1] + "5")
    return frozenset(bare[:-1] + tone for tone in tones)


def score(read: Read, marked: Marked) -> tuple[int, int, float]:
    """Right, of how many, and characters a second of the processor."""
    texts = [text for text, _ in marked]
    begun = sum(os.times()[:4])
    said = read(texts)
    taken = sum(os.times()[:4]) - begun
    results = [
        len(line) == len(text) and line[at].replace("u:", "v").replace("ü", "v") in right
        for (text, labels), line in zip(marked, said, strict=True)
        for at, right in labels.items()
    ]
    return sum(results), len(results), sum(map(len, texts)) / taken


def size_mb(packages: tuple[str, ...]) -> float:
    folders = [Path(str(resources.files(name))) for name in packages] or [NODE / "pinyin-pro/dist"]
    files = (file for folder in folders for file in folder.rglob("*"))
    return sum(f.stat().st_size for f in files if f.is_file() and f.suffix != ".pyc") / 1e6


def spoken_forms(path: Path) -> Iterator[str]:
    """How many lines this program and wetext say as wanted."""
    from readaloud.spoken.spoken_form import to_spoken

    cases = json.loads(path.read_text(encoding="utf-8"))
    normalise = import_module("wetext").Normalizer(lang="zh", operator="tn").normalize
    for name, say in (("readaloud", to_spoken), ("wetext", normalise)):
        right = sum(say(case["input"]) in case["expected"] for case in cases)
        yield f"| {name} | {right} of {len(cases)} |"


KINDS = {".json": of_cases, ".txt": of_recorded, ".sent": of_cpp}


def main(*names: str) -> None:
    paths = [Path(name) for name in names] or [
        CASES / "readings.json",
        CASES / "readings_more.json",
    ]
    forms = [path for path in paths if "spoken" in path.name]
    sets = {path.stem: KINDS[path.suffix](path) for path in paths if path not in forms}
    print(f"| | {' | '.join(sets)} | MB | characters a second |")
    print("| --- " * (len(sets) + 3) + "|")
    for name, (load, packages) in SYSTEMS.items():
        try:
            read = load()
        except ModuleNotFoundError:
            continue
        read(["中国。"])
        results = [score(read, marked) for marked in sets.values()]
        cells = [f"{100 * right / many:.2f}" for right, many, _ in results]
        speed = min(quick for *_, quick in results)
        print(f"| {name} | {' | '.join(cells)} | {size_mb(packages):.1f} | {speed:,.0f} |")
    for path in forms:
        print("\n".join(spoken_forms(path)))


if __name__ == "__main__":
    main(*sys.argv[1:])
