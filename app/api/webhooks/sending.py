"""Sending one message to an address that somebody else chose: only to the public internet, shortly, and to nobody else.

The name is resolved once, every address that it has is looked at, and the connection goes to one that was looked at: a
name that means something else a moment later leads nowhere else. Redirects are answers like all others.
"""

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from enum import StrEnum

from app.api.webhooks.rules import Receiver, is_public

SECONDS = 10.0
"""For all of it: asking for the name, connecting, sending, and the answer up to its text."""


class Problem(StrEnum):
    """Why there was no answer."""

    UNKNOWN = "unknown"
    PRIVATE = "private"
    UNREACHED = "unreached"
    CERTIFICATE = "certificate"


class Unsent(Exception):
    """Nothing was answered."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.value)
        self.problem = problem


def post(to: Receiver, headers: Mapping[str, str], body: bytes) -> int:
    """The status of the answer; its text is not read. Raises Unsent."""
    end = time.monotonic() + SECONDS
    address = _address(to)
    try:
        line = socket.create_connection((address, to.port), timeout=_left(end))
    except OSError:
        raise Unsent(Problem.UNREACHED) from None
    lines = [line]  # https puts its own in its place
    late = threading.Timer(_left(end), _cut, [lines])
    late.daemon = True
    late.start()
    try:
        return _asked(lines, to, headers, body)
    except ssl.SSLCertVerificationError:
        raise Unsent(Problem.CERTIFICATE) from None
    except (OSError, http.client.HTTPException, ValueError):
        raise Unsent(Problem.UNREACHED) from None
    finally:
        late.cancel()
        lines[0].close()


def _address(to: Receiver) -> str:
    """One address of the name, when all that it has may be sent to."""
    addresses = _addresses(to)
    if not addresses:
        raise Unsent(Problem.UNKNOWN)
    if not to.is_named and not all(is_public(each) for each in addresses):
        raise Unsent(Problem.PRIVATE)
    return addresses[0]


def _addresses(to: Receiver) -> list[str]:
    """Those of the name; none of one that is not known, or whose name server keeps us waiting: the system itself waits
    for that one as long as it likes.
    """
    found: list[list[str]] = []

    def look() -> None:
        with suppress(OSError, UnicodeError):
            known = socket.getaddrinfo(to.host, to.port, type=socket.SOCK_STREAM)
            found.append([str(each[4][0]) for each in known])

    looking = threading.Thread(target=look, daemon=True)
    looking.start()
    looking.join(SECONDS)
    return found[0] if found else []


def _left(end: float) -> float:
    """Seconds until then; a moment at least, since none would mean for ever."""
    return max(end - time.monotonic(), 0.01)


def _asked(lines: list[socket.socket], to: Receiver, headers: Mapping[str, str], body: bytes) -> int:
    """The name stays the one that was given, for the certificate and in the request."""
    if to.is_https:
        context = ssl.create_default_context()
        safe = context.wrap_socket(lines[0], server_hostname=to.host, do_handshake_on_connect=False)
        lines[0] = safe  # before the other side can be slow
        safe.do_handshake()
    connection = http.client.HTTPConnection(to.host, to.port, timeout=SECONDS)
    connection.sock = lines[0]
    try:
        connection.request("POST", to.path, body, dict(headers))
        return connection.getresponse().status
    finally:
        connection.close()


def _cut(lines: list[socket.socket]) -> None:
    """The line itself, whatever is spoken on it: the end that https knows is not for another thread."""
    with suppress(OSError):
        socket.socket.shutdown(lines[0], socket.SHUT_RDWR)
