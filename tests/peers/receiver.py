"""A receiver of webhooks on this machine: it keeps what it is sent, and answers as it is told to."""

import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Receiver:
    """What came in, in order, and the status of the answers to come; the last one stays."""

    port: int = 0
    answers: list[int] = field(default_factory=lambda: [204])
    came: list[tuple[str, Mapping[str, str], bytes]] = field(default_factory=list)
    wait: threading.Event = field(default_factory=threading.Event)
    """While it is cleared, nothing is answered."""
    drips: int = 0
    """So many headers are sent one by one, each a moment after the other."""
    dripped: int = 0
    """How many of them somebody took."""


@contextmanager
def receiving(chain: tuple[str, str] | None = None) -> Iterator[Receiver]:
    """`chain`: files with certificate and key, to be spoken to by https."""
    known = Receiver()
    known.wait.set()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            known.came.append((self.path, {name.lower(): value for name, value in self.headers.items()}, self.rfile.read(int(self.headers["Content-Length"]))))
            known.wait.wait(5)
            self.send_response(known.answers.pop(0) if len(known.answers) > 1 else known.answers[0])
            self.send_header("Location", f"http://127.0.0.1:{known.port}/elsewhere")
            self.send_header("Content-Length", "0")
            self.drip()
            self.end_headers()

        def drip(self) -> None:
            self.flush_headers()
            for number in range(known.drips):
                time.sleep(0.05)
                self.wfile.write(f"X-Drip: {number}\r\n".encode())
                known.dripped += 1

        def log_message(self, *_arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if chain:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*chain)
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    known.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield known
    finally:
        known.wait.set()
        server.shutdown()
        thread.join()
        server.server_close()
