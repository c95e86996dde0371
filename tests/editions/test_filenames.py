"""What editions are named after: names of their own, that stay with their source."""

from __future__ import annotations

import json
from pathlib import Path

from readaloud.editions.filenames import edition_stem

REPORT = Path(__file__).parents[1] / "formats" / "report_0.1.0.json"


def write_report(path: Path, source: str) -> None:
    told = json.loads(REPORT.read_text("utf-8"))
    path.write_text(json.dumps({**told, "source": source}), "utf-8")


def test_addresses_are_named_once(tmp_path: Path) -> None:
    address = "https://example.com/a/%E6%96%87.html?x=1"
    assert edition_stem(address, tmp_path, set()) == "文"
    assert edition_stem("http://example.com:80/", tmp_path, set()) == "example.com"
    write_report(tmp_path / "文.json", address)
    assert edition_stem(address, tmp_path, set()) == "文"
    assert edition_stem(address + "2", tmp_path, set()).startswith("文-")
    assert edition_stem(tmp_path / "文.txt", tmp_path, set()).startswith("文-")


def test_what_is_no_report_claims_no_name(tmp_path: Path) -> None:
    (tmp_path / "news.json").write_text('{"source": "other.txt"}', "utf-8")
    assert edition_stem(tmp_path / "news.txt", tmp_path, set()) == "news"
