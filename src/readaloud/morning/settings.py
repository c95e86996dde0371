"""What the ``[morning]`` table says: the bulletin, its deadline, and its articles' sources."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from readaloud.config.readaloud_toml import read_settings
from readaloud.config.rule_file import read_users_rules
from readaloud.config.run_options import Options
from readaloud.config.toml_tables import Table
from readaloud.errors import ConfigError, Several, msg
from readaloud.model import SiteRule
from readaloud.morning.deadline import parse_time

Kind = Literal["feed", "sitemap", "page", "folder", "maildir"]
KINDS: tuple[Kind, ...] = ("feed", "sitemap", "page", "folder", "maildir")
_RANGES = {
    "most": (1, 1000),
    "days": (0.01, 3650),
    "delay_s": (0, 3600),
    "spare_minutes": (0, 600),
}


@dataclass(frozen=True, slots=True)
class SourceSettings:
    """Where articles come from; exactly one of ``feed`` to ``maildir`` says where."""

    name: str
    """What messages call it. An article's state is kept under it."""
    feed: str = ""
    """The address of an RSS, Atom or JSON feed."""
    sitemap: str = ""
    """The address of a sitemap, or of an index of sitemaps."""
    page: str = ""
    """The address of a page that lists articles, with ``links``."""
    links: str = ""
    """Selector of the links on that page, CSS or XPath."""
    folder: str = ""
    """A folder into which people put saved pages and texts."""
    maildir: str = ""
    """A folder of mails (Maildir), each an article or with articles attached."""
    most: int = 10
    """Articles at most in one bulletin."""
    days: float = 2.0
    """How old an article may be when it is first seen."""
    section: str = ""
    """The part of the bulletin that its articles belong to."""
    voice: str = ""
    """Who speaks its articles, where that is not the bulletin's voice."""
    rules_file: str = ""
    """A file of editing rules for its articles alone."""
    content: str = ""
    """Selector of the article on its pages, as in ``[sites]``."""
    drop: tuple[str, ...] = ()
    """Selectors of what is no part of it."""
    whole_text: bool = False
    """The feed holds whole articles: they are taken from it, and their pages not fetched."""
    delay_s: float = 1.0
    """Seconds between two requests to one host; a longer one in its robots.txt counts."""

    @property
    def kind(self) -> Kind:
        """Which of the kinds of sources it is."""
        return next(kind for kind in KINDS if getattr(self, kind))

    @property
    def address(self) -> str:
        """Where it is: an address of the web, or a folder."""
        return str(getattr(self, self.kind))


@dataclass(frozen=True, slots=True)
class Morning:
    """A bulletin that is made each morning."""

    name: str
    """What the bulletin is called."""
    by: str = ""
    """When it has to be there, as 07:00, for ``--by``."""
    spare_minutes: float = 1.0
    """What is kept before the deadline, for publishing."""
    most: int = 40
    """Articles at most, of all sources."""
    chime: bool = True
    """Whether a chime sounds between articles."""
    data: str = ""
    """The folder of what was seen; else the user's data folder."""
    sources: tuple[SourceSettings, ...] = ()

    def source(self, name: str) -> SourceSettings | None:
        """The source of that name, if it is still one."""
        return next((each for each in self.sources if each.name == name), None)


def read_morning(config: Path | None) -> Morning:
    """The morning of a file of settings; paths in it begin beside the file.

    Raises:
        ConfigError: there is none, or something in it is wrong.
    """
    table = read_settings(config).morning
    if not table.values:
        raise ConfigError(
            msg("{path} has no [morning].", path=table.path),
            msg("Name the bulletin and its sources there."),
        )
    sources = tuple(_source(each) for each in table.tables("source"))
    if not sources:
        raise table.error(msg("it has no source"))
    names = [each.name for each in sources]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise table.error(msg("two sources are called “{name}”", name=twice))
    own = replace(table, values={k: v for k, v in table.values.items() if k != "source"})
    morning = own.make(Morning, _RANGES, sources=sources)
    if not morning.name.strip():
        raise table.error(msg("{key} is empty", key="name"), "name")
    if morning.by:
        parse_time(morning.by)
    data = str(table.beside(morning.data)) if morning.data else ""
    return replace(morning, data=data)


def _source(table: Table) -> SourceSettings:
    made = table.make(SourceSettings, _RANGES)
    if sum(bool(getattr(made, kind)) for kind in KINDS) != 1:
        problem = msg("a source has exactly one of {known}", known=Several(KINDS))
        raise table.error(problem)
    if bool(made.page) != bool(made.links):
        raise table.error(msg("{one} needs {other}", one="page", other="links"))
    beside = {
        key: str(table.beside(Path(getattr(made, key)).expanduser()))
        for key in ("folder", "maildir", "rules_file")
        if getattr(made, key)
    }
    return replace(made, **beside)  # type: ignore[arg-type]


def options_of(source: SourceSettings, options: Options) -> Options | None:
    """The options of its articles, None where they are the run's.

    Raises:
        ConfigError: its rules can't be read.
    """
    own = options
    if source.voice:
        own = replace(own, voice=source.voice)
    if source.rules_file:
        lines = read_users_rules(Path(source.rules_file))
        own = replace(own, rules=replace(own.rules, lines=(*lines, *own.rules.lines)))
    if source.content or source.drop:
        rule = SiteRule("*", source.content, source.drop)
        reading = replace(own.reading, selectors=(rule, *own.reading.selectors))
        own = replace(own, reading=reading)
    return None if own is options else own
