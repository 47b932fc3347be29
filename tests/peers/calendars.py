"""Calendar programs that did not write our invitations: four readers and one keeper.

    for reader in READERS.values():
        assert reader(ics) == Seen(uid, starts, ends, title)     # times in UTC

libical (C) is used when the machine has it. khal keeps a calendar in files, as a phone or a mail program would.
"""

import contextlib
import ctypes
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import ics as ics_py
import pytest
import vobject
from ical.calendar_stream import IcsCalendarStream

from tests.peers.keeping import khal


@dataclass(frozen=True)
class Seen:
    """What a reader shows of the one event; times in UTC."""

    uid: str
    starts: datetime
    ends: datetime
    title: str


def by_vobject(ics: bytes) -> Seen:
    event = vobject.readOne(ics.decode()).vevent
    starts, ends = (one.value.astimezone(UTC) for one in (event.dtstart, event.dtend))
    return Seen(event.uid.value, starts, ends, event.summary.value)


def by_ical(ics: bytes) -> Seen:
    (event,) = IcsCalendarStream.calendar_from_ics(ics.decode()).events
    assert isinstance(event.dtstart, datetime) and isinstance(event.dtend, datetime)
    return Seen(event.uid, event.dtstart.astimezone(UTC), event.dtend.astimezone(UTC), str(event.summary))


def by_ics_py(ics: bytes) -> Seen:
    (event,) = ics_py.Calendar(ics.decode()).events
    return Seen(event.uid, event.begin.to("utc").datetime, event.end.to("utc").datetime, event.name)


def by_libical(ics: bytes) -> Seen:
    """Also runs libical's own check of what a request or a cancellation may hold (RFC 5546)."""
    library = libical()
    component = library.icalparser_parse_string(ics)
    assert component, "libical cannot read the file"
    try:
        library.icalrestriction_check(component)
        faults = library.icalcomponent_count_errors(component)
        assert faults == 0, library.icalcomponent_as_ical_string(component).decode()
        starts, ends = (
            datetime.fromtimestamp(library.icaltime_as_timet_with_zone(moment, moment.zone), UTC)
            for moment in (library.icalcomponent_get_dtstart(component), library.icalcomponent_get_dtend(component))
        )
        uid, title = library.icalcomponent_get_uid(component), library.icalcomponent_get_summary(component)
        return Seen(uid.decode(), starts, ends, title.decode())
    finally:
        library.icalcomponent_free(component)


READERS: dict[str, Callable[[bytes], Seen]] = {
    "vobject": by_vobject,
    "ical": by_ical,
    "ics.py": by_ics_py,
    "libical": by_libical,
}


class _Time(ctypes.Structure):
    _fields_ = [
        *((name, ctypes.c_int) for name in ("year", "month", "day", "hour", "minute", "second", "is_date", "summer")),
        ("zone", ctypes.c_void_p),
    ]


@cache
def _load() -> ctypes.CDLL | None:
    with contextlib.suppress(OSError):
        library = ctypes.CDLL("libical.so.3")
        component, text = ctypes.c_void_p, ctypes.c_char_p
        for name, result, arguments in (
            ("icalparser_parse_string", component, [text]),
            ("icalrestriction_check", ctypes.c_int, [component]),
            ("icalcomponent_count_errors", ctypes.c_int, [component]),
            ("icalcomponent_as_ical_string", text, [component]),
            ("icalcomponent_get_dtstart", _Time, [component]),
            ("icalcomponent_get_dtend", _Time, [component]),
            ("icalcomponent_get_uid", text, [component]),
            ("icalcomponent_get_summary", text, [component]),
            ("icaltime_as_timet_with_zone", ctypes.c_long, [_Time, ctypes.c_void_p]),
            ("icalcomponent_free", None, [component]),
        ):
            function = getattr(library, name)
            function.restype, function.argtypes = result, arguments
        return library
    return None


def libical() -> ctypes.CDLL:
    library = _load()
    if library is None:
        pytest.skip("no libical here (Debian: libical3): invitations are NOT read by it")
    return library


@dataclass(frozen=True)
class Entry:
    """One entry of the keeper; times are wall time in UTC, such as 2026-05-14 08:00."""

    uid: str
    starts: str
    ends: str
    title: str
    status: str


@dataclass
class Keeper:
    """A calendar of one person, kept by khal in a folder."""

    folder: Path

    def __post_init__(self) -> None:
        (self.folder / "own").mkdir(parents=True)
        (self.folder / "config").write_text(
            f"[calendars]\n[[own]]\npath = {self.folder}/own\n[sqlite]\npath = {self.folder}/khal.db\n"
            "[locale]\nlocal_timezone = UTC\ndefault_timezone = UTC\ntimeformat = %H:%M\ndateformat = %Y-%m-%d\n"
            "longdateformat = %Y-%m-%d\ndatetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n"
        )

    def receive(self, ics: bytes) -> None:
        file = self.folder / "mail.ics"
        file.write_bytes(ics)
        self._khal("import", "--batch", "-a", "own", str(file))

    def entries(self, since: str = "2026-01-01", days: int = 730) -> list[Entry]:
        form = "{uid}\t{start-long-full}\t{end-long-full}\t{title}\t{status}"
        shown = self._khal("list", "--once", "--day-format", "", "--format", form, since, f"{days}d")
        return [Entry(*(part.strip() for part in line.split("\t"))) for line in shown.splitlines() if "\t" in line]

    def _khal(self, *words: str) -> str:
        home = {"HOME": str(self.folder), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "COLUMNS": "9999", "TZ": os.environ.get("TZ", "UTC")}
        return khal(home, "--config", str(self.folder / "config"), *words)
