"""Marks inside the lines of a page that change what is read: raised, lowered, struck, formulas.

A tree is settled once before it is walked: 10<sup>6</sup> becomes 10⁶, the mark of a note and
struck text go on record, a formula becomes its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from lxml import etree

from readaloud.errors import msg
from readaloud.model import Removal
from readaloud.sources.readers.shared.formulas.in_text import say_formulas, say_or_skip
from readaloud.sources.readers.shared.formulas.mathml import to_latex
from readaloud.sources.readers.shared.repair import repair

NOTE_MARK = msg("note mark")
STRUCK = msg("struck out")
BESIDE_HEADING = msg("mark of the page inside the text")

_RAISED = str.maketrans(
    "0123456789+-−–()=abcdefghijklmnoprstuvwxyz",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁽⁾⁼ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ",
)
_LOWERED = str.maketrans("0123456789+-−–()=", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₍₎₌")
_POWER = re.compile(r"[-+−–]?(?:\d{1,4}|[nmkxijtp](?:[-+−–]\d{1,2})?)|\d[-+−–]|[-+−–]")
_INDEX = re.compile(r"\d{1,4}|\d?[-+−–]")
_BARE = re.compile(
    r"[\[【(（〔［]\s?(?:注|註)?\s?(?:[\d*a-z]{1,4}|[一二三四五六七八九十]{1,3})(?:\s?[-–,，、]\s?\d{1,4}){0,5}\s?[\]】)）〕］]"
    r"|[*†‡※①-⑳㉑-㉟❶-❿]{1,3}|(?:注释?|註釋?|译注|譯註)\s?[\d一二三四五六七八九十①-⑳]{1,3}"
)
_NUMBER = re.compile(r"\d{1,3}(?:\s?[,，、–-]\s?\d{1,3}){0,5}")
_BACK = re.compile(r"[↩↵⏎↑^⤴\ufe0e\ufe0f]{1,3}|返回正文")
_NOTE_NAMES = re.compile(r"\b(?:foot|end|side)?note(?:ref|[-_]?(?:ref|link|mark))?\b|noteref|"
                         r"\breference\b|\bfnref\b|\bcite(?:_ref|ref)?\b", re.I)  # fmt: skip
_BASE = re.compile(r"(?:[A-Za-zα-ωΑ-Ω]{1,2}|[kcdμµnhp]?m|\d|[)）\]]|sin|cos|tan|cot|log|ln)$")
_WORD = re.compile(r"[A-Za-z]{3,}$")
_UNIT = re.compile(r"(?<![A-Za-z])(?:[kcdμµnhp]?m|sin|cos|tan|cot|log|ln)$")
_EDIT_CLASS = "mw-editsection"
"""MediaWiki's links beside a heading, their brackets and strokes with them."""
_EDIT = re.compile(
    r"[\[【(（]?\s?(?:播报|播報|[语語]音|[编編][辑輯](?:源代[码碼]|原始[码碼]|本段)?|修改|[讨討][论論]|复制[链連]接"
    r"|永久[链連][接結]|(?:回|返回|回到)(?:目[录錄]|[顶頂]部)|edit(?: source)?|permalink"
    r"|[#¶§🔗🖊✎])\s?[\]】)）]?",
    re.IGNORECASE,
)
_EDITS = re.compile(rf"[\[【(（]?(?:{_EDIT.pattern}\s?[|｜·/]?\s?){{2,4}}[\]】)）]?", re.IGNORECASE)
"""Several such links between brackets: [编辑 | 编辑源代码]."""
_OPENING, _CLOSING = tuple("[【(（|"), tuple("]】)）|")
_EDITS_CHARS = 60
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_STRUCK = re.compile(r"text-decoration[^;]{0,40}line-through", re.IGNORECASE)
_RENDERED = frozenset({"katex-html", "mathjax", "mathjax_display", "mathjax_preview",
                       "mathjax_svg", "mathjax_chtml", "mathjax_svg_display"})  # fmt: skip
_TEX_IMAGE = re.compile(r"mwe-math|ztext-math|equation\?tex=|latex|codecogs|katex", re.IGNORECASE)
_TAGS = ("sup", "sub", "a", "s", "strike", "del", "span", "math", "img", "script", "mjx-container")
_VERBATIM = frozenset({"pre", "code", "script", "style", "textarea"})


@dataclass(frozen=True, slots=True)
class Settled:
    """Text that was taken out, or put in words, and the elements it stood in, the nearest first."""

    removal: Removal
    parents: tuple[etree._Element, ...]


