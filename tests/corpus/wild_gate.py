"""How much of real pages is read right: ``python tests/corpus/wild_gate.py FOLDER``.

The folder is described in wild_pages.py. The line model is fitted anew for every site, to the pages
of all others. Prints one table: this program on text, Markdown and HTML, its rules alone on text,
and on HTML the programs of wild_extractors.py that are installed. 1 where a floor of
wild_floors.json is broken, 0 where the folder isn't there.
"""

from __future__ import annotations

import json
import re
import sys
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from unittest.mock import patch

from line_fit import fit
from wild_extractors import Extract, installed
from wild_pages import Form, Line, Page, bare, by_site, read_pages

from readaloud.editing import decide
from readaloud.editing.line_model import body
from readaloud.editing.line_model.body import is_sentence
from readaloud.errors import ReadaloudError
from readaloud.model import Block, Document, EditingRules
from readaloud.sources.text_encodings import decode

FLOORS = Path(__file__).with_name("wild_floors.json")
MIN_CHARS = 6
"""Where lines are looked for in a text, shorter ones may be there by chance."""
MIN_QUOTED = 20
"""Characters of a sentence that is the article's wherever it stands."""
MAX_HEADING = 40
HEARD_SHARE = 0.8
_PART = re.compile("[。！？（）()【】〔〕\\[\\]]")
_CREDIT = re.compile("(?<=[。！？])[^。！？]{0,16}摄$")
LESS_IS_BETTER = frozenset({"furniture spoken", "sentences lost"})


@dataclass
class Score:
    """Lines and what became of them, over some pages."""

    pages: int = 0
    body: int = 0
    body_kept: int = 0
    furniture: int = 0
    furniture_kept: int = 0
    sentences: int = 0
    sentences_kept: int = 0
    titles: int = 0
    titles_right: int = 0
    headings: int = 0
    headings_found: int = 0
    headings_right: int = 0
    says_titles: bool = True
    says_headings: bool = True
    lost: list[str] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """Shares between 0 and 1, and the count of sentences lost."""
        kept, headed = self.body_kept + self.furniture_kept, self.headings + self.headings_found
        return {
            "precision": self.body_kept / max(kept, 1),
            "recall": self.body_kept / max(self.body, 1),
            "furniture spoken": self.furniture_kept / max(self.furniture, 1),
            "sentences lost": self.sentences - self.sentences_kept,
            "titles": self.titles_right / max(self.titles, 1),
            "headings": 2 * self.headings_right / max(headed, 1),
        }

    def add(self, other: Score) -> None:
        """Count another's lines as well."""
        for part in fields(other):
            old, new = getattr(self, part.name), getattr(other, part.name)
            setattr(self, part.name, old and new if part.type == "bool" else old + new)


def score(page: Page, lines: Sequence[tuple[Line, bool]], heard: Extract) -> Score:
    """Count a page's lines, each with whether it is spoken."""
    found = Score(pages=1, says_titles=heard.title is not None)
    found.says_headings = heard.headings is not None and page.headings is not None
    for line, kept in lines:
        if line.label == "furniture":
            found.furniture += 1
            found.furniture_kept += kept
        elif line.label == "body":
            found.body += 1
            found.body_kept += kept
            if is_sentence(line.text):
                found.sentences += 1
                found.sentences_kept += kept
                found.lost += [] if kept else [f"{page.name}: {line.text[:60]}"]
    _score_title(page, heard, found)
    _score_headings(page, heard, found)
    return found


def _score_title(page: Page, heard: Extract, found: Score) -> None:
    titles = {bare(line.text) for line in page.lines if line.label == "title"}
    found.titles = bool(titles)
    found.titles_right = bare(heard.title or "") in titles


def _score_headings(page: Page, heard: Extract, found: Score) -> None:
    judged = page.headings or ()
    wanted = Counter(bare(each.text) for each in judged if each.sure)
    free = Counter(bare(each.text) for each in judged if not each.sure)
    got = Counter(map(bare, heard.headings or ())) - Counter({bare(heard.title or ""): 9}) - free
    found.headings, found.headings_found = wanted.total(), got.total()
    found.headings_right = (wanted & got).total()


def _edit(document: Document) -> tuple[Extract, frozenset[int], frozenset[int]]:
    """What this program speaks of a document, the lines of it, and those that repeat it."""
    try:
        decision = decide(document, EditingRules())
    except ReadaloudError:
        return Extract("", "", ()), frozenset(), frozenset()
    headings = tuple(
        block.text
        for n, block in enumerate(decision.marked)
        if block.kind == "heading" and n != decision.shown
    )
    text = "\n".join(block.text for block in decision.marked)
    lines = frozenset(block.line for block in decision.marked)
    # A caption that is shown three times and said once is heard.
    again = frozenset(each.line for each in decision.article.removed if each.rule == "repeat")
    return Extract(text, decision.article.title or "", headings), lines, again


