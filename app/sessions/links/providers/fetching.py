"""Asking a server that the operator has named: one GET, no redirect, with limits of time and size."""

import http.client
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
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
    connection = _connection(url, seconds)
    try:
        connection.connect()
        with _watched(connection.sock, seconds):
            return _asked(connection, url)
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise ProviderFault(Problem.AWAY, f"the meeting server was not reached: {type(error).__name__}") from error
    finally:
        connection.close()


def _asked(connection: http.client.HTTPConnection, url: str) -> bytes:
    parts = urlsplit(url)
    connection.request("GET", f"{parts.path}?{parts.query}", headers={"Accept": "application/xml, text/xml"})
    with connection.getresponse() as answer:
        if answer.status != http.client.OK:
            raise ProviderFault(Problem.AWAY, f"the meeting server answered {answer.status}")
        return _body(answer)


@contextmanager
def _watched(line: socket.socket, seconds: float) -> Iterator[None]:
    """When time is over, whoever still reads gets an error or an end; either way the answer does not count."""
    is_late = threading.Event()

    def cut() -> None:
        is_late.set()
        with suppress(OSError):
            line.shutdown(socket.SHUT_RDWR)

    watch = threading.Timer(seconds, cut)
    watch.daemon = True
    watch.start()
    try:
        yield
    finally:
        watch.cancel()
    if is_late.is_set():
        raise TimeoutError


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
