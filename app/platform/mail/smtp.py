"""One mail over one SMTP connection (RFC 5321), with an answer that a log can keep."""

import contextlib
import smtplib
import ssl
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

from app.platform.config import Settings
from app.platform.mail.address import single_address

TIMEOUT_SECONDS = 20.0
_LONGEST_REPLY = 500
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


@dataclass(frozen=True)
class SmtpTransport:
    """Sends through the mail server of the settings."""

    settings: Settings

    def send(self, raw: bytes, sender: str, recipient: str) -> Delivery:
        """One try to deliver. Raises AddressError when sender or recipient is not one plain address."""
        return deliver(raw, sender, recipient, self.settings)


def deliver(raw: bytes, sender: str, recipient: str, settings: Settings, timeout: float = TIMEOUT_SECONDS) -> Delivery:
    """Hand one mail to the server; `timeout` is in seconds for each step of the talk.

    An answer about the recipient or the text decides: 4xx is deferred, 5xx refused. A server that cannot be reached,
    greets with an error, lacks the encryption we ask for, is too slow or hangs up is deferred; so is one that does not
    want our name, our sign-in or our sender address, for which the recipient is not to blame.
    Raises AddressError when sender or recipient is not one plain address.
    """
    sender, recipient = single_address(sender), single_address(recipient)
    try:
        with _connection(settings, sender, timeout) as server:
            delivery = _hand_over(server, raw, sender, recipient)
    except smtplib.SMTPResponseException as fault:
        delivery = Delivery(Outcome.DEFERRED, fault.smtp_code, _line(fault.smtp_error))
    except (smtplib.SMTPException, OSError) as fault:  # OSError: refused, unreachable, timeout, TLS
        delivery = Delivery(Outcome.DEFERRED, None, _line(str(fault) or type(fault).__name__))
    return replace(delivery, server=f"{settings.smtp_host}:{settings.smtp_port}")


@contextlib.contextmanager
def _connection(settings: Settings, sender: str, timeout: float) -> Iterator[smtplib.SMTP]:
    """A connection that is ready for MAIL FROM."""
    server = _open(settings, sender, timeout)
    try:
        if settings.smtp_security == "starttls":
            server.starttls(context=ssl.create_default_context())
        if settings.smtp_user:
            server.login(settings.smtp_user, settings.smtp_password)
        yield server
        # The mail's fate is known by now; a server that is rude at the farewell must not change it.
        with contextlib.suppress(smtplib.SMTPException, OSError):
            server.quit()
    finally:
        server.close()


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
    return Delivery(Outcome.REFUSED if final else Outcome.DEFERRED, code, _line(reply))


def _line(reply: bytes | str) -> str:
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:_LONGEST_REPLY]
