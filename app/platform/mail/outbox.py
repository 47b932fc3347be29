"""The transport of the demo: mails stay on the outbox page and go nowhere."""

from app.platform.mail.smtp import Delivery, Outcome


class OutboxTransport:
    """Takes every mail and keeps it where it already is: in the delivery log."""

    def send(self, raw: bytes, sender: str, recipient: str) -> Delivery:
        return Delivery(Outcome.SENT, 250, f"kept in the outbox, {len(raw)} bytes", "outbox")