def settle(
    root: etree._Element, traditional: bool = False, *, written: bool = True
) -> list[Settled]:
    """Settle a tree, in place.

    Args:
        root: the tree.
        traditional: whether the article is in Traditional characters: formulas are, too.
        written: look for LaTeX in the text, too.

    Returns:
        What is no longer in the tree as it was written, in the order of the page.
    """
    settled = list(_say_written(root, traditional)) if written else []
    marks: set[str] = set()
    say = partial(_said, traditional=traditional)
    for element in list(root.iter(*_TAGS)):
        parent = element.getparent()
        if parent is None or _inside_code(element):
            continue
        formula = say(element)
        if formula is not None:
            gone, words, reason = formula
        elif (reason := _reason(element)) != "":
            gone, words = _text(element), ""
            marks |= {gone} if reason == NOTE_MARK else set()
        else:
            _script(element)
            continue
        if gone:
            removal = Removal(_line(element), gone, reason)
            settled.append(Settled(removal, tuple(element.iterancestors())))
        _replace(element, words)
    return settled + list(_free_notes(root, marks))


def _say_written(root: etree._Element, traditional: bool) -> Iterator[Settled]:
    """Put the formulas between the marks of LaTeX in words."""
    for element in root.iter(etree.Element):
        for place, holder in (("text", element), ("tail", element.getparent())):
            text = getattr(element, place)
            if not text or holder is None or ("$" not in text and "\\" not in text):
                continue
            if holder.tag in _VERBATIM or _inside_code(holder):
                continue
            said, found = say_formulas(text, traditional)
            setattr(element, place, said)
            for formula in found:
                removal = Removal(_line(element), formula.written, formula.reason)
                yield Settled(removal, (holder, *holder.iterancestors()))


def _said(element: etree._Element, *, traditional: bool) -> tuple[str, str, str] | None:
    """Of a formula what was written, what is said, and the reason on record; None for others."""
    source = _source(element)
    if source is None:
        return ("", "", "") if _is_rendered(element) else None
    words, reason = say_or_skip(source, traditional)
    return source or _text(element), words, reason


def _source(element: etree._Element) -> str | None:
    """The LaTeX of a formula; None where the element is none."""
    tag = str(element.tag)
    if tag == "math":
        return to_latex(element)
    if tag == "script" and element.get("type", "").startswith("math/tex"):
        return element.text or ""
    if tag == "span" and element.get("data-tex"):
        return str(element.get("data-tex"))
    alt = element.get("alt", "") if tag == "img" else ""
    names = f"{element.get('class', '')} {element.get('src', '')}" if alt else ""
    if alt and (alt.startswith("{\\displaystyle") or _TEX_IMAGE.search(names[:300])):
        return str(alt).strip("$")
    return None


def _is_rendered(element: etree._Element) -> bool:
    """What a script made of a formula that stands beside it in another form."""
    if element.tag == "mjx-container":
        return next(element.iter("math"), None) is None and _has_script(element)
    names = set(element.get("class", "").lower().split())
    if element.tag != "span" or names.isdisjoint(_RENDERED):
        return False
    if "katex-html" in names:
        return True
    return "mathjax_preview" in names or _has_script(element)


def _has_script(element: etree._Element) -> bool:
    beside = element.getnext()
    return beside is not None and beside.tag == "script"


def _reason(element: etree._Element) -> str:
    """Why an element isn't spoken; empty where it is."""
    tag, text = str(element.tag), _text(element)
    if not text:
        return ""
    if tag in {"s", "strike", "del"} or (
        tag == "span" and _STRUCK.search(element.get("style", ""))
    ):
        return STRUCK
    if _edits(element, text):
        return BESIDE_HEADING
    if tag == "a":
        return NOTE_MARK if _is_reference(element, text) else ""
    if tag == "sup":
        return NOTE_MARK if _is_mark(element, text) else ""
    return ""


def _edits(element: etree._Element, text: str) -> bool:
    """Whether it is a link to edit a section, or all such links of a heading."""
    if element.tag == "span":
        named = _EDIT_CLASS in element.get("class", "").split()
        one = _EDIT.fullmatch(text) is not None and not (element.tail or "").strip()
        links = one or (len(text) <= _EDITS_CHARS and _EDITS.fullmatch(text) is not None)
        return named or (links and _stands_beside_heading(element, text))
    linked = element.tag == "a" and _EDIT.fullmatch(text) is not None
    return linked and _stands_beside_heading(element, text)


