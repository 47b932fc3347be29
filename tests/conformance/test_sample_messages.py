"""`flask sessions sample-messages`, read by programs that are not ours and kept by two of them, step by step."""

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine

from app.boot import create_app
from app.sessions.samples.laying import Told
from app.sessions.samples.story import STEPS
from tests.conformance.reading import Got, got, seen, stamp
from tests.conftest import settings_for
from tests.peers.caldav import CalDav
from tests.peers.calendars import Keeper

pytestmark = pytest.mark.slow
KHMER = ("ការបណ្តុះបណ្តាលអ្នកគ្រប់គ្រងរោងចក្រ" * 4)[:120]
# The first half-day is 30 days later, the moved ones 31 and 38: on both sides of a change of the clock.
CASES = {
    "Dhaka": (Told("Supervisory Skills; part, one", "Asia/Dhaka", "en", "Asia/Dhaka"), "2026-05-01T06:00:00Z"),
    "Cairo": (Told("السلامة والصحة المهنية", "Africa/Cairo", "ar", "Asia/Amman"), "2026-03-24T06:00:00Z"),
    "Port-au-Prince": (Told(KHMER, "America/Port-au-Prince", "km", "Asia/Phnom_Penh"), "2026-02-05T06:00:00Z"),
    "Zurich": (Told("Kỹ năng giám sát", "Europe/Zurich", "vi", "Asia/Ho_Chi_Minh"), "2026-09-24T06:00:00Z"),
}
WHEN = {"create": (0, 9), "move": (1, 13), "change-link": (1, 13), "switch-modality": (1, 13)}
AWAY = ["America/New_York", "Asia/Kolkata"]


def _write(folder: Path, told: Told, *more: str) -> list[str]:
    app = create_app(settings_for("sqlite:////nowhere/at/all.db", folder.parent))
    options = ["--title", told.title, "--zone", told.zone, "--language", told.language, "--home", told.home]
    done = app.test_cli_runner().invoke(args=["sessions", "sample-messages", "--out", str(folder), *options, *more])
    assert done.exit_code == 0, done.output
    return done.output.split()


@pytest.fixture(scope="module", params=CASES)
def case(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Told, list[tuple[str, Got]], datetime]:
    """The mails of one case, with their steps, and the day on which they were written."""
    told, at = CASES[request.param]
    with time_machine.travel(at):
        names = _write(tmp_path_factory.mktemp("case") / "mails", told)
    mails = [got(Path(name).read_bytes()) for name in names]
    assert len(mails) == 8 and all(mails)
    return told, [(step, mail) for (step, _who), mail in zip(STEPS, mails, strict=True)], datetime.fromisoformat(at)


@pytest.fixture(params=AWAY)
def away(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Whoever reads lives elsewhere."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


def _truth(told: Told, step: str, at: datetime) -> datetime:
    """When the half-day starts after a step; worked out by the zone database, not by our calendar files."""
    days, hour = WHEN.get(step, (8, 9))
    day = (at.astimezone(ZoneInfo(told.zone)) + timedelta(days=30 + days)).date()
    return datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo(told.zone))


def test_each_message_is_read_alike_by_all_readers_wherever_they_are(case: tuple, away: str) -> None:
    told, mails, at = case
    for step, mail in mails:
        found = seen(mail.ics)
        starts = _truth(told, step, at)
        assert (found.starts, found.title, found.uid) == (starts, told.title, mail.uid), step
        assert found.ends - found.starts == timedelta(hours=3, minutes=30)


def test_numbers_rise_and_the_uid_stays(case: tuple) -> None:
    _told, mails, _at = case
    for who in {mail.recipient for _step, mail in mails}:
        mine = [mail for _step, mail in mails if mail.recipient == who]
        assert len({mail.uid for mail in mine}) == 1
        assert [mail.sequence for mail in mine] == list(range(len(mine)))
        assert all(stamp(after) > stamp(before) for before, after in pairwise(mine))
        assert [mail.method for mail in mine] == ["REQUEST"] * (len(mine) - 1) + ["CANCEL"]


def test_a_calendar_ends_with_exactly_the_right_entries(case: tuple, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """khal, elsewhere, keeps what a phone would: at each step one entry, moved, and cancelled at the end."""
    told, mails, at = case
    monkeypatch.setenv("TZ", AWAY[0])
    keepers = {who: Keeper(tmp_path / who) for who in {mail.recipient for _step, mail in mails}}
    for step, mail in mails:
        keeper = keepers[mail.recipient]
        keeper.receive(mail.ics)
        (entry,) = keeper.entries()
        starts = _truth(told, step, at).astimezone(ZoneInfo("UTC"))
        assert (entry.uid, entry.starts, entry.title) == (mail.uid, f"{starts:%Y-%m-%d %H:%M}", told.title), step
        assert (entry.status == "CANCELLED") is (mail.method == "CANCEL")


def test_a_calendar_server_takes_each_message_and_finds_it_at_its_time(case: tuple, tmp_path: Path) -> None:
    """Radicale in another zone: exactly one event, found by the server itself at the new time and not at the old one."""
    told, mails, at = case
    with CalDav(tmp_path / "radicale", zone=AWAY[0]) as server:
        before: datetime | None = None
        for step, mail in mails:
            assert server.put(mail.ics) in {201, 204}, f"{step} is refused"
            starts = _truth(told, step, at)
            assert server.between(starts, starts + timedelta(minutes=1)) == {mail.uid}, step
            assert server.between(starts - timedelta(minutes=1), starts) == set()
            if before and before != starts:
                assert server.between(before, before + timedelta(minutes=1)) == set(), "it is nowhere else"
            before = starts
            if mail.method == "CANCEL":
                assert server.remove(mail.ics) == 200
                assert server.between(at, at + timedelta(days=90)) == set()


def test_a_calendar_server_refuses_what_is_wrong(tmp_path: Path) -> None:
    """The judge judges: half a file is refused."""
    with CalDav(tmp_path) as server:
        assert server.put(b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:x\r\nEND:VCALENDAR\r\n") == 400


def test_the_names_are_the_same_each_time_and_other_files_stay(tmp_path: Path) -> None:
    told = CASES["Dhaka"][0]
    (tmp_path / "mails").mkdir()
    (tmp_path / "mails" / "mine.txt").write_text("kept")
    first, second = _write(tmp_path / "mails", told), _write(tmp_path / "mails", told)
    assert first == second
    assert [Path(name).name for name in first] == [
        "01-create.eml", "02-move.eml", "03-change-link.eml", "04-switch-modality.eml", "05-second-move.eml",
        "06-withdraw.eml", "07-promote.eml", "08-cancel.eml",
    ]
    assert (tmp_path / "mails" / "mine.txt").read_text() == "kept" and len(list((tmp_path / "mails").iterdir())) == 9


@pytest.mark.parametrize("wrong", [["--zone", "Mars/Base"], ["--zone", "../etc/passwd"], ["--title", " \n "], ["--language", "tlh"]])
def test_what_cannot_be_is_refused_and_nothing_is_written(tmp_path: Path, wrong: list[str]) -> None:
    app = create_app(settings_for("sqlite:////nowhere/at/all.db", tmp_path))
    done = app.test_cli_runner().invoke(args=["sessions", "sample-messages", "--out", str(tmp_path / "mails"), *wrong])
    assert done.exit_code == 2 and not (tmp_path / "mails").exists()
