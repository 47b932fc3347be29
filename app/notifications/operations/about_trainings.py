"""A letter to one account about a training session."""

from typing import Any

from flask import current_app
from flask_babel import force_locale

from app.notifications.letters import written
from app.platform.config import Settings
from app.platform.i18n import text
from app.platform.i18n.languages import best
from app.platform.mail import Mail, queue
from app.sessions.models import TrainingSession


def send(training: TrainingSession, to: Any, template: str, subject: Any, page: str, **context: Any) -> None:
    """Write `template` in the language of `to`, who has an address, and queue it.

    `subject` is a lazy sentence with a `%(title)s`; `page` is what follows the address of the training session.
    """
    settings: Settings = current_app.extensions["settings"]
    language = best([to.language])
    title = text(training.version.titles, language)
    letter = written(
        template, language, name=to.name, title=title, code=training.code,
        page=f"{settings.base_url}/sessions/{training.id}/{page}", **context,
    )  # fmt: skip
    with force_locale(language):
        line = str(subject) % {"title": " ".join(title.split())}
    queue(
        Mail(
            recipient=to.email,
            recipient_name=to.name,
            subject=line,
            text=letter.text,
            html=letter.html,
            language=language,
            kind=f"sessions.{template}",
            about=f"training:{training.id}",
        )
    )