def _stands_beside_heading(link: etree._Element, text: str) -> bool:
    """Whether a heading has more than this link, with which readers edit it or point to it."""
    heading = next(link.iterancestors(*_HEADINGS), None)
    if heading is None or _text(heading) == text:
        return False
    # [编辑 | 编辑源代码] goes as a whole, when the line is looked at.
    return (link.tail or "").strip()[:1] not in _CLOSING and _before(link)[-1:] not in _OPENING


def _is_reference(link: etree._Element, text: str) -> bool:
    """Whether a link leads to a note, or from it back to its place."""
    if "#" not in link.get("href", ""):
        return False
    if _BARE.fullmatch(text) or _BACK.fullmatch(text):
        return True
    raised = any(e.tag == "sup" for e in (*link.iterdescendants("sup"), *link.iterancestors("sup")))
    return bool(_NUMBER.fullmatch(text)) and (raised or _is_named(link))


def _is_mark(raised: etree._Element, text: str) -> bool:
    """Whether raised text is the mark of a note, and no power."""
    if _BARE.fullmatch(text):
        return True
    if not _NUMBER.fullmatch(text):
        return False
    if next(raised.iter("a"), None) is not None or _is_named(raised):
        return True
    before = _before(raised)
    return bool(before) and not _is_base(before, text)


def _is_base(before: str, raised: str) -> bool:
    """Whether a raised number is a power of what stands before it: a unit, a letter, a number."""
    if _WORD.search(before) and not _UNIT.search(before):
        return False
    if before[-1] == "米":
        return raised in {"2", "3"}
    return _BASE.search(before) is not None


def _is_named(element: etree._Element) -> bool:
    """Whether names and roles say that an element belongs to notes."""
    names = (element.get(name, "")[:200] for name in ("class", "id", "role", "type", "rel"))
    typed = (str(value) for key, value in element.attrib.items() if str(key).endswith("type"))
    return any(_NOTE_NAMES.search(name) for name in (*names, *typed))


def _script(element: etree._Element) -> None:
    """Put a raised or lowered number in the characters that show it so."""
    change = {"sup": lift, "sub": lower}.get(str(element.tag))
    text = change(_text(element)) if change else ""
    if text and _before(element)[-1:].strip():
        _replace(element, text)


def lift(text: str) -> str:
    """A power or a charge in raised characters; empty where it is none."""
    return text.translate(_RAISED) if _POWER.fullmatch(text) else ""


def lower(text: str) -> str:
    """An index in lowered characters; empty where it is none."""
    return text.translate(_LOWERED) if _INDEX.fullmatch(text) else ""


def _free_notes(root: etree._Element, marks: set[str]) -> Iterator[Settled]:
    """The mark that a note itself begins with, where its mark in the text is gone."""
    wanted = tuple(mark for mark in marks if _BARE.fullmatch(mark))
    if not wanted:
        return
    for element in root.iter("p", "li", "div", "dd", "span", "td"):
        text = (element.text or "").lstrip()
        mark = next((mark for mark in wanted if text.startswith(mark)), "")
        if mark and text[len(mark) :].strip():
            element.text = text[len(mark) :].lstrip()
            removal = Removal(_line(element), mark, NOTE_MARK)
            yield Settled(removal, (element, *element.iterancestors()))


def _before(element: etree._Element) -> str:
    """The last characters of the line before an element."""
    at: etree._Element | None = element
    while at is not None:
        previous, parent = at.getprevious(), at.getparent()
        text = previous.tail if previous is not None else parent.text if parent is not None else ""
        if text:
            return str(text)[-12:]
        if previous is not None:
            return "".join(map(str, previous.itertext()))[-12:] if previous.tag != "br" else ""
        at = parent if parent is not None and parent.tag in {"sup", "a", "span", "b", "i"} else None
    return ""


def _inside_code(element: etree._Element) -> bool:
    return next(element.iterancestors("pre", "code", "script", "style"), None) is not None


def _text(element: etree._Element) -> str:
    return repair("".join(map(str, element.itertext())))


def _line(element: etree._Element) -> int:
    """The line that an element stands in, from the nearest that knows it."""
    for each in (element, *element.iterancestors()):
        marked = each.get("data-line")
        if marked and marked.isdigit():
            return int(marked)
    return element.sourceline or 1


def _replace(element: etree._Element, words: str) -> None:
    """Put words in an element's place; the text behind it stays."""
    parent = element.getparent()
    if parent is None:
        return
    text = words + (element.tail or "")
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + text
    else:
        parent.text = (parent.text or "") + text
    parent.remove(element)