def score_dump(page: Page, form: Form, *, rules_alone: bool = False) -> Score:
    """A page as lines: each line is spoken where a block that begins there is."""
    document = page.document(form)
    if rules_alone:
        document = replace(document, bare=False)
    heard, spoken, again = _edit(document)
    labels = page.labels(document, form)
    text = bare(heard.text)

    def is_heard(block: Block, label: str) -> bool:
        """A reader's comment may quote a sentence of the article: it is heard there."""
        own = bare(block.text)
        said = block.line in again or (len(own) >= MIN_QUOTED and own in text)
        return block.line in spoken or (label == "body" and said)

    lines = [
        (Line(label, "", False, False, block.text), is_heard(block, label))
        for block, label in zip(document.blocks, labels, strict=True)
    ]
    return score(page, lines, heard)


def score_page(page: Page, extract: Callable[[Page], Extract]) -> Score:
    """A web page: each longer line is looked for in what is spoken.

    Furniture that says what the article or its title says as well can't be told from it.
    """
    heard = extract(page)
    own = bare("".join(line.text for line in page.lines if line.label in {"body", "title"}))
    text = bare(heard.text)
    lines = [
        (line, _is_heard(line, text))
        for line in page.lines
        if len(bare(line.text)) >= MIN_CHARS
        and not (line.label == "furniture" and bare(line.text) in own)
    ]
    return score(page, lines, heard)


def _is_heard(line: Line, text: str) -> bool:
    """Whether most of a line is in a text: marks like （完）, (微博) and [1] may be left out.

    So may a credit behind the last stop: 某某在演讲。 新华社记者 某某 摄.
    """
    parts = [part for part in _PART.split(_CREDIT.sub("", bare(line.text))) if part]
    heard = sum(len(part) for part in parts if part in text)
    return heard >= HEARD_SHARE * sum(map(len, parts))


def _own_html(page: Page) -> Extract:
    try:
        return _edit(page.document("html"))[0]
    except ReadaloudError:
        return Extract("", "", ())


def _other_html(program: Callable[[str], Extract]) -> Callable[[Page], Extract]:
    def extract(page: Page) -> Extract:
        data = (page.folder / "html" / f"{page.name}.html").read_bytes()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                return program(decode(data, page.name))
            except Exception:
                # A program that fails has found nothing.
                return Extract("", "", ())

    return extract


def _runs() -> dict[str, Callable[[Page], Score]]:
    """What is measured, by name."""
    runs: dict[str, Callable[[Page], Score]] = {
        "text": lambda page: score_dump(page, "text"),
        "text, rules alone": lambda page: score_dump(page, "text", rules_alone=True),
        "markdown": lambda page: score_dump(page, "markdown"),
        "html": lambda page: score_page(page, _own_html),
    }
    for name, program in installed().items():
        other = _other_html(program)
        runs[f"html, {name}"] = lambda page, other=other: score_page(page, other)  # type: ignore[misc]
    return runs


def run(folder: Path) -> Iterator[tuple[str, Score]]:
    """The score of each run on pages of prose, and this program's on all others."""
    runs = _runs()
    scores = {name: Score() for name in runs}
    scores["text, no prose"] = Score()
    for others, own in by_site(read_pages(folder)):
        weights = fit(others)
        with patch.object(body, "read_weights", return_value=weights):
            for page in own:
                if not page.is_prose:
                    scores["text, no prose"].add(runs["text"](page))
                    continue
                for name, measure in runs.items():
                    scores[name].add(measure(page))
    yield from scores.items()


def table(scores: dict[str, Score]) -> str:
    """The figures, a run a line."""
    head = f"{'on':24}{'pages':>6}{'precision':>11}{'recall':>8}{'furniture':>11}{'lost':>6}"
    lines = [f"{head}{'titles':>9}{'headings':>10}"]
    for name, found in scores.items():
        told = found.figures()
        title = f"{told['titles']:9.3f}" if found.says_titles else f"{'-':>9}"
        heads = f"{told['headings']:10.3f}" if found.says_headings else f"{'-':>10}"
        share = f"{told['precision']:11.3f}{told['recall']:8.3f}{told['furniture spoken']:11.3f}"
        lines.append(f"{name:24}{found.pages:6}{share}{told['sentences lost']:6.0f}{title}{heads}")
    return "\n".join(lines)


def beyond_floors(scores: dict[str, Score]) -> list[str]:
    """What is worse than recorded: less of what is good, or more of what isn't."""
    floors = json.loads(FLOORS.read_text("utf-8"))
    worse: list[str] = []
    for run_name, values in floors.items():
        told = scores[run_name].figures()
        for name, floor in values.items():
            bad = told[name] > floor if name in {"furniture spoken", "sentences lost"} else False
            if bad or (
                told[name] < floor and name in {"precision", "recall", "titles", "headings"}
            ):
                worse.append(f"{run_name}: {name} {told[name]:.3f}, recorded {floor}")
    return worse


def main() -> int:
    """Print the table and each sentence that was lost; 1 where a floor is broken."""
    folder = Path(sys.argv[1]).resolve() if len(sys.argv) == 2 else None
    if folder is None or not (folder / "manifest.tsv").exists():
        print(f"no pages in {folder}: nothing measured" if folder else __doc__)
        return 0 if folder else 2
    scores = dict(run(folder))
    own = ("text", "text, no prose", "markdown", "html")
    lost = [f"{name}: lost {line}" for name in own for line in scores[name].lost]
    worse = beyond_floors(scores)
    print(table(scores), *lost, *worse, sep="\n")
    return 1 if worse else 0


if __name__ == "__main__":
    sys.exit(main())
