"""A real CalDAV server for tests: Radicale in a process of its own, on a free port of 127.0.0.1.

    with CalDav(tmp_path) as calendar:
        assert calendar.put(ics) in {201, 204}        # 400: the server refuses the file
        assert calendar.between(start, end) == {uid}   # as the server reads the times
"""

import contextlib
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

QUERY = """<?xml version="1.0"?><C:calendar-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:prop><D:getetag/>
<C:calendar-data/></D:prop><C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT">
<C:time-range start="{:%Y%m%dT%H%M%SZ}" end="{:%Y%m%dT%H%M%SZ}"/></C:comp-filter></C:comp-filter></C:filter></C:calendar-query>"""


@dataclass
class CalDav:
    """A calendar of one person. `zone` is the TZ in which the server runs."""

    folder: Path
    zone: str = "UTC"

    def __enter__(self) -> Self:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self._address = f"http://127.0.0.1:{port}"
        self._process = subprocess.Popen(
            [sys.executable, "-m", "radicale", "--config", "", f"--server-hosts=127.0.0.1:{port}", "--auth-type=none",
             "--rights-type=authenticated", f"--storage-filesystem-folder={self.folder}", "--logging-level=critical"],
            env={"TZ": self.zone, "PATH": "/usr/bin:/bin", "PYTHONWARNINGS": "ignore"}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        end = time.monotonic() + 60
        while True:
            with contextlib.suppress(urllib.error.URLError):
                self._ask("MKCALENDAR", "/u/own/")
                return self
            assert self._process.poll() is None and time.monotonic() < end, "Radicale did not start"
            time.sleep(0.05)

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        self._process.terminate()
        self._process.wait(20)

    def put(self, ics: bytes) -> int:
        """Keep the event as a mail program would, under its UID; the answer of the server."""
        return self._ask("PUT", f"/u/own/{uid_of(ics).replace('@', '-')}.ics", ics, "text/calendar")[0]

    def remove(self, ics: bytes) -> int:
        return self._ask("DELETE", f"/u/own/{uid_of(ics).replace('@', '-')}.ics")[0]

    def between(self, starts: datetime, ends: datetime) -> set[str]:
        """UIDs of the events that the server finds to lie in this span."""
        query = QUERY.format(starts.astimezone(UTC), ends.astimezone(UTC)).encode()
        status, answer = self._ask("REPORT", "/u/own/", query, "application/xml")
        assert status == 207, answer
        return set(re.findall(r"^UID:(.*?)\s*$", answer.replace("\r\n ", "").replace("\n ", "").replace("&#13;", ""), re.MULTILINE))

    def _ask(self, method: str, path: str, content: bytes = b"", kind: str = "text/xml") -> tuple[int, str]:
        headers = {"Content-Type": kind, "Authorization": "Basic dTp1", "Depth": "1"}
        request = urllib.request.Request(self._address + path, content, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=30) as reply:
                return reply.status, reply.read().decode()
        except urllib.error.HTTPError as refusal:
            return refusal.code, refusal.read().decode()


def uid_of(ics: bytes) -> str:
    return re.search(rb"^UID:(.*)\r$", ics.replace(b"\r\n ", b""), re.MULTILINE)[1].decode()
