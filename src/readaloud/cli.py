"""The command line: flags -> Options -> one call -> exit code. No other logic lives here."""

from __future__ import annotations

import functools
import os
import signal
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from readaloud.errors import ReadaloudError

app = typer.Typer(
    name="readaloud",
    help="Turn Chinese articles into accessible audio editions.",
    no_args_is_help=True,
    invoke_without_command=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 0 all well; 1 a check found something, or sources failed for "
    "different reasons; 2 usage or "
    "configuration; 3 input; 4 voice; 5 output; 6 an optional part is missing; 130 stopped.",
)

Sources = Annotated[list[str], typer.Argument(help="Articles, addresses, or folders.")]
AllowPrivate = Annotated[
    bool, typer.Option("--allow-private", help="Fetch from the own network too.")
]
VoiceName = Annotated[str | None, typer.Option("--voice", "-v", help="See: readaloud voices.")]
Rate = Annotated[str | None, typer.Option(help="Speed: 1.1 or +10%.")]
Pitch = Annotated[str | None, typer.Option(help="Pitch: +5Hz, for voices that can.")]
Volume = Annotated[str | None, typer.Option(help="The voice's, before mastering: -10%.")]
VoicesDir = Annotated[Path | None, typer.Option(help="A folder of your own voice profiles.")]
LexiconFile = Annotated[Path | None, typer.Option("--lexicon", help="Words and how they are said.")]
Config = Annotated[Path | None, typer.Option(help="Settings; else ./readaloud.toml.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, one object a line.")]
Out = Annotated[Path | None, typer.Option("--out", "-o", help="Folder of the editions: output.")]


_STOPPED = "Stopped. What was spoken is kept: run again to go on."


def main() -> None:
    """Run the command line."""
    for sign in (signal.SIGINT, signal.SIGTERM):
        if signal.getsignal(sign) is not signal.SIG_IGN:
            signal.signal(sign, _stop_once)
    _open_streams()
    try:
        app()
    except KeyboardInterrupt:  # before or after a command's own work
        typer.echo(_STOPPED, err=True)
        sys.exit(130)


def _stop_once(*_: object) -> NoReturn:
    """The first signal stops the run; more of them would break the tidying up."""
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, signal.SIG_IGN)
    raise KeyboardInterrupt


def _open_streams() -> None:
    """A closed stream is one that nobody reads; one that is no terminal speaks UTF-8."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115
        elif not stream.isatty():
            stream.reconfigure(encoding="utf-8")
        else:
            stream.reconfigure(errors="replace")


@app.callback()
def _root(
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    if version:
        from readaloud import __version__

        typer.echo(f"readaloud {__version__}")
        raise typer.Exit


def _guarded(command: Callable[..., None]) -> Callable[..., None]:
    """The only handler of errors: a line on standard error and the error's exit code."""

    @functools.wraps(command)
    def guarded(*args: Any, **flags: Any) -> None:
        try:
            command(*args, **flags)
        except ReadaloudError as error:
            _fail(f"Error: {error}", error.exit_code)
        except KeyboardInterrupt:
            _fail(_STOPPED, 130)
        except BrokenPipeError:  # the reader of a pipe has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        except OSError as error:
            _fail(f"Error: the output can't be written: {error.strerror or error}.", 5)

    return guarded


def _fail(line: str, code: int) -> NoReturn:
    typer.echo(line, err=True)
    raise typer.Exit(code)


@app.command()
@_guarded
def build(
    sources: Sources,
    voice: VoiceName = None,
    rate: Rate = None,
    pitch: Pitch = None,
    volume: Volume = None,
    out: Out = None,
    formats: Annotated[
        str | None,
        typer.Option(
            "--format", "-f", help="By comma: mp3, m4b, opus, vtt, srt, lrc, chapters, json."
        ),
    ] = None,
    cover: Annotated[Path | None, typer.Option(help="Cover image, JPEG or PNG.")] = None,
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", help="Utterances at once: one a core.")
    ] = None,
    cluster: Annotated[
        str | None, typer.Option(help="Speak on a Dask cluster: tcp://scheduler:8786.")
    ] = None,
    fallback: Annotated[
        str | None, typer.Option(help="Voice for when an online service is down.")
    ] = None,
    cache_dir: Annotated[Path | None, typer.Option(help="Where spoken clips are kept.")] = None,
    voices_dir: VoicesDir = None,
    lexicon: LexiconFile = None,
    config: Config = None,
    bulletin: Annotated[
        str | None, typer.Option(help="Make one edition of all articles, of this name.")
    ] = None,
    date: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The bulletin's: today.")
    ] = None,
    chime: Annotated[bool, typer.Option(help="A chime between a bulletin's articles.")] = True,
    allow_private: AllowPrivate = False,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Even what is there already.")] = False,
    log_json: Annotated[
        Path | None, typer.Option(help="A file that gets a line of JSON for each article.")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print errors only.")] = False,
    json: Json = False,
) -> None:
    """Make an audio edition of each article."""
    from readaloud import bulletin as bulletins
    from readaloud import pipeline, progress
    from readaloud.config.options import make_options

    flags = {
        "voice": voice, "rate": rate, "pitch_hz": pitch, "volume_percent": volume,
        "out": out, "formats": formats, "cover": cover, "jobs": jobs,
        "cache_dir": cache_dir, "voices_dir": voices_dir, "fallback": fallback,
        "cluster": cluster,
        "lexicon": lexicon, "rebuild": rebuild or None, "allow_private": allow_private or None,
    }  # fmt: skip
    options = make_options(flags, config)
    with progress.open_observer(quiet=quiet, json=json, log=log_json) as observer:
        if bulletin is None:
            outcomes = pipeline.build(sources, options, observer)
        else:
            day = (date or datetime.now()).date()
            bound = bulletins.Bulletin(bulletin, day, chime)
            outcomes = bulletins.build(sources, bound, options, observer)
        tally = progress.follow(outcomes, quiet=quiet, json=json)
    raise typer.Exit(progress.close_run(tally, quiet=quiet, json=json))


