"""A page that does not say where its article is: the run of written text is found."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from readaloud.model import Source
from readaloud.sources.readers.html.prose_run import _find_heaviest
from readaloud.sources.readers.html.reader import read_html

MENU = "".join(f"<div><a href='/{n}'>第{n}個頻道</a></div>" for n in range(12))
TEXT = "".join(
    f"<div>第{n}段說的是村裡的一棵老樹，它每年春天開花，秋天落葉。</div>" for n in range(8)
)
SHORT = "<div>老樹的故事</div><div>一九三〇年代</div>"
TAIL = "".join(f"<div>熱點{n}</div><div>更多內容{n}</div>" for n in range(30))
TEASER = "<div>一句孤零零的廣告詞，請看。</div>"


def read(body: str) -> tuple[list[str], list[str]]:
    page = f"<html><body>{body}</body></html>".encode()
    document = read_html(Source("page.html", "page", ".html", page))
    return [block.text for block in document.blocks], [item.text for item in document.removed]


def test_menus_and_the_tail_are_left_out_and_short_lines_inside_stay() -> None:
    half = TEXT.index("<div>", len(TEXT) // 2)
    text = TEXT[:half] + SHORT + TEXT[half:]
    kept, removed = read("".join(f"<div>{part}</div>" for part in (MENU, text, TAIL + TEASER)))
    assert [text for text in kept if text.startswith("第")] == [
        f"第{n}段說的是村裡的一棵老樹，它每年春天開花，秋天落葉。" for n in range(8)
    ]
    assert {"老樹的故事", "一九三〇年代"} <= set(kept)
    assert {"熱點0", "更多內容29", "一句孤零零的廣告詞，請看。", "第3個頻道"} <= set(removed)


def test_a_page_of_links_alone_has_no_run() -> None:
    kept, _ = read(MENU * 3)
    assert len(kept) == 36


@given(st.lists(st.integers(-9, 9), max_size=12))
def test_the_run_is_the_heaviest(weights: list[int]) -> None:
    first, last = _find_heaviest(weights)
    runs = (sum(weights[i:j]) for i in range(len(weights)) for j in range(i, len(weights) + 1))
    assert sum(weights[first:last]) == max(runs, default=0)
