"""The seams: every part keeps its contract, ours and other people's are found alike."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from readaloud import plugins
from readaloud.errors import ConfigError
from readaloud.formats import FORMATS, REPORT, Format
from readaloud.model import Document, ReadingRules, Source
from readaloud.plugins import Seam
from readaloud.sources.readers import READERS, Reader, read
from readaloud.speech.engines import ENGINES, Engine

HEAVY = {"numpy", "av", "lxml", "mutagen", "jinja2", "PIL", "trafilatura", "pypdfium2", "rich"}


@pytest.mark.parametrize("engine", ENGINES.all(), ids=lambda engine: str(engine.name))
def test_engines_keep_their_contract(engine: type[Engine]) -> None:
    assert ENGINES.find(engine.name) is engine
    assert engine.max_chars > 0
    assert engine.parallel in {"threads", "processes"}
    assert engine.describe()
    assert engine.model_id().isascii()
    assert callable(engine.synthesize)
    assert all(map(engine.can_say, "a9，。 "))


@pytest.mark.parametrize("each", FORMATS.all(), ids=lambda each: str(each.name))
def test_formats_keep_their_contract(each: Format) -> None:
    assert FORMATS.find(each.name) is each
    assert each.extension.startswith(".")
    assert each.media_type.count("/") == 1
    assert each.purpose
    assert not (each.is_audio and each.needs_audio)


def test_each_format_has_a_name_an_extension_and_a_place_of_its_own() -> None:
    formats = FORMATS.all()
    for values in (
        [each.name for each in formats],
        [each.extension for each in formats],
        [each.order for each in formats],
    ):
        assert len(set(values)) == len(values)
    assert formats[-1].name == REPORT


@pytest.mark.parametrize("reader", READERS.all(), ids=lambda reader: str(reader.name))
def test_readers_keep_their_contract(reader: Reader) -> None:
    assert READERS.find(reader.name) is reader
    assert all(suffix.startswith(".") and suffix.islower() for suffix in reader.suffixes)
    assert all(reader.detect(Source("x", "x", suffix, b"")) for suffix in reader.suffixes)


@pytest.mark.parametrize("seam", ["formats", "sources.readers"])
def test_lists_are_light(seam: str) -> None:
    """The help and every search of a folder ask for them."""
    attribute = seam.rpartition(".")[2].upper()
    code = (
        f"import sys\nfrom readaloud.{seam} import {attribute}\n{attribute}.all()\n"
        f"print(sorted({HEAVY!r} & set(sys.modules)))"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"


@pytest.mark.parametrize("seam", [FORMATS, ENGINES, READERS], ids=lambda seam: str(seam.noun))
def test_unknown_names_are_refused_with_the_known_ones(seam: Seam[object]) -> None:
    with pytest.raises(ConfigError, match="tin-can") as refused:
        seam.find("tin-can")
    assert all(str(getattr(part, "name", "?")) in refused.value.remedy for part in seam.all())


LOUD = Reader("loud", frozenset({".loud"}), lambda source, _: Document(source.name, ()))
NAMESAKE = Reader("text", frozenset({".txt"}), lambda source, _: Document("stolen", ()))


def _others(monkeypatch: pytest.MonkeyPatch, *values: str) -> None:
    points = tuple(EntryPoint("loud", value, READERS.group) for value in values)
    monkeypatch.setattr(plugins, "_entry_points", lambda group: points if group else ())


def test_other_peoples_parts_are_found_and_ours_win(monkeypatch: pytest.MonkeyPatch) -> None:
    _others(monkeypatch, f"{__name__}:LOUD", f"{__name__}:NAMESAKE")
    assert READERS.find("loud") is LOUD
    assert read(Source("a.loud", "a", ".loud", b""), ReadingRules()).source_name == "a.loud"
    assert READERS.find("text") is not NAMESAKE
    assert NAMESAKE not in READERS.all()


@pytest.mark.parametrize(
    "value", ["no_such_module_of_mine:LOUD", "json:no_such_name", f"{__name__}:HEAVY"]
)
def test_a_broken_part_of_others_is_named(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    _others(monkeypatch, value)
    with pytest.raises(ConfigError, match="loud") as refused:
        READERS.all()
    assert "uninstall" in refused.value.remedy
    assert READERS.find("text").name == "text"


def test_shared_is_no_part() -> None:
    folder = Path(str(sys.modules["readaloud.formats"].__file__)).parent
    assert (folder / "shared").is_dir()
    assert "shared" not in {each.name for each in FORMATS.all()}
