"""A real IMAP server for tests: pymap in a process of its own, on a free port of 127.0.0.1, its mails in memory.

    with ImapPeer() as peer:
        peer.append(raw)
        ... read peer.host, peer.port as peer.user with peer.password ...
        assert peer.flags() == [{"\\Seen"}]
"""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from imap_tools import BaseMailBox, MailBoxUnencrypted

_SECONDS = 30


class ImapPeer:
    """One mailbox with an INBOX."""

    host, user, password = "127.0.0.1", "demouser", "demopass"

    def __init__(self) -> None:
        with socket.socket() as probe:
            probe.bind((self.host, 0))
            self.port = int(probe.getsockname()[1])

    def __enter__(self) -> Self:
        command = [str(Path(sys.executable).parent / "pymap"), "--host", self.host, "--port", str(self.port), "--no-tls", "--no-service", "managesieve", "--no-service", "admin", "dict", "--demo-data"]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        give_up = time.monotonic() + _SECONDS
        while True:
            with suppress(OSError), self.box() as box:
                for uid in box.uids():
                    box.delete([uid])
                return self
            assert self._process.poll() is None and time.monotonic() < give_up, "the IMAP server did not start"
            time.sleep(0.1)

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()

    def stop(self) -> None:
        """Go away; harmless when it is gone."""
        self._process.kill()
        self._process.wait(10)

    @contextmanager
    def box(self) -> Iterator[BaseMailBox]:
        """Signed in, as any other mail program."""
        with MailBoxUnencrypted(self.host, self.port, timeout=_SECONDS).login(self.user, self.password) as box:
            yield box

    def append(self, *mails: bytes) -> None:
        with self.box() as box:
            for raw in mails:
                box.append(raw)

    def flags(self) -> list[set[str]]:
        """The flags of each mail, oldest first."""
        with self.box() as box:
            found = [box.client.uid("FETCH", uid, "(FLAGS)")[1][0] for uid in box.uids()]
        return [{flag for flag in ("\\Seen", "\\Flagged") if flag.encode() in line} for line in found]