@app.command()
@_guarded
def plan(
    sources: Sources,
    voice: VoiceName = None,
    rate: Rate = None,
    voices_dir: VoicesDir = None,
    lexicon: LexiconFile = None,
    config: Config = None,
    allow_private: AllowPrivate = False,
    explain: Annotated[bool, typer.Option("--explain", help="Which rule spoke, by line.")] = False,
    json: Json = False,
) -> None:
    """Show what would be spoken, in which chapters, and what was removed and why."""
    from readaloud import display, preview, progress
    from readaloud.config.options import make_options

    flags = {
        "voice": voice, "rate": rate, "voices_dir": voices_dir, "lexicon": lexicon,
        "allow_private": allow_private or None,
    }  # fmt: skip
    options = make_options(flags, config)
    if explain:
        codes = [
            display.show_explanation(source, told, json=json)
            for source, told in preview.explain_all(sources, options)
        ]
    else:
        codes = [
            display.show_plan(planned, json=json) for planned in preview.plan_all(sources, options)
        ]
    raise typer.Exit(progress.exit_code(codes))


@app.command()
@_guarded
def voices(
    name: Annotated[
        str | None, typer.Argument(help="One voice; without it, all. prepare: make them ready.")
    ] = None,
    sample: Annotated[bool, typer.Option("--sample", help="Write a short sample.")] = False,
    online: Annotated[bool, typer.Option("--online", help="Ask the online service.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", help="How each engine runs here.")] = False,
    out: Out = None,
    voices_dir: VoicesDir = None,
    json: Json = False,
) -> None:
    """List the voices, write a sample of one, or prepare them before their first use."""
    from readaloud import display, pipeline, preview, progress
    from readaloud.config.options import make_options
    from readaloud.config.voices import broken_profiles, find_voice, load_voices

    if online:
        display.show_voices(preview.online_voices(progress.NoticesOnly()), json=json)
        return
    if name == "prepare":
        preview.prepare_engines(progress.NoticesOnly())
        display.show_engines(list(load_voices(voices_dir).values()), json=json)
        return
    chosen = [find_voice(name, voices_dir)] if name else list(load_voices(voices_dir).values())
    for error in [] if name else broken_profiles(voices_dir):
        typer.echo(f"Error: {error}", err=True)
    if not sample:
        display.show_voices(chosen, json=json)
        if verbose:
            display.show_engines(chosen, json=json)
        return
    for each in chosen:
        options = make_options({"voice": each.name, "out": out, "voices_dir": voices_dir})
        typer.echo(str(pipeline.write_sample(options)))


@app.command()
@_guarded
def check(
    files: Annotated[list[str], typer.Argument(help="MP3 editions, or folders of them.")],
    listen: Annotated[
        bool, typer.Option("--listen", help="Recognise the speech: utterances that sound wrong.")
    ] = False,
    json: Json = False,
) -> None:
    """Hold finished editions against their reports; exit 1 when something is wrong."""
    from readaloud import checking, display, progress

    found = [display.show_check(each, json=json) for each in checking.check(files, listen=listen)]
    raise typer.Exit(progress.exit_code(found))


@app.command()
@_guarded
def feed(
    folder: Annotated[Path, typer.Argument(help="The folder of the editions.")],
    base_url: Annotated[str, typer.Option(help="The address that the folder is published at.")],
    title: Annotated[
        str | None, typer.Option(help="The podcast's; else as [feed] says, or the folder's name.")
    ] = None,
    config: Config = None,
) -> None:
    """Write feed.xml, a podcast of a folder's editions, or bring it up to date."""
    from readaloud.config.settings import read_settings
    from readaloud.publishing.channel import make_channel
    from readaloud.publishing.feed import write_feed

    settings = read_settings(config)
    table = {"title": folder.resolve().name, **settings.feed, **({"title": title} if title else {})}
    written = write_feed(folder, base_url, make_channel(table, settings.folder))
    for line in written.left_out:
        typer.echo(f"Left out: {line}", err=True)
    typer.echo(f"{written.path}: {written.items} items, for {written.address}")


@app.command()
@_guarded
def serve(
    folder: Annotated[Path, typer.Argument(help="The folder of the editions.")],
    port: Annotated[int, typer.Option(help="On this machine only; 0 takes a free one.")] = 8000,
) -> None:
    """Serve a folder of editions to the players of this machine, until Ctrl-C."""
    from readaloud.publishing import server

    try:
        server.serve(folder, port, functools.partial(print, flush=True))
    except KeyboardInterrupt:
        raise typer.Exit from None


@app.command()
@_guarded
def pronounce(
    text: Annotated[str | None, typer.Argument(help="Text; without it, standard input.")] = None,
    voice: VoiceName = None,
    sample: Annotated[bool, typer.Option("--sample", help="Write it to an MP3 too.")] = False,
    out: Out = None,
    voices_dir: VoicesDir = None,
    lexicon: LexiconFile = None,
    config: Config = None,
    json: Json = False,
) -> None:
    """Show what will be said, syllable by syllable."""
    from readaloud import display, pipeline, preview
    from readaloud.config.options import make_options

    flags = {"voice": voice, "out": out, "voices_dir": voices_dir, "lexicon": lexicon}
    options = make_options(flags, config)
    for line in [text] if text is not None else preview.read_lines(sys.stdin):
        display.show_pronunciation(preview.pronounce(line, options), json=json)
        if sample:
            typer.echo(str(pipeline.write_sample(options, line)), err=True)
