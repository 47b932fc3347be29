"""Keeps a press running and stops it when it takes too long.

Why a press that stays: a new Python with Typst and the fonts costs about 100 ms, a warm one sets a page in 7 to 35 ms.
Why one per process and a lock: two threads typesetting at once gain nothing, and a compiler must not be shared.
"""

import atexit
import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path

from app.platform.documents.errors import DocumentFailed

TIMEOUT_SECONDS = 10.0
MEMORY_MEGABYTES = 300
# A fresh press now and then, so that nothing the typesetter remembers can grow for ever.
DOCUMENTS_PER_PRESS = 500
# Nothing of our own environment (keys, addresses of databases) reaches the press, and a template that asks for a
# package from the network meets a closed door.
_CLOSED_DOOR = "http://127.0.0.1:9"
_ENVIRONMENT = {
    "HTTP_PROXY": _CLOSED_DOOR,
    "HTTPS_PROXY": _CLOSED_DOOR,
    "ALL_PROXY": _CLOSED_DOOR,
    "RAYON_NUM_THREADS": "1",
}


class Press:
    """One child process that typesets with the fonts of one folder; so many `times` one document's time and memory."""

    def __init__(self, fonts: Path, times: int = 1) -> None:
        self.owner = os.getpid()
        self.times = times
        self.documents = 0
        self._child = subprocess.Popen(  # noqa: S603 - our own program, no shell, no user text among the arguments
            [sys.executable, "-I", str(Path(__file__).with_name("press.py")), str(fonts),
             str(MEMORY_MEGABYTES * times)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_environment(),
        )  # fmt: skip

    def is_worn(self) -> bool:
        """Whether a new press must take over: this one ended, did its share, or belongs to the parent of a fork."""
        share = DOCUMENTS_PER_PRESS if self.times == 1 else 1
        return self._child.poll() is not None or self.documents >= share or self.owner != os.getpid()

    def typeset(self, order: Mapping[str, object]) -> tuple[bytes, str]:
        """Return the document and the typesetter's complaint, one of them empty; raises DocumentFailed."""
        self.documents += 1
        overdue = threading.Event()
        seconds = TIMEOUT_SECONDS * self.times
        alarm = threading.Timer(seconds, self._abandon, [overdue])
        alarm.daemon = True
        alarm.start()
        try:
            return self._exchange(json.dumps(order))
        except (OSError, ValueError) as problem:
            self.stop()
            raise DocumentFailed(_ending(seconds if overdue.is_set() else None)) from problem
        finally:
            alarm.cancel()

    def stop(self) -> None:
        """End the child process; harmless when it has ended, left alone when a fork's parent still uses it."""
        if self.owner == os.getpid():
            self._child.kill()
            self._child.communicate()

    def _abandon(self, overdue: threading.Event) -> None:
        overdue.set()
        self._child.kill()

    def _exchange(self, line: str) -> tuple[bytes, str]:
        if self._child.stdin is None or self._child.stdout is None:
            raise OSError("the press has no pipes")
        self._child.stdin.write(line.encode() + b"\n")
        self._child.stdin.flush()
        head = json.loads(self._child.stdout.readline())
        document = self._child.stdout.read(head["size"])
        if len(document) != head["size"]:
            raise OSError("the press ended in the middle of a document")
        return document, head["error"]


class PressRoom:
    """Hands orders to the press of a fonts folder, one at a time, and replaces a press that is worn."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._presses: dict[tuple[Path, int], Press] = {}
        atexit.register(self.close)
        if hasattr(os, "register_at_fork"):
            # A fork may happen while another thread holds the lock; the child must not inherit that.
            os.register_at_fork(after_in_child=self._start_afresh)

    def typeset(self, order: Mapping[str, object], fonts: Path, times: int = 1) -> tuple[bytes, str]:
        """As Press.typeset, with the press that holds these fonts."""
        with self._lock:
            return self._press(fonts, times).typeset(order)

    def close(self) -> None:
        """End every press."""
        with self._lock:
            while self._presses:
                self._presses.popitem()[1].stop()

    def _press(self, fonts: Path, times: int) -> Press:
        press = self._presses.get((fonts, times))
        if press is None or press.is_worn():
            if press is not None:
                press.stop()
            press = self._presses[fonts, times] = Press(fonts, times)
        return press

    def _start_afresh(self) -> None:
        self._lock = threading.Lock()


def _environment() -> dict[str, str]:
    # Windows cannot start a program without its SYSTEMROOT.
    return _ENVIRONMENT | {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}


def _ending(overdue: float | None) -> str:
    if overdue is not None:
        return f"The document was not ready after {overdue:g} seconds."
    return "The press ended without a document; it may have reached its memory limit."


room = PressRoom()
