"""Asking a server that the operator has named: one GET, no redirect, with limits of time and size."""

import http.client
import socket
import ssl
import threading
from contextlib import suppress
from urllib.parse import urlsplit

from app.sessions.links.providers.interface import ProviderFault
from app.sessions.links.rules import Problem

MOST_BYTES = 1_000_000
SECONDS = 10.0
_PART = 65_536


def fetch(url: str, seconds: float = SECONDS) -> bytes:
    """What the server answers. Raises ProviderFault: away, or garbled for an answer that is too large.

    Addresses that people paste never come here. The whole exchange ends after `seconds`, however slowly bytes come.
    """
    connection, is_late = _connection(url, seconds), threading.Event()
    watch = threading.Timer(seconds, _cut, [connection, is_late])
    watch.daemon = True
    watch.start()
    try:
        parts = urlsplit(url)
        connection.request("GET", f"{parts.path}?{parts.query}", headers={"Accept": "application/xml, text/xml"})
        answer = connection.getresponse()
        if answer.status != http.client.OK:
            raise ProviderFault(Problem.AWAY, f"the meeting server answered {answer.status}")
        body = _body(answer)
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise ProviderFault(Problem.AWAY, f"the meeting server was not reached: {type(error).__name__}") from error
    finally:
        watch.cancel()
        connection.close()
    if is_late.is_set():
        raise ProviderFault(Problem.AWAY, "the meeting server took too long")
    return body


def _connection(url: str, seconds: float) -> http.client.HTTPConnection:
    parts = urlsplit(url)
    if parts.scheme == "http":
        return http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=seconds)
    context = ssl.create_default_context()
    return http.client.HTTPSConnection(parts.hostname or "", parts.port, timeout=seconds, context=context)


def _body(answer: http.client.HTTPResponse) -> bytes:
    body = bytearray()
    while part := answer.read1(_PART):
        body += part
        if len(body) > MOST_BYTES:
            raise ProviderFault(Problem.GARBLED, "the answer of the meeting server is too large")
    return bytes(body)


def _cut(connection: http.client.HTTPConnection, is_late: threading.Event) -> None:
    """Time is over: whoever reads now gets an error or an end."""
    is_late.set()
    with suppress(OSError, AttributeError):
        connection.sock.shutdown(socket.SHUT_RDWR)
