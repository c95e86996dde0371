"""Makes the two fonts of the covers: parts of Noto Sans CJK, one weight, without hints or features.

python -m pip install manimgx-fonts-cjk fonttools && python tests/benchmarks/cover_fonts.py

The simplified form has the characters of GB 2312, the traditional one those of Big5 and what
Cantonese is written with besides; both have Latin letters and punctuation. What else GBK has, such
as the rare characters of names, is in the first. The whole collection is 33 MB.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from importlib import metadata
from importlib.resources import files
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
WEIGHT = 500
OURS = "The fonts cover-sc.otf and cover-tc.otf, modified parts of Noto Sans CJK 2.004:"
CANTONESE = (
    "嘅咗佢嚟哋啲喺嗰冇咁噉乜嘢唔睇喎啦嘞囉嗱㗎咩攞揾搵嬲瞓諗脷焗餸冚煲邨埗涌氹垰嗌揼掟搣孭攰劏鈪"
)
SHARED = [*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x2010, 0x2040), *range(0x3000, 0x3020)]
NUMBERS = {"sc": 2, "tc": 3}
"""Of the regional forms in the collection."""


def main() -> None:
    [cover] = (ROOT / "src" / "readaloud").rglob("cover.py")
    source = files("manimgx_fonts_cjk") / "NotoSansCJK-VF.otf.ttc"
    simplified = characters("gb2312") | (characters("gbk") - characters("big5"))
    wanted = {"sc": simplified, "tc": characters("big5") | set(map(ord, CANTONESE))}
    for form, number in NUMBERS.items():
        data = cut(source.read_bytes(), number, wanted[form], form.upper())
        path = cover.with_name(f"cover-{form}.otf")
        path.write_bytes(data)
        print(f"{path}: {len(data):,} bytes")
    [licence] = (
        path for path in metadata.files("manimgx-fonts-cjk") or () if path.name == "LICENSE"
    )
    text = Path(str(licence.locate())).read_text("utf-8")
    path = cover.with_name("cover-fonts-OFL.txt")
    path.write_text(f"{OURS}\n{text.partition(chr(10))[2]}", "utf-8")


def characters(encoding: str) -> set[int]:
    """All that two bytes of an encoding can say, and what both forms have."""
    pairs = (bytes((a, b)) for a in range(0x81, 0xFF) for b in range(0x40, 0xFF))
    texts = (pair.decode(encoding, "ignore") for pair in pairs)
    return {*SHARED, *(ord(text) for text in texts if len(text) == 1)}


def cut(data: bytes, number: int, wanted: Iterable[int], form: str) -> bytes:
    """One font of the collection, with these characters, at one weight."""
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    font = TTFont(io.BytesIO(data), fontNumber=number)
    _subset(font, wanted, hinting=True)
    font = TTFont(io.BytesIO(_written(font)))
    font = TTFont(io.BytesIO(_written(instantiateVariableFont(font, {"wght": WEIGHT}))))
    _subset(font, wanted, hinting=False)
    _rename(font, f"readaloud Cover {form}")
    return _written(font)


def _written(font: Any) -> bytes:
    font.recalcTimestamp = False
    buffer = io.BytesIO()
    font.save(buffer)
    return buffer.getvalue()


def _subset(font: Any, wanted: Iterable[int], *, hinting: bool) -> None:
    """Hints go last: the instancer needs them."""
    from fontTools.subset import Options, Subsetter

    options = Options()
    options.layout_features = []
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]  # with copyright and licence
    options.hinting = hinting
    options.notdef_outline = True
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx", "STAT", "VVAR"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=list(wanted))
    subsetter.subset(font)


def _rename(font: Any, name: str) -> None:
    """A changed font bears a name of its own; copyright and licence stay."""
    for number in (1, 3, 4, 6):
        font["name"].setName(name.replace(" ", "-" if number == 6 else " "), number, 3, 1, 0x409)


if __name__ == "__main__":
    main()
