"""Receivers that never come to an end: the worker is held no longer than it says, and keeps nothing of what they send."""

import socket
import threading
import time
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest

from app.api.webhooks import sending
from app.api.webhooks.rules import Receiver
from app.api.webhooks.sending import Problem, Unsent, post
from tests.peers.receiver import receiving

pytestmark = pytest.mark.any_engine
FINE = b"HTTP/1.1 200 OK\r\n"
MUCH = b"x" * 65536


@contextmanager
def _endless(begin: bytes, again: bytes, pause: float) -> Iterator[Receiver]:
    """It answers with `begin`, and then with `again` for as long as anybody takes it."""
    server = socket.create_server(("127.0.0.1", 0))

    def answer() -> None:
        with suppress(OSError), server.accept()[0] as line:
            line.recv(65536)
            line.sendall(begin)
            while True:
                line.sendall(again)
                time.sleep(pause)

    thread = threading.Thread(target=answer)
    thread.start()
    try:
        yield Receiver(False, "127.0.0.1", server.getsockname()[1], "/", is_named=True)
        thread.join(5)
        assert not thread.is_alive()  # whoever sends is told that nobody reads
    finally:
        server.close()


@pytest.mark.parametrize(
    ("begin", "again", "pause", "status"),
    [
        pytest.param(FINE + b"\r\n", MUCH, 0, 200, id="text"),
        pytest.param(b"HTTP/1.1 200 ", MUCH, 0, None, id="first line"),
        pytest.param(FINE + b"X-Long: ", MUCH, 0, None, id="header"),
        pytest.param(FINE, b"X-Many: 1\r\n" * 1000, 0, None, id="headers"),
        pytest.param(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 100, 0, None, id="answers before the answer"),
        pytest.param(FINE + b"X-Slow: ", b"x", 0.02, 200, id="header drop by drop"),
        pytest.param(b"H", b"T", 0.02, None, id="first line drop by drop"),
    ],
)
def test_what_never_ends_is_left(monkeypatch: pytest.MonkeyPatch, begin: bytes, again: bytes, pause: float, status: int | None) -> None:
    monkeypatch.setattr(sending, "SECONDS", 0.2)
    with _endless(begin, again, pause) as to:
        tracemalloc.start()
        try:
            assert _sent(to) == (status or Problem.UNREACHED)
            assert tracemalloc.get_traced_memory()[1] < 2_000_000
        finally:
            tracemalloc.stop()


def _sent(to: Receiver) -> int | Problem:
    try:
        return post(to, {}, b"{}")
    except Unsent as error:
        return error.problem


def test_a_name_server_that_keeps_us_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    never = threading.Event()
    monkeypatch.setattr(sending, "SECONDS", 0.05)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_arguments, **_named: never.wait(5) and [])
    assert _sent(Receiver(True, "slow.example", 443, "/", is_named=False)) is Problem.UNKNOWN
    never.set()


def test_looking_up_and_connecting_share_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of them could take all of it."""
    left, lookup = [], socket.getaddrinfo

    def slowly(*arguments: Any, **named: Any) -> Any:
        time.sleep(0.1)
        return lookup("127.0.0.1", *arguments[1:], **named)

    def connect(_where: object, timeout: float) -> socket.socket:
        left.append(timeout)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", slowly)
    monkeypatch.setattr(socket, "create_connection", connect)
    assert _sent(Receiver(False, "slow.example", 80, "/", is_named=True)) is Problem.UNREACHED
    assert left[0] < sending.SECONDS - 0.09


def test_a_name_that_changes_after_it_was_looked_at_leads_nowhere_else(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a real connection: only addresses as numbers are asked for after the name."""
    asked, lookup = list[str](), socket.getaddrinfo

    def resolve(host: str, *arguments: Any, **named: Any) -> Any:
        asked.append(host)
        return lookup("127.0.0.1" if len(asked) == 1 else host, *arguments, **named)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    with receiving() as peer:
        assert _sent(Receiver(False, "receiver.example", peer.port, "/", is_named=True)) == 204
        assert len(peer.came) == 1
    assert asked[0] == "receiver.example" and set(asked[1:]) <= {"127.0.0.1"}
