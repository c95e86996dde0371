"""The command line: flags -> options -> one call -> exit code; a file a command."""

from readaloud.cli import (
    build,
    cache,
    check,
    correct,
    doctor,
    feed,
    morning,
    opml,
    plan,
    player,
    pronounce,
    publish,
    review,
    serve,
    site,
    voices,
)
from readaloud.cli.program import add_command, app, main

__all__ = ["app", "main"]

add_command(build.build, build.BuildCommand)
for _command in (
    plan.plan,
    voices.voices,
    check.check,
    correct.correct,
    morning.morning,
    feed.feed,
    opml.opml,
    site.site,
    site.numbered,
    publish.publish,
    serve.serve,
    player.player,
    pronounce.pronounce,
    review.review,
    cache.cache,
    doctor.doctor,
):
    add_command(_command)
