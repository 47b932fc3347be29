"""One mail to one reader: put into the reader's language, queued, and noted beside the rows that claimed it."""

from collections.abc import Callable, Collection, Mapping
from typing import Any, NamedTuple

from flask_babel import force_locale

from app.notifications.letters import written
from app.notifications.models import Telling
from app.platform.db import db
from app.platform.i18n.languages import best
from app.platform.mail import Mail, queue
from app.platform.mail.message import Calendar
from app.sessions.calendar.text import one_line


class To(NamedTuple):
    """Who gets it, where that is neither an account nor somebody who speaks for a factory."""

    email: str
    name: str
    language: str


def post(
    template: str, to: Any, subject: Callable[[], Any], /, *, kind: str, about: str, claimed: Collection[int] = (),
    headers: Mapping[str, str] | None = None, calendar: Calendar | None = None, **context: Any,
) -> int:  # fmt: skip
    """Word `template` for `to` - who has an email, a name and a language - and queue it; the id of the mail.

    `subject` is asked in the reader's language. `claimed` are the rows of `claim` that this mail is for.
    """
    language, name = best([to.language]), one_line(to.name)
    letter = written(template, language, name=to.name, **context)
    with force_locale(language):
        line = str(subject())
    message = queue(
        Mail(
            recipient=to.email, recipient_name=name, subject=line, text=letter.text, html=letter.html,
            language=language, kind=kind, about=about, headers=dict(headers or {}), calendar=calendar,
        )
    )  # fmt: skip
    for row in claimed:
        db.session.get_one(Telling, row).mail_id = message.id
    return message.id
