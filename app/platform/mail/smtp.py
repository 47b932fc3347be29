"""Mails over SMTP (RFC 5321), one recipient each, with an answer that a log can keep."""

import contextlib
import smtplib
import ssl
import threading
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

from app.platform.config import Settings
from app.platform.mail.address import single_address

TIMEOUT_SECONDS = 20.0
_LONGEST_REPLY, _MOST_ON_A_LINE, _OK = 500, 100, 250
# Our own name or password is wrong (RFC 4954): the recipient is not to blame and the mail must not be lost.
_OUR_FAULT = {530, 534, 535, 538}


class Outcome(StrEnum):
    """What became of a mail, as far as the other side told us."""

    SENT = "sent"
    REFUSED = "refused"
    DEFERRED = "deferred"


@dataclass(frozen=True)
class Delivery:
    """One try: the outcome, the SMTP code (None when the server never answered), its words in one line, and who it was.

    Refused is final for this mail; deferred means the same bytes should be tried again later.
    """

    outcome: Outcome
    code: int | None
    reply: str
    server: str | None = None


class Transport(Protocol):
    """Takes one finished mail for one recipient. Never raises for what the other side does."""

    def send(self, raw: bytes, sender: str, recipient: str) -> Delivery:
        """One try to deliver."""
        ...


class SmtpTransport:
    """Sends through the mail server of the settings; `timeout` is in seconds for each step of the talk.

    The line stays open for the next mail, one for each thread: greeting and signing in for every mail would take longer
    than the mails. It is asked whether it still lives before each, and a line on which anything went wrong is given up.
    """

    def __init__(self, settings: Settings, timeout: float = TIMEOUT_SECONDS) -> None:
        self.settings, self.timeout = settings, timeout
        self._kept = threading.local()

    def send(self, raw: bytes, sender: str, recipient: str) -> Delivery:
        """One try to deliver.

        An answer about the recipient or the text decides: 4xx is deferred, 5xx refused. A server that cannot be
        reached, greets with an error, lacks the encryption we ask for, is too slow or hangs up is deferred; so is one
        that does not want our name, our sign-in or our sender address, for which the recipient is not to blame.
        Raises AddressError when sender or recipient is not one plain address.
        """
        sender, recipient = single_address(sender), single_address(recipient)
        try:
            delivery = _hand_over(self._line(sender), raw, sender, recipient)
        except smtplib.SMTPResponseException as fault:
            self._give_up()
            delivery = Delivery(Outcome.DEFERRED, fault.smtp_code, _in_one_line(fault.smtp_error))
        except (smtplib.SMTPException, OSError) as fault:  # OSError: refused, unreachable, timeout, TLS
            self._give_up()
            delivery = Delivery(Outcome.DEFERRED, None, _in_one_line(str(fault) or type(fault).__name__))
        return replace(delivery, server=f"{self.settings.smtp_host}:{self.settings.smtp_port}")

    def hang_up(self) -> None:
        """End the talk of this thread, if there is one."""
        if line := self._open_line():
            # The fate of every mail is known by now; a server that is rude at the farewell must not change it.
            with contextlib.suppress(smtplib.SMTPException, OSError):
                line.server.quit()
        self._give_up()

    def _line(self, sender: str) -> smtplib.SMTP:
        """A connection that is ready for MAIL FROM."""
        line = self._open_line()
        if line is None or line.mails >= _MOST_ON_A_LINE or not _lives(line.server):
            self.hang_up()
            line = self._kept.line = _Line(_open(self.settings, sender, self.timeout))
            _sign_in(line.server, self.settings)
        line.mails += 1
        return line.server

    def _open_line(self) -> "_Line | None":
        return getattr(self._kept, "line", None)

    def _give_up(self) -> None:
        if line := self._open_line():
            line.server.close()
        self._kept.line = None


@dataclass
class _Line:
    """An open connection, closed with the thread or the process that keeps it."""

    server: smtplib.SMTP
    mails: int = 0

    def __del__(self) -> None:
        self.server.close()


def deliver(raw: bytes, sender: str, recipient: str, settings: Settings, timeout: float = TIMEOUT_SECONDS) -> Delivery:
    """Hand one mail to the server on a line of its own: see `SmtpTransport.send`."""
    transport = SmtpTransport(settings, timeout)
    try:
        return transport.send(raw, sender, recipient)
    finally:
        transport.hang_up()


def _lives(server: smtplib.SMTP) -> bool:
    try:
        return server.noop()[0] == _OK
    except (smtplib.SMTPException, OSError):
        return False


def _sign_in(server: smtplib.SMTP, settings: Settings) -> None:
    if settings.smtp_security == "starttls":
        server.starttls(context=ssl.create_default_context())
    if settings.smtp_user:
        server.login(settings.smtp_user, settings.smtp_password)


def _open(settings: Settings, sender: str, timeout: float) -> smtplib.SMTP:
    # The sender's domain greets: asking the resolver for our own name may block for long.
    name = sender.rpartition("@")[2]
    if settings.smtp_security == "tls":
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(settings.smtp_host, settings.smtp_port, name, timeout=timeout, context=context)
    return smtplib.SMTP(settings.smtp_host, settings.smtp_port, name, timeout=timeout)


def _hand_over(server: smtplib.SMTP, raw: bytes, sender: str, recipient: str) -> Delivery:
    try:
        refused = server.sendmail(sender, [recipient], raw)
    except smtplib.SMTPRecipientsRefused as fault:
        refused = fault.recipients
    except smtplib.SMTPDataError as fault:
        return _judged(fault.smtp_code, fault.smtp_error)
    if recipient in refused:
        return _judged(*refused[recipient])
    # smtplib keeps the 250 of an accepted mail to itself.
    return Delivery(Outcome.SENT, 250, "")


def _judged(code: int, reply: bytes | str) -> Delivery:
    final = 500 <= code < 600 and code not in _OUR_FAULT
    return Delivery(Outcome.REFUSED if final else Outcome.DEFERRED, code, _in_one_line(reply))


def _in_one_line(reply: bytes | str) -> str:
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:_LONGEST_REPLY]
