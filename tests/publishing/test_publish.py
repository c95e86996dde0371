"""A place equals its folder, however often runs are cut, and no feed names what is not there."""

from __future__ import annotations

import json
import random
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from cut_runs import BASE, RECORDS, Listener, change, differences, mornings, write_settings
from servers import KINDS, SECRET, USER, Place, open_place
from test_feed import add_edition
from typer.testing import Result

from readaloud.editions.publish import Published, publish
from readaloud.errors import ConfigError, OutputError, ReadaloudError, UnreadableSourceError
from readaloud.podcast.feed_settings import Channel
from readaloud.publishing import transfer
from readaloud.publishing.secrets import find_secret
from readaloud.publishing.settings import Publishing
from readaloud.publishing.transfer import Change

Cli = Callable[..., Result]
CHANNEL = Channel("晨间新闻", address=BASE)
HOUR = 3600.0


class Cut(BaseException):
    """A run ends here."""


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Three days of editions."""
    folder = tmp_path / "out"
    for day in (1, 2, 3):
        add_edition(folder, f"day-{day}", ".vtt", ".html", date=f"2026-11-{20 + day}")
    return folder


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transfer, "ATTEMPTS_AFTER_SECONDS", (0.0,))


def settings(place: Place | Path, **more: Any) -> Publishing:
    if isinstance(place, Path):
        return Publishing(to=str(place), **more)
    return Publishing(to=place.to, **place.settings, **more)


def kinds(published: Published) -> dict[str, str]:
    return {change.path: change.kind for change in published.changes}


@pytest.mark.parametrize("kind", KINDS)
def test_a_place_equals_the_folder_after_runs_that_were_cut(
    kind: str, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(kind)
    with open_place(kind, tmp_path / "place") as place:
        for name, value in place.environment.items():
            monkeypatch.setenv(name, value)
        rules = settings(place, old="delete", old_after_hours=0)
        listener = Listener(place)

        def run(cut_at: int | None = None) -> Published:
            seen: list[Change] = []

            def tell(change: Change) -> None:
                seen.append(change)
                if len(seen) % 3 == 1 or change.kind == "remove":
                    listener.ask_once()
                if len(seen) == cut_at:
                    raise Cut

            return publish(out, rules, CHANNEL, tell=tell)

        # wsgidav takes ? and ; in a name for the address's own.
        for name in ("a#b.txt", "100%25.txt", "晚报 「二」😀.txt", "[1]*.txt"):
            (out / name).write_text(name, encoding="utf-8")
        run()
        for cut_at in (1, 5):
            change(out, cut_at, chance)
            with pytest.raises(Cut):
                run(cut_at)
        run()
        assert differences(out, place) == []
        (out / "day-2.mp3").write_bytes(b"corrected")
        for path in out.glob("day-3.*"):
            path.unlink()
        assert kinds(run()) == {
            "day-2.mp3": "replace", "index.html": "replace", "feed.xml": "replace",
            "day-3.mp3": "remove", "day-3.vtt": "remove", "day-3.html": "remove",
        }  # fmt: skip
        assert differences(out, place) == []
        assert kinds(run()) == {}
        assert (listener.missing, listener.torn) == ([], 0)
        assert listener.feeds > 5


def test_a_run_that_is_killed_is_gone_on_with(tmp_path: Path) -> None:
    heard = mornings("folder", tmp_path, 1, seed=5, cuts=1)
    assert (heard.missing, heard.torn) == ([], 0)


def test_without_records_what_is_there_is_read_back_and_not_sent_again(
    out: Path, tmp_path: Path
) -> None:
    place = tmp_path / "place"
    first = publish(out, settings(place), CHANNEL)
    assert kinds(first)["day-1.mp3"] == "add"
    for broken in (b"", b"{", b'{"files": {"a": 1}}'):
        (place / RECORDS).write_bytes(broken)
        (place / "day-1.mp3").write_bytes(b"S" * len((out / "day-1.mp3").read_bytes()))
        assert kinds(publish(out, settings(place), CHANNEL)) == {"day-1.mp3": "replace"}


def test_a_dry_run_changes_nothing_anywhere(out: Path, tmp_path: Path) -> None:
    place = tmp_path / "place"
    before = sorted(path for path in out.rglob("*") if not path.name.endswith(".lock"))
    shown = publish(out, settings(place), CHANNEL, dry_run=True)
    assert kinds(shown)["day-1.mp3"] == "add"
    assert not place.exists()
    assert sorted(path for path in out.rglob("*") if not path.name.endswith(".lock")) == before


def test_what_is_hidden_private_or_elsewhere_stays_here(out: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    (out / "link.txt").symlink_to(secret)
    (out / ".hidden").touch()
    (out / "draft.docx").touch()
    (out / "below").mkdir()
    (out / "below" / "extra.txt").write_bytes(b"x")
    (out / "below" / "more.md").write_bytes(b"x")
    place = tmp_path / "place"
    publish(out, settings(place, leave_out=("*.docx", "below/*.md")), CHANNEL)
    there = {path.relative_to(place).as_posix() for path in place.rglob("*") if path.is_file()}
    assert there == {
        RECORDS, "index.html", "feed.xml", "below/extra.txt",
        "feed-cover.png", "feed-cover-600.png", "feed-cover-300.png",
        *(f"day-{day}.{kind}" for day in (1, 2, 3) for kind in ("mp3", "vtt", "html")),
    }  # fmt: skip
    publish(out, settings(place, reports=True), CHANNEL)
    assert (place / "day-1.json").is_file()


@pytest.mark.parametrize(("rule", "there"), [("keep", True), ("move", False), ("delete", False)])
def test_what_the_folder_has_no_more_goes_by_rule_and_after_a_while(
    rule: Any, there: bool, out: Path, tmp_path: Path
) -> None:
    place = tmp_path / "place"
    rules = settings(place, old=rule)
    publish(out, rules, CHANNEL, now=0)
    (place / "somebody's.mp3").touch()
    for path in out.glob("day-1.*"):
        path.unlink()
    waiting = publish(out, rules, CHANNEL, now=HOUR)
    assert waiting.waiting == (() if there else ("day-1.html", "day-1.mp3", "day-1.vtt"))
    assert (place / "day-1.mp3").is_file()
    assert "day-1.mp3" not in (place / "feed.xml").read_text("utf-8")
    publish(out, rules, CHANNEL, now=24 * HOUR)
    assert (place / "day-1.mp3").is_file()
    publish(out, rules, CHANNEL, now=25 * HOUR)
    assert (place / "day-1.mp3").is_file() == there
    assert (place / "old" / "day-1.mp3").is_file() == (rule == "move")
    assert (place / "somebody's.mp3").is_file()


def test_what_comes_back_is_not_old(out: Path, tmp_path: Path) -> None:
    rules = settings(tmp_path / "place", old="delete")
    publish(out, rules, CHANNEL, now=0)
    (out / "day-1.vtt").rename(tmp_path / "day-1.vtt")
    publish(out, rules, CHANNEL, now=HOUR)
    (tmp_path / "day-1.vtt").rename(out / "day-1.vtt")
    publish(out, rules, CHANNEL, now=2 * HOUR)
    (out / "day-1.vtt").unlink()
    assert publish(out, rules, CHANNEL, now=26 * HOUR).waiting == ("day-1.vtt",)


@pytest.mark.parametrize("limit", [{"most_episodes": 2}, {"most_days": 10}])
def test_old_episodes_leave_the_feed_and_then_the_place(
    limit: dict[str, int], out: Path, tmp_path: Path
) -> None:
    place = tmp_path / "place"
    publish(out, settings(place), CHANNEL)
    now = datetime(2026, 12, 2, tzinfo=UTC).timestamp()  # ten days after the second day
    rules = settings(place, old="delete", old_after_hours=0, **limit)
    published = kinds(publish(out, rules, CHANNEL, now=now))
    assert published == {
        "index.html": "replace", "feed.xml": "replace",
        "day-1.mp3": "remove", "day-1.vtt": "remove", "day-1.html": "remove",
    }  # fmt: skip
    assert (out / "day-1.mp3").is_file()


def test_limits_need_a_feed(out: Path, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="address"):
        publish(out, settings(tmp_path / "place", most_days=3), Channel("x"))


def test_a_feed_that_names_what_would_be_missing_is_refused(out: Path, tmp_path: Path) -> None:
    place = tmp_path / "place"
    publish(out, settings(place), CHANNEL)
    feed = (place / "feed.xml").read_bytes()
    with pytest.raises(UnreadableSourceError, match=r"day-2\.vtt, which stays here"):
        publish(out, settings(place, leave_out=("*-2.vtt",)), CHANNEL)
    (out / "day-1.mp3").unlink()
    with pytest.raises(UnreadableSourceError, match=r"day-1\.mp3 leads to no file"):
        publish(out, settings(place), Channel("x"))
    assert (place / "feed.xml").read_bytes() == feed


def test_a_file_that_changes_meanwhile_ends_the_run(out: Path, tmp_path: Path) -> None:
    def tell(change: Change) -> None:
        if change.path == "day-3.mp3":
            (out / "day-3.mp3").write_bytes(b"another")

    place = tmp_path / "place"
    with pytest.raises(OutputError, match=r"day-3\.mp3 changed while"):
        publish(out, settings(place), CHANNEL, tell=tell)
    assert not (place / "feed.xml").exists()
    assert not list(place.rglob(".part-*"))


def test_two_runs_are_not_in_each_others_way(out: Path, tmp_path: Path) -> None:
    rules = settings(tmp_path / "place")
    refused: list[str] = []

    def tell(_: Change) -> None:
        with pytest.raises(OutputError, match="Another run is publishing") as caught:
            publish(out, rules, CHANNEL)
        refused.append(str(caught.value))

    publish(out, rules, CHANNEL, tell=tell)
    assert len(refused) > 5


def test_what_cut_runs_left_half_written_is_cleared(out: Path, tmp_path: Path) -> None:
    place = tmp_path / "place"
    publish(out, settings(place), CHANNEL)
    (place / ".part-1f").write_bytes(b"half")
    publish(out, settings(place), CHANNEL)
    assert not (place / ".part-1f").exists()


@pytest.mark.parametrize(
    ("to", "told"),
    [
        ("", "no place to publish to"),
        ("s3://", "no address"),
        ("ftp://host/x", "Nothing can be published to ftp"),
        ("sftp://me:hunter2@host/x", "password in the address sftp://host/x"),
        ("https://host:99999/x", "no address"),
        ("https://[host/x", "no address"),
        ("https://host/x?y=1", "no address"),
        ("s3://two words/x", "no address"),
        ("OUT", "lies in the folder"),
        ("OUT/below", "lies in the folder"),
    ],
)
def test_places_that_are_none(to: str, told: str, out: Path, cli: Cli) -> None:
    result = cli("publish", out, "--to", to.replace("OUT", str(out)))
    if to:
        assert result.exit_code == 2
        assert told in result.stderr
        assert "hunter2" not in result.stderr
    with pytest.raises(ReadaloudError, match=told):
        publish(out, Publishing(to=to.replace("OUT", str(out))), CHANNEL)


@pytest.mark.parametrize("old_to", ["", "/", "..", "a/../..", "a//b", "/old", "a\\b"])
def test_old_files_are_moved_below_the_place_alone(old_to: str) -> None:
    with pytest.raises(ConfigError, match="no folder below"):
        Publishing(to="x", old_to=old_to)


@pytest.mark.parametrize("folder", ["nowhere", "empty"])
def test_nothing_to_publish(folder: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(ReadaloudError, match=r"no folder|no edition|nothing"):
        publish(tmp_path / folder, settings(tmp_path / "place"), Channel("x"))


def test_the_command_says_what_it_does(out: Path, tmp_path: Path, cli: Cli) -> None:
    config = tmp_path / "readaloud.toml"
    config.write_text(
        f'[feed]\naddress = "{BASE}"\n[publish]\nto = "web"\nold = "delete"\n', encoding="utf-8"
    )
    planned = cli("publish", out, "--config", config, "--dry-run")
    assert "new: day-1.mp3, 0.00 MB" in planned.stdout
    assert "9 changes to be made" in planned.stdout
    done = cli("publish", out, "--config", config)
    assert done.exit_code == 0, done.stderr
    assert (tmp_path / "web" / "feed.xml").is_file(), "beside the settings"
    again = json.loads(cli("publish", out, "--config", config, "--json").stdout)
    assert (again["changes"], again["unchanged"]) == ([], 14)


@pytest.mark.parametrize("kind", ["webdav", "sftp", "s3"])
def test_a_place_that_refuses_is_told_without_the_secret(
    kind: str, out: Path, tmp_path: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    if kind == "s3":  # moto lets everybody in: nobody answers here
        place = Place(
            kind, "s3://pod/news", lambda _: None, set, {"endpoint": "http://127.0.0.1:9"}
        )
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "x")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "hunter2")
        monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
        result = cli("publish", out, "--config", write_settings(tmp_path, place))
    else:
        with open_place(kind, tmp_path / "place") as place:
            monkeypatch.setenv("HOME", place.environment.get("HOME", ""))
            monkeypatch.setenv("READALOUD_PUBLISH_SECRET", "hunter2")
            result = cli("publish", out, "--config", write_settings(tmp_path, place))
    assert result.exit_code == 5, result.output
    assert "can't be written" in result.stderr
    assert "hunter2" not in result.output


def test_a_machine_that_is_not_known_is_refused(
    out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_place("sftp", tmp_path / "place") as place:
        monkeypatch.setenv("HOME", str(tmp_path))
        monkeypatch.setenv("READALOUD_PUBLISH_SECRET", SECRET)
        with pytest.raises(OutputError, match="ost key"):
            publish(out, settings(place), CHANNEL)


def test_a_password_is_not_sent_for_all_to_read(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("READALOUD_PUBLISH_SECRET", SECRET)
    with pytest.raises(ConfigError, match="for all to read"):
        publish(out, Publishing(to="http://dav.example/news", user=USER), CHANNEL)


def test_secrets_come_from_the_environment_else_from_the_keyring(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import keyring
    from keyring.backend import KeyringBackend
    from keyring.errors import KeyringLocked

    class Ring(KeyringBackend):
        priority = 1

        def get_password(self, service: str, username: str) -> str | None:
            if username.endswith("locked"):
                raise KeyringLocked
            return f"{service}/{username}"

        def set_password(self, service: str, username: str, password: str) -> None:
            raise NotImplementedError

    before = keyring.get_keyring()
    keyring.set_keyring(Ring())  # type: ignore[no-untyped-call]
    try:
        rules = Publishing(to="sftp://me@host:22/x")
        assert find_secret(rules.account) == "readaloud/sftp://me@host:22"
        assert find_secret(replace(rules, user="you").account) == "readaloud/sftp://you@host:22"
        assert find_secret("sftp://locked") is None
        monkeypatch.setenv("READALOUD_PUBLISH_SECRET", "here")
        assert find_secret(rules.account) == "here"
    finally:
        keyring.set_keyring(before)


@pytest.mark.parametrize("status", [204, 500, None])
def test_a_hub_is_told_once_of_a_new_feed(status: int | None, out: Path, tmp_path: Path) -> None:
    asked: list[str] = []

    class Hub(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
            self.send_response(status or 204)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Hub) as server:
        address = f"http://127.0.0.1:{server.server_address[1]}/"
        if status is None:
            server.server_close()
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        if status is not None:
            thread.start()
        channel = replace(CHANNEL, hub=address)
        first = publish(out, settings(tmp_path / "place"), channel)
        second = publish(out, settings(tmp_path / "place"), channel)
        if status is not None:
            server.shutdown()
            thread.join()
    assert len(first.notices) == (status != 204)
    assert second.notices == ()
    assert [parse_qs(each)["hub.url"] for each in asked] == [[f"{BASE}/feed.xml"]] * len(asked)
    assert len(asked) == (status is not None)
