"""A BigBlueButton server, as far as its API goes: it checks each signature and answers in its own XML.

    with serving() as server:
        BigBlueButton(server.url, server.secret)
        server.mood = "slow"        # or away, refusing, garbage, huge, bomb, deep, moved, dripping

It was written from the public description of the API, without our client in view of it.
"""

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit
from xml.sax.saxutils import escape

PATH = "/bigbluebutton/api"
LATE = 20
"""Seconds after which an answer that comes too late has come, if anybody still waits for it."""
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE response [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><response><returncode>SUCCESS</returncode><x>&c;</x></response>'
)


@dataclass
class Meeting:
    """A meeting as the server keeps it."""

    asked: dict[str, str]
    created: str
    inside: dict[str, tuple[str, str]] = field(default_factory=dict)
    """User id -> name and role of whoever is in it."""


@dataclass
class Server:
    """What the server knows; tests look at it and change it."""

    secret: str = "a-shared-secret-of-the-server-0123456789"
    mood: str = "well"
    url: str = ""
    meetings: dict[str, Meeting] = field(default_factory=dict)
    calls: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    waited_out: int = 0
    """How often somebody waited to the end of an answer that comes too late."""
    is_over: threading.Event = field(default_factory=threading.Event)

    def names(self, call: str) -> list[str]:
        """The meetings that a call was about, in order."""
        return [asked.get("meetingID", "") for name, asked in self.calls if name == call]

    def answer(self, call: str, query: str) -> str:
        """The XML for a signed call."""
        pairs = parse_qsl(query, keep_blank_values=True)
        signed = query.rpartition("&checksum=")[0]
        asked = dict(pairs)
        if hashlib.sha256(f"{call}{signed}{self.secret}".encode()).hexdigest() != asked.pop("checksum", ""):
            return _failed("checksumError")
        self.calls.append((call, asked))
        return {"create": self._create, "end": self._end, "getMeetingInfo": self._info, "join": self._join}[call](asked)

    def _create(self, asked: dict[str, str]) -> str:
        known = self.meetings.get(asked["meetingID"])
        if known and known.asked["moderatorPW"] != asked["moderatorPW"]:
            return _failed("idNotUnique")
        meeting = self.meetings.setdefault(asked["meetingID"], Meeting(asked, str(1_700_000_000_000 + len(self.calls))))
        key = "duplicateWarning" if known else ""
        return _well(f"<meetingID>{asked['meetingID']}</meetingID><createTime>{meeting.created}</createTime><messageKey>{key}</messageKey>")

    def _end(self, asked: dict[str, str]) -> str:
        meeting = self.meetings.get(asked["meetingID"])
        if meeting is None:
            return _failed("notFound")
        if asked.get("password") != meeting.asked["moderatorPW"]:
            return _failed("invalidPassword")
        del self.meetings[asked["meetingID"]]
        return _well("<messageKey>sentEndMeetingRequest</messageKey>")

    def _info(self, asked: dict[str, str]) -> str:
        meeting = self.meetings.get(asked["meetingID"])
        if meeting is None:
            return _failed("notFound")
        people = "".join(
            f"<attendee><userID>{escape(user)}</userID><fullName>{escape(name)}</fullName><role>{role}</role></attendee>"
            for user, (name, role) in meeting.inside.items()
        )
        told = {name.removeprefix("meta_").lower(): value for name, value in meeting.asked.items() if name.startswith("meta_")}
        metadata = "".join(f"<{name}><![CDATA[{value}]]></{name}>" for name, value in told.items())
        return _well(
            f"<meetingName>{escape(meeting.asked['name'])}</meetingName><meetingID>{asked['meetingID']}</meetingID>"
            f"<createTime>{meeting.created}</createTime><hasBeenForciblyEnded>false</hasBeenForciblyEnded>"
            f"<attendees>{people}</attendees><metadata>{metadata}</metadata>"
        )

    def _join(self, asked: dict[str, str]) -> str:
        meeting = self.meetings.get(asked["meetingID"])
        if meeting is None:
            return _failed("invalidMeetingIdentifier")
        roles = {meeting.asked["moderatorPW"]: "MODERATOR", meeting.asked["attendeePW"]: "VIEWER"}
        if roles.get(asked.get("password", "")) != asked.get("role", ""):
            return _failed("invalidPassword")
        if asked.get("createTime", meeting.created) != meeting.created:
            return _failed("mismatchCreateTimeParam")
        meeting.inside[asked["userID"]] = (asked["fullName"], asked["role"])
        return ""


def _well(inner: str) -> str:
    return f"<response><returncode>SUCCESS</returncode>{inner}</response>"


def _failed(key: str) -> str:
    return f"<response><returncode>FAILED</returncode><messageKey>{key}</messageKey><message>No.</message></response>"


class _Handler(BaseHTTPRequestHandler):
    known: Server

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        self.known.paths.append(self.path)
        with suppress(OSError):
            self._in_mood(parts.path.removeprefix(f"{PATH}/"), parts.query)

    def _in_mood(self, call: str, query: str) -> None:
        if self.known.mood == "away":
            self._send("<html>Bad gateway</html>", 502)
        elif self.known.mood == "moved":
            self._send("", 302, {"Location": f"{self.known.url}/elsewhere"})
        elif self.known.mood == "refusing":
            self._send(_failed("checksumError"))
        elif self.known.mood == "slow":
            self.known.waited_out += not self.known.is_over.wait(LATE)
        elif self.known.mood == "dripping":
            self._drip()
        elif (body := BODIES.get(self.known.mood)) is not None:
            self._send(body)
        else:
            answer = self.known.answer(call, query)
            self._send(answer or "<html><title>You are in</title><h1>You are in</h1></html>", kind="text/xml" if answer else "text/html")

    def _drip(self) -> None:
        self.wfile.write(b"HTTP/1.0 200 OK\r\n\r\n<response>")
        for _ in range(20 * LATE):
            self.wfile.write(b" ")
            if self.known.is_over.wait(0.05):
                return
        self.known.waited_out += 1

    def _send(self, body: str, status: int = 200, headers: dict[str, str] | None = None, kind: str = "text/xml") -> None:
        data = body.encode()
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(data)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


BODIES = {
    "garbage": "\x00\x01 not <xml",
    "shapeless": "<html><body>Welcome</body></html>",
    "huge": "<response><returncode>SUCCESS</returncode>" + "<x>y</x>" * 400_000 + "</response>",
    "many": "<response><returncode>SUCCESS</returncode>" + "<x/>" * 30_000 + "</response>",
    "deep": "<response>" + "<x>" * 5_000 + "</x>" * 5_000 + "</response>",
    "bomb": BOMB,
    "outside": '<!DOCTYPE r SYSTEM "http://127.0.0.1:1/x"><response><returncode>SUCCESS</returncode></response>',
    "empty": "",
}


@contextmanager
def serving() -> Iterator[Server]:
    """A server on a free port of this machine."""
    server = Server()
    listening = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"known": server}))
    listening.daemon_threads = True
    server.url = f"http://127.0.0.1:{listening.server_port}{PATH}"
    thread = threading.Thread(target=listening.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.is_over.set()
        listening.shutdown()
        listening.server_close()
        thread.join()
