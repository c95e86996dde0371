"""An encyclopedia's entry: buttons beside its headings, contents, names of other entries."""

from __future__ import annotations

import pytest
from samples import headings, spoken

from readaloud.editing import edit
from readaloud.editing.entry_sections import read_entry
from readaloud.model import Article, Block, Document

ABOUT = "龙骨水车是一种用木链带动刮板、把低处的水提到高处的农具，因木链形似龙的脊骨而得名。"
SECTIONS = {
    "沿革": "相传东汉末年已有翻车，三国时有人加以改进，使它轻便得连儿童也能转动。[1-2]",
    "构造": "车身是一条长槽，一头浸在水里，一头架在岸上，槽里的木链首尾相接。",
    "传承": "水泵进了村以后，水车渐渐退到屋檐底下，如今只有几位老木匠还做得出全套。",
}
OTHERS = ["桔槔", "筒车"]


def read(*lines: str) -> Article:
    blocks = tuple(Block(text, n) for n, text in enumerate(lines, 1))
    return edit(Document("a.txt", blocks, bare=True))


@pytest.mark.parametrize("buttons", [["播报", "编辑"], ["编辑本段　回目录"], ["編輯"]])
def test_lines_above_buttons_head_their_sections(buttons: list[str]) -> None:
    told = [line for name, text in SECTIONS.items() for line in (name, *buttons, text)]
    contents = ["目录", *(f"{n} {name}" for n, name in enumerate(SECTIONS, 1))]
    top = ["龙骨水车", "播报　编辑　锁定　讨论　上传视频", ABOUT, *contents]
    found = read(*top, *told, "词条统计", "浏览次数：48213次")
    assert found.title == "龙骨水车"
    assert headings(found)[1:] == list(SECTIONS)
    assert not {*buttons, *contents} & {*spoken(found)}
    assert {*buttons, *contents} <= {removal.text for removal in found.removed}


def test_buttons_in_brackets_head_sections_and_names_of_entries_go() -> None:
    told = [line for name, text in SECTIONS.items() for line in (f"{name}[编辑]", text)]
    notes = ["^ 古代农具图说．农书出版社．1998: 41．", "^ 翻车考略．2007-02-11．"]
    found = read("龙骨水车", ABOUT, *told, "参见[编辑]", *OTHERS, "注释[编辑]", *notes)
    assert headings(found)[1:] == list(SECTIONS)
    assert not {"参见", *OTHERS, *notes} & {*spoken(found)}
    assert {removal.text for removal in found.removed} >= {"参见", *OTHERS, *notes}


def test_an_editor_below_a_name_makes_no_entry() -> None:
    lines = ["老柏", "编辑", "他在出版社做了三十七年，没有写过一本书。", *SECTIONS.values()]
    assert not read_entry([Block(text, n) for n, text in enumerate(lines, 1)]).names
