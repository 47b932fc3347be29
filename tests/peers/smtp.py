"""A real SMTP server for tests: aiosmtpd in a thread, on a free port of 127.0.0.1, that misbehaves as told.

    with SmtpPeer() as peer:
        peer.script("full@factory.example", "452 4.2.2 Mailbox full", "ok")   # first this, then that; the last stays
        ... send to peer.host, peer.port ...
        assert [mail.recipients for mail in peer.messages] == [("full@factory.example",)]

What a recipient can do: "ok"; an SMTP answer such as "550 5.1.1 No such person" (to RCPT TO); "data 554 5.7.1 Spam"
(to the mail itself); "keep and drop" (the mail is kept, the line dies before 250); "drop" (the line dies at RCPT TO);
"slow 3" (keep the mail and answer after 3 seconds). A sender can have an SMTP answer, too (to MAIL FROM).
"""

import asyncio
import ssl
import threading
from collections import defaultdict
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from types import TracebackType
from typing import Any, Self

from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass(frozen=True)
class Kept:
    """One mail as it came over the line."""

    sender: str
    recipients: tuple[str, ...]
    raw: bytes

    @property
    def parsed(self) -> EmailMessage:
        message = message_from_bytes(self.raw, policy=default)
        assert isinstance(message, EmailMessage)
        return message


@dataclass
class SmtpPeer:
    """`greet_after`, `quit_after`: seconds of silence. `certificate`: a server context, after STARTTLS or at once."""

    greet_after: float = 0
    quit_after: float = 0
    certificate: ssl.SSLContext | None = None
    starttls: bool = False
    banner: str = ""
    host: str = "127.0.0.1"
    port: int = 0
    messages: list[Kept] = field(default_factory=list)
    talks: int = 0
    _scripts: dict[str, list[str]] = field(default_factory=dict)
    _tries: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def script(self, address: str, *steps: str) -> None:
        """What happens at the first, second ... try to reach the address; the last step stays."""
        self._scripts[address], self._tries[address] = list(steps), 0

    def __enter__(self) -> Self:
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)
        self._thread.start()
        assert self._ready.wait(10), "the mail server did not start"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """Hang up on everybody and free the port; a second time it does nothing."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stopping.set)
            self._thread.join(10)

    async def _serve(self) -> None:
        self._loop, self._stopping, self._lines = (
            asyncio.get_running_loop(),
            asyncio.Event(),
            set[asyncio.WriteTransport](),
        )
        direct = None if self.starttls else self.certificate
        server = await self._loop.create_server(lambda: _Line(self), self.host, self.port, ssl=direct)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stopping.wait()
        server.close()
        for line in self._lines:
            line.abort()
        await asyncio.sleep(0)

    def step(self, address: str) -> str:
        steps = self._scripts.get(address, ["ok"])
        return steps[min(self._tries[address], len(steps) - 1)]

    async def handle_MAIL(
        self, line: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.step(address)[:3].isdigit():
            return self.step(address)
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 2.1.0 OK"

    async def handle_QUIT(self, line: SMTP, session: Session, envelope: Envelope) -> str:
        await asyncio.sleep(self.quit_after)
        return "221 2.0.0 Bye"

    async def handle_RCPT(
        self, line: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        step = self.step(address)
        if step[:3].isdigit() or step == "drop":
            self._tries[address] += 1
        if step[:3].isdigit():
            return step
        if step == "drop":
            _hang_up(line)
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, line: SMTP, session: Session, envelope: Envelope) -> str:
        steps = [self.step(address) for address in envelope.rcpt_tos]
        for address in envelope.rcpt_tos:
            self._tries[address] += 1
        for step in steps:
            if step.startswith("data "):
                return step.removeprefix("data ")
        assert isinstance(envelope.content, bytes)
        self.messages.append(Kept(str(envelope.mail_from), tuple(envelope.rcpt_tos), envelope.content))
        if "keep and drop" in steps:
            _hang_up(line)
        for step in steps:
            if step.startswith("slow "):
                await asyncio.sleep(float(step.removeprefix("slow ")))
        return "250 2.0.0 Kept"


def _hang_up(line: SMTP) -> None:
    assert isinstance(line.transport, asyncio.WriteTransport)
    line.transport.abort()


class _Line(SMTP):
    """One talk."""

    def __init__(self, peer: SmtpPeer) -> None:
        context = peer.certificate if peer.starttls else None
        super().__init__(peer, hostname="mail.example", tls_context=context, data_size_limit=50_000_000, timeout=30)
        self._peer = peer

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.WriteTransport)
        self._peer._lines.add(transport)
        self._peer.talks += 1
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        self._peer._lines.discard(self.transport)
        super().connection_lost(error)

    async def push(self, status: Any) -> None:
        if str(status).startswith("220 mail.example"):
            await asyncio.sleep(self._peer.greet_after)
            status = self._peer.banner or status
        await super().push(status)
