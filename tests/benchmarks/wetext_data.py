"""Makes what is taken over of wetext: the grammars of Chinese, and its answers for a test.

python -m pip install wetext==0.1.8 && python tests/benchmarks/wetext_data.py
"""

from __future__ import annotations

import json
import random
import re
import shutil
from pathlib import Path

import wetext

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests" / "cases"
NOISE = "0123456789" * 3 + "年月日点分秒:/-.%~元￥$kgcm第万亿百分之号A B中十零〇 "


def main() -> None:
    [module] = (ROOT / "src" / "readaloud").rglob("grammars.py")
    for name in ("tagger", "verbalizer"):
        source = Path(wetext.__file__).parent / "fsts" / "zh" / "tn" / f"{name}.fst"
        shutil.copy(source, module.with_name(f"grammar_{name}.fst"))
    normaliser = wetext.Normalizer(lang="zh", operator="tn")
    said = {clause: normaliser.normalize(clause) for clause in clauses()}
    text = json.dumps(said, ensure_ascii=False, indent=0)
    (CASES / "grammars.json").write_text(text + "\n", encoding="utf-8")
    print(f"{len(said)} clauses")


def clauses() -> list[str]:
    """Clauses of the other cases with a digit, and digits and signs at random."""
    chance = random.Random(1)
    names = ("spoken_form", "spoken_form_more", "wetext")
    cases = [case for name in names for case in json.loads((CASES / f"{name}.json").read_text())]
    written = {part.strip() for case in cases for part in re.split("[，。！？；：]", case["input"])}
    numbered = sorted(clause for clause in written if re.search(r"\d", clause))
    noise = ("".join(chance.choices(NOISE, k=chance.randint(2, 25))).strip() for _ in range(150))
    return chance.sample(numbered, 250) + [text for text in noise if re.search(r"\d", text)]


if __name__ == "__main__":
    main()
