"""The site that sends over real SMTP, as the tests of mails have it."""

from tests.notifications.conftest import deliver, mailing_app, peer

__all__ = ["deliver", "mailing_app", "peer"]
