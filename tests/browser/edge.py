"""A line as it is at the end of the village: EDGE in WebPageTest's list, 240 kbit/s down, 200 up, 840 ms there and back. And
it breaks: a seeded share of what is asked never arrives, or arrives and its answer does not.
"""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from random import Random
from urllib.parse import urlsplit

DOWN, UP, THERE_AND_BACK, CUT = 240_000 / 8, 200_000 / 8, 0.84, 0.05
PIECE = 1400


@dataclass
class Line:
    """`speed` makes the whole line so many times faster than EDGE."""

    upstream: tuple[str, int]
    seed: int
    speed: float = 1.0
    cuts: bool = False
    asked: int = 0
    broken: int = 0
    _random: Random = field(init=False)
    _door: socket.socket = field(init=False)

    def __post_init__(self) -> None:
        self._random = Random(self.seed)
        self._door = socket.create_server(("127.0.0.1", 0))

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._door.getsockname()[1]}"

    def serve(self) -> None:
        with suppress(OSError):
            while True:
                phone, _ = self._door.accept()
                threading.Thread(target=self._carry, args=(phone,), daemon=True).start()

    def close(self) -> None:
        with suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()

    def _carry(self, phone: socket.socket) -> None:
        """One connection: a way up and a way down, each with its delay and its speed."""
        try:
            server = socket.create_connection(self.upstream)
        except OSError:
            phone.close()
            return
        time.sleep(THERE_AND_BACK / self.speed)  # the handshake
        down = threading.Thread(target=self._pump, args=(server, phone, DOWN), daemon=True)
        down.start()
        self._pump(phone, server, UP, is_asking=True)
        down.join()
        for each in (phone, server):
            each.close()

    def _pump(self, source: socket.socket, target: socket.socket, rate: float, *, is_asking: bool = False) -> None:
        with suppress(OSError):
            while piece := source.recv(PIECE):
                time.sleep(len(piece) / rate / self.speed + (THERE_AND_BACK / 2 / self.speed if is_asking else 0))
                if is_asking and self._breaks():
                    if self._random.random() < 0.5:  # it gets there, and the answer does not come back
                        target.sendall(piece)
                        time.sleep(0.2)
                    break
                target.sendall(piece)
        for each in (source, target):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def _breaks(self) -> bool:
        self.asked += 1
        is_cut = self.cuts and self._random.random() < CUT
        self.broken += is_cut
        return is_cut


@contextmanager
def edge_line(address: str, seed: int, speed: float) -> Iterator[Line]:
    """A line to the site at `address`."""
    parts = urlsplit(address)
    line = Line((str(parts.hostname), int(parts.port or 80)), seed, speed)
    threading.Thread(target=line.serve, daemon=True).start()
    try:
        yield line
    finally:
        line.close()
