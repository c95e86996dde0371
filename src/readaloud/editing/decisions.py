"""The order of editing: the user's rules, furniture, metadata, title, repeats, headings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from readaloud.chinese.language import find_language
from readaloud.editing.announcements import announce
from readaloud.editing.article_head import Head, find_head_title, find_original, read_head
from readaloud.editing.boilerplate import find_boilerplate
from readaloud.editing.bylines import find_byline
from readaloud.editing.chapter_division import build_chapters
from readaloud.editing.duplicates import find_duplicates
from readaloud.editing.entry_sections import Entry, read_entry
from readaloud.editing.findings import Finding, Sweep, record, restore, sweep
from readaloud.editing.headings import mark_headings
from readaloud.editing.line_pieces import cut_pieces
from readaloud.editing.line_shape import has_words
from readaloud.editing.page_dump import Dump, find_outside
from readaloud.editing.picture_captions import find_captions
from readaloud.editing.pictures import find_told, find_unsaid
from readaloud.editing.publication_lines import Meta, find_metadata
from readaloud.editing.site_names import is_masthead, strip_site
from readaloud.editing.split_headings import join_bold, join_headings
from readaloud.editing.title_lines import MASTHEAD_LINE
from readaloud.editing.titles import Title, is_subject
from readaloud.editing.user_rules import UserRules, compile_rules, for_site
from readaloud.editing.walls import refuse_pictures, refuse_wall
from readaloud.errors import EmptyArticleError, msg
from readaloud.model import AltText, Article, Block, Document, EditingRules, Removal


@dataclass(frozen=True, slots=True)
class Decision:
    """The article, and for ``explain`` its blocks as they were marked.

    ``how`` names the rule by the index of a block in ``marked``; ``shown`` is the title's.
    """

    article: Article
    marked: tuple[Block, ...]
    how: Mapping[int, str]
    shown: int | None


def decide(document: Document, rules: EditingRules) -> Decision:
    """Edit a document.

    Raises:
        EmptyArticleError: nothing that can be said is left.
        ConfigError: a rule of the user's can't be used.
    """
    user = compile_rules(for_site(rules, document))
    user.check_numbers(document)
    blocks, cuts = restore(document, user.keeps)
    refuse_wall(document.source_name, blocks, document.title)
    entry = read_entry(blocks) if document.bare else Entry(tuple(blocks))
    blocks, pieces = cut_pieces(entry.blocks, user)
    dump = find_outside(blocks, entry.names) if document.bare else Dump(blocks)
    stated = _read_stated(document.title)
    head = Head(dump.blocks) if stated else read_head(dump.blocks, user.keeps)
    own, meta = _take_out(head, (entry, dump), stated, user, rules.alt_text)
    own = _without_masthead(own, meta, user)
    title, freed = _find_title(own.kept, head, stated, user)
    title = title or find_original(blocks)
    repeats = sweep(freed.kept, find_duplicates(freed.kept, title), user.keeps)
    removed = [*cuts, *pieces, *head.removed, *own.removed, *freed.removed, *repeats.removed]
    kept = _join_bold(repeats.kept, title, removed)
    if not any(has_words(block.text) for block in kept):
        raise EmptyArticleError(
            msg("{source_name} has no text to speak.", source_name=document.source_name),
            msg("Check that it is the article itself, not a page around it, and not a scan."),
        )
    refuse_pictures(document.source_name, kept, title.block if title else None, own.removed)
    language = find_language(block.text for block in kept)
    marked, how = mark_headings(kept, title, _shown_again(repeats.removed))
    shown = title.find(kept) if title else None
    if shown is not None and title is not None:
        how = {**how, shown: title.rule}
    whole = (n for n, b in enumerate(kept) if rules.alt_text == "full" or user.keeps(b))
    kept_by = {n: rule for n, block in enumerate(kept) if (rule := user.keeping(block))}
    sure = [replace(b, doubt=0.0) if n in kept_by else b for n, b in enumerate(marked)]
    told, unsaid = announce(_free_of_label(sure, shown), language, whole)
    article = Article(
        source_name=document.source_name,
        title=title.text if title else None,
        byline=document.byline or meta.byline or find_byline(own.kept),
        date=document.date or meta.date,
        language=language,
        chapters=build_chapters(told, title),
        removed=tuple(sorted([*removed, *unsaid], key=lambda removal: removal.named)),
        origin=meta.origin,
        notices=document.notices,
        cover=document.cover,
        address=document.link,
    )
    return Decision(article, told, {**kept_by, **how}, shown)


def _without_masthead(own: Sweep, meta: Meta, user: UserRules) -> Sweep:
    """What is left without a first line that is the name of the paper the text says it is from."""
    first = own.kept[0] if len(own.kept) > 1 else None
    if first is None or first.text != meta.origin or user.keeps(first):
        return own
    return Sweep(own.kept[1:], (*own.removed, record(first, MASTHEAD_LINE)))


def _join_bold(
    blocks: Sequence[Block], title: Title | None, removed: Sequence[Removal]
) -> tuple[Block, ...]:
    """The blocks with headings over several bold lines as one; the title is not part of one."""
    shown = title.find(blocks) if title else None
    gone = sorted(removal.named for removal in removed)
    return tuple(join_bold(blocks, -1 if shown is None else shown, gone))


def _free_of_label(marked: Sequence[Block], shown: int | None) -> list[Block]:
    """The title is the article's, not an item of a list."""
    return [replace(b, label="") if n == shown else b for n, b in enumerate(marked)]


def _read_stated(title: str | None) -> str | None:
    """The title that the file states; the name of its site is none."""
    own = strip_site(title)[0] if title else ""
    return own if own and not is_masthead(own) else None


def _find_title(
    blocks: Sequence[Block], head: Head, stated: str | None, user: UserRules
) -> tuple[Title | None, Sweep]:
    """The title, and the blocks without what is glued to it or stands above it."""
    joined = join_headings(blocks)
    if head.title is not None and head.title.find(joined) is not None:
        return head.title, Sweep(tuple(joined), ())
    found, above = find_head_title(joined, stated, user.keeps)
    swept = sweep(found.blocks, above, user.keeps)
    return found.title, Sweep(swept.kept, (*found.removed, *swept.removed))


def _take_out(
    head: Head, page: tuple[Entry, Dump], stated: str | None, user: UserRules, alt_text: AltText
) -> tuple[Sweep, Meta]:
    """Take out all lines that are not the article's own text."""
    entry, dump = page
    dropped = sweep(head.blocks, user.find_dropped(head.blocks))
    facts: list[Meta] = []

    def find_facts(blocks: Sequence[Block]) -> Mapping[int, Finding]:
        found, meta = find_metadata(blocks)
        facts.append(meta)
        return found

    def keeps(block: Block) -> bool:
        return user.keeps(block) or head.holds(block) or block is likely or block is subject

    kept, removed = dropped.kept, list(dropped.removed)
    likely = dump.title if head.title is None else None
    subject = kept[0] if is_subject(kept) else None
    steps = (
        entry.find,
        dump.find,
        partial(find_unsaid, alt_text=alt_text),
        partial(find_boilerplate, book=user.book),
        find_facts,
        find_captions,
        partial(find_told, title=stated),
    )
    for find in steps:
        swept = sweep(kept, find(kept), keeps)
        kept, removed = swept.kept, [*removed, *swept.removed]
    return Sweep(kept, tuple(removed)), facts[0]


def _shown_again(removed: Sequence[Removal]) -> frozenset[str]:
    return frozenset(removal.text for removal in removed if removal.rule == "repeat")
