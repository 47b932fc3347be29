"""A letter to one account about a training session."""

from typing import Any

from app.notifications.posting import post
from app.platform.config import settings
from app.platform.i18n import text
from app.platform.i18n.languages import best
from app.sessions.models import TrainingSession


def send(training: TrainingSession, to: Any, template: str, subject: Any, page: str, **context: Any) -> None:
    """Write `template` in the language of `to`, who has an address, and queue it.

    `subject` is a lazy sentence with a `%(title)s`; `page` is what follows the address of the training session.
    """
    title = text(training.version.titles, best([to.language]))
    post(
        template, to, lambda: str(subject) % {"title": " ".join(title.split())}, kind=f"sessions.{template}",
        about=f"training:{training.id}", title=title, code=training.code,
        page=f"{settings().base_url}/sessions/{training.id}/{page}", **context,
    )  # fmt: skip
